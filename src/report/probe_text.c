/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/probe.h"

#include "base/limits.h"
#include "report/answered.h"
#include "report/laid_over.h"
#include "report/layout.h"

#include <string.h>

#define INDENT	4

static void
put_release(struct sink *out, const struct cat_release *r)
{
	char v[VERSION_TEXT];

	sink_printf(out, "%s%s  %s%s%s%s%s", r->name,
	    r->original[0] != '\0' ? " (original)" : "",
	    version_format(r->build, v),
	    r->date[0] != '\0' ? "  " : "", r->date,
	    r->kb[0] != '\0' ? "  " : "", r->kb);
	if (r->overlay != NULL)
		sink_printf(out, ", by overlay %s", r->overlay->name);
}

/* Several, each in a line with how it stands. */
static void
put_releases(struct sink *out, const struct probe_answer *a)
{
	size_t i, n = a->found->release_count;
	struct buf b;

	for (i = 0; i < n; i++) {
		sink_printf(out, "%*s", INDENT, "");
		put_release(out, a->found->releases[i]);
		buf_init(&b, DETAIL_MAX);
		answered_words(&b, &a->standings[i]);
		sink_puts(out, buf_text(&b));
		sink_puts(out, "\n");
		buf_fini(&b);
	}
}

static void
put_neighbour(struct sink *out, const char *word,
    const struct cat_release *r)
{
	if (r == NULL)
		return;
	sink_printf(out, "%*s%s: ", INDENT, "", word);
	put_release(out, r);
	sink_puts(out, "\n");
}

static void
put_match(struct sink *out, const struct probe_answer *a)
{
	const struct query_answer *f = a->found;
	char v[VERSION_TEXT];

	if (f->match == QUERY_EXACT && f->release_count != 0) {
		put_release(out, f->releases[0]);
		return;
	}
	sink_printf(out, "%s, ", version_format(f->build, v));
	if (f->service != NULL)
		sink_printf(out, "%s: nothing to patch", f->service);
	else if (f->match == QUERY_COMPONENT)
		sink_puts(out, "a file of");
	else if (f->match == QUERY_RANGE)
		sink_puts(out, a->folder ? "a folder of resources, which "
		    "proves the service pack and no update of it:" :
		    "one of");
	else
		sink_puts(out, "an unknown build");
}

/* What follows the name of the host on the first line. */
static void
put_headline(struct sink *out, const struct probe_answer *a)
{
	if (a->error != NULL) {
		sink_puts(out, "no answer: ");
		layout_text(out, a->error);
	} else if (a->conflict)
		sink_puts(out, "undetermined: its numbers contradict each "
		    "other");
	else if (a->found == NULL)
		sink_puts(out, "no build in its answers");
	else
		put_match(out, a);
	sink_puts(out, "\n");
}

/* What is known of the build. */
static void
put_found(struct sink *out, const struct report_style *style,
    const struct probe_answer *a)
{
	const struct query_answer *f = a->found;

	if (f->match == QUERY_EXACT && f->release_count == 1) {
		if (!style->quiet && !a->conflict)
			answered_text(&a->standings[0], style, out);
	} else
		put_releases(out, a);
	put_neighbour(out, "below", f->below);
	put_neighbour(out, "above", f->above);
}

static void
put_where(struct sink *out, const struct probe_answer *a)
{
	size_t i;

	for (i = 0; i < a->line_count; i++) {
		sink_printf(out, "%*s%s: ", INDENT, "", a->lines[i].source);
		layout_text(out, a->lines[i].value);
		sink_puts(out, "  ");
		layout_text(out, a->lines[i].url);
		sink_puts(out, "\n");
	}
	/* What went wrong matters where nothing came out of it. */
	for (i = 0; i < a->remark_count && a->line_count == 0; i++) {
		sink_printf(out, "%*s", INDENT, "");
		layout_text(out, a->remarks[i]);
		sink_puts(out, "\n");
	}
}

static void
put_answer(struct sink *out, const struct report_style *style,
    const struct probe_answer *a)
{
	layout_text(out, a->query);
	sink_puts(out, "  ");
	put_headline(out, a);
	if (a->found != NULL)
		put_found(out, style, a);
	if (style->quiet)
		return;
	put_where(out, a);
	if (a->error == NULL && strcmp(a->tls, "verified") != 0)
		sink_printf(out, "%*s%s\n", INDENT, "",
		    strcmp(a->tls, "none") == 0 ?
		    "not encrypted: anybody on the way may have answered" :
		    "certificate not verified: another server may have "
		    "answered");
}

void
probe_text(const struct probe_report *r, const struct report_style *style,
    struct sink *out)
{
	size_t i;

	for (i = 0; i < r->count; i++)
		put_answer(out, style, &r->answers[i]);
	laid_over_text(r->catalogue, style, out);
}

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
put_release(struct buf *b, const struct cat_release *r)
{
	char v[VERSION_TEXT];

	buf_printf(b, "%s%s  %s%s%s%s%s", r->name,
	    r->original[0] != '\0' ? " (original)" : "",
	    version_format(r->build, v),
	    r->date[0] != '\0' ? "  " : "", r->date,
	    r->kb[0] != '\0' ? "  " : "", r->kb);
	if (r->overlay != NULL)
		buf_printf(b, ", by overlay %s", r->overlay->name);
}

/* Several, each in a line with how it stands. */
static void
put_releases(struct sink *out, const struct report_style *style,
    const struct probe_answer *a)
{
	size_t i, n = a->found->release_count;
	struct buf b;

	for (i = 0; i < n; i++) {
		buf_init(&b, DETAIL_MAX);
		buf_printf(&b, "%*s", INDENT, "");
		put_release(&b, a->found->releases[i]);
		answered_words(&b, &a->standings[i]);
		layout_line(out, buf_text(&b), 2 * INDENT, style->screen);
		buf_fini(&b);
	}
}

static void
put_neighbour(struct sink *out, const struct report_style *style,
    const char *word, const struct cat_release *r)
{
	struct buf b;

	if (r == NULL)
		return;
	buf_init(&b, DETAIL_MAX);
	buf_printf(&b, "%*s%s: ", INDENT, "", word);
	put_release(&b, r);
	layout_line(out, buf_text(&b), 2 * INDENT, style->screen);
	buf_fini(&b);
}

static void
put_match(struct buf *b, const struct probe_answer *a)
{
	const struct query_answer *f = a->found;
	char v[VERSION_TEXT];

	if (f->match == QUERY_EXACT && f->release_count != 0) {
		put_release(b, f->releases[0]);
		return;
	}
	buf_printf(b, "%s, ", version_format(f->build, v));
	if (f->service != NULL)
		buf_printf(b, "%s: nothing to patch", f->service);
	else if (f->match == QUERY_COMPONENT)
		buf_puts(b, "a file of");
	else if (f->match == QUERY_RANGE)
		buf_puts(b, a->folder ? "a folder of resources, which "
		    "proves the service pack and no update of it:" :
		    "one of");
	else
		buf_puts(b, "an unknown build");
}

/* The name of the host, and what it runs. */
static void
put_headline(struct sink *out, const struct report_style *style,
    const struct probe_answer *a)
{
	struct buf b;

	buf_init(&b, TEXT_MAX);
	buf_printf(&b, "%s  ", a->query);
	if (a->error != NULL)
		buf_printf(&b, "no answer: %s", a->error);
	else if (a->conflict)
		buf_puts(&b, "undetermined: its numbers contradict each "
		    "other");
	else if (a->found == NULL)
		buf_puts(&b, "no build in its answers");
	else
		put_match(&b, a);
	layout_line(out, buf_text(&b), INDENT, style->screen);
	buf_fini(&b);
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
		put_releases(out, style, a);
	put_neighbour(out, style, "below", f->below);
	put_neighbour(out, style, "above", f->above);
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
	put_headline(out, style, a);
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

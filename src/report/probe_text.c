/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/probe.h"
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
}

static void
put_releases(struct sink *out, const struct probe_answer *a)
{
	size_t i;

	for (i = 0; i < a->match.count; i++) {
		sink_printf(out, "%*s", INDENT, "");
		put_release(out, a->match.releases[i]);
		sink_puts(out, "\n");
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

/* What follows the name of the host on the first line. */
static void
put_headline(struct sink *out, const struct probe_answer *a)
{
	char v[VERSION_TEXT];

	if (a->error != NULL) {
		sink_puts(out, "no answer: ");
		layout_text(out, a->error);
	} else if (a->conflict)
		sink_puts(out, "undetermined: its numbers contradict each "
		    "other");
	else if (!version_known(a->build))
		sink_puts(out, "no build in its answers");
	else if (a->match.kind == CAT_MATCH_EXACT)
		put_release(out, a->match.releases[0]);
	else if (a->match.kind == CAT_MATCH_COMPONENT)
		sink_printf(out, "%s, a file of",
		    version_format(a->build, v));
	else if (a->match.kind == CAT_MATCH_RANGE)
		sink_printf(out, "%s, %s", version_format(a->build, v),
		    a->folder ? "a folder of resources, which proves the "
		    "service pack and no update of it:" : "one of");
	else
		sink_printf(out, "%s, an unknown build",
		    version_format(a->build, v));
	sink_puts(out, "\n");
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
put_answer(struct sink *out, const struct probe_answer *a, bool quiet)
{
	layout_text(out, a->query);
	sink_puts(out, "  ");
	put_headline(out, a);
	if (a->match.kind != CAT_MATCH_EXACT)
		put_releases(out, a);
	put_neighbour(out, "below", a->match.below);
	put_neighbour(out, "above", a->match.above);
	if (quiet)
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
		put_answer(out, &r->answers[i], style->quiet);
	laid_over_text(r->catalogue, style, out);
}

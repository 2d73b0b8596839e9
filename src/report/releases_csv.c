/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/laid_over.h"
#include "report/releases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * RFC 4180, but for the end of a line, which is LF. Several values in one
 * cell stand apart by a space.
 */
struct row {
	struct sink	*out;
	bool		 any;		/* a cell was written before */
};

static void
put_cell(struct row *row, const char *text)
{
	const char *p;

	sink_puts(row->out, row->any ? "," : "");
	row->any = true;
	if (strpbrk(text, ",\"\r\n") == NULL) {
		sink_puts(row->out, text);
		return;
	}
	sink_puts(row->out, "\"");
	for (p = text; *p != '\0'; p++) {
		if (*p == '"')
			sink_puts(row->out, "\"");
		sink_write(row->out, p, 1);
	}
	sink_puts(row->out, "\"");
}

/* Words without a quote or comma in them: the grammar sees to that. */
static void
put_words(struct row *row, const char *const *words, size_t count)
{
	size_t i;

	sink_puts(row->out, row->any ? "," : "");
	row->any = true;
	for (i = 0; i < count; i++) {
		sink_puts(row->out, i != 0 ? " " : "");
		sink_puts(row->out, words[i]);
	}
}

static void
put_release(const struct cat_release *r, const char *laid_over,
    struct sink *out)
{
	const struct cat_replace *rep = &r->replace;
	struct row row = { out, false };
	char text[VERSION_TEXT];

	put_cell(&row, r->id);
	put_cell(&row, r->product->id);
	put_cell(&row, r->branch->id);
	put_cell(&row, cat_kind_name(r->kind));
	put_cell(&row, r->name);
	snprintf(text, sizeof(text), "%u", r->revision);
	put_cell(&row, text);
	put_cell(&row, version_known(r->build) ?
	    version_format(r->build, text) : "");
	put_cell(&row, r->build_long);
	put_cell(&row, r->date);
	put_words(&row, (const char *const *)r->kbs, r->kb_count);
	put_cell(&row, r->bulletin);
	put_cell(&row, r->advisory);
	put_cell(&row, r->perhaps);
	put_cell(&row, cat_force_name(rep->force));
	put_cell(&row, rep->reason);
	put_cell(&row, rep->by != NULL ? rep->by->id : "");
	put_cell(&row, r->confidence);
	put_words(&row, (const char *const *)r->sources.ids,
	    r->sources.count);
	put_cell(&row, r->overlay != NULL ? r->overlay->name : "");
	put_cell(&row, laid_over);
	sink_puts(out, "\n");
}

void
releases_list_csv(const struct releases *r,
    const struct report_style *style, struct sink *out)
{
	char *line = laid_over_line(catalogue_info(r->cat));
	size_t i;

	(void)style;
	sink_puts(out, "id,product,branch,kind,name,revision,build,"
	    "build_long,date,kb,bulletin,affected_by,perhaps_affected_by,"
	    "replace,replace_reason,replace_by,confidence,sources,overlay,"
	    "laid_over\n");
	for (i = 0; i < r->count; i++)
		put_release(r->views[i].release, line, out);
	free(line);
}

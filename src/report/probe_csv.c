/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/csv.h"
#include "report/laid_over.h"
#include "report/probe.h"

/* One row for each release that it may be, and one for a host of none. */
#define COLUMNS "query,verdict,match,build,release,name,kb,date,product," \
	"branch,current,next,supported_until,service,origin,tls,folder," \
	"conflict,error," LAID_OVER_COLUMNS

/* S is how the release stands; NULL for none. */
static void
put_standing(struct csv *c, const struct standing *s)
{
	const struct cat_release *r = s != NULL ? s->release : NULL;
	bool to = s != NULL && s->way.step != WAY_NONE;

	csv_text(c, r != NULL ? r->id : NULL);
	csv_text(c, r != NULL ? r->name : NULL);
	csv_text(c, r != NULL ? r->kb : NULL);
	csv_text(c, r != NULL ? r->date : NULL);
	csv_text(c, r != NULL ? r->product->id : NULL);
	csv_text(c, r != NULL ? r->branch->id : NULL);
	csv_text(c, s != NULL ? standing_current_name(s->current) : NULL);
	csv_text(c, to ? s->way.to->id : NULL);
	csv_day(c, s != NULL ? s->until : INSTANT_NONE);
}

static void
put_row(struct csv *c, const struct probe_report *r,
    const struct probe_answer *a, const struct standing *s)
{
	struct rests rests = { .count = 0 };
	static const struct version none = { .parts = 0 };
	const struct query_answer *f = a->found;

	csv_text(c, a->query);
	csv_text(c, verdict_name(a->verdict));
	csv_text(c, query_match_name(f != NULL ? f->match : QUERY_NONE));
	csv_version(c, f != NULL ? f->build : none);
	put_standing(c, s);
	csv_text(c, f != NULL ? f->service : NULL);
	csv_text(c, a->origin);
	csv_text(c, a->tls);
	csv_bool(c, true, a->folder);
	csv_bool(c, true, a->conflict);
	csv_text(c, a->error);
	if (s != NULL)
		rests_on_standing(&rests, s);
	laid_over_cells(r->catalogue, &rests, c);
	rests_fini(&rests);
	csv_end(c);
}

void
probe_csv(const struct probe_report *r, const struct report_style *style,
    struct sink *out)
{
	struct csv c;
	size_t i, k;

	(void)style;
	csv_head(&c, out, COLUMNS);
	for (i = 0; i < r->count; i++) {
		const struct probe_answer *a = &r->answers[i];

		size_t n = a->found != NULL ? a->found->release_count : 0;

		if (n == 0)
			put_row(&c, r, a, NULL);
		for (k = 0; k < n; k++)
			put_row(&c, r, a, &a->standings[k]);
	}
}

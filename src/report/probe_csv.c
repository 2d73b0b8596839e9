/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/csv.h"
#include "report/probe.h"

/* One row for each release that it may be, and one for a host of none. */
#define COLUMNS "query,match,build,release,name,kb,date,product,branch," \
	"origin,tls,folder,conflict,error"

static void
put_row(struct csv *c, const struct probe_answer *a,
    const struct cat_release *r)
{
	csv_text(c, a->query);
	csv_text(c, cat_match_name(a->match.kind));
	csv_version(c, a->build);
	csv_text(c, r != NULL ? r->id : NULL);
	csv_text(c, r != NULL ? r->name : NULL);
	csv_text(c, r != NULL ? r->kb : NULL);
	csv_text(c, r != NULL ? r->date : NULL);
	csv_text(c, r != NULL ? r->product->id : NULL);
	csv_text(c, r != NULL ? r->branch->id : NULL);
	csv_text(c, a->origin);
	csv_text(c, a->tls);
	csv_bool(c, true, a->folder);
	csv_bool(c, true, a->conflict);
	csv_text(c, a->error);
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

		if (a->match.count == 0)
			put_row(&c, a, NULL);
		for (k = 0; k < a->match.count; k++)
			put_row(&c, a, a->match.releases[k]);
	}
}

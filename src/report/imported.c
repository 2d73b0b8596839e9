/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/imported.h"

#include "report/json_result.h"

void
imported_xml(const struct imported *r, const struct report_style *style,
    struct sink *out)
{
	(void)style;
	sink_write(out, r->xml.p, r->xml.n);
}

static void
put_sources(struct jsonout *j, const struct import *im)
{
	const struct import_source *s;
	size_t i;

	jsonout_array(j, "sources");
	for (i = 0; i < im->source_count; i++) {
		s = im->sources[i];
		jsonout_object(j, NULL);
		jsonout_text(j, "id", s->id);
		jsonout_text(j, "title", s->title);
		jsonout_text(j, "where", s->where);
		jsonout_text(j, "file", s->name);
		jsonout_bool(j, "microsoft", s->microsoft);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static void
put_difference(struct jsonout *j, const struct import_difference *x)
{
	jsonout_object(j, NULL);
	jsonout_text_or_null(j, "release", x->id);
	jsonout_text(j, "fact", import_fact_name(x->fact));
	jsonout_text(j, "source", x->row->source->id);
	if (x->row->line != 0)
		jsonout_number(j, "line", (int64_t)x->row->line);
	else
		jsonout_null(j, "line");
	jsonout_text(j, "theirs", x->theirs);
	if (!x->taken) {
		jsonout_text_or_null(j, "ours", x->ours);
		jsonout_text(j, "why", x->why);
		jsonout_bool(j, "known", x->known);
	}
	jsonout_end(j);
}

static void
put_differences(struct jsonout *j, const char *name,
    const struct import_merged *m, bool taken)
{
	size_t i;

	jsonout_array(j, name);
	for (i = 0; i < m->difference_count; i++)
		if (m->differences[i].taken == taken)
			put_difference(j, &m->differences[i]);
	jsonout_end(j);
}

void
imported_json(const struct imported *r, const struct report_style *style,
    struct sink *out)
{
	struct jsonout j;

	(void)style;
	jsonout_init(&j, out, true);
	jsonout_object(&j, NULL);
	json_result_begin(&j, r->version, r->at, r->catalogue);
	jsonout_object(&j, "import");
	put_sources(&j, r->merged->im);
	put_differences(&j, "taken", r->merged, true);
	put_differences(&j, "told", r->merged, false);
	json_result_day(&j, "known_until", r->merged->known_until);
	jsonout_end(&j);
	jsonout_end(&j);
	jsonout_fini(&j);
}

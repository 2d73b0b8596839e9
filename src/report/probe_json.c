/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/probe.h"

#include "report/answered.h"
#include "report/json_result.h"

/* What the number is to the catalogue. */
static void
put_found(struct jsonout *j, const struct probe_answer *a)
{
	static const struct query_answer nothing = { .query = NULL };
	const struct query_answer *f = a->found != NULL ? a->found :
	    &nothing;
	size_t i;

	jsonout_text(j, "match", query_match_name(f->match));
	jsonout_version(j, "build", f->build);
	jsonout_text(j, "service", f->service);
	jsonout_text(j, "verdict", verdict_name(a->verdict));
	jsonout_array(j, "releases");
	for (i = 0; i < f->release_count; i++)
		answered_json(j, &a->standings[i]);
	jsonout_end(j);
	jsonout_array(j, "neighbours");
	json_result_release_or_null(j, NULL, f->below);
	json_result_release_or_null(j, NULL, f->above);
	jsonout_end(j);
}

static void
put_lines(struct jsonout *j, const struct probe_answer *a)
{
	size_t i;

	jsonout_array(j, "answers");
	for (i = 0; i < a->line_count; i++) {
		jsonout_object(j, NULL);
		jsonout_text(j, "source", a->lines[i].source);
		jsonout_text(j, "url", a->lines[i].url);
		jsonout_text(j, "value", a->lines[i].value);
		jsonout_end(j);
	}
	jsonout_end(j);
	jsonout_array(j, "requests");
	for (i = 0; i < a->remark_count; i++)
		jsonout_text(j, NULL, a->remarks[i]);
	jsonout_end(j);
}

static void
put_answer(struct jsonout *j, const struct probe_answer *a)
{
	jsonout_object(j, NULL);
	jsonout_text(j, "query", a->query);
	put_found(j, a);
	jsonout_text(j, "origin", a->origin);
	jsonout_text(j, "tls", a->tls);
	jsonout_bool(j, "folder", a->folder);
	jsonout_bool(j, "conflict", a->conflict);
	put_lines(j, a);
	jsonout_text(j, "error", a->error);
	jsonout_end(j);
}

void
probe_json(const struct probe_report *r, const struct report_style *style,
    struct sink *out)
{
	struct jsonout j;
	size_t i;

	(void)style;
	jsonout_init(&j, out, true);
	jsonout_object(&j, NULL);
	json_result_begin(&j, r->version, r->at, r->catalogue);
	jsonout_array(&j, "queries");
	for (i = 0; i < r->count; i++)
		put_answer(&j, &r->answers[i]);
	jsonout_end(&j);
	jsonout_end(&j);
	jsonout_fini(&j);
}

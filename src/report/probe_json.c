/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/probe.h"
#include "report/json.h"

static json_t *
lines_of(const struct probe_answer *a)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < a->line_count; i++) {
		json_t *o = json_object();

		json_put(&o, "source",
		    json_text(a->lines[i].source));
		json_put(&o, "url", json_text(a->lines[i].url));
		json_put(&o, "value", json_text(a->lines[i].value));
		json_add(&list, o);
	}
	return list;
}

static json_t *
releases_of(const struct cat_match *m)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < m->count; i++)
		json_add(&list, json_release(m->releases[i]));
	return list;
}

static json_t *
remarks_of(const struct probe_answer *a)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < a->remark_count; i++)
		json_add(&list, json_text(a->remarks[i]));
	return list;
}

static json_t *
answer_of(const struct probe_answer *a)
{
	json_t *o = json_object(), *n = json_array();

	json_put(&o, "query", json_text(a->query));
	json_put(&o, "match",
	    json_text(cat_match_name(a->match.kind)));
	json_put(&o, "build", json_version(a->build));
	json_put(&o, "releases", releases_of(&a->match));
	json_add(&n, json_release(a->match.below));
	json_add(&n, json_release(a->match.above));
	json_put(&o, "neighbours", n);
	json_put(&o, "origin", json_text(a->origin));
	json_put(&o, "tls", json_text(a->tls));
	json_put(&o, "folder", json_boolean(a->folder));
	json_put(&o, "conflict", json_boolean(a->conflict));
	json_put(&o, "answers", lines_of(a));
	json_put(&o, "requests", remarks_of(a));
	json_put(&o, "error", json_text(a->error));
	return o;
}

void
probe_json(const struct probe_report *r, const struct report_style *style,
    struct sink *out)
{
	json_t *o = json_result(r->version, r->at, r->catalogue);
	json_t *list = json_array();
	size_t i;

	(void)style;
	for (i = 0; i < r->count; i++)
		json_add(&list, answer_of(&r->answers[i]));
	json_put(&o, "queries", list);
	json_emit(o, out);
	json_decref(o);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/which.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "report/answered.h"
#include "report/json_result.h"

#include <stdlib.h>

/* One result on its way out: which releases are to stand in it. */
struct emitter {
	struct jsonout	 j;
	const struct which_report *r;
	const struct cat_release **releases; /* by index; NULL: not named */
	size_t		 count;
};

/* Refer to R, which is to stand in the result then. */
static void
put_ref(struct emitter *e, const char *name, const struct cat_release *r)
{
	if (r != NULL)
		e->releases[r->index] = r;
	jsonout_text(&e->j, name, r != NULL ? r->id : NULL);
}

static void
put_update(struct jsonout *j, const struct cat_rereleased *u)
{
	jsonout_object(j, NULL);
	jsonout_text(j, "original", u->original);
	jsonout_text(j, "rerelease", u->rerelease);
	jsonout_text(j, "product", u->product);
	jsonout_text_or_null(j, "bulletin", u->bulletin);
	jsonout_text_or_null(j, "date", u->date);
	jsonout_text(j, "replace_installed", u->replace_installed);
	jsonout_end(j);
}

static void
put_mitigation(struct jsonout *j, const struct query_mitigation *q)
{
	const struct cat_carrier *c = q->carrier;
	const struct cat_related *r = q->related;

	jsonout_object(j, NULL);
	jsonout_text(j, "id", q->mitigation->id);
	jsonout_text(j, "advisory", q->mitigation->advisory);
	jsonout_text(j, "kb", c != NULL ? c->kb : r->kb);
	jsonout_text(j, "relation", c != NULL ? "carrier" : r->relation);
	jsonout_text(j, "text", c != NULL ? c->windows : r->text);
	jsonout_end(j);
}

static void
put_mail(struct jsonout *j, const struct which_question *q)
{
	if (q->hop == NULL) {
		jsonout_null(j, "mail");
		return;
	}
	jsonout_object(j, "mail");
	jsonout_text(j, "file", q->mail);
	jsonout_number(j, "hop", (int64_t)q->number);
	jsonout_number(j, "hops", (int64_t)q->count);
	jsonout_text_or_null(j, "from", q->hop->from);
	jsonout_text_or_null(j, "by", q->hop->by);
	jsonout_text_or_null(j, "with", q->hop->with);
	jsonout_text_or_null(j, "date", q->hop->date);
	jsonout_bool(j, "authenticated", false);
	jsonout_end(j);
}

/* The part that was asked for: a component, or an installed file. */
static void
put_component(struct jsonout *j, const struct query_answer *a)
{
	static const struct version none = { .parts = 0 };
	const struct cat_component *c = a->component;

	if (c == NULL && a->file == NULL) {
		jsonout_null(j, "component");
		return;
	}
	jsonout_object(j, "component");
	jsonout_text(j, "file", c != NULL ? c->file : a->file);
	jsonout_version(j, "build", c != NULL ? c->build : none);
	jsonout_end(j);
}

static void
put_other(struct jsonout *j, const struct cat_other_package *p)
{
	if (p == NULL) {
		jsonout_null(j, "other");
		return;
	}
	jsonout_object(j, "other");
	jsonout_text(j, "kb", p->kb);
	jsonout_text(j, "product", p->product);
	jsonout_text(j, "package", p->package.name);
	jsonout_end(j);
}

static void
put_lists(struct emitter *e, const struct query_answer *a)
{
	struct jsonout *j = &e->j;
	size_t i;

	jsonout_array(j, "releases");
	for (i = 0; i < a->release_count; i++)
		put_ref(e, NULL, a->releases[i]);
	jsonout_end(j);
	jsonout_number(j, "releases_total", (int64_t)a->release_total);
	put_ref(e, "at_least", a->least);
	jsonout_array(j, "neighbours");
	if (a->below != NULL || a->above != NULL) {
		put_ref(e, NULL, a->below);
		put_ref(e, NULL, a->above);
	}
	jsonout_end(j);
	jsonout_array(j, "updates");
	for (i = 0; i < a->update_count; i++)
		put_update(j, a->updates[i]);
	jsonout_end(j);
	jsonout_array(j, "mitigations");
	for (i = 0; i < a->mitigation_count; i++)
		put_mitigation(j, &a->mitigations[i]);
	jsonout_end(j);
}

static void
put_near(struct emitter *e, const struct query_answer *a)
{
	size_t i;

	jsonout_array(&e->j, "suggestions");
	for (i = 0; i < a->near_count; i++)
		put_ref(e, NULL, a->near[i]);
	jsonout_end(&e->j);
}

/* With each release that was found besides: is the CVE open? */
static void
put_states(struct emitter *e, const struct query_answer *a, const char *cve)
{
	const struct cat_release *by;
	const struct cat_need *need;
	enum standing_cve state;
	size_t i;

	jsonout_array(&e->j, "releases");
	for (i = 0; a->kind != QUERY_CVE && i < a->release_count &&
	    a->release_count <= QUERY_MAX_STATES; i++) {
		state = standing_cve(e->r->cat, e->r->standings[
		    a->releases[i]->index], cve, &by, &need);
		jsonout_object(&e->j, NULL);
		put_ref(e, "release", a->releases[i]);
		jsonout_text(&e->j, "state", standing_cve_name(state));
		jsonout_text(&e->j, "by", by != NULL ? by->id : NULL);
		jsonout_end(&e->j);
	}
	jsonout_end(&e->j);
}

static void
put_cves(struct emitter *e, const struct query_answer *a)
{
	const struct cat_need *need;
	size_t i;

	jsonout_array(&e->j, "cves");
	for (i = 0; i < a->cve_count; i++) {
		need = standing_need(e->r->cat, a->cves[i]);
		jsonout_object(&e->j, NULL);
		jsonout_text(&e->j, "cve", a->cves[i]);
		jsonout_text(&e->j, "needs", need != NULL ? need->text :
		    NULL);
		put_states(e, a, a->cves[i]);
		jsonout_end(&e->j);
	}
	jsonout_end(&e->j);
}

/* A hop without a build asks nothing, and is there to be counted. */
static void
put_question(struct emitter *e, const struct which_question *q)
{
	static const struct query_answer nothing = { .query = NULL };
	const struct query_answer *a = q->answer != NULL ? q->answer :
	    &nothing;
	struct jsonout *j = &e->j;

	jsonout_object(j, NULL);
	jsonout_text(j, "query", a->query);
	jsonout_text(j, "kind", q->answer == NULL ? NULL :
	    query_kind_name(a->kind));
	jsonout_text(j, "match", query_match_name(a->match));
	put_lists(e, a);
	put_near(e, a);
	put_cves(e, a);
	jsonout_text(j, "service", a->service);
	put_component(j, a);
	jsonout_text(j, "package", a->package);
	put_other(j, a->other);
	jsonout_text_or_null(j, "note", a->note);
	put_mail(j, q);
	jsonout_end(j);
}

/* Questions as they come, and behind them each release that they name. */
void
which_json(const struct which_report *r, const struct report_style *style,
    struct sink *out)
{
	struct emitter e = { .r = r,
	    .count = r->standing_count };
	size_t i;

	(void)style;
	e.releases = xcalloc(e.count + 1, sizeof(*e.releases));
	jsonout_init(&e.j, out, true);
	jsonout_object(&e.j, NULL);
	json_result_begin(&e.j, r->version, r->at, r->catalogue);
	jsonout_array(&e.j, "queries");
	for (i = 0; i < r->count; i++)
		put_question(&e, &r->questions[i]);
	jsonout_end(&e.j);
	jsonout_array(&e.j, "releases");
	for (i = 0; i < e.count; i++)
		if (e.releases[i] != NULL)
			answered_json(&e.j, r->standings[i]);
	jsonout_end(&e.j);
	jsonout_end(&e.j);
	jsonout_fini(&e.j);
	free(e.releases);
}

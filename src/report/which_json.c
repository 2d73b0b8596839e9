/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/which.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "catalogue/advice.h"
#include "report/json_result.h"

#include <stdlib.h>

static const char *
force_name(enum cat_force f)
{
	switch (f) {
	case CAT_REQUIRED:
		return "required";
	case CAT_ADVISED:
		return "advised";
	case CAT_CONDITIONAL:
		return "conditional";
	case CAT_KEEP:
		break;
	}
	return "keep";
}

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
put_cures(struct jsonout *j, const struct cat_release *r, instant at)
{
	const struct cat_release *newer = catalogue_newer(r, at);
	const struct cat_release *cures[QUERY_MAX_RELEASES];
	size_t i, n = 0;

	if (catalogue_force_at(r, at) == CAT_REQUIRED)
		n = catalogue_cures(r, at, cures, QUERY_MAX_RELEASES);
	else if (newer != NULL)
		cures[n++] = newer;
	jsonout_array(j, "install");
	for (i = 0; i < n && i < QUERY_MAX_RELEASES; i++)
		jsonout_text(j, NULL, cures[i]->id);
	jsonout_end(j);
}

static void
put_replace(struct jsonout *j, const struct cat_release *r, instant at)
{
	const struct cat_replace *p = &r->replace;
	enum cat_force force = catalogue_force_at(r, at);
	bool told = force != CAT_KEEP;

	jsonout_object(j, "replace");
	jsonout_text(j, "force", force_name(force));
	jsonout_text(j, "reason", told ? p->reason : NULL);
	jsonout_text(j, "text", told ? p->text : NULL);
	jsonout_text(j, "condition", told ? p->condition : NULL);
	jsonout_text(j, "by", told && p->by != NULL ? p->by->id : NULL);
	jsonout_end(j);
}

static void
put_support(struct jsonout *j, const struct cat_release *r, instant at)
{
	instant end = catalogue_support_end(r->branch);
	char day[INSTANT_TEXT];

	jsonout_object(j, "support");
	jsonout_text(j, "until", end != INSTANT_NONE ?
	    instant_format_day(end, day) : NULL);
	if (end == INSTANT_NONE)
		jsonout_null(j, "ended");
	else
		jsonout_bool(j, "ended", support_ended(end, at));
	jsonout_end(j);
}

static void
put_release(struct jsonout *j, const struct cat_release *r, instant at)
{
	const struct cat_release *newer = catalogue_newer(r, at);
	size_t i;

	jsonout_object(j, NULL);
	json_result_release(j, r);
	jsonout_text(j, "product", r->product->id);
	jsonout_text(j, "branch", r->branch->id);
	jsonout_text(j, "kind", cat_kind_name(r->kind));
	jsonout_array(j, "packages");
	for (i = 0; i < r->package_count; i++)
		jsonout_text(j, NULL, r->packages[i].name);
	jsonout_end(j);
	put_replace(j, r, at);
	jsonout_text(j, "newer", newer != NULL ? newer->id : NULL);
	put_cures(j, r, at);
	put_support(j, r, at);
	jsonout_text(j, "overlay", r->overlay != NULL ? r->overlay->name :
	    NULL);
	jsonout_end(j);
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
	put_component(j, a);
	jsonout_text(j, "package", a->package);
	put_other(j, a->other);
	jsonout_text_or_null(j, "note", a->note);
	put_mail(j, q);
	jsonout_end(j);
}

/* How many there may be: one more than the greatest index. */
static size_t
count_releases(const struct which_report *r)
{
	const struct query_answer *a;
	size_t i, k, n = 0;

	for (i = 0; i < r->count; i++) {
		a = r->questions[i].answer;
		for (k = 0; a != NULL && k < a->release_count; k++)
			if (a->releases[k]->index >= n)
				n = a->releases[k]->index + 1;
		if (a != NULL && a->below != NULL && a->below->index >= n)
			n = a->below->index + 1;
		if (a != NULL && a->above != NULL && a->above->index >= n)
			n = a->above->index + 1;
	}
	return n;
}

/* Questions as they come, and behind them each release that they name. */
void
which_json(const struct which_report *r, const struct report_style *style,
    struct sink *out)
{
	struct emitter e = { .r = r, .count = count_releases(r) };
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
			put_release(&e.j, e.releases[i], r->at);
	jsonout_end(&e.j);
	jsonout_end(&e.j);
	jsonout_fini(&e.j);
	free(e.releases);
}

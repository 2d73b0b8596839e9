/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/which.h"

#include "catalogue/advice.h"
#include "report/json.h"

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

static json_t *
cures_of(const struct cat_release *r, instant at)
{
	const struct cat_release *newer = catalogue_newer(r, at);
	const struct cat_release *cures[64];
	size_t i, n = 0;
	json_t *list = json_array();

	if (catalogue_force_at(r, at) == CAT_REQUIRED)
		n = catalogue_cures(r, at, cures, 64);
	else if (newer != NULL)
		cures[n++] = newer;
	for (i = 0; i < n && i < 64; i++)
		json_add(&list, json_text(cures[i]->id));
	return list;
}

static json_t *
replace_of(const struct cat_release *r, instant at)
{
	const struct cat_replace *p = &r->replace;
	enum cat_force force = catalogue_force_at(r, at);
	json_t *o = json_object();
	bool told = force != CAT_KEEP;

	json_put(&o, "force", json_text(force_name(force)));
	json_put(&o, "reason", json_text(told ? p->reason : NULL));
	json_put(&o, "text", json_text(told ? p->text : NULL));
	json_put(&o, "condition", json_text(told ? p->condition :
	    NULL));
	json_put(&o, "by", json_text(told && p->by != NULL ?
	    p->by->id : NULL));
	return o;
}

static json_t *
support_of(const struct cat_release *r, instant at)
{
	instant end = catalogue_support_end(r->branch);
	json_t *o = json_object();
	char day[INSTANT_TEXT];

	json_put(&o, "until", json_text(end != INSTANT_NONE ?
	    instant_format_day(end, day) : NULL));
	json_put(&o, "ended", end == INSTANT_NONE ? json_null() :
	    json_boolean(support_ended(end, at)));
	return o;
}

static json_t *
release_of(const struct cat_release *r, instant at)
{
	const struct cat_release *newer = catalogue_newer(r, at);
	json_t *o = json_release(r), *packages = json_array();
	size_t i;

	for (i = 0; i < r->package_count; i++)
		json_add(&packages,
		    json_text(r->packages[i].name));
	json_put(&o, "product", json_text(r->product->id));
	json_put(&o, "branch", json_text(r->branch->id));
	json_put(&o, "kind", json_text(cat_kind_name(r->kind)));
	json_put(&o, "packages", packages);
	json_put(&o, "replace", replace_of(r, at));
	json_put(&o, "newer", json_text(newer != NULL ? newer->id :
	    NULL));
	json_put(&o, "install", cures_of(r, at));
	json_put(&o, "support", support_of(r, at));
	return o;
}

static json_t *
update_of(const struct cat_rereleased *u)
{
	json_t *o = json_object();

	json_put(&o, "original", json_text(u->original));
	json_put(&o, "rerelease", json_text(u->rerelease));
	json_put(&o, "product", json_text(u->product));
	json_put(&o, "bulletin", json_text_or_null(u->bulletin));
	json_put(&o, "date", json_text_or_null(u->date));
	json_put(&o, "replace_installed",
	    json_text(u->replace_installed));
	return o;
}

static json_t *
mitigation_of(const struct query_mitigation *q)
{
	const struct cat_carrier *c = q->carrier;
	const struct cat_related *r = q->related;
	json_t *o = json_object();

	json_put(&o, "id", json_text(q->mitigation->id));
	json_put(&o, "advisory",
	    json_text(q->mitigation->advisory));
	json_put(&o, "kb", json_text(c != NULL ? c->kb : r->kb));
	json_put(&o, "relation", json_text(c != NULL ? "carrier" :
	    r->relation));
	json_put(&o, "text", json_text(c != NULL ? c->windows :
	    r->text));
	return o;
}

static json_t *
mail_of(const struct which_question *q)
{
	json_t *o;

	if (q->hop == NULL)
		return json_null();
	o = json_object();
	json_put(&o, "file", json_text(q->mail));
	json_put(&o, "hop", json_integer((json_int_t)q->number));
	json_put(&o, "hops", json_integer((json_int_t)q->count));
	json_put(&o, "from", json_text_or_null(q->hop->from));
	json_put(&o, "by", json_text_or_null(q->hop->by));
	json_put(&o, "with", json_text_or_null(q->hop->with));
	json_put(&o, "date", json_text_or_null(q->hop->date));
	json_put(&o, "authenticated", json_false());
	return o;
}

/* The part that was asked for: a component, or an installed file. */
static json_t *
component_of(const struct query_answer *a)
{
	json_t *o;

	if (a->component == NULL && a->file == NULL)
		return json_null();
	o = json_object();
	json_put(&o, "file", json_text(a->component != NULL ?
	    a->component->file : a->file));
	json_put(&o, "build", a->component != NULL ?
	    json_version(a->component->build) : json_null());
	return o;
}

static json_t *
other_of(const struct cat_other_package *p)
{
	json_t *o;

	if (p == NULL)
		return json_null();
	o = json_object();
	json_put(&o, "kb", json_text(p->kb));
	json_put(&o, "product", json_text(p->product));
	json_put(&o, "package", json_text(p->package.name));
	return o;
}

static void
lists_of(const struct query_answer *a, instant at, json_t **o)
{
	json_t *releases = json_array(), *updates = json_array();
	json_t *mitigations = json_array(), *neighbours = json_array();
	size_t i;

	for (i = 0; i < a->release_count; i++)
		json_add(&releases,
		    release_of(a->releases[i], at));
	if (a->below != NULL || a->above != NULL) {
		json_add(&neighbours, json_release(a->below));
		json_add(&neighbours, json_release(a->above));
	}
	for (i = 0; i < a->update_count; i++)
		json_add(&updates, update_of(a->updates[i]));
	for (i = 0; i < a->mitigation_count; i++)
		json_add(&mitigations,
		    mitigation_of(&a->mitigations[i]));
	json_put(o, "releases", releases);
	json_put(o, "neighbours", neighbours);
	json_put(o, "updates", updates);
	json_put(o, "mitigations", mitigations);
}

/* A hop without a build asks nothing, and is there to be counted. */
static json_t *
question_of(const struct which_question *q, instant at)
{
	static const struct query_answer nothing = { .query = NULL };
	const struct query_answer *a = q->answer;
	json_t *o = json_object();

	if (a == NULL)
		a = &nothing;
	json_put(&o, "query", json_text(a->query));
	json_put(&o, "kind", json_text(q->answer == NULL ? NULL :
	    query_kind_name(a->kind)));
	json_put(&o, "match", json_text(query_match_name(a->match)));
	lists_of(a, at, &o);
	json_put(&o, "component", component_of(a));
	json_put(&o, "package", json_text(a->package));
	json_put(&o, "other", other_of(a->other));
	json_put(&o, "note", json_text_or_null(a->note));
	json_put(&o, "mail", mail_of(q));
	return o;
}

void
which_json(const struct which_report *r, const struct report_style *style,
    struct sink *out)
{
	json_t *o = json_result(r->version, r->at, r->catalogue);
	json_t *queries = json_array();
	size_t i;

	(void)style;
	for (i = 0; i < r->count; i++)
		json_add(&queries,
		    question_of(&r->questions[i], r->at));
	json_put(&o, "queries", queries);
	json_emit(o, out);
	json_decref(o);
}

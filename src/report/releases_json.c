/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/json.h"
#include "report/releases.h"

static void
set(json_t *o, const char *name, json_t *value)
{
	json_object_set_new(o, name, value);
}

static json_t *
words_of(const char *const *words, size_t count)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < count; i++)
		json_array_append_new(a, json_text(words[i]));
	return a;
}

static json_t *
replace_of(const struct cat_replace *rep)
{
	json_t *o;

	if (rep->force == CAT_KEEP)
		return json_null();
	o = json_object();
	set(o, "force", json_text(cat_force_name(rep->force)));
	set(o, "reason", json_text(rep->reason));
	set(o, "text", json_text(rep->text));
	set(o, "condition", json_text(rep->condition));
	set(o, "by", rep->by != NULL ? json_text(rep->by->id) : json_null());
	set(o, "sources", json_refs(&rep->sources));
	return o;
}

/* What a list says of a release. */
static json_t *
listed(const struct cat_release *r)
{
	json_t *o = json_release(r);

	set(o, "product", json_text(r->product->id));
	set(o, "branch", json_text(r->branch->id));
	set(o, "kind", json_text(cat_kind_name(r->kind)));
	set(o, "build_long", json_text_or_null(r->build_long));
	set(o, "bulletin", json_text_or_null(r->bulletin));
	set(o, "affected_by", json_text_or_null(r->advisory));
	set(o, "perhaps_affected_by", json_text_or_null(r->perhaps));
	set(o, "replace", replace_of(&r->replace));
	return o;
}

static json_t *
packages_of(const struct cat_release *r)
{
	json_t *a = json_array(), *o, *digests, *d;
	const struct cat_package *p;
	size_t i;

	for (p = r->packages; p < r->packages + r->package_count; p++) {
		digests = json_array();
		for (i = 0; i < p->digest_count; i++) {
			d = json_object();
			set(d, "algorithm",
			    json_text(p->digests[i].algorithm));
			set(d, "hex", json_text(p->digests[i].hex));
			set(d, "sources", json_refs(&p->digests[i].sources));
			json_array_append_new(digests, d);
		}
		o = json_object();
		set(o, "name", json_text(p->name));
		set(o, "evidence", json_text(p->evidence));
		set(o, "size", p->size != 0 ?
		    json_integer((json_int_t)p->size) : json_null());
		set(o, "digests", digests);
		set(o, "note", json_text_or_null(p->note));
		json_array_append_new(a, o);
	}
	return a;
}

static json_t *
carried_of(const struct cat_release *r)
{
	json_t *a = json_array(), *o;
	size_t i;

	for (i = 0; i < r->carried_count; i++) {
		o = json_object();
		set(o, "kb", json_text(r->carried[i].kb));
		set(o, "text", json_text(r->carried[i].text));
		set(o, "sources", json_refs(&r->carried[i].sources));
		json_array_append_new(a, o);
	}
	return a;
}

static json_t *
patches_of(const struct cat_release *r)
{
	json_t *a = json_array(), *o;
	const struct cat_patch *p;

	for (p = r->patches; p < r->patches + r->patch_count; p++) {
		o = json_object();
		set(o, "code", json_text(p->code));
		set(o, "targets", words_of(p->targets, p->target_count));
		set(o, "note", json_text_or_null(p->note));
		set(o, "sources", json_refs(&p->sources));
		json_array_append_new(a, o);
	}
	return a;
}

static json_t *
components_of(const struct cat_release *r)
{
	json_t *a = json_array(), *o;
	const struct cat_component *x;

	for (x = r->components; x < r->components + r->component_count; x++) {
		o = json_object();
		set(o, "file", json_text(x->file));
		set(o, "build", json_version(x->build));
		set(o, "note", json_text_or_null(x->note));
		set(o, "sources", json_refs(&x->sources));
		json_array_append_new(a, o);
	}
	return a;
}

static json_t *
files_of(const struct cat_release *r)
{
	json_t *a = json_array(), *o;
	size_t i;

	for (i = 0; i < r->file_count; i++) {
		o = json_object();
		set(o, "path", json_text(r->files[i].path));
		set(o, "algorithm", json_text(r->files[i].digest.algorithm));
		set(o, "hex", json_text(r->files[i].digest.hex));
		json_array_append_new(a, o);
	}
	return a;
}

static json_t *
replaces_of(const struct cat_release *r)
{
	json_t *a = json_array(), *o;
	const struct cat_superseded *s;

	for (s = r->supersedes; s < r->supersedes + r->supersedes_count;
	    s++) {
		o = json_object();
		set(o, "kb", json_text(s->kb));
		set(o, "per", json_text_or_null(s->per));
		set(o, "release", json_release(catalogue_superseded(r, s)));
		json_array_append_new(a, o);
	}
	return a;
}

static json_t *
replaced_by(const struct release_view *v)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < v->replaced_by_count; i++)
		json_array_append_new(a, json_release(v->replaced_by[i]));
	return a;
}

static json_t *
disputes_of(const struct cat_release *r)
{
	json_t *a = json_array(), *o;
	const struct cat_dispute *d;

	for (d = r->disputes; d < r->disputes + r->dispute_count; d++) {
		o = json_object();
		set(o, "fact", json_text(d->fact));
		set(o, "value", json_text(d->value));
		set(o, "resolved", json_boolean(!d->unresolved));
		set(o, "text", json_text(d->why));
		set(o, "sources", json_refs(&d->sources));
		json_array_append_new(a, o);
	}
	return a;
}

static json_t *
excepts_of(const struct cat_release *r)
{
	json_t *a = json_array(), *o;
	const struct cat_except *e;

	for (e = r->excepts; e < r->excepts + r->except_count; e++) {
		o = json_object();
		set(o, "rule", json_text(e->rule));
		set(o, "about", json_text(e->about));
		set(o, "text", json_text(e->text));
		json_array_append_new(a, o);
	}
	return a;
}

static json_t *
download_of(const struct cat_release *r)
{
	json_t *o = json_object();

	set(o, "family", json_text_or_null(r->download_family));
	set(o, "id", json_text_or_null(r->download_id));
	return o;
}

/* What is known of a release, all of it. */
static json_t *
known(const struct release_view *v)
{
	const struct cat_release *r = v->release;
	json_t *o = listed(r);

	set(o, "kbs", words_of(r->kbs, r->kb_count));
	set(o, "kb_sources", json_refs(&r->kb_sources));
	set(o, "date_sources", json_refs(&r->date_sources));
	set(o, "cves", words_of(r->cves, r->cve_count));
	set(o, "cures", json_text_or_null(r->cures));
	set(o, "branch_support_end", json_instant(r->branch->support_end));
	set(o, "product_support_end", json_instant(r->product->support_end));
	set(o, "carries", carried_of(r));
	set(o, "packages", packages_of(r));
	set(o, "download", download_of(r));
	set(o, "patches", patches_of(r));
	set(o, "components", components_of(r));
	set(o, "files", files_of(r));
	set(o, "replaces", replaces_of(r));
	set(o, "replaced_by", replaced_by(v));
	set(o, "disputes", disputes_of(r));
	set(o, "excepts", excepts_of(r));
	set(o, "pages", words_of(r->pages, r->page_count));
	set(o, "note", json_text_or_null(r->note));
	set(o, "confidence", json_text(r->confidence));
	set(o, "sources", json_refs(&r->sources));
	return o;
}

/* The sources that the releases name. */
static json_t *
cited_of(const struct releases *r)
{
	const struct cat_source *s;
	size_t i, n = catalogue_sources(r->cat, &s);
	json_t *a = json_array(), *o;

	for (i = 0; i < n; i++) {
		if (!releases_cite(r, s[i].id))
			continue;
		o = json_object();
		set(o, "id", json_text(s[i].id));
		set(o, "title", json_text(s[i].title));
		set(o, "where", json_text(s[i].where));
		json_array_append_new(a, o);
	}
	return a;
}

void
releases_list_json(const struct releases *r,
    const struct report_style *style, struct sink *out)
{
	json_t *o = json_result(r->version, r->at, catalogue_info(r->cat));
	json_t *a = json_array();
	size_t i;

	(void)style;
	for (i = 0; i < r->count; i++)
		json_array_append_new(a, listed(r->views[i].release));
	set(o, "releases", a);
	json_emit(o, out);
	json_decref(o);
}

void
releases_show_json(const struct releases *r,
    const struct report_style *style, struct sink *out)
{
	json_t *o = json_result(r->version, r->at, catalogue_info(r->cat));
	json_t *a = json_array();
	size_t i;

	(void)style;
	for (i = 0; i < r->count; i++)
		json_array_append_new(a, known(&r->views[i]));
	set(o, "releases", a);
	set(o, "sources", cited_of(r));
	json_emit(o, out);
	json_decref(o);
}

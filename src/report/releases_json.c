/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/json.h"
#include "report/releases.h"

static json_t *
words_of(const char *const *words, size_t count)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < count; i++)
		json_add(&a, json_text(words[i]));
	return a;
}

static json_t *
replace_of(const struct cat_replace *rep)
{
	json_t *o;

	if (rep->force == CAT_KEEP)
		return json_null();
	o = json_object();
	json_put(&o, "force", json_text(cat_force_name(rep->force)));
	json_put(&o, "reason", json_text(rep->reason));
	json_put(&o, "text", json_text(rep->text));
	json_put(&o, "condition", json_text(rep->condition));
	json_put(&o, "by",
	    rep->by != NULL ? json_text(rep->by->id) : json_null());
	json_put(&o, "sources", json_refs(&rep->sources));
	return o;
}

/* What a list says of a release. */
static json_t *
listed(const struct cat_release *r)
{
	json_t *o = json_release(r);

	json_put(&o, "product", json_text(r->product->id));
	json_put(&o, "branch", json_text(r->branch->id));
	json_put(&o, "kind", json_text(cat_kind_name(r->kind)));
	json_put(&o, "build_long", json_text_or_null(r->build_long));
	json_put(&o, "bulletin", json_text_or_null(r->bulletin));
	json_put(&o, "affected_by", json_text_or_null(r->advisory));
	json_put(&o, "perhaps_affected_by", json_text_or_null(r->perhaps));
	json_put(&o, "replace", replace_of(&r->replace));
	json_put(&o, "overlay", r->overlay != NULL ?
	    json_text(r->overlay->name) : json_null());
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
			json_put(&d, "algorithm",
			    json_text(p->digests[i].algorithm));
			json_put(&d, "hex", json_text(p->digests[i].hex));
			json_put(&d, "sources",
			    json_refs(&p->digests[i].sources));
			json_add(&digests, d);
		}
		o = json_object();
		json_put(&o, "name", json_text(p->name));
		json_put(&o, "evidence", json_text(p->evidence));
		json_put(&o, "size", p->size != 0 ?
		    json_integer((json_int_t)p->size) : json_null());
		json_put(&o, "digests", digests);
		json_put(&o, "note", json_text_or_null(p->note));
		json_add(&a, o);
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
		json_put(&o, "kb", json_text(r->carried[i].kb));
		json_put(&o, "text", json_text(r->carried[i].text));
		json_put(&o, "sources", json_refs(&r->carried[i].sources));
		json_add(&a, o);
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
		json_put(&o, "code", json_text(p->code));
		json_put(&o, "targets", words_of(p->targets, p->target_count));
		json_put(&o, "note", json_text_or_null(p->note));
		json_put(&o, "sources", json_refs(&p->sources));
		json_add(&a, o);
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
		json_put(&o, "file", json_text(x->file));
		json_put(&o, "build", json_version(x->build));
		json_put(&o, "note", json_text_or_null(x->note));
		json_put(&o, "sources", json_refs(&x->sources));
		json_add(&a, o);
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
		json_put(&o, "path", json_text(r->files[i].path));
		json_put(&o, "algorithm",
		    json_text(r->files[i].digest.algorithm));
		json_put(&o, "hex", json_text(r->files[i].digest.hex));
		json_add(&a, o);
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
		json_put(&o, "kb", json_text(s->kb));
		json_put(&o, "per", json_text_or_null(s->per));
		json_put(&o, "release",
		    json_release(catalogue_superseded(r, s)));
		json_add(&a, o);
	}
	return a;
}

static json_t *
replaced_by(const struct release_view *v)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < v->replaced_by_count; i++)
		json_add(&a, json_release(v->replaced_by[i]));
	return a;
}

static json_t *
disputes_of(const struct cat_release *r)
{
	json_t *a = json_array(), *o;
	const struct cat_dispute *d;

	for (d = r->disputes; d < r->disputes + r->dispute_count; d++) {
		o = json_object();
		json_put(&o, "fact", json_text(d->fact));
		json_put(&o, "value", json_text(d->value));
		json_put(&o, "resolved", json_boolean(!d->unresolved));
		json_put(&o, "text", json_text(d->why));
		json_put(&o, "sources", json_refs(&d->sources));
		json_add(&a, o);
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
		json_put(&o, "rule", json_text(e->rule));
		json_put(&o, "about", json_text(e->about));
		json_put(&o, "text", json_text(e->text));
		json_add(&a, o);
	}
	return a;
}

static json_t *
download_of(const struct cat_release *r)
{
	json_t *o = json_object();

	json_put(&o, "family", json_text_or_null(r->download_family));
	json_put(&o, "id", json_text_or_null(r->download_id));
	return o;
}

/* What is known of a release, all of it. */
static json_t *
known(const struct release_view *v)
{
	const struct cat_release *r = v->release;
	json_t *o = listed(r);

	json_put(&o, "kbs", words_of(r->kbs, r->kb_count));
	json_put(&o, "kb_sources", json_refs(&r->kb_sources));
	json_put(&o, "date_sources", json_refs(&r->date_sources));
	json_put(&o, "cves", words_of(r->cves, r->cve_count));
	json_put(&o, "cures", json_text_or_null(r->cures));
	json_put(&o, "branch_support_end",
	    json_instant(r->branch->support_end));
	json_put(&o, "product_support_end",
	    json_instant(r->product->support_end));
	json_put(&o, "carries", carried_of(r));
	json_put(&o, "packages", packages_of(r));
	json_put(&o, "download", download_of(r));
	json_put(&o, "patches", patches_of(r));
	json_put(&o, "components", components_of(r));
	json_put(&o, "files", files_of(r));
	json_put(&o, "replaces", replaces_of(r));
	json_put(&o, "replaced_by", replaced_by(v));
	json_put(&o, "disputes", disputes_of(r));
	json_put(&o, "excepts", excepts_of(r));
	json_put(&o, "pages", words_of(r->pages, r->page_count));
	json_put(&o, "note", json_text_or_null(r->note));
	json_put(&o, "confidence", json_text(r->confidence));
	json_put(&o, "sources", json_refs(&r->sources));
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
		json_put(&o, "id", json_text(s[i].id));
		json_put(&o, "title", json_text(s[i].title));
		json_put(&o, "where", json_text(s[i].where));
		json_add(&a, o);
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
		json_add(&a, listed(r->views[i].release));
	json_put(&o, "releases", a);
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
		json_add(&a, known(&r->views[i]));
	json_put(&o, "releases", a);
	json_put(&o, "sources", cited_of(r));
	json_emit(o, out);
	json_decref(o);
}

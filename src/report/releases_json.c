/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/json_result.h"
#include "report/releases.h"

static void
put_words(struct jsonout *j, const char *name, const char *const *words,
    size_t count)
{
	size_t i;

	jsonout_array(j, name);
	for (i = 0; i < count; i++)
		jsonout_text(j, NULL, words[i]);
	jsonout_end(j);
}

static void
put_replace(struct jsonout *j, const struct cat_replace *rep)
{
	if (rep->force == CAT_KEEP) {
		jsonout_null(j, "replace");
		return;
	}
	jsonout_object(j, "replace");
	jsonout_text(j, "force", cat_force_name(rep->force));
	jsonout_text(j, "reason", rep->reason);
	jsonout_text(j, "text", rep->text);
	jsonout_text(j, "condition", rep->condition);
	jsonout_text(j, "by", rep->by != NULL ? rep->by->id : NULL);
	json_result_refs(j, "sources", &rep->sources);
	jsonout_end(j);
}

/* What a list says of a release. */
static void
put_listed(struct jsonout *j, const struct cat_release *r)
{
	json_result_release(j, r);
	jsonout_text(j, "product", r->product->id);
	jsonout_text(j, "branch", r->branch->id);
	jsonout_text(j, "kind", cat_kind_name(r->kind));
	jsonout_text_or_null(j, "build_long", r->build_long);
	jsonout_text_or_null(j, "bulletin", r->bulletin);
	jsonout_text_or_null(j, "affected_by", r->advisory);
	jsonout_text_or_null(j, "perhaps_affected_by", r->perhaps);
	put_replace(j, &r->replace);
	jsonout_text(j, "overlay", r->overlay != NULL ? r->overlay->name :
	    NULL);
}

static void
put_digests(struct jsonout *j, const struct cat_package *p)
{
	size_t i;

	jsonout_array(j, "digests");
	for (i = 0; i < p->digest_count; i++) {
		jsonout_object(j, NULL);
		jsonout_text(j, "algorithm", p->digests[i].algorithm);
		jsonout_text(j, "hex", p->digests[i].hex);
		json_result_refs(j, "sources", &p->digests[i].sources);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static void
put_packages(struct jsonout *j, const struct cat_release *r)
{
	const struct cat_package *p;

	jsonout_array(j, "packages");
	for (p = r->packages; p < r->packages + r->package_count; p++) {
		jsonout_object(j, NULL);
		jsonout_text(j, "name", p->name);
		jsonout_text(j, "evidence", p->evidence);
		if (p->size != 0)
			jsonout_number(j, "size", (int64_t)p->size);
		else
			jsonout_null(j, "size");
		put_digests(j, p);
		jsonout_text_or_null(j, "note", p->note);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static void
put_carried(struct jsonout *j, const struct cat_release *r)
{
	size_t i;

	jsonout_array(j, "carries");
	for (i = 0; i < r->carried_count; i++) {
		jsonout_object(j, NULL);
		jsonout_text(j, "kb", r->carried[i].kb);
		jsonout_text(j, "text", r->carried[i].text);
		json_result_refs(j, "sources", &r->carried[i].sources);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static void
put_patches(struct jsonout *j, const struct cat_release *r)
{
	const struct cat_patch *p;

	jsonout_array(j, "patches");
	for (p = r->patches; p < r->patches + r->patch_count; p++) {
		jsonout_object(j, NULL);
		jsonout_text(j, "code", p->code);
		put_words(j, "targets", p->targets, p->target_count);
		jsonout_text_or_null(j, "note", p->note);
		json_result_refs(j, "sources", &p->sources);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static void
put_components(struct jsonout *j, const struct cat_release *r)
{
	const struct cat_component *x;

	jsonout_array(j, "components");
	for (x = r->components; x < r->components + r->component_count; x++) {
		jsonout_object(j, NULL);
		jsonout_text(j, "file", x->file);
		jsonout_version(j, "build", x->build);
		jsonout_text_or_null(j, "note", x->note);
		json_result_refs(j, "sources", &x->sources);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static void
put_files(struct jsonout *j, const struct cat_release *r)
{
	size_t i;

	jsonout_array(j, "files");
	for (i = 0; i < r->file_count; i++) {
		jsonout_object(j, NULL);
		jsonout_text(j, "path", r->files[i].path);
		jsonout_text(j, "algorithm", r->files[i].digest.algorithm);
		jsonout_text(j, "hex", r->files[i].digest.hex);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static void
put_replaces(struct jsonout *j, const struct cat_release *r)
{
	const struct cat_superseded *s;

	jsonout_array(j, "replaces");
	for (s = r->supersedes; s < r->supersedes + r->supersedes_count;
	    s++) {
		jsonout_object(j, NULL);
		jsonout_text(j, "kb", s->kb);
		jsonout_text_or_null(j, "per", s->per);
		json_result_release_or_null(j, "release",
		    catalogue_superseded(r, s));
		jsonout_end(j);
	}
	jsonout_end(j);
}

static void
put_replaced_by(struct jsonout *j, const struct release_view *v)
{
	size_t i;

	jsonout_array(j, "replaced_by");
	for (i = 0; i < v->replaced_by_count; i++)
		json_result_release_or_null(j, NULL, v->replaced_by[i]);
	jsonout_end(j);
}

static void
put_disputes(struct jsonout *j, const struct cat_release *r)
{
	const struct cat_dispute *d;

	jsonout_array(j, "disputes");
	for (d = r->disputes; d < r->disputes + r->dispute_count; d++) {
		jsonout_object(j, NULL);
		jsonout_text(j, "fact", d->fact);
		jsonout_text(j, "value", d->value);
		jsonout_bool(j, "resolved", !d->unresolved);
		jsonout_text(j, "text", d->why);
		json_result_refs(j, "sources", &d->sources);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static void
put_excepts(struct jsonout *j, const struct cat_release *r)
{
	const struct cat_except *e;

	jsonout_array(j, "excepts");
	for (e = r->excepts; e < r->excepts + r->except_count; e++) {
		jsonout_object(j, NULL);
		jsonout_text(j, "rule", e->rule);
		jsonout_text(j, "about", e->about);
		jsonout_text(j, "text", e->text);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static void
put_download(struct jsonout *j, const struct cat_release *r)
{
	jsonout_object(j, "download");
	jsonout_text_or_null(j, "family", r->download_family);
	jsonout_text_or_null(j, "id", r->download_id);
	jsonout_end(j);
}

/* What is known of a release, all of it. */
static void
put_known(struct jsonout *j, const struct release_view *v)
{
	const struct cat_release *r = v->release;

	jsonout_object(j, NULL);
	put_listed(j, r);
	put_words(j, "kbs", r->kbs, r->kb_count);
	json_result_refs(j, "kb_sources", &r->kb_sources);
	json_result_refs(j, "date_sources", &r->date_sources);
	put_words(j, "cves", r->cves, r->cve_count);
	jsonout_text_or_null(j, "cures", r->cures);
	jsonout_instant(j, "branch_support_end", r->branch->support_end);
	jsonout_instant(j, "product_support_end", r->product->support_end);
	put_carried(j, r);
	put_packages(j, r);
	put_download(j, r);
	put_patches(j, r);
	put_components(j, r);
	put_files(j, r);
	put_replaces(j, r);
	put_replaced_by(j, v);
	put_disputes(j, r);
	put_excepts(j, r);
	put_words(j, "pages", r->pages, r->page_count);
	jsonout_text_or_null(j, "note", r->note);
	jsonout_text(j, "confidence", r->confidence);
	json_result_refs(j, "sources", &r->sources);
	jsonout_end(j);
}

/* The sources that the releases name. */
static void
put_cited(struct jsonout *j, const struct releases *r)
{
	const struct cat_source *s;
	size_t i, n = catalogue_sources(r->cat, &s);

	jsonout_array(j, "sources");
	for (i = 0; i < n; i++) {
		if (!releases_cite(r, s[i].id))
			continue;
		jsonout_object(j, NULL);
		jsonout_text(j, "id", s[i].id);
		jsonout_text(j, "title", s[i].title);
		jsonout_text(j, "where", s[i].where);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static void
begin(struct jsonout *j, const struct releases *r, struct sink *out)
{
	jsonout_init(j, out, true);
	jsonout_object(j, NULL);
	json_result_begin(j, r->version, r->at, catalogue_info(r->cat));
	jsonout_array(j, "releases");
}

void
releases_list_json(const struct releases *r,
    const struct report_style *style, struct sink *out)
{
	struct jsonout j;
	size_t i;

	(void)style;
	begin(&j, r, out);
	for (i = 0; i < r->count; i++) {
		jsonout_object(&j, NULL);
		put_listed(&j, r->views[i].release);
		jsonout_end(&j);
	}
	jsonout_end(&j);
	jsonout_end(&j);
	jsonout_fini(&j);
}

void
releases_show_json(const struct releases *r,
    const struct report_style *style, struct sink *out)
{
	struct jsonout j;
	size_t i;

	(void)style;
	begin(&j, r, out);
	for (i = 0; i < r->count; i++)
		put_known(&j, &r->views[i]);
	jsonout_end(&j);
	put_cited(&j, r);
	jsonout_end(&j);
	jsonout_fini(&j);
}

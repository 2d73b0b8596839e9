/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/model.h"

#include "base/utf.h"

#include <string.h>

const struct cat_info *
catalogue_info(const struct catalogue *c)
{
	return &c->info;
}

#define TABLE(function, type, field, count)			\
	size_t							\
	function(const struct catalogue *c, const type **out)	\
	{							\
		*out = c->field;				\
		return c->count;				\
	}

TABLE(catalogue_sources, struct cat_source, sources, source_count)
TABLE(catalogue_products, struct cat_product, products, product_count)
TABLE(catalogue_branches, struct cat_branch, branches, branch_count)
TABLE(catalogue_advisories, struct cat_advisory, advisories, advisory_count)
TABLE(catalogue_mitigations, struct cat_mitigation, mitigations,
    mitigation_count)
TABLE(catalogue_distrusted, struct cat_distrusted, distrusted,
    distrusted_count)
TABLE(catalogue_anchors, struct cat_anchor, anchors, anchor_count)
TABLE(catalogue_other_packages, struct cat_other_package, other_packages,
    other_package_count)
TABLE(catalogue_file_sets, struct cat_file_set, file_sets, file_set_count)
TABLE(catalogue_upgrades, struct cat_upgrade, upgrades, upgrade_count)
TABLE(catalogue_issues, struct cat_issue, issues, issue_count)
TABLE(catalogue_needs, struct cat_need, needs, need_count)
TABLE(catalogue_requires, struct cat_require, requires, require_count)
TABLE(catalogue_services, struct cat_service, services, service_count)

size_t
catalogue_releases(const struct catalogue *c,
    const struct cat_release *const **out)
{
	*out = (const struct cat_release *const *)c->releases;
	return c->release_count;
}

#define BY_ID(function, type, field, count)			\
	const type *						\
	function(const struct catalogue *c, const char *id)	\
	{							\
		size_t i;					\
								\
		for (i = 0; i < c->count; i++)			\
			if (strcmp(c->field[i].id, id) == 0)	\
				return &c->field[i];		\
		return NULL;					\
	}

BY_ID(catalogue_source, struct cat_source, sources, source_count)
BY_ID(catalogue_product, struct cat_product, products, product_count)
BY_ID(catalogue_advisory, struct cat_advisory, advisories, advisory_count)

const struct cat_release *
catalogue_release(const struct catalogue *c, const char *id)
{
	size_t low = 0, high = c->release_count, mid;
	int order;

	while (low < high) {
		mid = low + (high - low) / 2;
		order = strcmp(id, c->by_id[mid]->id);
		if (order == 0)
			return c->by_id[mid];
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}

static bool
owns(const struct cat_product *p, struct version v)
{
	return version_cmp(v, p->from) >= 0 && version_cmp(v, p->below) < 0;
}

const struct cat_product *
catalogue_product_of(const struct catalogue *c, struct version v)
{
	size_t i;

	for (i = 0; i < c->product_count; i++)
		if (owns(&c->products[i], v))
			return &c->products[i];
	return NULL;
}

/* How many releases, in order of build, are below V. */
static size_t
count_below(const struct catalogue *c, struct version v)
{
	size_t low = 0, high = c->build_count, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (version_cmp(c->by_build[mid]->build, v) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

const struct cat_release *
catalogue_find_build(const struct catalogue *c, struct version v)
{
	size_t i = count_below(c, v);

	return i < c->build_count &&
	    version_equal(c->by_build[i]->build, v) ? c->by_build[i] : NULL;
}

void
catalogue_neighbours(const struct catalogue *c, struct version v,
    const struct cat_release **below, const struct cat_release **above)
{
	const struct cat_product *p = catalogue_product_of(c, v);
	size_t i = count_below(c, v);

	*below = *above = NULL;
	if (p == NULL)
		return;
	if (i > 0 && c->by_build[i - 1]->product == p)
		*below = c->by_build[i - 1];
	if (i < c->build_count && version_equal(c->by_build[i]->build, v))
		i++;
	if (i < c->build_count && c->by_build[i]->product == p)
		*above = c->by_build[i];
}

const struct cat_release *
catalogue_newest(const struct catalogue *c, const struct cat_product *p)
{
	size_t i = count_below(c, p->below);

	return i > 0 && c->by_build[i - 1]->product == p ?
	    c->by_build[i - 1] : NULL;
}

/* Does release R answer to WHAT? */
typedef bool	match_fn(const struct cat_release *r, const void *what);

static size_t
find_all(const struct catalogue *c, match_fn *match, const void *what,
    const struct cat_release **out, size_t max)
{
	size_t i, n = 0;

	for (i = 0; i < c->release_count; i++)
		if (match(c->releases[i], what)) {
			if (n < max)
				out[n] = c->releases[i];
			n++;
		}
	return n;
}

static bool
has_kb(const struct cat_release *r, const void *what)
{
	const char *digits = what;
	size_t i;

	for (i = 0; i < r->kb_count; i++)
		if (strcmp(r->kbs[i] + 2, digits) == 0)
			return true;
	return false;
}

size_t
catalogue_find_kb(const struct catalogue *c, const char *kb,
    const struct cat_release **out, size_t max)
{
	return find_all(c, has_kb, utf_case_prefix(kb, "KB") ? kb + 2 : kb,
	    out, max);
}

static bool
has_package(const struct cat_release *r, const void *what)
{
	size_t i;

	for (i = 0; i < r->package_count; i++)
		if (utf_casecmp(r->packages[i].name, what) == 0)
			return true;
	return false;
}

size_t
catalogue_find_package(const struct catalogue *c, const char *name,
    const struct cat_release **out, size_t max)
{
	return find_all(c, has_package, name, out, max);
}

static bool
has_patch_code(const struct cat_release *r, const void *what)
{
	size_t i;

	for (i = 0; i < r->patch_count; i++)
		if (utf_casecmp(r->patches[i].code, what) == 0)
			return true;
	return false;
}

size_t
catalogue_find_patch_code(const struct catalogue *c, const char *code,
    const struct cat_release **out, size_t max)
{
	return find_all(c, has_patch_code, code, out, max);
}

static bool
has_digest(const struct cat_release *r, const void *what)
{
	size_t i, k;

	for (i = 0; i < r->package_count; i++)
		for (k = 0; k < r->packages[i].digest_count; k++)
			if (strcmp(r->packages[i].digests[k].hex, what) == 0)
				return true;
	return false;
}

size_t
catalogue_find_digest(const struct catalogue *c, const char *hex,
    const struct cat_release **out, size_t max)
{
	return find_all(c, has_digest, hex, out, max);
}

static bool
has_component(const struct cat_release *r, const void *what)
{
	const struct version *v = what;
	size_t i;

	for (i = 0; i < r->component_count; i++)
		if (version_equal(r->components[i].build, *v))
			return true;
	return false;
}

size_t
catalogue_find_component(const struct catalogue *c, struct version v,
    const struct cat_release **out, size_t max)
{
	return find_all(c, has_component, &v, out, max);
}

/* Must it be replaced on some servers, as was known at AT? */
static bool
may_have_to_go(const struct cat_release *r, instant at)
{
	const struct cat_release *by = r->replace.by;

	return r->replace.then == CAT_REQUIRED && (by == NULL ||
	    at == INSTANT_UNLIMITED || by->released <= at);
}

/*
 * May one install it at AT? No interim update, nothing that was only seen or
 * came out by mistake, nothing that must be replaced for a stated reason.
 */
static bool
installable(const struct cat_release *r, instant at)
{
	return r->kind != CAT_IU && r->revision != 0 &&
	    r->replace.force != CAT_REQUIRED &&
	    !may_have_to_go(r, at) &&
	    (at == INSTANT_UNLIMITED ||
	    (r->released != INSTANT_NONE && r->released <= at));
}

size_t
catalogue_cures(const struct cat_release *r, instant at,
    const struct cat_release **out, size_t max)
{
	const struct cat_branch *b = r->branch;
	size_t i = 0, n = 0;

	while (i < b->release_count && b->releases[i] != r)
		i++;
	for (i++; i < b->release_count; i++)
		if (installable(b->releases[i], at)) {
			if (n < max)
				out[n] = b->releases[i];
			n++;
		}
	return n;
}

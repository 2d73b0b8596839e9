/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/inspect_policy.h"

#include "base/alloc.h"
#include "base/path.h"
#include "base/utf.h"
#include "inventory/inventory.h"

#include <stdlib.h>
#include <string.h>

#define RELEASES_MAX	32	/* that share a KB, a package name, a code */

/* ----------------------------------------------------------- digests */

/* Many are asked, and nearly all are others from the first byte on. */
static bool
begins_with(const char *hex, uint8_t byte)
{
	static const char digits[] = "0123456789abcdef";

	return hex[0] == digits[byte >> 4] && hex[1] == digits[byte & 15];
}

bool
inspect_digest_is(const struct cat_digest *c, const struct digest_set *digests)
{
	char hex[2 * DIGEST_MAX + 1];
	size_t i;

	for (i = DIGEST_NONE + 1; i < DIGEST_ALGS; i++) {
		const struct digest *d = &digests->of[i];

		if (d->alg != DIGEST_NONE &&
		    begins_with(c->hex, d->bytes[0]) &&
		    strcmp(c->algorithm, digest_name(d->alg)) == 0)
			return strcmp(c->hex, digest_hex(d, hex)) == 0;
	}
	return false;
}

enum inspect_listed
inspect_package_listed(const struct cat_package *p,
    const struct digest_set *digests)
{
	enum inspect_listed listed = INSPECT_LISTED_UNKNOWN;
	size_t i;

	for (i = 0; i < p->digest_count; i++) {
		if (inspect_digest_is(&p->digests[i], digests))
			return INSPECT_LISTED;
		listed = INSPECT_LISTED_NOT;
	}
	return listed;
}

enum inspect_listed
inspect_listed(const struct cat_release *r, const struct digest_set *digests)
{
	enum inspect_listed listed = INSPECT_LISTED_UNKNOWN, one;
	size_t i;

	for (i = 0; r != NULL && i < r->package_count; i++) {
		one = inspect_package_listed(&r->packages[i], digests);
		if (one == INSPECT_LISTED)
			return INSPECT_LISTED;
		if (one == INSPECT_LISTED_NOT)
			listed = INSPECT_LISTED_NOT;
	}
	for (i = 0; r != NULL && i < r->file_count; i++)
		if (inspect_digest_is(&r->files[i].digest, digests))
			return INSPECT_LISTED;
	return listed;
}

static const struct cat_release *
release_of_digest(const struct catalogue *cat,
    const struct digest_set *digests)
{
	const struct cat_release *const *releases;
	const struct cat_release *found = NULL;
	size_t i, n = catalogue_releases(cat, &releases);

	for (i = 0; i < n; i++) {
		if (inspect_listed(releases[i], digests) != INSPECT_LISTED)
			continue;
		/* A file that two releases share tells neither. */
		if (found != NULL)
			return NULL;
		found = releases[i];
	}
	return found;
}

/* ---------------------------------------------------- other evidence */

/* The build that ends what a patch says of itself. */
static struct version
told_build(const struct inspected *i)
{
	struct version v = { 0 };

	if (i->facts->display_name == NULL ||
	    !version_parse_tail(i->facts->display_name, &v))
		if (i->facts->title != NULL)
			(void)version_parse_tail(i->facts->title, &v);
	return v;
}

static const struct cat_release *
release_of_title(const struct catalogue *cat, const struct inspected *i)
{
	const struct cat_release *found[RELEASES_MAX];
	struct version v = told_build(i);

	if (version_known(v))
		return catalogue_find_build(cat, v);
	if (i->facts->kb == NULL || catalogue_find_kb(cat, i->facts->kb, found,
	    RELEASES_MAX) != 1)
		return NULL;
	return found[0];
}

/* One code serves several releases where they are one per service pack: the
 * build in the title tells which. */
static const struct cat_release *
release_of_code(const struct catalogue *cat, const struct inspected *i)
{
	const struct cat_release *found[RELEASES_MAX], *told;
	size_t n, j;

	n = catalogue_find_patch_code(cat, i->facts->patch.code, found,
	    RELEASES_MAX);
	if (n == 1)
		return found[0];
	told = release_of_title(cat, i);
	for (j = 0; j < n && j < RELEASES_MAX; j++)
		if (found[j] == told)
			return told;
	return NULL;
}

/* A product of Windows Installer: service packs of a product may share its
 * code, so the version decides. */
static const struct cat_release *
release_of_product(const struct catalogue *cat, const struct inspected *i)
{
	const struct cat_release *r = catalogue_find_build(cat,
	    i->facts->version);
	size_t j;

	for (j = 0; r != NULL && j < r->product->product_code_count; j++)
		if (utf_casecmp(r->product->product_codes[j],
		    i->facts->product_code) == 0)
			return r;
	return NULL;
}

static void
take(struct inspected *i, const struct cat_release *r, enum inspect_by by)
{
	if (i->release != NULL || r == NULL)
		return;
	i->release = r;
	i->by = by;
}

void
inspect_identify(struct inspected *i, const char *path,
    const struct catalogue *cat)
{
	if (i->facts->digested)
		take(i, release_of_digest(cat, &i->facts->digests),
		    INSPECT_BY_DIGEST);
	if (i->facts->has_patch)
		take(i, release_of_code(cat, i), INSPECT_BY_PATCH_CODE);
	if (i->facts->product_code != NULL)
		take(i, release_of_product(cat, i), INSPECT_BY_PRODUCT);
	if (i->facts->kind == FILEKIND_MSP)
		take(i, release_of_title(cat, i), INSPECT_BY_TITLE);
	if (i->facts->kind == FILEKIND_PE)
		take(i, catalogue_find_build(cat, i->facts->version),
		    INSPECT_BY_VERSION);
	if (i->facts->digested)
		i->listed = inspect_listed(i->release, &i->facts->digests);
	if (path != NULL)
		i->name = inspect_name(cat, path, i->release);
}

/* -------------------------------------------------------- file names */

/* The revision that a package name claims, 2 for "-v2-" or "-v2."; 0 when it
 * says nothing. */
static unsigned
claimed_revision(const char *name)
{
	const char *p;
	char *end;
	unsigned long n;

	for (p = name; *p != '\0'; p++) {
		if (!utf_case_prefix(p, "-v") || p[2] < '1' || p[2] > '9')
			continue;
		n = strtoul(p + 2, &end, 10);
		if (n < 100 && (*end == '-' || *end == '.' || *end == '\0'))
			return (unsigned)n;
	}
	return 0;
}

/* Does any package of R have its revision in its name? */
static bool
names_have_revision(const struct cat_release *r)
{
	size_t i;

	for (i = 0; i < r->package_count; i++)
		if (claimed_revision(r->packages[i].name) != 0)
			return true;
	return false;
}

static bool
is_among(const struct cat_release *const *list, size_t n,
    const struct cat_release *r)
{
	size_t i;

	for (i = 0; i < n && i < RELEASES_MAX; i++)
		if (list[i] == r)
			return true;
	return false;
}

/* What the KB in NAME and the revision behind it say about R. */
static enum inspect_name
name_parts(const struct catalogue *cat, const char *name,
    const struct cat_release *r)
{
	const struct cat_release *found[RELEASES_MAX];
	unsigned revision = claimed_revision(name);
	char *kb = kb_in_text(name);
	size_t n = kb == NULL ? 0 : catalogue_find_kb(cat, kb, found,
	    RELEASES_MAX);
	bool silent = kb == NULL;

	free(kb);
	if (silent)
		return INSPECT_NAME_SILENT;
	if (n > 0 && !is_among(found, n, r))
		return INSPECT_NAME_LIES;
	if (revision != 0 ? revision != r->revision :
	    r->revision > 1 && names_have_revision(r))
		return INSPECT_NAME_LIES;
	return n > 0 ? INSPECT_NAME_AGREES : INSPECT_NAME_SILENT;
}

enum inspect_name
inspect_name(const struct catalogue *cat, const char *path,
    const struct cat_release *r)
{
	const struct cat_release *found[RELEASES_MAX];
	const char *name = path_base(path);
	size_t n;

	if (r == NULL)
		return INSPECT_NAME_SILENT;
	n = catalogue_find_package(cat, name, found, RELEASES_MAX);
	if (n > 0)
		return is_among(found, n, r) ? INSPECT_NAME_AGREES :
		    INSPECT_NAME_LIES;
	return name_parts(cat, name, r);
}

/* ------------------------------------------------------------- names */

const char *
inspect_by_name(enum inspect_by by)
{
	switch (by) {
	case INSPECT_BY_DIGEST:
		return "digest";
	case INSPECT_BY_PATCH_CODE:
		return "patch-code";
	case INSPECT_BY_PRODUCT:
		return "product";
	case INSPECT_BY_TITLE:
		return "title";
	case INSPECT_BY_VERSION:
		return "version";
	case INSPECT_BY_NOTHING:
		break;
	}
	return NULL;
}

const char *
inspect_name_name(enum inspect_name n)
{
	switch (n) {
	case INSPECT_NAME_AGREES:
		return "agrees";
	case INSPECT_NAME_LIES:
		return "lies";
	case INSPECT_NAME_SILENT:
		break;
	}
	return NULL;
}

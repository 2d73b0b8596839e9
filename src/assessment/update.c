/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/judge.h"
#include "base/utf.h"

#include <stdlib.h>

/* Which release an update record of Windows Installer stands for. */

/* The only release with this KB in the branch of X, or NULL. */
static const struct cat_release *
release_by_kb(const struct judge *j, const struct assess_exchange *x,
    const char *kb)
{
	const struct cat_release *all[JUDGE_SAME_KB], *one = NULL;
	size_t i, n = catalogue_find_kb(j->cat, kb, all, JUDGE_SAME_KB);

	for (i = 0; i < n && i < JUDGE_SAME_KB; i++) {
		if (all[i]->branch != x->branch)
			continue;
		if (one != NULL)
			return NULL;	/* one number for two revisions */
		one = all[i];
	}
	return one;
}

const struct cat_release *
update_by_code(const struct judge *j, const struct site_update *u)
{
	const struct cat_release *r = NULL;

	return catalogue_find_patch_code(j->cat, u->patch_code, &r, 1) == 1 ?
	    r : NULL;
}

/* The revision that a package name tells: "...-KB2756485-v2-x64-EN.msp". */
static const struct cat_release *
release_by_package(const struct judge *j, const struct assess_exchange *x,
    const char *name)
{
	const struct cat_release *all[JUDGE_SAME_KB], *one = NULL;
	size_t i, same = 0;
	size_t n = catalogue_find_package(j->cat, name, all, JUDGE_SAME_KB);
	char *kb;

	for (i = 0; i < n && i < JUDGE_SAME_KB; i++)
		if (all[i]->branch == x->branch) {
			one = all[i];
			same++;
		}
	/* One name for several packages tells none of them. */
	if (same != 0)
		return same == 1 ? one : NULL;
	kb = kb_in_text(name);
	if (kb != NULL)
		one = release_by_kb(j, x, kb);
	free(kb);
	return one;
}

/* Keep the first answer; a later one that differs is a contradiction. */
static void
agree(const struct cat_release **have, const struct cat_release *r,
    bool *contradicts)
{
	if (r == NULL)
		return;
	if (*have != NULL && *have != r)
		*contradicts = true;
	else
		*have = r;
}

/* Is KB that of releases of which none is R? */
static bool
is_kb_of_others(const struct judge *j, const char *kb,
    const struct cat_release *r)
{
	const struct cat_release *all[JUDGE_SAME_KB];
	size_t i, n = catalogue_find_kb(j->cat, kb, all, JUDGE_SAME_KB);

	if (n > JUDGE_SAME_KB)
		return false;
	for (i = 0; i < n; i++)
		if (all[i] == r)
			return false;
	return n != 0;
}

const struct cat_release *
update_release(const struct judge *j, const struct assess_exchange *x,
    const struct site_update *u, bool *contradicts)
{
	const struct cat_release *r = NULL, *by_code;

	*contradicts = false;
	if (version_known(u->build))
		agree(&r, catalogue_find_build(j->cat, u->build),
		    contradicts);
	if (u->kb != NULL && (r == NULL || r->branch == x->branch))
		agree(&r, release_by_kb(j, x, u->kb), contradicts);
	if (u->package.original_name != NULL &&
	    (r == NULL || r->branch == x->branch))
		agree(&r, release_by_package(j, x, u->package.original_name),
		    contradicts);
	/* A build that no row has, and the KB of one that has another; or a
	 * KB of others alone. */
	if (r != NULL && version_known(u->build) &&
	    !version_equal(u->build, r->build) &&
	    catalogue_find_build(j->cat, u->build) == NULL)
		*contradicts = true;
	if (r != NULL && r->branch == x->branch && u->kb != NULL &&
	    is_kb_of_others(j, u->kb, r))
		*contradicts = true;
	/* What an update calls itself is text; its code is what Windows
	 * Installer knows it by. */
	by_code = update_by_code(j, u);
	if (by_code != NULL && r != NULL && r != by_code)
		*contradicts = true;
	return by_code != NULL ? by_code : r;
}

/* Is KB that of an update of X's product? */
static bool
is_kb_of_product(const struct judge *j, const struct assess_exchange *x,
    const char *kb)
{
	const struct cat_release *all[JUDGE_SAME_KB];
	size_t i, n = catalogue_find_kb(j->cat, kb, all, JUDGE_SAME_KB);

	for (i = 0; i < n && i < JUDGE_SAME_KB; i++)
		if (all[i]->product == x->ex->product)
			return true;
	return false;
}

/*
 * An interim update is one that no release has the KB or the build of. Its
 * words are nothing: public hotfix updates call themselves so. What says
 * neither is an update that cannot be told; and one that names the build
 * which runs may be newer than the catalogue.
 */
bool
update_is_interim(const struct judge *j, const struct assess_exchange *x,
    const struct site_update *u)
{
	const struct cat_release *r;
	bool contradicts;

	r = update_release(j, x, u, &contradicts);
	if (r != NULL)
		return r->kind == CAT_IU;
	if (u->kb != NULL && is_kb_of_product(j, x, u->kb))
		return false;
	if (u->kb == NULL && !version_known(u->build))
		return false;
	return !version_known(u->build) ||
	    !version_equal(u->build, x->ex->exsetup.version);
}

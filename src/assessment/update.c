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

static const struct cat_release *
release_by_code(const struct judge *j, const char *code)
{
	const struct cat_release *r = NULL;

	return catalogue_find_patch_code(j->cat, code, &r, 1) == 1 ? r : NULL;
}

/* The revision that a package name tells: "...-KB2756485-v2-x64-EN.msp". */
static const struct cat_release *
release_by_package(const struct judge *j, const struct assess_exchange *x,
    const char *name)
{
	const struct cat_release *all[JUDGE_SAME_KB], *one = NULL;
	size_t i, n = catalogue_find_package(j->cat, name, all, JUDGE_SAME_KB);
	char *kb;

	for (i = 0; i < n && i < JUDGE_SAME_KB; i++)
		if (all[i]->branch == x->branch)
			one = one == NULL ? all[i] : NULL;
	if (one != NULL)
		return one;
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

const struct cat_release *
update_release(const struct judge *j, const struct assess_exchange *x,
    const struct inv_update *u, bool *contradicts)
{
	const struct cat_release *r = NULL;

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
	if (r == NULL)
		r = release_by_code(j, u->patch_code);
	return r;
}

/*
 * An interim update is named so, but the name alone proves nothing: public
 * hotfix updates have carried it too. A release of the catalogue with this
 * KB decides.
 */
bool
update_is_interim(const struct judge *j, const struct assess_exchange *x,
    const struct inv_update *u)
{
	const struct cat_release *all[JUDGE_SAME_KB];
	const char *p;
	size_t i, n;

	if (u->kb != NULL) {
		n = catalogue_find_kb(j->cat, u->kb, all, JUDGE_SAME_KB);
		for (i = 0; i < n && i < JUDGE_SAME_KB; i++)
			if (all[i]->product == x->ex->product)
				return all[i]->kind == CAT_IU;
	}
	for (p = u->display_name; p != NULL && *p != '\0'; p++)
		if (utf_case_prefix(p, "interim update"))
			return true;
	return false;
}

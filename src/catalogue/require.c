/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/model.h"

#include <string.h>

/* What requirements are about: versions of .NET and of Windows, branches. */

const struct cat_dotnet *
catalogue_dotnet(const struct catalogue *c, uint64_t release)
{
	const struct cat_dotnet *best = NULL;
	size_t i;

	for (i = 0; i < c->dotnet_count; i++)
		if (c->dotnets[i].release <= release && (best == NULL ||
		    c->dotnets[i].release > best->release))
			best = &c->dotnets[i];
	return best;
}

const struct cat_dotnet *
catalogue_dotnet_called(const struct catalogue *c, const char *version)
{
	size_t i;

	for (i = 0; i < c->dotnet_count; i++)
		if (strcmp(c->dotnets[i].version, version) == 0)
			return &c->dotnets[i];
	return NULL;
}

const struct cat_windows *
catalogue_windows(const struct catalogue *c, struct version v)
{
	size_t i;

	for (i = 0; v.parts >= 3 && i < c->windows_count; i++)
		if (memcmp(c->all_windows[i].version.part, v.part,
		    3 * sizeof(v.part[0])) == 0)
			return &c->all_windows[i];
	return NULL;
}

const struct cat_windows *
catalogue_windows_called(const struct catalogue *c, const char *id)
{
	size_t i;

	for (i = 0; i < c->windows_count; i++)
		if (strcmp(c->all_windows[i].id, id) == 0)
			return &c->all_windows[i];
	return NULL;
}

/* Branches of a product lie side by side, the oldest first. */
bool
cat_scopes_have(const struct cat_scope *scopes, size_t count,
    const struct cat_product *p, const struct cat_branch *b)
{
	size_t i;

	for (i = 0; i < count; i++) {
		const struct cat_scope *s = &scopes[i];

		if (s->product != p)
			continue;
		if (b == NULL || ((s->from == NULL || b >= s->from) &&
		    (s->to == NULL || b <= s->to)))
			return true;
	}
	return false;
}

const struct cat_install *
catalogue_install(const struct catalogue *c, const struct cat_release *r,
    bool base)
{
	size_t i;

	for (i = 0; i < c->install_count; i++) {
		const struct cat_install *x = &c->installs[i];

		if ((base ? x->for_bases : x->for_updates) &&
		    cat_scopes_have(x->scopes, x->scope_count, r->product,
		    r->branch))
			return x;
	}
	return NULL;
}

static const char *const checks[CAT_CHECKS] = {
	[CAT_CHECK_DOTNET] = "dotnet", [CAT_CHECK_WINDOWS] = "windows",
	[CAT_CHECK_PATCHED] = "patched", [CAT_CHECK_PROGRAM] = "program",
	[CAT_CHECK_VALUE] = "value", [CAT_CHECK_POLICY] = "policy",
	[CAT_CHECK_ENABLED] = "enabled",
	[CAT_CHECK_RENAMES] = "renames",
	[CAT_CHECK_SERVICING] = "servicing",
	[CAT_CHECK_INSTALLER] = "installer",
	[CAT_CHECK_RESTART] = "restart", [CAT_CHECK_SPACE] = "space",
	[CAT_CHECK_SETUP] = "setup",
	[CAT_CHECK_SERVICES] = "services", [CAT_CHECK_CACHE] = "cache",
	[CAT_CHECK_PACK] = "pack", [CAT_CHECK_INTERIM] = "interim",
	[CAT_CHECK_BASE] = "base", [CAT_CHECK_WAY] = "way",
	[CAT_CHECK_UNSEEN] = "unseen", [CAT_CHECK_TOLD] = "told",
};

const char *
cat_check_name(enum cat_check k)
{
	return k < CAT_CHECKS ? checks[k] : NULL;
}

static const char *const blocks[] = {
	[CAT_BLOCKS_NOTHING] = "nothing", [CAT_BLOCKS_SUPPORT] = "support",
	[CAT_BLOCKS_SETUP] = "setup", [CAT_BLOCKS_INSTALLER] = "installer",
};

const char *
cat_blocks_name(enum cat_blocks b)
{
	return blocks[b];
}

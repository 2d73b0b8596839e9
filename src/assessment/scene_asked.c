/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/site.h"

#include "base/alloc.h"
#include "base/utf.h"

#include <stdlib.h>

/*
 * Was all looked for that the catalogue looks for? Facts that were saved may
 * be of a time when less was asked: what was not looked for is not absent.
 */

static bool
is_among(const struct inv_names *n, const char *name)
{
	size_t i;

	for (i = 0; i < n->count; i++)
		if (utf_casecmp(n->list[i], name) == 0)
			return true;
	return false;
}

static char *
name_unasked(const struct inv_names *asked, const char *const *names,
    size_t count, const char *what)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!is_among(asked, names[i]))
			return xasprintf("%s %s", what, names[i]);
	return NULL;
}

static char *
product_unasked(const struct inv_asked *a, const struct cat_product *p)
{
	char *text = name_unasked(&a->setup_keys, p->setup_keys,
	    p->setup_key_count, "the Setup key");

	if (text == NULL)
		text = name_unasked(&a->product_codes, p->product_codes,
		    p->product_code_count, "the product code");
	if (text == NULL)
		text = name_unasked(&a->update_keys, p->update_keys,
		    p->update_key_count, "the update markers of");
	if (text == NULL)
		text = name_unasked(&a->uninstall_keys, p->uninstall_keys,
		    p->uninstall_key_count, "the Uninstall entry");
	return text;
}

/* A table that is not there at all. Traces and the like are looked for only
 * where they mean something. */
static char *
group_unasked(const struct inventory *inv)
{
	static const struct {
		unsigned	 bit;
		const char	*what;
	} always[] = {
		{ INV_GROUP_SETUPS, "Setup keys" },
		{ INV_GROUP_PRODUCTS, "products of Windows Installer" },
		{ INV_GROUP_FILES, "files" },
		{ INV_GROUP_LISTINGS, "updates of Windows" },
		{ INV_GROUP_USER_RECORDS, "products of users" },
		{ INV_GROUP_IN_PROGRESS, "an installation in progress" },
		{ INV_GROUP_HIVES, "hives" },
	};
	unsigned groups = inv->asked.groups;
	size_t i;

	for (i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		if ((groups & always[i].bit) == 0)
			return xstrdup(always[i].what);
	if (inv->setup_count == 0 && (groups & INV_GROUP_TRACES) == 0)
		return xstrdup("traces of Exchange");
	if (inv->setup_count != 0 && (groups & INV_GROUP_PLACES) == 0)
		return xstrdup("folders of Exchange");
	if (inv->setup_count != 0 && (groups & INV_GROUP_MARKERS) == 0)
		return xstrdup("update markers");
	return NULL;
}

static bool
has_hive(const struct inventory *inv, const char *name)
{
	size_t i;

	for (i = 0; i < inv->hive_count; i++)
		if (utf_casecmp(inv->hives[i].name, name) == 0)
			return true;
	return inv->source == HOST_LIVE;
}

/* A row that every scan writes. */
static char *
row_unasked(const struct scene *s)
{
	size_t i;

	if (s->facts->taken == INSTANT_NONE)
		return xstrdup("the day of the scan");
	if (!has_hive(s->facts, "SOFTWARE"))
		return xstrdup("the SOFTWARE hive");
	if (!has_hive(s->facts, "SYSTEM"))
		return xstrdup("the SYSTEM hive");
	for (i = 0; i < s->site_count; i++) {
		const struct site *site = &s->sites[i];

		if (site->install_path == NULL)
			continue;
		if (site->exsetup.state == EV_UNKNOWN)
			return xstrdup("ExSetup.exe");
		if (site->transcoding.state == EV_UNKNOWN)
			return xstrdup("TranscodingService.exe");
	}
	return NULL;
}

/* The file of every release below the folder that SITE is in. */
static char *
file_unasked(const struct scene *s, const struct site *site,
    const struct catalogue *cat)
{
	const struct cat_release *r = site->exsetup.state == EV_PRESENT ?
	    catalogue_find_build(cat, site->exsetup.version) : NULL;
	size_t i;

	for (i = 0; r != NULL && i < r->file_count &&
	    !s->facts->packages_skipped; i++) {
		char *path = host_join(site->install_path, r->files[i].path);

		if (inventory_file(s->facts, path) == NULL)
			return path;
		free(path);
	}
	return NULL;
}

void
scene_ask(struct scene *s, const struct catalogue *cat)
{
	const struct inv_asked *a = &s->facts->asked;
	const struct cat_mitigation *m;
	const struct cat_product *p;
	size_t i, k, n = catalogue_products(cat, &p);

	s->unasked = group_unasked(s->facts);
	if (s->unasked == NULL)
		s->unasked = row_unasked(s);
	for (i = 0; i < n && s->unasked == NULL; i++)
		s->unasked = product_unasked(a, &p[i]);
	n = catalogue_mitigations(cat, &m);
	for (i = 0; i < n; i++)
		for (k = 0; k < m[i].carrier_count && s->unasked == NULL; k++)
			if (!is_among(&a->kbs, m[i].carriers[k].kb))
				s->unasked = xstrdup(m[i].carriers[k].kb);
	for (i = 0; i < s->site_count && s->unasked == NULL; i++)
		s->unasked = file_unasked(s, &s->sites[i], cat);
}

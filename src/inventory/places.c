/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/collect.h"

#include "base/alloc.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

/*
 * Where Exchange is, as all that name a folder say, and what of it is asked
 * there: one key may have been led elsewhere.
 */

#define UNINSTALL	"HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion" \
			"\\Uninstall"
#define ENVIRONMENT	"HKLM\\SYSTEM\\CurrentControlSet\\Control" \
			"\\Session Manager\\Environment"
#define VIEWING		"ClientAccess\\Owa\\Bin\\DocumentViewing"

/* PATH is taken over. */
static void
add_place(struct collect *c, const char *entry, char *path)
{
	struct inventory *inv = c->inv;

	if (path == NULL || path[0] == '\0') {
		free(path);
		return;
	}
	inv->places = xpush(inv->places, inv->place_count,
	    sizeof(*inv->places));
	inv->places[inv->place_count++] = (struct inv_place){
	    xstrdup(entry), path };
}

static void
uninstall_places(struct collect *c, const struct cat_product *p)
{
	size_t i, k;

	for (i = 0; i < p->uninstall_key_count; i++) {
		const char *entry = p->uninstall_keys[i];
		char *key;

		for (k = 0; k < c->inv->place_count; k++)
			if (strcmp(c->inv->places[k].entry, entry) == 0)
				break;
		if (k < c->inv->place_count)
			continue;
		key = host_join(UNINSTALL, entry);
		add_place(c, entry, collect_text(c, EV_SETUP, key,
		    "InstallLocation"));
		free(key);
	}
}

static void
add_root(const char **roots, size_t *count, const char *path)
{
	size_t i;

	/* One more than are looked in, to be told of. */
	if (path == NULL || path[0] == '\0' || *count > INVENTORY_MAX_ROOTS)
		return;
	for (i = 0; i < *count; i++)
		if (inv_same_path(roots[i], path))
			return;
	roots[(*count)++] = path;
}

size_t
collect_roots(const struct inventory *inv, const char ***out)
{
	const char **roots = xcalloc(2 * inv->setup_count + inv->place_count +
	    inv->product_count, sizeof(*roots));
	size_t i, count = 0;

	for (i = 0; i < inv->setup_count; i++)
		add_root(roots, &count, inv->setups[i].path);
	for (i = 0; i < inv->setup_count; i++)
		add_root(roots, &count, inv->setups[i].services);
	for (i = 0; i < inv->place_count; i++)
		add_root(roots, &count, inv->places[i].path);
	for (i = 0; i < inv->product_count; i++)
		if (!inv_names_a_pack(inv->products[i].name))
			add_root(roots, &count,
			    inv->products[i].install_location);
	*out = roots;
	return count;
}

static void
want(struct collect *c, const char *root, const char *below, unsigned ask)
{
	char *path = host_join(root, below);

	collect_want(c, path, ask);
	free(path);
}

/* Every file that a release of the catalogue lists, whichever is installed. */
static void
want_listed(struct collect *c, const char *root)
{
	const struct cat_release *const *releases;
	size_t i, k, n = catalogue_releases(c->cat, &releases);

	for (i = 0; i < n; i++)
		for (k = 0; k < releases[i]->file_count; k++)
			want(c, root, releases[i]->files[k].path,
			    INV_ASK_DIGEST);
}

void
collect_places(struct collect *c)
{
	struct diag d = { .text = "" };
	const struct cat_product *p;
	const char **roots;
	size_t i, count, n = catalogue_products(c->cat, &p);

	/* On a host without a Setup key, traces are looked for. */
	if (c->inv->setup_count == 0)
		return;
	for (i = 0; i < n; i++)
		uninstall_places(c, &p[i]);
	add_place(c, NULL, collect_text(c, EV_SETUP, ENVIRONMENT,
	    "ExchangeInstallPath"));
	count = collect_roots(c->inv, &roots);
	if (count > INVENTORY_MAX_ROOTS) {
		(void)diag_set(&d, ST_LIMIT, DIAG_NOWHERE, NULL, "more than %d "
		    "folders of Exchange", INVENTORY_MAX_ROOTS);
		(void)collect_unreadable(c, EV_SETUP, ENVIRONMENT, &d);
		count = INVENTORY_MAX_ROOTS;
	}
	for (i = 0; i < count; i++) {
		want(c, roots[i], "Bin\\ExSetup.exe", INV_ASK_VERSION |
		    INV_ASK_SIGNATURE);
		want(c, roots[i], VIEWING "\\TranscodingService.exe",
		    INV_ASK_VERSION | INV_ASK_SIGNATURE);
		if (!c->opt->skip_packages)
			want_listed(c, roots[i]);
	}
	free(roots);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/collect.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "base/utf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SERVICING	"HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion" \
			"\\Component Based Servicing\\Packages"
#define HOTFIX		"HKLM\\SOFTWARE\\Microsoft\\Windows NT" \
			"\\CurrentVersion\\HotFix"
#define UPDATES		"HKLM\\SOFTWARE\\Microsoft\\Updates"

/* CurrentState of servicing: 0x70 installed, 0x80 permanent; below 0x50 it
 * is not there, and 0x50 says that something newer owns the files. */
#define SERVICING_INSTALLED	0x70

bool
inv_listing_installed(const struct inv_listing *l)
{
	return l->kind == INV_LISTING_SERVICING ?
	    l->state >= SERVICING_INSTALLED : l->state != 0;
}

/* A mark that several updates share is looked for once. */
static void
add_mark(struct inventory *inv, const uint8_t *bytes)
{
	struct inv_mark *m;
	size_t i;

	for (i = 0; i < inv->mark_count; i++)
		if (memcmp(inv->marks[i].bytes, bytes, sizeof(m->bytes)) == 0)
			return;
	if (inv->mark_count == INVENTORY_MAX_MARKS)
		return;
	inv->marks = xpush(inv->marks, inv->mark_count, sizeof(*m));
	m = &inv->marks[inv->mark_count++];
	memcpy(m->bytes, bytes, sizeof(m->bytes));
}

static void
want_copy(struct collect *c, const char *folder, const char *name)
{
	char *path = host_join(folder, name);

	collect_want(c, path, INV_ASK_VERSION | INV_ASK_MARKS);
	free(path);
}

/* The 32-bit copy exists on 64-bit Windows only. */
static void
want_copies(struct collect *c, const struct cat_mitigation *m)
{
	struct inv_windows *w = &c->inv->windows;
	char *native = host_join(w->system_root, "System32");
	char *wow64 = host_join(w->system_root, "SysWOW64");
	size_t i;

	for (i = 0; i < m->mark_count; i++)
		add_mark(c->inv, m->marks[i]);
	want_copy(c, native, m->file);
	want_copy(c, wow64, m->file);
	free(native);
	free(wow64);
}

static void
add_listing(struct collect *c, enum inv_listing_kind kind, const char *kb,
    const char *where, uint32_t state)
{
	struct inventory *inv = c->inv;
	struct inv_listing *l;
	char value[64];

	inv->listings = xpush(inv->listings, inv->listing_count,
	    sizeof(*inv->listings));
	l = &inv->listings[inv->listing_count++];
	*l = (struct inv_listing){ xstrdup(kb), kind, state, 0 };
	snprintf(value, sizeof(value), "%s, state 0x%x",
	    inv_listing_installed(l) ? "installed" : "not installed",
	    (unsigned)state);
	l->ev = collect_note(c, EV_SERVICING, EV_PRESENT, where, value);
}

/*
 * Is NAME a servicing package of KB: "Package(_N)?_for_KBnnnnnnn(_XX)*~..."?
 * Its version is not known for this update and must not be tested.
 */
static bool
is_package_of(const char *name, const char *kb)
{
	const char *p = name;

	if (!utf_case_prefix(p, "package_"))
		return false;
	p += strlen("package_");
	p += strspn(p, "0123456789");
	p += *p == '_';
	if (!utf_case_prefix(p, "for_"))
		return false;
	p += strlen("for_");
	if (!utf_case_prefix(p, kb))
		return false;
	p += strlen(kb);
	return *p == '~' || *p == '_';
}

static void
servicing_listings(struct collect *c, const char *kb,
    char **names, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		uint32_t state = 0;
		char *key;

		if (!is_package_of(names[i], kb))
			continue;
		key = host_join(SERVICING, names[i]);
		if (collect_dword(c, EV_SERVICING, key, "CurrentState",
		    &state))
			add_listing(c, INV_LISTING_SERVICING, kb, key, state);
		free(key);
	}
}

static void
hotfix_listing(struct collect *c, const char *kb)
{
	char *key = host_join(HOTFIX, kb);
	uint32_t on = 0;

	if (collect_dword(c, EV_SERVICING, key, "Installed", &on))
		add_listing(c, INV_LISTING_HOTFIX, kb, key, on);
	free(key);
}

/* XP and 2003: Updates\Windows ...\SPn\KB..., with any SP number. */
static void
update_listings(struct collect *c, const char *kb,
    const char *product)
{
	char *base = host_join(UPDATES, product), **packs;
	size_t i, count;

	collect_keys(c, EV_SERVICING, base, &packs, &count);
	for (i = 0; i < count; i++) {
		char *pack = host_join(base, packs[i]);
		char *key = host_join(pack, kb);

		if (host_key_exists(c->host, key, NULL) == ST_OK)
			add_listing(c, INV_LISTING_UPDATES, kb, key, 1);
		free(key);
		free(pack);
	}
	host_names_free(packs, count);
	free(base);
}

static void
all_update_listings(struct collect *c, const char *kb)
{
	char **products;
	size_t i, count;

	collect_keys(c, EV_SERVICING, UPDATES, &products, &count);
	for (i = 0; i < count; i++)
		if (utf_case_prefix(products[i], "windows"))
			update_listings(c, kb, products[i]);
	host_names_free(products, count);
}

static bool
is_asked(const struct cat_mitigation *all, size_t count, const char *kb)
{
	size_t i, k;

	for (i = 0; i < count; i++)
		for (k = 0; k < all[i].carrier_count; k++)
			if (strcmp(all[i].carriers[k].kb, kb) == 0)
				return true;
	return false;
}

void
collect_fixes(struct collect *c)
{
	const struct cat_mitigation *m;
	size_t i, k, count, n = catalogue_mitigations(c->cat, &m);
	char **names;

	collect_keys(c, EV_SERVICING, SERVICING, &names, &count);
	for (i = 0; i < n; i++) {
		want_copies(c, &m[i]);
		for (k = 0; k < m[i].carrier_count; k++) {
			const char *kb = m[i].carriers[k].kb;

			if (is_asked(m, i, kb))
				continue;
			servicing_listings(c, kb, names, count);
			hotfix_listing(c, kb);
			all_update_listings(c, kb);
		}
	}
	host_names_free(names, count);
}

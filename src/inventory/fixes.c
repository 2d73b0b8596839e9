/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "base/utf.h"
#include "inventory/collect.h"

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

void
inv_fix_fini(struct inv_fix *f)
{
	size_t i;

	for (i = 0; i < f->file_count; i++)
		inv_file_fini(&f->files[i].file);
	for (i = 0; i < f->listing_count; i++)
		free(f->listings[i].kb);
	free(f->files);
	free(f->listings);
}

/* How many of the marks are in the file; false when it cannot be read. */
static bool
count_marks(struct source src, const struct cat_mitigation *m, size_t *out)
{
	size_t i, n = 0;
	uint64_t off;

	for (i = 0; i < m->mark_count; i++) {
		enum status st = source_find(&src, m->marks[i],
		    sizeof(m->marks[i]), &off, NULL);

		if (st != ST_OK && st != ST_ABSENT)
			return false;
		n += st == ST_OK;
	}
	*out = n;
	return true;
}

/* One copy of the file: its version corroborates, its marks decide. */
static void
fix_file(struct collect *c, struct inv_fix *fix, const char *folder,
    enum ev_state missing)
{
	struct inv_fix_file *f = &fix->files[fix->file_count++];
	char *path = host_join(folder, fix->mitigation->file), *value;
	const struct evidence *e;
	struct host_file open;

	collect_file(c, path, missing, &f->file);
	if (host_file_open(c->host, path, &open, NULL) == ST_OK) {
		f->searched = count_marks(open.src, fix->mitigation,
		    &f->marks);
		host_file_close(&open);
	}
	e = inventory_evidence(c->inv, f->file.ev);
	if (f->searched) {
		value = xasprintf("%s; %zu of %zu byte marks of the fix",
		    e->value, f->marks, fix->mitigation->mark_count);
		collect_amend(c, f->file.ev, value);
		free(value);
	}
	free(path);
}

/* The 32-bit copy exists on 64-bit Windows only. */
static void
fix_files(struct collect *c, struct inv_fix *fix)
{
	const char *root = host_system_root(c->host);
	char *native = host_join(root, "System32");
	char *wow64 = host_join(root, "SysWOW64");
	struct host_stat st;
	bool has_wow64;

	has_wow64 = c->inv->windows.is_x64 ||
	    host_file_stat(c->host, wow64, &st, NULL) != ST_ABSENT;
	fix->files = xcalloc(2, sizeof(*fix->files));
	fix_file(c, fix, native, EV_ABSENT);
	fix_file(c, fix, wow64, has_wow64 ? EV_ABSENT : EV_NOT_EXPECTED);
	free(native);
	free(wow64);
}

static void
add_listing(struct collect *c, struct inv_fix *fix, const char *kb,
    const char *where, uint32_t state, bool installed)
{
	struct inv_fix_listing *l;
	char value[64];

	fix->listings = xpush(fix->listings, fix->listing_count,
	    sizeof(*fix->listings));
	l = &fix->listings[fix->listing_count++];
	l->kb = xstrdup(kb);
	l->state = state;
	l->installed = installed;
	snprintf(value, sizeof(value), "%s, state 0x%x",
	    installed ? "installed" : "not installed", (unsigned)state);
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
servicing_listings(struct collect *c, struct inv_fix *fix, const char *kb,
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
			add_listing(c, fix, kb, key, state,
			    state >= SERVICING_INSTALLED);
		free(key);
	}
}

static void
hotfix_listing(struct collect *c, struct inv_fix *fix, const char *kb)
{
	char *key = host_join(HOTFIX, kb);
	uint32_t on = 0;

	if (collect_dword(c, EV_SERVICING, key, "Installed", &on))
		add_listing(c, fix, kb, key, on, on != 0);
	free(key);
}

/* XP and 2003: Updates\Windows ...\SPn\KB..., with any SP number. */
static void
update_listings(struct collect *c, struct inv_fix *fix, const char *kb,
    const char *product)
{
	char *base = host_join(UPDATES, product), **packs;
	size_t i, count;

	collect_keys(c, EV_SERVICING, base, &packs, &count);
	for (i = 0; i < count; i++) {
		char *pack = host_join(base, packs[i]);
		char *key = host_join(pack, kb);

		if (host_key_exists(c->host, key, NULL) == ST_OK)
			add_listing(c, fix, kb, key, 1, true);
		free(key);
		free(pack);
	}
	host_names_free(packs, count);
	free(base);
}

static void
all_update_listings(struct collect *c, struct inv_fix *fix, const char *kb)
{
	char **products;
	size_t i, count;

	collect_keys(c, EV_SERVICING, UPDATES, &products, &count);
	for (i = 0; i < count; i++)
		if (utf_case_prefix(products[i], "windows"))
			update_listings(c, fix, kb, products[i]);
	host_names_free(products, count);
}

void
collect_fixes(struct collect *c)
{
	const struct cat_mitigation *m;
	struct inventory *inv = c->inv;
	char **names;
	size_t i, j, count;

	inv->fix_count = catalogue_mitigations(c->cat, &m);
	inv->fixes = xcalloc(inv->fix_count, sizeof(*inv->fixes));
	collect_keys(c, EV_SERVICING, SERVICING, &names, &count);
	for (i = 0; i < inv->fix_count; i++) {
		struct inv_fix *fix = &inv->fixes[i];

		fix->mitigation = &m[i];
		fix_files(c, fix);
		for (j = 0; j < m[i].carrier_count; j++) {
			const char *kb = m[i].carriers[j].kb;

			servicing_listings(c, fix, kb, names, count);
			hotfix_listing(c, fix, kb);
			all_update_listings(c, fix, kb);
		}
	}
	host_names_free(names, count);
}

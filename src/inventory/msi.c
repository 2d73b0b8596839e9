/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "base/utf.h"
#include "inventory/collect.h"
#include "inventory/guid.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Windows Installer's keys for machine-wide products. */
#define USER_DATA	"HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion" \
			"\\Installer\\UserData\\S-1-5-18"
#define PRODUCTS	USER_DATA "\\Products"
#define PATCHES		USER_DATA "\\Patches"
#define CLASSES		"HKLM\\SOFTWARE\\Classes\\Installer"
#define CLASS_PATCHES	CLASSES "\\Patches"
#define CLASS_PRODUCTS	CLASSES "\\Products"

static void
inv_package_fini(struct inv_package *p)
{
	free(p->path);
	free(p->original_name);
	inv_seen_free(p->seen);
}

void
inv_product_fini(struct inv_product *p)
{
	size_t i;

	for (i = 0; i < p->update_count; i++) {
		struct inv_update *u = &p->updates[i];

		free(u->patch_code);
		free(u->display_name);
		free(u->kb);
		free(u->installed);
		inv_package_fini(&u->package);
	}
	for (i = 0; i < p->listed_count; i++)
		free(p->listed[i].code);
	free(p->updates);
	free(p->listed);
	free(p->install_location);
	free(p->package_code);
	free(p->code);
	free(p->name);
	inv_package_fini(&p->msi);
}

/* Is the cached package there? KEY holds LocalPackage. */
static void
collect_package(struct collect *c, const char *key, struct inv_package *p)
{
	struct diag d = { .text = "" };
	struct host_stat st;
	enum status rc;
	char value[48];

	p->path = collect_text(c, EV_PACKAGE, key, "LocalPackage");
	if (p->path == NULL) {
		p->state = EV_UNKNOWN;
		p->ev = collect_note(c, EV_PACKAGE, EV_UNKNOWN, key,
		    "no LocalPackage value");
		return;
	}
	rc = host_file_stat(c->host, p->path, &st, &d);
	if (rc == ST_ABSENT) {
		p->state = EV_ABSENT;
		p->ev = collect_note(c, EV_PACKAGE, EV_ABSENT, p->path, NULL);
	} else if (rc == ST_OK && st.is_folder) {
		(void)diag_set(&d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "is a folder, not a file");
		p->state = EV_UNREADABLE;
		p->ev = collect_unreadable(c, EV_PACKAGE, p->path, &d);
	} else if (rc != ST_OK) {
		p->state = EV_UNREADABLE;
		p->ev = collect_unreadable(c, EV_PACKAGE, p->path, &d);
	} else {
		p->state = EV_PRESENT;
		p->size = st.size;
		snprintf(value, sizeof(value), "%llu bytes",
		    (unsigned long long)st.size);
		p->ev = collect_note(c, EV_PACKAGE, EV_PRESENT, p->path,
		    value);
	}
}

static enum patch_state
decode_state(uint32_t state)
{
	switch (state) {
	case 1:
		return PATCH_APPLIED;
	case 2:
		return PATCH_SUPERSEDED;
	case 4:
		return PATCH_OBSOLETED;
	case 8:
		return PATCH_REGISTERED;
	default:
		return PATCH_UNKNOWN;
	}
}

/*
 * What the display name tells: "Update Rollup 4-v2 for Exchange Server 2010
 * Service Pack 2 (KB2756485) 14.2.318.4". KB and build are looked for apart,
 * because either may be missing and the words may be in any language.
 */
static void
parse_name(struct inv_update *u)
{
	if (u->display_name == NULL)
		return;
	u->kb = kb_in_text(u->display_name);
	(void)version_parse_tail(u->display_name, &u->build);
}

/* One patch of a product. KEY is ...\Products\<code>\Patches\<packed>. */
static void
collect_update(struct collect *c, struct inv_product *p, const char *key,
    const char *packed)
{
	char code[GUID_TEXT], day[INSTANT_TEXT];
	char *patch, *class, *source, *value;
	struct inv_update u = { .installed_day = INSTANT_NONE };
	uint32_t state = 0;

	u.patch_code = xstrdup(guid_unpack(packed, code) ? code : packed);
	u.display_name = collect_text(c, EV_PATCH, key, "DisplayName");
	u.installed = collect_text(c, EV_PATCH, key, "Installed");
	if (collect_dword(c, EV_PATCH, key, "State", &state))
		u.state = decode_state(state);
	parse_name(&u);
	if (u.installed != NULL)
		(void)instant_parse_day8(u.installed, &u.installed_day);
	class = host_join(CLASS_PATCHES, packed);
	source = host_join(class, "SourceList");
	u.package.original_name = collect_text(c, EV_PATCH, source,
	    "PackageName");
	if (u.kb == NULL && u.package.original_name != NULL)
		u.kb = kb_in_text(u.package.original_name);
	value = xasprintf("%s, %s, installed %s, from %s",
	    u.display_name != NULL && u.display_name[0] != '\0' ?
	    u.display_name : "(no name)", patch_state_name(u.state),
	    u.installed_day != INSTANT_NONE ? instant_format_day(
	    u.installed_day, day) : u.installed != NULL ? u.installed :
	    "(no date)",
	    u.package.original_name != NULL ? u.package.original_name :
	    "(unknown file)");
	u.ev = collect_note(c, EV_PATCH, EV_PRESENT, key, value);
	patch = host_join(PATCHES, packed);
	collect_package(c, patch, &u.package);
	p->updates = xpush(p->updates, p->update_count, sizeof(u));
	p->updates[p->update_count++] = u;
	free(value);
	free(patch);
	free(source);
	free(class);
}

/* Which codes AllPatches lists. Superseded patches may be missing from it. */
static void
collect_listed(struct collect *c, struct inv_product *p, const char *patches)
{
	struct diag d = { .text = "" };
	char **codes = NULL, code[GUID_TEXT];
	size_t i, k, count = 0;
	enum status st = host_multi(c->host, patches, "AllPatches", &codes,
	    &count, &d);

	if (st != ST_OK && st != ST_ABSENT)
		collect_unreadable(c, EV_PATCH, patches, &d);
	p->listed = xcalloc(count, sizeof(*p->listed));
	for (i = 0; i < count; i++) {
		struct inv_listed_code *l = &p->listed[p->listed_count++];

		l->code = xstrdup(guid_unpack(codes[i], code) ? code :
		    codes[i]);
		for (k = 0; k < p->update_count; k++)
			if (utf_casecmp(p->updates[k].patch_code,
			    l->code) == 0)
				l->has_key = true;
	}
	host_names_free(codes, count);
}

static void
collect_updates(struct collect *c, struct inv_product *p, const char *key)
{
	char *patches = host_join(key, "Patches"), **names;
	size_t i, count;

	collect_keys(c, EV_PATCH, patches, &names, &count);
	for (i = 0; i < count; i++) {
		char *patch = host_join(patches, names[i]);

		collect_update(c, p, patch, names[i]);
		free(patch);
	}
	collect_listed(c, p, patches);
	host_names_free(names, count);
	free(patches);
}

/* The code of the package that the product was installed from. */
static char *
package_code(struct collect *c, const char *class)
{
	char *packed = collect_text(c, EV_PRODUCT, class, "PackageCode");
	char code[GUID_TEXT];

	if (packed == NULL || !guid_unpack(packed, code))
		return packed;
	free(packed);
	return xstrdup(code);
}

/* The product at KEY (...\Products\<PACKED>), its package and its patches. */
static void
collect_product(struct collect *c, const char *key, const char *packed,
    struct inv_product *p)
{
	char *props = host_join(key, "InstallProperties"), code[GUID_TEXT];
	char *class = host_join(CLASS_PRODUCTS, packed), *source, *version;

	*p = (struct inv_product){ 0 };
	p->code = xstrdup(guid_unpack(packed, code) ? code : packed);
	p->name = collect_text(c, EV_PRODUCT, props, "DisplayName");
	version = collect_text(c, EV_PRODUCT, props, "DisplayVersion");
	if (version != NULL)
		(void)version_parse(version, &p->version);
	p->install_location = collect_text(c, EV_PRODUCT, props,
	    "InstallLocation");
	p->ev = collect_note(c, EV_PRODUCT, EV_PRESENT, key, p->name);
	collect_package(c, props, &p->msi);
	p->package_code = package_code(c, class);
	source = host_join(class, "SourceList");
	p->msi.original_name = collect_text(c, EV_PRODUCT, source,
	    "PackageName");
	collect_updates(c, p, key);
	free(source);
	free(version);
	free(class);
	free(props);
}

/* Is PACKED one of the product codes of the release family of EX? */
static bool
is_own_code(const struct inv_exchange *ex, const char *packed)
{
	char code[GUID_TEXT];
	size_t i;

	if (ex->product == NULL || !guid_unpack(packed, code))
		return false;
	for (i = 0; i < ex->product->product_code_count; i++)
		if (utf_casecmp(ex->product->product_codes[i], code) == 0)
			return true;
	return false;
}

static const char *
find_text(const char *text, const char *part)
{
	for (; *text != '\0'; text++)
		if (utf_case_prefix(text, part))
			return text;
	return NULL;
}

/*
 * Language packs, UM packs and the like name Exchange too. The server itself
 * is known by its code; where the code is not (it is not published for
 * every release), by a name without a word of a pack.
 */
bool
inv_names_a_pack(const char *name)
{
	static const char *const words[] = { "language", "pack", "unified",
	    "speech", "ucma", "um " };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (find_text(name, words[i]) != NULL)
			return true;
	return false;
}

static bool
same_family(struct version a, struct version b)
{
	return a.part[0] == b.part[0] && a.part[1] == b.part[1];
}

/*
 * 2010 and 2013 share a product code, 2016 and 2019 another: the code alone
 * proves nothing, so the version has to belong to the same family.
 */
static bool
is_own_product(const struct inv_exchange *ex, const char *packed,
    const char *name, struct version v)
{
	if (version_known(v) && !same_family(v, ex->base))
		return false;
	if (is_own_code(ex, packed))
		return true;
	return version_known(v) && ex->base.part[0] >= 8 && name != NULL &&
	    utf_case_prefix(name, "microsoft exchange server") &&
	    !inv_names_a_pack(name);
}

static bool
is_exchange_pack(const char *name, struct version v,
    const struct inv_exchange *ex)
{
	return name != NULL && find_text(name, "exchange") != NULL &&
	    inv_names_a_pack(name) && version_known(v) &&
	    v.part[0] == ex->base.part[0];
}

void
collect_msi(struct collect *c, struct inv_exchange *ex)
{
	char **names;
	size_t i, count;

	collect_keys(c, EV_PRODUCT, PRODUCTS, &names, &count);
	for (i = 0; i < count; i++) {
		char *key = host_join(PRODUCTS, names[i]);
		char *props = host_join(key, "InstallProperties");
		char *name = collect_text(c, EV_PRODUCT, props, "DisplayName");
		char *text = collect_text(c, EV_PRODUCT, props,
		    "DisplayVersion");
		struct version v = { .parts = 0 };

		if (text != NULL)
			(void)version_parse(text, &v);
		if (ex->msi == NULL && is_own_product(ex, names[i], name, v)) {
			ex->msi = xcalloc(1, sizeof(*ex->msi));
			collect_product(c, key, names[i], ex->msi);
		} else if (is_exchange_pack(name, v, ex)) {
			ex->packs = xpush(ex->packs, ex->pack_count,
			    sizeof(*ex->packs));
			collect_product(c, key, names[i],
			    &ex->packs[ex->pack_count++]);
		}
		free(text);
		free(name);
		free(props);
		free(key);
	}
	host_names_free(names, count);
}

bool
inv_is_exchange_code(const struct catalogue *cat, const char *code)
{
	const struct cat_product *p;
	char unpacked[GUID_TEXT];
	size_t i, k, n = catalogue_products(cat, &p);

	if (guid_unpack(code, unpacked))
		code = unpacked;
	for (i = 0; i < n; i++)
		for (k = 0; k < p[i].product_code_count; k++)
			if (utf_casecmp(p[i].product_codes[k], code) == 0)
				return true;
	return false;
}

/* Does an installation with a Setup key own the product? */
static bool
is_claimed(const struct inventory *inv, const char *code)
{
	size_t i;

	for (i = 0; i < inv->exchange_count; i++)
		if (inv->exchange[i].msi != NULL &&
		    strcmp(inv->exchange[i].msi->code, code) == 0)
			return true;
	return false;
}

/*
 * A product that Windows Installer has as installed, and no Setup key: the
 * key was lost to damage, or Exchange was taken away by hand.
 */
void
collect_orphans(struct collect *c)
{
	struct inventory *inv = c->inv;
	char **names, code[GUID_TEXT];
	size_t i, count;

	collect_keys(c, EV_PRODUCT, PRODUCTS, &names, &count);
	for (i = 0; i < count; i++) {
		char *key;

		if (!inv_is_exchange_code(c->cat, names[i]) ||
		    !guid_unpack(names[i], code) || is_claimed(inv, code))
			continue;
		key = host_join(PRODUCTS, names[i]);
		inv->orphans = xpush(inv->orphans, inv->orphan_count,
		    sizeof(*inv->orphans));
		collect_product(c, key, names[i],
		    &inv->orphans[inv->orphan_count++]);
		free(key);
	}
	host_names_free(names, count);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "base/guid.h"
#include "base/limits.h"
#include "base/utf.h"
#include "inventory/collect.h"

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
	free(p->inside);
	inv_facts_free(p->facts);
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
	free(p->installed);
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

static int
by_code(const void *a, const void *b)
{
	const struct inv_update *const *x = a, *const *y = b;

	return utf_casecmp((*x)->patch_code, (*y)->patch_code);
}

static int
by_text(const void *a, const void *b)
{
	return utf_casecmp(*(char *const *)a, *(char *const *)b);
}

/* A product may have thousands of updates: they are looked up by their codes,
 * and so are those that Windows Installer lays over it. */
struct codes {
	const struct inv_update **updates;
	size_t	 update_count;
	char	**laid;
	size_t	 laid_count;
};

static void
sort_updates(struct codes *k, const struct inv_product *p)
{
	size_t i;

	k->updates = xcalloc(p->update_count, sizeof(*k->updates));
	for (i = 0; i < p->update_count; i++)
		k->updates[k->update_count++] = &p->updates[i];
	if (k->update_count != 0)
		qsort(k->updates, k->update_count, sizeof(*k->updates),
		    by_code);
}

/* The update with that code; NULL: none has a key. */
static const struct inv_update *
find_update(const struct codes *k, const char *code)
{
	struct inv_update want = { .patch_code = (char *)code };
	const struct inv_update *key = &want, *const *found;

	found = k->update_count == 0 ? NULL : bsearch(&key, k->updates,
	    k->update_count, sizeof(*k->updates), by_code);
	return found != NULL ? *found : NULL;
}

static bool
is_laid_over(const struct codes *k, const char *code)
{
	return k->laid_count != 0 && bsearch(&code, k->laid, k->laid_count,
	    sizeof(*k->laid), by_text) != NULL;
}

static void
add_listed(struct inv_product *p, const char *code, bool has_key)
{
	p->listed = xpush(p->listed, p->listed_count, sizeof(*p->listed));
	p->listed[p->listed_count++] = (struct inv_listed_code){
	    .code = xstrdup(code), .has_key = has_key };
}

/* Which codes AllPatches lists. Superseded patches may be missing from it.
 * Whether each has a key. */
static bool
collect_listed(struct collect *c, struct inv_product *p, const char *patches,
    const struct codes *k)
{
	struct diag d = { .text = "" };
	char **packed = NULL, text[GUID_TEXT];
	bool all = true;
	size_t i, count = 0;
	enum status st = host_multi(c->host, patches, "AllPatches", &packed,
	    &count, &d);

	if (st != ST_OK && st != ST_ABSENT)
		collect_unreadable(c, EV_PATCH, patches, &d);
	for (i = 0; i < count; i++) {
		const char *code = guid_unpack(packed[i], text) ? text :
		    packed[i];
		bool has_key = find_update(k, code) != NULL;

		all = all && has_key;
		add_listed(p, code, has_key);
	}
	host_names_free(packed, count);
	return all;
}

/* What is applied, and not laid over the product, is not listed as a whole. */
static void
unlist_not_laid_over(struct inv_product *p, const struct codes *k)
{
	size_t i, kept = 0;

	for (i = 0; i < p->listed_count; i++) {
		const struct inv_update *u = find_update(k,
		    p->listed[i].code);

		if (u != NULL && u->state == PATCH_APPLIED &&
		    !is_laid_over(k, u->patch_code))
			free(p->listed[i].code);
		else
			p->listed[kept++] = p->listed[i];
	}
	p->listed_count = kept;
}

/*
 * Windows Installer keeps a second list, of what it lays over the product. A
 * code of it without a key is a record that was lost, whatever AllPatches has
 * (ALL: each of those has a key); the first one tells. What is applied is in
 * both.
 */
static void
collect_laid_over(struct collect *c, struct inv_product *p,
    const char *product, struct codes *k, bool all)
{
	char *class = host_join(CLASS_PRODUCTS, product);
	char *key = host_join(class, "Patches"), **packed = NULL;
	char text[GUID_TEXT];
	struct diag d = { .text = "" };
	size_t i, count = 0;
	enum status st = host_multi(c->host, key, "Patches", &packed, &count,
	    &d);

	if (st != ST_OK && st != ST_ABSENT)
		collect_unreadable(c, EV_PATCH, key, &d);
	k->laid = xcalloc(count, sizeof(*k->laid));
	for (i = 0; i < count; i++) {
		bool is_code = guid_unpack(packed[i], text);
		const char *code = is_code ? text : packed[i];

		if (is_code)
			k->laid[k->laid_count++] = xstrdup(code);
		if (all && find_update(k, code) == NULL) {
			add_listed(p, code, false);
			all = false;
		}
	}
	if (k->laid_count != 0)
		qsort(k->laid, k->laid_count, sizeof(*k->laid), by_text);
	if (st == ST_OK || st == ST_ABSENT)
		unlist_not_laid_over(p, k);
	host_names_free(packed, count);
	free(key);
	free(class);
}

static void
collect_updates(struct collect *c, struct inv_product *p, const char *key,
    const char *packed)
{
	char *patches = host_join(key, "Patches"), **names;
	struct codes k = { .update_count = 0 };
	size_t i, count;
	bool all;

	collect_keys(c, EV_PATCH, patches, &names, &count);
	for (i = 0; i < count; i++) {
		char *patch = host_join(patches, names[i]);

		collect_update(c, p, patch, names[i]);
		free(patch);
	}
	sort_updates(&k, p);
	all = collect_listed(c, p, patches, &k);
	collect_laid_over(c, p, packed, &k, all);
	host_names_free(k.laid, k.laid_count);
	free(k.updates);
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

/* DisplayName, or where there is none, by which setup asks for it. */
static char *
product_name(struct collect *c, const char *props, const char *packed)
{
	char *name = collect_text(c, EV_PRODUCT, props, "DisplayName");
	char *class;

	if (name != NULL && name[0] != '\0')
		return name;
	free(name);
	class = host_join(CLASS_PRODUCTS, packed);
	name = collect_text(c, EV_PRODUCT, class, "ProductName");
	free(class);
	return name;
}

/* The product at KEY (...\Products\<PACKED>), its package and its patches. */
static void
collect_product(struct collect *c, const char *key, const char *packed,
    struct inv_product *p)
{
	char *props = host_join(key, "InstallProperties"), code[GUID_TEXT];
	char *class = host_join(CLASS_PRODUCTS, packed), *source, *version;

	*p = (struct inv_product){ .installed_day = INSTANT_NONE };
	p->code = xstrdup(guid_unpack(packed, code) ? code : packed);
	p->name = product_name(c, props, packed);
	version = collect_text(c, EV_PRODUCT, props, "DisplayVersion");
	if (version != NULL)
		(void)version_parse(version, &p->version);
	p->install_location = collect_text(c, EV_PRODUCT, props,
	    "InstallLocation");
	p->installed = collect_text(c, EV_PRODUCT, props, "InstallDate");
	if (p->installed != NULL)
		(void)instant_parse_day8(p->installed, &p->installed_day);
	p->ev = collect_note(c, EV_PRODUCT, EV_PRESENT, key, p->name);
	collect_package(c, props, &p->msi);
	p->package_code = package_code(c, class);
	source = host_join(class, "SourceList");
	p->msi.original_name = collect_text(c, EV_PRODUCT, source,
	    "PackageName");
	collect_updates(c, p, key, packed);
	free(source);
	free(version);
	free(class);
	free(props);
}

static const char *
find_text(const char *text, const char *part)
{
	for (; *text != '\0'; text++)
		if (utf_case_prefix(text, part))
			return text;
	return NULL;
}

/* Language packs, UM packs, tools and the like name Exchange too. */
bool
inv_names_a_pack(const char *name)
{
	static const char *const words[] = { "language", "pack", "unified",
	    "speech", "ucma", "um ", "mapi client", "jetstress" };
	size_t i;

	for (i = 0; name != NULL && i < sizeof(words) / sizeof(words[0]); i++)
		if (find_text(name, words[i]) != NULL)
			return true;
	return false;
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

bool
inv_is_asked_pack(const struct inventory *inv, const char *name)
{
	const struct inv_names *n = &inv->asked.packs;
	size_t i;

	for (i = 0; name != NULL && i < n->count; i++)
		if (utf_case_prefix(name, n->list[i]))
			return true;
	return false;
}

bool
inv_may_be_server(const struct catalogue *cat, const struct inv_product *p)
{
	if (inv_is_exchange_code(cat, p->code))
		return true;
	return p->name != NULL && utf_case_prefix(p->name,
	    "microsoft exchange server") && !inv_names_a_pack(p->name);
}

/* What is behind the limit is not known, and said to be so. */
static void
too_many(struct collect *c)
{
	struct diag d = { .text = "" };

	(void)diag_set(&d, ST_LIMIT, DIAG_NOWHERE, NULL, "more than %d "
	    "products that name Exchange", INVENTORY_MAX_PRODUCTS);
	(void)collect_unreadable(c, EV_PRODUCT, PRODUCTS, &d);
}

/*
 * What has a code of Exchange, or names it: servers, packs for them, and
 * products that only know of it. Which is which is not asked here.
 */
void
collect_products(struct collect *c)
{
	struct inventory *inv = c->inv;
	char **names;
	size_t i, count;

	collect_keys(c, EV_PRODUCT, PRODUCTS, &names, &count);
	for (i = 0; i < count; i++) {
		char *key = host_join(PRODUCTS, names[i]);
		char *props = host_join(key, "InstallProperties");
		char *name = product_name(c, props, names[i]);

		if (inv->product_count == INVENTORY_MAX_PRODUCTS) {
			too_many(c);
			i = count - 1;
		} else if (inv_is_exchange_code(c->cat, names[i]) ||
		    (name != NULL && find_text(name, "exchange") != NULL) ||
		    inv_is_asked_pack(inv, name)) {
			inv->products = xpush(inv->products,
			    inv->product_count, sizeof(*inv->products));
			collect_product(c, key, names[i],
			    &inv->products[inv->product_count++]);
		}
		free(name);
		free(props);
		free(key);
	}
	host_names_free(names, count);
}

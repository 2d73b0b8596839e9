/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/site.h"

#include "base/alloc.h"
#include "base/utf.h"

#include <stdlib.h>
#include <string.h>

/* One installation of Exchange, put together from the tables of an
 * inventory. */

#define VIEWING	"ClientAccess\\Owa\\Bin\\DocumentViewing"

/* ------------------------------------------------------------ the product */

/* The product by its build; where that is not whole, by the key, if it is
 * the key of one product alone. */
static const struct cat_product *
product_of(const struct catalogue *cat, const struct inv_setup *setup)
{
	const struct cat_product *p, *one = NULL;
	const char *below = setup->key + strlen("HKLM\\");
	size_t i, k, count;

	if (setup->is_whole)
		return catalogue_product_of(cat, setup->base);
	count = catalogue_products(cat, &p);
	for (i = 0; i < count; i++)
		for (k = 0; k < p[i].setup_key_count; k++) {
			if (utf_casecmp(p[i].setup_keys[k], below) != 0)
				continue;
			if (one != NULL)
				return NULL;
			one = &p[i];
		}
	return one;
}

/* ------------------------------------------------------------- the folders */

static bool
is_entry_of(const struct cat_product *p, const char *entry)
{
	size_t i;

	for (i = 0; p != NULL && i < p->uninstall_key_count; i++)
		if (utf_casecmp(p->uninstall_keys[i], entry) == 0)
			return true;
	return false;
}

/* What Programs and Features, or else the environment, keep of the path. */
static const char *
path_elsewhere(const struct inventory *inv, const struct cat_product *p)
{
	const char *variable = NULL;
	size_t i;

	for (i = 0; i < inv->place_count; i++) {
		const struct inv_place *place = &inv->places[i];

		if (place->entry == NULL)
			variable = place->path;
		else if (is_entry_of(p, place->entry))
			return place->path;
	}
	return variable;
}

static const struct inv_file *
file_below(const struct inventory *inv, const char *folder, const char *name)
{
	char *path = host_join(folder, name);
	const struct inv_file *f = inventory_file(inv, path);

	free(path);
	return f;
}

static void
add_path(const struct inventory *inv, struct site *s, const char *path,
    const char *witness)
{
	const struct inv_file *exe;
	struct site_path *p;

	if (path == NULL || path[0] == '\0' || s->install_path == NULL ||
	    inv_same_path(path, s->install_path))
		return;
	exe = file_below(inv, path, "Bin\\ExSetup.exe");
	s->paths = xpush(s->paths, s->path_count, sizeof(*p));
	p = &s->paths[s->path_count++];
	*p = (struct site_path){ .path = path, .witness = witness };
	if (exe != NULL) {
		p->state = exe->state;
		p->version = exe->version;
	}
}

/* Who else says where Exchange is. */
static void
add_paths(const struct inventory *inv, const struct inv_setup *setup,
    struct site *s)
{
	size_t i;

	add_path(inv, s, setup->services,
	    "the value Services of the Setup key");
	for (i = 0; i < inv->place_count; i++)
		if (inv->places[i].entry != NULL &&
		    is_entry_of(s->product, inv->places[i].entry))
			add_path(inv, s, inv->places[i].path,
			    "the Uninstall entry");
	if (s->msi != NULL)
		add_path(inv, s, s->msi->install_location,
		    "Windows Installer");
	for (i = 0; i < inv->place_count; i++)
		if (inv->places[i].entry == NULL)
			add_path(inv, s, inv->places[i].path,
			    "the variable ExchangeInstallPath");
}

/* --------------------------------------------------------------- the files */

void
site_file_of(const struct scene *scene, const struct inv_file *f,
    bool expected, struct site_file *out)
{
	*out = (struct site_file){ .state = EV_UNKNOWN };
	if (f == NULL)
		return;
	out->path = f->path;
	out->state = f->state == EV_ABSENT && !expected ? EV_NOT_EXPECTED :
	    f->state;
	out->version = f->version;
	out->seen = scene_seen(scene, f->facts);
	out->is_link = f->is_link;
	out->ev = f->ev;
}

const struct inv_role *
site_role(const struct site *s, const char *name)
{
	size_t i;

	for (i = 0; i < s->role_count; i++)
		if (utf_casecmp(s->roles[i].name, name) == 0)
			return &s->roles[i];
	return NULL;
}

/* The files whose versions tell builds apart. */
static void
add_files(const struct scene *scene, struct site *s)
{
	const struct inventory *inv = scene->facts;
	/* 2016 and later convert documents elsewhere. */
	bool cas = site_role(s, ROLE_CLIENT_ACCESS) != NULL &&
	    (s->base.part[0] < 15 || s->base.part[1] == 0);

	if (s->install_path == NULL)
		return;
	site_file_of(scene, file_below(inv, s->install_path,
	    "Bin\\ExSetup.exe"), s->product == NULL ||
	    s->product->has_exsetup, &s->exsetup);
	site_file_of(scene, file_below(inv, s->install_path, VIEWING
	    "\\TranscodingService.exe"), cas, &s->transcoding);
}

/* A role that is not installed brings none of these files. */
static void
add_digest(const struct inventory *inv, const struct cat_file *listed,
    struct site *s)
{
	const struct inv_file *f = file_below(inv, s->install_path,
	    listed->path);
	struct site_digest *g;

	if (f == NULL)
		return;
	s->digests = xpush(s->digests, s->digest_count, sizeof(*g));
	g = &s->digests[s->digest_count++];
	*g = (struct site_digest){ .path = f->path, .listed = listed,
	    .state = f->state == EV_ABSENT ? EV_NOT_EXPECTED : f->state,
	    .sha256 = f->sha256, .ev = f->ev };
}

static void
add_digests(const struct inventory *inv, const struct catalogue *cat,
    struct site *s)
{
	const struct cat_release *r = NULL;
	size_t i;

	if (s->exsetup.state == EV_PRESENT && !inv->packages_skipped)
		r = catalogue_find_build(cat, s->exsetup.version);
	for (i = 0; r != NULL && i < r->file_count; i++)
		add_digest(inv, &r->files[i], s);
}

/* ------------------------------------------------------ Windows Installer */

/* Is CODE one of the product codes of the release family of S? */
static bool
is_own_code(const struct site *s, const char *code)
{
	size_t i;

	for (i = 0; s->product != NULL && i < s->product->product_code_count;
	    i++)
		if (utf_casecmp(s->product->product_codes[i], code) == 0)
			return true;
	return false;
}

static bool
same_family(struct version a, struct version b)
{
	return a.part[0] == b.part[0] && a.part[1] == b.part[1];
}

/* Service packs of 2007 and 2010 raise the second number, and are no other
 * product. */
static bool
same_product(struct version a, struct version b)
{
	return same_family(a, b) || (a.part[0] == b.part[0] &&
	    a.part[0] < 15);
}

/* 2010 and 2013 share a product code, 2016 and 2019 another: the code alone
 * proves nothing, so the version has to belong to the same product. */
static bool
has_own_code(const struct site *s, const struct site_product *p)
{
	return is_own_code(s, p->code) && (!version_known(p->version) ||
	    same_product(p->version, s->base));
}

/* Where the code is not known (it is not published for every release), a name
 * without a word of a pack does, and the same service pack. */
static bool
has_own_name(const struct catalogue *cat, const struct site *s,
    const struct site_product *p)
{
	if (inv_is_exchange_code(cat, p->code))
		return false;		/* of another product */
	if (version_known(p->version) && !same_family(p->version, s->base))
		return false;
	return version_known(p->version) && s->base.part[0] >= 8 &&
	    p->name != NULL && utf_case_prefix(p->name,
	    "microsoft exchange server") && !inv_names_a_pack(p->name);
}

static bool
is_pack(const struct site *s, const struct site_product *p)
{
	return inv_names_a_pack(p->name) && version_known(p->version) &&
	    p->version.part[0] == s->base.part[0];
}

static void
add_products(const struct scene *scene, const struct catalogue *cat,
    struct site *s)
{
	size_t i;

	for (i = 0; i < scene->facts->product_count && s->msi == NULL; i++)
		if (has_own_code(s, &scene->products[i]))
			s->msi = &scene->products[i];
	for (i = 0; i < scene->facts->product_count; i++) {
		const struct site_product *p = &scene->products[i];

		if (s->msi == NULL && has_own_name(cat, s, p))
			s->msi = p;
		else if (is_pack(s, p)) {
			s->packs = xpush(s->packs, s->pack_count,
			    sizeof(const struct site_product *));
			s->packs[s->pack_count++] = p;
		}
	}
}

static void
add_markers(const struct inventory *inv, struct site *s)
{
	size_t i, k;

	for (i = 0; s->product != NULL && i < inv->marker_count; i++)
		for (k = 0; k < s->product->update_key_count; k++) {
			if (utf_casecmp(s->product->update_keys[k],
			    inv->markers[i].group) != 0)
				continue;
			s->markers = xpush(s->markers, s->marker_count,
			    sizeof(const struct inv_marker *));
			s->markers[s->marker_count++] = &inv->markers[i];
		}
}

/* ------------------------------------------------------------- all of it */

void
site_make(const struct scene *scene, const struct catalogue *cat,
    const struct inv_setup *setup, struct site *s)
{
	const struct inventory *inv = scene->facts;

	*s = (struct site){ .setup_key = setup->key, .base = setup->base,
	    .is_whole = setup->is_whole, .interim = setup->interim,
	    .roles = setup->roles, .role_count = setup->role_count,
	    .ev = setup->ev };
	s->product = product_of(cat, setup);
	s->has_path = setup->path != NULL && setup->path[0] != '\0';
	s->install_path = s->has_path ? setup->path :
	    path_elsewhere(inv, s->product);
	s->is_x86 = setup->is_wow64 || (inv->windows.is_x86 &&
	    s->base.part[0] == 8);
	add_files(scene, s);
	add_products(scene, cat, s);
	add_paths(inv, setup, s);
	add_markers(inv, s);
	add_digests(inv, cat, s);
}

void
site_fini(struct site *s)
{
	free(s->paths);
	free(s->digests);
	free(s->packs);
	free(s->markers);
}

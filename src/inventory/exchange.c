/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "base/utf.h"
#include "inventory/collect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SOFTWARE	"SOFTWARE\\"
#define UNINSTALL	"HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion" \
			"\\Uninstall"
#define ENVIRONMENT	"HKLM\\SYSTEM\\CurrentControlSet\\Control" \
			"\\Session Manager\\Environment"
#define WOW64		"HKLM\\SOFTWARE\\Wow6432Node"
#define VIEWING		"ClientAccess\\Owa\\Bin\\DocumentViewing"

void
inv_exchange_fini(struct inv_exchange *ex)
{
	size_t i;

	for (i = 0; i < ex->role_count; i++) {
		free(ex->roles[i].name);
		free(ex->roles[i].unpacked);
		free(ex->roles[i].configured);
		free(ex->roles[i].action);
		free(ex->roles[i].watermark);
	}
	for (i = 0; i < ex->marker_count; i++) {
		free(ex->markers[i].kb);
		free(ex->markers[i].package_name);
		free(ex->markers[i].installed_date);
	}
	for (i = 0; i < ex->pack_count; i++)
		inv_product_fini(&ex->packs[i]);
	for (i = 0; i < ex->digest_count; i++) {
		free(ex->digests[i].path);
		free(ex->digests[i].sha256);
	}
	if (ex->msi != NULL)
		inv_product_fini(ex->msi);
	free(ex->roles);
	free(ex->markers);
	free(ex->packs);
	free(ex->digests);
	free(ex->msi);
	inv_file_fini(&ex->exsetup);
	inv_file_fini(&ex->transcoding);
	free(ex->setup_key);
	free(ex->install_path);
	for (i = 0; i < ex->path_count; i++)
		free(ex->paths[i].path);
	free(ex->paths);
	free(ex->interim);
}

/*
 * The base build, as the Setup key of 2007 and later has it: four DWORDs. It
 * says which service pack or cumulative update was installed and never
 * moves with a rollup. One that is there makes it a Setup key, and one that
 * is missing a key that is not whole.
 */
static bool
modern_base(struct collect *c, const char *key, struct inv_exchange *ex)
{
	static const char *const names[] = { "MsiProductMajor",
	    "MsiProductMinor", "MsiBuildMajor", "MsiBuildMinor" };
	uint32_t n[4] = { 0 };
	size_t i, have = 0;
	char *path;

	for (i = 0; i < 4; i++)
		have += collect_dword(c, EV_SETUP, key, names[i], &n[i]);
	if (have == 0) {
		path = collect_text(c, EV_SETUP, key, "MsiInstallPath");
		free(path);
		if (path == NULL)
			return false;
	}
	ex->base = version_of(n[0], n[1], n[2], n[3]);
	ex->is_whole = have == 4;
	return true;
}

/*
 * Exchange 2000 and 2003 count in "Services Version" (60, 65) and a build of
 * the service pack.
 */
static bool
old_base(struct collect *c, const char *key, struct inv_exchange *ex)
{
	uint32_t services, build = 0;

	if (!collect_dword(c, EV_SETUP, key, "Services Version", &services))
		return false;
	ex->is_whole = collect_dword(c, EV_SETUP, key, "ServicePackBuild",
	    &build);
	ex->base = version_of(services / 10, services % 10, build, 0);
	ex->base.parts = 3;
	return true;
}

/* The product by its build; where that is not whole, by the key, if it is
 * the key of one product alone. */
static const struct cat_product *
product_of(struct collect *c, const struct inv_exchange *ex)
{
	const struct cat_product *p, *one = NULL;
	const char *below = ex->setup_key + strlen("HKLM\\");
	size_t i, k, count;

	if (ex->is_whole)
		return catalogue_product_of(c->cat, ex->base);
	count = catalogue_products(c->cat, &p);
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

/* What Programs and Features, or the environment, keep of the path. */
static char *
path_elsewhere(struct collect *c, const struct cat_product *p)
{
	char *path = NULL;
	size_t i;

	for (i = 0; p != NULL && path == NULL && i < p->uninstall_key_count;
	    i++) {
		char *key = host_join(UNINSTALL, p->uninstall_keys[i]);

		path = collect_text(c, EV_SETUP, key, "InstallLocation");
		free(key);
	}
	if (path == NULL)
		path = collect_text(c, EV_SETUP, ENVIRONMENT,
		    "ExchangeInstallPath");
	return path;
}

static char *
install_path(struct collect *c, const char *key, const struct cat_product *p,
    bool *own)
{
	char *path = collect_text(c, EV_SETUP, key, "MsiInstallPath");

	if (path == NULL)
		path = collect_text(c, EV_SETUP, key, "Services");
	*own = path != NULL && path[0] != '\0';
	if (path == NULL || path[0] == '\0') {
		free(path);
		path = path_elsewhere(c, p);
	}
	return path;
}

/* A role key: its own name tells which, its values how far setup came. */
static void
collect_role(struct collect *c, struct inv_exchange *ex, const char *parent,
    const char *name)
{
	char *key = host_join(parent, name), *value;
	struct inv_role r = { 0 };

	r.unpacked = collect_text(c, EV_ROLE, key, "UnpackedVersion");
	r.configured = collect_text(c, EV_ROLE, key, "ConfiguredVersion");
	r.action = collect_text(c, EV_ROLE, key, "Action");
	r.watermark = collect_text(c, EV_ROLE, key, "Watermark");
	if (r.unpacked != NULL || r.configured != NULL || r.action != NULL ||
	    r.watermark != NULL) {
		value = xasprintf("unpacked %s, configured %s%s%s%s%s",
		    r.unpacked != NULL ? r.unpacked : "-",
		    r.configured != NULL ? r.configured : "-",
		    r.action != NULL ? ", action " : "",
		    r.action != NULL ? r.action : "",
		    r.watermark != NULL ? ", watermark " : "",
		    r.watermark != NULL ? r.watermark : "");
		r.name = xstrdup(name);
		r.ev = collect_note(c, EV_ROLE, EV_PRESENT, key, value);
		ex->roles = xpush(ex->roles, ex->role_count, sizeof(r));
		ex->roles[ex->role_count++] = r;
		free(value);
	}
	free(key);
}

/* Roles lie beside Setup (v14\MailboxRole), in 2007 below Exchange\v8.0. */
static void
collect_roles(struct collect *c, struct inv_exchange *ex)
{
	char *parent = xstrdup(ex->setup_key), *slash = strrchr(parent, '\\');
	char **names;
	size_t i, count;

	*slash = '\0';
	if (ex->base.part[0] == 8 &&
	    utf_casecmp(strrchr(parent, '\\'), "\\v8.0") != 0) {
		char *v8 = host_join(parent, "v8.0");

		free(parent);
		parent = v8;
	}
	collect_keys(c, EV_ROLE, parent, &names, &count);
	for (i = 0; i < count; i++)
		collect_role(c, ex, parent, names[i]);
	host_names_free(names, count);
	free(parent);
}

static bool
has_role(const struct inv_exchange *ex, const char *name)
{
	size_t i;

	for (i = 0; i < ex->role_count; i++)
		if (utf_casecmp(ex->roles[i].name, name) == 0)
			return true;
	return false;
}

/* The files whose versions tell builds apart. */
static void
collect_files(struct collect *c, struct inv_exchange *ex)
{
	/* 2016 and later convert documents elsewhere. */
	bool cas = has_role(ex, "ClientAccessRole") &&
	    (ex->base.part[0] < 15 || ex->base.part[1] == 0);
	char *bin, *exe, *dir, *viewing;

	if (ex->install_path == NULL)
		return;
	bin = host_join(ex->install_path, "Bin");
	exe = host_join(bin, "ExSetup.exe");
	collect_file(c, exe, ex->product != NULL && !ex->product->has_exsetup ?
	    EV_NOT_EXPECTED : EV_ABSENT, &ex->exsetup);
	dir = host_join(ex->install_path, VIEWING);
	viewing = host_join(dir, "TranscodingService.exe");
	collect_file(c, viewing, cas ? EV_ABSENT : EV_NOT_EXPECTED,
	    &ex->transcoding);
	free(viewing);
	free(dir);
	free(exe);
	free(bin);
}

bool
inv_same_path(const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b);
	char *x, *y;
	bool same;

	while (n > 0 && a[n - 1] == '\\')
		n--;
	while (m > 0 && b[m - 1] == '\\')
		m--;
	if (n != m)
		return false;
	x = xstrndup(a, n);
	y = xstrndup(b, m);
	same = utf_casecmp(x, y) == 0;
	free(x);
	free(y);
	return same;
}

/* WITNESS puts Exchange at PATH, which is taken over. */
static void
add_path(struct collect *c, struct inv_exchange *ex, char *path,
    const char *witness)
{
	struct inv_path *p;
	char *bin, *exe;

	if (path == NULL || path[0] == '\0' || ex->install_path == NULL ||
	    inv_same_path(path, ex->install_path)) {
		free(path);
		return;
	}
	bin = host_join(path, "Bin");
	exe = host_join(bin, "ExSetup.exe");
	ex->paths = xpush(ex->paths, ex->path_count, sizeof(*ex->paths));
	p = &ex->paths[ex->path_count++];
	*p = (struct inv_path){ .path = path, .witness = witness };
	p->state = collect_version(c, exe, &p->version);
	free(exe);
	free(bin);
}

/* Who else says where Exchange is: one key may have been led elsewhere. */
static void
collect_paths(struct collect *c, struct inv_exchange *ex)
{
	size_t i;

	add_path(c, ex, collect_text(c, EV_SETUP, ex->setup_key, "Services"),
	    "the value Services of the Setup key");
	for (i = 0; ex->product != NULL && i <
	    ex->product->uninstall_key_count; i++) {
		char *key = host_join(UNINSTALL,
		    ex->product->uninstall_keys[i]);

		add_path(c, ex, collect_text(c, EV_SETUP, key,
		    "InstallLocation"), "the Uninstall entry");
		free(key);
	}
	if (ex->msi != NULL && ex->msi->install_location != NULL)
		add_path(c, ex, xstrdup(ex->msi->install_location),
		    "Windows Installer");
	add_path(c, ex, collect_text(c, EV_SETUP, ENVIRONMENT,
	    "ExchangeInstallPath"), "the variable ExchangeInstallPath");
}

static void
note_setup(struct collect *c, struct inv_exchange *ex)
{
	char text[VERSION_TEXT], *value;

	value = xasprintf("base build %s, installed in %s",
	    version_format(ex->base, text),
	    ex->install_path != NULL ? ex->install_path : "(no path)");
	ex->ev = collect_note(c, EV_SETUP, EV_PRESENT, ex->setup_key, value);
	free(value);
}

/*
 * One installation below a Setup key. An Outlook client has Microsoft\
 * Exchange as well, but neither of the two forms of a version in it.
 */
static bool
collect_setup(struct collect *c, const char *key, bool is_wow64)
{
	struct inventory *inv = c->inv;
	struct inv_exchange ex = { 0 };

	if (!modern_base(c, key, &ex) && !old_base(c, key, &ex))
		return false;
	ex.setup_key = xstrdup(key);
	ex.product = product_of(c, &ex);
	ex.install_path = install_path(c, key, ex.product, &ex.has_path);
	ex.interim = collect_text(c, EV_SETUP, key, "InterimUpdate");
	ex.is_x86 = is_wow64 || (inv->windows.is_x86 && ex.base.part[0] >= 8);
	note_setup(c, &ex);
	collect_roles(c, &ex);
	collect_files(c, &ex);
	collect_msi(c, &ex);
	collect_paths(c, &ex);
	collect_signed(c, &ex);
	collect_markers(c, &ex);
	inv->exchange = xpush(inv->exchange, inv->exchange_count, sizeof(ex));
	inv->exchange[inv->exchange_count++] = ex;
	return true;
}

static bool
seen(const struct inventory *inv, const char *key)
{
	size_t i;

	for (i = 0; i < inv->exchange_count; i++)
		if (utf_casecmp(inv->exchange[i].setup_key, key) == 0)
			return true;
	return false;
}

/* The 64-bit view, and the 32-bit one for 2003 and the tools of 2007. */
static bool
collect_setup_views(struct collect *c, const char *below)
{
	char *key = host_join("HKLM", below);
	bool found = seen(c->inv, key) || collect_setup(c, key, false);

	if (!found && utf_case_prefix(below, SOFTWARE)) {
		char *wow64 = host_join(WOW64, below + strlen(SOFTWARE));

		found = seen(c->inv, wow64) || collect_setup(c, wow64, true);
		free(wow64);
	}
	free(key);
	return found;
}

/*
 * Products share keys (2013 to SE have one) and a product may have two (the
 * key of 2007 and its older copy): each key is looked at once, and the first
 * of a product that answers is taken.
 */
void
collect_exchange(struct collect *c)
{
	const struct cat_product *p;
	size_t i, j, count = catalogue_products(c->cat, &p);

	for (i = 0; i < count; i++)
		for (j = 0; j < p[i].setup_key_count; j++)
			if (collect_setup_views(c, p[i].setup_keys[j]))
				break;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/collect.h"

#include "base/alloc.h"
#include "base/utf.h"

#include <stdlib.h>
#include <string.h>

/* Setup keys, and the roles beside them. */

#define SOFTWARE	"SOFTWARE\\"
#define NATIVE		"HKLM\\SOFTWARE"
#define WOW64		NATIVE "\\Wow6432Node"

void
inv_setup_fini(struct inv_setup *s)
{
	size_t i;

	for (i = 0; i < s->role_count; i++) {
		free(s->roles[i].name);
		free(s->roles[i].unpacked);
		free(s->roles[i].configured);
		free(s->roles[i].action);
		free(s->roles[i].watermark);
	}
	free(s->roles);
	free(s->key);
	free(s->path);
	free(s->services);
	free(s->interim);
}

/*
 * The base build, as the Setup key of 2007 and later has it: four DWORDs. It
 * says which service pack or cumulative update was installed and never
 * moves with a rollup. One that is there makes it a Setup key, and one that
 * is missing a key that is not whole.
 */
static bool
modern_base(struct collect *c, const char *key, struct inv_setup *s)
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
	s->base = version_of(n[0], n[1], n[2], n[3]);
	s->is_whole = have == 4;
	return true;
}

/*
 * Exchange 2000 and 2003 count in "Services Version" (60, 65) and a build of
 * the service pack.
 */
static bool
old_base(struct collect *c, const char *key, struct inv_setup *s)
{
	uint32_t services, build = 0;

	if (!collect_dword(c, EV_SETUP, key, "Services Version", &services))
		return false;
	s->is_whole = collect_dword(c, EV_SETUP, key, "ServicePackBuild",
	    &build);
	s->base = version_of(services / 10, services % 10, build, 0);
	s->base.parts = 3;
	return true;
}

/* A role key: its own name tells which, its values how far setup came. */
static void
collect_role(struct collect *c, struct inv_setup *s, const char *parent,
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
		s->roles = xpush(s->roles, s->role_count, sizeof(r));
		s->roles[s->role_count++] = r;
		free(value);
	}
	free(key);
}

/* Roles lie beside Setup (v14\MailboxRole), in 2007 below Exchange\v8.0. */
static void
collect_roles(struct collect *c, struct inv_setup *s)
{
	char *parent = xstrdup(s->key), *slash = strrchr(parent, '\\');
	char **names;
	size_t i, count;

	*slash = '\0';
	if (s->base.part[0] == 8 &&
	    utf_casecmp(strrchr(parent, '\\'), "\\v8.0") != 0) {
		char *v8 = host_join(parent, "v8.0");

		free(parent);
		parent = v8;
	}
	collect_keys(c, EV_ROLE, parent, &names, &count);
	for (i = 0; i < count; i++)
		collect_role(c, s, parent, names[i]);
	host_names_free(names, count);
	free(parent);
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

static void
note_setup(struct collect *c, struct inv_setup *s)
{
	char text[VERSION_TEXT], *value;

	value = xasprintf("base build %s, installed in %s",
	    version_format(s->base, text), s->path != NULL &&
	    s->path[0] != '\0' ? s->path : "(no path)");
	s->ev = collect_note(c, EV_SETUP, EV_PRESENT, s->key, value);
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
	struct inv_setup s = { .is_wow64 = is_wow64 };

	if (!modern_base(c, key, &s) && !old_base(c, key, &s))
		return false;
	s.key = xstrdup(key);
	s.services = collect_text(c, EV_SETUP, key, "Services");
	s.path = collect_text(c, EV_SETUP, key, "MsiInstallPath");
	if (s.path == NULL)
		s.path = xstrdup(s.services);
	s.interim = collect_text(c, EV_SETUP, key, "InterimUpdate");
	note_setup(c, &s);
	collect_roles(c, &s);
	inv->setups = xpush(inv->setups, inv->setup_count, sizeof(s));
	inv->setups[inv->setup_count++] = s;
	return true;
}

static bool
seen(const struct inventory *inv, const char *key)
{
	size_t i;

	for (i = 0; i < inv->setup_count; i++)
		if (utf_casecmp(inv->setups[i].key, key) == 0)
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

/* Does S say no more than OF does? What an update or a role has left in it
 * would be more. */
static bool
is_copy(const struct inv_setup *s, const struct inv_setup *of)
{
	return s->is_whole && of->is_whole && s->interim == NULL &&
	    s->role_count == 0 && version_equal(s->base, of->base) &&
	    s->path != NULL && of->path != NULL &&
	    inv_same_path(s->path, of->path);
}

/* Leave the last one out if it is a copy. */
static void
drop_copy(struct inventory *inv)
{
	struct inv_setup *last = &inv->setups[inv->setup_count - 1], *s;

	for (s = inv->setups; s < last; s++)
		if (is_copy(last, s)) {
			inv_setup_fini(last);
			inv->setup_count--;
			return;
		}
}

/*
 * Each version since 2010 has its key (v14, v15) beside the others. A Setup key
 * of another one than the catalogue asks for, or the other view of one that
 * was found, is an installation as well, unless it is a copy.
 */
static void
collect_others(struct collect *c, const char *root, bool is_wow64)
{
	char *parent = host_join(root, INV_SERVERS), **names;
	size_t i, count;

	collect_keys(c, EV_SETUP, parent, &names, &count);
	for (i = 0; i < count; i++) {
		char *version = host_join(parent, names[i]);
		char *key = host_join(version, "Setup");

		if (utf_case_prefix(names[i], "v") && !seen(c->inv, key) &&
		    collect_setup(c, key, is_wow64))
			drop_copy(c->inv);
		free(key);
		free(version);
	}
	host_names_free(names, count);
	free(parent);
}

/*
 * Products share keys (2013 to SE have one) and a product may have two (the
 * key of 2007 and its older copy): each key is looked at once, and the first
 * of a product that answers is taken.
 */
void
collect_setups(struct collect *c)
{
	const struct cat_product *p;
	size_t i, j, count = catalogue_products(c->cat, &p);

	for (i = 0; i < count; i++)
		for (j = 0; j < p[i].setup_key_count; j++)
			if (collect_setup_views(c, p[i].setup_keys[j]))
				break;
	collect_others(c, NATIVE, false);
	collect_others(c, WOW64, true);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/oval.h"

#include "base/alloc.h"
#include "base/utf.h"

#include <stdlib.h>
#include <string.h>

#define KIND(k)		(1U << (k))

/* Where each object comes from: the kinds of evidence that tell of something
 * in it that could not be read, and the table that has to be there. */
static const struct {
	const char	*comment;
	unsigned	 kinds;
	unsigned	 group;		/* INV_GROUP_..., 0: none */
	bool		 system;	/* the hive SYSTEM, too */
	bool		 files;
} objects[OVAL_OBJECTS] = {
	[OVAL_BASES] = { "numbers of the base build in the Setup keys of "
	    "Exchange", KIND(EV_SETUP), INV_GROUP_SETUPS, false, false },
	[OVAL_SETUPS] = { "other values of these keys and of those of "
	    "roles", KIND(EV_SETUP) | KIND(EV_ROLE), INV_GROUP_SETUPS,
	    false, false },
	[OVAL_INSTALLER] = { "products of Exchange in Windows Installer, and "
	    "their patches", KIND(EV_PRODUCT) | KIND(EV_PATCH),
	    INV_GROUP_PRODUCTS, false, false },
	[OVAL_PATCH_STATES] = { "states of these patches", KIND(EV_PRODUCT) |
	    KIND(EV_PATCH), INV_GROUP_PRODUCTS, false, false },
	[OVAL_MARKERS] = { "keys that updates leave below Microsoft\\Updates",
	    KIND(EV_MARKER), INV_GROUP_MARKERS, false, false },
	[OVAL_VALUES] = { "values that updates require, and how services "
	    "start", KIND(EV_SYSTEM), INV_GROUP_VALUES, true, false },
	[OVAL_WINDOWS] = { "name of Windows", KIND(EV_WINDOWS), 0, false,
	    false },
	[OVAL_UBR] = { "how far Windows' own updates are", KIND(EV_WINDOWS), 0,
	    false, false },
	[OVAL_FILES] = { "programs that tell what is installed",
	    KIND(EV_SETUP) | KIND(EV_FILE), INV_GROUP_FILES, false, true },
	[OVAL_PACKAGES] = { "packages in the cache of Windows Installer",
	    KIND(EV_PRODUCT) | KIND(EV_PATCH) | KIND(EV_PACKAGE),
	    INV_GROUP_PRODUCTS, false, true },
};

bool
oval_is_file(enum oval_object object)
{
	return objects[object].files;
}

const char *
oval_comment(enum oval_object object)
{
	return objects[object].comment;
}

/* ---------------------------------------------------------------- items */

/* WHERE is taken. */
static struct oval_item *
add(struct oval *o, enum oval_object object, char *where)
{
	struct oval_item *x;

	o->items = xpush(o->items, o->count, sizeof(*o->items));
	x = &o->items[o->count++];
	*x = (struct oval_item){ .object = object, .state = EV_PRESENT,
	    .where = where };
	return x;
}

/* A text, if it was there. It may have been of two types. */
static void
add_text(struct oval *o, enum oval_object object, const char *key,
    const char *name, const char *text)
{
	struct oval_item *x;

	if (text == NULL)
		return;
	x = add(o, object, xstrdup(key));
	x->name = name;
	x->text = text;
}

static void
add_dword(struct oval *o, enum oval_object object, const char *key,
    const char *name, uint32_t number)
{
	struct oval_item *x = add(o, object, xstrdup(key));

	x->name = name;
	x->type = "reg_dword";
	x->number = number;
}

/* The key of a record; NULL when it has none. */
static const char *
key_of(const struct oval *o, ev_id ev)
{
	const struct evidence *e = inventory_evidence(o->inv, ev);

	return e != NULL ? e->where : NULL;
}

static const char *
why_of(const struct oval *o, ev_id ev, enum ev_state state)
{
	const struct evidence *e = inventory_evidence(o->inv, ev);

	return e != NULL && state == EV_UNREADABLE ? e->value : NULL;
}

static void
add_base(struct oval *o, const struct inv_setup *s)
{
	static const char *const names[] = { "MsiProductMajor",
	    "MsiProductMinor", "MsiBuildMajor", "MsiBuildMinor" };
	const uint32_t *part = s->base.part;
	size_t i;

	if (!s->is_whole)
		o->broken[OVAL_BASES] = true;
	else if (s->base.parts == 3) {	/* that of 2000 and 2003 */
		add_dword(o, OVAL_BASES, s->key, "Services Version",
		    part[0] * 10 + part[1]);
		add_dword(o, OVAL_BASES, s->key, "ServicePackBuild",
		    part[2]);
	} else
		for (i = 0; i < 4; i++)
			add_dword(o, OVAL_BASES, s->key, names[i], part[i]);
}

static void
add_setup(struct oval *o, const struct inv_setup *s)
{
	size_t i;

	add_base(o, s);
	/* The path may have come from the other value. */
	if (s->path != NULL && (s->services == NULL ||
	    strcmp(s->path, s->services) != 0))
		add_text(o, OVAL_SETUPS, s->key, "MsiInstallPath", s->path);
	add_text(o, OVAL_SETUPS, s->key, "Services", s->services);
	add_text(o, OVAL_SETUPS, s->key, "InterimUpdate", s->interim);
	for (i = 0; i < s->role_count; i++) {
		const struct inv_role *r = &s->roles[i];
		const char *key = key_of(o, r->ev);

		if (key == NULL)
			continue;
		add_text(o, OVAL_SETUPS, key, "UnpackedVersion", r->unpacked);
		add_text(o, OVAL_SETUPS, key, "ConfiguredVersion",
		    r->configured);
		add_text(o, OVAL_SETUPS, key, "Action", r->action);
		add_text(o, OVAL_SETUPS, key, "Watermark", r->watermark);
	}
}

static void
add_package(struct oval *o, const struct inv_package *p)
{
	struct oval_item *x;

	if (p->path == NULL)
		return;
	x = add(o, OVAL_PACKAGES, xstrdup(p->path));
	x->state = p->state;
	x->why = why_of(o, p->ev, p->state);
	if (p->state == EV_PRESENT)
		x->size = &p->size;
}

static void
add_update(struct oval *o, const struct inv_update *u)
{
	static const uint32_t states[] = {
		[PATCH_APPLIED] = 1,
		[PATCH_SUPERSEDED] = 2,
		[PATCH_OBSOLETED] = 4,
		[PATCH_REGISTERED] = 8,
	};
	const char *key = key_of(o, u->ev);

	add_package(o, &u->package);
	if (key == NULL)
		return;
	add_text(o, OVAL_INSTALLER, key, "DisplayName", u->display_name);
	add_text(o, OVAL_INSTALLER, key, "Installed", u->installed);
	if (u->state == PATCH_UNKNOWN)
		o->broken[OVAL_PATCH_STATES] = true;
	else
		add_dword(o, OVAL_PATCH_STATES, key, "State",
		    states[u->state]);
}

static void
add_product(struct oval *o, const struct inv_product *p)
{
	const char *key = key_of(o, p->ev);
	char *props;
	size_t i;

	if (key != NULL) {
		props = host_join(key, "InstallProperties");
		add_text(o, OVAL_INSTALLER, props, "DisplayName", p->name);
		add_text(o, OVAL_INSTALLER, props, "InstallLocation",
		    p->install_location);
		add_text(o, OVAL_INSTALLER, props, "LocalPackage",
		    p->msi.path);
		free(props);
	}
	add_package(o, &p->msi);
	for (i = 0; i < p->update_count; i++)
		add_update(o, &p->updates[i]);
}

static void
add_marker(struct oval *o, const struct inv_marker *m)
{
	const char *key = key_of(o, m->ev);

	if (key == NULL)
		return;
	(void)add(o, OVAL_MARKERS, xstrdup(key));
	add_text(o, OVAL_MARKERS, key, "PackageName", m->package_name);
	add_text(o, OVAL_MARKERS, key, "InstalledDate", m->installed_date);
}

static void
add_value(struct oval *o, const struct inv_value *v)
{
	struct oval_item *x = add(o, OVAL_VALUES, xstrdup(v->key));

	x->state = v->state;
	x->name = v->name;
	x->text = v->text;
	x->why = why_of(o, v->ev, v->state);
}

static void
add_file(struct oval *o, const struct inv_file *f)
{
	struct oval_item *x = add(o, OVAL_FILES, xstrdup(f->path));

	x->state = f->state;
	x->version = f->version;
	x->why = why_of(o, f->ev, f->state);
	if (f->facts != NULL && f->facts->readable)
		x->size = &f->facts->size;
}

static void
add_windows(struct oval *o, const struct inv_windows *w)
{
	const char *key = key_of(o, w->ev);

	if (key == NULL)
		return;
	add_text(o, OVAL_WINDOWS, key, "ProductName", w->name);
	add_text(o, OVAL_WINDOWS, key, "CSDVersion", w->service_pack);
	add_text(o, OVAL_WINDOWS, key, "InstallationType", w->kind);
	if (w->ubr != 0)
		add_dword(o, OVAL_UBR, key, "UBR", w->ubr);
}

void
oval_make(const struct inventory *inv, struct oval *out)
{
	size_t i;

	*out = (struct oval){ .inv = inv };
	for (i = 0; i < inv->setup_count; i++)
		add_setup(out, &inv->setups[i]);
	for (i = 0; i < inv->product_count; i++)
		add_product(out, &inv->products[i]);
	for (i = 0; i < inv->marker_count; i++)
		add_marker(out, &inv->markers[i]);
	for (i = 0; i < inv->value_count; i++)
		add_value(out, &inv->values[i]);
	add_windows(out, &inv->windows);
	for (i = 0; i < inv->file_count; i++)
		add_file(out, &inv->files[i]);
}

void
oval_fini(struct oval *o)
{
	size_t i;

	for (i = 0; i < o->count; i++)
		free(o->items[i].where);
	free(o->items);
}

/* ---------------------------------------------------------------- flags */

/* The hive of a volume; a machine that runs is asked without one. */
static const char *
hive_flag(const struct inventory *inv, const char *name)
{
	size_t i;

	if (inv->source != HOST_VOLUME)
		return NULL;
	for (i = 0; i < inv->hive_count; i++) {
		const struct inv_hive *h = &inv->hives[i];

		if (utf_casecmp(h->name, name) != 0)
			continue;
		if (!h->is_open)
			break;
		return h->damaged != 0 || (h->dirty &&
		    h->replay != INV_REPLAY_DONE) ? "incomplete" : NULL;
	}
	return i < inv->hive_count ? "error" : "not collected";
}

static bool
is_partial(const struct oval *o, enum oval_object object)
{
	const struct inventory *inv = o->inv;
	size_t i;

	for (i = 0; i < inv->evidence_count; i++)
		if ((inv->evidence[i].state == EV_UNREADABLE ||
		    inv->evidence[i].state == EV_UNKNOWN) &&
		    (objects[object].kinds & KIND(inv->evidence[i].kind)) != 0)
			return true;
	return o->broken[object];
}

static bool
has_items(const struct oval *o, enum oval_object object)
{
	size_t i;

	for (i = 0; i < o->count; i++)
		if (o->items[i].object == object &&
		    o->items[i].state != EV_ABSENT)
			return true;
	return false;
}

const char *
oval_flag(const struct oval *o, enum oval_object object)
{
	const struct inventory *inv = o->inv;
	unsigned group = objects[object].group;
	const char *flag = hive_flag(inv, "SOFTWARE");

	if (flag == NULL && objects[object].system)
		flag = hive_flag(inv, "SYSTEM");
	if ((inv->asked.groups & group) != group)
		return "not collected";
	/* Without a Setup key, nobody looks for programs of Exchange. */
	if (flag == NULL && object == OVAL_FILES && inv->setup_count == 0)
		return "incomplete";
	if (flag != NULL && (strcmp(flag, "incomplete") == 0 ||
	    !has_items(o, object)))
		return flag;
	if (flag != NULL || is_partial(o, object))
		return "incomplete";
	return has_items(o, object) ? "complete" : "does not exist";
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/inventory_json.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "inventory/json_parts.h"

#include <stdlib.h>
#include <string.h>

/* Tables of an inventory that were looked for or not. */
static const struct group {
	unsigned	 bit;
	const struct jsonshape *shape;
} groups[] = {
	{ INV_GROUP_SETUPS, &json_setups },
	{ INV_GROUP_PLACES, &json_places },
	{ INV_GROUP_PRODUCTS, &json_products },
	{ INV_GROUP_MARKERS, &json_markers },
	{ INV_GROUP_FILES, &json_files },
	{ INV_GROUP_LISTINGS, &json_listings },
	{ INV_GROUP_TRACES, &json_traces },
	{ INV_GROUP_USER_RECORDS, &json_user_records },
	{ INV_GROUP_IN_PROGRESS, &json_in_progress },
	{ INV_GROUP_VALUES, &json_values },
	{ INV_GROUP_PROGRAMS, &json_programs },
	{ INV_GROUP_PENDING, &json_pending },
	{ INV_GROUP_LEFTOVERS, &json_leftovers },
	{ INV_GROUP_SPACE, &json_spaces },
	{ INV_GROUP_HIVES, &json_hives },
	{ INV_GROUP_SETUP_RUNS, &json_setup_runs },
	{ INV_GROUP_UPDATE_LISTS, &json_update_lists },
};
#define GROUPS	(sizeof(groups) / sizeof(groups[0]))

void
inventory_write(struct jsonout *j, const char *name,
    const struct inventory *inv)
{
	struct json_parts parts = { .inv = inv };
	struct jsonshape_put o = { j, &parts };
	size_t i;

	json_certs_gather(&parts);
	jsonout_object(j, name);
	jsonshape_put(&o, json_host, inv);
	for (i = 0; i < GROUPS; i++)
		if ((inv->asked.groups & groups[i].bit) != 0)
			jsonshape_put_one(&o, groups[i].shape, inv);
	if (inv->deep)
		jsonshape_put_one(&o, &json_deep, inv);
	json_put_certs(&o);
	jsonshape_put_one(&o, &json_evidence, inv);
	jsonout_end(j);
	free(parts.host.certs);
}

static void
take_groups(struct jsonshape_take *t, struct jsonin_at at,
    struct inventory *inv)
{
	size_t i;

	for (i = 0; i < GROUPS; i++) {
		const struct jsonshape *f = groups[i].shape;

		if (jsonin_kind(at, f->name) == JSONTAPE_NONE)
			continue;
		inv->asked.groups |= groups[i].bit;
		jsonshape_take_one(t, at, f, inv);
	}
	inv->deep = jsonin_kind(at, json_deep.name) != JSONTAPE_NONE;
	if (inv->deep)
		jsonshape_take_one(t, at, &json_deep, inv);
}

enum status
inventory_read(struct jsonin_at at, struct inventory **out, struct diag *d)
{
	struct inventory *inv = xcalloc(1, sizeof(*inv));
	struct json_parts parts = { .inv = inv };
	struct jsonshape_take t = { INVENTORY_MAX_BYTES, &parts };
	enum status st;

	at = jsonin_object(at, NULL);
	/* First what others refer to. */
	jsonshape_take_one(&t, at, &json_evidence, inv);
	json_take_certs(&t, at);
	jsonshape_take(&t, at, json_host, inv);
	take_groups(&t, at, inv);
	free(parts.numbers);
	sig_facts_fini(&parts.host);
	st = jsonin_finish(at.in, d);
	if (st == ST_OK)
		*out = inv;
	else
		inventory_free(inv);
	return st;
}

/* ---- a package alone ---- */

/* The anchors that its paths end at go along: what others were tried stands
 * with the host. */
static const struct jsonshape package_anchors = {
	JSONSHAPE_ARRAY("anchors", JSONSHAPE_LIST, inventory, asked.anchors,
	    asked.anchor_count, ANCHORS_MAX), .members = json_anchor,
	    .flat = true };

static void
gather_anchors(struct inv_asked *to, const struct sig_paths *p)
{
	const struct sig_anchor *x;
	size_t i, k;

	for (i = 0; i < p->count; i++) {
		x = &p->list[i].anchor;
		if (x->name == NULL)
			continue;
		for (k = 0; k < to->anchor_count; k++)
			if (memcmp(to->anchors[k].key_sha256, x->key_sha256,
			    SIG_ID_BYTES) == 0 && strcmp(to->anchors[k].name,
			    x->name) == 0)
				break;
		if (k < to->anchor_count || k == ANCHORS_MAX)
			continue;
		to->anchors = xpush(to->anchors, k, sizeof(*to->anchors));
		to->anchors[to->anchor_count++] = *x;
	}
}

static void
gather_all_anchors(struct inv_asked *to, const struct sig_facts *f)
{
	size_t i, k;

	for (i = 0; i < f->level_count; i++) {
		const struct sig_level_facts *l = &f->levels[i];

		gather_anchors(to, &l->paths);
		for (k = 0; k < l->stamp_count; k++)
			gather_anchors(to, &l->stamps[k].paths);
	}
}

void
inventory_write_package(struct jsonout *j, const char *name, const char *path,
    const struct file_facts *facts)
{
	struct inv_file file = { .path = xstrdup(path),
	    .asked = INV_ASK_SIGNATURE, .state = EV_PRESENT };
	struct inventory inv = { .files = &file, .file_count = 1 };
	struct json_parts parts = { .inv = &inv };
	struct jsonshape_put o = { j, &parts };

	file.facts = xcalloc(1, sizeof(*file.facts));
	*file.facts = *facts;
	gather_all_anchors(&inv.asked, &facts->signatures);
	json_certs_gather(&parts);
	jsonout_object(j, name);
	jsonshape_put_one(&o, &package_anchors, &inv);
	jsonshape_put_one(&o, &json_files, &inv);
	json_put_certs(&o);
	jsonout_end(j);
	free(parts.host.certs);
	/* What is in them stays the caller's. */
	free(inv.asked.anchors);
	free(file.facts);
	free(file.path);
}

enum status
inventory_read_package(struct jsonin_at at, struct inventory **out,
    struct diag *d)
{
	struct inventory *inv = xcalloc(1, sizeof(*inv));
	struct json_parts parts = { .inv = inv };
	struct jsonshape_take t = { INVENTORY_MAX_BYTES, &parts };
	enum status st;

	at = jsonin_object(at, NULL);
	jsonshape_take_one(&t, at, &package_anchors, inv);
	json_take_certs(&t, at);
	jsonshape_take_one(&t, at, &json_files, inv);
	free(parts.numbers);
	sig_facts_fini(&parts.host);
	if (inv->file_count != 1 || inv->files[0].facts == NULL)
		jsonin_fail(at, "files", ST_MALFORMED, "not one package");
	st = jsonin_finish(at.in, d);
	if (st == ST_OK)
		*out = inv;
	else
		inventory_free(inv);
	return st;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/json_parts.h"

#include "base/alloc.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

/* The tables of an inventory as JSON. */

#define SHAPE(s, m, kind)	JSONSHAPE_AS(#m, kind, s, m)
#define TEXT(s, m)		SHAPE(s, m, JSONSHAPE_TEXT)
#define NEED_TEXT(s, m)		TEXT(s, m), .need = true
#define TEXT_OR_NULL(s, m)	TEXT(s, m), .need = true, .or_null = true
#define BOOL(s, m)		SHAPE(s, m, JSONSHAPE_BOOL)
#define NEED_BOOL(s, m)		BOOL(s, m), .need = true
#define NUMBER(s, m)		SHAPE(s, m, JSONSHAPE_NUMBER)
#define NEED_NUMBER(s, m)	NUMBER(s, m), .need = true
#define BUILD(s, m)		SHAPE(s, m, JSONSHAPE_VERSION)
#define EV(s)			JSON_EV("evidence", s, ev)
#define ROWS(s, m, n, most, of)	JSONSHAPE_ARRAY(#m, JSONSHAPE_LIST, s, m, \
				    n, (most)), .members = (of), .need = true
#define LIST(s, m, n, of)	ROWS(s, m, n, INVENTORY_MAX_ROWS, of)
#define TABLE(m, n, of)		LIST(inventory, m, n, of)

/* ---- Windows, hives ---- */

static const struct jsonshape windows[] = {
	{ TEXT(inv_windows, name) },
	{ TEXT(inv_windows, service_pack) },
	{ BUILD(inv_windows, version) },
	{ TEXT(inv_windows, language) },
	{ JSON_EV("language_evidence", inv_windows, language_ev) },
	{ TEXT(inv_windows, kind) },
	{ NUMBER(inv_windows, ubr) },
	{ NEED_TEXT(inv_windows, system_root) },
	{ BOOL(inv_windows, is_x86) },
	{ BOOL(inv_windows, is_x64) },
	{ NEED_BOOL(inv_windows, has_wow64) },
	{ EV(inv_windows) },
	{ .name = NULL },
};

static const char *
replay_word(unsigned v)
{
	static const char *const words[] = { "unknown", "clean", "done",
	    "missing", "unusable" };

	return words[v];
}

static const struct jsonshape hive[] = {
	{ NEED_TEXT(inv_hive, name) },
	{ NEED_TEXT(inv_hive, where) },
	{ BOOL(inv_hive, is_open) },
	{ NEED_BOOL(inv_hive, dirty) },
	{ BOOL(inv_hive, checksum_ok) },
	{ SHAPE(inv_hive, replay, JSONSHAPE_WORD), .word = replay_word,
	    .max = INV_REPLAY_COUNT },
	{ NUMBER(inv_hive, log_entries) },
	{ NUMBER(inv_hive, log_sequence) },
	{ TEXT_OR_NULL(inv_hive, log_why) },
	{ NEED_NUMBER(inv_hive, damaged) },
	{ TEXT_OR_NULL(inv_hive, why) },
	{ EV(inv_hive) },
	{ .name = NULL },
};

const struct jsonshape json_hives = { TABLE(hives, hive_count, hive) };

/* ---- setup, and what else names a folder ---- */

static const struct jsonshape role[] = {
	{ NEED_TEXT(inv_role, name) },
	{ TEXT(inv_role, unpacked) },
	{ TEXT(inv_role, configured) },
	{ TEXT_OR_NULL(inv_role, action) },
	{ TEXT_OR_NULL(inv_role, watermark) },
	{ EV(inv_role) },
	{ .name = NULL },
};

static const struct jsonshape setup[] = {
	{ NEED_TEXT(inv_setup, key) },
	{ NEED_BOOL(inv_setup, is_wow64) },
	{ BUILD(inv_setup, base) },
	{ BOOL(inv_setup, is_whole) },
	{ TEXT(inv_setup, path) },
	{ TEXT_OR_NULL(inv_setup, services) },
	{ TEXT_OR_NULL(inv_setup, interim) },
	{ LIST(inv_setup, roles, role_count, role) },
	{ EV(inv_setup) },
	{ .name = NULL },
};

static const struct jsonshape place[] = {
	{ TEXT_OR_NULL(inv_place, entry) },
	{ NEED_TEXT(inv_place, path) },
	{ .name = NULL },
};

const struct jsonshape json_setups = { ROWS(inventory, setups,
    setup_count, INVENTORY_MAX_ROOTS, setup) };
const struct jsonshape json_places = { TABLE(places, place_count, place) };

/* ---- Windows Installer ---- */

/* What is not expected is no fact. */
static const char *
state_word(unsigned v)
{
	return v == EV_NOT_EXPECTED ? NULL : ev_state_name((enum ev_state)v);
}

static const char *
patch_word(unsigned v)
{
	return patch_state_name((enum patch_state)v);
}

#define STATE(s)	SHAPE(s, state, JSONSHAPE_WORD), .word = state_word, \
			    .max = EV_UNREADABLE + 1
#define FACTS(s)	SHAPE(s, facts, JSONSHAPE_OWNED), \
			    .members = json_file_facts, \
			    .max = sizeof(struct file_facts)

/* What is there is somewhere. */
static void
take_path(struct jsonshape_take *t, struct jsonin_at at,
    const struct jsonshape *f, void *p)
{
	void *whole = (char *)p - f->offset;
	struct inv_package *package = whole;

	package->path = jsonshape_text(t, at, f->name);
	if (package->path == NULL && package->state != EV_UNKNOWN)
		jsonin_fail(at, f->name, ST_MALFORMED, "missing");
}

static void
put_path(struct jsonshape_put *o, const struct jsonshape *f, const void *p)
{
	const void *whole = (const char *)p - f->offset;
	const struct inv_package *package = whole;

	if (package->path != NULL)
		jsonout_text(o->j, f->name, package->path);
}

static const struct jsonshape package[] = {
	{ STATE(inv_package) },
	{ JSONSHAPE_CUSTOM("path", inv_package, path, put_path, take_path) },
	{ TEXT(inv_package, original_name) },
	{ NUMBER(inv_package, size) },
	{ FACTS(inv_package) },
	{ TEXT(inv_package, inside) },
	{ EV(inv_package) },
	{ .name = NULL },
};

static const struct jsonshape update[] = {
	{ NEED_TEXT(inv_update, patch_code) },
	{ TEXT(inv_update, display_name) },
	{ TEXT(inv_update, kb) },
	{ BUILD(inv_update, build) },
	{ SHAPE(inv_update, state, JSONSHAPE_WORD), .word = patch_word,
	    .max = PATCH_REGISTERED + 1 },
	{ TEXT(inv_update, installed) },
	{ SHAPE(inv_update, installed_day, JSONSHAPE_INSTANT) },
	{ SHAPE(inv_update, package, JSONSHAPE_OBJECT), .members = package,
	    .need = true },
	{ EV(inv_update) },
	{ .name = NULL },
};

static const struct jsonshape listed_code[] = {
	{ NEED_TEXT(inv_listed_code, code) },
	{ BOOL(inv_listed_code, has_key) },
	{ .name = NULL },
};

static const struct jsonshape product[] = {
	{ NEED_TEXT(inv_product, code) },
	{ TEXT(inv_product, name) },
	{ BUILD(inv_product, version) },
	{ SHAPE(inv_product, msi, JSONSHAPE_OBJECT), .members = package,
	    .need = true },
	{ TEXT_OR_NULL(inv_product, install_location) },
	{ TEXT_OR_NULL(inv_product, package_code) },
	{ TEXT(inv_product, installed) },
	{ SHAPE(inv_product, installed_day, JSONSHAPE_INSTANT) },
	{ LIST(inv_product, updates, update_count, update) },
	{ LIST(inv_product, listed, listed_count, listed_code), .flat = true },
	{ EV(inv_product) },
	{ .name = NULL },
};

const struct jsonshape json_products = {
	ROWS(inventory, products, product_count, INVENTORY_MAX_PRODUCTS,
	    product) };

static const struct jsonshape user_record[] = {
	{ NEED_TEXT(inv_user_record, sid) },
	{ NEED_TEXT(inv_user_record, code) },
	{ EV(inv_user_record) },
	{ .name = NULL },
};

const struct jsonshape json_user_records = {
	TABLE(user_records, user_record_count, user_record) };
const struct jsonshape json_in_progress = {
	JSON_EV("in_progress", inventory, in_progress), .need = true,
	.or_null = true };

/* ---- markers, listings, traces ---- */

static const struct jsonshape marker[] = {
	{ NEED_TEXT(inv_marker, group) },
	{ NEED_TEXT(inv_marker, kb) },
	{ TEXT(inv_marker, package_name) },
	{ TEXT(inv_marker, installed_date) },
	{ EV(inv_marker) },
	{ .name = NULL },
};

static const char *
listing_word(unsigned v)
{
	static const char *const words[] = { "unknown", "servicing",
	    "hotfix", "updates" };

	return words[v];
}

static const struct jsonshape listing[] = {
	{ NEED_TEXT(inv_listing, kb) },
	{ SHAPE(inv_listing, kind, JSONSHAPE_WORD), .word = listing_word,
	    .max = INV_LISTING_KINDS, .need = true },
	{ NEED_NUMBER(inv_listing, state) },
	{ EV(inv_listing) },
	{ .name = NULL },
};

static const struct jsonshape trace[] = {
	{ NEED_TEXT(inv_trace, what) },
	{ EV(inv_trace) },
	{ .name = NULL },
};

const struct jsonshape json_markers = {
	TABLE(markers, marker_count, marker) };
const struct jsonshape json_listings = {
	TABLE(listings, listing_count, listing) };
const struct jsonshape json_traces = { TABLE(traces, trace_count, trace) };

/* ---- what setup of an update looks at ---- */

static const struct jsonshape value[] = {
	{ NEED_TEXT(inv_value, key) },
	{ NEED_TEXT(inv_value, name) },
	{ STATE(inv_value) },
	{ TEXT(inv_value, text) },
	{ EV(inv_value) },
	{ .name = NULL },
};

static const struct jsonshape program[] = {
	{ NEED_TEXT(inv_program, name) },
	{ TEXT(inv_program, version) },
	{ EV(inv_program) },
	{ .name = NULL },
};

static const struct jsonshape rename_row[] = {
	{ NEED_TEXT(inv_rename, from) },
	{ TEXT_OR_NULL(inv_rename, to) },
	{ .name = NULL },
};

#define PENDING(m)	SHAPE(inv_pending, m, JSONSHAPE_WORD), \
			    .word = state_word, .max = EV_UNREADABLE + 1

static const struct jsonshape pending[] = {
	{ PENDING(renames_state) },
	{ ROWS(inv_pending, renames, rename_count, PENDING_MAX_RENAMES,
	    rename_row), .flat = true },
	{ NEED_NUMBER(inv_pending, rename_total) },
	{ PENDING(packages_state) },
	{ JSONSHAPE_ARRAY("packages", JSONSHAPE_TEXTS, inv_pending, packages,
	    package_count, PENDING_MAX_NAMES), .need = true },
	{ PENDING(servicing) },
	{ PENDING(update) },
	{ PENDING(update_exe) },
	{ EV(inv_pending) },
	{ JSON_EV("servicing_evidence", inv_pending, servicing_ev) },
	{ JSON_EV("restart_evidence", inv_pending, restart_ev) },
	{ .name = NULL },
};

static const struct jsonshape leftover[] = {
	{ NEED_TEXT(inv_leftover, path) },
	{ EV(inv_leftover) },
	{ .name = NULL },
};

static const struct jsonshape space[] = {
	{ NEED_TEXT(inv_space, path) },
	{ STATE(inv_space) },
	{ NEED_NUMBER(inv_space, free) },
	{ EV(inv_space) },
	{ .name = NULL },
};

const struct jsonshape json_values = {
	TABLE(values, value_count, value), .flat = true };
const struct jsonshape json_programs = { ROWS(inventory, programs,
    program_count, INVENTORY_MAX_PROGRAMS, program), .flat = true };
const struct jsonshape json_pending = {
	SHAPE(inventory, pending, JSONSHAPE_OBJECT), .members = pending,
	.need = true };
const struct jsonshape json_leftovers = { ROWS(inventory, leftovers,
    leftover_count, PENDING_MAX_NAMES, leftover) };
const struct jsonshape json_spaces = { ROWS(inventory, spaces, space_count,
    INVENTORY_MAX_ROOTS, space) };

/* ---- files ---- */

static const char *
ask_word(unsigned v)
{
	static const char *const words[] = { "version", "signature",
	    "digest", "marks" };

	return words[v];
}

/* A file that is there and was asked for its digest has one. */
static void
put_sha256(struct jsonshape_put *o, const struct jsonshape *f,
    const void *p)
{
	const void *whole = (const char *)p - f->offset;
	const struct inv_file *file = whole;

	if (file->sha256 != NULL)
		jsonout_text(o->j, f->name, file->sha256);
}

static void
take_sha256(struct jsonshape_take *t, struct jsonin_at at,
    const struct jsonshape *f, void *p)
{
	void *whole = (char *)p - f->offset;
	struct inv_file *file = whole;
	uint8_t bytes[SIG_ID_BYTES];

	if (jsonin_hex(at, f->name, bytes, sizeof(bytes)))
		file->sha256 = jsonshape_text(t, at, f->name);
	else if (file->state == EV_PRESENT &&
	    (file->asked & INV_ASK_DIGEST) != 0)
		jsonin_fail(at, f->name, ST_MALFORMED, "missing");
}

static void
put_hex20(struct jsonout *j, const struct inv_mark *m)
{
	struct digest d = { .alg = DIGEST_SHA1, .len = INV_MARK_BYTES };
	char hex[2 * DIGEST_MAX + 1];

	memcpy(d.bytes, m->bytes, INV_MARK_BYTES);
	jsonout_text(j, NULL, digest_hex(&d, hex));
}

/* The marks themselves, not their places in the table. */
static void
put_marks(struct jsonshape_put *o, const struct jsonshape *f, const void *p)
{
	const struct json_parts *parts = o->ctx;
	const struct inventory *inv = parts->inv;
	uint64_t marks;
	size_t i;

	memcpy(&marks, p, sizeof(marks));
	if (marks == 0)
		return;
	jsonout_array(o->j, f->name);
	for (i = 0; i < inv->mark_count && i < INVENTORY_MAX_MARKS; i++)
		if ((marks & UINT64_C(1) << i) != 0)
			put_hex20(o->j, &inv->marks[i]);
	jsonout_end(o->j);
}

static void
take_mark(struct jsonin_at item, const struct inventory *inv,
    uint64_t *marks)
{
	struct inv_mark m;
	size_t i;

	for (i = 0; jsonin_hex(item, NULL, m.bytes, sizeof(m.bytes)) &&
	    i < inv->mark_count; i++) {
		if (memcmp(m.bytes, inv->marks[i].bytes,
		    sizeof(m.bytes)) != 0)
			continue;
		*marks |= UINT64_C(1) << i;
		return;
	}
	jsonin_fail(item, NULL, ST_MALFORMED, "was not looked for");
}

static void
take_marks(struct jsonshape_take *t, struct jsonin_at at,
    const struct jsonshape *f, void *p)
{
	const struct json_parts *parts = t->ctx;
	struct jsonin_items it = jsonin_items(jsonin_array(at, f->name,
	    INVENTORY_MAX_MARKS));
	struct jsonin_at item;
	uint64_t marks = 0;

	while (jsonin_each(&it, &item))
		take_mark(item, parts->inv, &marks);
	memcpy(p, &marks, sizeof(marks));
}

static const struct jsonshape file[] = {
	{ NEED_TEXT(inv_file, path) },
	{ SHAPE(inv_file, asked, JSONSHAPE_BITS), .word = ask_word,
	    .max = 4, .need = true },
	{ STATE(inv_file) },
	{ NEED_BOOL(inv_file, is_link) },
	{ BUILD(inv_file, version) },
	{ JSONSHAPE_CUSTOM("sha256", inv_file, sha256, put_sha256,
	    take_sha256) },
	{ BOOL(inv_file, searched) },
	{ JSONSHAPE_CUSTOM("marks", inv_file, marks, put_marks,
	    take_marks) },
	{ FACTS(inv_file) },
	{ EV(inv_file) },
	{ .name = NULL },
};

const struct jsonshape json_files = { ROWS(inventory, files, file_count,
    INVENTORY_MAX_FILES, file) };

/* ---- --deep ---- */

static void
put_times(struct jsonshape_put *o, const struct jsonshape *f, const void *p)
{
	const struct inv_deep_file *d = p;
	bool flat;
	size_t i;

	if (d->time_count == 0)
		return;
	jsonout_array(o->j, f->name);
	flat = jsonout_flat(o->j, true);
	for (i = 0; i < d->time_count; i++)
		jsonout_instant(o->j, NULL, d->times[i]);
	jsonout_end(o->j);
	(void)jsonout_flat(o->j, flat);
}

static void
take_times(struct jsonshape_take *t, struct jsonin_at at,
    const struct jsonshape *f, void *p)
{
	struct jsonin_at a = jsonin_array(at, f->name, SIG_MAX_LEVELS *
	    SIG_MAX_TIMESTAMPS), item;
	struct jsonin_items it = jsonin_items(a);
	struct inv_deep_file *d = p;
	size_t n = jsonin_count(a);

	if (n == 0 || !jsonshape_afford(t, at, f->name,
	    n * sizeof(*d->times)))
		return;
	d->times = xcalloc(n, sizeof(*d->times));
	while (jsonin_each(&it, &item))
		d->times[d->time_count++] = jsonin_instant(item, NULL);
}

/* A class is known by "d1", ... */
static void
put_class(struct jsonshape_put *o, const struct jsonshape *f, const void *p)
{
	json_put_id(o->j, f->name, 'd', *(const size_t *)p + 1);
}

static void
take_class(struct jsonshape_take *t, struct jsonin_at at,
    const struct jsonshape *f, void *p)
{
	const struct json_parts *parts = t->ctx;
	size_t i = json_take_ref(at, f->name, 'd', parts->inv->class_count);
	size_t *class = p;

	if (i == 0)
		jsonin_fail(at, f->name, ST_MALFORMED, "of no class");
	else
		*class = i - 1;
}

static const struct jsonshape class[] = {
	{ JSONSHAPE_AS("facts", JSONSHAPE_OBJECT, inv_class, facts),
	    .members = json_file_facts, .need = true },
	{ .name = NULL },
};

static const struct jsonshape deep_file[] = {
	{ NEED_TEXT(inv_deep_file, path) },
	{ JSONSHAPE_CUSTOM("class", inv_deep_file, class, put_class,
	    take_class) },
	{ .name = "times", .type = JSONSHAPE_OTHER, .put = put_times,
	    .take = take_times },
	{ EV(inv_deep_file) },
	{ .name = NULL },
};

static const struct jsonshape deep[] = {
	{ JSONSHAPE_AS("cut", JSONSHAPE_BOOL, inventory, deep_cut),
	    .need = true },
	{ JSONSHAPE_AS("unread", JSONSHAPE_NUMBER, inventory, deep_unread),
	    .need = true },
	{ JSONSHAPE_ARRAY("classes", JSONSHAPE_LIST, inventory, classes,
	    class_count, DEEP_MAX_CLASSES), .members = class, .need = true },
	{ JSONSHAPE_ARRAY("files", JSONSHAPE_LIST, inventory, deep_files,
	    deep_file_count, DEEP_MAX_FILES), .members = deep_file,
	    .need = true, .flat = true },
	{ .name = NULL },
};

const struct jsonshape json_deep = { .name = "deep",
	.type = JSONSHAPE_OBJECT, .members = deep, .need = true };

/* ---- the host ---- */

static const char *
source_word(unsigned v)
{
	static const char *const words[] = { "volume", "live" };

	return words[v];
}

#define NAMES(m)	JSONSHAPE_ARRAY(#m, JSONSHAPE_TEXTS, inventory, \
			    asked.m.list, asked.m.count, INVENTORY_MAX_ROWS)

static const struct jsonshape asked[] = {
	{ JSONSHAPE_ARRAY("marks", JSONSHAPE_HEXES, inventory, marks,
	    mark_count, INVENTORY_MAX_MARKS) },
	{ NAMES(kbs) },
	{ NAMES(setup_keys) },
	{ NAMES(product_codes) },
	{ NAMES(update_keys) },
	{ NAMES(uninstall_keys) },
	{ NAMES(programs) },
	{ NAMES(packs) },
	{ JSONSHAPE_ARRAY("anchors", JSONSHAPE_LIST, inventory,
	    asked.anchors, asked.anchor_count, ANCHORS_MAX),
	    .members = json_anchor, .flat = true },
	{ .name = NULL },
};

const struct jsonshape json_host[] = {
	{ TEXT(inventory, name) },
	{ TEXT(inventory, domain) },
	{ TEXT(inventory, machine_guid) },
	{ SHAPE(inventory, source, JSONSHAPE_WORD), .word = source_word,
	    .max = HOST_LIVE + 1, .need = true },
	{ NEED_BOOL(inventory, limited) },
	{ SHAPE(inventory, taken, JSONSHAPE_INSTANT) },
	{ NEED_BOOL(inventory, packages_skipped) },
	{ .name = "asked", .type = JSONSHAPE_OBJECT, .members = asked },
	{ SHAPE(inventory, windows, JSONSHAPE_OBJECT), .members = windows,
	    .need = true },
	{ .name = NULL },
};

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/regf.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "formats/regf_impl.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define SIG_VK		REGF_SIG('v', 'k')
#define SIG_DB		REGF_SIG('d', 'b')

#define VK_LEN		20		/* bytes before the name */
#define FLAG_COMP_NAME	0x0001		/* "Key value", Flags: Latin-1 */
#define FLAG_TOMBSTONE	0x0002		/* of a layered key: deleted */
#define LEN_INLINE	0x80000000	/* the data stands in its own offset */
#define INLINE_MAX	4
#define DB_LEN		8		/* signature, count, list */
#define SEGMENT_LEN	16344		/* bytes of data in one segment */

/* A value record; the name is borrowed from the window. */
struct vk {
	struct regf_name	name;
	uint32_t		type;
	uint32_t		len;
	uint32_t		data;
	bool			is_inline;
	bool			tombstone;
};

/* Spec: "Key value". */
static enum status
vk_read(struct regf *h, uint32_t cell, struct vk *vk, struct diag *d)
{
	struct regf_cell c;
	struct slice s;
	struct cursor at;
	uint16_t sig, name_len, flags;
	enum status st = regf_cell_open(h, cell, &c, d);

	if (st == ST_OK)
		st = regf_cell_bytes(h, &c, 0, VK_LEN, "a value", &s, d);
	if (st != ST_OK)
		return st;
	at = cursor_of(s);
	sig = cursor_u16le(&at);
	name_len = cursor_u16le(&at);
	vk->len = cursor_u32le(&at);
	vk->data = cursor_u32le(&at);
	vk->type = cursor_u32le(&at);
	flags = cursor_u16le(&at);
	vk->name.latin1 = (flags & FLAG_COMP_NAME) != 0;
	vk->tombstone = (flags & FLAG_TOMBSTONE) != 0;
	vk->is_inline = (vk->len & LEN_INLINE) != 0;
	vk->len &= ~LEN_INLINE;
	if (sig != SIG_VK)
		return diag_set(d, ST_MALFORMED, c.fileoff, "regf: key value",
		    "cell 0x%" PRIx32 " is no value", cell);
	if (vk->is_inline && vk->len > INLINE_MAX)
		return diag_set(d, ST_MALFORMED, c.fileoff, "regf: key value",
		    "%" PRIu32 " bytes of data inside a value", vk->len);
	return regf_cell_bytes(h, &c, VK_LEN, name_len, "a value's name",
	    &vk->name.bytes, d);
}

static void
value_of_vk(struct regf *h, uint32_t cell, const struct vk *vk,
    struct regf_value *v)
{
	struct slice name;
	size_t i;

	v->cell = cell;
	v->type = vk->type;
	v->len = vk->len;
	v->data = vk->data;
	v->is_inline = vk->is_inline;
	v->deleted = h->layered && vk->tombstone;
	for (i = 0; i < INLINE_MAX; i++)
		v->inline_data[i] = (uint8_t)(vk->data >> (8 * i));
	name = regf_name_text(h, vk->name);
	v->name = xstrndup((const char *)name.p, name.n);
}

void
regf_value_fini(struct regf_value *v)
{
	if (v == NULL)
		return;
	free(v->name);
	v->name = NULL;
}

/* Spec: "Key values list". A list that is cut off gives what is there. */
static enum status
values_load(struct regf_values *it, const struct regf_key *key,
    struct diag *d)
{
	struct regf_cell c;
	struct slice s;
	struct cursor at;
	size_t room, i;
	enum status st = regf_cell_open(it->h, key->value_list, &c, d);

	if (st != ST_OK)
		return st;
	room = c.len / 4;
	if (room > key->value_count)
		room = key->value_count;
	if (room > REGF_MAX_VALUES)
		return diag_set(d, ST_LIMIT, c.fileoff,
		    "limit: REGF_MAX_VALUES", "key with too many values");
	st = regf_cell_bytes(it->h, &c, 0, room * 4, "a value list", &s, d);
	if (st != ST_OK)
		return st;
	it->cells = xcalloc(room, sizeof(*it->cells));
	it->count = room;
	at = cursor_of(s);
	for (i = 0; i < room; i++)
		it->cells[i] = cursor_u32le(&at);
	if (room < key->value_count)
		st = diag_set(d, ST_MALFORMED, c.fileoff,
		    "regf: key values list", "%" PRIu32 " values, room for "
		    "%zu in the list", key->value_count, room);
	return st;
}

enum status
regf_values_init(struct regf *h, const struct regf_key *key,
    struct regf_values *it, struct diag *d)
{
	struct regf_values made = { .h = h };
	struct diag dd;
	enum status st = ST_OK;

	diag_clear(&dd);
	if (key->value_count != 0)
		st = values_load(&made, key, &dd);
	if (st == ST_MALFORMED)
		diag_wrap(&dd, "values of \"%s\"", key->name);
	st = regf_pass_over(h, st, &dd, &made.lost, d);
	if (st == ST_OK)
		*it = made;
	else
		regf_values_fini(&made);
	return st;
}

/* The next readable value record. */
static enum status
values_next(struct regf_values *it, uint32_t *cell, struct vk *vk,
    struct diag *d)
{
	while (it->at < it->count) {
		struct diag dd;
		enum status st;

		diag_clear(&dd);
		*cell = it->cells[it->at++];
		st = vk_read(it->h, *cell, vk, &dd);
		if (st == ST_OK)
			return ST_OK;
		st = regf_pass_over(it->h, st, &dd, &it->lost, d);
		if (st != ST_OK)
			return st;
	}
	return ST_ABSENT;
}

enum status
regf_values_next(struct regf_values *it, struct regf_value *out,
    struct diag *d)
{
	struct vk vk;
	uint32_t cell;
	enum status st = values_next(it, &cell, &vk, d);

	if (st == ST_OK)
		value_of_vk(it->h, cell, &vk, out);
	return st;
}

void
regf_values_fini(struct regf_values *it)
{
	free(it->cells);
	it->cells = NULL;
	it->count = it->at = 0;
}

/* Windows takes care that no name, in whatever case, is there twice: which of
 * two is meant is not known. */
static bool
is_among_rest(struct regf_values *it, struct slice name)
{
	struct vk vk;
	uint32_t cell;

	while (values_next(it, &cell, &vk, NULL) == ST_OK)
		if (regf_name_cmp(vk.name, name) == 0)
			return true;
	return false;
}

enum status
regf_value_find(struct regf *h, const struct regf_key *key,
    const char *name, struct regf_value *out, struct diag *d)
{
	struct slice want = name == NULL ? slice_of("", 0, 0) :
	    slice_of(name, strlen(name), 0);
	struct regf_values it;
	struct vk vk;
	uint32_t cell;
	enum status st = regf_values_init(h, key, &it, d);

	if (st != ST_OK)
		return st;
	while ((st = values_next(&it, &cell, &vk, d)) == ST_OK)
		if (regf_name_cmp(vk.name, want) == 0) {
			value_of_vk(h, cell, &vk, out);
			break;
		}
	if (st == ST_OK && is_among_rest(&it, want)) {
		regf_value_fini(out);
		st = diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
		    "regf: key values list", "\"%s\" has two values named "
		    "\"%s\"", key->name, name == NULL ? "" : name);
	} else if (st == ST_ABSENT && it.lost > 0)
		st = diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
		    "regf: key values list", "value \"%s\" may be among the "
		    "unreadable values of \"%s\"", name == NULL ? "" : name,
		    key->name);
	regf_values_fini(&it);
	return st;
}

/* Append the first LEN bytes of a cell, which may be longer than a span. */
static enum status
data_append(struct regf *h, uint32_t cell, size_t len, struct buf *data,
    struct diag *d)
{
	struct regf_cell c;
	uint8_t *room;
	enum status st = regf_cell_open(h, cell, &c, d);

	if (st != ST_OK)
		return st;
	if (len > c.len)
		return diag_set(d, ST_MALFORMED, c.fileoff, "regf: cell",
		    "%zu bytes of data in a cell of %" PRIu32, len, c.len);
	if (len > h->data_left)
		return diag_set(d, ST_LIMIT, c.fileoff, NULL,
		    "more data was read than the file has: values overlap");
	h->data_left -= len;
	if (len <= SEGMENT_LEN) {
		struct slice s;

		st = regf_cell_bytes(h, &c, 0, len, "data", &s, d);
		if (st == ST_OK && !buf_append(data, s.p, s.n))
			st = ST_LIMIT;
	} else {
		room = buf_extend(data, len);
		st = room == NULL ? ST_LIMIT :
		    source_read(&h->src, c.fileoff, room, len, d);
	}
	if (st == ST_LIMIT)
		st = diag_set(d, st, c.fileoff, NULL,
		    "more data than is wanted");
	return st;
}

/* Spec: "Big data". *CELL holds the list of COUNT segments. */
static enum status
big_data_open(struct regf *h, uint32_t cell, struct regf_cell *list,
    uint16_t *count, struct diag *d)
{
	struct regf_cell c;
	struct slice s;
	uint32_t list_cell = REGF_NO_CELL;
	uint16_t sig = 0;
	enum status st = regf_cell_open(h, cell, &c, d);

	if (st == ST_OK)
		st = regf_cell_bytes(h, &c, 0, DB_LEN, "big data", &s, d);
	if (st != ST_OK)
		return st;
	(void)slice_u16le(s, 0, &sig);
	(void)slice_u16le(s, 2, count);
	(void)slice_u32le(s, 4, &list_cell);
	if (sig != SIG_DB)
		return diag_set(d, ST_MALFORMED, c.fileoff, "regf: big data",
		    "cell 0x%" PRIx32 " is no big data", cell);
	return regf_cell_open(h, list_cell, list, d);
}

static enum status
big_data_append(struct regf *h, const struct regf_value *v,
    struct buf *data, struct diag *d)
{
	struct regf_cell list;
	uint32_t left = v->len;
	uint16_t count = 0, i;
	enum status st = big_data_open(h, v->data, &list, &count, d);

	for (i = 0; st == ST_OK && i < count && left > 0; i++) {
		uint32_t n = left < SEGMENT_LEN ? left : SEGMENT_LEN;
		uint32_t cell = REGF_NO_CELL;
		struct slice s;

		st = regf_cell_bytes(h, &list, (size_t)i * 4, 4,
		    "a segment list", &s, d);
		if (st != ST_OK)
			break;
		(void)slice_u32le(s, 0, &cell);
		st = data_append(h, cell, n, data, d);
		left -= n;
	}
	if (st == ST_OK && left > 0)
		st = diag_set(d, ST_MALFORMED, list.fileoff, "regf: big data",
		    "%" PRIu32 " bytes are missing", left);
	return st;
}

/* Does the cell of V hold all of its data in one piece? */
static bool
is_one_piece(struct regf *h, const struct regf_value *v)
{
	struct regf_cell c;

	return v->len <= SEGMENT_LEN || !h->big_data ||
	    (regf_cell_open(h, v->data, &c, NULL) == ST_OK &&
	    c.len >= v->len);
}

enum status
regf_value_data(struct regf *h, const struct regf_value *v,
    struct buf *data, struct diag *d)
{
	enum status st;

	if (v->len > REGF_MAX_VALUE_BYTES)
		st = diag_set(d, ST_LIMIT, DIAG_NOWHERE,
		    "limit: REGF_MAX_VALUE_BYTES", "%" PRIu32 " bytes of data",
		    v->len);
	else if (v->is_inline)
		st = buf_append(data, v->inline_data, v->len) ? ST_OK :
		    diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL,
		    "more data than is wanted");
	else if (v->len == 0)
		st = ST_OK;
	else if (is_one_piece(h, v))
		st = data_append(h, v->data, v->len, data, d);
	else
		st = big_data_append(h, v, data, d);
	if (st != ST_OK)
		diag_wrap(d, "data of value \"%s\"", v->name);
	return st;
}

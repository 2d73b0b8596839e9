/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "json/jsonshape.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "base/status.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEX_MAX		64	/* bytes of the longest: SHA-512 */
#define HEAP_BYTES	17	/* of the heap, and a NUL */

/* ---- fields, by their types ---- */

static uint64_t
get_number(const void *p, size_t size)
{
	uint16_t n16;
	uint32_t n32;
	uint64_t n64;

	if (size == sizeof(n16)) {
		memcpy(&n16, p, size);
		return n16;
	}
	if (size == sizeof(n32)) {
		memcpy(&n32, p, size);
		return n32;
	}
	memcpy(&n64, p, sizeof(n64));
	return n64;
}

static void
set_number(void *p, size_t size, uint64_t n)
{
	uint16_t n16 = (uint16_t)n;
	uint32_t n32 = (uint32_t)n;

	if (size == sizeof(n16))
		memcpy(p, &n16, size);
	else if (size == sizeof(n32))
		memcpy(p, &n32, size);
	else
		memcpy(p, &n, sizeof(n));
}

/* The largest that such a field holds, and JSON. */
static int64_t
number_max(size_t size)
{
	return size == sizeof(uint16_t) ? UINT16_MAX :
	    size == sizeof(uint32_t) ? UINT32_MAX : JSONTAPE_INTEGER_MAX;
}

static void *
get_pointer(const void *p)
{
	void *q;

	memcpy(&q, p, sizeof(q));
	return q;
}

static void
set_pointer(void *p, const void *q)
{
	memcpy(p, &q, sizeof(q));
}

static size_t
count_of(const struct jsonshape *f, const void *p)
{
	size_t n;

	memcpy(&n, (const char *)p + f->count, sizeof(n));
	return n;
}

static bool
is_zero(const void *p, size_t size)
{
	const unsigned char *b = p;
	size_t i;

	for (i = 0; i < size; i++)
		if (b[i] != 0)
			return false;
	return true;
}

static bool	is_blank(const struct jsonshape *f, const void *p);

static bool
all_blank(const struct jsonshape *members, const void *p)
{
	for (; members->name != NULL; members++)
		if (!is_blank(members, p))
			return false;
	return true;
}

/* Is there nothing to tell of the field of P? */
static bool
is_blank(const struct jsonshape *f, const void *p)
{
	const void *at = (const char *)p + f->offset;
	struct version v;
	instant t;

	switch (f->type) {
	case JSONSHAPE_PLACE:
		return get_number(at, f->size) == DIAG_NOWHERE;
	case JSONSHAPE_SIGNED:
		return false;
	case JSONSHAPE_VERSION:
		memcpy(&v, at, sizeof(v));
		return !version_known(v);
	case JSONSHAPE_INSTANT:
		memcpy(&t, at, sizeof(t));
		return t == INSTANT_NONE;
	case JSONSHAPE_OBJECT:
		return all_blank(f->members, at);
	case JSONSHAPE_LIST:
	case JSONSHAPE_TEXTS:
	case JSONSHAPE_HEXES:
		return count_of(f, p) == 0;
	default:
		return is_zero(at, f->size);
	}
}

/* ---- writing ---- */

static void
put_hex(struct jsonout *j, const char *name, const uint8_t *p, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	char text[2 * HEX_MAX + 1];
	size_t i;

	for (i = 0; i < n && i < HEX_MAX; i++) {
		text[2 * i] = digits[p[i] >> 4];
		text[2 * i + 1] = digits[p[i] & 15];
	}
	text[2 * i] = '\0';
	jsonout_text(j, name, text);
}

static void
put_word(struct jsonout *j, const struct jsonshape *f, unsigned value)
{
	const char *word = value < f->max ? f->word(value) : NULL;

	jsonout_text(j, f->name, word != NULL ? word : f->word(0));
}

static void
put_bits(struct jsonout *j, const struct jsonshape *f, unsigned bits)
{
	bool flat;
	unsigned i;

	jsonout_array(j, f->name);
	flat = jsonout_flat(j, true);
	for (i = 0; i < f->max; i++)
		if ((bits & 1U << i) != 0)
			jsonout_text(j, NULL, f->word(i));
	jsonout_end(j);
	(void)jsonout_flat(j, flat);
}

static void
put_struct(struct jsonshape_put *o, const struct jsonshape *f, bool flat,
    const void *p)
{
	jsonout_object(o->j, f->type == JSONSHAPE_LIST ? NULL : f->name);
	flat = jsonout_flat(o->j, flat || o->j->flat);
	jsonshape_put(o, f->members, p);
	jsonout_end(o->j);
	(void)jsonout_flat(o->j, flat);
}

static void
put_list(struct jsonshape_put *o, const struct jsonshape *f, const void *p)
{
	const char *list = get_pointer((const char *)p + f->offset);
	bool flat = o->j->flat;
	size_t i, n = count_of(f, p);

	jsonout_array(o->j, f->name);
	if (f->flat && f->type != JSONSHAPE_LIST)
		flat = jsonout_flat(o->j, true);
	for (i = 0; i < n; i++, list += f->size) {
		if (f->type == JSONSHAPE_TEXTS)
			jsonout_text(o->j, NULL, get_pointer(list));
		else if (f->type == JSONSHAPE_HEXES)
			put_hex(o->j, NULL, (const uint8_t *)list, f->size);
		else
			put_struct(o, f, f->flat, list);
	}
	jsonout_end(o->j);
	(void)jsonout_flat(o->j, flat);
}

static void
put_letter(struct jsonout *j, const char *name, char c)
{
	jsonout_text_or_null(j, name, (const char[]){ c, '\0' });
}

static void
put_number(struct jsonout *j, const struct jsonshape *f, const void *at)
{
	uint64_t n = get_number(at, f->size);

	/* What JSON does not keep exactly is not told. */
	if (n <= (uint64_t)JSONTAPE_INTEGER_MAX)
		jsonout_number(j, f->name, (int64_t)n);
}

/* The types that are one value. */
static void
put_value(struct jsonout *j, const struct jsonshape *f, const void *at)
{
	struct version v;
	instant t;

	switch (f->type) {
	case JSONSHAPE_BOOL:
		jsonout_bool(j, f->name, !is_zero(at, f->size));
		break;
	case JSONSHAPE_SIGNED:
		jsonout_number(j, f->name,
		    (int32_t)get_number(at, sizeof(int)));
		break;
	case JSONSHAPE_LETTER:
		put_letter(j, f->name, *(const char *)at);
		break;
	case JSONSHAPE_WORD:
		put_word(j, f, (unsigned)get_number(at, f->size));
		break;
	case JSONSHAPE_BITS:
		put_bits(j, f, (unsigned)get_number(at, f->size));
		break;
	case JSONSHAPE_VERSION:
		memcpy(&v, at, sizeof(v));
		jsonout_version(j, f->name, v);
		break;
	case JSONSHAPE_INSTANT:
		memcpy(&t, at, sizeof(t));
		jsonout_instant(j, f->name, t);
		break;
	case JSONSHAPE_HEX:
		put_hex(j, f->name, at, f->size);
		break;
	case JSONSHAPE_TEXT:
	case JSONSHAPE_HEX_TEXT:
		jsonout_text(j, f->name, get_pointer(at));
		break;
	default:
		put_number(j, f, at);
	}
}

void
jsonshape_put_one(struct jsonshape_put *o, const struct jsonshape *f,
    const void *p)
{
	const void *at = (const char *)p + f->offset;

	if (f->type == JSONSHAPE_OTHER) {
		f->put(o, f, at);
		return;
	}
	if (!f->need && is_blank(f, p))
		return;
	switch (f->type) {
	case JSONSHAPE_OBJECT:
		put_struct(o, f, f->flat, at);
		break;
	case JSONSHAPE_OWNED:
		put_struct(o, f, f->flat, get_pointer(at));
		break;
	case JSONSHAPE_LIST:
	case JSONSHAPE_TEXTS:
	case JSONSHAPE_HEXES:
		put_list(o, f, p);
		break;
	default:
		put_value(o->j, f, at);
	}
}

void
jsonshape_put(struct jsonshape_put *o, const struct jsonshape *members,
    const void *p)
{
	for (; members->name != NULL; members++)
		jsonshape_put_one(o, members, p);
}

/* ---- reading ---- */

bool
jsonshape_afford(struct jsonshape_take *t, struct jsonin_at at,
    const char *name, size_t bytes)
{
	if (bytes <= t->bytes) {
		t->bytes -= bytes;
		return true;
	}
	t->bytes = 0;
	jsonin_fail(at, name, ST_LIMIT, "takes up too much memory");
	return false;
}

char *
jsonshape_text(struct jsonshape_take *t, struct jsonin_at at,
    const char *name)
{
	const char *text = jsonin_text_or_null(at, name, TEXT_MAX);

	return text != NULL && jsonshape_afford(t, at, name, strlen(text) +
	    HEAP_BYTES) ? xstrdup(text) : NULL;
}

/* The index of TEXT among the words; at F->MAX, there is no such. */
static unsigned
find_word(const struct jsonshape *f, const char *text)
{
	unsigned i;

	for (i = 0; i < f->max; i++)
		if (f->word(i) != NULL && strcmp(f->word(i), text) == 0)
			break;
	return i;
}

static unsigned
take_word(struct jsonin_at at, const char *name, const struct jsonshape *f)
{
	const char *text = jsonin_text_or_null(at, name, TEXT_MAX);
	unsigned value = text != NULL ? find_word(f, text) : 0;

	if (value < f->max)
		return value;
	jsonin_fail(at, name, ST_MALFORMED, "no word that is known here");
	return 0;
}

static unsigned
take_bits(struct jsonin_at at, const struct jsonshape *f)
{
	struct jsonin_items it = jsonin_items(jsonin_array(at, f->name,
	    f->max));
	struct jsonin_at item;
	unsigned bits = 0;

	while (jsonin_each(&it, &item))
		bits |= 1U << take_word(item, NULL, f);
	return bits;
}

static char
take_letter(struct jsonin_at at, const char *name)
{
	const char *text = jsonin_text_or_null(at, name, 1);

	if (text == NULL || (text[0] >= 'A' && text[0] <= 'Z'))
		return text != NULL ? text[0] : 0;
	jsonin_fail(at, name, ST_MALFORMED, "not a letter from A to Z");
	return 0;
}

static char *
take_hex_text(struct jsonshape_take *t, struct jsonin_at at,
    const struct jsonshape *f)
{
	uint8_t bytes[HEX_MAX];

	return jsonin_hex(at, f->name, bytes, f->max) ?
	    jsonshape_text(t, at, f->name) : NULL;
}

static void
take_owned(struct jsonshape_take *t, struct jsonin_at at,
    const struct jsonshape *f, void *p)
{
	struct jsonin_at o = jsonin_object_or_none(at, f->name);
	void *owned;

	if (!jsonin_is_there(o) || !jsonshape_afford(t, at, f->name,
	    f->max + HEAP_BYTES))
		return;
	owned = xcalloc(1, f->max);
	set_pointer(p, owned);
	jsonshape_take(t, o, f->members, owned);
}

static void
take_element(struct jsonshape_take *t, struct jsonin_at item,
    const struct jsonshape *f, void *p)
{
	if (f->type == JSONSHAPE_TEXTS) {
		(void)jsonin_text(item, NULL, TEXT_MAX);
		set_pointer(p, jsonshape_text(t, item, NULL));
	} else if (f->type == JSONSHAPE_HEXES) {
		(void)jsonin_text(item, NULL, TEXT_MAX);
		(void)jsonin_hex(item, NULL, p, f->size);
	} else
		jsonshape_take(t, jsonin_object(item, NULL), f->members, p);
}

static void
take_list(struct jsonshape_take *t, struct jsonin_at at,
    const struct jsonshape *f, void *p)
{
	struct jsonin_at a = jsonin_array(at, f->name, f->max), item;
	struct jsonin_items it = jsonin_items(a);
	size_t n = jsonin_count(a);
	char *list;

	if (n == 0 || !jsonshape_afford(t, at, f->name, n * f->size +
	    HEAP_BYTES))
		return;
	list = xcalloc(n, f->size);
	set_pointer((char *)p + f->offset, list);
	memcpy((char *)p + f->count, &n, sizeof(n));
	for (; jsonin_each(&it, &item); list += f->size)
		take_element(t, item, f, list);
}

static uint64_t
take_number(struct jsonin_at at, const struct jsonshape *f)
{
	int64_t max = number_max(f->size);

	if (f->type == JSONSHAPE_PLACE)
		return jsonin_kind(at, f->name) > JSONTAPE_NULL ?
		    (uint64_t)jsonin_number(at, f->name, 0, max) :
		    DIAG_NOWHERE;
	if (f->type == JSONSHAPE_SIGNED)
		return (uint64_t)jsonin_number(at, f->name, -1, INT32_MAX);
	return (uint64_t)(f->need ? jsonin_number(at, f->name, 0, max) :
	    jsonin_number_or(at, f->name, 0, max, 0));
}

/* The types that are one value; P is where it goes. */
static void
take_value(struct jsonshape_take *t, struct jsonin_at at,
    const struct jsonshape *f, void *p)
{
	struct version v;
	instant i;

	switch (f->type) {
	case JSONSHAPE_TEXT:
		set_pointer(p, jsonshape_text(t, at, f->name));
		break;
	case JSONSHAPE_HEX_TEXT:
		set_pointer(p, take_hex_text(t, at, f));
		break;
	case JSONSHAPE_BOOL:
		*(bool *)p = f->need ? jsonin_bool(at, f->name) :
		    jsonin_bool_or(at, f->name, false);
		break;
	case JSONSHAPE_LETTER:
		*(char *)p = take_letter(at, f->name);
		break;
	case JSONSHAPE_WORD:
		set_number(p, f->size, take_word(at, f->name, f));
		break;
	case JSONSHAPE_BITS:
		set_number(p, f->size, take_bits(at, f));
		break;
	case JSONSHAPE_VERSION:
		v = jsonin_version(at, f->name);
		memcpy(p, &v, sizeof(v));
		break;
	case JSONSHAPE_INSTANT:
		i = jsonin_instant(at, f->name);
		memcpy(p, &i, sizeof(i));
		break;
	case JSONSHAPE_HEX:
		(void)jsonin_hex(at, f->name, p, f->size);
		break;
	default:
		set_number(p, f->size, take_number(at, f));
	}
}

static void
take_needed(struct jsonin_at at, const struct jsonshape *f)
{
	jsonin_require(at, f->name);
	if (!f->or_null && jsonin_kind(at, f->name) == JSONTAPE_NULL)
		jsonin_fail(at, f->name, ST_MALFORMED, "null");
}

void
jsonshape_take_one(struct jsonshape_take *t, struct jsonin_at at,
    const struct jsonshape *f, void *p)
{
	void *field = (char *)p + f->offset;

	if (f->need)
		take_needed(at, f);
	switch (f->type) {
	case JSONSHAPE_OTHER:
		f->take(t, at, f, field);
		break;
	case JSONSHAPE_OBJECT:
		at = jsonin_object_or_none(at, f->name);
		if (jsonin_is_there(at))
			jsonshape_take(t, at, f->members, field);
		break;
	case JSONSHAPE_OWNED:
		take_owned(t, at, f, field);
		break;
	case JSONSHAPE_LIST:
	case JSONSHAPE_TEXTS:
	case JSONSHAPE_HEXES:
		take_list(t, at, f, p);
		break;
	default:
		take_value(t, at, f, field);
	}
}

void
jsonshape_take(struct jsonshape_take *t, struct jsonin_at at,
    const struct jsonshape *members, void *p)
{
	for (; members->name != NULL; members++)
		jsonshape_take_one(t, at, members, p);
}

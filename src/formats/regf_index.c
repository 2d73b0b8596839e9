/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/regf_index.h"
#include "base/alloc.h"
#include "base/utf.h"
#include "formats/marvin32.h"

#include <stdlib.h>

/* Chains of places with the same head, in order. 0 is nothing, and place NO
 * is NO + 1. */
struct regf_index {
	size_t		 mask;		/* of heads: a power of two less 1 */
	uint32_t	*first, *last;	/* owned, by head */
	struct place {
		uint32_t	hash;
		uint32_t	next;
	}		*places;	/* owned */
};

struct regf_index *
regf_index_new(size_t count)
{
	struct regf_index *x = xcalloc(1, sizeof(*x));
	size_t heads = 1;

	while (heads < count)
		heads *= 2;
	x->mask = heads - 1;
	x->first = xcalloc(heads, sizeof(*x->first));
	x->last = xcalloc(heads, sizeof(*x->last));
	x->places = xcalloc(count, sizeof(*x->places));
	return x;
}

void
regf_index_free(struct regf_index *x)
{
	if (x == NULL)
		return;
	free(x->first);
	free(x->last);
	free(x->places);
	free(x);
}

static void
add_unit(struct marvin32 *m, uint16_t unit)
{
	const uint8_t bytes[] = { (uint8_t)unit, (uint8_t)(unit >> 8) };

	marvin32_add(m, slice_of(bytes, sizeof(bytes), 0));
}

static uint32_t
hash_end(struct marvin32 *m)
{
	uint64_t hash = marvin32_end(m);

	return (uint32_t)(hash ^ hash >> 32);
}

void
regf_index_add(struct regf_index *x, size_t no, struct regf_name name)
{
	struct cursor c = cursor_of(name.bytes);
	size_t width = name.latin1 ? 1 : 2;
	struct marvin32 m;
	uint32_t *last, place = (uint32_t)no + 1;

	marvin32_init(&m, 0);
	while (cursor_left(&c) >= width)
		add_unit(&m, utf_upcase(name.latin1 ? cursor_u8(&c) :
		    cursor_u16le(&c)));
	x->places[no].hash = hash_end(&m);
	last = &x->last[x->places[no].hash & x->mask];
	if (*last != 0)
		x->places[*last - 1].next = place;
	else
		x->first[x->places[no].hash & x->mask] = place;
	*last = place;
}

bool
regf_index_next(const struct regf_index *x, struct slice text, size_t *at,
    size_t *no)
{
	struct regf_units u = regf_units_of(text);
	struct marvin32 m;
	uint32_t hash, place;
	uint16_t unit;

	marvin32_init(&m, 0);
	while (regf_units_next(&u, &unit))
		add_unit(&m, unit);
	hash = hash_end(&m);
	place = *at == 0 ? x->first[hash & x->mask] : x->places[*at - 1].next;
	while (place != 0 && x->places[place - 1].hash != hash)
		place = x->places[place - 1].next;
	if (place == 0)
		return false;
	*at = place;
	*no = place - 1;
	return true;
}

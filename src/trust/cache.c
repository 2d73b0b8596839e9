/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/cache.h"

#include "base/alloc.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

/* Slots that the same bytes may be in. */
#define SET_SLOTS	4
#define SETS		(CACHE_SLOTS / SET_SLOTS)

static bool is_off;

void
cache_switch(bool on)
{
	is_off = !on;
}

/*
 * FNV-1a of eight bytes at a time, folded: where to look, and no more than
 * that. Who makes bytes that all lie in one set has them decoded again, as
 * without a cache.
 */
static struct cache_slot *
set_of(struct cache *c, struct slice bytes)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325), word;
	size_t i, n;

	for (i = 0; i < bytes.n; i += n) {
		n = bytes.n - i < sizeof(word) ? bytes.n - i : sizeof(word);
		word = 0;
		memcpy(&word, bytes.p + i, n);
		h = (h ^ word) * UINT64_C(0x100000001b3);
		h ^= h >> 32;
	}
	return &c->slots[h % SETS * SET_SLOTS];
}

static bool
is_kept(struct slice bytes)
{
	return !is_off && bytes.n > 0 && bytes.n <= CACHE_MAX_BYTES;
}

/* The slot of SET that has just these bytes, or NULL. */
static struct cache_slot *
find(struct cache_slot *set, struct slice bytes)
{
	size_t i;

	for (i = 0; i < SET_SLOTS; i++)
		if (set[i].bytes != NULL && slice_equal(bytes,
		    slice_of(set[i].bytes, set[i].len, 0)))
			return &set[i];
	return NULL;
}

void *
cache_get(struct cache *c, struct slice bytes)
{
	const struct cache_slot *slot;
	struct cache_slot *set;
	void *copy = NULL;

	if (!is_kept(bytes))
		return NULL;
	set = set_of(c, bytes);
	pthread_mutex_lock(&c->lock);
	slot = find(set, bytes);
	if (slot != NULL)
		copy = c->copy(slot->thing);
	pthread_mutex_unlock(&c->lock);
	return copy;
}

/* A slot of SET with nothing in it. */
static struct cache_slot *
make_room(struct cache *c, struct cache_slot *set)
{
	struct cache_slot *slot;
	size_t i;

	for (i = 0; i < SET_SLOTS; i++)
		if (set[i].bytes == NULL)
			return &set[i];
	slot = &set[c->turn++ % SET_SLOTS];
	free(slot->bytes);
	c->drop(slot->thing);
	return slot;
}

void
cache_put(struct cache *c, struct slice bytes, void *thing)
{
	struct cache_slot *set, *slot;

	if (!is_kept(bytes))
		return;
	set = set_of(c, bytes);
	pthread_mutex_lock(&c->lock);
	/* Another thread may have made the same meanwhile. */
	if (find(set, bytes) == NULL) {
		slot = make_room(c, set);
		slot->bytes = xmemdup(bytes.p, bytes.n);
		slot->len = bytes.n;
		slot->thing = c->copy(thing);
	}
	pthread_mutex_unlock(&c->lock);
}

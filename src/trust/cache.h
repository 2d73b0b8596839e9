/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_CACHE_H
#define ROLLCALL_TRUST_CACHE_H

#include "base/slice.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What was made of bytes that come again and again: the keys and the
 * certificates of one publisher are in every file, and who signed whom. A
 * thing is found by all of its bytes, never by a digest of them, so that no
 * file can put anything in the place of another's; and it is what those bytes
 * alone say, so that nothing that is found depends on what was read before.
 *
 * Any thread may ask. What is in it is never handed out but as a copy.
 *
 * Limits:  CACHE_SLOTS things, of at most CACHE_MAX_BYTES each; the newest
 *          stay.
 */
#define CACHE_SLOTS	512

struct cache_slot {
	uint8_t		*bytes;		/* NULL: free */
	size_t		 len;
	void		*thing;
};

struct cache {
	/* A copy of a thing, which stays as it is; called with the lock. */
	void		*(*copy)(void *thing);
	void		 (*drop)(void *thing);
	pthread_mutex_t	 lock;
	unsigned	 turn;		/* which of a set makes room next */
	struct cache_slot slots[CACHE_SLOTS];
};

#define CACHE_INIT(copier, dropper) \
	{ .copy = (copier), .drop = (dropper), \
	    .lock = PTHREAD_MUTEX_INITIALIZER }

/* A copy, the caller's own, of what was made of BYTES; NULL when it is not
 * known. */
void	*cache_get(struct cache *c, struct slice bytes);

/* Remember what was made of BYTES: a copy of THING, which stays the
 * caller's. */
void	 cache_put(struct cache *c, struct slice bytes, void *thing);

/*
 * For tests, before other threads run: with false, no cache of the program
 * knows anything, nor learns it.
 */
void	 cache_switch(bool on);

#endif

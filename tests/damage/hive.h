/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TESTS_HIVE_H
#define ROLLCALL_TESTS_HIVE_H

#include "state.h"
#include "wrap.h"

/*
 * A host that shows the volume of S with the bytes of one hive damaged as D
 * says: through copies of its hives, opened as a volume of their own.
 *
 * In:      FILES shows the volume. RNG picks the place. D->kind HIVE_COUNT
 *          copies without damage.
 * Out:     *RECORD is what the damage lies in, its texts the caller's to
 *          free; *WHERE says which bytes it was, to be freed.
 * Returns: NULL when the volume has no hive to damage.
 */
struct host	*hive_damaged(const struct state *s, struct host *files,
		    const struct damage *d, uint64_t *rng,
		    struct record *record, char **where);

/* Ends the host that hive_damaged() has made, with its copies. */
void		hive_close_damaged(struct host *h);

#endif

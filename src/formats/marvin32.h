/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_MARVIN32_H
#define ROLLCALL_FORMATS_MARVIN32_H

#include "base/slice.h"

#include <stdint.h>

/*
 * Marvin32 (US patent 20130262421), the keyed checksum of entries in
 * transaction logs, fed piece by piece. It tells a torn write from a whole
 * one and protects against nobody.
 */
struct marvin32 {
	uint32_t	lo, hi;		/* state */
	uint32_t	word;		/* bytes not yet mixed in */
	unsigned	held;		/* how many of them, 0 to 3 */
};

void		marvin32_init(struct marvin32 *m, uint64_t seed);
void		marvin32_add(struct marvin32 *m, struct slice s);

/* The checksum of all that was added; M is used up. */
uint64_t	marvin32_end(struct marvin32 *m);

#endif

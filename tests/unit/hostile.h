/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TESTS_HOSTILE_H
#define ROLLCALL_TESTS_HOSTILE_H

#include "base/slice.h"

#include <stddef.h>
#include <stdint.h>

typedef void hostile_fn(struct slice s);

/*
 * Hand FN damaged copies of the N bytes at P: cut off at every place, and
 * with every byte set to 00, 7f, 80 and ff in turn. STEP > 1 takes every
 * STEPth place only. Each copy ends where its storage ends, so that
 * AddressSanitizer sees a read behind it. ROLLCALL_HOSTILE_ONCE in the
 * environment makes one round of each loop.
 */
void	hostile_sweep(const uint8_t *p, size_t n, size_t step,
	    hostile_fn *fn);

/*
 * What the longest loops take their steps by, where a run takes one case in so
 * many of the long suites (ROLLCALL_ONE_IN): odd, so that it takes turns with
 * what has a place in words. Under AddressSanitizer, which they are for, 1.
 */
size_t	hostile_one_in(void);

/* TIMES copies with 1 to 8 random bytes changed; the same for one SEED. */
void	hostile_flips(const uint8_t *p, size_t n, unsigned times,
	    uint32_t seed, hostile_fn *fn);

#endif

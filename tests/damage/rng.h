/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TESTS_RNG_H
#define ROLLCALL_TESTS_RNG_H

#include <stdint.h>

/* Numbers that are the same on every machine (splitmix64). */
static inline uint64_t
rng_next(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

/* One of 0 to N - 1; 0 where N is 0. */
static inline uint64_t
rng_below(uint64_t *state, uint64_t n)
{
	return n != 0 ? rng_next(state) % n : 0;
}

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "hostile.h"
#include "base/alloc.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

size_t
hostile_one_in(void)
{
#ifdef __SANITIZE_ADDRESS__
	return 1;
#else
	const char *text = getenv("ROLLCALL_ONE_IN");
	unsigned long n = text != NULL ? strtoul(text, NULL, 10) : 1;

	return n < 1 || n > 100 ? 1 : n | 1;
#endif
}

/* Under valgrind one round shows what a thousand would, in time. */
static bool
once(void)
{
	return getenv("ROLLCALL_HOSTILE_ONCE") != NULL;
}

static void
cut(const uint8_t *p, size_t n, hostile_fn *fn)
{
	/* Not xmemdup(), which gives an empty copy a byte of storage. */
	uint8_t *copy = n == 0 ? NULL : xmemdup(p, n);

	fn(slice_of(copy, n, 0));
	free(copy);
}

void
hostile_sweep(const uint8_t *p, size_t n, size_t step, hostile_fn *fn)
{
	static const uint8_t set[] = { 0x00, 0x7f, 0x80, 0xff };
	uint8_t *copy = xmemdup(p, n);
	size_t i, k, first = 0;

	if (once()) {
		first = n / 2;
		step = n;
	}
	for (i = first; i < n; i += step)
		cut(p, i, fn);
	for (i = first; i < n; i += step) {
		for (k = 0; k < sizeof(set); k++) {
			copy[i] = set[k];
			fn(slice_of(copy, n, 0));
		}
		copy[i] = p[i];
	}
	free(copy);
}

/* Numerical Recipes' generator: small, and the same everywhere. */
static uint32_t
next_random(uint32_t *x)
{
	*x = *x * 1664525 + 1013904223;
	return *x >> 8;
}

void
hostile_flips(const uint8_t *p, size_t n, unsigned times, uint32_t seed,
    hostile_fn *fn)
{
	uint32_t x = seed, k;

	if (once() && times > 1)
		times = 1;
	printf("# %u copies from seed %" PRIu32 "\n", times, seed);
	while (times-- > 0) {
		uint8_t *copy = xmemdup(p, n);

		for (k = next_random(&x) % 8 + 1; k > 0; k--) {
			size_t at = next_random(&x) % n;

			copy[at] = (uint8_t)next_random(&x);
		}
		fn(slice_of(copy, n, 0));
		free(copy);
	}
}

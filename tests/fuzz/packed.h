/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TESTS_PACKED_H
#define ROLLCALL_TESTS_PACKED_H

#include "base/slice.h"

#include <stdint.h>

/*
 * A hive and its logs in one input, as "mkdirty.py pack" makes it: a byte of
 * flags, then the hive, LOG1, LOG2 and LOG, each with its length in four
 * bytes before it. What is not there is empty, what is too long is cut off.
 */
struct packed {
	uint8_t		flags;
	struct slice	parts[4];
};

static inline struct packed
packed_of(struct slice s)
{
	struct cursor c = cursor_of(s);
	struct packed p = { .flags = cursor_u8(&c) };
	size_t i;

	for (i = 0; i < 4 && cursor_left(&c) >= 4; i++) {
		size_t len = cursor_u32le(&c), left = cursor_left(&c);

		p.parts[i] = cursor_take(&c, len < left ? len : left);
		p.parts[i].fileoff = 0;
	}
	return p;
}

#endif

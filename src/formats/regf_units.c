/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/regf_impl.h"

#include "base/utf.h"

struct regf_units
regf_units_of(struct slice text)
{
	const char *p = (const char *)text.p;

	return (struct regf_units){ p, p + text.n, 0 };
}

bool
regf_units_next(struct regf_units *u, uint16_t *out)
{
	uint32_t c;

	if (u->low != 0) {
		*out = u->low;
		u->low = 0;
		return true;
	}
	if (u->at >= u->end)
		return false;
	c = utf8_next(&u->at);
	if (c >= 0x10000) {
		u->low = (uint16_t)(0xdc00 + (c & 0x3ff));
		*out = (uint16_t)(0xd800 + ((c - 0x10000) >> 10));
	} else
		*out = utf_upcase((uint16_t)c);
	return true;
}

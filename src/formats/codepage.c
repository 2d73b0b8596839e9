/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/codepage.h"
#include "base/utf.h"

#define CODEPAGE_1252	1252
#define CODEPAGE_UTF8	65001
#define REPLACEMENT	0xfffd

/* Where 1252 differs from Latin-1: 0x80 to 0x9f. */
static const uint16_t high_1252[32] = {
	0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd,
	0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
};

static uint16_t
unit_of(unsigned codepage, uint8_t byte)
{
	if (byte < 0x80)
		return byte;
	if (codepage != CODEPAGE_1252)
		return REPLACEMENT;
	return byte < 0xa0 ? high_1252[byte - 0x80] : byte;
}

bool
codepage_decode(unsigned codepage, struct slice s, struct buf *out)
{
	struct cursor c = cursor_of(s);

	if (codepage == CODEPAGE_UTF8 && utf8_valid(s))
		return buf_append(out, s.p, s.n);
	while (cursor_left(&c) > 0) {
		uint16_t unit = unit_of(codepage, cursor_u8(&c));
		uint8_t le[2] = { (uint8_t)unit, (uint8_t)(unit >> 8) };

		if (!utf_from_utf16le(slice_of(le, sizeof(le), 0), out))
			return false;
	}
	return true;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/plain.h"

#include "base/utf.h"

#include <stdbool.h>
#include <stddef.h>

enum sort {
	SORT_ODD,		/* whatever stands in no row below */
	SORT_LETTER,
	SORT_BLANK,
	SORT_HYPHEN,
	SORT_UNSEEN,
	SORT_ACCENT,		/* of the letter before it */
	SORT_RELATION,		/* says that another number is meant */
};

/*
 * Unicode 15, beyond ASCII, in order. Blanks are Zs and what stands between
 * words: quotes, bullets, arrows, pictures. Hyphens are Pd and the minus
 * sign. Unseen is Cf. Of the letters, those of scripts that localized
 * Windows is written in, and accents that stand by themselves. All else,
 * digits (N) and other marks (M) among it, is odd.
 */
static const struct range {
	uint32_t	 from, to;
	enum sort	 sort;
} ranges[] = {
	{ 0xa0, 0xa9, SORT_BLANK }, { 0xab, 0xac, SORT_BLANK },
	{ 0xad, 0xad, SORT_UNSEEN }, { 0xae, 0xb0, SORT_BLANK },
	{ 0xb4, 0xb4, SORT_BLANK }, { 0xb6, 0xb8, SORT_BLANK },
	{ 0xbb, 0xbb, SORT_BLANK }, { 0xbf, 0xbf, SORT_BLANK },
	{ 0xc0, 0xd6, SORT_LETTER }, { 0xd7, 0xd7, SORT_BLANK },
	{ 0xd8, 0xf6, SORT_LETTER }, { 0xf7, 0xf7, SORT_BLANK },
	{ 0xf8, 0x24f, SORT_LETTER },
	{ 0x300, 0x36f, SORT_ACCENT },
	{ 0x386, 0x386, SORT_LETTER }, { 0x388, 0x3ff, SORT_LETTER },
	{ 0x400, 0x481, SORT_LETTER }, { 0x48a, 0x52f, SORT_LETTER },
	{ 0x58a, 0x58a, SORT_HYPHEN }, { 0x5be, 0x5be, SORT_HYPHEN },
	{ 0x5d0, 0x5ea, SORT_LETTER }, { 0x600, 0x605, SORT_UNSEEN },
	{ 0x61c, 0x61c, SORT_UNSEEN }, { 0x620, 0x64a, SORT_LETTER },
	{ 0xe01, 0xe30, SORT_LETTER },
	{ 0x1400, 0x1400, SORT_HYPHEN }, { 0x1680, 0x1680, SORT_BLANK },
	{ 0x1806, 0x1806, SORT_HYPHEN }, { 0x180e, 0x180e, SORT_UNSEEN },
	{ 0x1e00, 0x1eff, SORT_LETTER },
	{ 0x2000, 0x200a, SORT_BLANK }, { 0x200b, 0x200f, SORT_UNSEEN },
	{ 0x2010, 0x2015, SORT_HYPHEN }, { 0x2016, 0x2029, SORT_BLANK },
	{ 0x202a, 0x202e, SORT_UNSEEN }, { 0x202f, 0x2043, SORT_BLANK },
	{ 0x2045, 0x205f, SORT_BLANK }, { 0x2060, 0x206f, SORT_UNSEEN },
	{ 0x20a0, 0x20c0, SORT_BLANK }, { 0x2116, 0x2116, SORT_BLANK },
	{ 0x2122, 0x2122, SORT_BLANK }, { 0x2190, 0x2211, SORT_BLANK },
	{ 0x2212, 0x2212, SORT_HYPHEN }, { 0x2213, 0x225f, SORT_BLANK },
	{ 0x2260, 0x2260, SORT_RELATION }, { 0x2261, 0x2263, SORT_BLANK },
	{ 0x2264, 0x226b, SORT_RELATION }, { 0x226c, 0x226d, SORT_BLANK },
	{ 0x226e, 0x227b, SORT_RELATION }, { 0x227c, 0x23ff, SORT_BLANK },
	{ 0x2500, 0x2775, SORT_BLANK }, { 0x2794, 0x2bff, SORT_BLANK },
	{ 0x2e17, 0x2e17, SORT_HYPHEN }, { 0x2e1a, 0x2e1a, SORT_HYPHEN },
	{ 0x2e3a, 0x2e3b, SORT_HYPHEN }, { 0x2e40, 0x2e40, SORT_HYPHEN },
	{ 0x2e5d, 0x2e5d, SORT_HYPHEN },
	{ 0x3000, 0x3003, SORT_BLANK }, { 0x3008, 0x301b, SORT_BLANK },
	{ 0x301c, 0x301c, SORT_HYPHEN }, { 0x301d, 0x3020, SORT_BLANK },
	{ 0x3030, 0x3030, SORT_HYPHEN }, { 0x3041, 0x3096, SORT_LETTER },
	{ 0x30a0, 0x30a0, SORT_HYPHEN }, { 0x30a1, 0x30fa, SORT_LETTER },
	{ 0x30fb, 0x30fb, SORT_BLANK }, { 0x30fc, 0x30fc, SORT_LETTER },
	{ 0x3400, 0x4dbf, SORT_LETTER }, { 0x4e00, 0x9fff, SORT_LETTER },
	{ 0xac00, 0xd7a3, SORT_LETTER },
	{ 0xfe31, 0xfe32, SORT_HYPHEN }, { 0xfe58, 0xfe58, SORT_HYPHEN },
	{ 0xfe63, 0xfe63, SORT_HYPHEN }, { 0xfeff, 0xfeff, SORT_UNSEEN },
	{ 0xff08, 0xff09, SORT_BLANK }, { 0xff0c, 0xff0c, SORT_BLANK },
	{ 0xff0d, 0xff0d, SORT_HYPHEN }, { 0xff1a, 0xff1b, SORT_BLANK },
	{ 0xfff9, 0xfffb, SORT_UNSEEN },
	{ 0x10d6e, 0x10d6e, SORT_HYPHEN }, { 0x10ead, 0x10ead, SORT_HYPHEN },
	{ 0x1f300, 0x1faff, SORT_BLANK },
	{ 0xe0001, 0xe007f, SORT_UNSEEN },
};

static enum sort
sort_of(uint32_t c)
{
	size_t low = 0, high = sizeof(ranges) / sizeof(ranges[0]), mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (c > ranges[mid].to)
			low = mid + 1;
		else
			high = mid;
	}
	return low < sizeof(ranges) / sizeof(ranges[0]) &&
	    c >= ranges[low].from ? ranges[low].sort : SORT_ODD;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static void
put_ascii(struct buf *out, char c)
{
	if (c == '\t' || c == '\r' || c == '\n')
		c = ' ';
	buf_putc(out, (unsigned char)c < ' ' || c == '\x7f' ? PLAIN_ODD : c);
}

/* Would AT, behind what is in OUT, go on with a number? */
static bool
inside_number(const struct buf *out, const char *at)
{
	char before = out->len != 0 ? (char)out->p[out->len - 1] : '\0';

	if (is_digit(*at))
		return is_digit(before) || before == '.';
	return is_digit(before) && *at == '.' && is_digit(at[1]);
}

/* AT is the character of sort S, NEXT stands behind it. */
static void
put_other(struct buf *out, const char *at, const char *next, enum sort s)
{
	switch (s) {
	case SORT_LETTER:
		buf_append(out, at, (size_t)(next - at));
		break;
	case SORT_BLANK:
		buf_putc(out, ' ');
		break;
	case SORT_HYPHEN:
		buf_putc(out, '-');
		break;
	case SORT_RELATION:
		buf_puts(out, "!=");
		break;
	case SORT_UNSEEN:
		if (inside_number(out, next))
			buf_putc(out, PLAIN_ODD);
		break;
	case SORT_ACCENT:
		if (out->len == 0 || is_digit((char)out->p[out->len - 1]))
			buf_putc(out, PLAIN_ODD);
		break;
	case SORT_ODD:
		buf_putc(out, PLAIN_ODD);
		break;
	}
}

void
plain_text(const char *text, struct buf *out)
{
	const char *p = text, *at;
	uint32_t c;

	for (at = p; (c = utf8_next(&p)) != 0; at = p)
		if (c < 0x80)
			put_ascii(out, (char)c);
		else
			put_other(out, at, p, sort_of(c));
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/utf.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "base/upcase_table.h"

#include <string.h>

#define REPLACEMENT	0xfffd

static bool
put_utf8(struct buf *out, uint32_t c)
{
	uint8_t b[4];

	if (c < 0x80) {
		b[0] = (uint8_t)c;
		return buf_append(out, b, 1);
	}
	if (c < 0x800) {
		b[0] = (uint8_t)(0xc0 | c >> 6);
		b[1] = (uint8_t)(0x80 | (c & 0x3f));
		return buf_append(out, b, 2);
	}
	if (c < 0x10000) {
		b[0] = (uint8_t)(0xe0 | c >> 12);
		b[1] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
		b[2] = (uint8_t)(0x80 | (c & 0x3f));
		return buf_append(out, b, 3);
	}
	b[0] = (uint8_t)(0xf0 | c >> 18);
	b[1] = (uint8_t)(0x80 | (c >> 12 & 0x3f));
	b[2] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
	b[3] = (uint8_t)(0x80 | (c & 0x3f));
	return buf_append(out, b, 4);
}

/* ------------------------------------------------- eight bytes at a time */

#define EACH(b)		(UINT64_MAX / 255 * (b))	/* so that all are B */
#define TOP_BITS	EACH(0x80)

/* Not 0 when some byte of V is less than N, which is at most 0x80. The bytes
 * behind the first such one may borrow from it: which they are is not told. */
static inline uint64_t
some_below(uint64_t v, unsigned n)
{
	return (v - EACH(n)) & ~v & TOP_BITS;
}

static inline uint64_t
some_equal(uint64_t v, unsigned b)
{
	return some_below(v ^ EACH(b), 1);
}

static inline uint64_t
some_unprintable(uint64_t v)
{
	return (v & TOP_BITS) | some_below(v, 0x20) | some_equal(v, 0x7f);
}

bool
utf_is_ascii(struct slice s)
{
	struct cursor c = cursor_of(s);
	uint8_t b;

	while (cursor_left(&c) >= 8) {
		uint64_t v = cursor_u64le(&c);

		if (((v & TOP_BITS) | some_below(v, 1)) != 0)
			return false;
	}
	while (cursor_left(&c) > 0) {
		b = cursor_u8(&c);
		if (b == 0 || b >= 0x80)
			return false;
	}
	return true;
}

size_t
utf_printable(const char *s, size_t len)
{
	size_t n = 0;

	while (len - n >= 8 && some_unprintable(le64((const uint8_t *)s + n))
	    == 0)
		n += 8;
	while (n < len && s[n] >= 0x20 && s[n] < 0x7f)
		n++;
	return n;
}

size_t
utf_unquoted(const char *s, size_t len)
{
	size_t n = 0;

	while (len - n >= 8) {
		uint64_t v = le64((const uint8_t *)s + n);

		if ((some_unprintable(v) | some_equal(v, '"') |
		    some_equal(v, '\\')) != 0)
			break;
		n += 8;
	}
	while (n < len && s[n] >= 0x20 && s[n] < 0x7f && s[n] != '"' &&
	    s[n] != '\\')
		n++;
	return n;
}

/* ---------------------------------------------------------------- UTF-16 */

#define UNITS(u)	(UINT64_MAX / 65535 * (uint64_t)(u))	/* four of U */

/* Are the four units of V ASCII and no NUL? */
static inline bool
four_ascii(uint64_t v)
{
	return (v & UNITS(0xff80)) == 0 &&
	    ((v + UNITS(0x7f)) & UNITS(0x80)) == UNITS(0x80);
}

/* Bytes of the ASCII at the start of S, two a unit. */
static size_t
ascii_run(struct slice s)
{
	size_t n = 0;

	while (s.n - n >= 8 && four_ascii(le64(s.p + n)))
		n += 8;
	while (s.n - n >= 2 && s.p[n + 1] == 0 && s.p[n] < 0x80 &&
	    s.p[n] != 0)
		n += 2;
	return n;
}

/* Nearly all text is ASCII: append the run of it at the cursor. */
static bool
take_ascii(struct cursor *c, struct buf *out)
{
	struct slice s = { 0 };
	uint8_t *to;
	size_t n, i;

	if (!slice_from(c->in, c->at, &s))
		return true;
	n = ascii_run(s);
	if (n == 0)
		return true;
	to = buf_extend(out, n / 2);
	for (i = 0; to != NULL && i < n / 2; i++)
		to[i] = s.p[2 * i];
	cursor_skip(c, n);
	return to != NULL;
}

static bool
from_utf16le(struct slice s, bool stop_at_nul, struct buf *out)
{
	struct cursor c = cursor_of(s), ahead;

	while (take_ascii(&c, out) && cursor_left(&c) >= 2) {
		uint32_t u = cursor_u16le(&c), lo;

		ahead = c;
		if (u == 0 && stop_at_nul)
			break;
		if (u >= 0xd800 && u < 0xe000) {
			lo = cursor_u16le(&ahead);
			if (u < 0xdc00 && !ahead.bad && lo >= 0xdc00 &&
			    lo < 0xe000) {
				u = 0x10000 + ((u - 0xd800) << 10) +
				    (lo - 0xdc00);
				c = ahead;
			} else
				u = REPLACEMENT;
		}
		if (!put_utf8(out, u))
			return false;
	}
	return !out->full;
}

bool
utf_from_utf16le(struct slice s, struct buf *out)
{
	return from_utf16le(s, false, out);
}

bool
utf_from_utf16le_sz(struct slice s, struct buf *out)
{
	return from_utf16le(s, true, out);
}

bool
utf_from_latin1(struct slice s, struct buf *out)
{
	struct cursor c = cursor_of(s);

	while (cursor_left(&c) > 0)
		if (!put_utf8(out, cursor_u8(&c)))
			return false;
	return true;
}

/* Bytes that the lead byte B announces; 0 when it cannot lead. */
static unsigned
sequence_len(uint8_t b)
{
	if (b < 0x80)
		return 1;
	if (b >= 0xc2 && b < 0xe0)
		return 2;
	if (b >= 0xe0 && b < 0xf0)
		return 3;
	if (b >= 0xf0 && b < 0xf5)
		return 4;
	return 0;
}

uint32_t
utf8_next(const char **s)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	static const uint8_t mask[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	const uint8_t *p = (const uint8_t *)*s;
	unsigned n = sequence_len(p[0]), i;
	uint32_t c;

	if (p[0] == 0)
		return 0;
	++*s;
	if (n == 0)
		return REPLACEMENT;
	c = p[0] & mask[n];
	for (i = 1; i < n; i++) {
		/* A NUL ends the text and is no continuation byte. */
		if ((p[i] & 0xc0) != 0x80)
			return REPLACEMENT;
		c = c << 6 | (p[i] & 0x3f);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return REPLACEMENT;
	*s += n - 1;
	return c;
}

bool
utf8_valid(struct slice s)
{
	struct cursor c = cursor_of(s);

	while (cursor_left(&c) > 0) {
		char seq[5] = { 0 };
		const char *at = seq;
		unsigned n, i;

		seq[0] = (char)cursor_u8(&c);
		n = sequence_len((uint8_t)seq[0]);
		for (i = 1; i < n; i++)
			seq[i] = (char)cursor_u8(&c);
		if (c.bad || n == 0)
			return false;
		if (seq[0] == '\0')
			continue;
		(void)utf8_next(&at);
		if (at != seq + n)
			return false;
	}
	return true;
}

bool
utf8_clean(const char *s, struct buf *out)
{
	uint32_t c;

	while ((c = utf8_next(&s)) != 0)
		if (!put_utf8(out, c))
			return false;
	return true;
}

static bool
put_utf16le(struct buf *out, uint32_t u)
{
	uint8_t b[2] = { (uint8_t)u, (uint8_t)(u >> 8) };

	return buf_append(out, b, 2);
}

bool
utf_to_utf16le(const char *s, struct buf *out)
{
	uint32_t c;

	while ((c = utf8_next(&s)) != 0) {
		bool ok;

		if (c < 0x10000)
			ok = put_utf16le(out, c);
		else
			ok = put_utf16le(out, 0xd800 + ((c - 0x10000) >> 10)) &&
			    put_utf16le(out, 0xdc00 + ((c - 0x10000) & 0x3ff));
		if (!ok)
			return false;
	}
	return true;
}

uint16_t
utf_upcase(uint16_t u)
{
	size_t lo = 0, hi = sizeof(upcase_runs) / sizeof(upcase_runs[0]);

	if (u < 0x80)
		return u >= 'a' && u <= 'z' ? (uint16_t)(u - 32) : u;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const struct upcase_run *r = &upcase_runs[mid];

		if (u < r->first)
			hi = mid;
		else if (u > r->last)
			lo = mid + 1;
		else if ((u - r->first) % r->step == 0)
			return (uint16_t)(u + r->delta);
		else
			break;
	}
	return u;
}

static uint32_t
next_folded(const char **s)
{
	uint32_t c = utf8_next(s);

	return c < 0x10000 ? utf_upcase((uint16_t)c) : c;
}

/* The next one of S, of which nearly all are ASCII. */
static inline uint32_t
next_quickly(const char **s)
{
	unsigned char c = (unsigned char)**s;

	if (c == '\0' || c >= 0x80)
		return next_folded(s);
	++*s;
	return c >= 'a' && c <= 'z' ? c - 32U : c;
}

int
utf_casecmp(const char *a, const char *b)
{
	for (;;) {
		uint32_t ca = next_quickly(&a), cb = next_quickly(&b);

		if (ca != cb)
			return ca < cb ? -1 : 1;
		if (ca == 0)
			return 0;
	}
}

bool
utf_case_prefix(const char *s, const char *prefix)
{
	uint32_t c;

	while ((c = next_folded(&prefix)) != 0)
		if (next_folded(&s) != c)
			return false;
	return true;
}

char *
utf_fold_dup(const char *s)
{
	struct buf b;
	uint32_t c;

	/* Folding may lengthen a sequence by a byte, never more. */
	buf_init(&b, strlen(s) * 2 + 8);
	while ((c = next_folded(&s)) != 0)
		if (!put_utf8(&b, c))
			break;
	return buf_take(&b);
}

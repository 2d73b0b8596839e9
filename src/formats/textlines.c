/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/textlines.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "base/utf.h"
#include "formats/codepage.h"

#include <stdlib.h>
#include <string.h>

#define CHUNK		(16 * 1024)	/* bytes looked at in one piece */

#define HEAD		1024		/* bytes of a line that IS sees */

#define CODEPAGE	1252		/* of bytes that are no UTF-8 */
#define MARK		0xfeff
#define MARK_SWAPPED	0xfffe
#define MARK_UTF8	"\xef\xbb\xbf"

struct textlines {
	struct window	*w;
	uint64_t	 size;
	uint64_t	 body;		/* where the text begins */
	unsigned	 unit;		/* bytes of a character's unit: 1, 2 */
	unsigned	 low;		/* place of its low byte */
	uint64_t	 at;
	struct buf	 raw;		/* of the line that is read */
};

/* Which half of each of the first two units is NUL? */
static void
guess(struct textlines *t, struct slice s)
{
	struct cursor c = cursor_of(s);
	uint8_t a = cursor_u8(&c), b = cursor_u8(&c);
	uint8_t x = cursor_u8(&c), y = cursor_u8(&c);

	if (c.bad || (a == 0) == (b == 0) || (x == 0) == (y == 0) ||
	    (a == 0) != (x == 0))
		return;
	t->unit = 2;
	t->low = a == 0 ? 1 : 0;
}

static void
find_encoding(struct textlines *t)
{
	struct slice s, mark;
	uint16_t u = 0;

	t->unit = 1;
	if (window_get(t->w, 0, t->size < 4 ? (size_t)t->size : 4, &s,
	    NULL) != ST_OK)
		return;			/* the next read says why */
	(void)slice_u16le(s, 0, &u);
	if (u == MARK || u == MARK_SWAPPED) {
		t->unit = 2;
		t->body = 2;
		t->low = u == MARK ? 0 : 1;
	} else if (slice_sub(s, 0, 3, &mark) && slice_is(mark, MARK_UTF8))
		t->body = 3;
	else
		guess(t, s);
}

struct textlines *
textlines_new(struct source src)
{
	struct textlines *t = xcalloc(1, sizeof(*t));

	t->w = window_new(src);
	t->size = src.size;
	find_encoding(t);
	t->at = t->body;
	buf_init(&t->raw, TEXTLINES_MAX_LINE);
	return t;
}

void
textlines_free(struct textlines *t)
{
	if (t == NULL)
		return;
	window_free(t->w);
	buf_fini(&t->raw);
	free(t);
}

/* The first unit of the text at or behind OFF. */
static uint64_t
aligned(const struct textlines *t, uint64_t off)
{
	if (off <= t->body)
		return t->body;
	return off + (off - t->body) % t->unit;
}

void
textlines_seek(struct textlines *t, uint64_t off)
{
	t->at = aligned(t, off);
}

/* As much of what lies before TO as one block of the window holds, in whole
 * units; nothing at the end, where half a unit may be left. */
static enum status
piece(struct textlines *t, uint64_t off, uint64_t to, struct slice *out,
    struct diag *d)
{
	uint64_t n = CHUNK - off % CHUNK;

	if (off >= to)
		n = 0;
	else if (n > to - off)
		n = to - off;
	if (n < t->unit && off < to && to - off >= t->unit)
		n = t->unit;		/* across two blocks */
	return window_get(t->w, off, (size_t)(n - n % t->unit), out, d);
}

/* Is the unit at byte I of S this ASCII character? */
static bool
is_char(const struct textlines *t, struct slice s, size_t i, char c)
{
	if (t->unit == 1)
		return s.p[i] == (uint8_t)c;
	return s.p[i + t->low] == (uint8_t)c && s.p[i + 1 - t->low] == 0;
}

/* Bytes of S up to the first end of a line; all of it without one. */
static size_t
line_len(const struct textlines *t, struct slice s, bool *ends)
{
	const uint8_t *hit;
	size_t i;

	if (t->unit == 1) {
		hit = s.n == 0 ? NULL : memchr(s.p, '\n', s.n);
		*ends = hit != NULL;
		return *ends ? (size_t)(hit - s.p) : s.n;
	}
	for (i = 0; i < s.n; i += t->unit)
		if (is_char(t, s, i, '\n'))
			break;
	*ends = i < s.n;
	return i;
}

/* The raw bytes of a line, each character's low byte first. */
static void
keep(struct textlines *t, struct slice s)
{
	size_t i, room = t->raw.max - t->raw.len;
	struct slice part = s;

	if (s.n > room)
		(void)slice_sub(s, 0, room - room % t->unit, &part);
	if (t->unit == 1 || t->low == 0) {
		(void)buf_append(&t->raw, part.p, part.n);
		return;
	}
	for (i = 0; i + 1 < part.n; i += 2) {
		(void)buf_putc(&t->raw, (char)part.p[i + 1]);
		(void)buf_putc(&t->raw, (char)part.p[i]);
	}
}

/* A text with NULs in it would end there, and holes of a file are full of
 * them. */
static void
drop_nuls(const struct buf *in, struct buf *out)
{
	size_t i;

	if (in->len == 0 || memchr(in->p, '\0', in->len) == NULL)
		(void)buf_append(out, in->p, in->len);
	else
		for (i = 0; i < in->len; i++)
			if (in->p[i] != '\0')
				(void)buf_putc(out, (char)in->p[i]);
	while (out->len != 0 && strchr(" \t\r", out->p[out->len - 1]) != NULL)
		out->p[--out->len] = '\0';
}

/* What is left of a character whose end was left out. */
static void
drop_half(struct buf *raw)
{
	unsigned i;

	for (i = 0; i < 4 && raw->len == raw->max - i && raw->len != 0 &&
	    raw->p[raw->len - 1] >= 0x80; i++)
		if (raw->p[--raw->len] >= 0xc0)
			break;
}

static void
decode(struct textlines *t, struct buf *line)
{
	struct buf text;

	buf_clear(line);
	if (t->unit == 1 && t->raw.len == t->raw.max &&
	    !utf8_valid(buf_slice(&t->raw)))
		drop_half(&t->raw);
	if (t->unit == 1 && utf8_valid(buf_slice(&t->raw))) {
		drop_nuls(&t->raw, line);
		return;
	}
	buf_init(&text, 3 * TEXTLINES_MAX_LINE);
	if (t->unit == 2)
		(void)utf_from_utf16le(buf_slice(&t->raw), &text);
	else
		(void)codepage_decode(CODEPAGE, buf_slice(&t->raw), &text);
	drop_nuls(&text, line);
	buf_fini(&text);
}

enum status
textlines_next(struct textlines *t, uint64_t to, struct buf *line,
    struct diag *d)
{
	uint64_t end = to < t->size ? to : t->size;
	struct slice s, part;
	bool ends = false;
	enum status st;
	size_t n;

	if (t->at >= end)
		return ST_ABSENT;
	buf_clear(&t->raw);
	while (!ends) {
		st = piece(t, t->at, end, &s, d);
		if (st != ST_OK)
			return st;
		if (s.n == 0) {		/* half a unit */
			t->at = end;
			break;
		}
		n = line_len(t, s, &ends);
		(void)slice_sub(s, 0, n, &part);
		keep(t, part);
		t->at += n + (ends ? t->unit : 0);
	}
	decode(t, line);
	return ST_OK;
}

/* ---- from the end ---- */

/* Does PART stand at byte I of S? */
static bool
stands_at(const struct textlines *t, struct slice s, size_t i,
    const char *part)
{
	for (; *part != '\0'; part++, i += t->unit)
		if (s.n < t->unit || i > s.n - t->unit ||
		    !is_char(t, s, i, *part))
			return false;
	return true;
}

/* Where the line begins that OFF lies in. */
static enum status
line_start(struct textlines *t, uint64_t off, uint64_t *out, struct diag *d)
{
	uint64_t low = off - t->body > TEXTLINES_MAX_HEAD ?
	    off - TEXTLINES_MAX_HEAD : t->body;
	enum status st;
	struct slice s;
	size_t i;

	low = aligned(t, low);
	st = window_get(t->w, low, (size_t)(off - low), &s, d);
	if (st != ST_OK)
		return st;
	for (i = s.n; i >= t->unit; i -= t->unit)
		if (is_char(t, s, i - t->unit, '\n')) {
			*out = low + i;
			return ST_OK;
		}
	*out = low;
	return low == t->body ? ST_OK : ST_ABSENT;
}

/* Is the line that has PART at OFF the one that is looked for? */
static enum status
line_is(struct textlines *t, uint64_t off, bool (*is)(const char *line),
    uint64_t *start, struct diag *d)
{
	enum status st = line_start(t, off, start, d);
	struct buf line;

	if (st != ST_OK)
		return st;
	buf_init(&line, 3 * TEXTLINES_MAX_LINE);
	t->at = *start;
	st = textlines_next(t, *start + HEAD, &line, d);
	if (st == ST_OK && !is(buf_text(&line)))
		st = ST_ABSENT;
	buf_fini(&line);
	return st;
}

/* The last place at or before *OFF, which moves there; ST_ABSENT without one
 * down to FROM. What stands at *OFF may reach behind it. */
static enum status
find_back(struct textlines *t, uint64_t from, const char *part, uint64_t *off,
    struct diag *d)
{
	size_t need = strlen(part) * t->unit, i, n;
	uint64_t end = *off, low;
	enum status st;
	struct slice s;

	while (end > from) {
		low = end - from > CHUNK ? end - CHUNK : from;
		n = (size_t)(end - low);
		st = window_get(t->w, low, t->size - end < need ?
		    (size_t)(t->size - low) : n + need, &s, d);
		if (st != ST_OK)
			return st;
		for (i = n; i >= t->unit; i -= t->unit)
			if (is_char(t, s, i - t->unit, part[0]) &&
			    stands_at(t, s, i - t->unit, part)) {
				*off = low + i - t->unit;
				return ST_OK;
			}
		end = low;
	}
	return ST_ABSENT;
}

enum status
textlines_last(struct textlines *t, uint64_t from, uint64_t to,
    const char *part, bool (*is)(const char *line), uint64_t *off,
    struct diag *d)
{
	uint64_t low = aligned(t, from), at = to < t->size ? to : t->size;
	uint64_t start = 0;
	enum status st;

	if (at < low)
		return ST_ABSENT;
	at -= (at - low) % t->unit;
	for (;;) {
		st = find_back(t, low, part, &at, d);
		if (st != ST_OK)
			return st;
		st = line_is(t, at, is, &start, d);
		if (st == ST_OK && start < low)
			return ST_ABSENT;
		if (st != ST_ABSENT)
			break;
	}
	if (st == ST_OK)
		*off = start;
	return st;
}

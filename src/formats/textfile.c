/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/textfile.h"

#include "base/utf.h"

#include <string.h>

#define MARK		0xfeff
#define MARK_SWAPPED	0xfffe
#define MARK_UTF8	"\xef\xbb\xbf"

enum order { BYTES, LITTLE, BIG };

/* Which half of each of the first two units is NUL? */
static enum order
guess(struct slice s)
{
	struct cursor c = cursor_of(s);
	bool little = true, big = true;
	unsigned i, a, b;

	for (i = 0; i < 2 && (i == 0 || cursor_left(&c) >= 2); i++) {
		a = cursor_u8(&c);
		b = cursor_u8(&c);
		little = little && a != 0 && b == 0;
		big = big && a == 0 && b != 0;
	}
	return c.bad ? BYTES : little ? LITTLE : big ? BIG : BYTES;
}

static enum order
order_of(struct slice s, bool *marked)
{
	uint16_t u = 0;

	(void)slice_u16le(s, 0, &u);
	*marked = u == MARK || u == MARK_SWAPPED;
	return u == MARK ? LITTLE : u == MARK_SWAPPED ? BIG : guess(s);
}

bool
textfile_is_utf16(struct slice s)
{
	bool marked;

	return order_of(s, &marked) != BYTES;
}

static bool
put_swapped(struct slice s, struct buf *out)
{
	struct cursor c = cursor_of(s);
	struct buf little;
	bool fits;

	buf_init(&little, s.n);
	while (cursor_left(&c) >= 2) {
		uint8_t high = cursor_u8(&c);

		buf_putc(&little, (char)cursor_u8(&c));
		buf_putc(&little, (char)high);
	}
	fits = utf_from_utf16le(buf_slice(&little), out);
	buf_fini(&little);
	return fits;
}

bool
textfile_utf8(struct slice s, struct buf *out)
{
	struct slice mark;
	bool marked;
	enum order order = order_of(s, &marked);

	if (slice_sub(s, 0, 3, &mark) && slice_is(mark, MARK_UTF8))
		(void)slice_from(s, 3, &s);
	if (marked)
		(void)slice_from(s, 2, &s);
	switch (order) {
	case LITTLE:
		return utf_from_utf16le(s, out);
	case BIG:
		return put_swapped(s, out);
	case BYTES:
		break;
	}
	return buf_append(out, s.p, s.n);
}

char
textfile_ends(struct slice s)
{
	return s.n != 0 && memchr(s.p, '\n', s.n) != NULL ? '\n' : '\r';
}

bool
textfile_line(struct slice s, char ends, size_t *at, struct slice *line)
{
	struct cursor c = cursor_of(s);
	size_t len;

	cursor_skip(&c, *at);
	if (cursor_left(&c) == 0)
		return false;
	while (cursor_left(&c) != 0 && cursor_u8(&c) != (uint8_t)ends)
		;
	(void)slice_sub(s, *at, c.at - *at, line);
	*at = c.at;
	for (len = line->n; len > 0 && (line->p[len - 1] == '\n' ||
	    line->p[len - 1] == '\r'); len--)
		;
	(void)slice_sub(*line, 0, len, line);
	return true;
}

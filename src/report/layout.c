/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/layout.h"
#include "base/buf.h"
#include "base/utf.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define ELLIPSIS	"..."	/* for what was cut off */

/* C0, DEL, C1, and the marks that reorder or break lines. */
static bool
is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 ||
	    c == 0x2029 || (c >= 0x202a && c <= 0x202e) ||
	    (c >= 0x2066 && c <= 0x2069);
}

/* The next code point, at most up to END; a NUL inside counts as one. */
static uint32_t
next_point(const char **s)
{
	if (**s != '\0')
		return utf8_next(s);
	++*s;
	return 0;
}

typedef void	put_fn(void *ctx, const void *p, size_t len);

static void
escape(const char *s, size_t len, put_fn *put, void *ctx)
{
	const char *end = s + len, *from = s, *at;
	char hex[8];

	while (s < end) {
		uint32_t c;

		s += utf_printable(s, (size_t)(end - s));
		if (s == end)
			break;
		at = s;
		c = next_point(&s);
		if (!is_control(c))
			continue;
		put(ctx, from, (size_t)(at - from));
		snprintf(hex, sizeof(hex), c < 0x100 ? "\\x%02x" :
		    "\\u%04x", (unsigned)c);
		put(ctx, hex, strlen(hex));
		from = s;
	}
	put(ctx, from, (size_t)(end - from));
}

static void
put_sink(void *ctx, const void *p, size_t len)
{
	sink_write(ctx, p, len);
}

void
layout_bytes(struct sink *out, const char *s, size_t len)
{
	escape(s, len, put_sink, out);
}

void
layout_text(struct sink *out, const char *text)
{
	layout_bytes(out, text, strlen(text));
}

/* As much as fits, and whether something did not. */
struct cut {
	struct buf	 text;
	bool		 is_cut;
};

static void
put_cut(void *ctx, const void *p, size_t len)
{
	struct cut *c = ctx;
	size_t room = c->text.max - c->text.len;

	if (len > room) {
		c->is_cut = true;
		len = room;
	}
	(void)buf_append(&c->text, p, len);
}

char *
layout_cut(const char *text, size_t max)
{
	struct cut c = { .is_cut = false };
	char *line;
	size_t n;

	buf_init(&c.text, max);
	escape(text, strlen(text), put_cut, &c);
	n = c.text.len;
	line = buf_take(&c.text);
	if (!c.is_cut)
		return line;
	/* Not in the middle of a character. */
	for (n -= strlen(ELLIPSIS); n > 0 && (line[n] & 0xc0) == 0x80; n--)
		;
	memcpy(line + n, ELLIPSIS, sizeof(ELLIPSIS));
	return line;
}

/* Columns of a word: one for each code point, four for an escape. */
static unsigned
columns(const char *s, size_t len)
{
	const char *end = s + len;
	unsigned n = 0;

	while (s < end) {
		n += is_control(next_point(&s)) ? 4 : 1;
	}
	return n;
}

void
layout_wrap(struct sink *out, const char *text, unsigned indent,
    unsigned at, unsigned width)
{
	bool fresh = at <= indent;

	while (*text != '\0') {
		size_t len = strcspn(text, " ");
		unsigned cols = columns(text, len);

		if (len == 0) {
			text++;
			continue;
		}
		if (!fresh && at + 1 + cols > width) {
			sink_puts(out, "\n");
			at = 0;
			fresh = true;
		}
		if (fresh && at < indent) {
			sink_printf(out, "%*s", (int)(indent - at), "");
			at = indent;
		} else if (!fresh) {
			sink_puts(out, " ");
			at++;
		}
		layout_bytes(out, text, len);
		at += cols;
		fresh = false;
		text += len;
	}
	sink_puts(out, "\n");
}

void
layout_line(struct sink *out, const char *text, unsigned indent,
    unsigned screen)
{
	unsigned at = 0;

	if (screen == 0 || columns(text, strlen(text)) <= screen) {
		layout_text(out, text);
		sink_puts(out, "\n");
		return;
	}
	while (*text != '\0') {
		unsigned gap = (unsigned)strspn(text, " ");
		size_t len = strcspn(text + gap, " ");
		unsigned cols = columns(text + gap, len);

		if (at > 0 && at + gap + cols > screen) {
			sink_puts(out, "\n");
			at = 0;
			gap = indent;
			text += strspn(text, " ");
		} else
			text += gap;
		sink_printf(out, "%*s", (int)gap, "");
		layout_bytes(out, text, len);
		at += gap + cols;
		text += len;
	}
	sink_puts(out, "\n");
}

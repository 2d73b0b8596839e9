/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "json/jsonout.h"

#include "base/utf.h"

#include <inttypes.h>
#include <string.h>

#define INDENT	2

void
jsonout_init(struct jsonout *j, struct sink *out, bool indent)
{
	*j = (struct jsonout){ .out = out, .indent = indent };
}

void
jsonout_fini(struct jsonout *j)
{
	if (j->bad || j->depth != 0 || !j->done)
		sink_fail(j->out, "it could not be written as JSON");
	else if (j->indent)
		sink_puts(j->out, "\n");
}

static void
put_line(struct jsonout *j)
{
	static const char blanks[] = "                                "
	    "                                ";

	if (!j->indent || j->flat)
		return;
	sink_puts(j->out, "\n");
	sink_write(j->out, blanks, (size_t)j->depth * INDENT);
}

/* Does the character have to be escaped? Quotes and backslashes apart. */
static bool
is_unseen(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c ||
	    (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
	    (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

static void
put_escape(struct jsonout *j, uint32_t c)
{
	switch (c) {
	case '\n':
		sink_puts(j->out, "\\n");
		break;
	case '\r':
		sink_puts(j->out, "\\r");
		break;
	case '\t':
		sink_puts(j->out, "\\t");
		break;
	default:
		sink_printf(j->out, "\\u%04" PRIx32, c);
	}
}

/* In runs of what needs no escape. Behind the LEN bytes stands a NUL. */
static void
put_runs(struct jsonout *j, const char *text, size_t len)
{
	const char *end = text + len, *p = text, *at = text, *run = text;
	uint32_t c;

	for (;;) {
		at = p += utf_unquoted(p, (size_t)(end - p));
		if (p >= end)
			break;
		c = utf8_next(&p);
		/* A wrong byte gives U+FFFD and is one byte long. */
		if (c != '"' && c != '\\' && !is_unseen(c) &&
		    !(c == 0xfffd && p - at == 1))
			continue;
		sink_write(j->out, run, (size_t)(at - run));
		run = p;
		if (c == '"')
			sink_puts(j->out, "\\\"");
		else if (c == '\\')
			sink_puts(j->out, "\\\\");
		else if (c == 0xfffd)
			sink_puts(j->out, "\xef\xbf\xbd");
		else
			put_escape(j, c);
	}
	sink_write(j->out, run, (size_t)(at - run));
}

static void
put_string(struct jsonout *j, const char *text)
{
	sink_puts(j->out, "\"");
	put_runs(j, text, strlen(text));
	sink_puts(j->out, "\"");
}

/* What stands before a value. */
static bool
begin(struct jsonout *j, const char *name)
{
	bool inside = j->depth != 0;

	if (inside ? j->object[j->depth - 1] != (name != NULL) :
	    name != NULL || j->done)
		j->bad = true;
	if (j->bad)
		return false;
	j->done = true;
	if (!inside)
		return true;
	if (j->begun[j->depth - 1])
		sink_puts(j->out, j->indent && !j->flat ? "," : ", ");
	j->begun[j->depth - 1] = true;
	put_line(j);
	if (name != NULL) {
		put_string(j, name);
		sink_puts(j->out, ": ");
	}
	return true;
}

static void
open_level(struct jsonout *j, const char *name, bool object)
{
	if (!begin(j, name))
		return;
	if (j->depth == JSON_MAX_DEPTH) {
		j->bad = true;
		return;
	}
	j->object[j->depth] = object;
	j->begun[j->depth] = false;
	j->depth++;
	sink_puts(j->out, object ? "{" : "[");
}

void
jsonout_object(struct jsonout *j, const char *name)
{
	open_level(j, name, true);
}

void
jsonout_array(struct jsonout *j, const char *name)
{
	open_level(j, name, false);
}

void
jsonout_end(struct jsonout *j)
{
	if (j->depth == 0)
		j->bad = true;
	if (j->bad)
		return;
	j->depth--;
	if (j->begun[j->depth])
		put_line(j);
	sink_puts(j->out, j->object[j->depth] ? "}" : "]");
}

bool
jsonout_flat(struct jsonout *j, bool flat)
{
	bool before = j->flat;

	j->flat = flat;
	return before;
}

void
jsonout_text(struct jsonout *j, const char *name, const char *text)
{
	if (!begin(j, name))
		return;
	if (text != NULL)
		put_string(j, text);
	else
		sink_puts(j->out, "null");
}

void
jsonout_counted(struct jsonout *j, const char *name, const char *text,
    size_t len)
{
	const char *end = text + len;
	size_t n = strlen(text);

	if (!begin(j, name))
		return;
	sink_puts(j->out, "\"");
	for (put_runs(j, text, n); (text += n) != end; put_runs(j, text, n)) {
		sink_puts(j->out, "\\u0000");
		n = strlen(++text);
	}
	sink_puts(j->out, "\"");
}

void
jsonout_hex(struct jsonout *j, const char *name, struct slice data)
{
	static const char digits[] = "0123456789abcdef";
	char text[256];
	size_t i, n = 0;

	if (!begin(j, name))
		return;
	sink_puts(j->out, "\"");
	for (i = 0; i < data.n; i++) {
		text[n++] = digits[data.p[i] >> 4];
		text[n++] = digits[data.p[i] & 15];
		if (n == sizeof(text)) {
			sink_write(j->out, text, n);
			n = 0;
		}
	}
	sink_write(j->out, text, n);
	sink_puts(j->out, "\"");
}

void
jsonout_text_or_null(struct jsonout *j, const char *name, const char *text)
{
	jsonout_text(j, name, text != NULL && text[0] != '\0' ? text : NULL);
}

void
jsonout_number(struct jsonout *j, const char *name, int64_t n)
{
	uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	char text[24], *p = text + sizeof(text);

	if (!begin(j, name))
		return;
	do
		*--p = (char)('0' + left % 10);
	while ((left /= 10) != 0);
	if (n < 0)
		*--p = '-';
	sink_write(j->out, p, (size_t)(text + sizeof(text) - p));
}

void
jsonout_bool(struct jsonout *j, const char *name, bool b)
{
	if (begin(j, name))
		sink_puts(j->out, b ? "true" : "false");
}

void
jsonout_null(struct jsonout *j, const char *name)
{
	jsonout_text(j, name, NULL);
}

void
jsonout_version(struct jsonout *j, const char *name, struct version v)
{
	char text[VERSION_TEXT];

	jsonout_text(j, name, version_known(v) ? version_format(v, text) :
	    NULL);
}

void
jsonout_instant(struct jsonout *j, const char *name, instant t)
{
	char text[INSTANT_TEXT];

	jsonout_text(j, name, t != INSTANT_NONE ? instant_format(t, text) :
	    NULL);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "json/jsontape.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define POINTER_MAX	256	/* bytes of one that is shown */

static const char clause[] = "RFC 8259";

struct parse {
	struct jsontape	*t;
	size_t		 at;		/* in the document */
	uint32_t	 here;		/* the node that is being read */
	unsigned	 depth;
	struct diag	*d;
};

/* ---- what is wrong, and where ---- */

/* One step of a pointer, RFC 6901 section 3. */
static void
put_step(struct buf *b, const char *name)
{
	(void)buf_putc(b, '/');
	for (; *name != '\0'; name++) {
		if (*name == '~' || *name == '/')
			(void)buf_puts(b, *name == '~' ? "~0" : "~1");
		else
			(void)buf_putc(b, *name);
	}
}

/* The node behind one, also behind one that is not read to its end. */
static uint32_t
behind(const struct jsontape *t, uint32_t n)
{
	return t->node[n].next != 0 ? t->node[n].next : (uint32_t)t->count;
}

/* A tape knows no parents: down from the root, past what ends before NODE. */
static void
put_pointer(const struct jsontape *t, uint32_t node, struct buf *b)
{
	uint32_t at = JSONTAPE_ROOT, child, i;
	char index[16];

	while (at < node) {
		child = at + 1;
		for (i = 0; behind(t, child) <= node; i++)
			child = behind(t, child);
		if (t->node[child].name != JSONTAPE_NAMELESS) {
			put_step(b, t->text + t->node[child].name);
		} else {
			snprintf(index, sizeof(index), "%" PRIu32, i);
			put_step(b, index);
		}
		at = child;
	}
}

/* What was cut, between two characters. */
static void
end_pointer(struct buf *b)
{
	if (!b->full)
		return;
	while (b->len > 0 && (b->p[b->len - 1] & 0xc0) == 0x80)
		b->len--;
	if (b->len > 0 && b->p[b->len - 1] >= 0xc0)
		b->len--;
	b->full = false;
	b->max += 3;
	(void)buf_puts(b, "...");
}

static uint64_t
line_of(const struct jsontape *t, size_t off)
{
	uint64_t line = t->line;
	size_t i;

	for (i = 0; i < off && i < t->doc.n; i++)
		line += t->doc.p[i] == '\n';
	return line;
}

enum status
jsontape_complain(const struct jsontape *t, enum status st, uint32_t node,
    const char *name, size_t off, struct diag *d, const char *fmt, va_list ap)
{
	char what[sizeof(d->text)];
	struct buf pointer;

	if (d == NULL)
		return st;
	buf_init(&pointer, POINTER_MAX);
	put_pointer(t, node, &pointer);
	if (name != NULL)
		put_step(&pointer, name);
	end_pointer(&pointer);
	vsnprintf(what, sizeof(what), fmt, ap);
	(void)diag_set(d, st, t->doc.fileoff + off, clause,
	    "line %" PRIu64 ": %s%s%s", line_of(t, off), buf_text(&pointer),
	    pointer.len != 0 ? ": " : "", what);
	buf_fini(&pointer);
	return st;
}

static enum status	fail(const struct parse *p, enum status st,
			    size_t off, const char *fmt, ...)
			    PRINTF_LIKE(4, 5);

static enum status
fail(const struct parse *p, enum status st, size_t off, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	st = jsontape_complain(p->t, st, p->here, NULL, off, p->d, fmt, ap);
	va_end(ap);
	return st;
}

/* Something else is wanted where the reader stands. */
static enum status
wanted(const struct parse *p, const char *what)
{
	if (p->at >= p->t->doc.n)
		return fail(p, ST_MALFORMED, p->at, "it is cut off here");
	return fail(p, ST_MALFORMED, p->at, "%s is wanted here", what);
}

/* ---- bytes ---- */

static int
peek(const struct parse *p)
{
	return p->at < p->t->doc.n ? p->t->doc.p[p->at] : -1;
}

static bool
take(struct parse *p, char c)
{
	if (peek(p) != c)
		return false;
	p->at++;
	return true;
}

static void
skip_space(struct parse *p)
{
	int c;

	while ((c = peek(p)) == ' ' || c == '\n' || c == '\r' || c == '\t')
		p->at++;
}

/* ---- text ---- */

static void
put_char(struct jsontape *t, uint32_t c)
{
	char *s = t->text;

	if (c < 0x80) {
		s[t->used++] = (char)c;
		return;
	}
	if (c < 0x800) {
		s[t->used++] = (char)(0xc0 | c >> 6);
	} else {
		if (c < 0x10000) {
			s[t->used++] = (char)(0xe0 | c >> 12);
		} else {
			s[t->used++] = (char)(0xf0 | c >> 18);
			s[t->used++] = (char)(0x80 | (c >> 12 & 0x3f));
		}
		s[t->used++] = (char)(0x80 | (c >> 6 & 0x3f));
	}
	s[t->used++] = (char)(0x80 | (c & 0x3f));
}

static bool
take_hex4(struct parse *p, uint32_t *out)
{
	uint32_t v = 0;
	int i, c;

	for (i = 0; i < 4; i++) {
		c = peek(p);
		if (c >= '0' && c <= '9')
			c -= '0';
		else if (c >= 'a' && c <= 'f')
			c -= 'a' - 10;
		else if (c >= 'A' && c <= 'F')
			c -= 'A' - 10;
		else
			return false;
		v = v << 4 | (uint32_t)c;
		p->at++;
	}
	*out = v;
	return true;
}

/* What stands behind "\u": one character, perhaps in two halves. */
static enum status
take_unicode(struct parse *p)
{
	size_t start = p->at - 2;
	uint32_t c, low;

	if (!take_hex4(p, &c))
		return wanted(p, "a hexadecimal digit");
	if (c == 0)
		return fail(p, ST_MALFORMED, start, "a NUL inside a text");
	if (c >= 0xd800 && c < 0xdc00) {
		if (!take(p, '\\') || !take(p, 'u') || !take_hex4(p, &low) ||
		    low < 0xdc00 || low >= 0xe000)
			return fail(p, ST_MALFORMED, start,
			    "half of a surrogate pair");
		c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
	} else if (c >= 0xdc00 && c < 0xe000) {
		return fail(p, ST_MALFORMED, start,
		    "half of a surrogate pair");
	}
	put_char(p->t, c);
	return ST_OK;
}

static enum status
take_escape(struct parse *p)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *which;
	int c;

	p->at++;
	c = peek(p);
	if (c == 'u') {
		p->at++;
		return take_unicode(p);
	}
	which = c > 0 ? strchr(from, c) : NULL;
	if (which == NULL)
		return wanted(p, "a known escape");
	p->at++;
	put_char(p->t, (uint32_t)(uint8_t)to[which - from]);
	return ST_OK;
}

/* Bytes that stand for themselves; true when some are not ASCII. */
static bool
take_run(struct parse *p)
{
	const uint8_t *s = p->t->doc.p;
	size_t start = p->at, n = p->t->doc.n;
	uint8_t all = 0;

	for (; p->at < n; p->at++) {
		uint8_t c = s[p->at];

		if (c < 0x20 || c == '"' || c == '\\')
			break;
		all |= c;
	}
	if (p->at != start)
		memcpy(p->t->text + p->t->used, s + start, p->at - start);
	p->t->used += p->at - start;
	return all >= 0x80;
}

/*
 * A text and its NUL. Room is there: no escape is shorter than what it
 * stands for, and a NUL takes that of a quote.
 */
static enum status
take_text(struct parse *p, uint32_t *at, uint32_t *len)
{
	struct jsontape *t = p->t;
	size_t start = p->at, first = t->used;
	bool high = false;
	enum status st;

	if (!take(p, '"'))
		return wanted(p, "a name in quotes");
	for (;;) {
		high |= take_run(p);
		if (take(p, '"'))
			break;
		if (peek(p) != '\\')
			return peek(p) < 0 ? wanted(p, "a quote") :
			    fail(p, ST_MALFORMED, p->at,
			    "a control character that is not escaped");
		if ((st = take_escape(p)) != ST_OK)
			return st;
	}
	if (high && !utf8_valid(slice_of(t->text + first, t->used - first, 0)))
		return fail(p, ST_MALFORMED, start, "a text is not UTF-8");
	*at = (uint32_t)first;
	*len = (uint32_t)(t->used - first);
	t->text[t->used++] = '\0';
	return ST_OK;
}

/* ---- values ---- */

static enum status
add_node(struct parse *p, uint32_t *out)
{
	struct jsontape *t = p->t;

	*out = (uint32_t)t->count;
	if (t->count > JSON_MAX_VALUES)
		return fail(p, ST_LIMIT, p->at, "more than %d values",
		    JSON_MAX_VALUES);
	t->node = xpush(t->node, t->count, sizeof(*t->node));
	t->node[t->count++].name = JSONTAPE_NAMELESS;
	return ST_OK;
}

/* Digits, at least one. */
static bool
take_digits(struct parse *p)
{
	size_t start = p->at;

	while (peek(p) >= '0' && peek(p) <= '9')
		p->at++;
	return p->at != start;
}

/* A whole number that all readers keep; any more is not one. */
static void
set_integer(struct parse *p, struct jsontape_node *v, size_t first, bool less)
{
	int64_t n = 0;
	size_t i;

	v->kind = JSONTAPE_NUMBER;
	for (i = first; i < p->at; i++) {
		n = n * 10 + (p->t->doc.p[i] - '0');
		if (n > JSONTAPE_INTEGER_MAX)
			return;
	}
	v->kind = JSONTAPE_INTEGER;
	v->integer = less ? -n : n;
}

/* RFC 8259 section 6. */
static enum status
take_number(struct parse *p, uint32_t n)
{
	bool less = take(p, '-'), whole = true;
	size_t first = p->at;

	if (!take(p, '0') && !take_digits(p))
		return wanted(p, "a digit");
	set_integer(p, &p->t->node[n], first, less);
	if (take(p, '.')) {
		whole = false;
		if (!take_digits(p))
			return wanted(p, "a digit");
	}
	if (take(p, 'e') || take(p, 'E')) {
		whole = false;
		if (!take(p, '+'))
			(void)take(p, '-');
		if (!take_digits(p))
			return wanted(p, "a digit");
	}
	if (!whole)
		p->t->node[n].kind = JSONTAPE_NUMBER;
	return ST_OK;
}

static enum status
take_word(struct parse *p, uint32_t n)
{
	static const struct {
		const char	*word;
		enum jsontape_kind kind;
		int		 value;
	} words[] = {
		{ "null", JSONTAPE_NULL, 0 },
		{ "true", JSONTAPE_BOOL, 1 },
		{ "false", JSONTAPE_BOOL, 0 },
	};
	struct slice s;
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!slice_sub(p->t->doc, p->at, strlen(words[i].word), &s) ||
		    !slice_is(s, words[i].word))
			continue;
		p->at += s.n;
		p->t->node[n].kind = (uint8_t)words[i].kind;
		p->t->node[n].integer = words[i].value;
		return ST_OK;
	}
	return wanted(p, "a value");
}

static enum status	take_value(struct parse *p, uint32_t n);

static enum status
take_element(struct parse *p, uint32_t array)
{
	enum status st;
	uint32_t n;

	if ((st = add_node(p, &n)) != ST_OK)
		return st;
	p->here = n;
	if ((st = take_value(p, n)) != ST_OK)
		return st;
	p->here = array;
	return ST_OK;
}

/* FNV-1a, folded: it only saves comparisons. */
static uint16_t
hash_of(const char *s)
{
	uint32_t h = UINT32_C(2166136261);

	for (; *s != '\0'; s++)
		h = (h ^ (uint8_t)*s) * UINT32_C(16777619);
	return (uint16_t)(h ^ h >> 16);
}

/* Every name of OBJECT but that of N itself; JSON_MAX_MEMBERS bounds it. */
static bool
is_twice(const struct jsontape *t, uint32_t object, uint32_t n)
{
	const struct jsontape_node *new = &t->node[n];
	uint32_t i;

	for (i = object + 1; i < n; i = t->node[i].next)
		if (t->node[i].hash == new->hash &&
		    strcmp(t->text + t->node[i].name,
		    t->text + new->name) == 0)
			return true;
	return false;
}

static enum status
take_member(struct parse *p, uint32_t object)
{
	uint32_t name, len, n;
	size_t start = p->at;
	enum status st;

	if (p->t->node[object].count == JSON_MAX_MEMBERS)
		return fail(p, ST_LIMIT, start, "more than %d members",
		    JSON_MAX_MEMBERS);
	if ((st = take_text(p, &name, &len)) != ST_OK ||
	    (st = add_node(p, &n)) != ST_OK)
		return st;
	p->t->node[n].name = name;
	p->t->node[n].hash = hash_of(p->t->text + name);
	p->here = n;
	if (is_twice(p->t, object, n))
		return fail(p, ST_MALFORMED, start, "it is there twice");
	skip_space(p);
	if (!take(p, ':'))
		return wanted(p, "a colon");
	skip_space(p);
	if ((st = take_value(p, n)) != ST_OK)
		return st;
	p->here = object;
	return ST_OK;
}

/* An array or an object, by what closes it. */
static enum status
take_inside(struct parse *p, uint32_t n, char close)
{
	bool object = close == '}';
	enum status st;

	if (p->depth == JSON_MAX_DEPTH)
		return fail(p, ST_LIMIT, p->at, "deeper than %d levels",
		    JSON_MAX_DEPTH);
	p->depth++;
	p->at++;
	p->t->node[n].kind = object ? JSONTAPE_OBJECT : JSONTAPE_ARRAY;
	skip_space(p);
	while (p->t->node[n].count != 0 || !take(p, close)) {
		st = object ? take_member(p, n) : take_element(p, n);
		if (st != ST_OK)
			return st;
		p->t->node[n].count++;
		skip_space(p);
		if (take(p, close))
			break;
		if (!take(p, ','))
			return wanted(p, object ? "a comma or }" :
			    "a comma or ]");
		skip_space(p);
	}
	p->depth--;
	return ST_OK;
}

/* No more than JSON_MAX_DEPTH calls inside one another. */
static enum status
take_value(struct parse *p, uint32_t n)
{
	struct jsontape_node *v = &p->t->node[n];
	uint32_t at, len;
	enum status st;
	int c = peek(p);

	v->off = (uint32_t)p->at;
	if (c == '{') {
		st = take_inside(p, n, '}');
	} else if (c == '[') {
		st = take_inside(p, n, ']');
	} else if (c == '"') {
		v->kind = JSONTAPE_TEXT;
		if ((st = take_text(p, &at, &len)) == ST_OK) {
			v->text.at = at;
			v->text.len = len;
		}
	} else if (c == '-' || (c >= '0' && c <= '9')) {
		st = take_number(p, n);
	} else {
		st = take_word(p, n);
	}
	/* The tape may have moved. */
	p->t->node[n].next = (uint32_t)p->t->count;
	return st;
}

/* ---- the document ---- */

/* What comes before: a mark that may be there, or one of another encoding. */
static enum status
take_mark(struct parse *p)
{
	struct slice s;

	if (slice_sub(p->t->doc, 0, 3, &s) && slice_is(s, "\xef\xbb\xbf"))
		p->at = 3;
	else if (slice_sub(p->t->doc, 0, 2, &s) &&
	    (slice_is(s, "\xff\xfe") || slice_is(s, "\xfe\xff")))
		return fail(p, ST_MALFORMED, 0, "this is UTF-16, as "
		    "PowerShell redirects output, and not UTF-8");
	skip_space(p);
	return ST_OK;
}

enum status
jsontape_read(struct slice doc, uint64_t line, struct jsontape *t,
    struct diag *d)
{
	struct parse p = { .t = t, .d = d };
	enum status st;
	uint32_t root;

	*t = (struct jsontape){ .doc = doc, .line = line };
	t->node = xpush(t->node, t->count++, sizeof(*t->node));
	if (doc.n > JSON_MAX_BYTES)
		return fail(&p, ST_LIMIT, 0, "more than %d bytes",
		    JSON_MAX_BYTES);
	t->text = xcalloc(doc.n + 1, 1);
	if ((st = take_mark(&p)) != ST_OK ||
	    (st = add_node(&p, &root)) != ST_OK ||
	    (st = take_value(&p, root)) != ST_OK)
		return st;
	skip_space(&p);
	if (p.at != doc.n)
		return fail(&p, ST_MALFORMED, p.at,
		    "something stands behind its end");
	return ST_OK;
}

void
jsontape_fini(struct jsontape *t)
{
	free(t->node);
	free(t->text);
	*t = (struct jsontape){ .node = NULL };
}

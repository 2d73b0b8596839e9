/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "json/jsonin.h"

#include "base/alloc.h"
#include "base/buf.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define WORDS_MAX	200	/* bytes of those that a complaint lists */

struct jsonin {
	struct jsontape	 tape;
	enum status	 st;		/* of the first thing wrong */
	struct diag	 d;
};

enum status
jsonin_open(struct slice doc, uint64_t line, struct jsonin **out,
    struct diag *d)
{
	struct jsonin *in = xcalloc(1, sizeof(*in));
	enum status st = jsontape_read(doc, line, &in->tape, d);

	if (st != ST_OK) {
		jsonin_close(in);
		return st;
	}
	*out = in;
	return ST_OK;
}

void
jsonin_close(struct jsonin *in)
{
	if (in == NULL)
		return;
	jsontape_fini(&in->tape);
	free(in);
}

enum status
jsonin_finish(const struct jsonin *in, struct diag *d)
{
	if (in->st != ST_OK && d != NULL)
		*d = in->d;
	return in->st;
}

bool
jsonin_failed(const struct jsonin *in)
{
	return in->st != ST_OK;
}

struct jsonin_at
jsonin_root(struct jsonin *in)
{
	return (struct jsonin_at){ .in = in, .node = JSONTAPE_ROOT };
}

static const struct jsontape_node *
node_of(struct jsonin_at at)
{
	return &at.in->tape.node[at.node];
}

/* Of a value, or of the place where it is not. */
static void PRINTF_LIKE(3, 0)
vcomplain(struct jsonin_at v, enum status st, const char *fmt, va_list ap)
{
	struct jsonin *in = v.in;
	uint32_t node = v.node != 0 ? v.node : v.parent;

	if (in->st == ST_OK)
		in->st = jsontape_complain(&in->tape, st, node,
		    v.node != 0 ? NULL : v.name, in->tape.node[node].off,
		    &in->d, fmt, ap);
}

static void	complain(struct jsonin_at v, enum status st,
		    const char *fmt, ...) PRINTF_LIKE(3, 4);

static void
complain(struct jsonin_at v, enum status st, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vcomplain(v, st, fmt, ap);
	va_end(ap);
}

/* ---- finding ---- */

/* The value, or the place where it is not. */
static struct jsonin_at
find(struct jsonin_at at, const char *name)
{
	const struct jsontape *t = &at.in->tape;
	const struct jsontape_node *o = node_of(at);
	struct jsonin_at got = { .in = at.in, .parent = at.node,
	    .name = name };
	uint32_t i;

	if (name == NULL || at.node == 0)
		return at;
	if (at.in->st != ST_OK || o->kind == JSONTAPE_NULL)
		return got;
	if (o->kind != JSONTAPE_OBJECT) {
		complain(at, ST_MALFORMED, "not an object");
		return got;
	}
	for (i = at.node + 1; i < o->next; i = t->node[i].next)
		if (strcmp(t->text + t->node[i].name, name) == 0)
			return (struct jsonin_at){ .in = at.in, .node = i };
	return got;
}

static enum jsontape_kind
kind_of(struct jsonin_at at)
{
	return at.in->st == ST_OK ? (enum jsontape_kind)node_of(at)->kind :
	    JSONTAPE_NONE;
}

/* Neither missing nor null. */
static bool
is_given(struct jsonin_at at)
{
	return kind_of(at) > JSONTAPE_NULL;
}

static void
complain_of_none(struct jsonin_at at)
{
	complain(at, ST_MALFORMED,
	    kind_of(at) == JSONTAPE_NULL ? "null" : "missing");
}

/* The value, if it is of that kind; NULL, and an error, if it is not. */
static const struct jsontape_node *
need(struct jsonin_at at, enum jsontape_kind kind)
{
	static const char *const names[] = {
		[JSONTAPE_BOOL] = "true or false",
		[JSONTAPE_INTEGER] = "a whole number within 2^53",
		[JSONTAPE_TEXT] = "a text",
		[JSONTAPE_ARRAY] = "an array",
		[JSONTAPE_OBJECT] = "an object",
	};

	if (kind_of(at) == kind)
		return node_of(at);
	if (is_given(at))
		complain(at, ST_MALFORMED, "not %s", names[kind]);
	else
		complain_of_none(at);
	return NULL;
}

void
jsonin_fail(struct jsonin_at at, const char *name, enum status st,
    const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vcomplain(find(at, name), st, fmt, ap);
	va_end(ap);
}

enum jsontape_kind
jsonin_kind(struct jsonin_at at, const char *name)
{
	return kind_of(find(at, name));
}

void
jsonin_require(struct jsonin_at at, const char *name)
{
	struct jsonin_at v = find(at, name);

	if (kind_of(v) == JSONTAPE_NONE)
		complain_of_none(v);
}

const char *
jsonin_name(struct jsonin_at at)
{
	uint32_t name = node_of(at)->name;

	if (at.node == 0 || name == JSONTAPE_NAMELESS)
		return NULL;
	return at.in->tape.text + name;
}

bool
jsonin_is_there(struct jsonin_at at)
{
	return is_given(at);
}

/* ---- objects and arrays ---- */

/* V itself when it is of that kind, or a place with nothing in it. */
static struct jsonin_at
inside(struct jsonin_at v, enum jsontape_kind kind)
{
	if (need(v, kind) == NULL)
		v.node = v.parent = 0;
	return v;
}

struct jsonin_at
jsonin_object(struct jsonin_at at, const char *name)
{
	return inside(find(at, name), JSONTAPE_OBJECT);
}

struct jsonin_at
jsonin_object_or_none(struct jsonin_at at, const char *name)
{
	struct jsonin_at v = find(at, name);

	return is_given(v) ? inside(v, JSONTAPE_OBJECT) : v;
}

struct jsonin_at
jsonin_array(struct jsonin_at at, const char *name, size_t max)
{
	struct jsonin_at v = find(at, name);

	if (!is_given(v))
		return v;
	v = inside(v, JSONTAPE_ARRAY);
	if (jsonin_count(v) > max)
		complain(v, ST_LIMIT, "more than %zu", max);
	return v;
}

size_t
jsonin_count(struct jsonin_at at)
{
	return kind_of(at) >= JSONTAPE_ARRAY ? node_of(at)->count : 0;
}

struct jsonin_items
jsonin_items(struct jsonin_at at)
{
	struct jsonin_items it = { .at = at };

	if (kind_of(at) >= JSONTAPE_ARRAY) {
		it.next = at.node + 1;
		it.end = node_of(at)->next;
	}
	return it;
}

bool
jsonin_each(struct jsonin_items *it, struct jsonin_at *item)
{
	if (it->next >= it->end || it->at.in->st != ST_OK)
		return false;
	*item = (struct jsonin_at){ .in = it->at.in, .node = it->next };
	it->next = node_of(*item)->next;
	return true;
}

/* ---- values ---- */

static const char *
text_of(struct jsonin_at v, size_t max)
{
	const struct jsontape_node *n = need(v, JSONTAPE_TEXT);

	if (n == NULL)
		return NULL;
	if (n->text.len > max) {
		complain(v, ST_LIMIT, "longer than %zu bytes", max);
		return NULL;
	}
	return v.in->tape.text + n->text.at;
}

const char *
jsonin_text(struct jsonin_at at, const char *name, size_t max)
{
	const char *text = text_of(find(at, name), max);

	return text != NULL ? text : "";
}

const char *
jsonin_text_or_null(struct jsonin_at at, const char *name, size_t max)
{
	struct jsonin_at v = find(at, name);

	return is_given(v) ? text_of(v, max) : NULL;
}

int64_t
jsonin_number(struct jsonin_at at, const char *name, int64_t min,
    int64_t max)
{
	struct jsonin_at v = find(at, name);
	const struct jsontape_node *n = need(v, JSONTAPE_INTEGER);

	if (n == NULL)
		return 0;
	if (n->integer >= min && n->integer <= max)
		return n->integer;
	complain(v, ST_MALFORMED, "not from %" PRId64 " to %" PRId64,
	    min, max);
	return 0;
}

int64_t
jsonin_number_or(struct jsonin_at at, const char *name, int64_t min,
    int64_t max, int64_t other)
{
	struct jsonin_at v = find(at, name);

	if (is_given(v))
		return jsonin_number(v, NULL, min, max);
	return v.in->st == ST_OK ? other : 0;
}

bool
jsonin_bool(struct jsonin_at at, const char *name)
{
	const struct jsontape_node *n = need(find(at, name), JSONTAPE_BOOL);

	return n != NULL && n->integer != 0;
}

bool
jsonin_bool_or(struct jsonin_at at, const char *name, bool other)
{
	struct jsonin_at v = find(at, name);

	if (is_given(v))
		return jsonin_bool(v, NULL);
	return v.in->st == ST_OK && other;
}

static bool
find_word(const char *text, const char *const *words, size_t count,
    unsigned *out)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (words[i] == NULL || strcmp(words[i], text) != 0)
			continue;
		*out = (unsigned)i;
		return true;
	}
	return false;
}

static void
complain_of_word(struct jsonin_at v, const char *const *words, size_t count)
{
	struct buf list;
	size_t i;

	buf_init(&list, WORDS_MAX);
	for (i = 0; i < count; i++)
		if (words[i] != NULL)
			(void)buf_printf(&list, "%s%s",
			    list.len != 0 ? ", " : "", words[i]);
	complain(v, ST_MALFORMED, "not one of %s%s",
	    buf_text(&list), list.full ? ", ..." : "");
	buf_fini(&list);
}

unsigned
jsonin_word(struct jsonin_at at, const char *name, const char *const *words,
    size_t count)
{
	struct jsonin_at v = find(at, name);
	const char *text = text_of(v, SIZE_MAX);
	unsigned i;

	if (text == NULL)
		return 0;
	if (find_word(text, words, count, &i))
		return i;
	complain_of_word(v, words, count);
	return 0;
}

unsigned
jsonin_word_or(struct jsonin_at at, const char *name,
    const char *const *words, size_t count, unsigned other)
{
	struct jsonin_at v = find(at, name);
	const char *text = is_given(v) ? text_of(v, SIZE_MAX) : NULL;
	unsigned i = other;

	if (v.in->st != ST_OK)
		return 0;
	if (text != NULL)
		(void)find_word(text, words, count, &i);
	return i;
}

/* Two to four numbers; those of the registry have 32 bits. */
static bool
take_version(const char *text, struct version *out)
{
	struct version v = { .parts = 0 };
	uint64_t n;

	for (;; text++) {
		if (*text < '0' || *text > '9')
			return false;
		for (n = 0; *text >= '0' && *text <= '9'; text++) {
			n = n * 10 + (uint64_t)(*text - '0');
			if (n > UINT32_MAX)
				return false;
		}
		v.part[v.parts++] = (uint32_t)n;
		if (*text != '.' || v.parts == 4)
			break;
	}
	*out = v;
	return *text == '\0' && v.parts >= 2;
}

struct version
jsonin_version(struct jsonin_at at, const char *name)
{
	struct jsonin_at v = find(at, name);
	const char *text = is_given(v) ? text_of(v, SIZE_MAX) : NULL;
	struct version got = { .parts = 0 };
	char again[VERSION_TEXT];

	if (text == NULL || (take_version(text, &got) &&
	    strcmp(version_format(got, again), text) == 0))
		return got;
	complain(v, ST_MALFORMED, "not a version as 14.2.318.4");
	return (struct version){ .parts = 0 };
}

/* Certificates begin in the year 1, days of Windows in 1601: the calendar is
 * the same 2000 years later. */
static bool
take_instant(const char *text, instant *out)
{
	char later[INSTANT_TEXT];
	instant t;

	if (instant_parse(text, out))
		return true;
	if ((text[0] != '0' && text[0] != '1') ||
	    strlen(text) >= sizeof(later))
		return false;
	memcpy(later, text, strlen(text) + 1);
	later[0] = (char)(later[0] + 2);
	if (!instant_parse(later, &t))
		return false;
	*out = t - instant_of_day(4000, 1, 1) + instant_of_day(2000, 1, 1);
	return true;
}

instant
jsonin_instant(struct jsonin_at at, const char *name)
{
	struct jsonin_at v = find(at, name);
	const char *text = is_given(v) ? text_of(v, SIZE_MAX) : NULL;
	char again[INSTANT_TEXT];
	instant got = INSTANT_NONE;

	if (text == NULL)
		return INSTANT_NONE;
	if (strcmp(text, instant_format(INSTANT_UNLIMITED, again)) == 0)
		return INSTANT_UNLIMITED;
	if (take_instant(text, &got) &&
	    strcmp(instant_format(got, again), text) == 0)
		return got;
	complain(v, ST_MALFORMED,
	    "not an instant as 2013-01-10T20:32:25Z");
	return INSTANT_NONE;
}

/* 0 to 15; 16 for anything else, an upper case digit too. */
static unsigned
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 16;
}

bool
jsonin_hex(struct jsonin_at at, const char *name, void *p, size_t len)
{
	struct jsonin_at v = find(at, name);
	const char *text = is_given(v) ? text_of(v, SIZE_MAX) : NULL;
	uint8_t *out = p;
	size_t i;

	memset(out, 0, len);
	if (text == NULL)
		return false;
	for (i = 0; i < len * 2 && hex_digit(text[i]) < 16; i++)
		out[i / 2] = (uint8_t)((unsigned)out[i / 2] << 4 |
		    hex_digit(text[i]));
	if (i == len * 2 && text[i] == '\0')
		return true;
	memset(out, 0, len);
	complain(v, ST_MALFORMED,
	    "not %zu digits of lower case hex", len * 2);
	return false;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "hostile.h"
#include "scratch.h"
#include "tap.h"

#include "base/buf.h"
#include "base/utf.h"
#include "json/jsonin.h"
#include "json/jsonout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const states[] = { "unknown", "applied", NULL,
    "superseded" };
#define STATES	(sizeof(states) / sizeof(states[0]))

/* ---- what is JSON, and what is not ---- */

static struct slice
slice_text(const char *text)
{
	return slice_of(text, strlen(text), 0);
}

/* The document, which is one. */
static struct jsonin *
opened(const char *text)
{
	struct jsonin *in = NULL;
	struct diag d = { .text = "" };

	CHECK_ST(jsonin_open(slice_text(text), 1, &in, &d), ST_OK, &d);
	return in;
}

static void
taken(void)
{
	static const char *const good[] = { "null", " \t\r\n{ } ", "[]",
	    "\xef\xbb\xbf[1]", "-0", "0", "10", "1.5", "-0.0e+10", "1E-2",
	    "1e999", "99999999999999999999999999999999", "\"\"",
	    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\ud83d\\ude00\"",
	    "[[],{},[{}],true,false,null]", "{\"a\":{\"a\":1},\"b\":1}",
	    "\"\xf4\x8f\xbf\xbf\"", "{\"\":0}", "\"\x7f\"" };
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct jsonin *in = opened(good[i]);

		CHECK_ST(jsonin_finish(in, NULL), ST_OK, NULL);
		jsonin_close(in);
	}
}

static const struct {
	const char	*text, *what;
	uint64_t	 off;
} bad_text[] = {
	{ "", "line 1: it is cut off here", 0 },
	{ "\xef\xbb\xbf", "line 1: it is cut off here", 3 },
	{ "\xff\xfe{", "line 1: this is UTF-16, as PowerShell redirects "
	    "output, and not UTF-8", 0 },
	{ "{\n\"a\": nul}", "line 2: /a: a value is wanted here", 7 },
	{ "[1, 2", "line 1: it is cut off here", 5 },
	{ "[1,]", "line 1: /1: a value is wanted here", 3 },
	{ "[,1]", "line 1: /0: a value is wanted here", 1 },
	{ "{\"a\":1,}", "line 1: a name in quotes is wanted here", 7 },
	{ "{a:1}", "line 1: a name in quotes is wanted here", 1 },
	{ "{\"a\" 1}", "line 1: /a: a colon is wanted here", 5 },
	{ "{\"a\":[1 2]}", "line 1: /a: a comma or ] is wanted here", 8 },
	{ "{\"a\":1]", "line 1: a comma or } is wanted here", 6 },
	{ "1 2", "line 1: something stands behind its end", 2 },
	{ "[]]", "line 1: something stands behind its end", 2 },
	{ "[01]", "line 1: a comma or ] is wanted here", 2 },
	{ "[+1]", "line 1: /0: a value is wanted here", 1 },
	{ "[-]", "line 1: /0: a digit is wanted here", 2 },
	{ "[1.]", "line 1: /0: a digit is wanted here", 3 },
	{ "[.5]", "line 1: /0: a value is wanted here", 1 },
	{ "[1e]", "line 1: /0: a digit is wanted here", 3 },
	{ "[NaN]", "line 1: /0: a value is wanted here", 1 },
	{ "[True]", "line 1: /0: a value is wanted here", 1 },
	{ "['a']", "line 1: /0: a value is wanted here", 1 },
	{ "[1] // x", "line 1: something stands behind its end", 4 },
	{ "\"a", "line 1: it is cut off here", 2 },
	{ "[\"\n\"]", "line 1: /0: a control character that is not escaped",
	    2 },
	{ "[\"\\x\"]", "line 1: /0: a known escape is wanted here", 3 },
	{ "[\"\\u12g4\"]", "line 1: /0: a hexadecimal digit is wanted here",
	    6 },
	{ "[\"a\\u0000\"]", "line 1: /0: a NUL inside a text", 3 },
	{ "{\"\\u0000\":1}", "line 1: a NUL inside a text", 2 },
	{ "[\"\\ud800\"]", "line 1: /0: half of a surrogate pair", 2 },
	{ "[\"\\udc00\"]", "line 1: /0: half of a surrogate pair", 2 },
	{ "[\"\\ud800\\u0041\"]", "line 1: /0: half of a surrogate pair", 2 },
	{ "[\"\\ud800x\"]", "line 1: /0: half of a surrogate pair", 2 },
	{ "[\"\xff\"]", "line 1: /0: a text is not UTF-8", 1 },
	{ "[\"\xc0\x80\"]", "line 1: /0: a text is not UTF-8", 1 },
	{ "[\"\xed\xa0\x80\"]", "line 1: /0: a text is not UTF-8", 1 },
	{ "[\"\xc3\"]", "line 1: /0: a text is not UTF-8", 1 },
	{ "\xc3\xbc", "line 1: a value is wanted here", 0 },
	{ "{\"a\":1,\"b\":2,\"a\":3}", "line 1: /a: it is there twice", 13 },
	{ "{\"x\":[{},{\"a\":1,\"\\u0061\":1}]}",
	    "line 1: /x/1/a: it is there twice", 16 },
	{ "{\"a/b\":{\"m~n\":[0,?]}}",
	    "line 1: /a~1b/m~0n/1: a value is wanted here", 17 },
};

static void
refused(void)
{
	struct jsonin *in = NULL;
	size_t i;

	for (i = 0; i < sizeof(bad_text) / sizeof(bad_text[0]); i++) {
		struct diag d = { .text = "" };

		CHECK_ST(jsonin_open(slice_text(bad_text[i].text), 1, &in,
		    &d), ST_MALFORMED, &d);
		CHECK_STR(d.text, bad_text[i].what);
		CHECK_INT(d.fileoff, bad_text[i].off);
	}
	CHECK(in == NULL);
	CHECK_ST(jsonin_open(slice_text("["), 1, &in, NULL), ST_MALFORMED,
	    NULL);
	/* A NUL is a byte like any other that is none of JSON. */
	CHECK_ST(jsonin_open(slice_of("1\0", 2, 0), 1, &in, NULL),
	    ST_MALFORMED, NULL);
}

/* ---- what is asked ---- */

static const char sound[] = "{\"text\": \"\\u00fc\", \"n\": -7, \"big\": "
    "9007199254740992, \"more\": 9007199254740993, \"yes\": true, "
    "\"none\": null, \"state\": \"superseded\", \"odd\": \"later\", "
    "\"build\": \"14.2.318.2\", \"at\": \"2013-01-10T20:32:25Z\", "
    "\"end\": \"unlimited\", \"hex\": \"00ff7a\", \"list\": [1, 2, 3], "
    "\"in\": {\"a\": 1, \"b\": [null]}, \"ignored\": {\"x\": [1e3]}}";

static void
values(void)
{
	struct jsonin *in = opened(sound);
	struct jsonin_at at = jsonin_root(in);
	uint8_t hex[3];

	CHECK_STR(jsonin_text(at, "text", 2), "\xc3\xbc");
	CHECK_STR(jsonin_text_or_null(at, "text", 2), "\xc3\xbc");
	CHECK(jsonin_text_or_null(at, "none", 2) == NULL);
	CHECK(jsonin_text_or_null(at, "gone", 2) == NULL);
	CHECK_INT(jsonin_number(at, "n", -7, -7), -7);
	CHECK_INT(jsonin_number(at, "big", 0, INT64_MAX),
	    JSONTAPE_INTEGER_MAX);
	CHECK_INT(jsonin_number_or(at, "gone", 0, 1, 5), 5);
	CHECK_INT(jsonin_number_or(at, "none", 0, 1, 5), 5);
	CHECK_INT(jsonin_number_or(at, "n", -9, 1, 5), -7);
	CHECK(jsonin_bool(at, "yes"));
	CHECK(jsonin_bool_or(at, "gone", true));
	CHECK(!jsonin_bool_or(at, "none", false));
	CHECK(jsonin_bool_or(at, "yes", false));
	CHECK_INT(jsonin_word(at, "state", states, STATES), 3);
	CHECK_INT(jsonin_word_or(at, "state", states, STATES, 1), 3);
	CHECK_INT(jsonin_word_or(at, "odd", states, STATES, 1), 1);
	CHECK_INT(jsonin_word_or(at, "gone", states, STATES, 1), 1);
	CHECK(version_equal(jsonin_version(at, "build"),
	    version_of(14, 2, 318, 2)));
	CHECK(!version_known(jsonin_version(at, "none")));
	CHECK(!version_known(jsonin_version(at, "gone")));
	CHECK_INT(jsonin_instant(at, "at"), 1357849945);
	CHECK_INT(jsonin_instant(at, "end"), INSTANT_UNLIMITED);
	CHECK_INT(jsonin_instant(at, "none"), INSTANT_NONE);
	CHECK_INT(jsonin_instant(at, "gone"), INSTANT_NONE);
	CHECK(jsonin_hex(at, "hex", hex, sizeof(hex)));
	CHECK(memcmp(hex, "\0\xff\x7a", sizeof(hex)) == 0);
	CHECK(!jsonin_hex(at, "none", hex, sizeof(hex)));
	CHECK(memcmp(hex, "\0\0\0", sizeof(hex)) == 0);
	jsonin_require(at, "none");
	CHECK_ST(jsonin_finish(in, NULL), ST_OK, NULL);
	CHECK(!jsonin_failed(in));
	jsonin_close(in);
	jsonin_close(NULL);
}

static void
kinds(void)
{
	struct jsonin *in = opened(sound);
	struct jsonin_at at = jsonin_root(in);

	CHECK_INT(jsonin_kind(at, "gone"), JSONTAPE_NONE);
	CHECK_INT(jsonin_kind(at, "none"), JSONTAPE_NULL);
	CHECK_INT(jsonin_kind(at, "yes"), JSONTAPE_BOOL);
	CHECK_INT(jsonin_kind(at, "big"), JSONTAPE_INTEGER);
	CHECK_INT(jsonin_kind(at, "more"), JSONTAPE_NUMBER);
	CHECK_INT(jsonin_kind(at, "text"), JSONTAPE_TEXT);
	CHECK_INT(jsonin_kind(at, "list"), JSONTAPE_ARRAY);
	CHECK_INT(jsonin_kind(at, NULL), JSONTAPE_OBJECT);
	CHECK_ST(jsonin_finish(in, NULL), ST_OK, NULL);
	jsonin_close(in);
}

static void
inner(void)
{
	struct jsonin *in = opened(sound);
	struct jsonin_at at = jsonin_root(in), o, item;
	struct jsonin_items it = jsonin_items(jsonin_array(at, "list", 3));
	int64_t sum = 0;

	while (jsonin_each(&it, &item)) {
		CHECK(jsonin_name(item) == NULL);
		sum = sum * 10 + jsonin_number(item, NULL, 1, 3);
	}
	CHECK_INT(sum, 123);
	CHECK_INT(jsonin_count(jsonin_array(at, "list", 3)), 3);
	CHECK_INT(jsonin_count(jsonin_array(at, "none", 3)), 0);
	it = jsonin_items(jsonin_array(at, "gone", 3));
	CHECK(!jsonin_each(&it, &item));
	o = jsonin_object(at, "in");
	CHECK_INT(jsonin_count(o), 2);
	it = jsonin_items(o);
	CHECK(jsonin_each(&it, &item) && jsonin_each(&it, &item));
	CHECK_STR(jsonin_name(item), "b");
	CHECK(!jsonin_each(&it, &item));
	/* Nothing is in what is not there, however deep. */
	o = jsonin_object_or_none(at, "gone");
	CHECK(!jsonin_is_there(o));
	CHECK_INT(jsonin_number_or(o, "a", 0, 1, 9), 9);
	o = jsonin_object_or_none(jsonin_object_or_none(at, "none"), "x");
	CHECK(!jsonin_is_there(o));
	CHECK(jsonin_text_or_null(o, "a", 9) == NULL);
	CHECK(jsonin_is_there(jsonin_object_or_none(at, "in")));
	CHECK_ST(jsonin_finish(in, NULL), ST_OK, NULL);
	jsonin_close(in);
}

/* ---- what is asked in vain ---- */

enum ask { ASK_TEXT, ASK_TEXT_OR_NULL, ASK_NUMBER, ASK_NUMBER_OR, ASK_BOOL,
    ASK_WORD, ASK_WORD_OR, ASK_VERSION, ASK_INSTANT, ASK_HEX, ASK_OBJECT,
    ASK_ARRAY, ASK_REQUIRE, ASK_INSIDE };

/* What nothing, or something wrong, gives: never anything good. */
static bool
is_zero(struct jsonin_at at, enum ask ask)
{
	static const uint8_t zero[4];
	uint8_t hex[4] = { 1, 1, 1, 1 };

	switch (ask) {
	case ASK_TEXT:
		return strcmp(jsonin_text(at, "v", 4), "") == 0;
	case ASK_TEXT_OR_NULL:
		return jsonin_text_or_null(at, "v", 4) == NULL;
	case ASK_NUMBER:
		return jsonin_number(at, "v", 1, 5) == 0;
	case ASK_NUMBER_OR:
		return jsonin_number_or(at, "v", 1, 5, 3) == 0;
	case ASK_BOOL:
		return !jsonin_bool(at, "v");
	case ASK_WORD:
		return jsonin_word(at, "v", states, STATES) == 0;
	case ASK_WORD_OR:
		return jsonin_word_or(at, "v", states, STATES, 1) == 0;
	case ASK_VERSION:
		return !version_known(jsonin_version(at, "v"));
	case ASK_INSTANT:
		return jsonin_instant(at, "v") == INSTANT_NONE;
	case ASK_HEX:
		return !jsonin_hex(at, "v", hex, 4) &&
		    memcmp(hex, zero, 4) == 0;
	case ASK_OBJECT:
		return jsonin_count(jsonin_object(at, "v")) == 0;
	case ASK_ARRAY:
		return jsonin_count(jsonin_array(at, "v", 2)) == 0;
	case ASK_REQUIRE:
		jsonin_require(at, "v");
		return true;
	case ASK_INSIDE:
		return !jsonin_bool(jsonin_object_or_none(at, "v"), "w");
	}
	return false;
}

static const struct {
	enum ask	 ask;
	const char	*text, *what;
	enum status	 st;
} bad_ask[] = {
	{ ASK_TEXT, "{}", "/v: missing", ST_MALFORMED },
	{ ASK_TEXT, "{\"v\":null}", "/v: null", ST_MALFORMED },
	{ ASK_TEXT, "{\"v\":1}", "/v: not a text", ST_MALFORMED },
	{ ASK_TEXT, "{\"v\":\"12345\"}", "/v: longer than 4 bytes",
	    ST_LIMIT },
	{ ASK_TEXT, "[]", "not an object", ST_MALFORMED },
	{ ASK_TEXT_OR_NULL, "{\"v\":false}", "/v: not a text",
	    ST_MALFORMED },
	{ ASK_TEXT_OR_NULL, "{\"v\":\"12345\"}", "/v: longer than 4 bytes",
	    ST_LIMIT },
	{ ASK_NUMBER, "{}", "/v: missing", ST_MALFORMED },
	{ ASK_NUMBER, "{\"v\":0}", "/v: not from 1 to 5", ST_MALFORMED },
	{ ASK_NUMBER, "{\"v\":-0}", "/v: not from 1 to 5", ST_MALFORMED },
	{ ASK_NUMBER, "{\"v\":6}", "/v: not from 1 to 5", ST_MALFORMED },
	{ ASK_NUMBER, "{\"v\":\"3\"}", "/v: not a whole number within 2^53",
	    ST_MALFORMED },
	{ ASK_NUMBER, "{\"v\":3.0}", "/v: not a whole number within 2^53",
	    ST_MALFORMED },
	{ ASK_NUMBER, "{\"v\":3e0}", "/v: not a whole number within 2^53",
	    ST_MALFORMED },
	{ ASK_NUMBER, "{\"v\":18446744073709551619}",
	    "/v: not a whole number within 2^53", ST_MALFORMED },
	{ ASK_NUMBER_OR, "{\"v\":6}", "/v: not from 1 to 5", ST_MALFORMED },
	{ ASK_NUMBER_OR, "{\"v\":[]}", "/v: not a whole number within 2^53",
	    ST_MALFORMED },
	{ ASK_BOOL, "{\"v\":1}", "/v: not true or false", ST_MALFORMED },
	{ ASK_BOOL, "{}", "/v: missing", ST_MALFORMED },
	{ ASK_WORD, "{\"v\":\"Applied\"}",
	    "/v: not one of unknown, applied, superseded", ST_MALFORMED },
	{ ASK_WORD, "{\"v\":null}", "/v: null", ST_MALFORMED },
	{ ASK_WORD_OR, "{\"v\":1}", "/v: not a text", ST_MALFORMED },
	{ ASK_VERSION, "{\"v\":\"14.02.318.2\"}",
	    "/v: not a version as 14.2.318.4", ST_MALFORMED },
	{ ASK_VERSION, "{\"v\":\"14.2.318.2 \"}",
	    "/v: not a version as 14.2.318.4", ST_MALFORMED },
	{ ASK_VERSION, "{\"v\":\"14\"}",
	    "/v: not a version as 14.2.318.4", ST_MALFORMED },
	{ ASK_VERSION, "{\"v\":\"\"}", "/v: not a version as 14.2.318.4",
	    ST_MALFORMED },
	{ ASK_VERSION, "{\"v\":\"4294967296.0\"}",
	    "/v: not a version as 14.2.318.4", ST_MALFORMED },
	{ ASK_VERSION, "{\"v\":\"1.2.3.4.5\"}",
	    "/v: not a version as 14.2.318.4", ST_MALFORMED },
	{ ASK_VERSION, "{\"v\":\"1.2.\"}",
	    "/v: not a version as 14.2.318.4", ST_MALFORMED },
	{ ASK_VERSION, "{\"v\":14.2}", "/v: not a text", ST_MALFORMED },
	{ ASK_INSTANT, "{\"v\":\"2013-01-10T24:61:00Z\"}",
	    "/v: not an instant as 2013-01-10T20:32:25Z", ST_MALFORMED },
	{ ASK_INSTANT, "{\"v\":\"0001-02-29T00:00:00Z\"}",
	    "/v: not an instant as 2013-01-10T20:32:25Z", ST_MALFORMED },
	{ ASK_INSTANT, "{\"v\":\"2013-02-29T00:00:00Z\"}",
	    "/v: not an instant as 2013-01-10T20:32:25Z", ST_MALFORMED },
	{ ASK_INSTANT, "{\"v\":\"2013-01-10\"}",
	    "/v: not an instant as 2013-01-10T20:32:25Z", ST_MALFORMED },
	{ ASK_INSTANT, "{\"v\":\"2013-01-10T20:32:25+01:00\"}",
	    "/v: not an instant as 2013-01-10T20:32:25Z", ST_MALFORMED },
	{ ASK_INSTANT, "{\"v\":\"unknown\"}",
	    "/v: not an instant as 2013-01-10T20:32:25Z", ST_MALFORMED },
	{ ASK_INSTANT, "{\"v\":0}", "/v: not a text", ST_MALFORMED },
	{ ASK_HEX, "{\"v\":\"001122\"}",
	    "/v: not 8 digits of lower case hex", ST_MALFORMED },
	{ ASK_HEX, "{\"v\":\"0011223344\"}",
	    "/v: not 8 digits of lower case hex", ST_MALFORMED },
	{ ASK_HEX, "{\"v\":\"AABBCCDD\"}",
	    "/v: not 8 digits of lower case hex", ST_MALFORMED },
	{ ASK_HEX, "{\"v\":\"001122g0\"}",
	    "/v: not 8 digits of lower case hex", ST_MALFORMED },
	{ ASK_OBJECT, "{\"v\":[1]}", "/v: not an object", ST_MALFORMED },
	{ ASK_OBJECT, "{}", "/v: missing", ST_MALFORMED },
	{ ASK_ARRAY, "{\"v\":{\"a\":1}}", "/v: not an array",
	    ST_MALFORMED },
	{ ASK_ARRAY, "{\"v\":[1,2,3]}", "/v: more than 2", ST_LIMIT },
	{ ASK_REQUIRE, "{\"w\":null}", "/v: missing", ST_MALFORMED },
	{ ASK_INSIDE, "{}", "/v: missing", ST_MALFORMED },
	{ ASK_INSIDE, "{\"v\":null}", "/v/w: missing", ST_MALFORMED },
	{ ASK_INSIDE, "{\"v\":{}}", "/v/w: missing", ST_MALFORMED },
	{ ASK_INSIDE, "{\"v\":1}", "/v: not an object", ST_MALFORMED },
};

static void
in_vain(void)
{
	char want[256];
	size_t i;

	for (i = 0; i < sizeof(bad_ask) / sizeof(bad_ask[0]); i++) {
		struct jsonin *in = opened(bad_ask[i].text);
		struct diag d = { .text = "" };

		CHECK(is_zero(jsonin_root(in), bad_ask[i].ask));
		CHECK(jsonin_failed(in));
		CHECK_ST(jsonin_finish(in, &d), bad_ask[i].st, &d);
		snprintf(want, sizeof(want), "line 1: %s", bad_ask[i].what);
		CHECK_STR(d.text, want);
		/* Asked again, it says nothing new. */
		CHECK(is_zero(jsonin_root(in), bad_ask[i].ask));
		CHECK_ST(jsonin_finish(in, NULL), bad_ask[i].st, &d);
		jsonin_close(in);
	}
}

/* The first error counts, and nothing is read behind it. */
static void
first_wins(void)
{
	struct jsonin *in = opened("{\"a\": [1,\n2, \"x\", 4], \"b\": 5}");
	struct jsonin_at at = jsonin_root(in), item;
	struct jsonin_items it = jsonin_items(jsonin_array(at, "a", 9));
	struct diag d = { .text = "" };
	int n = 0;

	while (jsonin_each(&it, &item)) {
		(void)jsonin_number(item, NULL, 0, 9);
		n++;
	}
	CHECK_INT(n, 3);
	CHECK_INT(jsonin_number(at, "b", 0, 9), 0);
	CHECK_INT(jsonin_number_or(at, "c", 0, 9, 7), 0);
	CHECK(!jsonin_bool_or(at, "c", true));
	CHECK_INT(jsonin_count(at), 0);
	CHECK_INT(jsonin_kind(at, "b"), JSONTAPE_NONE);
	CHECK(!jsonin_is_there(jsonin_object_or_none(at, NULL)));
	jsonin_fail(at, "b", ST_LIMIT, "too late");
	CHECK_ST(jsonin_finish(in, &d), ST_MALFORMED, &d);
	CHECK_STR(d.text, "line 2: /a/2: not a whole number within 2^53");
	CHECK_INT(d.fileoff, 13);
	jsonin_close(in);
}

/* Complaints of who knows what the document means. */
static void
own_complaints(void)
{
	static const char text[] = "{\"a~/\":[{\"b\":{\"c\":7}}]}";
	struct jsonin *in = NULL;
	struct jsonin_at item;
	struct jsonin_items it;
	struct diag d = { .text = "" };

	CHECK_ST(jsonin_open(slice_of(text, strlen(text), 100), 12, &in, &d),
	    ST_OK, &d);
	it = jsonin_items(jsonin_array(jsonin_root(in), "a~/", 1));
	CHECK(jsonin_each(&it, &item));
	jsonin_fail(jsonin_object(item, "b"), "c", ST_UNTRUSTED, "%d is odd",
	    7);
	CHECK_ST(jsonin_finish(in, &d), ST_UNTRUSTED, &d);
	CHECK_STR(d.text, "line 12: /a~0~1/0/b/c: 7 is odd");
	CHECK_INT(d.fileoff, 118);
	jsonin_close(in);
}

/* ---- limits ---- */

static void
check_limit(struct buf *b, const char *what)
{
	struct jsonin *in = NULL;
	struct diag d = { .text = "" };

	CHECK(!b->full);
	CHECK_ST(jsonin_open(buf_slice(b), 1, &in, &d),
	    what != NULL ? ST_LIMIT : ST_OK, &d);
	if (what != NULL)
		CHECK(strstr(d.text, what) != NULL);
	jsonin_close(in);
	buf_fini(b);
}

/* HEAD, then N times MANY with a comma between, then TAIL. */
static void
check_many(const char *head, const char *many, size_t n, const char *tail,
    const char *what)
{
	struct buf b;
	size_t i;

	buf_init(&b, JSON_MAX_BYTES + 1024);
	buf_puts(&b, head);
	for (i = 0; i < n; i++) {
		buf_puts(&b, i != 0 ? "," : "");
		buf_puts(&b, many);
	}
	buf_puts(&b, tail);
	check_limit(&b, what);
}

static void
check_depth(unsigned n, const char *open, const char *shut, const char *what)
{
	struct buf b;
	unsigned i;

	buf_init(&b, 4096);
	for (i = 0; i < n; i++)
		buf_puts(&b, open);
	buf_puts(&b, "0");
	for (i = 0; i < n; i++)
		buf_puts(&b, shut);
	check_limit(&b, what);
}

static void
check_members(unsigned n, const char *what)
{
	struct buf b;
	unsigned i;

	buf_init(&b, 64 * 1024);
	for (i = 0; i < n; i++)
		buf_printf(&b, "%s\"m%u\":0", i != 0 ? "," : "{", i);
	buf_puts(&b, "}");
	check_limit(&b, what);
}

/* So many bytes, nearly all of them one text. */
static void
check_bytes(size_t n, const char *what)
{
	struct buf b;

	buf_init(&b, n);
	memset(buf_extend(&b, n), 'x', n);
	b.p[0] = b.p[n - 1] = '"';
	check_limit(&b, what);
}

static void
limits(void)
{
	check_depth(JSON_MAX_DEPTH, "[", "]", NULL);
	check_depth(JSON_MAX_DEPTH + 1, "[", "]", "deeper than 32 levels");
	check_depth(JSON_MAX_DEPTH, "{\"a\":", "}", NULL);
	check_depth(JSON_MAX_DEPTH + 1, "{\"a\":", "}", "deeper than");
	/* The array is a value too. */
	check_many("[", "{}", JSON_MAX_VALUES - 1, "]", NULL);
	check_many("[", "{}", JSON_MAX_VALUES, "]", "more than 500000 val");
	check_members(JSON_MAX_MEMBERS, NULL);
	check_members(JSON_MAX_MEMBERS + 1, "more than 1024 members");
	check_bytes(JSON_MAX_BYTES, NULL);
	check_bytes(JSON_MAX_BYTES + 1, "more than 16777216 bytes");
}

/* Names may be long; what is told of them is not, and still is UTF-8. */
static void
long_pointer(void)
{
	struct jsonin *in = NULL;
	struct diag d = { .text = "" };
	struct buf b;
	int i;

	buf_init(&b, 4096);
	buf_puts(&b, "{\"x");
	for (i = 0; i < 500; i++)
		buf_puts(&b, "\xc3\xbc");
	buf_puts(&b, "\": ?}");
	CHECK_ST(jsonin_open(buf_slice(&b), 1, &in, &d), ST_MALFORMED, &d);
	CHECK(strstr(d.text, "...: a value is wanted here") != NULL);
	CHECK(utf8_valid(slice_text(d.text)));
	buf_fini(&b);
}

/* ---- what the writer writes ---- */

/* The bytes, which are the caller's. */
static char *
written(void (*put)(struct jsonout *j))
{
	struct diag d = { .text = "" };
	struct sink *out = NULL;
	struct jsonout j;
	char *text;

	scratch_begin();
	CHECK_ST(sink_open(scratch_path("out"), &out, &d), ST_OK, &d);
	jsonout_init(&j, out, true);
	put(&j);
	jsonout_fini(&j);
	CHECK_ST(sink_commit(out, &d), ST_OK, &d);
	text = scratch_read("out");
	scratch_end();
	return text;
}

static const char *const texts[] = { "", "plain", "\"\\/\b\f\n\r\t\x01\x7f",
    "\xc2\x9b\xe2\x80\xae\xef\xbb\xbf\xef\xbf\xbd\xf0\x9f\x98\x80\xc3\xbc" };
static const instant instants[] = { 0, -1, 1357849945, INSTANT_UNLIMITED,
    INSTANT_NONE, INT64_C(253402300799), INT64_C(-62135596800),
    INT64_C(-62167219200), INT64_C(-11644473601) };
static const struct version versions[] = { { { 14, 2, 318, 2 }, 4 },
    { { 15, 1, 2507, 0 }, 3 }, { { 6, 1, 0, 0 }, 2 }, { { 0 }, 0 },
    { { 65535, 0, 0, 65535 }, 4 }, { { UINT32_MAX, 70000, 0, 0 }, 4 } };
static const int64_t numbers[] = { 0, -1, JSONTAPE_INTEGER_MAX,
    -JSONTAPE_INTEGER_MAX };
#define N(a)	(sizeof(a) / sizeof((a)[0]))

static void
put_all(struct jsonout *j)
{
	size_t i;

	jsonout_array(j, NULL);
	for (i = 0; i < N(texts); i++)
		jsonout_text(j, NULL, texts[i]);
	for (i = 0; i < N(instants); i++)
		jsonout_instant(j, NULL, instants[i]);
	for (i = 0; i < N(versions); i++)
		jsonout_version(j, NULL, versions[i]);
	for (i = 0; i < N(numbers); i++)
		jsonout_number(j, NULL, numbers[i]);
	jsonout_object(j, NULL);
	jsonout_bool(j, texts[2], true);
	jsonout_end(j);
	jsonout_end(j);
}

static void
inverse(void)
{
	char *text = written(put_all);
	struct jsonin *in = opened(text);
	struct jsonin_items it = jsonin_items(jsonin_root(in));
	struct jsonin_at v = jsonin_root(in);
	struct diag d = { .text = "" };
	size_t i;

	for (i = 0; i < N(texts) && jsonin_each(&it, &v); i++)
		CHECK_STR(jsonin_text(v, NULL, 64), texts[i]);
	for (i = 0; i < N(instants) && jsonin_each(&it, &v); i++)
		CHECK_INT(jsonin_instant(v, NULL), instants[i]);
	for (i = 0; i < N(versions) && jsonin_each(&it, &v); i++) {
		struct version got = jsonin_version(v, NULL);

		CHECK(version_equal(got, versions[i]));
		CHECK_INT(got.parts, versions[i].parts);
	}
	for (i = 0; i < N(numbers) && jsonin_each(&it, &v); i++)
		CHECK_INT(jsonin_number(v, NULL, INT64_MIN, INT64_MAX),
		    numbers[i]);
	CHECK(jsonin_each(&it, &v));
	CHECK(jsonin_bool(v, texts[2]));
	CHECK(!jsonin_each(&it, &v));
	CHECK_ST(jsonin_finish(in, &d), ST_OK, &d);
	jsonin_close(in);
	free(text);
}

/* ---- hostile ---- */

/* Whatever it is: asked for everything, it ends with a status. */
static void
ask_all(struct slice s)
{
	struct jsonin *in = NULL;
	struct jsonin_at item;
	struct jsonin_items it;
	struct diag d = { .text = "" };
	enum status st = jsonin_open(s, 1, &in, &d);
	int ask;

	CHECK((st == ST_OK) == (in != NULL));
	if (st != ST_OK) {
		CHECK(st == ST_MALFORMED || st == ST_LIMIT);
		CHECK(d.fileoff <= s.n && d.text[0] != '\0');
		return;
	}
	it = jsonin_items(jsonin_root(in));
	while (jsonin_each(&it, &item))
		(void)jsonin_kind(item, NULL);
	for (ask = ASK_TEXT; ask <= ASK_INSIDE; ask++)
		(void)is_zero(jsonin_root(in), (enum ask)ask);
	CHECK((jsonin_finish(in, &d) != ST_OK) == jsonin_failed(in));
	jsonin_close(in);
}

static void
cut_nowhere(struct slice s)
{
	struct jsonin *in = NULL;

	/* Every beginning of an object is none. */
	if (s.n < sizeof(sound) - 1)
		CHECK(jsonin_open(s, 1, &in, NULL) != ST_OK);
	else
		ask_all(s);
	jsonin_close(in);
}

static void
hostile(void)
{
	const uint8_t *p = (const uint8_t *)sound;
	size_t n = sizeof(sound) - 1, i;

	for (i = 0; i < n; i++)
		cut_nowhere(slice_of(sound, i, 0));
	hostile_sweep(p, n, 1, ask_all);
	hostile_flips(p, n, 20000, 53, ask_all);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "what is JSON", taken },
		{ "what is not", refused },
		{ "values", values },
		{ "kinds", kinds },
		{ "arrays and objects", inner },
		{ "asked in vain", in_vain },
		{ "the first error counts", first_wins },
		{ "complaints of the caller", own_complaints },
		{ "limits", limits },
		{ "a long pointer", long_pointer },
		{ "what is written is read", inverse },
		{ "hostile", hostile },
		{ NULL, NULL }
	};

	return tap_run(cases);
}

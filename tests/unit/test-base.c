/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "tap.h"

#include "base/instant.h"
#include "base/path.h"
#include "base/slice.h"
#include "base/source.h"
#include "base/utf.h"
#include "base/version.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
path_names(void)
{
	CHECK_STR(path_base("a.msp"), "a.msp");
	CHECK_STR(path_base("/var/a.msp"), "a.msp");
	CHECK_STR(path_base("C:\\Windows/Installer\\a.msp"), "a.msp");
	CHECK_STR(path_base("C:\\Windows\\"), "");
	CHECK_STR(path_base(""), "");
}

static void
slice_bounds(void)
{
	static const uint8_t b[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };
	struct slice s = slice_of(b, sizeof(b), 100), out = { 0 };
	uint32_t v = 7;

	CHECK(slice_sub(s, 8, 0, &out));
	CHECK(slice_sub(s, 2, 3, &out) && out.fileoff == 102);
	CHECK(!slice_sub(s, 9, 0, &out));
	CHECK(!slice_sub(s, 1, SIZE_MAX, &out));
	CHECK(!slice_sub(s, SIZE_MAX, 1, &out));
	CHECK(slice_u32le(s, 4, &v) && v == 0x08070605);
	CHECK(!slice_u32le(s, 5, &v) && v == 0x08070605);
}

static void
cursor_is_sticky(void)
{
	static const uint8_t b[6] = { 1, 0, 2, 0, 3, 0 };
	struct cursor c = cursor_of(slice_of(b, sizeof(b), 0));

	CHECK_INT(cursor_u16le(&c), 1);
	CHECK_INT(cursor_u64le(&c), 0);
	CHECK(c.bad);
	CHECK_INT(cursor_u8(&c), 0);
	CHECK_INT(cursor_left(&c), 0);
}

static void
version_spellings(void)
{
	static const struct {
		const char *text, *want, *want_long;
	} rows[] = {
		{ "14.2.318.4", "14.2.318.4", "14.02.0318.004" },
		{ "14.02.0318.004", "14.2.318.4", "14.02.0318.004" },
		{ " Version 14.2 (Build 318.2)\n", "14.2.318.2",
		    "14.02.0318.002" },
		{ "15.1 (Build 2507.35)", "15.1.2507.35", "15.01.2507.035" },
		{ "15.1.2507", "15.1.2507", "15.01.2507" },
	};
	static const char *const bad[] = { "", "14", "14.2", "14.2.318.4.1",
	    "14.2.70000.1", "14.2.318.4x", "x14.2.318.4", "14.2 (Build 318",
	    "14..318.4", "14.2.-1.4" };
	char text[VERSION_TEXT];
	struct version v;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		CHECK(version_parse(rows[i].text, &v));
		CHECK_STR(version_format(v, text), rows[i].want);
		CHECK_STR(version_format_long(v, text), rows[i].want_long);
	}
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK(!version_parse(bad[i], &v));
	CHECK(version_parse_product("1.0", &v) && v.parts == 2 &&
	    version_equal(v, version_of(1, 0, 0, 0)));
	CHECK(version_parse_product("14", &v) &&
	    version_equal(v, version_of(14, 0, 0, 0)));
	CHECK(version_parse_product("14.2.247.5", &v) && v.parts == 4);
	CHECK(!version_parse_product("", &v));
	CHECK(!version_parse_product("1.x", &v));
	CHECK(!version_parse_product("1.2.3.4.5", &v));
	CHECK(version_cmp(version_of(14, 2, 328, 10),
	    version_of(14, 2, 328, 5)) > 0);
	CHECK(version_parse_tail("Update Rollup 4-v2 for Exchange Server 2010 "
	    "Service Pack 2 (KB2756485) 14.2.318.4", &v) &&
	    v.part[3] == 4);
}

static void
instant_forms(void)
{
	char text[INSTANT_TEXT];
	instant t;

	CHECK(instant_parse("2013-01-10T20:32:25Z", &t) && t == 1357849945);
	CHECK_STR(instant_format(t, text), "2013-01-10T20:32:25Z");
	CHECK(instant_parse("2013-01-10T21:32:25+01:00", &t) &&
	    t == 1357849945);
	CHECK(instant_parse("2012-02-29", &t));
	CHECK_STR(instant_format_day(t, text), "2012-02-29");
	CHECK(!instant_parse("2013-02-29", &t));
	CHECK(!instant_parse("2013-1-10", &t));
	CHECK(!instant_parse("2013-01-10T24:00:00Z", &t));
	CHECK(!instant_parse("2013-01-10T20:32:25", &t));
	CHECK(instant_parse_day8("20120817", &t) && t == 1345161600);
	CHECK(!instant_parse_day8("20121317", &t));
	CHECK_INT(instant_of_filetime(116444736000000000), 0);
	CHECK_INT(instant_of_filetime(0), INSTANT_NONE);
	CHECK_STR(instant_format(instant_of_filetime(2650467743999999999),
	    text), "9999-12-31T23:59:59Z");
	CHECK_INT(instant_of_filetime(2650467744000000000), INSTANT_NONE);
	CHECK_INT(instant_of_filetime(UINT64_MAX), INSTANT_NONE);
	CHECK_STR(instant_format(-1, text), "1969-12-31T23:59:59Z");
}

static void
names_compare_as_windows_does(void)
{
	CHECK_INT(utf_casecmp("Software", "SOFTWARE"), 0);
	CHECK_INT(utf_casecmp("gr\xc3\xbc\xc3\x9f", "GR\xc3\x9c\xc3\x9f"), 0);
	/* The kernel keeps the dotless i and the long s apart from I and S. */
	CHECK(utf_casecmp("\xc4\xb1", "I") != 0);
	CHECK(utf_casecmp("\xc5\xbf", "S") != 0);
	CHECK_INT(utf_casecmp("\xc3\xbf", "\xc5\xb8"), 0);
	CHECK_INT(utf_casecmp("\xd1\x8f", "\xd0\xaf"), 0);
	/* U+1F80, U+1F88: one unit, though two letters in full. */
	CHECK_INT(utf_casecmp("\xe1\xbe\x80", "\xe1\xbe\x88"), 0);
	CHECK(utf_casecmp("a", "ab") < 0);
	CHECK(utf_case_prefix("MSExchangeIS", "msexchange"));
	CHECK(!utf_case_prefix("MS", "msexchange"));
}

static void
utf16_text(void)
{
	static const uint8_t good[] = { 'a', 0, 0x3d, 0xd8, 0x00, 0xde, 0, 0,
	    'x', 0 };
	static const uint8_t lone[] = { 0x3d, 0xd8, 'b', 0, 'c' };
	struct buf b;

	buf_init(&b, 64);
	CHECK(utf_from_utf16le_sz(slice_of(good, sizeof(good), 0), &b));
	CHECK_STR(buf_text(&b), "a\xf0\x9f\x98\x80");
	buf_clear(&b);
	CHECK(utf_from_utf16le(slice_of(lone, sizeof(lone), 0), &b));
	CHECK_STR(buf_text(&b), "\xef\xbf\xbd" "b");
	buf_fini(&b);
	buf_init(&b, 3);
	CHECK(!utf_from_utf16le(slice_of(good, 6, 0), &b) && b.full);
	buf_fini(&b);
	CHECK(!utf8_valid(slice_of("\xc0\x80", 2, 0)));
	CHECK(!utf8_valid(slice_of("\xed\xa0\x80", 3, 0)));
	CHECK(!utf8_valid(slice_of("\xf0\x9f\x98", 3, 0)));
	CHECK(utf8_valid(slice_of("\xf0\x9f\x98\x80", 4, 0)));
}

/* What the runs are, a byte at a time. */
static size_t
run_of(const char *s, size_t len, bool quotes)
{
	size_t n = 0;

	while (n < len && s[n] >= ' ' && s[n] <= '~' &&
	    (quotes || (s[n] != '"' && s[n] != '\\')))
		n++;
	return n;
}

/* Every byte, at every place of texts shorter and longer than a word. */
static void
runs_of_ascii(void)
{
	char text[27];
	size_t len, at;
	int b;

	for (len = 1; len < sizeof(text); len++)
		for (at = 0; at < len; at++)
			for (b = 0; b < 256; b++) {
				memset(text, at % 2 ? '~' : ' ', len);
				text[at] = (char)b;
				if (at + 1 < len)	/* it may borrow */
					text[at + 1] = at % 3 ? '!' : '\x80';
				CHECK_INT(utf_printable(text, len),
				    run_of(text, len, true));
				CHECK_INT(utf_unquoted(text, len),
				    run_of(text, len, false));
				text[at + 1 < len ? at + 1 : at] = (char)b;
				CHECK(utf_is_ascii(slice_of(text, len, 0)) ==
				    (b > 0 && b < 0x80));
			}
	CHECK_INT(utf_printable(NULL, 0), 0);
	CHECK_INT(utf_unquoted(NULL, 0), 0);
	CHECK(utf_is_ascii(slice_of(NULL, 0, 0)));
}

/* One unit that is no letter among letters, at every place. */
static void
runs_of_units(void)
{
	static const struct { uint16_t unit; const char *text; } odd[] = {
		{ 0x7f, "\x7f" }, { 0x80, "\xc2\x80" }, { 0x100, "\xc4\x80" },
		{ 0x141, "\xc5\x81" }, { 0x8041, "\xe8\x81\x81" },
		{ 0xd800, "\xef\xbf\xbd" }, { 0xff7f, "\xef\xbd\xbf" },
		{ 'z', "z" } };
	uint8_t units[2 * 19 + 1];
	char want[64];
	struct buf b;
	size_t n, at, i, k;

	buf_init(&b, 64);
	for (n = 1; n <= 19; n++)
		for (at = 0; at < n; at++)
			for (i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
				for (k = 0; k < n; k++) {
					units[2 * k] = (uint8_t)('a' + k);
					units[2 * k + 1] = 0;
				}
				units[2 * at] = (uint8_t)odd[i].unit;
				units[2 * at + 1] = (uint8_t)(
				    odd[i].unit >> 8);
				units[2 * n] = 'x';	/* half a unit */
				snprintf(want, sizeof(want), "%.*s%s%.*s",
				    (int)at, "abcdefghijklmnopqrs",
				    odd[i].text, (int)(n - at - 1),
				    &"abcdefghijklmnopqrs"[at + 1]);
				buf_clear(&b);
				CHECK(utf_from_utf16le(slice_of(units,
				    2 * n + 1, 0), &b));
				CHECK_STR(buf_text(&b), want);
				/* A NUL is kept, or ends it. */
				units[2 * at] = units[2 * at + 1] = 0;
				buf_clear(&b);
				CHECK(utf_from_utf16le(slice_of(units,
				    2 * n, 0), &b));
				CHECK(b.len == n && strlen(buf_text(&b)) == at);
				buf_clear(&b);
				CHECK(utf_from_utf16le_sz(slice_of(units,
				    2 * n, 0), &b));
				CHECK_INT(b.len, at);
			}
	buf_fini(&b);
}

/* Small storage stays, large one does not; the limit does. */
static void
buffers_are_used_again(void)
{
	struct buf b;
	uint8_t *p;

	buf_init(&b, 1 << 20);
	buf_reuse(&b);
	CHECK_STR(buf_text(&b), "");
	CHECK(buf_puts(&b, "abc"));
	p = b.p;
	buf_reuse(&b);
	CHECK(b.p == p && b.len == 0 && b.cap > 0);
	CHECK_STR(buf_text(&b), "");
	CHECK(buf_extend(&b, 1 << 20) != NULL);
	CHECK(buf_extend(&b, 1) == NULL && b.full);
	buf_reuse(&b);
	CHECK(b.p == NULL && b.cap == 0 && b.max == 1 << 20 && !b.full);
	CHECK(buf_puts(&b, "abc"));
	CHECK_STR(buf_text(&b), "abc");
	buf_fini(&b);
}

static void
window_across_blocks(void)
{
	size_t n = 100000, i;
	uint8_t *p = calloc(1, n);
	struct slice all = slice_of(p, n, 0), got;
	struct window *w;
	struct diag d = { .text = "" };

	for (i = 0; i < n; i++)
		p[i] = (uint8_t)(i * 7 >> 3);
	w = window_new(source_of_slice(&all));
	for (i = 0; i + 5000 <= n; i += 977) {
		CHECK_ST(window_get(w, i, 5000, &got, &d), ST_OK, &d);
		CHECK(got.fileoff == i && memcmp(got.p, p + i, 5000) == 0);
	}
	CHECK_ST(window_get(w, n, 0, &got, &d), ST_OK, &d);
	CHECK_ST(window_get(w, n, 1, &got, &d), ST_MALFORMED, &d);
	CHECK_ST(window_get(w, UINT64_MAX, 1, &got, &d), ST_MALFORMED, &d);
	window_free(w);
	free(p);
}

static void
find_across_chunks(void)
{
	size_t n = 200000;
	uint8_t *p = calloc(1, n);
	struct slice all = slice_of(p, n, 0);
	struct source src = source_of_slice(&all);
	struct diag d = { .text = "" };
	uint64_t off = 0;
	size_t at;

	for (at = 65526; at < 65546; at++) {
		memset(p, 0, n);
		memcpy(p + at, "needle", 6);
		CHECK_ST(source_find(&src, "needle", 6, &off, &d), ST_OK, &d);
		CHECK_INT(off, at);
	}
	CHECK_ST(source_find(&src, "needles", 7, &off, &d), ST_ABSENT, &d);
	free(p);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "slices refuse what sticks out", slice_bounds },
		{ "a cursor stays failed", cursor_is_sticky },
		{ "versions in every spelling", version_spellings },
		{ "instants", instant_forms },
		{ "names of paths", path_names },
		{ "names compare as Windows does",
		    names_compare_as_windows_does },
		{ "UTF-16 to UTF-8", utf16_text },
		{ "runs of ASCII", runs_of_ascii },
		{ "runs of units", runs_of_units },
		{ "buffers are used again", buffers_are_used_again },
		{ "a window reads across blocks", window_across_blocks },
		{ "a needle across chunks is found", find_across_chunks },
		{ NULL, NULL },
	};

	return tap_run(cases);
}

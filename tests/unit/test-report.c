/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "tap.h"
#include "scratch.h"

#include "report/json.h"
#include "report/layout.h"
#include "report/registry.h"

#include <stdlib.h>
#include <string.h>

/* What PUT writes, the caller's. */
static char *
written(void (*put)(struct sink *out))
{
	struct diag d = { .text = "" };
	struct sink *out = NULL;
	char *text;

	scratch_begin();
	CHECK_ST(sink_open(scratch_path("out"), &out, &d), ST_OK, &d);
	put(out);
	CHECK_ST(sink_commit(out, &d), ST_OK, &d);
	text = scratch_read("out");
	scratch_end();
	return text;
}

static void
put_controls(struct sink *out)
{
	layout_text(out, "a\x1b[31mred\nline\x7f \xc2\x9b" "9m "
	    "\xe2\x80\xae" "evil \xc3\xbc \xff");
}

static void
controls_are_escaped(void)
{
	char *text = written(put_controls);

	CHECK_STR(text, "a\\x1b[31mred\\x0aline\\x7f \\x9b9m "
	    "\\u202eevil \xc3\xbc \xff");
	free(text);
}

static void
put_nul(struct sink *out)
{
	layout_bytes(out, "one\0two", 7);
}

static void
a_nul_is_shown(void)
{
	char *text = written(put_nul);

	CHECK_STR(text, "one\\x00two");
	free(text);
}

static void
check_cut(const char *text, size_t max, const char *want)
{
	char *got = layout_cut(text, max);

	CHECK_STR(got, want);
	free(got);
}

static void
lines_are_cut(void)
{
	check_cut("", 8, "");
	check_cut("12345678", 8, "12345678");
	check_cut("123456789", 8, "12345...");
	/* Between characters: of three bytes here. */
	check_cut("123\xe4\xb8\xad" "6789", 8, "123...");
	check_cut("12\xe4\xb8\xad" "6789", 8, "12\xe4\xb8\xad...");
	/* What is escaped counts as it is shown. */
	check_cut("\n2345", 8, "\\x0a2345");
	check_cut("\n23456", 8, "\\x0a2...");
	check_cut("\n\n\n", 8, "\\x0a\\...");
	check_cut("\x80\x80\x80\x80\x80", 4, "...");
}

static void
put_wrapped(struct sink *out)
{
	sink_puts(out, "  LABEL  ");
	layout_wrap(out, "needed: one two three "
	    "averyveryverylongwordthatfitsnowhere  four", 9, 9, 24);
	layout_wrap(out, "", 4, 0, 24);
	layout_wrap(out, "g\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6 x", 2, 0,
	    10);
}

static void
words_wrap(void)
{
	char *text = written(put_wrapped);

	CHECK_STR(text,
	    "  LABEL  needed: one two\n"
	    "         three\n"
	    "         averyveryverylongwordthatfitsnowhere\n"
	    "         four\n"
	    "\n"
	    "  g\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6 x\n");
	free(text);
}

static void
json_is_utf8(void)
{
	json_t *v = json_text("bad \xff\xc0\x80 byte");

	CHECK(json_is_string(v));
	CHECK_STR(json_string_value(v), "bad \xef\xbf\xbd\xef\xbf\xbd"
	    "\xef\xbf\xbd byte");
	json_decref(v);
	v = json_text(NULL);
	CHECK(json_is_null(v));
	json_decref(v);
	v = json_text_or_null("");
	CHECK(json_is_null(v));
	json_decref(v);
}

static void
json_instants(void)
{
	json_t *v = json_instant(1357849945);

	CHECK_STR(json_string_value(v), "2013-01-10T20:32:25Z");
	json_decref(v);
	v = json_instant(INSTANT_UNLIMITED);
	CHECK_STR(json_string_value(v), "unlimited");
	json_decref(v);
	v = json_instant(INSTANT_NONE);
	CHECK(json_is_null(v));
	json_decref(v);
	v = json_version((struct version){ .parts = 0 });
	CHECK(json_is_null(v));
	json_decref(v);
}

static void
registry_text_ends(void)
{
	static const uint8_t two[] = { 'a', 0, 0, 0, 'b', 0, 0, 0, 0, 0, 7 };
	struct buf b;

	/* NULs at the end go, one inside stays, an odd last byte is none. */
	buf_init(&b, 64);
	registry_data_text(slice_of(two, sizeof(two), 0), &b);
	CHECK_INT(b.len, 3);
	CHECK(memcmp(b.p, "a\0b", 3) == 0);
	buf_clear(&b);
	registry_data_text(slice_of(two, 0, 0), &b);
	CHECK_INT(b.len, 0);
	buf_fini(&b);
}

/* What jansson does not take, deep inside of a result. */
static json_t *
with_a_hole(void)
{
	json_t *o = json_object(), *list = json_array(), *inner;

	json_put(&o, "before", json_text("whole"));
	inner = json_object();
	json_put(&inner, "text", json_string("\xff"));
	json_put(&inner, "behind", json_text("whole"));
	json_add(&list, json_text("whole"));
	json_add(&list, inner);
	json_add(&list, json_text("whole"));
	json_put(&o, "list", list);
	json_put(&o, "behind", json_text("whole"));
	return o;
}

static void
put_json(struct sink *out)
{
	json_t *v = with_a_hole();

	json_emit(v, out);
	json_decref(v);
}

static void
put_json_open(struct sink *out)
{
	json_t *v = with_a_hole();

	json_emit_open(v, out);
	sink_puts(out, "\n}\n");
	json_decref(v);
}

static void
put_json_line(struct sink *out)
{
	json_t *v = with_a_hole();

	sink_puts(out, "{ \"keys\": ");
	json_emit_line(v, out);
	sink_puts(out, " }\n");
	json_decref(v);
}

/* A value that is missing is no value that is null: there is no result. */
static void
json_is_whole_or_fails(void)
{
	static void (*const put[])(struct sink *out) = { put_json,
	    put_json_open, put_json_line };
	struct sink *out = NULL;
	struct diag d;
	char *text;
	size_t i;

	CHECK(with_a_hole() == NULL);
	for (i = 0; i < sizeof(put) / sizeof(put[0]); i++) {
		scratch_begin();
		CHECK_ST(sink_open(scratch_path("out"), &out, &d), ST_OK, &d);
		put[i](out);
		CHECK_ST(sink_commit(out, &d), ST_IO, &d);
		CHECK(strstr(d.text, "cannot be written as JSON") != NULL);
		text = scratch_read("out");
		CHECK_STR(text, "");
		free(text);
		scratch_end();
	}
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "control characters are escaped", controls_are_escaped },
		{ "a NUL is shown", a_nul_is_shown },
		{ "a line is cut between characters", lines_are_cut },
		{ "words wrap", words_wrap },
		{ "JSON is UTF-8 whatever comes in", json_is_utf8 },
		{ "JSON is whole or fails", json_is_whole_or_fails },
		{ "JSON instants and versions", json_instants },
		{ "where the text of a value ends", registry_text_ends },
		{ NULL, NULL },
	};

	return tap_run(cases);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "tap.h"
#include "scratch.h"

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
put_lines(struct sink *out)
{
	static const char text[] = "EXCH01  Exchange 2010  14.2.318.2  KB1";

	layout_line(out, text, 6, 0);
	layout_line(out, text, 6, 38);
	layout_line(out, text, 6, 37);
	layout_line(out, text, 6, 20);
	layout_line(out, "  7  one", 5, 7);
	layout_line(out, "", 6, 20);
	/* One column each; an escape has four, and no word is broken. */
	layout_line(out, "g\xc3\xb6\xc3\xb6\xc3\xb6 x", 2, 6);
	layout_line(out, "ab\ncd e", 2, 8);
	layout_line(out, "averylongword averylongword", 2, 8);
}

static void
lines_break_for_a_screen(void)
{
	char *text = written(put_lines);

	CHECK_STR(text,
	    "EXCH01  Exchange 2010  14.2.318.2  KB1\n"
	    "EXCH01  Exchange 2010  14.2.318.2  KB1\n"
	    "EXCH01  Exchange 2010  14.2.318.2\n"
	    "      KB1\n"
	    "EXCH01  Exchange\n"
	    "      2010\n"
	    "      14.2.318.2\n"
	    "      KB1\n"
	    "  7\n"
	    "     one\n"
	    "\n"
	    "g\xc3\xb6\xc3\xb6\xc3\xb6 x\n"
	    "ab\\x0acd\n"
	    "  e\n"
	    "averylongword\n"
	    "  averylongword\n");
	free(text);
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

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "control characters are escaped", controls_are_escaped },
		{ "a NUL is shown", a_nul_is_shown },
		{ "a line is cut between characters", lines_are_cut },
		{ "words wrap", words_wrap },
		{ "lines break for a screen", lines_break_for_a_screen },
		{ "where the text of a value ends", registry_text_ends },
		{ NULL, NULL },
	};

	return tap_run(cases);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "scratch.h"
#include "tap.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "cmd/words_win32.h"
#include "io/wide_win32.h"

#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <shellapi.h>

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

/* LINE's words behind the program's name, with '|' between them. */
static char *
joined(const char *line)
{
	char *whole = xasprintf("rollcall %s", line), *all = xstrdup("");
	wchar_t *wide = wide_of(whole);
	struct diag d = { .text = "" };
	struct words w;
	size_t i;

	CHECK_ST(words_read(wide, &w, &d), ST_OK, &d);
	CHECK(w.items != NULL && w.items[w.count] == NULL);
	for (i = 1; i < w.count; i++) {
		char *more = xasprintf("%s%s%s", all, i > 1 ? "|" : "",
		    w.items[i]);

		free(all);
		all = more;
	}
	words_fini(&w);
	free(wide);
	free(whole);
	return all;
}

static void
check_line(const char *line, const char *want)
{
	char *got = joined(line);

	CHECK_STR(got, want);
	free(got);
}

/* ----------------------------------------------------------------- words */

/* Microsoft's own examples, and those of its rules that they leave out. */
static const char *const lines[][2] = {
	{ "\"abc\" d e", "abc|d|e" },
	{ "a\\\\b d\"e f\"g h", "a\\\\b|de fg|h" },
	{ "a\\\\\\\"b c d", "a\\\"b|c|d" },
	{ "a\\\\\\\\\"b c\" d e", "a\\\\b c|d|e" },
	{ "a\"b\"\" c d", "ab\" c d" },
	{ "", "" },
	{ " \t a\t\tb  ", "a|b" },
	{ "\"\"", "" },
	{ "\"\" x", "|x" },
	{ "\"a\\\\\" b", "a\\|b" },
	{ "\"C:\\x y\\\" z", "C:\\x y\" z" },
	{ "\\\\server\\share\\", "\\\\server\\share\\" },
	{ "a\\", "a\\" },
	{ "\"a", "a" },
	{ "\303\244 \360\237\230\200", "\303\244|\360\237\230\200" },
};

static void
words_of_lines(void)
{
	size_t i;

	for (i = 0; i < COUNT(lines); i++)
		check_line(lines[i][0], lines[i][1]);
}

/* Windows' own reader is the witness, where it knows no better than ours:
 * what it makes of two '"' in quotes has changed with its versions. */
static void
words_as_windows(void)
{
	size_t i;

	for (i = 0; i < COUNT(lines); i++) {
		char *whole = xasprintf("rollcall %s", lines[i][0]);
		wchar_t *wide = wide_of(whole);
		struct diag d = { .text = "" };
		struct words w;
		int j, n = 0;
		wchar_t **theirs = CommandLineToArgvW(wide, &n);

		CHECK_ST(words_read(wide, &w, &d), ST_OK, &d);
		if (strstr(lines[i][0], "b\"\" c") == NULL) {
			CHECK_INT(w.count, n);
			for (j = 0; j < n && j < (int)w.count; j++) {
				char *text = wide_utf8(theirs[j],
				    wcslen(theirs[j]));

				CHECK_STR(w.items[j], text);
				free(text);
			}
		}
		LocalFree(theirs);
		words_fini(&w);
		free(wide);
		free(whole);
	}
}

static void
words_program(void)
{
	static const struct {
		const wchar_t	*line;
		const char	*program;
		size_t		 count;
	} rows[] = {
		{ L"", "", 1 },
		{ L"a", "a", 1 },
		{ L"\"C:\\a b\\r.exe\" x", "C:\\a b\\r.exe", 2 },
		{ L"\"C:\\a b\\\"r.exe x", "C:\\a b\\r.exe", 2 },
		{ L"C:\\*\\r.exe x", "C:\\*\\r.exe", 2 },
		{ L" x", "", 2 },
	};
	struct diag d = { .text = "" };
	struct words w;
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		CHECK_ST(words_read(rows[i].line, &w, &d), ST_OK, &d);
		CHECK_INT(w.count, rows[i].count);
		CHECK_STR(w.items[0], rows[i].program);
		words_fini(&w);
	}
}

/* -------------------------------------------------------------- patterns */

/* The case goes on in the scratch folder, until leave(). */
static void
enter(void)
{
	wchar_t *path;

	scratch_begin();
	path = wide_of(scratch_path("."));
	CHECK(SetCurrentDirectoryW(path));
	free(path);
}

static void
leave(void)
{
	CHECK(SetCurrentDirectoryW(L"C:\\"));
	scratch_end();
}

static void
patterns(void)
{
	static const char *const rows[][2] = {
		{ "*.msp", ".\\a.msp|.\\B.msp|.\\c d.msp" },
		{ "?.MSP", ".\\a.msp|.\\B.msp" },
		{ "x *.txt y", "x|.\\e.txt|y" },
		{ "sub\\*", "sub\\f.msp|sub\\g.msp" },
		{ "sub/*", "sub/f.msp|sub/g.msp" },
		{ ".\\sub\\?.msp", ".\\sub\\f.msp|.\\sub\\g.msp" },
		{ "s*", ".\\sub" },
		/* As it stands: nothing found, or no pattern. */
		{ "*.cab", "*.cab" },
		{ "none\\*", "none\\*" },
		{ "empty\\*", "empty\\*" },
		{ "*\\f.msp", "*\\f.msp" },
		{ "s*\\*", "s*\\*" },
		{ "\"*.msp\"", "*.msp" },
		{ "\"*\".msp", "*.msp" },
		{ "\"?\".m*", "?.m*" },
		{ "\\\"*.msp", "\"*.msp" },
		{ "\\\\.\\*", "\\\\.\\*" },
		{ "\\\\?\\x", "\\\\?\\x" },
		{ "*|", "*|" },
		/* Quotes elsewhere in the word do no harm. */
		{ "\"sub\"\\*", "sub\\f.msp|sub\\g.msp" },
		{ "\"c d\"*", ".\\c d.msp" },
	};
	size_t i;

	enter();
	scratch_text("c d.msp", "");
	scratch_text("B.msp", "");
	scratch_text("a.msp", "");
	scratch_text("e.txt", "");
	scratch_text("sub/g.msp", "");
	scratch_text("sub/f.msp", "");
	scratch_mkdir("empty");
	for (i = 0; i < COUNT(rows); i++)
		check_line(rows[i][0], rows[i][1]);
	leave();
}

/* No word that begins with '-' but those that somebody wrote. */
static void
no_options(void)
{
	struct diag d = { .text = "" };
	struct words w;
	char *odd;

	enter();
	scratch_text("--overlay=zz.msp", "");
	check_line("*.msp", ".\\--overlay=zz.msp");
	check_line("-*", ".\\--overlay=zz.msp");
	check_line("--overlay=*", ".\\--overlay=zz.msp");
	check_line("--overlay=zz.msp", "--overlay=zz.msp");
	CHECK_ST(words_read(L"r *", &w, &d), ST_OK, &d);
	odd = words_odd(&w);
	CHECK_STR(odd, ".\\--overlay=zz.msp begins with \"-\": it is read as "
	    "a file, and is no option");
	free(odd);
	words_fini(&w);
	scratch_text("-", "");
	scratch_text("--", "");
	check_line("*", ".\\-|.\\--|.\\--overlay=zz.msp");
	CHECK_ST(words_read(L"r *", &w, &d), ST_OK, &d);
	odd = words_odd(&w);
	CHECK(odd != NULL && strstr(odd, "and others, 3 in all,") != NULL);
	free(odd);
	words_fini(&w);
	/* Written by somebody, or without '-': nothing to tell. */
	CHECK_ST(words_read(L"r -q .\\--overlay=zz.msp", &w, &d), ST_OK, &d);
	CHECK(words_odd(&w) == NULL);
	words_fini(&w);
	leave();
}

/* A folder whose path is longer than MAX_PATH. */
static void
deep_pattern(void)
{
	char rel[6 * 51 + 1], *line, *want, *got;
	size_t i;

	enter();
	for (i = 0; i < sizeof(rel) - 1; i++)
		rel[i] = i % 51 == 50 ? '/' : 'x';
	rel[i] = '\0';
	line = xasprintf("%s*", rel);
	want = xasprintf("%sa.msp", rel);
	scratch_text(want, "");
	got = joined(line);
	CHECK_STR(got, want);
	free(got);
	free(want);
	free(line);
	leave();
}

/* ---------------------------------------------------------------- limits */

#define LONG_NAMES	100
#define LONG_NAME	"%0200d.msp"

static void
limited(void)
{
	wchar_t line[2 * 200 + 8] = L"r";
	struct diag d = { .text = "" };
	struct words w;
	int i, fit = ARGS_MAX_BYTES / (LONG_NAMES * (2 + 200 + 4 + 1));

	enter();
	for (i = 0; i < LONG_NAMES; i++) {
		char *name = xasprintf(LONG_NAME, i);

		scratch_text(name, "");
		free(name);
	}
	for (i = 0; i < fit; i++)
		wcscat(line, L" *");
	CHECK_ST(words_read(line, &w, &d), ST_OK, &d);
	CHECK_INT(w.count, 1 + LONG_NAMES * fit);
	words_fini(&w);
	wcscat(line, L" *");
	CHECK_ST(words_read(line, &w, &d), ST_LIMIT, &d);
	CHECK_STR(d.clause, "limit: ARGS_MAX_BYTES");
	CHECK(w.bytes <= ARGS_MAX_BYTES);
	words_fini(&w);
	leave();
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "words of a line", words_of_lines },
		{ "the same words as Windows", words_as_windows },
		{ "the name of the program", words_program },
		{ "patterns", patterns },
		{ "names of files are no options", no_options },
		{ "a pattern below a long path", deep_pattern },
		{ "too many files", limited },
		{ NULL, NULL }
	};

	return tap_run(cases);
}

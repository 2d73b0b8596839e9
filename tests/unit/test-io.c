/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "look.h"
#include "scratch.h"
#include "tap.h"

#include "base/limits.h"
#include "io/file.h"
#include "io/sink.h"
#include "io/tempfile.h"
#include "io/tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

/* ---------------------------------------------------------------- files */

static void
file_kinds(void)
{
	struct diag d = { 0 };
	struct file *f = NULL;

	scratch_begin();
	scratch_mkdir("folder");
	CHECK_ST(file_open(scratch_path("none"), &f, &d), ST_ABSENT, &d);
	CHECK_ST(file_open(scratch_path("folder"), &f, &d), ST_UNSUPPORTED,
	    &d);
	CHECK(f == NULL);
	scratch_end();
}

static void
file_windows(void)
{
	struct diag d = { 0 };
	struct file *f = NULL;
	struct source src;
	char b[8] = "";

	scratch_begin();
	scratch_text("a", "0123456789");
	CHECK_ST(file_open(scratch_path("a"), &f, &d), ST_OK, &d);
	src = file_source(f);
	CHECK_INT(src.size, 10);
	CHECK_ST(source_read(&src, 7, b, 3, &d), ST_OK, &d);
	CHECK_STR(b, "789");
	CHECK_ST(source_read(&src, 8, b, 3, &d), ST_MALFORMED, &d);
	file_close(f);
	scratch_end();
}

static void
file_cut_while_read(void)
{
	struct diag d = { 0 };
	struct file *f = NULL;
	struct source src;
	char b[10];

	scratch_begin();
	scratch_text("a", "0123456789");
	CHECK_ST(file_open(scratch_path("a"), &f, &d), ST_OK, &d);
	src = file_source(f);
	scratch_cut("a", 4);
	CHECK_ST(source_read(&src, 0, b, 10, &d), ST_IO, &d);
	CHECK_INT(d.fileoff, 4);
	CHECK_ST(source_read(&src, 0, b, 4, &d), ST_OK, &d);
	file_close(f);
	scratch_end();
}

static void
file_whole(void)
{
	struct diag d = { 0 };
	struct buf b;

	scratch_begin();
	scratch_text("a", "0123456789");
	scratch_text("empty", "");
	buf_init(&b, 12);
	CHECK(buf_puts(&b, "<"));
	CHECK_ST(file_read_all(scratch_path("a"), &b, &d), ST_OK, &d);
	CHECK_STR(buf_text(&b), "<0123456789");
	CHECK_ST(file_read_all(scratch_path("a"), &b, &d), ST_LIMIT, &d);
	CHECK_ST(file_read_all(scratch_path("empty"), &b, &d), ST_OK, &d);
	CHECK_STR(buf_text(&b), "<0123456789");
	buf_fini(&b);
	scratch_end();
}

/* ----------------------------------------------------------------- tree */

static void
tree_letter_case(void)
{
	static const struct look rows[] = {
		{ "", "/" }, { "\\", "/" }, { ".", "/" }, { "..", "/" },
		{ "Windows\\System32\\a.dll", "a" },
		{ "WINDOWS/system32\\\\A.DLL", "a" },
		{ "\\windows\\SYSTEM32\\", "/" },
		{ "windows\\nothing\\..\\System32\\a.dll", "a" },
		{ "windows\\a.dll", "absent" },
		{ "windows\\system32\\a.dll\\b", "absent" },
		{ "windows\\system32\\a.dll.", "absent" },
		/* Not ASCII: U+00E4 and U+0416. */
		{ "\303\204\320\226.TXT", "letters" },
	};

	scratch_begin();
	scratch_text("root/Windows/System32/a.dll", "a");
	scratch_text("root/\303\244\320\266.txt", "letters");
	look_check(rows, COUNT(rows));
	scratch_end();
}

static void
tree_limits(void)
{
	struct diag d = { 0 };
	struct tree_stat ts;
	struct tree *t = NULL;
	char path[TREE_MAX_PATH + 8] = "root";
	size_t i, n = strlen(path);

	scratch_begin();
	for (i = 0; i <= TREE_MAX_DEPTH; i++, n += 2) {
		memcpy(path + n, "/a", 3);
		scratch_mkdir(path);
	}
	memcpy(path + n, "/f", 3);
	memmove(path, path + strlen("root/"), n);
	CHECK_ST(tree_open(scratch_path("root"), &t, &d), ST_OK, &d);
	CHECK_ST(tree_stat(t, path + 2, &ts, &d), ST_ABSENT, &d);
	CHECK_ST(tree_stat(t, path, &ts, &d), ST_LIMIT, &d);
	CHECK_STR(d.clause, "limit: TREE_MAX_DEPTH");
	memset(path, 'x', sizeof(path) - 1);
	path[TREE_MAX_PATH] = '\0';
	CHECK_ST(tree_stat(t, path, &ts, &d), ST_LIMIT, &d);
	CHECK_STR(d.clause, "limit: TREE_MAX_PATH");
	tree_close(t);
	scratch_end();
}

static void
tree_other_kinds(void)
{
	static const struct look rows[] = {
		/* Windows may know PROGRA~1; we cannot tell. */
		{ "PROGRA~1", "unsupported" },
		{ "PROGRA~1\\x.msp", "unsupported" },
		{ "LONGER~12.TXT", "absent" }, { "a~", "absent" },
		{ "backup~1.longer", "absent" },
	};
	struct diag d = { 0 };
	char **names = NULL;
	struct tree *t = NULL;
	size_t n = 0;

	scratch_begin();
	scratch_text("root/file", "x");
	look_check(rows, COUNT(rows));
	CHECK_ST(tree_open(scratch_path("none"), &t, &d), ST_ABSENT, &d);
	CHECK_ST(tree_open(scratch_path("root/file"), &t, &d),
	    ST_UNSUPPORTED, &d);
	CHECK_ST(tree_open(scratch_path("root"), &t, &d), ST_OK, &d);
	CHECK_ST(tree_list(t, "file", &names, &n, &d), ST_UNSUPPORTED, &d);
	CHECK_ST(tree_list(t, "none", &names, &n, &d), ST_ABSENT, &d);
	CHECK(names == NULL);
	tree_close(t);
	scratch_end();
}

static void
tree_lists_in_order(void)
{
	static const char *const want[] = { "A", "b", "B1", "C",
	    "\303\244" };
	struct diag d = { 0 };
	char **names = NULL;
	struct tree *t = NULL;
	size_t n = 0, i;

	scratch_begin();
	for (i = 0; i < COUNT(want); i++) {
		char rel[32];

		snprintf(rel, sizeof(rel), "root/Dir/%s", want[i]);
		scratch_text(rel, "");
	}
	scratch_mkdir("root/empty");
	CHECK_ST(tree_open(scratch_path("root"), &t, &d), ST_OK, &d);
	CHECK_ST(tree_list(t, "DIR\\", &names, &n, &d), ST_OK, &d);
	CHECK_INT(n, COUNT(want));
	for (i = 0; i < n && i < COUNT(want); i++)
		CHECK_STR(names[i], want[i]);
	tree_names_free(names, n);
	CHECK_ST(tree_list(t, "Empty", &names, &n, &d), ST_OK, &d);
	CHECK_INT(n, 0);
	tree_names_free(names, n);
	CHECK_ST(tree_list(t, "", &names, &n, &d), ST_OK, &d);
	CHECK_INT(n, 2);
	tree_names_free(names, n);
	tree_close(t);
	scratch_end();
}

/* ----------------------------------------------------------------- sink */

static void
sink_writes_a_file(void)
{
	struct diag d = { 0 };
	struct sink *s = NULL;

	scratch_begin();
	CHECK_ST(sink_open(scratch_path("out"), &s, &d), ST_OK, &d);
	sink_printf(s, "%d ", 12);
	sink_puts(s, "ab");
	sink_write(s, "cd", 2);
	look_text("out", "");
	CHECK_ST(sink_commit(s, &d), ST_OK, &d);
	look_text("out", "12 abcd");
	/* The next one takes its place. */
	CHECK_ST(sink_open(scratch_path("out"), &s, &d), ST_OK, &d);
	sink_puts(s, "new");
	CHECK_ST(sink_commit(s, &d), ST_OK, &d);
	look_text("out", "new");
	CHECK_INT(look_names(), 1);
	scratch_end();
}

/* Pieces of every length around those that are written at once. */
static void
sink_writes_long_ones(void)
{
	static const size_t pieces[] = { 1, 4095, 1, 0, 4096, 65535, 2, 65536,
	    65537, 7, 200000, 1 };
	static char all[500000];
	struct diag d = { 0 };
	struct sink *s = NULL;
	size_t i, at = 0;
	struct buf text;

	for (i = 0; i < sizeof(all) - 1; i++)
		all[i] = (char)('!' + (i * 7 + i / 4096) % 90);
	scratch_begin();
	CHECK_ST(sink_open(scratch_path("out"), &s, &d), ST_OK, &d);
	sink_write(s, NULL, 0);
	for (i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		sink_write(s, all + at, pieces[i]);
		at += pieces[i];
	}
	CHECK_ST(sink_commit(s, &d), ST_OK, &d);
	buf_init(&text, sizeof(all));
	CHECK_ST(file_read_all(scratch_path("out"), &text, &d), ST_OK, &d);
	CHECK_INT(text.len, at);
	CHECK(text.len == at && memcmp(text.p, all, at) == 0);
	buf_fini(&text);
	scratch_end();
}

static void
sink_aborts(void)
{
	struct diag d = { 0 };
	struct sink *s = NULL;

	scratch_begin();
	scratch_text("out", "old");
	CHECK_ST(sink_open(scratch_path("out"), &s, &d), ST_OK, &d);
	sink_puts(s, "new");
	sink_abort(s);
	look_text("out", "old");
	CHECK_INT(look_names(), 1);
	s = NULL;
	CHECK_ST(sink_open(scratch_path("none/out"), &s, &d), ST_IO, &d);
	CHECK_ST(sink_open(scratch_path(""), &s, &d), ST_IO, &d);
	CHECK(s == NULL);
	sink_abort(NULL);
	scratch_end();
}

static void
tempfile_holds(void)
{
	static uint8_t big[200000], back[sizeof(big)];
	struct tempfile *t = NULL;
	struct diag d = { 0 };
	struct source src;
	size_t i;

	for (i = 0; i < sizeof(big); i++)
		big[i] = (uint8_t)(i * 3 + i / 256);
	CHECK_ST(tempfile_new(sizeof(big) + 3, &t, &d), ST_OK, &d);
	if (t == NULL)
		return;
	CHECK_ST(tempfile_append(t, "abc", 3, &d), ST_OK, &d);
	CHECK_ST(tempfile_append(t, big, sizeof(big), &d), ST_OK, &d);
	CHECK_ST(tempfile_append(t, "d", 1, &d), ST_LIMIT, &d);
	src = tempfile_source(t);
	CHECK_INT(src.size, sizeof(big) + 3);
	CHECK_ST(source_read(&src, 3, back, sizeof(back), &d), ST_OK, &d);
	CHECK(memcmp(big, back, sizeof(big)) == 0);
	CHECK_ST(source_read(&src, 1, back, 2, &d), ST_OK, &d);
	CHECK(memcmp(back, "bc", 2) == 0);
	CHECK_ST(source_read(&src, 3, back, sizeof(back) + 1, &d),
	    ST_MALFORMED, &d);
	tempfile_free(t);
	tempfile_free(NULL);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "only regular files are opened", file_kinds },
		{ "a file is read at any place", file_windows },
		{ "a file cut short while read is an error",
		    file_cut_while_read },
		{ "a whole file is read up to a limit", file_whole },
		{ "names are found in any letter case", tree_letter_case },
		{ "depth and length have limits", tree_limits },
		{ "other kinds of things", tree_other_kinds },
		{ "a listing is sorted", tree_lists_in_order },
		{ "a sink writes a whole file", sink_writes_a_file },
		{ "long output is whole", sink_writes_long_ones },
		{ "a sink leaves no trace when aborted", sink_aborts },
		{ "a temporary file holds what it is given", tempfile_holds },
		{ NULL, NULL },
	};

	return tap_run(cases);
}

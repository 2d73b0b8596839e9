/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "look.h"
#include "scratch.h"
#include "tap.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "io/file_win32.h"
#include "io/folder.h"
#include "io/tree.h"
#include "io/walk.h"
#include "io/wide_win32.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <winioctl.h>

/* What test-io.c asks of every system, asked of what only Windows has. */

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

/* U+00E4, U+0416 and U+1F600. */
#define NAME	"\303\244\320\226\360\237\230\200.dll"

/* A handle of the scratch file REL, for the case to close. */
static HANDLE
hold(const char *rel, DWORD access, DWORD share)
{
	wchar_t *path = NULL;
	HANDLE h;

	if (wide_path(scratch_path(rel), &path, NULL) != ST_OK)
		return INVALID_HANDLE_VALUE;
	h = CreateFileW(path, access, share, NULL, OPEN_EXISTING, 0, NULL);
	CHECK(h != INVALID_HANDLE_VALUE);
	free(path);
	return h;
}

/* Does the file at PATH hold WANT? */
static void
check_file(const char *path, const char *want)
{
	struct diag d = { 0 };
	struct buf b;

	buf_init(&b, 64);
	CHECK_ST(file_read_all(path, &b, &d), ST_OK, &d);
	CHECK_STR(buf_text(&b), want);
	buf_fini(&b);
}

/* PATH with '\' for '/'; the caller frees it. */
static char *
backward(const char *path)
{
	char *text = xstrdup(path), *p = text;

	for (; (p = strchr(p, '/')) != NULL; p++)
		*p = '\\';
	return text;
}

/* ---------------------------------------------------------------- paths */

static void
long_path(void)
{
	char rel[512] = "root", *p = rel + 4;
	struct look row = { rel + 5, "deep" };
	int i;

	for (i = 0; i < 6; i++)
		p += sprintf_s(p, 128, "/%050d", i);
	memcpy(p, "/a", 3);
	scratch_begin();
	CHECK(strlen(scratch_path(rel)) > 300);
	scratch_text(rel, "deep");
	check_file(scratch_path(rel), "deep");
	look_check(&row, 1);
	scratch_end();
}

static void
names_of_all_letters(void)
{
	static const struct look rows[] = {
		{ NAME, "x" }, { "folder" NAME "\\" NAME, "y" },
		/* In another letter case. */
		{ "\303\204\320\266\360\237\230\200.DLL", "x" },
	};
	struct diag d = { 0 };
	char **names = NULL;
	struct tree *t = NULL;
	size_t n = 0;

	scratch_begin();
	scratch_text("root/" NAME, "x");
	scratch_text("root/folder" NAME "/" NAME, "y");
	check_file(scratch_path("root/" NAME), "x");
	look_check(rows, COUNT(rows));
	CHECK_ST(tree_open(scratch_path("root"), &t, &d), ST_OK, &d);
	CHECK_ST(tree_list(t, "", &names, &n, &d), ST_OK, &d);
	CHECK_INT(n, 2);
	if (n == 2)
		CHECK_STR(names[1], NAME);
	tree_names_free(names, n);
	tree_close(t);
	scratch_end();
}

/* Names that Windows' paths cannot have reach neither streams nor folders. */
static void
names_that_are_none(void)
{
	static const struct look rows[] = {
		{ "file::$DATA", "absent" }, { "file:stream", "absent" },
		{ "fil*", "absent" }, { "fil?", "absent" }, { "<", "absent" },
		/* One name to the shell, another one to the file system. */
		{ "file.", "absent" }, { "file ", "absent" },
		{ "NUL", "absent" }, { "con", "absent" },
	};

	scratch_begin();
	scratch_text("root/file", "x");
	look_check(rows, COUNT(rows));
	scratch_end();
}

static void
spellings_of_paths(void)
{
	char *plain, *literal, here[MAX_PATH];
	struct diag d = { 0 };
	struct tree *t = NULL;

	scratch_begin();
	scratch_text("folder/a", "text");
	plain = backward(scratch_path("folder/a"));
	literal = xasprintf("\\\\?\\%s", plain);
	check_file(plain, "text");
	check_file(literal, "text");
	literal[2] = '.';
	check_file(literal, "text");
	/* Relative, and to the root of the current drive. */
	CHECK(GetCurrentDirectoryA(sizeof(here), here) != 0);
	CHECK(SetCurrentDirectoryA(scratch_path("folder")));
	check_file("a", "text");
	check_file(".\\..\\folder/a", "text");
	check_file(plain + 2, "text");
	CHECK_ST(tree_open(".", &t, &d), ST_OK, &d);
	tree_close(t);
	CHECK(SetCurrentDirectoryA(here));
	free(plain);
	free(literal);
	scratch_end();
}

static void
walks_of_any_spelling(void)
{
	static const struct {
		const char	*path, *joint;
	} rows[] = {
		{ "E:\\", "" }, { "E:/", "" }, { "E:", "" }, { "E:\\x", "\\" },
		{ "E:/x", "/" }, { "E:/x\\y", "\\" }, { "x", "\\" },
		{ "x/y", "/" }, { "x\\", "" },
	};
	char *root, *want, *path = NULL;
	const char *paths[1];
	struct walk *w;
	size_t i;

	for (i = 0; i < COUNT(rows); i++)
		CHECK_STR(path_joint(rows[i].path), rows[i].joint);
	scratch_begin();
	scratch_text("t/c/a", "");
	root = backward(scratch_path("t"));
	want = xasprintf("%s\\c\\a", root);
	paths[0] = root;
	w = walk_new(paths, 1);
	CHECK_ST(walk_next(w, &path, NULL), ST_OK, NULL);
	CHECK_STR(path, want);
	free(path);
	walk_free(w);
	free(want);
	free(root);
	scratch_end();
}

/* -------------------------------------------------------------- devices */

static void
devices(void)
{
	static const char *const rows[] = { "NUL", "nul", "CON", "\\\\.\\NUL",
	    "//./NUL", "\\\\.\\C:", "\\\\?\\C:", "\\\\.\\PhysicalDrive0",
	    "\\\\.\\pipe\\rollcall-none", "\\\\?\\pipe\\rollcall-none" };
	struct diag d = { 0 };
	struct file *f = NULL;
	struct tree *t = NULL;
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		CHECK_ST(file_open(rows[i], &f, &d), ST_UNSUPPORTED, &d);
		CHECK(strstr(d.text, "not a regular file") != NULL);
		CHECK_ST(tree_open(rows[i], &t, &d), ST_UNSUPPORTED, &d);
	}
}

/* Nobody writes into the pipe, and nobody is kept waiting; nor does the one
 * who made it see a client come. */
static void
pipes(void)
{
	HANDLE h = CreateNamedPipeA("\\\\.\\pipe\\rollcall-test",
	    PIPE_ACCESS_DUPLEX, PIPE_NOWAIT, 1, 64, 64, 0, NULL);
	struct diag d = { 0 };
	struct file *f = NULL;

	CHECK(h != INVALID_HANDLE_VALUE);
	CHECK_ST(file_open("\\\\.\\pipe\\rollcall-test", &f, &d),
	    ST_UNSUPPORTED, &d);
	CHECK(!ConnectNamedPipe(h, NULL) &&
	    GetLastError() == ERROR_PIPE_LISTENING);
	CloseHandle(h);
}

/* -------------------------------------------------------------- sharing */

static void
locked_file(void)
{
	static const char *const words = "in use by another program";
	struct diag d = { 0 };
	struct file *f = NULL;
	struct tree *t = NULL;
	struct tree_stat ts = { 0 };
	HANDLE h;

	scratch_begin();
	scratch_text("root/a", "text");
	h = hold("root/a", GENERIC_READ, 0);
	CHECK_ST(file_open(scratch_path("root/a"), &f, &d), ST_IO, &d);
	CHECK(strstr(d.text, words) != NULL);
	CHECK_ST(tree_open(scratch_path("root"), &t, &d), ST_OK, &d);
	/* What it is can be seen all the same. */
	CHECK_ST(tree_stat(t, "A", &ts, &d), ST_OK, &d);
	CHECK(ts.kind == TREE_FILE && ts.size == 4);
	CHECK_ST(tree_file_open(t, "A", &f, &d), ST_IO, &d);
	CHECK_STR(d.text, words);
	CloseHandle(h);
	CHECK_ST(tree_file_open(t, "A", &f, &d), ST_OK, &d);
	file_close(f);
	tree_close(t);
	scratch_end();
}

static void
locked_bytes(void)
{
	struct diag d = { 0 };
	struct file *f = NULL;
	struct source src;
	char b[4];
	HANDLE h, other;
	DWORD n;
	bool bound;

	scratch_begin();
	scratch_text("a", "text");
	h = hold("a", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ);
	other = hold("a", GENERIC_READ, SHARE_ALL);
	CHECK(LockFile(h, 2, 0, 2, 0));
	bound = !ReadFile(other, b, 4, &n, NULL);
	CloseHandle(other);
	if (!bound) {
		tap_skip("locks of bytes bind nobody here: Wine");
		goto out;
	}
	CHECK_ST(file_open(scratch_path("a"), &f, &d), ST_OK, &d);
	src = file_source(f);
	CHECK_ST(source_read(&src, 0, b, 2, &d), ST_OK, &d);
	CHECK_ST(source_read(&src, 2, b, 2, &d), ST_IO, &d);
	CHECK_STR(d.text, "cannot read: in use by another program");
	CHECK_INT(d.fileoff, 2);
	file_close(f);
out:
	CloseHandle(h);
	scratch_end();
}

static void
shared_file(void)
{
	struct diag d = { 0 };
	struct file *f = NULL;
	HANDLE h;

	scratch_begin();
	scratch_text("a", "text");
	h = hold("a", GENERIC_READ | GENERIC_WRITE | DELETE,
	    FILE_SHARE_READ);
	check_file(scratch_path("a"), "text");
	CloseHandle(h);
	/* And nobody is kept from writing by our reading. */
	CHECK_ST(file_open(scratch_path("a"), &f, &d), ST_OK, &d);
	h = hold("a", GENERIC_WRITE | DELETE, FILE_SHARE_READ);
	CloseHandle(h);
	file_close(f);
	scratch_end();
}

static void
past_4_gib(void)
{
	const uint64_t end = (UINT64_C(5) << 30) + 3;
	struct diag d = { 0 };
	struct file *f = NULL;
	struct source src;
	char b[4] = "";
	DWORD n;
	HANDLE h;

	scratch_begin();
	scratch_text("big", "");
	h = hold("big", GENERIC_WRITE, FILE_SHARE_READ);
	(void)DeviceIoControl(h, FSCTL_SET_SPARSE, NULL, 0, NULL, 0, &n,
	    NULL);
	CHECK(SetFilePointerEx(h, (LARGE_INTEGER){ .QuadPart =
	    (LONGLONG)end - 3 }, NULL, FILE_BEGIN));
	CHECK(WriteFile(h, "end", 3, &n, NULL));
	CloseHandle(h);
	CHECK_ST(file_open(scratch_path("big"), &f, &d), ST_OK, &d);
	src = file_source(f);
	CHECK_INT(src.size, end);
	CHECK_ST(source_read(&src, end - 3, b, 3, &d), ST_OK, &d);
	CHECK_STR(b, "end");
	file_close(f);
	scratch_end();
}

/* ---------------------------------------------------------------- links */

static void
links(void)
{
	static const struct look rows[] = {
		{ "inside", "in" }, { "folder\\a", "in" },
		{ "absolute", "in" }, { "mounted\\a", "in" },
		{ "junction\\a", "in" }, { "other-drive\\a", "unsupported" },
		{ "outside", "unsupported" }, { "loop", "limit reached" },
	};
	if (!scratch_has_links()) {
		tap_skip("no links can be made here");
		return;
	}
	scratch_begin();
	scratch_text("secret", "secret");
	scratch_text("root/real/a", "in");
	scratch_link("root/inside", "real/a");
	scratch_link("root/folder", "real");
	scratch_link("root/absolute", "/real/a");
	scratch_link("root/mounted", scratch_path("root/real"));
	scratch_link("root/junction", "\\??\\C:\\real");
	scratch_link("root/other-drive", "\\??\\Y:\\real");
	scratch_link("root/outside", "../secret");
	scratch_link("root/loop", "loop");
	look_check(rows, COUNT(rows));
	scratch_end();
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "a path of 300 characters", long_path },
		{ "names of all letters", names_of_all_letters },
		{ "names that are none", names_that_are_none },
		{ "paths are spelt in many ways", spellings_of_paths },
		{ "a walk keeps the spelling", walks_of_any_spelling },
		{ "devices are not opened", devices },
		{ "a pipe sees no client", pipes },
		{ "a locked file is an error", locked_file },
		{ "locked bytes are an error", locked_bytes },
		{ "a file in use is read", shared_file },
		{ "a file is read past 4 GiB", past_4_gib },
		{ "links never leave the root", links },
		{ NULL, NULL },
	};

	return tap_run(cases);
}

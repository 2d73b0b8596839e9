/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "look.h"
#include "scratch.h"
#include "tap.h"

#include "base/limits.h"
#include "io/dynlib.h"
#include "io/file.h"
#include "io/sink.h"
#include "io/tempfile.h"
#include "io/tree.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* What test-io.c asks of every system, asked of what only POSIX has. */

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))
#define CALLS		"libc.so.6"

/* ---------------------------------------------------------------- files */

static void
file_devices(void)
{
	struct diag d = { 0 };
	struct file *f = NULL;

	scratch_begin();
	CHECK(mkfifo(scratch_path("fifo"), 0666) == 0);
	/* Would wait for a writer for ever. */
	CHECK_ST(file_open(scratch_path("fifo"), &f, &d), ST_UNSUPPORTED,
	    &d);
	CHECK_ST(file_open("/dev/null", &f, &d), ST_UNSUPPORTED, &d);
	CHECK(f == NULL);
	scratch_end();
}

/* Nothing is written on what is looked at, not even when. */
static void
file_access_time(void)
{
	const struct timespec times[2] = { { 1000, 0 }, { 2000, 0 } };
	struct diag d = { 0 };
	struct file *f = NULL;
	struct source src;
	struct stat st;
	char b[10];

	scratch_begin();
	scratch_text("a", "0123456789");
	CHECK(utimensat(AT_FDCWD, scratch_path("a"), times, 0) == 0);
	CHECK_ST(file_open(scratch_path("a"), &f, &d), ST_OK, &d);
	src = file_source(f);
	CHECK_ST(source_read(&src, 0, b, 10, &d), ST_OK, &d);
	file_close(f);
	CHECK(stat(scratch_path("a"), &st) == 0);
	CHECK_INT(st.st_atime, 1000);
	scratch_end();
}

static void
file_unreadable(void)
{
	struct diag d = { 0 };
	struct file *f = NULL;

	if (geteuid() == 0) {
		tap_skip("root may read everything");
		return;
	}
	scratch_begin();
	scratch_text("a", "x");
	CHECK(chmod(scratch_path("a"), 0) == 0);
	CHECK_ST(file_open(scratch_path("a"), &f, &d), ST_IO, &d);
	scratch_end();
}

/* ----------------------------------------------------------------- tree */

/* What no file system can hold: the system says so. */
static void
tree_long_name(void)
{
	char name[TREE_MAX_PATH];
	struct diag d = { 0 };
	struct tree_stat ts;
	struct tree *t = NULL;

	scratch_begin();
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	CHECK_ST(tree_open(scratch_path(""), &t, &d), ST_OK, &d);
	CHECK_ST(tree_stat(t, name, &ts, &d), ST_IO, &d);
	tree_close(t);
	scratch_end();
}

/* Two names that differ by case: which one Windows would open is not known. */
static void
tree_same_but_case(void)
{
	static const struct look rows[] = {
		{ "Windows\\TWO", "unsupported" },
		{ "Windows\\two", "unsupported" },
		{ "windows\\Two", "unsupported" },
	};
	struct diag d = { 0 };
	char **names = NULL;
	struct tree *t = NULL;
	size_t n = 0;

	scratch_begin();
	scratch_text("root/Windows/two", "lower");
	scratch_text("root/Windows/TWO", "upper");
	look_check(rows, COUNT(rows));
	CHECK_ST(tree_open(scratch_path("root"), &t, &d), ST_OK, &d);
	CHECK_ST(tree_list(t, "windows", &names, &n, &d), ST_OK, &d);
	CHECK(n == 2 && strcmp(names[0], "TWO") == 0);
	tree_names_free(names, n);
	tree_close(t);
	scratch_end();
}

static void
tree_devices(void)
{
	static const struct look rows[] = {
		{ "fifo", "unsupported" }, { "FIFO", "unsupported" },
	};

	scratch_begin();
	scratch_mkdir("root");
	CHECK(mkfifo(scratch_path("root/fifo"), 0666) == 0);
	look_check(rows, COUNT(rows));
	scratch_end();
}

static void
tree_links(void)
{
	static const struct look rows[] = {
		{ "inside", "in" }, { "INSIDE", "in" }, { "absolute", "in" },
		{ "case", "in" }, { "folder\\a", "in" }, { "up", "in" },
		{ "mounted", "in" }, { "chain", "in" },
		{ "junction\\a", "in" }, { "kernel\\a", "in" },
		{ "far/up", "in" }, { "root-link\\real\\a", "in" },
		/* A link that was followed to where it leads. */
		{ "folder\\none", "absent" }, { "inside\\none", "absent" },
		/* The secret lies beside the root. */
		{ "outside", "unsupported" }, { "outside-abs", "unsupported" },
		{ "outside-folder\\secret", "unsupported" },
		{ "outside-folder\\beside\\secret", "unsupported" },
		{ "above/secret", "absent" }, { "above/root", "absent" },
		{ "dangling", "unsupported" }, { "dangling\\a", "unsupported" },
		{ "other-drive\\a", "unsupported" },
		{ "volume\\a", "unsupported" }, { "server\\a", "unsupported" },
		{ "tag", "unsupported" },
		{ "loop", "limit reached" }, { "ping", "limit reached" },
		{ "grow", "limit reached" }, { "ping\\a", "limit reached" },
	};

	scratch_begin();
	scratch_text("secret", "secret");
	scratch_text("beside/secret", "secret");
	scratch_text("root/real/a", "in");
	scratch_link("root/inside", "real/a");
	scratch_link("root/absolute", "/real/a");
	scratch_link("root/case", "REAL\\A");
	scratch_link("root/folder", "real");
	scratch_link("root/up", "folder/../real/./a");
	scratch_link("root/mounted", scratch_path("root/real/a"));
	scratch_link("root/chain", "case");
	scratch_link("root/junction", "\\??\\C:\\Real\\");
	/* In two strings: the whole is a trigraph. */
	scratch_link("root/kernel", "/?" "?/c:/Real");
	scratch_link("root/far/up", "../../../../../real/a");
	scratch_link("root/root-link", "C:\\");
	scratch_link("root/outside", "../secret");
	scratch_link("root/outside-abs", scratch_path("secret"));
	scratch_link("root/outside-folder", scratch_path(""));
	scratch_link("root/above", "..");
	scratch_link("root/dangling", "nothing");
	scratch_link("root/other-drive", "\\??\\D:\\Exchange");
	scratch_link("root/volume", "\\??\\Volume{00000000-0000-0000}\\x");
	scratch_link("root/server", "\\\\server\\share");
	scratch_link("root/tag", "unsupported reparse tag 0x8000001b");
	scratch_link("root/loop", "loop");
	scratch_link("root/ping", "pong");
	scratch_link("root/pong", "ping");
	scratch_link("root/grow", "grow/x");
	look_check(rows, COUNT(rows));
	scratch_end();
}

static void
tree_says_where_links_lead(void)
{
	struct diag d = { 0 };
	struct tree_stat ts;
	struct tree *t = NULL;

	scratch_begin();
	scratch_link("root/data", "\\??\\D:\\Exchange");
	CHECK_ST(tree_open(scratch_path("root"), &t, &d), ST_OK, &d);
	CHECK_ST(tree_stat(t, "data\\x", &ts, &d), ST_UNSUPPORTED, &d);
	CHECK_STR(d.text, "data: the link leads to \\??\\D:\\Exchange, which "
	    "is not in the volume");
	tree_close(t);
	scratch_end();
}

/*
 * 12,000 files in a folder, asked for in another letter case. That it was
 * listed once shows in a file that came later and is not found so.
 */
static void
tree_lists_once(void)
{
	struct diag d = { 0 };
	struct tree_stat ts = { 0 };
	struct tree *t = NULL;
	char path[64];
	unsigned i, found = 0;

	scratch_begin();
	for (i = 0; i < 12000; i++) {
		snprintf(path, sizeof(path), "root/Bin/File%05u.dll", i);
		scratch_text(path, "");
	}
	CHECK_ST(tree_open(scratch_path("root"), &t, &d), ST_OK, &d);
	CHECK_ST(tree_stat(t, "BIN\\FILE00000.DLL", &ts, &d), ST_OK, &d);
	scratch_text("root/Bin/later.dll", "");
	CHECK_ST(tree_stat(t, "Bin\\LATER.DLL", &ts, &d), ST_ABSENT, &d);
	CHECK_ST(tree_stat(t, "bin\\later.dll", &ts, &d), ST_OK, &d);
	for (i = 0; i < 12000; i++) {
		snprintf(path, sizeof(path), "%s\\FILE%05u.DLL",
		    i % 2 != 0 ? "bin" : "BIN", i);
		found += tree_stat(t, path, &ts, &d) == ST_OK &&
		    ts.kind == TREE_FILE;
	}
	CHECK_INT(found, 12000);
	tree_close(t);
	scratch_end();
}

/* More folders than are kept listed: the oldest go, nothing is lost. */
static void
tree_forgets_listings(void)
{
	struct diag d = { 0 };
	struct tree_stat ts;
	struct tree *t = NULL;
	char path[64];
	unsigned i, round, found = 0;

	scratch_begin();
	for (i = 0; i < TREE_CACHE_FOLDERS + 8; i++) {
		snprintf(path, sizeof(path), "root/d%03u/f", i);
		scratch_text(path, "");
	}
	CHECK_ST(tree_open(scratch_path("root"), &t, &d), ST_OK, &d);
	for (round = 0; round < 2; round++)
		for (i = 0; i < TREE_CACHE_FOLDERS + 8; i++) {
			snprintf(path, sizeof(path), "D%03u\\F", i);
			found += tree_stat(t, path, &ts, &d) == ST_OK;
		}
	CHECK_INT(found, 2 * (TREE_CACHE_FOLDERS + 8));
	tree_close(t);
	scratch_end();
}

static void
tree_unreadable_folder(void)
{
	static const struct look rows[] = {
		/* It may be entered, so the exact name is found ... */
		{ "blind/a", "x" },
		/* ... and another cannot be said to be absent. */
		{ "blind/A", "input/output error" },
		{ "closed/a", "input/output error" },
	};

	if (geteuid() == 0) {
		tap_skip("root may read everything");
		return;
	}
	scratch_begin();
	scratch_text("root/blind/a", "x");
	scratch_text("root/closed/a", "x");
	CHECK(chmod(scratch_path("root/blind"), 0111) == 0);
	CHECK(chmod(scratch_path("root/closed"), 0) == 0);
	look_check(rows, COUNT(rows));
	CHECK(chmod(scratch_path("root/blind"), 0777) == 0);
	CHECK(chmod(scratch_path("root/closed"), 0777) == 0);
	scratch_end();
}

/* ----------------------------------------------------------------- sink */

static void
sink_keeps_rights_and_link(void)
{
	struct diag d = { 0 };
	struct sink *s = NULL;
	struct stat st;

	scratch_begin();
	scratch_text("out", "old");
	CHECK(chmod(scratch_path("out"), 0640) == 0);
	scratch_link("link", "out");
	CHECK_ST(sink_open(scratch_path("link"), &s, &d), ST_OK, &d);
	sink_puts(s, "new");
	CHECK_ST(sink_commit(s, &d), ST_OK, &d);
	look_text("out", "new");
	CHECK_INT(look_names(), 2);
	CHECK(stat(scratch_path("out"), &st) == 0 &&
	    (st.st_mode & 0777) == 0640);
	CHECK(lstat(scratch_path("link"), &st) == 0 && S_ISLNK(st.st_mode));
	scratch_end();
}

/* A full disk, or as near to it as a test can come. */
static void
sink_disk_full(void)
{
	struct rlimit old, small;
	struct diag d = { 0 };
	struct sink *s = NULL;
	enum status st;
	int i;

	scratch_begin();
	scratch_text("out", "old");
	signal(SIGXFSZ, SIG_IGN);
	CHECK(getrlimit(RLIMIT_FSIZE, &old) == 0);
	small = old;
	small.rlim_cur = 4096;
	CHECK_ST(sink_open(scratch_path("out"), &s, &d), ST_OK, &d);
	CHECK(setrlimit(RLIMIT_FSIZE, &small) == 0);
	for (i = 0; i < 1000; i++)
		sink_printf(s, "%100d\n", i);
	st = sink_commit(s, &d);
	CHECK(setrlimit(RLIMIT_FSIZE, &old) == 0);
	signal(SIGXFSZ, SIG_DFL);
	CHECK_ST(st, ST_IO, &d);
	look_text("out", "old");
	CHECK_INT(look_names(), 1);
	scratch_end();
}

/* Standard output of a child becomes PATH; its exit is the sink's status. */
static int
child_writes_to(const char *path)
{
	int status = -1;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		struct sink *s = NULL;
		int fd = open(path, O_WRONLY | O_CREAT, 0666);

		if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0 ||
		    sink_open(NULL, &s, NULL) != ST_OK)
			_exit(99);
		sink_puts(s, "text");
		_exit((int)sink_commit(s, NULL));
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid ||
	    !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

static void
sink_standard_output(void)
{
	scratch_begin();
	CHECK_INT(child_writes_to(scratch_path("out")), ST_OK);
	look_text("out", "text");
	if (access("/dev/full", W_OK) == 0)
		CHECK_INT(child_writes_to("/dev/full"), ST_IO);
	scratch_end();
}

/* What is no regular file is written to, never replaced. */
static void
sink_special_file(void)
{
	struct diag d = { 0 };
	struct sink *s = NULL;
	struct stat st;

	CHECK_ST(sink_open("/dev/null", &s, &d), ST_OK, &d);
	sink_puts(s, "x");
	CHECK_ST(sink_commit(s, &d), ST_OK, &d);
	CHECK(stat("/dev/null", &st) == 0 && S_ISCHR(st.st_mode));
}

/* Nobody else sees one, not even while it is there. */
static void
tempfile_has_no_name(void)
{
	struct tempfile *t = NULL;
	struct diag d = { 0 };

	scratch_begin();
	setenv("TMPDIR", scratch_path(""), 1);
	CHECK_ST(tempfile_new(100, &t, &d), ST_OK, &d);
	if (t != NULL)
		CHECK_ST(tempfile_append(t, "abc", 3, &d), ST_OK, &d);
	CHECK_INT(look_names(), 0);
	tempfile_free(t);
	CHECK_INT(look_names(), 0);
	setenv("TMPDIR", scratch_path("none"), 1);
	CHECK_ST(tempfile_new(100, &t, &d), ST_IO, &d);
	CHECK(strstr(d.text, "no temporary file") != NULL);
	unsetenv("TMPDIR");
	scratch_end();
}

/* ------------------------------------------------------------- libraries */

static void
library_loaded(void)
{
	static int (*closes)(int);
	static void *missing;
	static const struct dynlib_call known = { "close", (void **)&closes };
	static const struct dynlib_call calls[] = {
		{ "close", (void **)&closes },
		{ "no_such_call", &missing },
	};
	struct diag d = { .text = "" };

	CHECK_ST(dynlib_load(CALLS, "libc", &known, 1, &d), ST_OK, &d);
	CHECK(closes != NULL);
	CHECK_ST(dynlib_load(CALLS, "libc", calls, COUNT(calls), &d),
	    ST_UNSUPPORTED, &d);
	CHECK_STR(d.text, CALLS " is too old: it has no no_such_call()");
	CHECK_ST(dynlib_load("libnone.so.0", "libnone", &known, 1, &d),
	    ST_UNSUPPORTED, &d);
	CHECK(strncmp(d.text, "libnone is needed for this: ", 28) == 0);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "devices are not opened", file_devices },
		{ "the time of access stays", file_access_time },
		{ "an unreadable file is an error", file_unreadable },
		{ "two names that differ by case", tree_same_but_case },
		{ "a name that is too long", tree_long_name },
		{ "devices in a tree", tree_devices },
		{ "links never leave the root", tree_links },
		{ "a diagnosis says where a link leads",
		    tree_says_where_links_lead },
		{ "12,000 files are listed once", tree_lists_once },
		{ "old listings are forgotten", tree_forgets_listings },
		{ "an unreadable folder is no absence",
		    tree_unreadable_folder },
		{ "a sink keeps rights and links",
		    sink_keeps_rights_and_link },
		{ "the old file survives a full disk", sink_disk_full },
		{ "standard output is checked", sink_standard_output },
		{ "a device is not replaced", sink_special_file },
		{ "a temporary file has no name", tempfile_has_no_name },
		{ "a library is loaded with all that is called",
		    library_loaded },
		{ NULL, NULL },
	};

	return tap_run(cases);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "scratch.h"
#include "tap.h"

#include "base/limits.h"
#include "io/file.h"
#include "io/sink.h"
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

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

/* ---------------------------------------------------------------- files */

static void
file_kinds(void)
{
	struct diag d = { 0 };
	struct file *f = NULL;

	scratch_begin();
	scratch_mkdir("folder");
	if (mkfifo(scratch_path("fifo"), 0666) != 0)
		tap_check(false, __FILE__, __LINE__, "mkfifo");
	CHECK_ST(file_open(scratch_path("none"), &f, &d), ST_ABSENT, &d);
	CHECK_ST(file_open(scratch_path("folder"), &f, &d), ST_UNSUPPORTED,
	    &d);
	/* Would wait for a writer for ever. */
	CHECK_ST(file_open(scratch_path("fifo"), &f, &d), ST_UNSUPPORTED,
	    &d);
	CHECK_ST(file_open("/dev/null", &f, &d), ST_UNSUPPORTED, &d);
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
	CHECK(truncate(scratch_path("a"), 4) == 0);
	CHECK_ST(source_read(&src, 0, b, 10, &d), ST_IO, &d);
	CHECK_INT(d.fileoff, 4);
	CHECK_ST(source_read(&src, 0, b, 4, &d), ST_OK, &d);
	file_close(f);
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

/*
 * What PATH holds: its text for a file, "/" for a folder, or the status. The
 * caller frees it.
 */
static char *
look(struct tree *t, const char *path)
{
	struct diag d = { 0 };
	struct tree_stat ts;
	struct file *f = NULL;
	struct source src;
	char *text;
	enum status st = tree_stat(t, path, &ts, &d), opened;

	if (st == ST_OK && ts.kind == TREE_FOLDER)
		return strdup("/");
	opened = tree_file_open(t, path, &f, &d);
	if (st == ST_OK && ts.kind == TREE_OTHER)
		st = ST_UNSUPPORTED;
	CHECK_ST(opened, st, &d);
	if (opened != ST_OK)
		return strdup(status_name(opened));
	src = file_source(f);
	CHECK_INT(ts.size, src.size);
	text = calloc(1, (size_t)src.size + 1);
	CHECK_ST(source_read(&src, 0, text, (size_t)src.size, &d), ST_OK, &d);
	file_close(f);
	return text;
}

struct row {
	const char	*path, *want;
};

static void
check_rows(const struct row *rows, size_t n, bool step_only)
{
	struct diag d = { 0 };
	struct tree *t = NULL;
	size_t i;

	CHECK_ST(tree_open(scratch_path("root"), &t, &d), ST_OK, &d);
	if (t == NULL)
		return;
	tree_set_letter(t, 'C');
	if (step_only)
		tree_step_only(t);
	for (i = 0; i < n; i++) {
		char *got = look(t, rows[i].path);

		if (strcmp(got, rows[i].want) != 0)
			printf("# %s, %s\n", rows[i].path, step_only ?
			    "step by step" : "as the kernel can");
		CHECK_STR(got, rows[i].want);
		free(got);
	}
	tree_close(t);
}

static void
check_both_ways(const struct row *rows, size_t n)
{
	check_rows(rows, n, false);
	check_rows(rows, n, true);
}

static void
tree_letter_case(void)
{
	static const struct row rows[] = {
		{ "", "/" }, { "\\", "/" }, { ".", "/" }, { "..", "/" },
		{ "Windows\\System32\\a.dll", "a" },
		{ "WINDOWS/system32\\\\A.DLL", "a" },
		{ "\\windows\\SYSTEM32\\", "/" },
		{ "windows\\nothing\\..\\System32\\a.dll", "a" },
		{ "windows\\a.dll", "absent" },
		{ "windows\\system32\\a.dll\\b", "absent" },
		{ "windows\\system32\\a.dll.", "absent" },
		/* Two that differ by case: the exact one, else the first. */
		{ "Windows\\TWO", "upper" },
		{ "Windows\\two", "lower" },
		{ "windows\\Two", "upper" },
		/* Not ASCII: U+00E4 and U+0416. */
		{ "\303\204\320\226.TXT", "letters" },
	};

	scratch_begin();
	scratch_text("root/Windows/System32/a.dll", "a");
	scratch_text("root/Windows/two", "lower");
	scratch_text("root/Windows/TWO", "upper");
	scratch_text("root/\303\244\320\266.txt", "letters");
	check_both_ways(rows, COUNT(rows));
	scratch_end();
}

static void
tree_links(void)
{
	static const struct row rows[] = {
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
	check_both_ways(rows, COUNT(rows));
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
	/* What no file system can hold: the system says so. */
	path[TREE_MAX_PATH - 1] = '\0';
	CHECK_ST(tree_stat(t, path, &ts, &d), ST_IO, &d);
	tree_close(t);
	scratch_end();
}

static void
tree_other_kinds(void)
{
	static const struct row rows[] = {
		{ "fifo", "unsupported" }, { "FIFO", "unsupported" },
		/* Windows would know PROGRA~1; we cannot tell. */
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
	CHECK(mkfifo(scratch_path("root/fifo"), 0666) == 0);
	check_both_ways(rows, COUNT(rows));
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
	static const char *const want[] = { "A", "a", "B", "b1", "C",
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
	static const struct row rows[] = {
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
	check_both_ways(rows, COUNT(rows));
	CHECK(chmod(scratch_path("root/blind"), 0777) == 0);
	CHECK(chmod(scratch_path("root/closed"), 0777) == 0);
	scratch_end();
}

/* ----------------------------------------------------------------- sink */

/* How many names there are: no temporary file may stay. */
static size_t
names_in_scratch(void)
{
	struct diag d = { 0 };
	char **names = NULL;
	struct tree *t = NULL;
	size_t n = 0;

	CHECK_ST(tree_open(scratch_path(""), &t, &d), ST_OK, &d);
	CHECK_ST(tree_list(t, "", &names, &n, &d), ST_OK, &d);
	tree_names_free(names, n);
	tree_close(t);
	return n;
}

static void
check_text(const char *rel, const char *want)
{
	char *got = scratch_read(rel);

	CHECK_STR(got, want);
	free(got);
}

static void
sink_writes_a_file(void)
{
	struct diag d = { 0 };
	struct sink *s = NULL;
	struct stat st;

	scratch_begin();
	CHECK_ST(sink_open(scratch_path("out"), &s, &d), ST_OK, &d);
	sink_printf(s, "%d ", 12);
	sink_puts(s, "ab");
	sink_write(s, "cd", 2);
	check_text("out", "");
	CHECK_ST(sink_commit(s, &d), ST_OK, &d);
	check_text("out", "12 abcd");
	/* The next one keeps the rights, and a link to the file. */
	CHECK(chmod(scratch_path("out"), 0640) == 0);
	scratch_link("link", "out");
	CHECK_ST(sink_open(scratch_path("link"), &s, &d), ST_OK, &d);
	sink_puts(s, "new");
	CHECK_ST(sink_commit(s, &d), ST_OK, &d);
	check_text("out", "new");
	CHECK(stat(scratch_path("out"), &st) == 0 &&
	    (st.st_mode & 0777) == 0640);
	CHECK(lstat(scratch_path("link"), &st) == 0 && S_ISLNK(st.st_mode));
	CHECK_INT(names_in_scratch(), 2);
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
	check_text("out", "old");
	CHECK_INT(names_in_scratch(), 1);
	s = NULL;
	CHECK_ST(sink_open(scratch_path("none/out"), &s, &d), ST_IO, &d);
	CHECK_ST(sink_open(scratch_path(""), &s, &d), ST_IO, &d);
	CHECK(s == NULL);
	sink_abort(NULL);
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
	check_text("out", "old");
	CHECK_INT(names_in_scratch(), 1);
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
	check_text("out", "text");
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

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "only regular files are opened", file_kinds },
		{ "a file is read at any place", file_windows },
		{ "a file cut short while read is an error",
		    file_cut_while_read },
		{ "the time of access stays", file_access_time },
		{ "an unreadable file is an error", file_unreadable },
		{ "a whole file is read up to a limit", file_whole },
		{ "names are found in any letter case", tree_letter_case },
		{ "links never leave the root", tree_links },
		{ "a diagnosis says where a link leads",
		    tree_says_where_links_lead },
		{ "depth and length have limits", tree_limits },
		{ "other kinds of things", tree_other_kinds },
		{ "a listing is sorted", tree_lists_in_order },
		{ "12,000 files are listed once", tree_lists_once },
		{ "old listings are forgotten", tree_forgets_listings },
		{ "an unreadable folder is no absence",
		    tree_unreadable_folder },
		{ "a sink writes a whole file", sink_writes_a_file },
		{ "a sink leaves no trace when aborted", sink_aborts },
		{ "the old file survives a full disk", sink_disk_full },
		{ "standard output is checked", sink_standard_output },
		{ "a device is not replaced", sink_special_file },
		{ NULL, NULL },
	};

	return tap_run(cases);
}

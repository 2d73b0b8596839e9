/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "packed.h"
#include "scratch.h"
#include "tap.h"

#include "formats/regf.h"
#include "host/host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))
#define TEST_KEY	"HKLM\\SOFTWARE\\Test"
#define COMPUTER	"\\Control\\ComputerName\\ComputerName"

/* Put the fixture NAME where the volume has the file REL. */
static void
place_fixture(const char *rel, const char *name)
{
	size_t len;
	uint8_t *p = tap_fixture(name, &len);

	scratch_write(rel, p, len);
	free(p);
}

/* A hive and its logs, in place of SOFTWARE, in their names' usual mixture of
 * letter cases; LOG2 false leaves the second log out. */
static void
place_logs(const char *name, bool log2)
{
	size_t len;
	uint8_t *p = tap_fixture(name, &len);
	struct packed f = packed_of(slice_of(p, len, 0));

	scratch_write("vol/Windows/System32/config/SOFTWARE", f.parts[0].p,
	    f.parts[0].n);
	scratch_write("vol/Windows/System32/config/Software.LOG1",
	    f.parts[1].p, f.parts[1].n);
	if (log2)
		scratch_write("vol/Windows/System32/config/software.log2",
		    f.parts[2].p, f.parts[2].n);
	free(p);
}

/* An ordinary volume in vol/, in the spelling of an ordinary installation. */
static void
make_volume(void)
{
	scratch_begin();
	place_fixture("vol/Windows/System32/config/SOFTWARE",
	    "host-software.hive");
	place_fixture("vol/Windows/System32/config/SYSTEM",
	    "host-system.hive");
	scratch_text("vol/Windows/System32/a.dll", "dll");
}

static struct host *
open_volume(const char *rel, const struct host_drive *drives, size_t n)
{
	struct diag d = { 0 };
	struct host *h = NULL;

	CHECK_ST(host_volume_open(scratch_path(rel), drives, n, &h, &d),
	    ST_OK, &d);
	return h;
}

static void
done(struct host *h)
{
	host_close(h);
	scratch_end();
}

/* ------------------------------------------------------------- registry */

static void
check_text(struct host *h, const char *key, const char *name,
    const char *want)
{
	struct diag d = { 0 };
	char *got = NULL;

	CHECK_ST(host_text(h, key, name, &got, &d), ST_OK, &d);
	CHECK_STR(got, want);
	free(got);
}

static void
registry_values(void)
{
	struct diag d = { 0 };
	struct host_value v;
	struct host *h;
	uint32_t n = 7;

	make_volume();
	h = open_volume("vol", NULL, 0);
	CHECK_INT(host_kind(h), HOST_VOLUME);
	check_text(h, TEST_KEY, "Text", "plain %windir%");
	check_text(h, "hklm\\software\\TEST\\", "TEXT", "plain %windir%");
	check_text(h, "HKEY_LOCAL_MACHINE\\Software\\test", "", "the default");
	check_text(h, TEST_KEY, NULL, "the default");
	check_text(h, TEST_KEY, "Empty", "");
	check_text(h, TEST_KEY, "No end", "ab");
	check_text(h, "HKLM\\SOFTWARE\\Classes\\Installer\\Products\\0123",
	    "ProductName", "Microsoft Exchange Server");
	CHECK_ST(host_dword(h, TEST_KEY, "number", &n, &d), ST_OK, &d);
	CHECK_INT(n, 0xe02);
	CHECK_ST(host_value_get(h, TEST_KEY, "MANY", &v, &d), ST_OK, &d);
	CHECK_STR(v.name, "Many");
	CHECK_INT(v.type, REGF_MULTI_SZ);
	CHECK_INT(v.data.len, 10);
	host_value_fini(&v);
	done(h);
}

static void
registry_refusals(void)
{
	struct diag d = { 0 };
	struct host *h;
	char *text = NULL;
	uint32_t n = 7;

	make_volume();
	h = open_volume("vol", NULL, 0);
	CHECK_ST(host_key_exists(h, TEST_KEY "\\none", &d), ST_ABSENT, &d);
	CHECK_STR(d.text, TEST_KEY "\\none: no such key");
	CHECK_ST(host_text(h, TEST_KEY, "None", &text, &d), ST_ABSENT, &d);
	CHECK_STR(d.text, TEST_KEY ": value None: no such value");
	CHECK_ST(host_text(h, TEST_KEY, "Number", &text, &d), ST_MALFORMED,
	    &d);
	CHECK_STR(d.text, TEST_KEY ": value Number: REG_DWORD of 4 bytes, "
	    "not text");
	CHECK_ST(host_text(h, TEST_KEY, "Odd", &text, &d), ST_MALFORMED, &d);
	CHECK_ST(host_dword(h, TEST_KEY, "Text", &n, &d), ST_MALFORMED, &d);
	CHECK_ST(host_dword(h, TEST_KEY, "Short number", &n, &d),
	    ST_MALFORMED, &d);
	/* Not looked for, so not absent. */
	CHECK_ST(host_key_exists(h, "HKLM\\SAM\\SAM", &d), ST_UNSUPPORTED,
	    &d);
	CHECK_ST(host_key_exists(h, "HKCU\\Software", &d), ST_UNSUPPORTED,
	    &d);
	CHECK_ST(host_key_exists(h, "HKLM\\SOFTWARES", &d), ST_UNSUPPORTED,
	    &d);
	CHECK(text == NULL);
	CHECK_INT(n, 7);
	done(h);
}

static void
registry_lists(void)
{
	static const char *const want[] = { "a", "B", "c" };
	struct diag d = { 0 };
	char **names = NULL;
	struct host *h;
	size_t n = 0, i;

	make_volume();
	h = open_volume("vol", NULL, 0);
	CHECK_ST(host_key_list(h, TEST_KEY, &names, &n, &d), ST_OK, &d);
	CHECK_INT(n, COUNT(want));
	for (i = 0; i < n && i < COUNT(want); i++)
		CHECK_STR(names[i], want[i]);
	host_names_free(names, n);
	CHECK_ST(host_key_list(h, "HKLM\\SYSTEM", &names, &n, &d), ST_OK,
	    &d);
	CHECK_INT(n, 3);
	host_names_free(names, n);
	CHECK_ST(host_value_list(h, "HKLM\\SYSTEM\\Select", &names, &n, &d),
	    ST_OK, &d);
	CHECK_INT(n, 2);
	CHECK_STR(names[0], "Current");
	host_names_free(names, n);
	CHECK_ST(host_value_list(h, TEST_KEY "\\B", &names, &n, &d), ST_OK,
	    &d);
	CHECK_INT(n, 0);
	host_names_free(names, n);
	CHECK_ST(host_value_list(h, TEST_KEY "\\none", &names, &n, &d),
	    ST_ABSENT, &d);
	done(h);
}

/* More keys than are remembered, twice, in changing letter case. */
static void
registry_remembers_keys(void)
{
	struct diag d = { 0 };
	char key[64];
	struct host *h;
	uint32_t n;
	unsigned i;

	make_volume();
	h = open_volume("vol", NULL, 0);
	for (i = 0; i < 80; i++) {
		snprintf(key, sizeof(key), "HKLM\\SOFTWARE\\%s\\%c%02u",
		    i % 3 == 0 ? "Many" : "MANY", i % 2 == 0 ? 'k' : 'K',
		    i % 40);
		CHECK_ST(host_key_exists(h, key, &d), ST_OK, &d);
		CHECK_ST(host_dword(h, key, "N", &n, &d), ST_OK, &d);
		CHECK_INT(n, i % 40);
	}
	done(h);
}

static void
registry_variables(void)
{
	static const struct {
		const char *name, *want;
	} rows[] = {
		{ "Root", "C:\\Windows\\system32;C:\\Windows;C:" },
		{ "Data", "C:\\ProgramData\\x" },
		{ "Data too", "C:\\ProgramData" },
		{ "Files", "C:\\Program Files\\a;C:\\Program Files (x86)\\b" },
		{ "Common", "C:\\Program Files\\Common Files" },
		{ "Exchange", "C:\\Program Files\\Microsoft\\Exchange Server"
		    "\\V14\\Bin" },
		{ "Nobody", "%nobody%\\x" },
		{ "Itself", "%ProgramW6432%\\x" },
		{ "Signs", "100% of C:\\Windows %%" },
	};
	struct host *h;
	size_t i;

	make_volume();
	h = open_volume("vol", NULL, 0);
	for (i = 0; i < COUNT(rows); i++)
		check_text(h, TEST_KEY, rows[i].name, rows[i].want);
	done(h);
}

static void
registry_control_set(void)
{
	struct diag d = { 0 };
	struct host *h;
	char *text = NULL;

	make_volume();
	h = open_volume("vol", NULL, 0);
	check_text(h, "HKLM\\SYSTEM\\CurrentControlSet" COMPUTER,
	    "ComputerName", "EXCH01");
	check_text(h, "HKLM\\system\\CURRENTCONTROLSET" COMPUTER,
	    "ComputerName", "EXCH01");
	check_text(h, "HKLM\\SYSTEM\\ControlSet001" COMPUTER,
	    "ComputerName", "OLD");
	CHECK_ST(host_key_exists(h, "HKLM\\SYSTEM\\CurrentControlSet", &d),
	    ST_OK, &d);
	CHECK_ST(host_key_exists(h, "HKLM\\SYSTEM\\CurrentControlSet2", &d),
	    ST_ABSENT, &d);
	host_close(h);
	/* Which set it is cannot be known: not "absent". */
	place_fixture("vol/Windows/System32/config/SYSTEM",
	    "host-noselect.hive");
	h = open_volume("vol", NULL, 0);
	CHECK_ST(host_text(h, "HKLM\\SYSTEM\\CurrentControlSet" COMPUTER,
	    "ComputerName", &text, &d), ST_MALFORMED, &d);
	check_text(h, "HKLM\\SYSTEM\\ControlSet001" COMPUTER,
	    "ComputerName", "OLD");
	done(h);
}

/* ---------------------------------------------------------------- hives */

static const struct host_hive *
hive(struct host *h, const char *name)
{
	const struct host_hive *hives;
	size_t n = host_hives(h, &hives), i;

	for (i = 0; i < n; i++)
		if (strcmp(hives[i].name, name) == 0)
			return &hives[i];
	tap_check(false, __FILE__, __LINE__, name);
	exit(1);
}

static void
hives_as_found(void)
{
	const struct host_hive *s;
	struct host *h;

	make_volume();
	h = open_volume("vol", NULL, 0);
	s = hive(h, "SOFTWARE");
	CHECK_STR(s->where, "C:\\Windows\\System32\\config\\SOFTWARE");
	CHECK_INT(s->st, ST_OK);
	CHECK(s->checksum_ok && !s->dirty && s->damaged == 0);
	CHECK_INT(hive(h, "SYSTEM")->st, ST_OK);
	done(h);
}

/* Every question to a hive that cannot be had is answered with WANT. */
static void
check_no_answer(struct host *h, const char *key, enum status want,
    const char *why)
{
	struct diag d = { 0 };
	struct host_value v;
	char **names = NULL, *text = NULL;
	uint32_t u;
	size_t n;

	CHECK_ST(host_key_exists(h, key, &d), want, &d);
	CHECK(strstr(d.text, why) != NULL);
	CHECK_ST(host_key_list(h, key, &names, &n, &d), want, &d);
	CHECK_ST(host_value_list(h, key, &names, &n, &d), want, &d);
	CHECK_ST(host_value_get(h, key, "x", &v, &d), want, &d);
	CHECK_ST(host_text(h, key, "x", &text, &d), want, &d);
	CHECK_ST(host_dword(h, key, "x", &u, &d), want, &d);
	CHECK_ST(host_key_exists(h, key, NULL), want, NULL);
	CHECK(names == NULL && text == NULL);
}

static void
hives_missing(void)
{
	struct host *h;

	scratch_begin();
	scratch_mkdir("vol/Windows/System32/config/SYSTEM");
	h = open_volume("vol", NULL, 0);
	CHECK_STR(host_system_root(h), "C:\\Windows");
	CHECK_INT(hive(h, "SOFTWARE")->st, ST_IO);
	CHECK_STR(hive(h, "SOFTWARE")->diag.text, "the hive is missing");
	check_no_answer(h, TEST_KEY, ST_IO,
	    "C:\\Windows\\System32\\config\\SOFTWARE: the hive is missing");
	check_no_answer(h, "HKLM\\SYSTEM\\CurrentControlSet", ST_IO,
	    "not a regular file");
	done(h);
}

/* Only the hives are out of reach: the files may still tell something. */
static void
hives_unreadable(void)
{
	struct host *h;

	make_volume();
	if (!scratch_forbid("vol/Windows/System32")) {
		tap_skip("this user may read everything");
		scratch_end();
		return;
	}
	h = open_volume("vol", NULL, 0);
	check_no_answer(h, TEST_KEY, ST_IO, "SOFTWARE");
	check_no_answer(h, "HKLM\\SYSTEM\\CurrentControlSet", ST_IO,
	    "SYSTEM");
	scratch_permit("vol/Windows/System32");
	done(h);
}

static void
hives_broken(void)
{
	size_t len, cut[] = { 0, 1, 511, 4095, 4096, 4100 }, i;
	uint8_t *p = tap_fixture("host-software.hive", &len);
	struct host *h;

	make_volume();
	for (i = 0; i < COUNT(cut); i++) {
		scratch_write("vol/Windows/System32/config/SOFTWARE", p,
		    cut[i]);
		h = open_volume("vol", NULL, 0);
		CHECK_INT(hive(h, "SOFTWARE")->st, ST_MALFORMED);
		check_no_answer(h, TEST_KEY, ST_MALFORMED, "SOFTWARE");
		CHECK_INT(hive(h, "SYSTEM")->st, ST_OK);
		host_close(h);
	}
	scratch_text("vol/Windows/System32/config/SOFTWARE",
	    "Windows Registry Editor Version 5.00\r\n");
	h = open_volume("vol", NULL, 0);
	check_no_answer(h, TEST_KEY, ST_MALFORMED, "SOFTWARE");
	free(p);
	done(h);
}

static void
hives_damaged_inside(void)
{
	struct diag d = { 0 };
	char **names = NULL;
	struct host *h;
	size_t n = 0, i;

	scratch_begin();
	place_fixture("vol/Windows/System32/config/SOFTWARE",
	    "host-damaged.hive");
	h = open_volume("vol", NULL, 0);
	CHECK_INT(hive(h, "SOFTWARE")->damaged, 0);
	/* However often it is met, it is one place. */
	for (i = 0; i < 3; i++) {
		CHECK_ST(host_key_list(h, "HKLM\\SOFTWARE\\Some", &names, &n,
		    &d), ST_OK, &d);
		CHECK_INT(n, 1);
		CHECK_STR(names[0], "Good");
		host_names_free(names, n);
		names = NULL;
	}
	CHECK_INT(hive(h, "SOFTWARE")->damaged, 1);
	CHECK(hive(h, "SOFTWARE")->diag.text[0] != '\0');
	check_text(h, "HKLM\\SOFTWARE\\Some\\Good", "Value", "x");
	CHECK_ST(host_key_exists(h, "HKLM\\SOFTWARE\\Some\\Bad", &d),
	    ST_MALFORMED, &d);
	/* Nothing left is not the same as nothing there. */
	CHECK_ST(host_key_list(h, "HKLM\\SOFTWARE\\All", &names, &n, &d),
	    ST_MALFORMED, &d);
	CHECK(names == NULL);
	CHECK_INT(hive(h, "SOFTWARE")->damaged, 2);
	done(h);
}

/* -------------------------------------------------------------- volumes */

static void
volume_refusals(void)
{
	struct diag d = { 0 };
	struct host *h = NULL;

	scratch_begin();
	scratch_mkdir("empty");
	scratch_text("file", "x");
	scratch_text("flat/Windows", "no folder");
	CHECK_ST(host_volume_open(scratch_path("none"), NULL, 0, &h, &d),
	    ST_ABSENT, &d);
	CHECK_ST(host_volume_open(scratch_path("file"), NULL, 0, &h, &d),
	    ST_UNSUPPORTED, &d);
	CHECK_ST(host_volume_open(scratch_path("empty"), NULL, 0, &h, &d),
	    ST_UNSUPPORTED, &d);
	CHECK(strstr(d.text, "no Windows folder in it") != NULL);
	CHECK_ST(host_volume_open(scratch_path("flat"), NULL, 0, &h, &d),
	    ST_UNSUPPORTED, &d);
	if (scratch_has_links()) {
		scratch_link("away/Windows", "\\??\\D:\\Windows");
		CHECK_ST(host_volume_open(scratch_path("away"), NULL, 0, &h,
		    &d), ST_UNSUPPORTED, &d);
	}
	CHECK(h == NULL);
	host_close(NULL);
	scratch_end();
}

static void
volume_spellings(void)
{
	struct host *h;

	scratch_begin();
	place_fixture("low/windows/system32/config/software",
	    "host-software.hive");
	place_fixture("nt/WINNT/SYSTEM32/CONFIG/SOFTWARE",
	    "host-software.hive");
	scratch_mkdir("nt/Windows");
	h = open_volume("low", NULL, 0);
	CHECK_STR(host_system_root(h), "C:\\Windows");
	check_text(h, TEST_KEY, "Empty", "");
	host_close(h);
	/* The one with hives is the one that runs. */
	h = open_volume("nt", NULL, 0);
	CHECK_STR(host_system_root(h), "C:\\WINNT");
	check_text(h, TEST_KEY, "Empty", "");
	done(h);
}

/* The text of the file PATH, or why not; the caller frees it. */
static char *
file_text(struct host *h, const char *path)
{
	struct diag d = { 0 };
	struct host_file f;
	char *text;

	if (host_file_open(h, path, &f, &d) != ST_OK)
		return strdup(d.text);
	text = calloc(1, (size_t)f.src.size + 1);
	CHECK_ST(source_read(&f.src, 0, text, (size_t)f.src.size, &d), ST_OK,
	    &d);
	host_file_close(&f);
	return text;
}

static void
check_file(struct host *h, const char *path, const char *want)
{
	char *got = file_text(h, path);

	CHECK_STR(got, want);
	free(got);
}

static void
volume_paths(void)
{
	static const char *const good[] = {
		"C:\\Windows\\System32\\a.dll", "c:/WINDOWS/system32/A.DLL",
		"\"C:\\Windows\\System32\\a.dll\"",
		"\\\\?\\C:\\Windows\\System32\\a.dll",
		"\\??\\C:\\Windows\\System32\\a.dll",
		"\\\\.\\c:\\Windows\\\\System32\\a.dll\\",
	};
	static const char *const bad[] = {
		"", "\"", "Windows\\a.dll", "\\Windows\\a.dll", "C", "C:a.dll",
		"C:\"", "\"C\":\\a.dll", "CC:\\a.dll",
		"\\\\server\\share\\a.dll", "//server/a.dll",
		"\\\\?\\UNC\\server\\share", "\\\\?\\Volume{1}\\a", "1:\\a",
	};
	struct diag d = { 0 };
	struct host_stat hs = { 0 };
	struct host *h;
	size_t i;

	make_volume();
	h = open_volume("vol", NULL, 0);
	for (i = 0; i < COUNT(good); i++)
		check_file(h, good[i], "dll");
	for (i = 0; i < COUNT(bad); i++)
		CHECK_ST(host_file_stat(h, bad[i], &hs, &d), ST_UNSUPPORTED,
		    &d);
	CHECK_ST(host_file_stat(h, "C:", &hs, &d), ST_OK, &d);
	CHECK(hs.is_folder);
	CHECK_ST(host_file_stat(h, "\"c:\"", &hs, &d), ST_OK, &d);
	CHECK_ST(host_file_stat(h, good[0], &hs, &d), ST_OK, &d);
	CHECK(!hs.is_folder && hs.size == 3);
	check_file(h, "C:\\none", "C:\\none: no such file or folder");
	check_file(h, "C:\\Windows", "C:\\Windows: not a regular file");
	done(h);
}

static void
volume_lists_files(void)
{
	struct diag d = { 0 };
	char **names = NULL;
	struct host *h;
	size_t n = 0;

	make_volume();
	h = open_volume("vol", NULL, 0);
	CHECK_ST(host_file_list(h, "C:\\windows\\system32\\", &names, &n, &d),
	    ST_OK, &d);
	CHECK_INT(n, 2);
	if (n == 2) {
		CHECK_STR(names[0], "a.dll");
		CHECK_STR(names[1], "config");
	}
	host_names_free(names, n);
	CHECK_ST(host_file_list(h, "C:\\none", &names, &n, &d), ST_ABSENT,
	    &d);
	done(h);
}

static void
volume_drives(void)
{
	struct host_drive drives[] = { { 'e', NULL, NULL },
	    { 'F', NULL, NULL } };
	struct diag d = { 0 };
	struct host *h;

	make_volume();
	scratch_text("data/Exchange/x.edb", "edb");
	drives[0].folder = scratch_path("data");
	drives[1].folder = scratch_path("data/Exchange");
	h = open_volume("vol", drives, 2);
	check_file(h, "E:\\exchange\\X.EDB", "edb");
	check_file(h, "f:\\x.edb", "edb");
	check_file(h, "D:\\x", "D:\\x: drive D: is not mapped: "
	    "give --drive D=FOLDER");
	host_close(h);
	h = NULL;
	drives[1].letter = 'E';
	CHECK_ST(host_volume_open(scratch_path("vol"), drives, 2, &h, &d),
	    ST_UNSUPPORTED, &d);
	drives[1].letter = 'C';
	CHECK_ST(host_volume_open(scratch_path("vol"), drives, 2, &h, &d),
	    ST_UNSUPPORTED, &d);
	drives[1].letter = '?';
	CHECK_ST(host_volume_open(scratch_path("vol"), drives, 2, &h, &d),
	    ST_UNSUPPORTED, &d);
	drives[1] = (struct host_drive){ 'F', scratch_path("none"), NULL };
	CHECK_ST(host_volume_open(scratch_path("vol"), drives, 2, &h, &d),
	    ST_ABSENT, &d);
	CHECK(h == NULL);
	scratch_end();
}

static void
volume_links(void)
{
	struct host_drive drive = { 'E', NULL, NULL };
	struct host *h;

	if (!scratch_has_links()) {
		tap_skip("no links can be made here");
		return;
	}
	make_volume();
	scratch_text("data/Exchange/x.edb", "edb");
	scratch_link("data/back", "E:\\Exchange\\x.edb");
	scratch_link("data/across", "\\??\\C:\\Windows\\System32");
	drive.folder = scratch_path("data");
	h = open_volume("vol", &drive, 1);
	check_file(h, "E:\\back", "edb");
	check_file(h, "E:\\across", "E:\\across: across: the link leads to "
	    "\\??\\C:\\Windows\\System32, which is not in the volume");
	done(h);
}

static void
volume_other_letter(void)
{
	struct host_drive c = { 'C', NULL, NULL };
	struct host *h;

	make_volume();
	place_fixture("vol/Windows/System32/config/SOFTWARE",
	    "host-software-d.hive");
	scratch_text("boot/bootmgr", "boot");
	c.folder = scratch_path("boot");
	h = open_volume("vol", &c, 1);
	CHECK_STR(host_system_root(h), "D:\\Windows");
	CHECK_STR(hive(h, "SYSTEM")->where,
	    "D:\\Windows\\System32\\config\\SYSTEM");
	CHECK(hive(h, "SOFTWARE")->dirty);
	check_file(h, "D:\\windows\\system32\\a.dll", "dll");
	check_file(h, "C:\\bootmgr", "boot");
	done(h);
}

static void
check_version(struct host *h, uint32_t want)
{
	struct diag d = { 0 };
	uint32_t n = 0;

	CHECK_ST(host_dword(h, "HKLM\\SOFTWARE\\Key", "Version", &n, &d),
	    ST_OK, &d);
	CHECK_INT(n, want);
}

static void
logs_are_replayed(void)
{
	struct host_volume_options plain = { NULL, 0, true };
	struct diag d = { 0 };
	struct host *h = NULL;

	make_volume();
	place_logs("log-chain.logs", true);
	h = open_volume("vol", NULL, 0);
	check_version(h, 3);
	CHECK(hive(h, "SOFTWARE")->dirty);
	CHECK_INT(hive(h, "SOFTWARE")->replay.state, REGF_REPLAY_DONE);
	CHECK_INT(hive(h, "SOFTWARE")->replay.entries, 2);
	CHECK_INT(hive(h, "SYSTEM")->replay.state, REGF_REPLAY_CLEAN);
	host_close(h);
	h = NULL;
	CHECK_ST(host_volume_open_with(scratch_path("vol"), &plain, &h, &d),
	    ST_OK, &d);
	check_version(h, 1);
	CHECK(hive(h, "SOFTWARE")->dirty);
	CHECK_INT(hive(h, "SOFTWARE")->replay.state, REGF_REPLAY_UNKNOWN);
	done(h);
}

/* What is no file, where a log should be, may hide what was written last. */
static void
logs_that_cannot_be_opened(void)
{
	struct host *h;

	make_volume();
	place_logs("log-chain.logs", false);
	scratch_text("vol/Windows/System32/config/SOFTWARE.LOG2/x", "");
	h = open_volume("vol", NULL, 0);
	check_version(h, 1);
	CHECK_INT(hive(h, "SOFTWARE")->replay.state, REGF_REPLAY_UNUSABLE);
	CHECK_STR(hive(h, "SOFTWARE")->replay.rule, "read");
	done(h);
}

static void
joined_paths(void)
{
	static const struct {
		const char *a, *b, *want;
	} rows[] = {
		{ "C:", "x", "C:\\x" }, { "C:\\", "x", "C:\\x" },
		{ "HKLM\\SOFTWARE", "a\\b", "HKLM\\SOFTWARE\\a\\b" },
	};
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		char *got = host_join(rows[i].a, rows[i].b);

		CHECK_STR(got, rows[i].want);
		free(got);
	}
}

/* ------------------------------------------------- mounts and collections */

/* Mounts are found in any spelling, the deepest first; what is above one and
 * what begins alike is the drive's. */
static void
mounted_volumes(void)
{
	struct host_drive drives[] = { { 'C', NULL, "\\Mount" },
	    { 'c', NULL, "/mount/./Deep//" } };
	static const struct {
		const char *path;
		enum status st;
	} rows[] = {
		{ "C:\\mount\\one.dll", ST_OK },
		{ "c:/x/../MOUNT/one.dll", ST_OK },
		{ "C:\\Mount\\deep\\two.dll", ST_OK },
		{ "C:\\Mount\\two.dll", ST_ABSENT },
		{ "C:\\Mount\\Deep\\one.dll", ST_ABSENT },
		{ "C:\\Mounted\\one.dll", ST_ABSENT },
		{ "C:\\Mount\\..\\Windows\\System32\\a.dll", ST_OK },
		{ "D:\\Mount\\one.dll", ST_UNSUPPORTED },
	};
	struct diag d = { 0 };
	struct host_stat hs;
	char *one, *two;
	struct host *h;
	size_t i;

	make_volume();
	scratch_text("one/one.dll", "1");
	scratch_text("two/two.dll", "2");
	one = strdup(scratch_path("one"));
	two = strdup(scratch_path("two"));
	drives[0].folder = one;
	drives[1].folder = two;
	h = open_volume("vol", drives, COUNT(drives));
	for (i = 0; h != NULL && i < COUNT(rows); i++)
		CHECK_ST(host_file_stat(h, rows[i].path, &hs, &d),
		    rows[i].st, &d);
	free(one);
	free(two);
	done(h);
}

/* Nothing is absent, and no listing is whole, where files were collected. */
static void
collected_files(void)
{
	struct diag d = { 0 };
	struct host_stat hs;
	char **names;
	struct host *h;
	size_t n;

	scratch_begin();
	place_fixture("up/uploads/auto/C%3A/Windows/System32/config/SOFTWARE",
	    "host-software.hive");
	scratch_text("up/uploads/auto/C%3A/Windows/System32/a.dll", "dll");
	scratch_text("up/uploads/auto/E%3A/b.dll", "dll");
	h = open_volume("up", NULL, 0);
	if (h != NULL) {
		CHECK_ST(host_file_stat(h, "C:\\Windows\\System32\\a.dll",
		    &hs, &d), ST_OK, &d);
		CHECK_ST(host_file_stat(h, "E:\\b.dll", &hs, &d), ST_OK, &d);
		CHECK_ST(host_file_stat(h, "C:\\Windows\\b.dll", &hs, &d),
		    ST_UNSUPPORTED, &d);
		CHECK_ST(host_file_list(h, "C:\\Windows", &names, &n, &d),
		    ST_UNSUPPORTED, &d);
	}
	done(h);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "values of the registry", registry_values },
		{ "values that are not what was asked for",
		    registry_refusals },
		{ "keys and values are listed", registry_lists },
		{ "keys are remembered by any spelling",
		    registry_remembers_keys },
		{ "variables are expanded from the registry",
		    registry_variables },
		{ "CurrentControlSet is the one selected",
		    registry_control_set },
		{ "hives as they were found", hives_as_found },
		{ "a missing hive answers why", hives_missing },
		{ "an unreadable hive answers why", hives_unreadable },
		{ "a broken hive answers why", hives_broken },
		{ "damage is met later and counted once",
		    hives_damaged_inside },
		{ "what is no volume is refused", volume_refusals },
		{ "Windows folders in any spelling", volume_spellings },
		{ "paths as Windows writes them", volume_paths },
		{ "folders are listed", volume_lists_files },
		{ "drives are mapped", volume_drives },
		{ "links between drives", volume_links },
		{ "the registry says the drive's letter",
		    volume_other_letter },
		{ "logs are replayed", logs_are_replayed },
		{ "logs that cannot be opened", logs_that_cannot_be_opened },
		{ "folders show volumes", mounted_volumes },
		{ "files that were collected", collected_files },
		{ "paths are joined", joined_paths },
		{ NULL, NULL },
	};

	return tap_run(cases);
}

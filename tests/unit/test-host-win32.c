/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "tap.h"
#include "scratch.h"

#include "base/limits.h"
#include "base/slice.h"
#include "formats/regf.h"
#include "host/host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <windows.h>
#include <winternl.h>

/*
 * The machine that runs the test. Keys are written with the system's own
 * calls, below one key that goes away again, and asked for through host.h.
 */
#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))
#define TEST_NAME	"rollcall-test"
#define TEST_KEY	"HKLM\\SOFTWARE\\" TEST_NAME
#define WOW64_KEY	"HKLM\\SOFTWARE\\Wow6432Node\\" TEST_NAME
#define TEST_BELOW	L"SOFTWARE\\rollcall-test"

/* The view of a process as wide as Windows, and that of a 32-bit one. */
static const REGSAM views[] = { KEY_WOW64_64KEY, KEY_WOW64_32KEY };

static void
remove_test_keys(void)
{
	HKEY h;
	size_t i;

	for (i = 0; i < COUNT(views); i++) {
		if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"SOFTWARE", 0,
		    KEY_ALL_ACCESS | views[i], &h) != ERROR_SUCCESS)
			continue;
		(void)RegDeleteTreeW(h, L"rollcall-test");
		RegCloseKey(h);
	}
}

/* The test's own key in one view; NULL when this user may write none. */
static HKEY
make_test_key(REGSAM view)
{
	HKEY h;

	if (RegCreateKeyExW(HKEY_LOCAL_MACHINE, TEST_BELOW, 0, NULL, 0,
	    KEY_ALL_ACCESS | view, NULL, &h, NULL) == ERROR_SUCCESS)
		return h;
	tap_skip("writing keys needs an administrator");
	return NULL;
}

static void
make_subkey(HKEY parent, const wchar_t *name)
{
	HKEY h;

	CHECK_INT(RegCreateKeyExW(parent, name, 0, NULL, 0, KEY_ALL_ACCESS,
	    NULL, &h, NULL), ERROR_SUCCESS);
	RegCloseKey(h);
}

static void
set_value(HKEY h, const wchar_t *name, DWORD type, const void *p, size_t len)
{
	CHECK_INT(RegSetValueExW(h, name, 0, type, p, (DWORD)len),
	    ERROR_SUCCESS);
}

static void
set_text(HKEY h, const wchar_t *name, DWORD type, const wchar_t *text)
{
	set_value(h, name, type, text, 2 * (wcslen(text) + 1));
}

static struct host *
open_live(void)
{
	struct diag d = { 0 };
	struct host *h = NULL;

	CHECK_ST(host_live_open(&h, &d), ST_OK, &d);
	return h;
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
check_bytes(struct host *h, const char *name, uint32_t type, const void *p,
    size_t len)
{
	struct diag d = { 0 };
	struct host_value v = { 0 };
	enum status st = host_value_get(h, TEST_KEY, name, &v, &d);

	CHECK_ST(st, ST_OK, &d);
	if (st != ST_OK)
		return;
	CHECK_STR(v.name, name);
	CHECK_INT(v.type, type);
	CHECK_INT(v.data.len, len);
	CHECK(v.data.len == len &&
	    (len == 0 || memcmp(v.data.p, p, len) == 0));
	host_value_fini(&v);
}

/* Every type, as bytes; empty data, an odd length and a name of nothing. */
static void
registry_values(void)
{
	static const struct {
		const wchar_t	*wide;
		const char	*name;
		DWORD		 type;
		const char	*bytes;
		size_t		 len;
	} rows[] = {
		{ L"None", "None", REG_NONE, "\1\2", 2 },
		{ L"Text", "Text", REG_SZ, "t\0x\0\0\0", 6 },
		/* Windows adds the NUL if it is all that lacks. */
		{ L"No end", "No end", REG_SZ, "a\0b\0x", 4 },
		{ L"Odd", "Odd", REG_SZ, "a\0b", 3 },
		{ L"Nothing", "Nothing", REG_SZ, "", 0 },
		{ L"Expand", "Expand", REG_EXPAND_SZ, "%\0x\0%\0\0\0", 8 },
		{ L"Bytes", "Bytes", REG_BINARY, "\0\xff\0", 3 },
		{ L"Number", "Number", REG_DWORD, "\2\x0e\0\0", 4 },
		{ L"Short", "Short", REG_DWORD, "\2\x0e", 2 },
		{ L"Big", "Big", REG_DWORD_BIG_ENDIAN, "\0\0\1\2", 4 },
		{ L"Many", "Many", REG_MULTI_SZ, "a\0\0\0b\0\0\0\0\0", 10 },
		{ L"Long", "Long", REG_QWORD, "\1\2\3\4\5\6\7\x08", 8 },
		{ L"Own", "Own", 0x12345, "own", 3 },
		{ L"", "", REG_SZ, "d\0\0\0", 4 },
		{ L"\x00e4\x4e2d", "\xc3\xa4\xe4\xb8\xad", REG_SZ, "z\0\0\0",
		    4 },
	};
	HKEY key = make_test_key(KEY_WOW64_64KEY);
	struct host *h;
	size_t i;

	if (key == NULL)
		return;
	h = open_live();
	for (i = 0; i < COUNT(rows); i++) {
		set_value(key, rows[i].wide, rows[i].type, rows[i].bytes,
		    rows[i].len);
		check_bytes(h, rows[i].name, rows[i].type, rows[i].bytes,
		    rows[i].len);
	}
	check_text(h, TEST_KEY, "No end", "ab");
	check_text(h, TEST_KEY, "Nothing", "");
	check_text(h, "hkey_local_machine\\software\\" TEST_NAME "\\",
	    "TEXT", "tx");
	check_text(h, TEST_KEY, NULL, "d");
	host_close(h);
	RegCloseKey(key);
	remove_test_keys();
}

static void
registry_numbers(void)
{
	HKEY key = make_test_key(KEY_WOW64_64KEY);
	struct diag d = { 0 };
	struct host *h;
	uint32_t n = 7;

	if (key == NULL)
		return;
	h = open_live();
	set_value(key, L"Number", REG_DWORD, "\2\x0e\0\0", 4);
	set_value(key, L"Short", REG_DWORD, "\2\x0e", 2);
	CHECK_ST(host_dword(h, TEST_KEY, "number", &n, &d), ST_OK, &d);
	CHECK_INT(n, 0xe02);
	CHECK_ST(host_dword(h, TEST_KEY, "Short", &n, &d), ST_MALFORMED, &d);
	CHECK_INT(n, 0xe02);
	host_close(h);
	RegCloseKey(key);
	remove_test_keys();
}

/* Sizes about the first guess of one, past 64 KiB, and about the limit. */
static void
registry_big_values(void)
{
	static const size_t sizes[] = { 511, 512, 513, 70001,
	    HOST_MAX_VALUE_BYTES };
	HKEY key = make_test_key(KEY_WOW64_64KEY);
	uint8_t *bytes = malloc(HOST_MAX_VALUE_BYTES + 1);
	struct host_value v = { 0 };
	struct diag d = { 0 };
	struct host *h;
	size_t i;

	if (key == NULL || bytes == NULL) {
		free(bytes);
		return;
	}
	for (i = 0; i <= HOST_MAX_VALUE_BYTES; i++)
		bytes[i] = (uint8_t)(i * 31 + i / 256);
	h = open_live();
	for (i = 0; i < COUNT(sizes); i++) {
		set_value(key, L"Big", REG_BINARY, bytes, sizes[i]);
		check_bytes(h, "Big", REG_BINARY, bytes, sizes[i]);
	}
	set_value(key, L"Big", REG_BINARY, bytes, HOST_MAX_VALUE_BYTES + 1);
	CHECK_ST(host_value_get(h, TEST_KEY, "Big", &v, &d), ST_LIMIT, &d);
	host_close(h);
	RegCloseKey(key);
	remove_test_keys();
	free(bytes);
}

/* What a 32-bit program wrote lies elsewhere, and has its own name there. */
static void
registry_views(void)
{
	static const wchar_t *const words[] = { L"64", L"32" };
	struct host *h;
	HKEY key;
	size_t i;

	for (i = 0; i < COUNT(views); i++) {
		key = make_test_key(views[i]);
		if (key == NULL)
			return;
		set_text(key, L"View", REG_SZ, words[i]);
		RegCloseKey(key);
	}
	h = open_live();
	check_text(h, TEST_KEY, "View", "64");
	check_text(h, WOW64_KEY, "View", "32");
	check_text(h, "HKLM\\software\\WOW6432NODE\\" TEST_NAME, "View",
	    "32");
	host_close(h);
	remove_test_keys();
}

static void
registry_expands(void)
{
	HKEY key = make_test_key(KEY_WOW64_64KEY);
	char want[512];
	struct host *h;

	if (key == NULL)
		return;
	h = open_live();
	snprintf(want, sizeof(want), "%s\\x", host_system_root(h));
	set_text(key, L"Path", REG_EXPAND_SZ, L"%SystemRoot%\\x");
	check_text(h, TEST_KEY, "Path", want);
	set_text(key, L"Path", REG_SZ, L"%SystemRoot%\\x");
	check_text(h, TEST_KEY, "Path", "%SystemRoot%\\x");
	host_close(h);
	RegCloseKey(key);
	remove_test_keys();
}

/* The order of hives, whatever that of writing and of letter case. */
static void
registry_lists_keys(void)
{
	HKEY key = make_test_key(KEY_WOW64_64KEY);
	wchar_t name[16];
	struct diag d = { 0 };
	char **names = NULL, want[16];
	struct host *h;
	size_t n = 0;
	unsigned i;

	if (key == NULL)
		return;
	for (i = 300; i-- > 0;) {
		_snwprintf(name, COUNT(name), i % 2 == 0 ? L"k%03u" :
		    L"K%03u", i);
		make_subkey(key, name);
	}
	make_subkey(key, L"\x00e4");	/* upper case: behind "Z" */
	make_subkey(key, L"z");
	make_subkey(key, L"A");
	h = open_live();
	CHECK_ST(host_key_list(h, TEST_KEY, &names, &n, &d), ST_OK, &d);
	CHECK_INT(n, 303);
	for (i = 0; i < 300 && n == 303; i++) {
		snprintf(want, sizeof(want), i % 2 == 0 ? "k%03u" : "K%03u",
		    i);
		CHECK_STR(names[i + 1], want);
	}
	if (n == 303) {
		CHECK_STR(names[0], "A");
		CHECK_STR(names[301], "z");
		CHECK_STR(names[302], "\xc3\xa4");
	}
	host_names_free(names, n);
	host_close(h);
	RegCloseKey(key);
	remove_test_keys();
}

typedef NTSTATUS NTAPI create_key_fn(HANDLE *h, ACCESS_MASK access,
    OBJECT_ATTRIBUTES *oa, ULONG index, UNICODE_STRING *class, ULONG options,
    ULONG *disposition);
typedef NTSTATUS NTAPI delete_key_fn(HANDLE h);

/* A name with a NUL in it hides from programs that take it for the end. */
static void
registry_nul(void)
{
	static wchar_t name[] = L"KB2756485\0x";
	UNICODE_STRING us = { sizeof(name) - 2, sizeof(name), name };
	HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");
	create_key_fn *create = (create_key_fn *)(void *)GetProcAddress(
	    ntdll, "NtCreateKey");
	delete_key_fn *delete = (delete_key_fn *)(void *)GetProcAddress(
	    ntdll, "NtDeleteKey");
	HKEY key = make_test_key(KEY_WOW64_64KEY);
	struct diag d = { 0 };
	OBJECT_ATTRIBUTES oa;
	char **names = NULL;
	HANDLE hidden;
	struct host *h;
	size_t n = 0;

	if (key == NULL)
		return;
	InitializeObjectAttributes(&oa, &us, 0, key, NULL);
	CHECK(create(&hidden, KEY_ALL_ACCESS, &oa, 0, NULL, 0, NULL) >= 0);
	h = open_live();
	CHECK_ST(host_key_list(h, TEST_KEY, &names, &n, &d), ST_OK, &d);
	CHECK_INT(n, 1);
	if (n == 1)
		CHECK_STR(names[0], "KB2756485\xef\xbf\xbdx");
	host_names_free(names, n);
	host_close(h);
	CHECK(delete(hidden) >= 0);
	CloseHandle(hidden);
	RegCloseKey(key);
	remove_test_keys();
}

/* NAME below KEY, leading to TARGET; without one, NULL, to nothing at all. A
 * link stays a link for delete() alone. */
static HKEY
make_link(HKEY key, const wchar_t *name, const wchar_t *target)
{
	HKEY h = NULL;

	CHECK_INT(RegCreateKeyExW(key, name, 0, NULL,
	    REG_OPTION_CREATE_LINK | REG_OPTION_VOLATILE,
	    KEY_ALL_ACCESS | KEY_CREATE_LINK, NULL, &h, NULL), ERROR_SUCCESS);
	/* Of a counted length, without a NUL. */
	if (target != NULL)
		set_value(h, L"SymbolicLinkValue", REG_LINK, target,
		    2 * wcslen(target));
	return h;
}

#define TEST_TARGET	L"\\Registry\\Machine\\" TEST_BELOW
#define NOWHERE(link, target)						\
	"the link " TEST_KEY "\\" link " leads to " target		\
	", which is not there"
#define TO_NONE		"\\Registry\\Machine\\SOFTWARE\\" TEST_NAME "\\none"

/*
 * A link among keys is followed by Windows. What is below one that leads
 * nowhere was not looked for, so it is not absent.
 */
static void
registry_links(void)
{
	static const struct {
		const wchar_t	*name, *target;
	} links[] = {
		{ L"good", TEST_TARGET L"\\real" },
		{ L"chain", TEST_TARGET L"\\good" },
		{ L"nowhere", TEST_TARGET L"\\none" },
		{ L"real\\inner", TEST_TARGET L"\\none" },
		{ L"loop", TEST_TARGET L"\\loop" },
		{ L"blind", NULL },
	};
	static const struct {
		const char	*key;
		enum status	 st;
		const char	*says;	/* NULL: not compared */
	} rows[] = {
		{ TEST_KEY "\\good", ST_OK, NULL },
		{ TEST_KEY "\\chain\\below", ST_OK, NULL },
		{ TEST_KEY "\\none", ST_ABSENT, "no such key" },
		{ TEST_KEY "\\none\\x\\y", ST_ABSENT, "no such key" },
		{ TEST_KEY "\\good\\none\\x", ST_ABSENT, "no such key" },
		{ TEST_KEY "\\nowhere", ST_UNSUPPORTED,
		    NOWHERE("nowhere", TO_NONE) },
		{ TEST_KEY "\\nowhere\\x\\y\\", ST_UNSUPPORTED,
		    NOWHERE("nowhere", TO_NONE) },
		{ TEST_KEY "\\chain\\inner\\x", ST_UNSUPPORTED,
		    NOWHERE("chain\\inner", TO_NONE) },
		{ TEST_KEY "\\blind\\x", ST_UNSUPPORTED, NOWHERE("blind",
		    "a key that it does not name") },
	};
	HKEY key = make_test_key(KEY_WOW64_64KEY), made[COUNT(links)];
	delete_key_fn *delete = (delete_key_fn *)(void *)GetProcAddress(
	    GetModuleHandleW(L"ntdll.dll"), "NtDeleteKey");
	struct diag d = { 0 };
	struct host *h;
	char want[512];
	enum status st;
	size_t i;

	if (key == NULL)
		return;
	make_subkey(key, L"real\\below");
	for (i = 0; i < COUNT(links); i++)
		made[i] = make_link(key, links[i].name, links[i].target);
	h = open_live();
	for (i = 0; i < COUNT(rows); i++) {
		d.text[0] = '\0';
		CHECK_ST(host_key_exists(h, rows[i].key, &d), rows[i].st, &d);
		if (rows[i].says == NULL)
			continue;
		snprintf(want, sizeof(want), "%s: %s", rows[i].key,
		    rows[i].says);
		CHECK_STR(d.text, want);
	}
	/* What is said of a circle differs between Windows and Wine. */
	st = host_key_exists(h, TEST_KEY "\\loop\\x", &d);
	CHECK(st != ST_OK && st != ST_ABSENT);
	host_close(h);
	for (i = 0; i < COUNT(links); i++) {
		CHECK(delete(made[i]) >= 0);
		RegCloseKey(made[i]);
	}
	RegCloseKey(key);
	remove_test_keys();
}

static bool
has_name(char **names, size_t n, const char *name)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

/* Long names: a value's may have 16,383 characters, a key's 255. */
static void
registry_lists_values(void)
{
	HKEY key = make_test_key(KEY_WOW64_64KEY);
	static wchar_t wide[16384];
	static char name[16384];
	struct diag d = { 0 };
	char **names = NULL;
	struct host *h;
	size_t n = 0;

	if (key == NULL)
		return;
	wmemset(wide, L'v', 16383);
	memset(name, 'v', 16383);
	h = open_live();
	CHECK_ST(host_value_list(h, TEST_KEY, &names, &n, &d), ST_OK, &d);
	CHECK_INT(n, 0);
	host_names_free(names, n);
	set_text(key, wide, REG_SZ, L"long");
	set_text(key, L"", REG_SZ, L"default");
	set_text(key, L"\x00e4", REG_SZ, L"umlaut");
	CHECK_ST(host_value_list(h, TEST_KEY, &names, &n, &d), ST_OK, &d);
	CHECK_INT(n, 3);
	CHECK(has_name(names, n, name));
	CHECK(has_name(names, n, ""));
	CHECK(has_name(names, n, "\xc3\xa4"));
	host_names_free(names, n);
	check_text(h, TEST_KEY, name, "long");
	wide[255] = L'\0';
	name[255] = '\0';
	make_subkey(key, wide);
	CHECK_ST(host_key_list(h, TEST_KEY, &names, &n, &d), ST_OK, &d);
	CHECK_INT(n, 1);
	CHECK(has_name(names, n, name));
	host_names_free(names, n);
	host_close(h);
	RegCloseKey(key);
	remove_test_keys();
}

/* In the words of a volume, where it could say the same. */
static void
registry_refusals(void)
{
	struct diag d = { 0 };
	struct host *h = open_live();
	char *text = NULL, **names = NULL;
	size_t n = 7;

	CHECK_ST(host_key_exists(h, TEST_KEY, &d), ST_ABSENT, &d);
	CHECK_STR(d.text, TEST_KEY ": no such key");
	CHECK_ST(host_key_exists(h, TEST_KEY "\\none", &d), ST_ABSENT, &d);
	CHECK_ST(host_text(h, "HKLM\\SOFTWARE", "None", &text, &d),
	    ST_ABSENT, &d);
	CHECK_STR(d.text, "HKLM\\SOFTWARE: value None: no such value");
	CHECK_ST(host_key_list(h, TEST_KEY, &names, &n, &d), ST_ABSENT, &d);
	CHECK_ST(host_value_list(h, TEST_KEY, &names, &n, &d), ST_ABSENT,
	    &d);
	/* Not looked for, so not absent. */
	CHECK_ST(host_key_exists(h, "HKCU\\Software", &d), ST_UNSUPPORTED,
	    &d);
	CHECK_ST(host_key_exists(h, "HKLMX\\SOFTWARE", &d), ST_UNSUPPORTED,
	    &d);
	CHECK(text == NULL && names == NULL && n == 7);
	host_close(h);
}

/* What the system refuses is not what is not there. */
static void
registry_denied(void)
{
	SECURITY_DESCRIPTOR nobody;
	HKEY key = make_test_key(KEY_WOW64_64KEY), probe;
	struct diag d = { 0 };
	struct host *h;
	ACL none;

	if (key == NULL)
		return;
	InitializeSecurityDescriptor(&nobody, SECURITY_DESCRIPTOR_REVISION);
	InitializeAcl(&none, sizeof(none), ACL_REVISION);
	SetSecurityDescriptorDacl(&nobody, TRUE, &none, FALSE);
	RegSetKeySecurity(key, DACL_SECURITY_INFORMATION, &nobody);
	if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, TEST_BELOW, 0, KEY_READ,
	    &probe) == ERROR_SUCCESS) {
		RegCloseKey(probe);
		tap_skip("this system refuses no key");
	} else {
		h = open_live();
		CHECK_ST(host_key_exists(h, TEST_KEY, &d), ST_IO, &d);
		CHECK_STR(d.text, TEST_KEY ": Permission denied");
		host_close(h);
	}
	SetSecurityDescriptorDacl(&nobody, TRUE, NULL, FALSE);
	RegSetKeySecurity(key, DACL_SECURITY_INFORMATION, &nobody);
	RegCloseKey(key);
	remove_test_keys();
}

/* ----------------------------------------------------------------- host */

static void
live_machine(void)
{
	const struct host_hive *hives;
	struct host *h = open_live();
	const char *root = host_system_root(h);

	CHECK_INT(host_kind(h), HOST_LIVE);
	CHECK_INT(host_hives(h, &hives), 0);
	CHECK(root[0] >= 'A' && root[0] <= 'Z' && root[1] == ':' &&
	    root[2] == '\\' && root[3] != '\0');
	host_close(h);
}

/* ---------------------------------------------------------------- files */

/* The first bytes of a file, or why there are none. */
static void
check_file(struct host *h, const char *path, const char *want)
{
	struct diag d = { .text = "" };
	struct host_file f;
	char got[64] = "";
	size_t n;

	if (host_file_open(h, path, &f, &d) != ST_OK) {
		CHECK_STR(d.text, want);
		return;
	}
	n = f.src.size < sizeof(got) - 1 ? (size_t)f.src.size :
	    sizeof(got) - 1;
	CHECK_ST(source_read(&f.src, 0, got, n, &d), ST_OK, &d);
	CHECK_STR(got, want);
	host_file_close(&f);
}

/* Paths as the registry has them. */
static void
file_paths(void)
{
	struct diag d = { 0 };
	struct host_stat st = { 0 };
	char path[4096], base[2048], *p;
	struct host *h = open_live();

	scratch_begin();
	scratch_text("Folder/file.txt", "text");
	scratch_text("Folder/\xc3\xa4\xe4\xb8\xad.txt", "names");
	snprintf(base, sizeof(base), "%s", scratch_path("Folder"));
	snprintf(path, sizeof(path), "%s/file.txt", base);
	check_file(h, path, "text");
	for (p = base; *p != '\0'; p++)
		if (*p == '/')
			*p = '\\';
	snprintf(path, sizeof(path), "%s\\FILE.TXT", base);
	check_file(h, path, "text");
	snprintf(path, sizeof(path), "\"%s\\file.txt\" /x", base);
	check_file(h, path, "text");
	snprintf(path, sizeof(path), "\\\\?\\%s\\file.txt", base);
	check_file(h, path, "text");
	snprintf(path, sizeof(path), "\\??\\%s\\file.txt", base);
	check_file(h, path, "text");
	snprintf(path, sizeof(path), "%s\\\xc3\xa4\xe4\xb8\xad.txt", base);
	check_file(h, path, "names");
	CHECK_ST(host_file_stat(h, path, &st, &d), ST_OK, &d);
	CHECK(!st.is_folder);
	CHECK_INT(st.size, 5);
	snprintf(path, sizeof(path), "%s\\", base);
	CHECK_ST(host_file_stat(h, path, &st, &d), ST_OK, &d);
	CHECK(st.is_folder);
	CHECK_ST(host_file_stat(h, "C:", &st, &d), ST_OK, &d);
	CHECK(st.is_folder);
	host_close(h);
	scratch_end();
}

static void
file_refusals(void)
{
	static const struct {
		const char	*path;
		enum status	 st;
	} rows[] = {
		{ "C:\\rollcall-none", ST_ABSENT },
		{ "C:\\rollcall-none\\x", ST_ABSENT },
		{ "C:\\no:name\\*", ST_ABSENT },
		{ "C:\\\x01<x>.msp", ST_ABSENT },
		{ "relative", ST_UNSUPPORTED },
		{ "C:relative", ST_UNSUPPORTED },
		{ "\\\\server\\share\\x", ST_UNSUPPORTED },
		{ "\\\\?\\UNC\\server\\share\\x", ST_UNSUPPORTED },
		{ "\\\\.\\PhysicalDrive0", ST_UNSUPPORTED },
		{ "C:\\NUL\\x", ST_ABSENT },
	};
	struct host *h = open_live();
	struct diag d = { 0 };
	struct host_stat st;
	struct host_file f;
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		CHECK_ST(host_file_stat(h, rows[i].path, &st, &d),
		    rows[i].st, &d);
		CHECK_ST(host_file_open(h, rows[i].path, &f, &d),
		    rows[i].st, &d);
	}
	/* A folder is no file. */
	CHECK_ST(host_file_open(h, "C:\\", &f, &d), ST_UNSUPPORTED, &d);
	host_close(h);
}

/* A drive that is not there says nothing about what lies on it. */
static void
drive_gone(void)
{
	DWORD drives = GetLogicalDrives();
	struct host *h = open_live();
	struct diag d = { 0 };
	struct host_stat st;
	char path[] = "?:\\x", want[64];
	unsigned i;

	for (i = 0; i < 26 && (drives & 1u << i) != 0; i++)
		;
	if (i == 26) {
		tap_skip("every letter has a drive");
	} else {
		path[0] = (char)('A' + i);
		snprintf(want, sizeof(want), "%s: there is no drive %c: now",
		    path, path[0]);
		CHECK_ST(host_file_stat(h, path, &st, &d), ST_UNSUPPORTED,
		    &d);
		CHECK_STR(d.text, want);
	}
	host_close(h);
}

/* Longer than MAX_PATH, in parts that are not. */
static void
file_long_path(void)
{
	char rel[401] = "", part[61] = "";
	struct host *h = open_live();
	struct diag d = { 0 };
	struct host_stat st = { 0 };
	char **names = NULL;
	size_t n = 0, i;

	memset(part, 'p', 59);
	part[59] = '/';
	for (i = 0; i < 5; i++)
		strncat(rel, part, sizeof(rel) - strlen(rel) - 1);
	scratch_begin();
	CHECK(strlen(rel) == 300);
	strncat(rel, "file.msp", sizeof(rel) - strlen(rel) - 1);
	scratch_text(rel, "long");
	check_file(h, scratch_path(rel), "long");
	CHECK_ST(host_file_stat(h, scratch_path(rel), &st, &d), ST_OK, &d);
	CHECK_INT(st.size, 4);
	rel[300] = '\0';
	CHECK_ST(host_file_list(h, scratch_path(rel), &names, &n, &d), ST_OK,
	    &d);
	CHECK(n == 1 && has_name(names, n, "file.msp"));
	host_names_free(names, n);
	host_close(h);
	scratch_end();
}

static HANDLE
hold_file(const char *rel, DWORD access, DWORD share)
{
	wchar_t wide[MAX_PATH];

	CHECK(MultiByteToWideChar(CP_UTF8, 0, scratch_path(rel), -1, wide,
	    MAX_PATH) != 0);
	return CreateFileW(wide, access, share, NULL, OPEN_EXISTING, 0,
	    NULL);
}

/* Files that others use are read, unless they let nobody. */
static void
file_in_use(void)
{
	struct host *h = open_live();
	struct diag d = { 0 };
	struct host_stat st = { 0 };
	char want[2048];
	HANDLE held;

	scratch_begin();
	scratch_text("used.dll", "used");
	held = hold_file("used.dll", GENERIC_READ | GENERIC_WRITE,
	    FILE_SHARE_READ);
	CHECK(held != INVALID_HANDLE_VALUE);
	check_file(h, scratch_path("used.dll"), "used");
	CloseHandle(held);
	held = hold_file("used.dll", GENERIC_READ, 0);
	CHECK(held != INVALID_HANDLE_VALUE);
	snprintf(want, sizeof(want), "%s: in use by another program",
	    scratch_path("used.dll"));
	check_file(h, scratch_path("used.dll"), want);
	CHECK_ST(host_file_stat(h, scratch_path("used.dll"), &st, &d), ST_OK,
	    &d);
	CHECK_INT(st.size, 4);
	CloseHandle(held);
	host_close(h);
	scratch_end();
}

static void
file_lists(void)
{
	static const char *const want[] = { "a.dll", "B", "c.dll",
	    "\xc3\xa4" };
	struct host *h = open_live();
	struct diag d = { 0 };
	char **names = NULL, path[2048];
	size_t n = 0, i;

	scratch_begin();
	for (i = COUNT(want); i-- > 0;) {
		snprintf(path, sizeof(path), "list/%s", want[i]);
		if (i == 1)
			scratch_mkdir(path);
		else
			scratch_text(path, "");
	}
	CHECK_ST(host_file_list(h, scratch_path("list"), &names, &n, &d),
	    ST_OK, &d);
	CHECK_INT(n, COUNT(want));
	for (i = 0; i < n && n == COUNT(want); i++)
		CHECK_STR(names[i], want[i]);
	host_names_free(names, n);
	n = 7;
	CHECK_ST(host_file_list(h, scratch_path("list/B"), &names, &n, &d),
	    ST_OK, &d);
	CHECK_INT(n, 0);
	host_names_free(names, n);
	CHECK_ST(host_file_list(h, scratch_path("none"), &names, &n, &d),
	    ST_ABSENT, &d);
	CHECK_ST(host_file_list(h, scratch_path("list/a.dll"), &names, &n,
	    &d), ST_UNSUPPORTED, &d);
	host_close(h);
	scratch_end();
}

/* The machine word of a program's header; 0 when there is none. */
static uint16_t
machine_of(struct host *h, const char *folder, const char *name)
{
	uint8_t head[1024] = { 0 };
	struct slice s = slice_of(head, sizeof(head), 0);
	struct host_file f;
	char path[512];
	uint32_t at = 0;
	uint16_t machine = 0;

	snprintf(path, sizeof(path), "%s\\%s\\%s", host_system_root(h),
	    folder, name);
	if (host_file_open(h, path, &f, NULL) != ST_OK)
		return 0;
	if (source_read(&f.src, 0, head, sizeof(head), NULL) == ST_OK &&
	    slice_u32le(s, 0x3c, &at) && at < sizeof(head))
		(void)slice_u16le(s, at + 4, &machine);
	host_file_close(&f);
	return machine;
}

/* PE/COFF, "Machine Types": System32 is the 64-bit one. */
static void
system_files(void)
{
	struct host *h = open_live();
	uint16_t wow64 = machine_of(h, "SysWOW64", "ntdll.dll");

	CHECK_INT(machine_of(h, "System32", "ntdll.dll"), 0x8664);
	CHECK(wow64 == 0 || wow64 == 0x14c);
	host_close(h);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "the machine that runs us", live_machine },
		{ "values of every type", registry_values },
		{ "numbers", registry_numbers },
		{ "values of any size up to the limit",
		    registry_big_values },
		{ "both views have their names", registry_views },
		{ "variables are expanded", registry_expands },
		{ "keys are listed in the order of hives",
		    registry_lists_keys },
		{ "a name with a NUL in it", registry_nul },
		{ "links among keys", registry_links },
		{ "values are listed, with names of any length",
		    registry_lists_values },
		{ "what is not in the registry", registry_refusals },
		{ "what the registry refuses", registry_denied },
		{ "paths as Windows writes them", file_paths },
		{ "paths that lead to nothing", file_refusals },
		{ "a drive that is not there", drive_gone },
		{ "a path of 300 characters and more", file_long_path },
		{ "files in use", file_in_use },
		{ "folders are listed in order", file_lists },
		{ "System32 is not redirected", system_files },
		{ NULL, NULL },
	};

	/* What a run that was ended left. */
	remove_test_keys();
	return tap_run(cases);
}

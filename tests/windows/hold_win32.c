/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "io/file.h"
#include "io/sink.h"
#include "io/wide_win32.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

/*
 * What tests want another program to do: "hold-win32 HOW PATH [TARGET]",
 * which says "ready" and then waits for the end of standard input; but
 *
 * values:  says what the values are that the file PATH lists, one a line: its
 *          key (below HKEY_LOCAL_MACHINE), a tab and its name. "TYPE HEX"
 *          for each, "-" for what is not there; and ends
 *
 * alone:   PATH open, and no sharing
 * shared:  PATH open, and everything shared
 * sink:    PATH as rollcall writes its output, half of it written
 * load:    the library PATH, as Windows finds it
 * deny:    the key PATH (below HKEY_LOCAL_MACHINE) to everybody; the end
 *          allows it again
 * link:    the key PATH as a link to TARGET, a key by its name in the kernel
 *          ("\Registry\Machine\..."); the end takes it away
 */

#define VALUES_MAX	(1024 * 1024)	/* bytes of a list of values */

static HANDLE
hold(const char *path, DWORD share)
{
	wchar_t *wide = NULL;
	HANDLE h = INVALID_HANDLE_VALUE;

	if (wide_path(path, &wide, NULL) == ST_OK)
		h = CreateFileW(wide, GENERIC_READ | GENERIC_WRITE, share,
		    NULL, OPEN_EXISTING, 0, NULL);
	free(wide);
	return h;
}

static bool
half_a_sink(const char *path)
{
	struct sink *s = NULL;

	if (sink_open(path, &s, NULL) != ST_OK)
		return false;
	sink_puts(s, "half");
	return true;
}

/* Open KEY, or make it, in the view of 64-bit programs. */
static HKEY
key_of(const char *key, DWORD options, DWORD access)
{
	wchar_t *wide = wide_of(key);
	HKEY h = NULL;
	LONG error;

	access |= KEY_WOW64_64KEY;
	if (options != 0)
		error = RegCreateKeyExW(HKEY_LOCAL_MACHINE, wide, 0, NULL,
		    options, access, NULL, &h, NULL);
	else
		error = RegOpenKeyExW(HKEY_LOCAL_MACHINE, wide, 0, access, &h);
	free(wide);
	return error == ERROR_SUCCESS ? h : NULL;
}

/* The list of who may do what to H: nobody anything, or everybody all. */
static bool
set_access(HKEY h, bool nobody)
{
	SECURITY_DESCRIPTOR sd;
	ACL none;

	return InitializeSecurityDescriptor(&sd,
	    SECURITY_DESCRIPTOR_REVISION) &&
	    InitializeAcl(&none, sizeof(none), ACL_REVISION) &&
	    SetSecurityDescriptorDacl(&sd, TRUE, nobody ? &none : NULL,
	    FALSE) && RegSetKeySecurity(h, DACL_SECURITY_INFORMATION, &sd) ==
	    ERROR_SUCCESS;
}

static HKEY
make_link(const char *key, const char *target)
{
	HKEY h = key_of(key, REG_OPTION_CREATE_LINK | REG_OPTION_VOLATILE,
	    KEY_ALL_ACCESS | KEY_CREATE_LINK);
	wchar_t *wide = wide_of(target);

	if (h != NULL && RegSetValueExW(h, L"SymbolicLinkValue", 0, REG_LINK,
	    (const BYTE *)wide, (DWORD)(wcslen(wide) * sizeof(*wide))) !=
	    ERROR_SUCCESS) {
		RegCloseKey(h);
		h = NULL;
	}
	free(wide);
	return h;
}

/* A link goes by its handle alone: by name its target would. */
static void
remove_link(HKEY h)
{
	typedef LONG NTAPI delete_key_fn(HANDLE h);
	delete_key_fn *delete = (delete_key_fn *)(void *)GetProcAddress(
	    GetModuleHandleW(L"ntdll.dll"), "NtDeleteKey");

	(void)delete(h);
	RegCloseKey(h);
}

/* Until the end of standard input. */
static void
wait(bool ok)
{
	puts(ok ? "ready" : "failed");
	fflush(stdout);
	while (ok && getchar() != EOF)
		;
}

static int
deny(const char *key)
{
	/* Asked for first: later we are refused as well. */
	HKEY h = key_of(key, 0, READ_CONTROL | WRITE_DAC);
	bool ok = h != NULL && set_access(h, true);

	wait(ok);
	if (ok)
		(void)set_access(h, false);
	if (h != NULL)
		RegCloseKey(h);
	return ok ? 0 : 1;
}

static int
lead(const char *key, const char *target)
{
	HKEY h = make_link(key, target);

	wait(h != NULL);
	if (h == NULL)
		return 1;
	remove_link(h);
	return 0;
}

static bool
act(const char *how, const char *path)
{
	if (strcmp(how, "alone") == 0)
		return hold(path, 0) != INVALID_HANDLE_VALUE;
	if (strcmp(how, "shared") == 0)
		return hold(path, FILE_SHARE_READ | FILE_SHARE_WRITE |
		    FILE_SHARE_DELETE) != INVALID_HANDLE_VALUE;
	if (strcmp(how, "sink") == 0)
		return half_a_sink(path);
	return LoadLibraryA(path) != NULL;
}

static void
say_value(const char *key, const char *name)
{
	wchar_t *wide = wide_of(strcmp(name, "@") == 0 ? "" : name);
	HKEY h = key_of(key, 0, KEY_QUERY_VALUE);
	DWORD type, i, size = 0;
	BYTE *data = NULL;

	if (h != NULL && RegQueryValueExW(h, wide, NULL, &type, NULL,
	    &size) == ERROR_SUCCESS) {
		data = xcalloc((size_t)size + 1, 1);
		if (RegQueryValueExW(h, wide, NULL, &type, data, &size) !=
		    ERROR_SUCCESS)
			size = 0;
		printf("%lu ", type);
		for (i = 0; i < size; i++)
			printf("%02x", data[i]);
		puts("");
	} else
		puts("-");
	free(data);
	free(wide);
	if (h != NULL)
		RegCloseKey(h);
}

static int
say_values(const char *path)
{
	struct buf b;
	char *text, *line, *next, *tab;

	buf_init(&b, VALUES_MAX);
	if (file_read_all(path, &b, NULL) != ST_OK)
		return 1;
	text = buf_take(&b);
	for (line = text; *line != '\0'; line = next) {
		next = line + strcspn(line, "\n");
		if (*next != '\0')
			*next++ = '\0';
		tab = strchr(line, '\t');
		if (tab == NULL)
			return 1;
		*tab = '\0';
		say_value(line, tab + 1);
	}
	free(text);
	return 0;
}

int
main(int argc, char **argv)
{
	bool ok;

	if (argc == 3 && strcmp(argv[1], "values") == 0)
		return say_values(argv[2]);

	if (argc == 3 && strcmp(argv[1], "deny") == 0)
		return deny(argv[2]);
	if (argc == 4 && strcmp(argv[1], "link") == 0)
		return lead(argv[2], argv[3]);
	ok = argc == 3 && act(argv[1], argv[2]);
	wait(ok);
	return ok ? 0 : 1;
}

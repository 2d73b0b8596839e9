/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "io/wide_win32.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "base/utf.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

/* A NUL of two bytes ends what is built as bytes. */
#define UNIT		sizeof(wchar_t)

wchar_t *
wide_of(const char *text)
{
	wchar_t *wide;
	struct buf b;

	if (text == NULL)
		return NULL;
	/* No unit of the one takes less than a byte of the other. */
	buf_init(&b, UNIT * strlen(text));
	(void)utf_to_utf16le(text, &b);
	wide = xcalloc(b.len / UNIT + 1, UNIT);
	if (b.len > 0)
		memcpy(wide, b.p, b.len);
	buf_fini(&b);
	return wide;
}

char *
wide_utf8(const wchar_t *units, size_t len)
{
	struct buf b;

	/* Three bytes a unit at most. */
	buf_init(&b, 3 * len + 1);
	(void)utf_from_utf16le(slice_of(units, UNIT * len, 0), &b);
	return buf_take(&b);
}

/* ------------------------------------------------------------- paths */

static enum status
too_long(struct diag *d)
{
	return diag_set(d, ST_LIMIT, DIAG_NOWHERE, "limit: TREE_MAX_PATH",
	    "path of more than %d units", TREE_MAX_PATH - 1);
}

/* "\\.\NUL", "\\?\C:\...": nothing is to be done to it. */
static bool
is_device(const wchar_t *path)
{
	return path[0] == L'\\' && path[1] == L'\\' &&
	    (path[2] == L'.' || path[2] == L'?') && path[3] == L'\\';
}

static wchar_t *
join(const wchar_t *head, const wchar_t *tail)
{
	size_t n = wcslen(head), m = wcslen(tail);
	wchar_t *path = xcalloc(n + m + 1, UNIT);

	memcpy(path, head, UNIT * n);
	memcpy(path + n, tail, UNIT * m);
	return path;
}

enum status
wide_path(const char *path, wchar_t **out, struct diag *d)
{
	wchar_t full[TREE_MAX_PATH], *wide;
	DWORD n;

	if (strlen(path) >= TREE_MAX_PATH)
		return too_long(d);
	/* GetFullPathNameW() fails then, and gives no reason. */
	if (path[0] == '\0')
		return win32_says(ERROR_PATH_NOT_FOUND, d);
	wide = wide_of(path);
	if (is_device(wide)) {
		*out = wide;
		return ST_OK;
	}
	n = GetFullPathNameW(wide, TREE_MAX_PATH, full, NULL);
	free(wide);
	if (n == 0)
		return win32_says(GetLastError(), d);
	if (n >= TREE_MAX_PATH)
		return too_long(d);
	if (is_device(full))
		*out = join(L"", full);
	else if (full[0] == L'\\' && full[1] == L'\\')
		*out = join(L"\\\\?\\UNC\\", full + 2);
	else
		*out = join(L"\\\\?\\", full);
	return ST_OK;
}

/* "\\.\C:\x" and "\\?\GLOBALROOT\...\x" are ways to files too. */
bool
wide_is_device(const wchar_t *path)
{
	const wchar_t *name = path + 4;

	if (!is_device(path))
		return false;
	if (wcschr(name, L'\\') == NULL)
		return true;
	if (path[2] == L'.')
		return name[1] != L':';
	return _wcsnicmp(name, L"pipe\\", 5) == 0;
}

/* ------------------------------------------------------------ rights */

bool
win32_is_elevated(void)
{
	uint8_t sid[SECURITY_MAX_SID_SIZE];
	DWORD size = sizeof(sid);
	BOOL member = FALSE;

	/* A token that is not elevated has the group for denying only, which
	 * does not count as a member. */
	return CreateWellKnownSid(WinBuiltinAdministratorsSid, NULL, sid,
	    &size) && CheckTokenMembership(NULL, sid, &member) && member;
}

/* ------------------------------------------------------------ errors */

static const struct {
	DWORD		 error;
	const char	*text;
} words[] = {
	{ ERROR_FILE_NOT_FOUND, "No such file or directory" },
	{ ERROR_PATH_NOT_FOUND, "No such file or directory" },
	{ ERROR_INVALID_DRIVE, "No such file or directory" },
	{ ERROR_ACCESS_DENIED, "Permission denied" },
	{ ERROR_PRIVILEGE_NOT_HELD, "Operation not permitted" },
	{ ERROR_SHARING_VIOLATION, "in use by another program" },
	{ ERROR_LOCK_VIOLATION, "in use by another program" },
	{ ERROR_DIRECTORY, "Not a directory" },
	{ ERROR_DIRECTORY_NOT_SUPPORTED, "Is a directory" },
	{ ERROR_FILE_EXISTS, "File exists" },
	{ ERROR_ALREADY_EXISTS, "File exists" },
	{ ERROR_DISK_FULL, "No space left on device" },
	{ ERROR_HANDLE_DISK_FULL, "No space left on device" },
	{ ERROR_NO_DATA, "Broken pipe" },
	{ ERROR_BROKEN_PIPE, "Broken pipe" },
	{ ERROR_WRITE_PROTECT, "Read-only file system" },
	{ ERROR_INVALID_NAME, "no name that a file can have" },
	{ ERROR_FILENAME_EXCED_RANGE, "File name too long" },
	{ ERROR_BUFFER_OVERFLOW, "File name too long" },
	{ ERROR_NOT_READY, "the drive is not ready" },
	{ ERROR_CRC, "Input/output error" },
	{ ERROR_IO_DEVICE, "Input/output error" },
	{ ERROR_FILE_CORRUPT, "the file or folder is damaged" },
	{ ERROR_DISK_CORRUPT, "the disk is damaged" },
};

/* Is it the error of something that is not there? */
static bool
win32_is_absent(unsigned long error)
{
	return error == ERROR_FILE_NOT_FOUND ||
	    error == ERROR_PATH_NOT_FOUND || error == ERROR_INVALID_DRIVE ||
	    error == ERROR_INVALID_NAME || error == ERROR_DIRECTORY;
}

/* Those that more rights would help against. */
static bool
is_refusal(DWORD error)
{
	return error == ERROR_ACCESS_DENIED ||
	    error == ERROR_PRIVILEGE_NOT_HELD;
}

/* Windows' own text, in its language, without the end of the line. */
static char *
system_text(DWORD error)
{
	wchar_t text[256];
	DWORD n = FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM |
	    FORMAT_MESSAGE_IGNORE_INSERTS | FORMAT_MESSAGE_MAX_WIDTH_MASK,
	    NULL, error, 0, text, sizeof(text) / UNIT, NULL);

	while (n > 0 && (text[n - 1] <= L' ' || text[n - 1] == L'.'))
		n--;
	return wide_utf8(text, n);
}

enum status
win32_says(unsigned long error, struct diag *d)
{
	enum status st = win32_is_absent(error) ? ST_ABSENT : ST_IO;
	char *text;
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i].error == error) {
			diag_set(d, st, DIAG_NOWHERE, NULL, "%s",
			    words[i].text);
			if (is_refusal(error))
				diag_refused(d);
			return st;
		}
	text = system_text(error);
	diag_set(d, st, DIAG_NOWHERE, NULL, "%s (error %lu)", text, error);
	free(text);
	return st;
}

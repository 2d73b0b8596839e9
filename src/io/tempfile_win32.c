/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "io/tempfile.h"
#include "io/tempfile_system.h"

#include "base/alloc.h"
#include "io/wide_win32.h"

#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

#define SOME_MAX	(1024 * 1024)	/* bytes of one system call */

struct tempfile_fd {
	HANDLE		 handle;
};

/* TMPDIR counts here as well: whoever sets it means it. */
char *
tempfile_folder(void)
{
	wchar_t set[MAX_PATH + 1], path[MAX_PATH + 1];
	DWORD n = GetEnvironmentVariableW(L"TMPDIR", set, MAX_PATH);

	if (n > 0 && n < MAX_PATH)
		return wide_utf8(set, n);
	n = GetTempPathW(MAX_PATH, path);
	if (n == 0 || n > MAX_PATH)
		return xstrdup(".");
	while (n > 1 && path[n - 1] == L'\\' && path[n - 2] != L':')
		n--;
	return wide_utf8(path, n);
}

/* GetTempFileNameW() makes it; it is opened over again, for us alone, and
 * goes with its last handle. */
enum status
tempfile_fd_new(const char *folder, struct tempfile_fd **out,
    struct diag *d)
{
	wchar_t *wide = wide_of(folder), name[MAX_PATH + 1];
	enum status st = ST_OK;
	HANDLE h;

	if (GetTempFileNameW(wide, L"rol", 0, name) == 0) {
		st = win32_says(GetLastError(), d);
		goto out;
	}
	h = CreateFileW(name, GENERIC_READ | GENERIC_WRITE, 0, NULL,
	    CREATE_ALWAYS, FILE_ATTRIBUTE_TEMPORARY |
	    FILE_FLAG_DELETE_ON_CLOSE, NULL);
	if (h == INVALID_HANDLE_VALUE) {
		st = win32_says(GetLastError(), d);
		DeleteFileW(name);
		goto out;
	}
	*out = xcalloc(1, sizeof(**out));
	(*out)->handle = h;
out:
	free(wide);
	return st == ST_ABSENT ? ST_IO : st;
}

void
tempfile_fd_free(struct tempfile_fd *f)
{
	if (f == NULL)
		return;
	CloseHandle(f->handle);
	free(f);
}

static OVERLAPPED
place(uint64_t off)
{
	return (OVERLAPPED){ .Offset = (DWORD)(off & 0xffffffff),
	    .OffsetHigh = (DWORD)(off >> 32) };
}

static DWORD
some_of(size_t n)
{
	return n < SOME_MAX ? (DWORD)n : SOME_MAX;
}

enum status
tempfile_fd_write(struct tempfile_fd *f, uint64_t off, const void *p,
    size_t n, struct diag *d)
{
	size_t done = 0;

	while (done < n) {
		OVERLAPPED at = place(off + done);
		DWORD some = 0;

		if (!WriteFile(f->handle, (const char *)p + done,
		    some_of(n - done), &some, &at)) {
			win32_says(GetLastError(), d);
			return ST_IO;
		}
		done += some;
	}
	return ST_OK;
}

enum status
tempfile_fd_read(struct tempfile_fd *f, uint64_t off, void *p, size_t n,
    struct diag *d)
{
	size_t done = 0;

	while (done < n) {
		OVERLAPPED at = place(off + done);
		DWORD some = 0;

		if (!ReadFile(f->handle, (char *)p + done, some_of(n - done),
		    &some, &at)) {
			win32_says(GetLastError(), d);
			return ST_IO;
		}
		if (some == 0)
			return diag_set(d, ST_IO, off + done, NULL,
			    "it became shorter");
		done += some;
	}
	return ST_OK;
}

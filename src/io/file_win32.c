/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "io/file_win32.h"
#include "base/alloc.h"
#include "io/wide_win32.h"

#include <stdlib.h>
#include <windows.h>

#define READ_MAX	(1024 * 1024)	/* bytes of one system call */

struct file {
	HANDLE		 handle;
	uint64_t	 size;		/* bytes, when it was opened */
};

static enum status
not_regular(struct diag *d)
{
	return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
	    "not a regular file");
}

enum status
handle_open(const char *path, unsigned long access, void **out,
    struct diag *d)
{
	wchar_t *wide = NULL;
	HANDLE h;
	enum status st = wide_path(path, &wide, d);

	if (st != ST_OK)
		return st;
	if (wide_is_device(wide)) {
		st = not_regular(d);
		goto out;
	}
	/* Without backup semantics, no folder is opened. */
	h = CreateFileW(wide, access, SHARE_ALL, NULL, OPEN_EXISTING,
	    FILE_FLAG_BACKUP_SEMANTICS | SECURITY_SQOS_PRESENT |
	    SECURITY_ANONYMOUS, NULL);
	if (h == INVALID_HANDLE_VALUE)
		st = win32_says(GetLastError(), d);
	else
		*out = h;
out:
	free(wide);
	return st;
}

enum status
file_of_handle(void *handle, struct file **out, struct diag *d)
{
	BY_HANDLE_FILE_INFORMATION info;
	enum status st = ST_OK;

	/* Pipes and consoles are of other types. */
	if (GetFileType(handle) != FILE_TYPE_DISK)
		st = not_regular(d);
	else if (!GetFileInformationByHandle(handle, &info))
		st = win32_says(GetLastError(), d);
	else if (info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY)
		st = not_regular(d);
	if (st != ST_OK) {
		CloseHandle(handle);
		return st;
	}
	*out = xcalloc(1, sizeof(**out));
	(*out)->handle = handle;
	(*out)->size = (uint64_t)info.nFileSizeHigh << 32 |
	    info.nFileSizeLow;
	return ST_OK;
}

enum status
file_open_unnamed(const char *path, struct file **out, struct diag *d)
{
	HANDLE h;
	enum status st = handle_open(path, GENERIC_READ, &h, d);

	return st != ST_OK ? st : file_of_handle(h, out, d);
}

void
file_close(struct file *f)
{
	if (f == NULL)
		return;
	CloseHandle(f->handle);
	free(f);
}

/* The place is given with each call, so that threads may share a file. */
static bool
read_some(HANDLE h, uint64_t off, void *p, size_t len, DWORD *n)
{
	OVERLAPPED at = {
		.Offset = (DWORD)(off & 0xffffffff),
		.OffsetHigh = (DWORD)(off >> 32),
	};

	return ReadFile(h, p, len < READ_MAX ? (DWORD)len : READ_MAX, n,
	    &at);
}

static enum status
file_read_at(void *ctx, uint64_t off, void *p, size_t len, struct diag *d)
{
	const struct file *f = ctx;
	size_t done = 0;

	while (done < len) {
		DWORD n = 0, error;

		if (!read_some(f->handle, off + done, (char *)p + done,
		    len - done, &n)) {
			error = GetLastError();
			if (error != ERROR_HANDLE_EOF) {
				win32_says(error, d);
				diag_wrap(d, "cannot read");
				if (d != NULL)
					d->fileoff = off + done;
				return ST_IO;
			}
			n = 0;
		}
		if (n == 0)
			return diag_set(d, ST_IO, off + done, NULL,
			    "the file became shorter while it was read");
		done += n;
	}
	return ST_OK;
}

struct source
file_source(struct file *f)
{
	return (struct source){ file_read_at, f, f->size };
}

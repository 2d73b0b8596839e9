/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "io/target.h"
#include "base/alloc.h"
#include "io/wide_win32.h"

#include <fcntl.h>
#include <io.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#define TEMP_TRIES	100	/* names of temporary files, if taken */

/*
 * A temporary file is marked for deletion from its first moment, so that
 * Windows removes it however this process ends: Ctrl-C, the task manager, a
 * fallen machine's open handles. The mark is taken off before the rename.
 */
struct target {
	FILE		*f;
	HANDLE		 handle;	/* of F */
	wchar_t		*path;		/* the name in the end */
	bool		 direct;	/* no temporary file */
};

static enum status
refused(struct diag *d)
{
	(void)win32_says(GetLastError(), d);
	return ST_IO;
}

static bool
mark_deleted(HANDLE h, bool deleted)
{
	FILE_DISPOSITION_INFO info = { .DeleteFile = deleted };

	return SetFileInformationByHandle(h, FileDispositionInfo, &info,
	    sizeof(info));
}

/* A new file beside t->path. */
static HANDLE
temp_create(struct target *t)
{
	HANDLE h = INVALID_HANDLE_VALUE;
	char *path = wide_utf8(t->path, wcslen(t->path));
	int i;

	for (i = 0; i < TEMP_TRIES; i++) {
		char *temp = xasprintf("%s.%lu-%d.tmp", path,
		    GetCurrentProcessId(), i);
		wchar_t *wide = wide_of(temp);

		h = CreateFileW(wide, GENERIC_WRITE | DELETE,
		    FILE_SHARE_READ | FILE_SHARE_DELETE, NULL, CREATE_NEW,
		    FILE_ATTRIBUTE_NORMAL, NULL);
		free(wide);
		free(temp);
		if (h != INVALID_HANDLE_VALUE ||
		    GetLastError() != ERROR_FILE_EXISTS)
			break;
	}
	free(path);
	/* A file system that cannot do it leaves the file of a killed process
	 * behind; nothing worse. */
	if (h != INVALID_HANDLE_VALUE)
		(void)mark_deleted(h, true);
	return h;
}

/* The device at t->path: a pipe, NUL, a console. */
static enum status
open_device(struct target *t, struct diag *d)
{
	DWORD type;

	t->handle = CreateFileW(t->path, GENERIC_WRITE, FILE_SHARE_READ |
	    FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
	if (t->handle == INVALID_HANDLE_VALUE)
		return refused(d);
	type = GetFileType(t->handle);
	if (type == FILE_TYPE_CHAR || type == FILE_TYPE_PIPE)
		return ST_OK;
	CloseHandle(t->handle);
	return diag_set(d, ST_IO, DIAG_NOWHERE, NULL, "%s",
	    type == FILE_TYPE_DISK ? "a whole disk, and no file" :
	    "a device that takes no text");
}

static enum status
open_file(struct target *t, struct diag *d)
{
	DWORD attributes = GetFileAttributesW(t->path);

	if (attributes != INVALID_FILE_ATTRIBUTES &&
	    (attributes & FILE_ATTRIBUTE_DIRECTORY))
		SetLastError(ERROR_DIRECTORY_NOT_SUPPORTED);
	else
		t->handle = temp_create(t);
	return t->handle != INVALID_HANDLE_VALUE ? ST_OK : refused(d);
}

static FILE *
stream_of(HANDLE h)
{
	int fd = _open_osfhandle((intptr_t)h, _O_BINARY);
	FILE *f = fd < 0 ? NULL : _fdopen(fd, "wb");

	if (f != NULL)
		return f;
	if (fd >= 0)
		_close(fd);
	else
		CloseHandle(h);
	SetLastError(ERROR_TOO_MANY_OPEN_FILES);
	return NULL;
}

enum status
target_open(const char *path, struct target **out, FILE **stream,
    struct diag *d)
{
	struct target *t = xcalloc(1, sizeof(*t));
	enum status st = wide_path(path, &t->path, d);

	t->handle = INVALID_HANDLE_VALUE;
	if (st != ST_OK) {
		free(t);
		return ST_IO;
	}
	t->direct = wide_is_device(t->path);
	st = t->direct ? open_device(t, d) : open_file(t, d);
	if (st == ST_OK) {
		t->f = stream_of(t->handle);
		st = t->f != NULL ? ST_OK : refused(d);
	}
	if (st != ST_OK) {
		target_drop(t);
		return st;
	}
	*out = t;
	*stream = t->f;
	return ST_OK;
}

/* By handle: nobody can put another file in between. */
static bool
rename_to(HANDLE h, const wchar_t *path)
{
	size_t bytes = wcslen(path) * sizeof(*path);
	size_t size = sizeof(FILE_RENAME_INFO) + bytes;
	FILE_RENAME_INFO *info = xcalloc(1, size);
	bool ok;

	info->ReplaceIfExists = TRUE;
	info->FileNameLength = (DWORD)bytes;
	memcpy(info->FileName, path, bytes);
	ok = SetFileInformationByHandle(h, FileRenameInfo, info,
	    (DWORD)size);
	free(info);
	return ok;
}

enum status
target_keep(struct target *t, struct diag *d)
{
	enum status st = ST_OK;

	if (!t->direct && (!FlushFileBuffers(t->handle) ||
	    !mark_deleted(t->handle, false)))
		st = refused(d);
	else if (!t->direct && !rename_to(t->handle, t->path)) {
		st = refused(d);
		(void)mark_deleted(t->handle, true);
	}
	target_drop(t);
	return st;
}

void
target_drop(struct target *t)
{
	/* Closing it deletes what is still marked. */
	if (t->f != NULL)
		fclose(t->f);
	free(t->path);
	free(t);
}

void
target_sweep(const char *dir, const char *name)
{
	/* Windows has removed them. */
	(void)dir;
	(void)name;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "io/lock.h"
#include "base/alloc.h"
#include "io/wide_win32.h"

#include <stdlib.h>
#include <windows.h>

#define LOCK_NAME	"\\update.lock"

struct lock {
	HANDLE	handle;		/* of a file that nobody else can open */
};

/* WIDE and the folders above it; a failure shows when it is used. */
static void
make_folders(wchar_t *wide)
{
	wchar_t *p;

	/* Behind "\\?\" */
	for (p = wide + 4; *p != L'\0'; p++)
		if (*p == L'\\') {
			*p = L'\0';
			CreateDirectoryW(wide, NULL);
			*p = L'\\';
		}
	CreateDirectoryW(wide, NULL);
}

static enum status
take(const char *dir, const char *busy, HANDLE *out, struct diag *d)
{
	wchar_t *wide = NULL, *file = NULL;
	char *name = NULL;
	enum status st = wide_path(dir, &wide, d);

	if (st != ST_OK)
		return st;
	make_folders(wide);
	name = xasprintf("%s" LOCK_NAME, dir);
	st = wide_path(name, &file, d);
	if (st != ST_OK)
		goto out;
	/* No sharing; and it is gone with its last handle. */
	*out = CreateFileW(file, GENERIC_WRITE, 0, NULL, OPEN_ALWAYS,
	    FILE_ATTRIBUTE_HIDDEN | FILE_FLAG_DELETE_ON_CLOSE, NULL);
	if (*out != INVALID_HANDLE_VALUE)
		goto out;
	if (GetLastError() == ERROR_SHARING_VIOLATION)
		st = diag_set(d, ST_IO, DIAG_NOWHERE, NULL, "%s", busy);
	else {
		(void)win32_says(GetLastError(), d);
		st = ST_IO;
	}
out:
	free(name);
	free(file);
	free(wide);
	return st;
}

enum status
lock_take(const char *dir, const char *busy, struct lock **out,
    struct diag *d)
{
	HANDLE h;
	enum status st = take(dir, busy, &h, d);

	if (st != ST_OK) {
		diag_wrap(d, "%s", dir);
		return ST_IO;
	}
	*out = xcalloc(1, sizeof(**out));
	(*out)->handle = h;
	return ST_OK;
}

void
lock_release(struct lock *l)
{
	if (l == NULL)
		return;
	CloseHandle(l->handle);
	free(l);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_IO_WIDE_WIN32_H
#define ROLLCALL_IO_WIDE_WIN32_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

/*
 * The border to Windows: UTF-8 on our side, UTF-16 and error numbers on its
 * side. For *_win32.c alone.
 */

/* TEXT in UTF-16, for the caller to free; NULL stays NULL. */
wchar_t		*wide_of(const char *text);

/* LEN units in UTF-8, for the caller to free. */
char		*wide_utf8(const wchar_t *units, size_t len);

/*
 * PATH as CreateFileW() takes it in any length: absolute, '\' between its
 * parts, behind "\\?\". A path to a device ("NUL", "\\.\...") stays one.
 *
 * Out:     *OUT is the caller's to free.
 * Limits:  TREE_MAX_PATH.
 * Returns: ST_OK; ST_LIMIT; ST_ABSENT; ST_IO.
 */
MUST_CHECK
enum status	 wide_path(const char *path, wchar_t **out, struct diag *d);

/* Do we run as an administrator who is elevated, or as the system? */
bool		 win32_is_elevated(void);

/* Is PATH, of wide_path(), that of a device ("NUL", a pipe, a whole volume)
 * and not one into a file system? Even to open a device may do something. */
bool		 wide_is_device(const wchar_t *path);

/* mingw-w64's headers do not have it yet. */
#ifndef ERROR_DIRECTORY_NOT_SUPPORTED
#define ERROR_DIRECTORY_NOT_SUPPORTED	336
#endif

/*
 * The system's reason: the words of POSIX where it has the same error, so
 * that a result reads the same on every system; else Windows' own.
 *
 * Out:     *D says it and no more; wrap the name around it.
 * Returns: ST_ABSENT or ST_IO, as ERROR says.
 */
enum status	 win32_says(unsigned long error, struct diag *d);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_IO_FILE_WIN32_H
#define ROLLCALL_IO_FILE_WIN32_H

#include "io/file.h"

/*
 * A file over HANDLE (a HANDLE opened for synchronous reading), which is
 * taken, also on failure.
 *
 * Out:     *OUT is the caller's, for file_close().
 * Returns: ST_OK; ST_UNSUPPORTED when it is no regular file; ST_IO.
 */
MUST_CHECK
enum status	file_of_handle(void *handle, struct file **out,
		    struct diag *d);

/* As file_open(), but that the diagnosis does not name the file. */
MUST_CHECK
enum status	file_open_path(const char *path, struct file **out,
		    struct diag *d);

#endif

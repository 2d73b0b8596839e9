/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_IO_FILE_WIN32_H
#define ROLLCALL_IO_FILE_WIN32_H

#include "io/file.h"

/* Whoever uses a file may go on to do so. */
#define SHARE_ALL	(FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)

/*
 * Open what PATH leads to, a file or a folder, the way every one is opened:
 * whoever uses it may go on to do so, and no server may act in our name.
 *
 * In:      ACCESS as CreateFileW() takes it.
 * Out:     *OUT is a HANDLE, for CloseHandle().
 * Returns: ST_OK; ST_ABSENT; ST_UNSUPPORTED for a device, which is not
 *          touched; ST_LIMIT; ST_IO.
 */
MUST_CHECK
enum status	handle_open(const char *path, unsigned long access,
		    void **out, struct diag *d);

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

#endif

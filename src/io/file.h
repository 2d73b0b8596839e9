/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_IO_FILE_H
#define ROLLCALL_IO_FILE_H

#include "base/buf.h"
#include "base/source.h"
#include "base/status.h"

#include <stdint.h>

/* A regular file, open for reading at any place. */
struct file;

/*
 * In:      PATH as the system writes it (UTF-8).
 * Out:     *OUT is the caller's, for file_close().
 * Returns: ST_OK; ST_ABSENT; ST_UNSUPPORTED when it is no regular file;
 *          ST_IO with the system's reason.
 */
MUST_CHECK
enum status	file_open(const char *path, struct file **out,
		    struct diag *d);
/* The same, but that D does not name the file: for who names it himself.
 * Returns: as file_open(). */
MUST_CHECK
enum status	file_open_unnamed(const char *path, struct file **out,
		    struct diag *d);
void		file_close(struct file *f);	/* NULL is fine */

/* Bytes from the file, to be used while it is open. */
struct source	file_source(struct file *f);

/*
 * The whole of a small file.
 *
 * Out:     appended to B, whose maximum is the limit.
 * Returns: ST_OK; ST_ABSENT; ST_LIMIT; ST_UNSUPPORTED; ST_IO.
 */
MUST_CHECK
enum status	file_read_all(const char *path, struct buf *b,
		    struct diag *d);

#endif

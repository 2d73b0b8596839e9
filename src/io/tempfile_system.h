/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_IO_TEMPFILE_SYSTEM_H
#define ROLLCALL_IO_TEMPFILE_SYSTEM_H

#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

/* Inside of tempfile*.c: what each system does its own way. */
struct tempfile_fd;

/* Returns: ST_OK, and *OUT is for tempfile_fd_free(); ST_IO. */
MUST_CHECK
enum status	tempfile_fd_new(const char *folder,
		    struct tempfile_fd **out, struct diag *d);
void		tempfile_fd_free(struct tempfile_fd *f);

/* All N bytes, at OFF. Returns: ST_OK; ST_IO. */
MUST_CHECK
enum status	tempfile_fd_write(struct tempfile_fd *f, uint64_t off,
		    const void *p, size_t n, struct diag *d);
MUST_CHECK
enum status	tempfile_fd_read(struct tempfile_fd *f, uint64_t off,
		    void *p, size_t n, struct diag *d);

#endif

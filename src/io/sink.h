/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_IO_SINK_H
#define ROLLCALL_IO_SINK_H

#include "base/status.h"

#include <stddef.h>

/*
 * Where output goes: standard output, or a file that appears whole or not at
 * all (a temporary file beside it, then one rename; a file that was there
 * before stays until then). Errors are sticky: write on, and ask once, with
 * sink_commit().
 */
struct sink;

/*
 * In:      PATH is the file, or NULL for standard output. What is there and
 *          no regular file ("/dev/null", a FIFO) is written to directly.
 * Out:     *OUT is the caller's, for sink_commit() or sink_abort().
 * Returns: ST_OK; ST_IO.
 */
MUST_CHECK
enum status	sink_open(const char *path, struct sink **out,
		    struct diag *d);

void		sink_write(struct sink *s, const void *p, size_t len);
void		sink_puts(struct sink *s, const char *text);
void		sink_printf(struct sink *s, const char *fmt, ...)
		    PRINTF_LIKE(2, 3);

/* What was to be written could not be made: sink_commit() fails, and says
 * WHY, which is static. */
void		sink_fail(struct sink *s, const char *why);

/*
 * Finish, and give S back in any case.
 *
 * Returns: ST_OK when every byte was taken and the file has its name; ST_IO,
 *          and no file (the old one, if there was one, is untouched).
 */
MUST_CHECK
enum status	sink_commit(struct sink *s, struct diag *d);

/* Leave no trace, and give S back. NULL is fine. */
void		sink_abort(struct sink *s);

#endif

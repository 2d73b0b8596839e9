/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_IO_SINK_H
#define ROLLCALL_IO_SINK_H

#include "base/status.h"

#include <stddef.h>
#include <string.h>

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

/* The first member of a sink, its own: what is not written yet. */
struct sink_held {
	char		*p;		/* owned */
	size_t		 len, room;	/* bytes used, and left */
};

void		sink_write_slowly(struct sink *s, const void *p, size_t len);

/* Most pieces have a few bytes, many are constants: they are put in place. */
static inline void
sink_write(struct sink *s, const void *p, size_t len)
{
	struct sink_held *held = (struct sink_held *)(void *)s;

	/* 0 bytes, which may have no place, are not less than any room. */
	if (len - 1 >= held->room) {
		sink_write_slowly(s, p, len);
		return;
	}
	memcpy(held->p + held->len, p, len);
	held->len += len;
	held->room -= len;
}

static inline void
sink_puts(struct sink *s, const char *text)
{
	sink_write(s, text, strlen(text));
}

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

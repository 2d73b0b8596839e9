/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_BASE_BUF_H
#define ROLLCALL_BASE_BUF_H

#include "base/slice.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A growing buffer that cannot be made without a maximum. The bytes are
 * always followed by a NUL that LEN does not count, so text can be read as a
 * C string. Reaching the maximum is sticky: FULL stays true, later appends
 * add nothing, and one test at the end is enough.
 */
struct buf {
	uint8_t	*p;		/* owned; NULL until the first append */
	size_t	 len;		/* bytes used */
	size_t	 cap;
	size_t	 max;		/* bytes, named limit of the caller */
	bool	 full;
};

void		buf_init(struct buf *b, size_t max);
void		buf_fini(struct buf *b);	/* NULL is fine */
void		buf_clear(struct buf *b);	/* keeps the storage */

/* Likewise, for the next of many small things: storage that something large
 * took is given back. */
void		buf_reuse(struct buf *b);

bool		buf_append(struct buf *b, const void *p, size_t len);
bool		buf_puts(struct buf *b, const char *s);
bool		buf_putc(struct buf *b, char c);
bool		buf_printf(struct buf *b, const char *fmt, ...)
		    PRINTF_LIKE(2, 3);

/* Make LEN bytes of room behind what is there, and count them as used. */
uint8_t		*buf_extend(struct buf *b, size_t len);

/* The text, never NULL; borrowed, dies with the next append. */
const char	*buf_text(const struct buf *b);

/* The bytes, borrowed likewise. */
struct slice	buf_slice(const struct buf *b);

/* Hand the storage (a C string) to the caller, who frees it; never NULL. */
char		*buf_take(struct buf *b);

#endif

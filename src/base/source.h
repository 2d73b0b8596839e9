/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_BASE_SOURCE_H
#define ROLLCALL_BASE_SOURCE_H

#include "base/slice.h"
#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

/*
 * Where a format reader gets its bytes from: a file, memory, or a layer over
 * another source (replayed log pages over a hive). A small value, copied
 * freely; CTX belongs to whoever made it and must outlive all copies.
 *
 * read_at: fill exactly LEN bytes from OFF, or ST_IO with D filled. It is
 * never asked past SIZE. A file that became shorter is ST_IO.
 */
struct source {
	enum status	(*read_at)(void *ctx, uint64_t off, void *p,
			    size_t len, struct diag *d);
	void		*ctx;
	uint64_t	 size;		/* bytes */
};

/* A source over bytes in memory. *S is borrowed and must outlive it. */
struct source	source_of_slice(const struct slice *s);

/*
 * Read exactly LEN bytes at OFF.
 *
 * Returns: ST_OK; ST_MALFORMED when they stick out of the source (the place
 *          came from input); ST_IO.
 */
MUST_CHECK
enum status	source_read(const struct source *src, uint64_t off, void *p,
		    size_t len, struct diag *d);

/*
 * A window: random access to a source through a bounded cache of blocks, so
 * that a 150 MB hive costs 4 MiB (WINDOW_BLOCKS of WINDOW_BLOCK bytes).
 */
struct window;

/* Never fails; the window copies SRC and owns nothing of it. */
struct window	*window_new(struct source src);
void		window_free(struct window *w);	/* NULL is fine */
uint64_t	window_size(const struct window *w);

/*
 * Look at LEN bytes at OFF.
 *
 * Out:     *OUT borrows from W and dies with the next window_get().
 * Limits:  WINDOW_MAX_SPAN.
 * Returns: ST_OK; ST_MALFORMED when they stick out of the source; ST_LIMIT;
 *          ST_IO.
 */
MUST_CHECK
enum status	window_get(struct window *w, uint64_t off, size_t len,
		    struct slice *out, struct diag *d);

/*
 * Find the first place where the LEN bytes at NEEDLE occur.
 *
 * Out:     *OFF in bytes from the start of the source.
 * Returns: ST_OK; ST_ABSENT; ST_IO.
 */
MUST_CHECK
enum status	source_find(const struct source *src, const void *needle,
		    size_t len, uint64_t *off, struct diag *d);

#endif

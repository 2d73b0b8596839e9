/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/source.h"
#include "base/alloc.h"
#include "base/limits.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define FIND_CHUNK	(64 * 1024)	/* bytes searched at a time */
#define FIND_NEEDLE_MAX	256		/* bytes of the longest needle */

struct window {
	struct source	 src;
	struct block {
		uint64_t	no;	/* of the block held, + 1; 0 none */
		size_t		n;	/* bytes in it */
		uint8_t		*p;
	}		 blocks[WINDOW_BLOCKS];
	uint8_t		*span;		/* a run that crosses blocks */
	size_t		 span_cap;
};

static enum status
slice_read_at(void *ctx, uint64_t off, void *p, size_t len, struct diag *d)
{
	const struct slice *s = ctx;
	struct slice part;

	if (off > SIZE_MAX || !slice_sub(*s, (size_t)off, len, &part))
		return diag_set(d, ST_IO, off, NULL, "read past the end");
	if (len != 0)
		memcpy(p, part.p, len);
	return ST_OK;
}

struct source
source_of_slice(const struct slice *s)
{
	/* The callback only reads through the pointer. */
	return (struct source){ slice_read_at, (void *)(uintptr_t)s, s->n };
}

/* The size gate of every read. */
static enum status
source_bounds(const struct source *src, uint64_t off, uint64_t len,
    struct diag *d)
{
	if (off > src->size || len > src->size - off)
		return diag_set(d, ST_MALFORMED, off, NULL,
		    "%" PRIu64 " bytes wanted in a file of %" PRIu64,
		    len, src->size);
	return ST_OK;
}

enum status
source_read(const struct source *src, uint64_t off, void *p, size_t len,
    struct diag *d)
{
	enum status st = source_bounds(src, off, len, d);

	return st != ST_OK ? st : src->read_at(src->ctx, off, p, len, d);
}

struct window *
window_new(struct source src)
{
	struct window *w = xcalloc(1, sizeof(*w));

	w->src = src;
	return w;
}

void
window_free(struct window *w)
{
	size_t i;

	if (w == NULL)
		return;
	for (i = 0; i < WINDOW_BLOCKS; i++)
		free(w->blocks[i].p);
	free(w->span);
	free(w);
}

uint64_t
window_size(const struct window *w)
{
	return w->src.size;
}

/* Block NO, read if it is not held. */
static enum status
window_block(struct window *w, uint64_t no, struct block **out,
    struct diag *d)
{
	struct block *b = &w->blocks[no % WINDOW_BLOCKS];
	uint64_t off = no * WINDOW_BLOCK, left = w->src.size - off;
	enum status st;

	if (b->no != no + 1) {
		if (b->p == NULL)
			b->p = xrealloc_array(NULL, WINDOW_BLOCK, 1);
		b->no = 0;
		b->n = left < WINDOW_BLOCK ? (size_t)left : WINDOW_BLOCK;
		st = w->src.read_at(w->src.ctx, off, b->p, b->n, d);
		if (st != ST_OK)
			return st;
		b->no = no + 1;
	}
	*out = b;
	return ST_OK;
}

/* A run that crosses blocks is put together in a buffer of its own. */
static enum status
window_span(struct window *w, uint64_t off, size_t len, struct slice *out,
    struct diag *d)
{
	size_t done = 0;

	if (len > WINDOW_MAX_SPAN)
		return diag_set(d, ST_LIMIT, off, "limit: WINDOW_MAX_SPAN",
		    "%zu bytes wanted in one piece", len);
	if (len > w->span_cap) {
		w->span = xrealloc_array(w->span, len, 1);
		w->span_cap = len;
	}
	while (done < len) {
		uint64_t at = off + done;
		size_t in = (size_t)(at % WINDOW_BLOCK), n;
		struct block *b;
		enum status st = window_block(w, at / WINDOW_BLOCK, &b, d);

		if (st != ST_OK)
			return st;
		n = b->n - in < len - done ? b->n - in : len - done;
		memcpy(w->span + done, b->p + in, n);
		done += n;
	}
	*out = slice_of(w->span, len, off);
	return ST_OK;
}

/* What lies in one block that is held, as nearly all does. */
static inline bool
window_has(const struct window *w, uint64_t off, size_t len,
    struct slice *out)
{
	const struct block *b = &w->blocks[off / WINDOW_BLOCK % WINDOW_BLOCKS];
	size_t in = (size_t)(off % WINDOW_BLOCK);

	if (b->no != off / WINDOW_BLOCK + 1 || in > b->n || len > b->n - in)
		return false;
	*out = slice_of(b->p + in, len, off);
	return true;
}

/* Likewise what does not. */
static enum status
window_fetch(struct window *w, uint64_t off, size_t len, struct slice *out,
    struct diag *d)
{
	size_t in = (size_t)(off % WINDOW_BLOCK);
	struct block *b;
	enum status st = source_bounds(&w->src, off, len, d);

	if (st != ST_OK)
		return st;
	if (len == 0) {
		*out = slice_of(NULL, 0, off);
		return ST_OK;
	}
	if (len > WINDOW_BLOCK - in)
		return window_span(w, off, len, out, d);
	st = window_block(w, off / WINDOW_BLOCK, &b, d);
	if (st == ST_OK)
		*out = slice_of(b->p + in, len, off);
	return st;
}

enum status
window_get(struct window *w, uint64_t off, size_t len, struct slice *out,
    struct diag *d)
{
	return window_has(w, off, len, out) ? ST_OK :
	    window_fetch(w, off, len, out, d);
}

/* Where the LEN bytes of NEEDLE, at least one, begin in the N bytes at P. */
static const uint8_t *
find_in(const uint8_t *p, size_t n, const uint8_t *needle, size_t len)
{
	const uint8_t *hit;

	while (n >= len &&
	    (hit = memchr(p, needle[0], n - len + 1)) != NULL) {
		if (memcmp(hit, needle, len) == 0)
			return hit;
		n -= (size_t)(hit + 1 - p);
		p = hit + 1;
	}
	return NULL;
}

enum status
source_find(const struct source *src, const void *needle, size_t len,
    uint64_t *off, struct diag *d)
{
	uint8_t *chunk = xcalloc(1, FIND_CHUNK + FIND_NEEDLE_MAX);
	uint64_t at = 0;
	size_t keep = 0;
	enum status st = ST_ABSENT;

	if (len == 0 || len > FIND_NEEDLE_MAX)
		st = diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL,
		    "needle of %zu bytes", len);
	while (st == ST_ABSENT && at < src->size) {
		uint64_t left = src->size - at;
		size_t n = left < FIND_CHUNK ? (size_t)left : FIND_CHUNK;
		const uint8_t *hit;
		enum status rd;

		rd = src->read_at(src->ctx, at, chunk + keep, n, d);
		if (rd != ST_OK) {
			st = rd;
			break;
		}
		hit = find_in(chunk, keep + n, needle, len);
		if (hit != NULL) {
			*off = at - keep + (uint64_t)(hit - chunk);
			st = ST_OK;
			break;
		}
		/* The needle may lie across two chunks. */
		at += n;
		n += keep;
		keep = n < len - 1 ? n : len - 1;
		memmove(chunk, chunk + n - keep, keep);
	}
	free(chunk);
	return st;
}

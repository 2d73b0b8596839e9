/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/regf_overlay.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "formats/regf_impl.h"

#include <stdlib.h>

enum status
regf_overlay_add(struct regf_overlay *o, uint32_t off, uint32_t len,
    uint32_t log, uint64_t at, struct diag *d)
{
	uint32_t sector = off / REGF_SECTOR, n = len / REGF_SECTOR;

	if (n > REGF_LOG_MAX_SECTORS - o->count)
		return diag_set(d, ST_LIMIT, at, "limit: REGF_LOG_MAX_SECTORS",
		    "the logs are too long");
	for (; n > 0; n--) {
		o->patches = xpush(o->patches, o->count, sizeof(*o->patches));
		o->patches[o->count++] = (struct regf_patch){ sector++, log,
		    at };
		at += REGF_SECTOR;
	}
	return ST_OK;
}

void
regf_overlay_drop(struct regf_overlay *o, uint32_t log)
{
	size_t i, kept = 0;

	for (i = 0; i < o->count; i++)
		if (o->patches[i].log != log)
			o->patches[kept++] = o->patches[i];
	o->count = kept;
}

/* By place in the hive; for one place, the one that counts comes last. */
static int
compare(const void *pa, const void *pb)
{
	const struct regf_patch *a = pa, *b = pb;

	if (a->sector != b->sector)
		return a->sector < b->sector ? -1 : 1;
	if (a->log != b->log)
		return a->log < b->log ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

void
regf_overlay_finish(struct regf_overlay *o, uint32_t hbins_len)
{
	uint64_t end = 0;
	size_t i, kept = 0;

	if (o->count != 0)
		qsort(o->patches, o->count, sizeof(*o->patches), compare);
	for (i = 0; i < o->count; i++) {
		if (kept != 0 &&
		    o->patches[kept - 1].sector == o->patches[i].sector)
			kept--;
		o->patches[kept++] = o->patches[i];
	}
	o->count = kept;
	/* What nobody has written is no part of the hive, claimed or not. */
	if (kept != 0)
		end = ((uint64_t)o->patches[kept - 1].sector + 1) *
		    REGF_SECTOR;
	if (end > hbins_len)
		end = hbins_len;
	o->size = REGF_BASE_LEN + end;
	if (o->size < o->hive.size)
		o->size = o->hive.size;
}

/* The first patch at SECTOR or behind it; o->count when there is none. */
static size_t
patch_from(const struct regf_overlay *o, uint64_t sector)
{
	size_t low = 0, high = o->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (o->patches[mid].sector < sector)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Bytes of the hive as it lies; zeros where it has not grown so far. */
static enum status
read_hive(const struct regf_overlay *o, uint64_t off, uint8_t *p, size_t len,
    struct diag *d)
{
	uint64_t there = off < o->hive.size ? o->hive.size - off : 0;
	size_t n = there < len ? (size_t)there : len, i;

	for (i = n; i < len; i++)
		p[i] = 0;
	return n == 0 ? ST_OK : source_read(&o->hive, off, p, n, d);
}

/* Sectors from patch I on, up to MAX, that follow each other in both files. */
static size_t
run_of(const struct regf_overlay *o, size_t i, size_t max)
{
	size_t n = 1;

	while (n < max && i + n < o->count &&
	    o->patches[i + n].sector == o->patches[i].sector + n &&
	    o->patches[i + n].log == o->patches[i].log &&
	    o->patches[i + n].at == o->patches[i].at + n * REGF_SECTOR)
		n++;
	return n;
}

/* Some of the LEN bytes at OFF of the bins: *DONE says how many. */
static enum status
read_bins(const struct regf_overlay *o, uint64_t off, uint8_t *p, size_t len,
    size_t *done, struct diag *d)
{
	size_t i = patch_from(o, off / REGF_SECTOR);
	uint64_t start = UINT64_MAX, in, n;

	if (i < o->count)
		start = (uint64_t)o->patches[i].sector * REGF_SECTOR;
	if (start > off) {
		n = start - off;
		*done = n < len ? (size_t)n : len;
		return read_hive(o, REGF_BASE_LEN + off, p, *done, d);
	}
	in = off - start;
	n = run_of(o, i, len / REGF_SECTOR + 2) * REGF_SECTOR - in;
	*done = n < len ? (size_t)n : len;
	return source_read(&o->logs[o->patches[i].log],
	    o->patches[i].at + in, p, *done, d);
}

/* Some of the LEN bytes at OFF of the base block, likewise. */
static enum status
read_base(const struct regf_overlay *o, uint64_t off, uint8_t *p, size_t len,
    size_t *done, struct diag *d)
{
	struct slice header = slice_of(o->header, sizeof(o->header), 0);
	struct source src = source_of_slice(&header);
	uint64_t end = off < header.n ? header.n : REGF_BASE_LEN;

	*done = end - off < len ? (size_t)(end - off) : len;
	if (off < header.n)
		return source_read(&src, off, p, *done, d);
	return read_hive(o, off, p, *done, d);
}

static enum status
overlay_read_at(void *ctx, uint64_t off, void *p, size_t len, struct diag *d)
{
	const struct regf_overlay *o = ctx;
	uint8_t *to = p;
	enum status st = ST_OK;
	size_t n = 0, at;

	for (at = 0; st == ST_OK && at < len; at += n) {
		uint64_t from = off + at;

		if (from < REGF_BASE_LEN)
			st = read_base(o, from, to + at, len - at, &n, d);
		else
			st = read_bins(o, from - REGF_BASE_LEN, to + at,
			    len - at, &n, d);
	}
	return st;
}

struct source
regf_overlay_source(struct regf_overlay *o)
{
	return (struct source){ overlay_read_at, o, o->size };
}

void
regf_overlay_fini(struct regf_overlay *o)
{
	free(o->patches);
	o->patches = NULL;
	o->count = 0;
}

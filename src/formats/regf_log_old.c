/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/regf_impl.h"
#include "formats/regf_log_impl.h"

#include <inttypes.h>

/*
 * The old format (to Windows 8 and Server 2012): a bitmap of the sectors that
 * were about to be written, and those sectors. One log holds one write; it
 * has no checksum, so whether it belongs to the hive and is whole must be
 * seen from its base block and from the bins that come out.
 *
 * Spec: "Format of transaction log files", "Old format"
 */

#define VECTOR_AT	REGF_SECTOR
#define BITMAP_AT	(VECTOR_AT + 4)
#define SECTORS_A_BYTE	8	/* of the bitmap; a byte is a page */
#define BITMAP_CHUNK	512
#define BIN_HEADER_LEN	28

/* "Hive bin", the fields that matter here. */
struct bin {
	bool		is_bin;		/* signature and own offset */
	uint32_t	len;
	uint64_t	written;	/* FILETIME; of the first bin only */
};

static enum status
bin_read(const struct source *src, uint32_t off, struct bin *out,
    struct diag *d)
{
	uint8_t bytes[BIN_HEADER_LEN] = { 0 };
	struct cursor c = cursor_of(slice_of(bytes, sizeof(bytes), off));
	enum status st = source_read(src, (uint64_t)REGF_BASE_LEN + off,
	    bytes, sizeof(bytes), d);

	if (st != ST_OK)
		return st;
	out->is_bin = slice_is(cursor_take(&c, 4), "hbin");
	out->is_bin = cursor_u32le(&c) == off && out->is_bin;
	out->len = cursor_u32le(&c);
	cursor_skip(&c, 8);
	out->written = cursor_u64le(&c);
	if (out->len < REGF_PAGE || out->len % REGF_PAGE != 0)
		out->is_bin = false;
	return ST_OK;
}

/*
 * Is the log of the write that the hive was in the middle of? Both have the
 * time of that write. A base block that is bad may still have it, and else
 * the first bin has.
 */
static enum status
check_time(const struct regf_replay *r, const struct regf_log_base *log,
    struct diag *d)
{
	struct bin first;
	enum status st;

	if (log->written == r->base.written)
		return ST_OK;
	if (!r->base.good) {
		st = bin_read(&r->hive, 0, &first, d);
		if (st != ST_OK ||
		    (first.is_bin && first.written == log->written))
			return st;
	}
	return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, RULE("timestamp"),
	    "it is of another write: its time is not the hive's");
}

static enum status
check_vector(const struct source *log, struct diag *d)
{
	uint8_t bytes[4] = { 0 };
	enum status st = source_read(log, VECTOR_AT, bytes, sizeof(bytes), d);

	if (st == ST_OK && !slice_is(slice_of(bytes, 4, VECTOR_AT), "DIRT"))
		return diag_set(d, ST_MALFORMED, VECTOR_AT,
		    RULE("signature"), "no dirty vector (DIRT)");
	return st;
}

/* Add the sectors of one byte of the bitmap; *AT is where they lie. */
static enum status
add_sectors(struct regf_replay *r, uint32_t log, uint8_t bits, uint32_t off,
    uint64_t *at, struct diag *d)
{
	enum status st = ST_OK;
	unsigned i;

	for (i = 0; st == ST_OK && i < SECTORS_A_BYTE; i++, off += REGF_SECTOR)
		if ((bits >> i & 1) != 0) {
			st = regf_overlay_add(&r->overlay, off, REGF_SECTOR,
			    log, *at, d);
			*at += REGF_SECTOR;
		}
	return st;
}

/* The whole bitmap. Its sectors follow it at the next whole sector. */
static enum status
add_all(struct regf_replay *r, uint32_t log, struct diag *d)
{
	const struct source *src = &r->logs[log];
	uint32_t pages = r->states[log].base.hbins_len / REGF_PAGE, page = 0;
	uint64_t at = BITMAP_AT + (uint64_t)pages;
	enum status st = ST_OK;
	uint8_t bytes[BITMAP_CHUNK] = { 0 };

	at += (REGF_SECTOR - at % REGF_SECTOR) % REGF_SECTOR;
	while (st == ST_OK && page < pages) {
		uint32_t n = pages - page, i;

		if (n > sizeof(bytes))
			n = sizeof(bytes);
		st = source_read(src, BITMAP_AT + (uint64_t)page, bytes, n, d);
		for (i = 0; st == ST_OK && i < n; i++, page++)
			if (bytes[i] != 0)
				st = add_sectors(r, log, bytes[i],
				    page * REGF_PAGE, &at, d);
	}
	if (st == ST_OK && r->overlay.count == 0)
		st = diag_set(d, ST_MALFORMED, BITMAP_AT, RULE("size"),
		    "no sector is marked in it");
	if (st == ST_OK && at > src->size)
		st = diag_set(d, ST_MALFORMED, src->size, RULE("size"),
		    "cut off: its sectors would end at %" PRIu64, at);
	return st;
}

/*
 * Find the bin that has the page at OFF, which does not begin one.
 *
 * Out:     *END is its end.
 * Returns: ST_OK; ST_ABSENT; ST_IO.
 */
static enum status
bin_around(const struct source *src, uint32_t off, uint64_t *end,
    struct diag *d)
{
	uint32_t low = off > REGF_LOG_MAX_BIN ? off - REGF_LOG_MAX_BIN : 0;
	struct bin bin;
	enum status st;

	while (off > low) {
		uint64_t past = off;

		off -= REGF_PAGE;
		st = bin_read(src, off, &bin, d);
		if (st != ST_OK)
			return st;
		if (!bin.is_bin)
			continue;
		*end = (uint64_t)off + bin.len;
		return *end > past ? ST_OK : ST_ABSENT;
	}
	return ST_ABSENT;
}

/*
 * Every page that the log changes must lie in a bin of the result. This is
 * what tells a torn or foreign log, where nothing else does.
 */
static enum status
check_bins(struct regf_replay *r, struct diag *d)
{
	struct source view = regf_overlay_source(&r->overlay);
	uint64_t past = 0, off;
	size_t i;

	for (i = 0; i < r->overlay.count; i++) {
		struct bin bin;
		enum status st;

		off = (uint64_t)r->overlay.patches[i].sector * REGF_SECTOR;
		off -= off % REGF_PAGE;
		if (off < past)
			continue;
		st = bin_read(&view, (uint32_t)off, &bin, d);
		past = off + bin.len;
		if (st == ST_OK && !bin.is_bin)
			st = bin_around(&view, (uint32_t)off, &past, d);
		if (st == ST_ABSENT)
			return diag_set(d, ST_MALFORMED,
			    r->overlay.patches[i].at, RULE("hive-bin"),
			    "the page for offset %" PRIu64 " of the hive is "
			    "in none of its bins", REGF_BASE_LEN + off);
		if (st != ST_OK)
			return st;
	}
	return ST_OK;
}

static enum status
replay_one(struct regf_replay *r, uint32_t log, struct diag *d)
{
	const struct regf_log_base *base = &r->states[log].base;
	enum status st = check_time(r, base, d);

	if (st == ST_OK)
		st = check_vector(&r->logs[log], d);
	if (st == ST_OK)
		st = add_all(r, log, d);
	if (st != ST_OK)
		return st;
	regf_overlay_finish(&r->overlay, base->hbins_len);
	return check_bins(r, d);
}

enum status
regf_log_old(struct regf_replay *r, size_t *by, uint32_t *hbins_len)
{
	uint32_t i;

	/* After a failed write Windows changes to the other log, so only one
	 * of them has the hive's time. */
	for (i = 0; i < r->count; i++) {
		struct regf_log_state *s = &r->states[i];

		if (s->st != ST_OK)
			continue;
		s->st = replay_one(r, i, &s->diag);
		if (s->st == ST_OK) {
			r->info.entries = 1;
			r->info.sequence = s->base.sequence[0];
			*by = i;
			*hbins_len = s->base.hbins_len;
			return ST_OK;
		}
		regf_overlay_drop(&r->overlay, i);
	}
	return ST_MALFORMED;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/regf_bins.h"
#include "base/alloc.h"
#include "formats/regf_impl.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define PAGE_LEN	4096		/* bins are whole pages */
#define BIN_HEAD	12		/* signature, place and size */
#define BIN_CELLS	32		/* where the cells of a bin begin */
#define CELL_ALIGN	8

/*
 * How many pages may be looked at for one cell. Windows makes bins as long as
 * what first needed them, so nearly all have one page; with a longer bin, all
 * of the hive is looked at, once.
 */
#define NEAR_PAGES	256

/* Where one page after the other is looked at, so many bytes are read at once:
 * a system call a page would take longer than to copy it. */
#define AHEAD_LEN	(16 * PAGE_LEN)

/* What is known of a page, which is what is known of its bin. */
enum bin_state {
	BIN_UNKNOWN,
	BIN_SOUND,
	/* Wrong, but where it begins and ends is beyond doubt: it is told. */
	BIN_UNSIGNED,
	BIN_CUT,
	/* Told, and its cells are not read. */
	BIN_NO_SIGNATURE,
	BIN_ELSEWHERE,
	BIN_LENGTH,
	BIN_BEHIND,
	BIN_OVERLAPS,
};
#define BIN_FIRST_UNREAD BIN_NO_SIGNATURE

/* A page. Offsets have 32 bits, so there are 2^20 of them at most. */
struct regf_page {
	unsigned	start : 20;	/* the page that its bin begins with */
	unsigned	state : 4;
	/* Of the first page of a bin: */
	unsigned	met : 1;	/* it is bad, and nobody listened */
	unsigned	told : 1;
};

/* One header. Spec: "Hive bin". */
struct bin {
	enum bin_state	state;
	bool		is_bin;		/* has the signature of one */
	uint32_t	len;		/* bytes */
};

static const char *
state_text(enum bin_state state)
{
	switch (state) {
	case BIN_UNSIGNED:
	case BIN_NO_SIGNATURE:
		return "has no signature";
	case BIN_CUT:
		return "reaches behind the end of the file";
	case BIN_ELSEWHERE:
		return "says that it is in another place";
	case BIN_LENGTH:
		return "has an impossible length";
	case BIN_BEHIND:
		return "reaches behind the end of the hive";
	case BIN_OVERLAPS:
		return "overlaps the next one";
	case BIN_UNKNOWN:
	case BIN_SOUND:
		break;
	}
	return "is sound";
}

static enum bin_state
state_of(const struct regf *h, uint64_t page)
{
	return (enum bin_state)h->bins[page].state;
}

/* Bytes of bins that are in the file, of those that the header claims. */
static uint64_t
bins_in_file(const struct regf *h)
{
	uint64_t in_file = h->src.size < REGF_BASE_LEN ? 0 :
	    h->src.size - REGF_BASE_LEN;

	return h->info.hbins_len < in_file ? h->info.hbins_len : in_file;
}

void
regf_bins_init(struct regf *h)
{
	uint64_t in_file = bins_in_file(h);

	if (h->info.dirty || in_file < BIN_HEAD)
		return;
	h->bin_pages = (size_t)((in_file - BIN_HEAD) / PAGE_LEN) + 1;
	h->bins = xcalloc(h->bin_pages, sizeof(*h->bins));
}

/* -------------------------------------------------------------- headers */

static enum bin_state
head_state(const struct regf *h, uint64_t off, bool is_bin, uint32_t place,
    uint32_t len)
{
	if (!is_bin && place != off)
		return BIN_NO_SIGNATURE;
	if (place != off)
		return BIN_ELSEWHERE;
	if (len == 0 || len % PAGE_LEN != 0)
		return is_bin ? BIN_LENGTH : BIN_NO_SIGNATURE;
	if (len > h->info.hbins_len - off)
		return is_bin ? BIN_BEHIND : BIN_NO_SIGNATURE;
	if (!is_bin)
		return BIN_UNSIGNED;
	return len > bins_in_file(h) - off ? BIN_CUT : BIN_SOUND;
}

/*
 * The head of a bin that is one of many, not worth a block of the window each.
 *
 * Out:     *OUT dies with the next one.
 * Returns: as source_read().
 */
static enum status
far_head(struct regf *h, uint64_t off, struct slice *out, struct diag *d)
{
	struct regf_ahead *a = &h->ahead;
	uint64_t at = REGF_BASE_LEN + off, left = h->src.size - at;
	size_t want = off == a->next ? AHEAD_LEN : BIN_HEAD;
	struct slice held = slice_of(a->p, a->n, a->off);
	enum status st;

	a->next = off + PAGE_LEN;
	if (at >= a->off && at - a->off < a->n &&
	    slice_sub(held, (size_t)(at - a->off), BIN_HEAD, out))
		return ST_OK;
	if (a->p == NULL)
		a->p = xrealloc_array(NULL, AHEAD_LEN, 1);
	a->off = at;
	a->n = 0;
	if (want > left)
		want = left < BIN_HEAD ? BIN_HEAD : (size_t)left;
	st = source_read(&h->src, at, a->p, want, d);
	if (st != ST_OK)
		return st;
	a->n = want;
	*out = slice_of(a->p, BIN_HEAD, at);
	return ST_OK;
}

/*
 * In:      OFF, that of one of the pages known of, counts from the first bin.
 *          FAR: as for far_head().
 * Returns: ST_OK, also for a bad one; ST_IO.
 */
static enum status
bin_read(struct regf *h, uint64_t off, bool far, struct bin *out,
    struct diag *d)
{
	struct slice s;
	struct cursor c;
	uint32_t place;
	enum status st = far ? far_head(h, off, &s, d) :
	    window_get(h->win, REGF_BASE_LEN + off, BIN_HEAD, &s, d);

	if (st != ST_OK)
		return st;
	c = cursor_of(s);
	out->is_bin = slice_is(cursor_take(&c, 4), "hbin");
	place = cursor_u32le(&c);
	out->len = cursor_u32le(&c);
	out->state = head_state(h, off, out->is_bin, place, out->len);
	return ST_OK;
}

/*
 * Does a cell of the bin around *CELL lie across PAGE? Data may look like a
 * bin; but then it lies in a cell, and where a bin ends a cell ends.
 *
 * Out:     *CELL, a cell before PAGE, is one behind it, or where the cells of
 *          the bin end before it.
 */
static enum status
cell_across(struct regf *h, uint64_t *cell, uint64_t page, bool *across,
    struct diag *d)
{
	*across = false;
	while (*cell < page) {
		struct slice s;
		uint32_t raw = 0, size;
		enum status st = window_get(h->win, REGF_BASE_LEN + *cell, 4,
		    &s, d);

		if (st != ST_OK)
			return st;
		(void)slice_u32le(s, 0, &raw);
		size = raw < 0x80000000 ? raw : 0 - raw;
		if (size < CELL_ALIGN || size % CELL_ALIGN != 0)
			return ST_OK;
		*cell += size;
	}
	*across = *cell > page;
	return ST_OK;
}

/*
 * Shorten BIN, which is at OFF, to what is before a bin inside it. The other
 * one is where it says and can be read; this one is not as long as it says.
 */
static enum status
find_overlap(struct regf *h, uint64_t off, struct bin *bin, struct diag *d)
{
	uint64_t end = off + bin->len, page, cell = off + BIN_CELLS;

	if (end > (uint64_t)h->bin_pages * PAGE_LEN)
		end = (uint64_t)h->bin_pages * PAGE_LEN;
	for (page = off + PAGE_LEN; page < end; page += PAGE_LEN) {
		struct bin other;
		bool across;
		enum status st = bin_read(h, page, true, &other, d);

		if (st == ST_OK && other.state < BIN_FIRST_UNREAD) {
			st = cell_across(h, &cell, page, &across, d);
			if (st == ST_OK && !across) {
				bin->state = BIN_OVERLAPS;
				bin->len = (uint32_t)(page - off);
				return ST_OK;
			}
		}
		if (st != ST_OK)
			return st;
	}
	return ST_OK;
}

/* -------------------------------------------------------------- telling */

/* Tell of the bin that begins with PAGE, once; later, when nobody listens. */
static void
tell_bin(struct regf *h, uint64_t page)
{
	struct diag d;

	if (h->bins[page].told)
		return;
	if (h->on_damage == NULL) {
		h->bins[page].met = true;
		h->bins_untold = true;
		return;
	}
	(void)diag_set(&d, ST_MALFORMED, REGF_BASE_LEN + page * PAGE_LEN,
	    "regf: hive bin", "the bin at 0x%" PRIx64 " %s", page * PAGE_LEN,
	    state_text(state_of(h, page)));
	h->bins[page].told = true;
	h->on_damage(h->damage_ctx, &d);
}

void
regf_bins_tell(struct regf *h)
{
	size_t page;

	if (!h->bins_untold || h->on_damage == NULL)
		return;
	h->bins_untold = false;
	for (page = 0; page < h->bin_pages; page++)
		if (h->bins[page].met)
			tell_bin(h, page);
}

void
regf_check_length(struct regf *h)
{
	uint64_t in_file = bins_in_file(h);
	struct diag d;

	if (h->info.dirty || h->cut_told || h->on_damage == NULL ||
	    in_file == h->info.hbins_len)
		return;
	h->cut_told = true;
	(void)diag_set(&d, ST_MALFORMED, REGF_BASE_LEN + in_file,
	    "regf: hive bin", "the bin at 0x%" PRIx64 " and all behind it are "
	    "missing: the file is cut short", in_file);
	h->on_damage(h->damage_ctx, &d);
}

/* -------------------------------------------------------------- looking */

/* The LEN bytes at OFF are of the bin that begins with page START. */
static void
mark(struct regf *h, uint64_t off, uint64_t len, enum bin_state state,
    uint64_t start)
{
	uint64_t page = off / PAGE_LEN, end = (off + len) / PAGE_LEN;

	for (; page < end && page < h->bin_pages; page++)
		h->bins[page] = (struct regf_page){
		    .start = (unsigned)start & 0xfffff,
		    .state = (unsigned)state & 0xf };
}

/*
 * Go from bin to bin. A bad header says nothing of where the next one is: the
 * next page that begins like one ends the bad bin.
 */
static enum status
scan_bins(struct regf *h, struct diag *d)
{
	uint64_t end = (uint64_t)h->bin_pages * PAGE_LEN, off = 0, start = 0;
	bool lost = false;

	if (h->bins_scanned)
		return ST_OK;
	while (off < end) {
		struct bin bin;
		enum status st = bin_read(h, off, true, &bin, d);

		/* Only where one ends is it enough for the next. */
		if (st == ST_OK && lost && bin.state == BIN_UNSIGNED)
			bin.state = BIN_NO_SIGNATURE;
		if (st == ST_OK && bin.state < BIN_FIRST_UNREAD)
			st = find_overlap(h, off, &bin, d);
		if (st != ST_OK)
			return st;
		if (bin.state >= BIN_FIRST_UNREAD &&
		    bin.state != BIN_OVERLAPS)
			bin.len = PAGE_LEN;
		/* What follows a bad one may be the rest of it. */
		if (bin.is_bin || !lost)
			start = off / PAGE_LEN;
		mark(h, off, bin.len, bin.state, start);
		lost = bin.state >= BIN_FIRST_UNREAD;
		off += bin.len;
	}
	h->bins_scanned = true;
	free(h->ahead.p);
	memset(&h->ahead, 0, sizeof(h->ahead));
	return ST_OK;
}

/*
 * The bin around PAGE, from what is near it.
 *
 * Out:     its pages are marked, or they are not and all of the hive must be
 *          looked at.
 * Returns: ST_OK, ST_IO.
 */
static enum status
look_near(struct regf *h, uint64_t page, struct diag *d)
{
	uint64_t at = page;
	struct bin bin;
	size_t i;

	for (i = 0; i < NEAR_PAGES; i++) {
		enum status st = bin_read(h, at * PAGE_LEN, false, &bin, d);

		if (st != ST_OK)
			return st;
		if (bin.state == BIN_SOUND || at == 0)
			break;
		at--;
	}
	if (i == NEAR_PAGES || bin.state != BIN_SOUND ||
	    bin.len / PAGE_LEN > NEAR_PAGES ||
	    bin.len / PAGE_LEN <= page - at)
		return ST_OK;
	if (bin.len > PAGE_LEN) {
		enum status st = find_overlap(h, at * PAGE_LEN, &bin, d);

		if (st != ST_OK)
			return st;
	}
	if (bin.state == BIN_SOUND)
		mark(h, at * PAGE_LEN, bin.len, bin.state, at);
	return ST_OK;
}

static enum status
look(struct regf *h, uint64_t page, struct diag *d)
{
	enum status st = look_near(h, page, d);

	if (st == ST_OK && state_of(h, page) == BIN_UNKNOWN)
		st = scan_bins(h, d);
	return st;
}

enum status
regf_bins_cell(struct regf *h, uint32_t off, struct diag *d)
{
	uint64_t page = off / PAGE_LEN;

	/* What is in no bin will not be held by one. */
	if (page >= h->bin_pages)
		return ST_OK;
	if (state_of(h, page) == BIN_UNKNOWN) {
		enum status st = look(h, page, d);

		if (st != ST_OK)
			return st;
	}
	if (state_of(h, page) == BIN_SOUND)
		return ST_OK;
	tell_bin(h, h->bins[page].start);
	if (state_of(h, page) < BIN_FIRST_UNREAD)
		return ST_OK;
	return diag_set(d, ST_MALFORMED, REGF_BASE_LEN + (uint64_t)off,
	    "regf: hive bin", "cell 0x%" PRIx32 " lies in a bin that is "
	    "damaged", off);
}

/* Are both pages of one bin, as far as is known? */
static bool
in_one_bin(const struct regf *h, uint64_t page, uint64_t last)
{
	return last < h->bin_pages && state_of(h, last) != BIN_UNKNOWN &&
	    h->bins[page].start == h->bins[last].start;
}

enum status
regf_bins_hold(struct regf *h, uint32_t off, uint32_t size, struct diag *d)
{
	uint64_t end = (uint64_t)off + size, page = off / PAGE_LEN;
	uint64_t last = (end - 1) / PAGE_LEN;

	if (h->info.dirty)
		return ST_OK;
	if (end > h->info.hbins_len)
		return diag_set(d, ST_MALFORMED, REGF_BASE_LEN + (uint64_t)off,
		    "regf: base block", "cell 0x%" PRIx32 " lies behind the "
		    "%" PRIu32 " bytes that the header claims", off,
		    h->info.hbins_len);
	if (last == page && page < h->bin_pages)
		return ST_OK;
	/* A bin that seems to begin inside a cell may be data. */
	if (!in_one_bin(h, page, last)) {
		enum status st = scan_bins(h, d);

		if (st != ST_OK)
			return st;
	}
	if (in_one_bin(h, page, last))
		return ST_OK;
	return diag_set(d, ST_MALFORMED, REGF_BASE_LEN + (uint64_t)off,
	    "regf: hive bin", "cell 0x%" PRIx32 " of %" PRIu32 " bytes "
	    "reaches out of its bin", off, size);
}

enum status
regf_check_bins(struct regf *h, struct diag *d)
{
	size_t page;
	enum status st;

	if (h->info.dirty)
		return ST_OK;
	regf_check_length(h);
	st = scan_bins(h, d);
	for (page = 0; st == ST_OK && page < h->bin_pages; page++)
		if (h->bins[page].start == page &&
		    state_of(h, page) != BIN_SOUND)
			tell_bin(h, page);
	return st;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_REGF_IMPL_H
#define ROLLCALL_FORMATS_REGF_IMPL_H

#include "base/slice.h"
#include "formats/regf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What the parts of the hive reader share: the handle, the gate through
 * which every cell is reached, and names as the file stores them.
 */

#define REGF_BASE_LEN	4096		/* the base block; hbins follow it */
#define REGF_CHECKSUM_AT 508		/* in the base block */
#define REGF_NO_CELL	UINT32_MAX	/* an offset that points nowhere */

/* "Base block", File type. */
#define REGF_TYPE_PRIMARY	0
#define REGF_TYPE_LOG_1		1
#define REGF_TYPE_LOG_2		2
#define REGF_TYPE_LOG_NEW	6

/* Two letters as the number that they are in the file. */
#define REGF_SIG(a, b)	((uint16_t)((unsigned)(a) | (unsigned)(b) << 8))

/* A scan goes to and fro between products, patches and classes. */
#define REGF_LONG_LISTS	8

struct regf_index;
struct regf_page;

struct regf {
	struct source	 src;
	struct window	*win;
	struct regf_info info;
	bool		 big_data;	/* long data is cut into segments */
	bool		 layered;	/* may have tombstones */
	uint64_t	 data_left;	/* bytes of values that may be read */
	regf_damage_fn	*on_damage;
	void		*damage_ctx;
	struct regf_page *bins;		/* what is known of each, owned */
	size_t		 bin_pages;	/* 0 where bins are not looked at */
	struct regf_ahead {
		uint8_t		*p;	/* owned, while bins are looked at */
		uint64_t	 off;	/* of the first byte held */
		size_t		 n;
		uint64_t	 next;	/* page behind the last one wanted */
	}		 ahead;
	bool		 bins_scanned;	/* all of them are known */
	bool		 bins_untold;	/* some damage is still to be told */
	bool		 cut_told;	/* the file is shorter than the hive */
	struct buf	 text;		/* the name being decoded */
	struct regf_long_list {
		uint32_t		 cell;		/* of the key */
		struct regf_subkeys	 it;
		struct regf_index	*index;		/* NULL: none is kept */
		size_t			*bad;		/* places, owned */
		size_t			 bad_count;
	}		 long_lists[REGF_LONG_LISTS];
	unsigned	 long_next;	/* that gives way to the next one */
};

void		regf_long_list_fini(struct regf_long_list *l);

/* The checksum that a base block's first sector should have, and whether it
 * has it. */
uint32_t	regf_checksum(struct slice header);
bool		regf_checksum_ok(struct slice header);

/* The content of an allocated cell, without its size field. */
struct regf_cell {
	uint64_t	fileoff;
	uint32_t	len;		/* bytes */
};

/*
 * The gate: turn an offset from the file into a cell.
 *
 * Spec:    "Cell". The cell is aligned, allocated, and inside the file and a
 *          bin that can be trusted: regf_bins_cell(), regf_bins_hold(). In a
 *          hive that is dirty or whose header is bad it may lie in a bad bin
 *          and behind the length that the header claims: both occur, and the
 *          cells are good.
 * Returns: ST_OK; ST_MALFORMED; ST_IO.
 */
MUST_CHECK
enum status	regf_cell_open(struct regf *h, uint32_t off,
		    struct regf_cell *out, struct diag *d);

/*
 * The bin of the cell at OFF, which is looked at when this is the first of its
 * cells. A bad one is told, once. When it lacks only the signature, or ends
 * behind the end of the file, its cells are read all the same: where it begins
 * and ends is known, and hives with such bins occur that are good otherwise.
 * Cells of another bad bin are not read.
 *
 * Spec:    "Hive bin"
 * Returns: ST_OK, also in a dirty hive; ST_MALFORMED; ST_IO.
 */
MUST_CHECK
enum status	regf_bins_cell(struct regf *h, uint32_t off, struct diag *d);

/*
 * Likewise: do the hive, and the bin, hold the cell's SIZE bytes?
 *
 * Returns: as regf_bins_cell().
 */
MUST_CHECK
enum status	regf_bins_hold(struct regf *h, uint32_t off, uint32_t size,
		    struct diag *d);

/* Once the header is read. */
void		regf_bins_init(struct regf *h);

/* Tell of the bad bins that were met while nobody listened. */
void		regf_bins_tell(struct regf *h);

/*
 * LEN bytes at AT in a cell, through the window.
 *
 * In:      WHAT, a static string, names the record in the diagnosis.
 * Out:     *OUT dies with the next read from H.
 * Returns: ST_OK; ST_MALFORMED when they stick out of the cell; ST_LIMIT;
 *          ST_IO.
 */
MUST_CHECK
enum status	regf_cell_bytes(struct regf *h, const struct regf_cell *c,
		    size_t at, size_t len, const char *what,
		    struct slice *out, struct diag *d);

/*
 * Tell of damage and go on: what ST and DD say of one entry ends the work
 * only when it is a limit or the system.
 *
 * Out:     *LOST is one more, or *D (may be NULL) is a copy of DD.
 * Returns: ST_OK also for ST_MALFORMED; otherwise ST.
 */
MUST_CHECK
enum status	regf_pass_over(struct regf *h, enum status st,
		    const struct diag *dd, size_t *lost, struct diag *d);

/*
 * A name as the file stores it: Latin-1 ("compressed") or UTF-16LE.
 * The bytes are borrowed from the window.
 */
struct regf_name {
	struct slice	bytes;
	bool		latin1;
};

/* As UTF-8 without a NUL in it; borrowed from H, dies with the next name and
 * the next read. */
struct slice	regf_name_text(struct regf *h, struct regf_name name);

/* The units of a UTF-8 name as Windows compares them, one at a time. */
struct regf_units {
	const char	*at, *end;
	uint16_t	 low;		/* second half of a pair, or 0 */
};

struct regf_units regf_units_of(struct slice text);
bool		regf_units_next(struct regf_units *u, uint16_t *out);

/*
 * Compare as Windows sorts subkeys: unit by unit, letter case ignored.
 * TEXT is UTF-8. < 0, 0, > 0.
 */
int		regf_name_cmp(struct regf_name name, struct slice text);

#endif

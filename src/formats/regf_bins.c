/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/regf_bins.h"
#include "formats/regf_impl.h"

#include <inttypes.h>

#define BIN_ALIGN	4096
#define BIN_HEAD	12		/* signature, place and size */

/* One header. Spec: "Hive bin". */
struct bin {
	bool		sound;
	bool		is_bin;		/* has the signature of one */
	uint32_t	len;		/* bytes, if it is sound */
	const char	*what;		/* is wrong, if not */
};

/*
 * In:      OFF counts from the first bin, ROOM is what follows it.
 * Returns: ST_OK, also for a bad one; ST_IO.
 */
static enum status
bin_read(struct regf *h, uint64_t off, uint64_t room, struct bin *out,
    struct diag *d)
{
	uint8_t head[BIN_HEAD];
	struct slice s = slice_of(head, sizeof(head), 0), sig;
	uint32_t place = 0, len = 0;
	enum status st;

	st = source_read(&h->src, REGF_BASE_LEN + off, head, sizeof(head), d);
	if (st != ST_OK)
		return st;
	(void)slice_sub(s, 0, 4, &sig);
	(void)slice_u32le(s, 4, &place);
	(void)slice_u32le(s, 8, &len);
	*out = (struct bin){ .len = len, .is_bin = slice_is(sig, "hbin") };
	if (!out->is_bin)
		out->what = "has no signature";
	else if (place != off)
		out->what = "says that it is in another place";
	else if (len == 0 || len % BIN_ALIGN != 0)
		out->what = "has an impossible length";
	else if (len > room)
		out->what = "reaches behind the end of the hive";
	else
		out->sound = true;
	return ST_OK;
}

static enum status
tell(struct regf *h, uint64_t off, const char *what, struct diag *d)
{
	struct diag dd;
	size_t unused = 0;

	(void)diag_set(&dd, ST_MALFORMED, REGF_BASE_LEN + off,
	    "regf: hive bin", "the bin at 0x%" PRIx64 " %s", off, what);
	return regf_pass_over(h, ST_MALFORMED, &dd, &unused, d);
}

/*
 * A bad header says nothing of where the next one is: the next page that
 * begins like one ends the bad bin. A dirty hive, written halfway, may well
 * have such, and is called dirty anyway.
 */
enum status
regf_check_bins(struct regf *h, struct diag *d)
{
	uint64_t in_file = h->src.size < REGF_BASE_LEN ? 0 :
	    h->src.size - REGF_BASE_LEN;
	uint64_t end = h->info.hbins_len, off = 0;
	bool lost = false;
	enum status st = ST_OK;
	struct bin bin;

	if (h->info.dirty)
		return ST_OK;
	if (end > in_file) {
		st = tell(h, in_file, "and all behind it are missing: the "
		    "file is cut short", d);
		end = in_file;
	}
	while (st == ST_OK && end - off >= BIN_HEAD) {
		st = bin_read(h, off, end - off, &bin, d);
		if (st != ST_OK)
			break;
		/* What follows a bad one may be the rest of it. */
		if (!bin.sound && (bin.is_bin || !lost))
			st = tell(h, off, bin.what, d);
		lost = !bin.sound;
		if (!bin.sound && end - off <= BIN_ALIGN)
			break;
		off += bin.sound ? bin.len : BIN_ALIGN;
	}
	return st;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"

#include "catalogue/import_write.h"

#include <stdbool.h>
#include <stdlib.h>

/*
 * To settle what a list says, the whole catalogue is read and checked, which
 * takes a hundred times longer than to read the list. When inputs are made up,
 * one in sixteen is settled; a replay settles each.
 */
#ifndef SETTLE_ONE_IN
#define SETTLE_ONE_IN	1
#endif
static bool
is_settled(const uint8_t *data, size_t len)
{
	uint32_t sum = 5381;
	size_t i;

	for (i = 0; i < len; i++)
		sum = sum * 33 ^ data[i];
	return (sum >> 8) % SETTLE_ONE_IN == 0;
}

/*
 * Lists of builds, and what comes of them: whatever a list says, the overlay
 * is one that the catalogue takes, or the linter has taken all of it back.
 */
static void
settle(struct import_merged *m)
{
	const instant day = instant_of_day(2027, 1, 1);
	struct check_result found;
	struct catalogue *c = NULL;
	const struct cat_info *info;
	struct diag d;
	struct buf out;
	size_t dropped = 1;

	while (dropped != 0) {
		buf_init(&out, XML_MAX_BYTES);
		import_write_overlay(m, "fuzz", day, &out);
		if (catalogue_builtin(&c, &d) != ST_OK)
			abort();
		/* A list may be longer than any document is read. */
		if (out.full || catalogue_overlay(c, buf_slice(&out), "fuzz",
		    &d) != ST_OK) {
			if (!out.full)
				abort();
			dropped = 0;
		} else {
			info = catalogue_info(c);
			check_catalogue(c, INSTANT_UNLIMITED, &found);
			if (import_drop(m, &found, info->overlays[0],
			    &dropped, &d) != ST_OK)
				dropped = 0;
			check_fini(&found);
		}
		catalogue_free(c);
		c = NULL;
		buf_fini(&out);
	}
	import_cover(m, day);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static struct catalogue *c;	/* as it is, each time */
	struct import im = { .source_count = 0 };
	struct import_merged *m;
	struct diag d;

	if (c == NULL && catalogue_builtin(&c, &d) != ST_OK)
		abort();
	if (import_read(&im, "fuzz", slice_of(data, len, 0), &d) == ST_OK &&
	    im.row_count != 0) {
		m = import_merge(&im, c, instant_of_day(2027, 1, 1));
		if (m->addition_count != 0 && is_settled(data, len))
			settle(m);
		import_merged_free(m);
	}
	import_fini(&im);
	return 0;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"

#include "formats/cab.h"
#include "formats/cab_unpack.h"

#include <stdlib.h>

#define TAKEN_MAX	(1 << 20)	/* bytes: a bomb goes on for ever */

static enum status
take(void *ctx, const void *p, size_t n, struct diag *d)
{
	size_t *left = ctx;

	(void)p;
	if (n > *left)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL, "enough");
	*left -= n;
	return ST_OK;
}

/* No member is longer or shorter than it says. */
static void
unpack(const struct source *src)
{
	struct cab_unpack *u = NULL;
	struct diag d;
	size_t i, all = TAKEN_MAX;

	if (cab_unpack_open(src, &u, &d) != ST_OK)
		return;
	for (i = 0; all != 0 && i < cab_unpack_count(u); i++) {
		size_t left = all;
		enum status st = cab_unpack_member_to(u, i, take, &left, &d);

		if (st == ST_OK && all - left != cab_unpack_member(u, i)->len)
			abort();
		all = st == ST_OK ? left : 0;
	}
	cab_unpack_close(u);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct slice s = slice_of(data, len, 0);
	struct source src = source_of_slice(&s);
	struct cab_info info;
	struct diag d;
	size_t i;

	if (cab_read(&src, &info, &d) != ST_OK)
		return 0;
	for (i = 0; i < CAB_DIGEST_RANGES; i++)
		if (info.digest[i].off > len ||
		    info.digest[i].len > len - info.digest[i].off)
			abort();
	unpack(&src);
	return 0;
}

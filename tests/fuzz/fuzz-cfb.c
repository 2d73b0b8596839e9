/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"

#include "formats/cfb.h"

#include <stdlib.h>

/* The last byte of every stream, which is as far as a chain reaches. */
static void
touch_streams(struct cfb *c, const struct cfb_entry *storage)
{
	const struct cfb_entry *const *e;
	struct source src;
	struct diag d;
	uint8_t last;
	size_t n, i;

	e = cfb_children(c, storage, &n);
	for (i = 0; i < n; i++) {
		/* A lone surrogate is no UTF-8: not every name is found. */
		const struct cfb_entry *found = cfb_find(c, storage,
		    e[i]->name);

		if (found != NULL && found->parent != storage->id)
			abort();
		if (cfb_stream(c, e[i], &src, &d) == ST_OK && src.size != 0 &&
		    source_read(&src, src.size - 1, &last, 1, &d) != ST_OK)
			abort();
		touch_streams(c, e[i]);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct slice s = slice_of(data, len, 0);
	struct cfb *c;
	struct diag d;

	if (cfb_open(source_of_slice(&s), &c, &d) != ST_OK)
		return 0;
	touch_streams(c, cfb_root(c));
	cfb_close(c);
	return 0;
}

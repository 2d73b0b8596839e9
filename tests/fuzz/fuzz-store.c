/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"

#include "fetch/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool
is_inside(struct slice part, struct slice whole)
{
	return part.n == 0 || (part.p >= whole.p && part.n <= whole.n &&
	    (size_t)(part.p - whole.p) <= whole.n - part.n);
}

/* A set that somebody put in place of the catalogue that is kept. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	char dir[] = "/tmp/fuzz-store-XXXXXX", path[sizeof(dir) + 16];
	struct store_set set;
	struct slice all;
	struct diag d;
	FILE *f;

	if (mkdtemp(dir) == NULL)
		abort();
	(void)snprintf(path, sizeof(path), "%s/" STORE_NAME, dir);
	f = fopen(path, "wb");
	if (f == NULL || fwrite(data, 1, len, f) != len || fclose(f) != 0)
		abort();
	if (store_load(dir, &set, &d) == ST_OK) {
		all = buf_slice(&set.file);
		if (!is_inside(set.from, all) || !is_inside(set.etag, all) ||
		    !is_inside(set.modified, all) ||
		    !is_inside(set.signature, all) ||
		    !is_inside(set.xml, all))
			abort();
		store_fini(&set);
	}
	unlink(path);
	rmdir(dir);
	return 0;
}

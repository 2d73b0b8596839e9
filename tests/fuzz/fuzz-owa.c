/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"

#include "fetch/owa.h"

#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct slice page = slice_of(data, len, 0), path;
	struct version v;
	size_t at = 0;
	struct diag d;

	while (owa_next_path(page, "mail", &at, &path, &v))
		if (v.parts < 3 || v.parts > 4 || path.p < page.p ||
		    path.p + path.n > page.p + page.n || at > len)
			abort();
	if (owa_manifest(page, &v, &d) == ST_OK && v.parts < 3)
		abort();
	return 0;
}

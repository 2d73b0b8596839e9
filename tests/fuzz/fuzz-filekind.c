/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"

#include "formats/filekind.h"

#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct slice s = slice_of(data, len, 0);
	struct source src = source_of_slice(&s);
	enum filekind kind;
	struct diag d;

	/* Memory can always be read, so every file has a kind. */
	if (filekind_of(&src, &kind, &d) != ST_OK)
		abort();
	return 0;
}

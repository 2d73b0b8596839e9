/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"

#include "formats/cab.h"

#include <stdlib.h>

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
	return 0;
}

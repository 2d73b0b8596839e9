/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"

#include "io/link.h"

#include <stdlib.h>
#include <string.h>

/* The input is a reparse point; its target is read below three mounts. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const char *const mounts[] = { "/mnt/c", "E:\\",
	    "D:\\Backup\\C" };
	const char *rest = NULL;
	char target[256];
	struct diag d;
	size_t i;

	if (link_of_reparse_point(slice_of(data, len, 0), target,
	    sizeof(target), &d) != ST_OK)
		return 0;
	for (i = 0; i < sizeof(mounts) / sizeof(mounts[0]); i++)
		if (link_parse(target, mounts[i], 'C', &rest) !=
		    LINK_OUTSIDE && (rest < target ||
		    rest > target + strlen(target)))
			abort();
	return 0;
}

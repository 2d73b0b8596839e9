/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"

#include "formats/csvfile.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct csvfile_row row;
	struct csvfile f;
	struct diag d;

	csvfile_init(&f, slice_of(data, len, 0));
	while (csvfile_next(&f, &row, &d) == ST_OK && row.count != 0)
		csvfile_row_fini(&row);
	return 0;
}

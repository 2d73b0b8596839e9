/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"

#include "formats/pe.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct slice s = slice_of(data, len, 0);
	struct pe_version v;
	struct pe *pe;
	struct diag d;

	if (pe_open(source_of_slice(&s), &pe, &d) != ST_OK)
		return 0;
	if (pe_version(pe, &v, &d) != ST_OK)
		v.flags = 0;
	pe_close(pe);
	return 0;
}

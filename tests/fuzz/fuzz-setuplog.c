/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"

#include "base/source.h"
#include "formats/setuplog.h"

#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct slice s = slice_of(data, len, 0);
	struct source src = source_of_slice(&s);
	struct setuplog_run runs[SETUPLOG_KEPT];
	struct diag d;
	size_t i, n = 0;

	if (setuplog_read(src, runs, &n, &d) == ST_OK && n == 0)
		abort();
	for (i = 0; i < n; i++)
		setuplog_run_fini(&runs[i]);
	if (setuplog_read_services(src, runs, &d) == ST_OK)
		setuplog_run_fini(runs);
	if (setuplog_read_msi(src, runs, &d) == ST_OK)
		setuplog_run_fini(runs);
	return 0;
}

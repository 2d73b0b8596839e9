/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

/*
 * The yardstick for start-up: links what rollcall links at start-up (all but
 * libcurl, see local.mk) and does nothing.
 */
int
main(void)
{
	return 0;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

/*
 * The yardstick for start-up: links what rollcall is linked to (libxml2 and
 * libcurl are loaded when they are needed) and does nothing.
 */
int
main(void)
{
	return 0;
}

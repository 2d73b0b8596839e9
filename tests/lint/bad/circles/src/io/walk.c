/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

/* Nothing here is used in folder.c and uses it; but that one and
 * folder_posix.c count as one. */
int
walk_start(void)
{
	return folder_step();
}

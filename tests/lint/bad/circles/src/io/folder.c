/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

int
folder_open(void)
{
	return folder_step() + walk_start();
}

int
folder_share(void)
{
	return 1;
}

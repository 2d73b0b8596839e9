/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

const int a_table[] = { 1, 2, 3 };

int
a_sum(void)
{
	/* c.c gives nothing back. */
	return b_add(1) + c_make();
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

/* A table is used as well as a function. */
int
b_add(int i)
{
	return a_table[i];
}

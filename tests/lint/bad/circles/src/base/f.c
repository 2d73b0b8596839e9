/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

int
f_least(void)
{
	return d_size() + e_less();
}

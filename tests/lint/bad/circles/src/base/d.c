/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

int
d_size(void)
{
	return d_apply(e_less);
}

static int
d_apply(int (*f)(void))
{
	return f();
}

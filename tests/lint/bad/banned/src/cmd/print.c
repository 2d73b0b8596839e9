/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include <stdio.h>

static void
print(char *a, const char *b)
{
	printf("%s\n", b);
	sprintf(a, "%s", b);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* strcpy(a, b) in a comment is fine, "printf(" in a string too. */
static const char *const text = "printf(\"%d\")";

static void
copy(char *a, const char *b)
{
	strcpy(a, b);
	memcpy(a, b, 1);
	snprintf(a, 1, "%s", b);
	printf("%s %d\n", text, atoi(a));
	if (time(NULL) == 0)
		exit(1);
}

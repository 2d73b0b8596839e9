/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/c.h"	/* struct a_sum, and its member a_sum */

/* Nothing here is a_sum() or a_table of a.c. */
static const char *const names[] = { "a_sum()", "a_table" };

static int
a_table(const struct a_sum *s)
{
	return s->a_sum;
}

int
c_make(void)
{
	struct a_sum s = { .a_sum = names[0][0] };

	return a_table(&s) + s.a_sum;
}

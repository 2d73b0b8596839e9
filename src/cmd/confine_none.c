/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/confine.h"

void
confine(const struct confine_what *what)
{
	(void)what;
}

bool
confine_try(struct sink *out)
{
	sink_puts(out, "1..0 # SKIP this build gives no rights away\n");
	return true;
}

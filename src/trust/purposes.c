/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/purposes.h"

#include <string.h>

bool
purpose_has(const struct sig_cert *c, const char *oid)
{
	size_t i;

	for (i = 0; c->eku_present == SIG_SAID_YES && i < c->eku_count; i++)
		if (c->eku[i] != NULL && strcmp(c->eku[i], oid) == 0)
			return true;
	return false;
}

bool
purpose_stamps(const struct sig_cert *c)
{
	return purpose_has(c, PURPOSE_TIME) ||
	    purpose_has(c, PURPOSE_MS_TIME);
}

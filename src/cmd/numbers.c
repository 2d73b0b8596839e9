/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/numbers.h"
#include "base/limits.h"
#include "cmd/system.h"
#include "cmd/tell.h"

bool
number_within(const struct common *o, const char *cmd, const char *option,
    const struct option_number *n, unsigned low, unsigned high,
    unsigned without, unsigned *out)
{
	if (n->given && (n->value < low || n->value > high)) {
		tell(o->teller, cmd,
		    "--%s: %u is not from %u to %u", option, n->value,
		    low, high);
		return false;
	}
	*out = n->given ? n->value : without;
	return true;
}

bool
jobs_within(const struct common *o, const char *cmd,
    const struct option_number *n, unsigned *out)
{
	unsigned cpus = system_processors();

	return number_within(o, cmd, "jobs", n, 1, CREW_MAX_THREADS,
	    cpus > CREW_MAX_THREADS ? CREW_MAX_THREADS : cpus, out);
}

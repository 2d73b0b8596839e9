/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_NUMBERS_H
#define ROLLCALL_CMD_NUMBERS_H

#include "cmd/options.h"

#include <stdbool.h>

/* The value of a numeric option, or what holds without it; told of, and
 * false, when it is not from LOW to HIGH. */
bool		number_within(const struct common *o, const char *cmd,
		    const char *option, const struct option_number *n,
		    unsigned low, unsigned high, unsigned without,
		    unsigned *out);

/* Threads for work on many files: --jobs, else one for each processor; as
 * number_within(). */
bool		jobs_within(const struct common *o, const char *cmd,
		    const struct option_number *n, unsigned *out);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "base/status.h"

/*
 * Two that share a comment.
 *
 * Returns: ST_OK; ST_IO.
 */
MUST_CHECK
enum status	fine_open(const char *path);
MUST_CHECK
enum status	fine_stat(const char *path,
		    struct diag *d);

/* Says what it does and not what comes back. */
MUST_CHECK
enum status	silent_open(const char *path);

MUST_CHECK
enum status	silent_stat(const char *path);

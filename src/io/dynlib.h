/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_IO_DYNLIB_H
#define ROLLCALL_IO_DYNLIB_H

#include "base/status.h"

#include <stddef.h>

/*
 * Libraries that are loaded when they are first needed, as most commands need
 * none of them: linking one costs every start of the program, with all that
 * the library itself is linked to.
 */
struct dynlib_call {
	const char	*name;
	void		**to;		/* a pointer to such a function */
};

/*
 * Load FILE ("libcurl.so.4"), called NAME in messages, for as long as the
 * program runs, and look up the COUNT functions of CALLS. Not for two threads
 * at once.
 *
 * Returns: ST_OK; ST_UNSUPPORTED when it is not there or lacks a function.
 */
MUST_CHECK
enum status	dynlib_load(const char *file, const char *name,
		    const struct dynlib_call *calls, size_t count,
		    struct diag *d);

#endif

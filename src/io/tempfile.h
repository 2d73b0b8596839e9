/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_IO_TEMPFILE_H
#define ROLLCALL_IO_TEMPFILE_H

#include "base/source.h"
#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

/*
 * A file for what does not fit into memory. Nobody else can open it: it has
 * no name, or (on Windows) is shared with nobody and goes when it is closed.
 * It is gone with the process, however that ends.
 */
struct tempfile;

/* Where they are made: $TMPDIR, or what the system has for it; the caller
 * frees it. */
char		*tempfile_folder(void);

/*
 * In:      MAX is how many bytes it may hold: a named limit of the caller.
 * Out:     *OUT is the caller's, for tempfile_free().
 * Returns: ST_OK; ST_IO. D names the folder.
 */
MUST_CHECK
enum status	tempfile_new(uint64_t max, struct tempfile **out,
		    struct diag *d);
void		tempfile_free(struct tempfile *s);	/* NULL is fine */

/*
 * Put N bytes behind those that are there.
 *
 * Returns: ST_OK; ST_LIMIT; ST_IO.
 */
MUST_CHECK
enum status	tempfile_append(struct tempfile *s, const void *p, size_t n,
		    struct diag *d);

/* What is in it, to be used while it is there. */
struct source	tempfile_source(struct tempfile *s);

#endif

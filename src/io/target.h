/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_IO_TARGET_H
#define ROLLCALL_IO_TARGET_H

#include "base/status.h"

#include <stdio.h>

/*
 * A file that is written beside the name that it gets in the end, and that a
 * rename puts there whole: target_posix.c and target_win32.c. For sink.c.
 * A diagnosis is the system's reason alone.
 */
struct target;

/*
 * In:      PATH is the name in the end. What is there and no regular file
 *          ("/dev/null", "NUL", a FIFO) is written to directly.
 * Out:     *OUT, for target_keep() or target_drop(); *STREAM, which belongs
 *          to it, to write to.
 * Returns: ST_OK; ST_IO.
 */
MUST_CHECK
enum status	target_open(const char *path, struct target **out,
		    FILE **stream, struct diag *d);

/* All was written: give the file its name, and T back in any case. A file
 * that was there before stays when it fails. Returns: ST_OK; ST_IO. */
MUST_CHECK
enum status	target_keep(struct target *t, struct diag *d);

/* Leave no trace, and give T back. */
void		target_drop(struct target *t);

/* Remove from the folder DIR what processes that were killed left there of a
 * file called NAME. */
void		target_sweep(const char *dir, const char *name);

#endif

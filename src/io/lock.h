/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_IO_LOCK_H
#define ROLLCALL_IO_LOCK_H

#include "base/status.h"

/* A folder that one process at a time changes. */
struct lock;

/*
 * Make DIR, and the folders above it, and take its lock.
 *
 * In:      BUSY is what D says when another process has it.
 * Out:     *OUT is for lock_release(); a process that dies gives it back.
 * Returns: ST_OK; ST_IO.
 */
MUST_CHECK
enum status	lock_take(const char *dir, const char *busy,
		    struct lock **out, struct diag *d);

/* What was renamed in the folder outlives a crash of the machine after this.
 * NULL is fine. */
void		lock_release(struct lock *l);

#endif

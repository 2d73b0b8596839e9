/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_STEADY_H
#define ROLLCALL_TRUST_STEADY_H

#include "base/source.h"
#include "base/status.h"

/*
 * A source that stays what it was. Of each block, the first reading is
 * remembered by its SHA-256, and every later one has to give the same bytes.
 * So what is understood in a second pass is what a signature was checked over
 * in the first, even if somebody writes to the file in between.
 */
struct steady;

/* In:      SRC outlives the result, which is for steady_free().
 * Limits:  32 bytes of memory for each STEADY_BLOCK of SRC, and two blocks. */
struct steady	*steady_new(struct source src);
void		 steady_free(struct steady *s);	/* NULL is fine */

/* For any thread; they wait for one another. Bytes that changed are ST_IO. */
struct source	 steady_source(struct steady *s);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_REGF_INDEX_H
#define ROLLCALL_FORMATS_REGF_INDEX_H

#include "formats/regf_impl.h"

/*
 * The names of a long list of subkeys, so that asking for each of them costs
 * what reading them once does. Names are hashed in upper case; a hash that
 * nobody can make many names for, since lists are input.
 */
struct regf_index;

/* An index of COUNT places that are still empty; the caller's. */
struct regf_index *regf_index_new(size_t count);
void		regf_index_free(struct regf_index *x);	/* NULL is fine */

/* Place NO has this name. Call once for each place that has one, in order. */
void		regf_index_add(struct regf_index *x, size_t no,
		    struct regf_name name);

/*
 * The next place whose name may be TEXT (UTF-8), in order.
 *
 * In:      *AT is 0 at first.
 * Returns: false when there is no more.
 */
bool		regf_index_next(const struct regf_index *x, struct slice text,
		    size_t *at, size_t *no);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_CHECK_RULES_H
#define ROLLCALL_CATALOGUE_CHECK_RULES_H

#include "base/arena.h"
#include "catalogue/check.h"
#include "catalogue/model.h"

/* Inside the catalogue layer only: the rules and what they stand on. */

/* A place that names a KB. */
struct kb_use {
	const char	*kb;		/* "KB2756485" */
	const struct cat_release *release; /* whose it is; NULL where it is
					   only mentioned */
	unsigned	 line;
};

struct checker {
	const struct catalogue *c;
	instant		 at;
	const char	*rule;		/* the one at work */
	struct check_result *out;
	struct arena	 arena;
	struct kb_use	*own;		/* KBs of releases, by KB and line */
	size_t		 own_count;
	struct kb_use	*mentions;	/* all other places, by KB and line */
	size_t		 mention_count;
};

/*
 * Complain about LINE. R (or NULL) is the release whose <except> may answer,
 * ABOUT what that has to name.
 */
void	check_complain(struct checker *k, unsigned line,
	    const struct cat_release *r, const char *about,
	    const char *fmt, ...) PRINTF_LIKE(5, 6);

/* The first of COUNT uses at U of KB, on LINE or behind; NULL for none. */
const struct kb_use *check_find_kb(const struct kb_use *u, size_t count,
	    const char *kb, unsigned line);
void	check_index_kbs(struct checker *k);

/* The first release of B with a build: what the branch began with; or NULL. */
const struct cat_release *check_branch_base(const struct cat_branch *b);

/* One function a rule; the table in check.c names them. */
typedef void	check_fn(struct checker *k);
check_fn	check_duplicate_build, check_branch_range, check_build_order,
		check_long_build;
check_fn	check_date_order, check_rerelease_date, check_future_date,
		check_serial;
check_fn	check_duplicate_kb, check_kb_digits, check_package_name,
		check_rereleased;
check_fn	check_cycle;
check_fn	check_revision, check_no_source, check_dispute,
		check_disputed_value, check_duplicate_digest, check_except;

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_CHECKER_H
#define ROLLCALL_CATALOGUE_CHECKER_H

#include "base/arena.h"
#include "catalogue/check.h"
#include "catalogue/model.h"

/* Inside the catalogue layer only: what the rules of check.h stand on. */

#define CHECKER_KB_LEN	16	/* "KB" and digits; the grammar has seven */

/* A place that names a KB. */
struct kb_use {
	const char	*kb;		/* "KB2756485" */
	const struct cat_release *release; /* whose it is; NULL where it is
					   only mentioned */
	unsigned	 line;
	uint64_t	 place;		/* of checker_place() */
};

struct checker {
	const struct catalogue *c;
	instant		 at;
	const struct check_rule *rule;	/* the one at work */
	struct check_result *out;
	struct arena	 arena;
	struct kb_use	*own;		/* KBs of releases, by KB and place */
	size_t		 own_count;
	struct kb_use	*mentions;	/* all others, by KB and place */
	size_t		 mention_count;
};

/*
 * Complain about LINE. R (or NULL) is the release whose <except> may answer,
 * ABOUT what that has to name.
 */
void	checker_complain(struct checker *k, unsigned line,
	    const struct cat_release *r, const char *about,
	    const char *fmt, ...) PRINTF_LIKE(5, 6);

/* The same where no release may answer: LINE is one of OVERLAY, or NULL. */
void	checker_complain_at(struct checker *k,
	    const struct cat_overlay *overlay, unsigned line,
	    const char *about, const char *fmt, ...) PRINTF_LIKE(5, 6);

/* The first of COUNT uses at U of KB; NULL for none. */
const struct kb_use *checker_find_kb(const struct kb_use *u, size_t count,
	    const char *kb);
void	checker_index_kbs(struct checker *k);

/* "KB" and digits inside a file name, in capitals; "" when there are none. */
const char *checker_kb_in_name(struct checker *k, const char *name);

/* The first release of B with a build: what the branch began with; or NULL. */
const struct cat_release *checker_branch_base(const struct cat_branch *b);

#endif

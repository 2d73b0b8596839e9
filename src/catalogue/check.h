/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_CHECK_H
#define ROLLCALL_CATALOGUE_CHECK_H

#include "catalogue/catalogue.h"

/*
 * The linter: what a grammar cannot say about a catalogue. A pure function
 * from the model to a list of complaints.
 *
 * A rule may be right to complain, and the fact stay as it is all the same,
 * because that is what the sources say. Then the release says so itself:
 * <except rule="..." about="...">, where "about" is the other side that the
 * complaint names. Such a complaint is a note. An <except> that no complaint
 * needs is complained of in turn, so that none outlives its reason. No
 * <except> of an overlay answers a rule that is firm: a site cannot excuse
 * itself from what would make the advice of the catalogue wrong.
 */
struct check_complaint {
	const char	*rule;		/* id in check_rules(); static */
	unsigned	 line;
	const struct cat_overlay *overlay; /* whose line it is; NULL: of the
					   catalogue */
	char		*text;		/* names both sides */
	char		*about;		/* the other side, as <except> names
					   it */
	const struct cat_except *except; /* NULL: it stands */
	uint64_t	 place;		/* by which they are sorted */
	size_t		 order;		/* in which it was found */
};

struct check_result {
	struct check_complaint *complaints;	/* by file and line */
	size_t		 count;
	size_t		 standing;	/* those without an except */
	bool		 cut;		/* there are more */
};

struct check_rule {
	const char	*id;		/* "branch-range" */
	const char	*what;		/* what it finds, in a line */
	bool		 firm;
};

/*
 * Check C, which may be a draft, with all that is laid over it.
 *
 * In:      AT: days after it lie in the future; none do for
 *          INSTANT_UNLIMITED.
 * Out:     *OUT is the caller's, for check_fini(); its excepts are C's.
 * Limits:  CHECK_MAX_COMPLAINTS.
 */
void	check_catalogue(const struct catalogue *c, instant at,
	    struct check_result *out);
void	check_fini(struct check_result *r);

/* Rule I of all; NULL behind the last. Static. */
const struct check_rule *check_rule_at(size_t i);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_IMPORT_MERGE_H
#define ROLLCALL_CATALOGUE_IMPORT_MERGE_H

#include "catalogue/catalogue.h"
#include "catalogue/check.h"
#include "catalogue/import.h"

/*
 * What was read, held against a catalogue. What the catalogue lacks is taken,
 * at low confidence and with its source; what contradicts it is told, with
 * both sides, and not taken: a list is one source among those that the
 * catalogue was made of, and not the best of them.
 */
enum import_fact {
	IMPORT_FACT_RELEASE,	/* that there is such a release */
	IMPORT_FACT_NAME,
	IMPORT_FACT_BUILD,
	IMPORT_FACT_DATE,
	IMPORT_FACT_KB,
	IMPORT_FACT_CVE,
	IMPORT_FACT_DIGEST,
	IMPORT_FACT_PATCH,
};

/* One difference. Texts are never NULL. */
struct import_difference {
	const struct import_row *row;
	enum import_fact fact;
	const char	*id;		/* of the release; "" when it is none */
	const char	*theirs;	/* what the source says */
	const char	*ours;		/* what the catalogue says; or "" */
	const char	*why;		/* why it is not taken; or "" */
	bool		 taken;
	bool		 known;		/* a <disputed> of the release has it */
};

/* Sources of one fact. */
struct import_refs {
	const struct import_source **items;
	size_t		 count;
};

/* A branch that no catalogue has, begun by a list. */
struct import_branch {
	struct cat_branch branch;	/* without releases */
	unsigned	 cu;		/* its number */
	struct version	 build;		/* that it begins with */
};

/* What an overlay is to have: a new release, or more of a known one. */
struct import_addition {
	const struct cat_release *release; /* that is known; NULL: it is new */
	const struct cat_branch *branch;
	const char	*id;
	/* Of a new one. */
	enum cat_kind	 kind;
	const char	*label;
	unsigned	 revision;
	struct version	 build;
	const char	*date, *kb, *bulletin;
	const char	*program;	/* id; "" for none */
	bool		 unofficial;
	struct import_refs date_sources, kb_sources;
	/* Of both. */
	struct import_texts cves, supersedes, patches;
	struct import_digest *digests;
	size_t		 digest_count;
	struct import_refs sources;	/* of all of it */
	bool		 begins;	/* BRANCH, which is new */
	struct import_addition *by;	/* the revision that replaces it */
	const struct import_row *row;	/* the first that says so */
	bool		 dropped;	/* a rule of check.h is against it */
	unsigned	 first_line, last_line; /* in what was written last */
};

struct import_merged {
	struct arena	 arena;
	const struct import *im;
	const struct catalogue *c;
	struct import_difference *differences;
	size_t		 difference_count;
	struct import_addition **additions;
	size_t		 addition_count;
	struct import_branch *branches[IMPORT_MAX_BRANCHES]; /* by build */
	size_t		 branch_count;
	instant		 known_until;	/* up to which a source has all that
					   came out; INSTANT_NONE when that is
					   no later than what C knows */
	const struct import_source *known_by; /* that one; or NULL */
	bool		 cut;		/* more differences than are kept, */
	struct import_difference spare;	/* which go here */
};

/*
 * In:      IM and C outlive what comes of it; AT: what came out after it is
 *          not taken.
 * Out:     the caller's, for import_merged_free().
 * Limits:  IMPORT_MAX_DIFFERENCES.
 */
struct import_merged *import_merge(const struct import *im,
		    const struct catalogue *c, instant at);
void		import_merged_free(struct import_merged *m); /* NULL is fine */

/* Is B one that M begins? */
bool		import_is_new_branch(const struct import_merged *m,
		    const struct cat_branch *b);

/* Is anything taken? */
bool		import_adds(const struct import_merged *m);

/*
 * What the linter says of a catalogue with the additions in it: what it
 * complains of is taken back, and told. Complaints may hide others, so it is
 * to be asked again until nothing is taken back.
 *
 * In:      FOUND is what it found; OURS the overlay that import_write.h made
 *          of M.
 * Out:     *DROPPED: how much was taken back.
 * Returns: ST_OK; ST_MALFORMED when a complaint is none of an addition. D
 *          says which.
 */
MUST_CHECK
enum status	import_drop(struct import_merged *m,
		    const struct check_result *found,
		    const struct cat_overlay *ours, size_t *dropped,
		    struct diag *d);

/* When all of it was checked: may known-until move? */
void		import_cover(struct import_merged *m, instant at);

/* "release", "kb", ...: never NULL. Static. */
const char	*import_fact_name(enum import_fact f);

#endif

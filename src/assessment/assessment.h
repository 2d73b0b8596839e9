/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_ASSESSMENT_ASSESSMENT_H
#define ROLLCALL_ASSESSMENT_ASSESSMENT_H

#include "assessment/rules.h"
#include "base/instant.h"
#include "catalogue/catalogue.h"
#include "inventory/inventory.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Judging: a pure function of what is there, what is known, and an instant.
 * No clock, no file, no printing.
 */
struct assess_options {
	instant		at;		/* "now" */
	bool		require_current; /* an old or unsupported release is
					    something to act on */
	const struct assess_target *target; /* NULL: not asked */
};

/* May this update be installed next? */
struct assess_target {
	const char	*name;		/* as it was given */
	const struct inspected *package; /* NULL: only a release was named */
	const struct cat_release **releases; /* that NAME may stand for */
	size_t		 release_count;
};

/* Zero is never "fine". */
enum target_answer { TARGET_UNKNOWN, TARGET_READY, TARGET_BLOCKED };

struct target_result {
	enum target_answer answer;
	const struct cat_release *release; /* NULL when it is not known */
	char		**reasons;	/* why it is blocked, or not known */
	size_t		 reason_count;
};

struct finding {
	enum rule_id	 rule;
	enum severity	 severity;
	char		*action;	/* half a line: what to do; NULL: the
					   rule's title says it */
	char		*detail;	/* sentences for a person */
	char		**install;	/* "KB2756485", each of which cures */
	size_t		 install_count;
	ev_id		*evidence;
	size_t		 evidence_count;
	struct cat_refs	 sources;	/* ids owned by the catalogue */
};

/* Whether Windows has a fix. Zero is not known. */
enum fix_state { FIX_UNKNOWN, FIX_PRESENT, FIX_MISSING };

/* One installation of Exchange, judged. */
struct assess_exchange {
	const struct inv_exchange *ex;	/* borrowed */
	const struct cat_branch	*branch; /* borrowed; NULL when not known */
	const struct cat_release *release; /* best supported; NULL on conflict
					   or for a build that no row has */
	bool		 conflict;	/* the witnesses contradict */
	bool		 affected;	/* by an advisory, not cured */
	bool		 agreed;	/* registry and ExSetup.exe agree */

	/* Always answered, one line each; the third is FIX_LINE. */
	char		*rerelease, *current;
};

struct assessment {
	enum severity	 verdict;
	struct assess_exchange *exchange; /* one for each of the inventory */
	size_t		 exchange_count;
	enum fix_state	 fix;		/* of the first mitigation */
	ev_id		*fix_evidence;
	size_t		 fix_evidence_count;
	char		*fix_line;	/* the answer about Windows, one line */
	struct target_result target;	/* where it was asked for */
	struct finding	*findings;	/* worst first, then by rule */
	size_t		 finding_count;
};

/*
 * In:      INV and CAT outlive the assessment.
 * Returns: the assessment, the caller's for assessment_free(); never NULL.
 */
struct assessment *assess(const struct inventory *inv,
		    const struct catalogue *cat,
		    const struct assess_options *opt);
void		assessment_free(struct assessment *a);	/* NULL is fine */

/* "present", "missing", "unknown". */
const char	*fix_state_name(enum fix_state s);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_ASSESSMENT_ASSESSMENT_H
#define ROLLCALL_ASSESSMENT_ASSESSMENT_H

#include "assessment/question.h"
#include "assessment/rests.h"
#include "assessment/rules.h"
#include "assessment/scene.h"
#include "base/buf.h"
#include "base/instant.h"
#include "catalogue/catalogue.h"
#include "catalogue/way.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Judging: a pure function of what is there, what is known, and an instant.
 * No clock, no file, no printing.
 */
struct assess_options {
	instant		at;		/* "now" */
	unsigned	grace;		/* days that a security update may be
					   out before it is urgent */
	bool		esu;		/* updates of programs can be had */
	bool		has_max_age;	/* of the catalogue: MAX_AGE days count
					   in place of the rule */
	unsigned	max_age;
	unsigned	asked;		/* QUESTION_BIT()s that count; 0: all
					   but "ready", with a target only
					   that */
	const struct assess_target *target; /* NULL: not asked */
};

/* May this update be installed next? */
struct assess_target {
	const char	*name;		/* as it was given */
	const struct inspected *package; /* NULL: only a release was named */
	const struct cat_release **releases; /* that NAME may stand for */
	size_t		 release_count;
	bool		 next;		/* the recommended step, whatever it
					   is */
};

#define ASSESS_GRACE	30		/* days, where nobody says otherwise */

/* What is known of one question. Zero is "unknown". */
struct answer {
	enum question	 question;
	unsigned	 value;		/* of the question's enumeration */
	enum severity	 severity;	/* what it asks of the reader */
	bool		 security;	/* "current" is behind by security */
	bool		 stale;		/* the catalogue is too old for it */
	char		*text;		/* the rest of its line, NULL: none */
	char		*action;	/* an instruction; NULL: none */
	ev_id		*proof;		/* what it rests on */
	size_t		 proof_count;
	char		**lacks;	/* what a better one lacks, in words */
	size_t		 lack_count;
	struct rests	 rests;		/* overlays that it rests on */
};

/* Sentences, without their full stops. */
struct texts {
	char		**list;
	size_t		 count;
};

/* Was it met? Zero: nobody could tell. */
enum need_met { NEED_UNKNOWN, NEED_MET, NEED_FAILED };

struct target_need {
	const struct cat_require *need;
	enum need_met	 met;
};

struct target_result {
	enum ready	 answer;
	const struct cat_release *release; /* NULL when it is not known */
	char		**reasons;	/* why it is blocked, or not known */
	size_t		 reason_count;
	struct texts	 doubts;	/* what is not known, where something
					   blocks it as well */
	struct texts	 warnings;	/* what does not stop it */
	struct texts	 checked;	/* what is as it has to be */
	struct texts	 unseen;	/* what cannot be seen from here */
	struct texts	 notes;		/* what is worth knowing */
	struct target_need *needs;	/* that were looked at */
	size_t		 need_count;
	struct texts	 steps;		/* how it is installed, in order */
	struct cat_refs	 sources;	/* of those */
	const struct cat_release *newer; /* than the target; or NULL */
	bool		 nothing;	/* there is no next step */
	struct rests	 rests;		/* overlays that it rests on */
};

struct finding {
	enum rule_id	 rule;
	enum question	 question;	/* that it explains */
	enum severity	 severity;
	char		*action;	/* half a line: what to do; NULL: the
					   rule's title says it */
	char		*detail;	/* sentences for a person */
	char		**install;	/* "KB2756485", each of which cures */
	size_t		 install_count;
	const struct cat_release *about; /* where it is of one, NULL */
	ev_id		*evidence;
	size_t		 evidence_count;
	struct cat_refs	 sources;	/* ids owned by the catalogue */
};

struct witnesses;

/* One installation of Exchange, judged. */
struct assess_exchange {
	const struct site *ex;	/* borrowed */
	const struct cat_branch	*branch; /* borrowed; NULL when not known */
	const struct cat_release *release; /* proven or probable; NULL on
					   conflict, where it is not known, and
					   for a build that no row has */
	struct version	 newer;		/* proven, and newer than the
					   catalogue: its build, */
	const char	*newer_kb;	/* and KB; borrowed */
	char		*conflict;	/* which witnesses contradict, NULL */
	const char	*conflict_cure;	/* what to do then; static */
	bool		 affected;	/* by an advisory, not cured */
	struct way	 way;		/* what is newer than RELEASE */
	enum cat_age	 age;		/* of the catalogue, for its branch */
	instant		 until;		/* end of support that counts, or
					   INSTANT_NONE */
	const struct cat_program *program; /* that puts it off; NULL */
	struct answer	 answers[QUESTION_COUNT]; /* but ASK_FIX, which is the
					   host's, and ASK_READY */
	struct witnesses *w;		/* private to this layer */
};

struct assessment {
	enum severity	 verdict;
	struct assess_exchange *exchange; /* one for each of the scene */
	size_t		 exchange_count;
	unsigned	 asked;		/* QUESTION_BIT()s that count */
	struct answer	 answers[QUESTION_COUNT]; /* of the host: the worst of
					   its installations */
	const char	*fix_kb;	/* the update that brings the fix which
					   is missing, NULL; borrowed */
	struct target_result target;	/* where it was asked for */
	struct finding	*findings;	/* worst first, then by rule */
	size_t		 finding_count;
};

/*
 * In:      SCENE and CAT outlive the assessment.
 * Returns: the assessment, the caller's for assessment_free(); never NULL.
 */
struct assessment *assess(const struct scene *scene,
		    const struct catalogue *cat,
		    const struct assess_options *opt);
void		assessment_free(struct assessment *a);	/* NULL is fine */

/* The first package of R for 32-bit Windows, or for 64-bit, as its name tells;
 * borrowed. NULL when the catalogue has none. */
const char	*package_for(const struct cat_release *r, bool is_x86);

/* Has Windows the fix, of itself or by an update? */
bool		assessment_has_fix(const struct assessment *a);

/* "proven", ...: never NULL. */
const char	*answer_word(const struct answer *a);

/* What a target comes to, in a line: "... may be installed next; checked: ...",
 * or the first reason against it. */
void		put_ready(struct buf *b, const struct target_result *t);

/* The answer of those that count which decided the verdict. */
const struct answer *assessment_worst(const struct assessment *a);

#endif

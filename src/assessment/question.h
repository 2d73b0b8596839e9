/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_ASSESSMENT_QUESTION_H
#define ROLLCALL_ASSESSMENT_QUESTION_H

#include "assessment/severity.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The fixed questions about a host. Zero is "unknown" in each: an answer
 * becomes another one only when all that it takes was read (obligations.c).
 */
enum question {
	ASK_INSTALLED,		/* which release is installed? */
	ASK_GENUINE,		/* is it what was published? */
	ASK_COMPLETE,		/* has setup finished? */
	ASK_RERELEASE,		/* must the revision be replaced? */
	ASK_FIX,		/* has Windows the WinVerifyTrust fix? */
	ASK_CURRENT,		/* is anything newer to be had? */
	ASK_SUPPORTED,		/* is the branch supported? */
	ASK_READY,		/* may the target be installed next? */
	QUESTION_COUNT
};

enum installed {
	INSTALLED_UNKNOWN, INSTALLED_PROVEN, INSTALLED_PROBABLE,
	INSTALLED_CONFLICT, INSTALLED_NONE
};
enum genuine {
	GENUINE_UNKNOWN, GENUINE_YES, GENUINE_INCOMPLETE, GENUINE_NO,
	GENUINE_NOT_ASKED, GENUINE_NONE
};
enum complete {
	COMPLETE_UNKNOWN, COMPLETE_YES, COMPLETE_DOUBTFUL, COMPLETE_NO,
	COMPLETE_NONE
};
enum rerelease {
	RERELEASE_UNKNOWN, RERELEASE_NO, RERELEASE_CONDITIONAL,
	RERELEASE_ADVISED, RERELEASE_REQUIRED, RERELEASE_NONE
};
enum fix {
	FIX_UNKNOWN, FIX_BUILT_IN, FIX_PRESENT, FIX_MISSING
};
enum current {
	CURRENT_UNKNOWN, CURRENT_YES, CURRENT_FINAL, CURRENT_BEHIND,
	CURRENT_NONE
};
enum supported {
	SUPPORTED_UNKNOWN, SUPPORTED_YES, SUPPORTED_EXTENDED, SUPPORTED_ENDED,
	SUPPORTED_NONE
};
enum ready {
	READY_UNKNOWN, READY_READY, READY_BLOCKED
};

/* For an obligation that cannot be had here: it neither adds nor takes. */
#define ANSWER_STRUCK	(~0u)

#define ANSWERS_MAX	6	/* of one question */

/* How long a security update has been out that is missing. */
enum lateness {
	LATE_UNKNOWN,
	LATE_NOT,		/* none is missing */
	LATE_WITHIN,		/* the grace */
	LATE_BEYOND,		/* it, or it is urgent anyway */
};

struct answer_row {
	const char	*word;		/* "proven"; NULL ends the list */
	enum severity	 severity;	/* where nothing else is said */
	unsigned	 order;		/* from the best on, inside one
					   severity */
};

struct question_row {
	const char	*name;		/* "installed" */
	const char	*label;		/* "INSTALLED" */
	const char	*asks;		/* in a sentence */
	unsigned	 best;
	struct answer_row answers[ANSWERS_MAX + 1];
};

/* Borrowed, static. */
const struct question_row *question_get(enum question q);

/* Returns: false, and *OUT untouched, when no question has this name. */
bool		question_named(const char *name, enum question *out);

/* The worse of two answers to Q: by severity, then by the order. */
unsigned	answer_worse(enum question q, unsigned a, unsigned b);

/* What being behind asks for; STALE: by a catalogue that is too old to know
 * of all. */
enum severity	lateness_severity(enum lateness late, bool stale);

/* Sets of questions, a bit each. */
#define QUESTION_BIT(q)	(1u << (q))
#define QUESTIONS_ALL	((1u << QUESTION_COUNT) - 1)

#endif

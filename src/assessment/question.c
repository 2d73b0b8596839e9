/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/question.h"

#include <string.h>

/*
 * The one table of severities: what an answer asks of whom reads it, where
 * answer.c does not know better. The manual and the schema list the same
 * words; a test keeps them together.
 */
#define OK	SEV_NOTE
#define ADV	SEV_ADVISED
#define UND	SEV_UNDETERMINED
#define REQ	SEV_REQUIRED

static const struct question_row questions[QUESTION_COUNT] = {
	[ASK_INSTALLED] = { "installed", "INSTALLED",
	    "which release is installed", INSTALLED_PROVEN, {
		[INSTALLED_UNKNOWN] = { "unknown", UND, 4 },
		[INSTALLED_PROVEN] = { "proven", OK, 1 },
		[INSTALLED_PROBABLE] = { "probable", UND, 2 },
		[INSTALLED_CONFLICT] = { "conflict", UND, 3 },
		[INSTALLED_NONE] = { "none", OK, 0 } } },
	[ASK_GENUINE] = { "genuine", "GENUINE",
	    "are its files and cached packages what was published",
	    GENUINE_YES, {
		[GENUINE_UNKNOWN] = { "unknown", UND, 4 },
		[GENUINE_YES] = { "yes", OK, 1 },
		[GENUINE_INCOMPLETE] = { "incomplete", ADV, 3 },
		[GENUINE_NO] = { "no", REQ, 5 },
		[GENUINE_NOT_ASKED] = { "not-asked", OK, 2 },
		[GENUINE_NONE] = { "none", OK, 0 } } },
	[ASK_COMPLETE] = { "complete", "COMPLETE",
	    "has setup finished, is nothing half in", COMPLETE_YES, {
		[COMPLETE_UNKNOWN] = { "unknown", UND, 3 },
		[COMPLETE_YES] = { "yes", OK, 1 },
		[COMPLETE_DOUBTFUL] = { "doubtful", ADV, 2 },
		[COMPLETE_NO] = { "no", REQ, 4 },
		[COMPLETE_NONE] = { "none", OK, 0 } } },
	[ASK_RERELEASE] = { "rerelease", "RE-RELEASE",
	    "must the installed revision be replaced", RERELEASE_NO, {
		[RERELEASE_UNKNOWN] = { "unknown", UND, 4 },
		[RERELEASE_NO] = { "no", OK, 1 },
		[RERELEASE_CONDITIONAL] = { "conditional", ADV, 2 },
		[RERELEASE_ADVISED] = { "advised", ADV, 3 },
		[RERELEASE_REQUIRED] = { "required", REQ, 5 },
		[RERELEASE_NONE] = { "none", OK, 0 } } },
	[ASK_FIX] = { "fix", "WINDOWS FIX",
	    "has this Windows the WinVerifyTrust fix", FIX_PRESENT, {
		[FIX_UNKNOWN] = { "unknown", UND, 4 },
		[FIX_BUILT_IN] = { "built-in", OK, 1 },
		[FIX_PRESENT] = { "present", OK, 2 },
		[FIX_MISSING] = { "missing", ADV, 3 } } },
	[ASK_CURRENT] = { "current", "CURRENT",
	    "is anything newer to be had", CURRENT_YES, {
		[CURRENT_UNKNOWN] = { "unknown", ADV, 4 },
		[CURRENT_YES] = { "yes", OK, 1 },
		[CURRENT_FINAL] = { "final", OK, 2 },
		[CURRENT_BEHIND] = { "behind", OK, 3 },
		[CURRENT_NONE] = { "none", OK, 0 } } },
	[ASK_SUPPORTED] = { "supported", "SUPPORTED",
	    "is the branch supported", SUPPORTED_YES, {
		[SUPPORTED_UNKNOWN] = { "unknown", ADV, 4 },
		[SUPPORTED_YES] = { "yes", OK, 1 },
		[SUPPORTED_EXTENDED] = { "extended", OK, 2 },
		[SUPPORTED_ENDED] = { "ended", ADV, 3 },
		[SUPPORTED_NONE] = { "none", OK, 0 } } },
	[ASK_READY] = { "ready", "READY",
	    "may the target be installed next", READY_READY, {
		[READY_UNKNOWN] = { "unknown", UND, 2 },
		[READY_READY] = { "ready", OK, 1 },
		[READY_BLOCKED] = { "blocked", REQ, 3 } } },
};

/* Those of "behind", which depend on by what, and for how long. */
static const enum severity latenesses[] = {
	[LATE_UNKNOWN] = REQ, [LATE_NOT] = OK, [LATE_WITHIN] = ADV,
	[LATE_BEYOND] = REQ,
};

enum severity
lateness_severity(enum lateness late, bool stale)
{
	return severity_worse(latenesses[late], stale ? ADV : OK);
}

const struct question_row *
question_get(enum question q)
{
	return &questions[q];
}

bool
question_named(const char *name, enum question *out)
{
	size_t q;

	for (q = 0; q < QUESTION_COUNT; q++)
		if (strcmp(questions[q].name, name) == 0) {
			*out = (enum question)q;
			return true;
		}
	return false;
}

unsigned
answer_worse(enum question q, unsigned a, unsigned b)
{
	const struct answer_row *x = &questions[q].answers[a];
	const struct answer_row *y = &questions[q].answers[b];

	if (x->severity != y->severity)
		return x->severity > y->severity ? a : b;
	return x->order >= y->order ? a : b;
}

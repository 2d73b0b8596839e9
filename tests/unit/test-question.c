/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "made.h"
#include "tap.h"

#include "assessment/judge.h"
#include "assessment/obligations.h"

#include <string.h>

/* The fixed questions: their words, what an answer asks for, and that nothing
 * ever begins as fine. */

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

/* The answers to each question from best to worst, as the design has them,
 * and what each asks for by itself. Read it beside that list, not beside the
 * source. */
static const struct {
	enum question	 q;
	const char	*word;
	enum severity	 severity;
} rows[] = {
	{ ASK_INSTALLED, "none", SEV_NOTE },
	{ ASK_INSTALLED, "proven", SEV_NOTE },
	{ ASK_INSTALLED, "probable", SEV_UNDETERMINED },
	{ ASK_INSTALLED, "conflict", SEV_UNDETERMINED },
	{ ASK_INSTALLED, "unknown", SEV_UNDETERMINED },
	{ ASK_GENUINE, "none", SEV_NOTE },
	{ ASK_GENUINE, "yes", SEV_NOTE },
	{ ASK_GENUINE, "not-asked", SEV_NOTE },
	{ ASK_GENUINE, "incomplete", SEV_ADVISED },
	{ ASK_GENUINE, "unknown", SEV_UNDETERMINED },
	{ ASK_GENUINE, "no", SEV_REQUIRED },
	{ ASK_COMPLETE, "none", SEV_NOTE },
	{ ASK_COMPLETE, "yes", SEV_NOTE },
	{ ASK_COMPLETE, "doubtful", SEV_ADVISED },
	{ ASK_COMPLETE, "unknown", SEV_UNDETERMINED },
	{ ASK_COMPLETE, "no", SEV_REQUIRED },
	{ ASK_RERELEASE, "none", SEV_NOTE },
	{ ASK_RERELEASE, "no", SEV_NOTE },
	{ ASK_RERELEASE, "conditional", SEV_ADVISED },
	{ ASK_RERELEASE, "advised", SEV_ADVISED },
	{ ASK_RERELEASE, "unknown", SEV_UNDETERMINED },
	{ ASK_RERELEASE, "required", SEV_REQUIRED },
	{ ASK_FIX, "built-in", SEV_NOTE },
	{ ASK_FIX, "present", SEV_NOTE },
	{ ASK_FIX, "missing", SEV_ADVISED },
	{ ASK_FIX, "unknown", SEV_UNDETERMINED },
	{ ASK_CURRENT, "none", SEV_NOTE },
	{ ASK_CURRENT, "yes", SEV_NOTE },
	{ ASK_CURRENT, "final", SEV_NOTE },
	{ ASK_CURRENT, "behind", SEV_NOTE },
	{ ASK_CURRENT, "unknown", SEV_ADVISED },
	{ ASK_SUPPORTED, "none", SEV_NOTE },
	{ ASK_SUPPORTED, "yes", SEV_NOTE },
	{ ASK_SUPPORTED, "extended", SEV_NOTE },
	{ ASK_SUPPORTED, "ended", SEV_ADVISED },
	{ ASK_SUPPORTED, "unknown", SEV_ADVISED },
	{ ASK_READY, "ready", SEV_NOTE },
	{ ASK_READY, "unknown", SEV_UNDETERMINED },
	{ ASK_READY, "blocked", SEV_REQUIRED },
};

/* How many answers a question has. */
static unsigned
answers_of(enum question q)
{
	const struct question_row *r = question_get(q);
	unsigned n = 0;

	while (r->answers[n].word != NULL)
		n++;
	return n;
}

static unsigned
answer_named(enum question q, const char *word)
{
	unsigned i, n = answers_of(q);

	for (i = 0; i < n; i++)
		if (strcmp(question_get(q)->answers[i].word, word) == 0)
			return i;
	tap_check(false, "no answer", 0, word);
	return 0;
}

/* By what, and for how long, one is behind. */
static void
latenesses(void)
{
	CHECK_INT(lateness_severity(LATE_NOT, false), SEV_NOTE);
	CHECK_INT(lateness_severity(LATE_WITHIN, false), SEV_ADVISED);
	CHECK_INT(lateness_severity(LATE_BEYOND, false), SEV_REQUIRED);
	CHECK_INT(lateness_severity(LATE_UNKNOWN, false), SEV_REQUIRED);
	/* An old catalogue may not know the worst. */
	CHECK_INT(lateness_severity(LATE_NOT, true), SEV_ADVISED);
	CHECK_INT(lateness_severity(LATE_BEYOND, true), SEV_REQUIRED);
}

static void
severities(void)
{
	unsigned total = 0;
	size_t i, q;

	for (i = 0; i < COUNT(rows); i++)
		CHECK_INT(question_get(rows[i].q)->answers[answer_named(
		    rows[i].q, rows[i].word)].severity, rows[i].severity);
	for (q = 0; q < QUESTION_COUNT; q++)
		total += answers_of((enum question)q);
	CHECK_INT(total, COUNT(rows));
}

/* By severity first, and inside one by the order of the list. */
static void
from_best_to_worst(void)
{
	size_t i, k;

	for (i = 0; i < COUNT(rows); i++)
		for (k = i; k < COUNT(rows); k++)
			if (rows[i].q == rows[k].q)
				CHECK_STR(question_get(rows[i].q)->answers[
				    answer_worse(rows[i].q,
				    answer_named(rows[i].q, rows[i].word),
				    answer_named(rows[k].q, rows[k].word))].
				    word, rows[k].word);
}

/* Of any two the worse one, whichever is named first; of three likewise. */
static void
worse_is_total(void)
{
	unsigned a, b, c, n;
	enum question q;

	for (q = 0; q < QUESTION_COUNT; q++) {
		n = answers_of(q);
		for (a = 0; a < n; a++) {
			CHECK_INT(answer_worse(q, a, a), a);
			for (b = 0; b < n; b++) {
				unsigned w = answer_worse(q, a, b);

				CHECK(w == a || w == b);
				CHECK_INT(answer_worse(q, b, a), w);
				for (c = 0; c < n; c++)
					CHECK_INT(answer_worse(q, w, c),
					    answer_worse(q, a,
					    answer_worse(q, b, c)));
			}
		}
	}
}

static void
zero_is_unknown(void)
{
	const struct answer nothing = { .question = ASK_INSTALLED };
	enum question q;

	for (q = 0; q < QUESTION_COUNT; q++) {
		const struct question_row *r = question_get(q);

		CHECK_STR(r->answers[0].word, "unknown");
		CHECK(r->answers[0].severity > SEV_NOTE);
		CHECK_INT(r->answers[r->best].severity, SEV_NOTE);
		CHECK(r->best != 0);
	}
	CHECK_STR(answer_word(&nothing), "unknown");
	CHECK_INT(nothing.severity, SEV_UNKNOWN);
	CHECK_STR(severity_name(SEV_UNKNOWN), "undetermined");
	CHECK_STR(verdict_name(SEV_UNKNOWN), "undetermined");
	CHECK_INT(severity_worse(SEV_UNKNOWN, SEV_ADVISED), SEV_UNDETERMINED);
}

static void
names(void)
{
	enum question q, found = QUESTION_COUNT;

	for (q = 0; q < QUESTION_COUNT; q++) {
		CHECK(question_named(question_get(q)->name, &found));
		CHECK_INT(found, q);
	}
	CHECK(!question_named("install", &found));
	CHECK(!question_named("INSTALLED", &found));
	CHECK(!question_named("", &found));
	CHECK_INT(found, QUESTION_COUNT - 1);
}

/* Every question but the one about the target, which target.c answers, has a
 * row; and each row a name of its own. */
static void
every_question_has_obligations(void)
{
	const struct obligation *all;
	size_t i, k, n = obligations(&all);
	unsigned seen = 0;

	for (i = 0; i < n; i++) {
		seen |= QUESTION_BIT(all[i].question);
		for (k = 0; k < i; k++)
			CHECK(all[i].question != all[k].question ||
			    strcmp(all[i].name, all[k].name) != 0);
	}
	CHECK_INT(seen, QUESTIONS_ALL & ~QUESTION_BIT(ASK_READY));
}

static unsigned
does_nothing(struct ask *a)
{
	(void)a;
	return 0;
}

static unsigned
is_struck(struct ask *a)
{
	(void)a;
	return ANSWER_STRUCK;
}

static unsigned
is_proven(struct ask *a)
{
	(void)a;
	return INSTALLED_PROVEN;
}

static unsigned
is_conflict(struct ask *a)
{
	(void)a;
	return INSTALLED_CONFLICT;
}

/* What ask() makes of a table with these rows. */
static unsigned
asked(const struct obligation *table, size_t n)
{
	struct judge j = { .obligations = table, .obligation_count = n };
	struct answer a = { .value = INSTALLED_PROVEN, .severity = SEV_NOTE };
	unsigned value;

	ask(&j, NULL, ASK_INSTALLED, &a);
	value = a.value;
	CHECK_INT(a.question, ASK_INSTALLED);
	CHECK_INT(a.severity, question_get(ASK_INSTALLED)->
	    answers[value].severity);
	answer_fini(&a);
	return value;
}

/* An obligation that does nothing gives unknown; so do none at all, those of
 * another question, and those that are all struck. */
static void
nothing_met_is_unknown(void)
{
	static const struct obligation all[] = {
		{ ASK_GENUINE, "another question's", is_proven },
		{ ASK_INSTALLED, "struck", is_struck },
		{ ASK_INSTALLED, "met", is_proven },
		{ ASK_INSTALLED, "forgotten", does_nothing },
		{ ASK_INSTALLED, "worse", is_conflict },
	};

	CHECK_INT(asked(all, 0), INSTALLED_UNKNOWN);
	CHECK_INT(asked(all, 1), INSTALLED_UNKNOWN);
	CHECK_INT(asked(all, 2), INSTALLED_UNKNOWN);
	CHECK_INT(asked(all, 3), INSTALLED_PROVEN);
	CHECK_INT(asked(all, 4), INSTALLED_UNKNOWN);
	CHECK_INT(asked(all + 3, 1), INSTALLED_UNKNOWN);
	/* The worst of its rows, wherever it stands. */
	CHECK_INT(asked(all + 2, 3), INSTALLED_UNKNOWN);
	CHECK_INT(asked(all + 4, 1), INSTALLED_CONFLICT);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "what each answer asks for", severities },
		{ "what being behind asks for", latenesses },
		{ "from the best answer to the worst", from_best_to_worst },
		{ "the worse of two, in any order", worse_is_total },
		{ "zero is unknown, and never fine", zero_is_unknown },
		{ "questions by their names", names },
		{ "every question has obligations",
		    every_question_has_obligations },
		{ "where no obligation was met, nothing is known",
		    nothing_met_is_unknown },
		{ NULL, NULL },
	};

	return tap_run(cases);
}

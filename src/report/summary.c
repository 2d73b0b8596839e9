/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/summary.h"

#include "base/limits.h"
#include "catalogue/words.h"
#include "report/laid_over.h"

#include <stdlib.h>
#include <string.h>

static const char *
or_else(const char *text, const char *without)
{
	return text != NULL ? text : without;
}

/* What is said of an installation whose release is not named. */
static const char *
unnamed_word(const struct assess_exchange *x)
{
	if (x->conflict != NULL ||
	    x->answers[ASK_INSTALLED].value == INSTALLED_CONFLICT)
		return "evidence in conflict";
	return "release not known";
}

void
summary_release(struct buf *b, const struct assess_exchange *x)
{
	const struct cat_release *r = x->release;
	const char *product = x->ex->product != NULL ?
	    x->ex->product->name : "Exchange";
	char v[VERSION_TEXT];

	if (r != NULL) {
		buf_printf(b, "%s%s%s  %s%s%s",
		    x->answers[ASK_INSTALLED].value == INSTALLED_PROVEN ?
		    "" : "probably ", r->name,
		    r->original[0] != '\0' ? " (original)" : "",
		    version_format(r->build, v),
		    r->kb[0] != '\0' ? "  " : "", r->kb);
		put_by_overlay(b, r);
	} else if (version_known(x->newer))
		buf_printf(b, "%s, newer than this catalogue  %s  %s",
		    product, version_format(x->newer, v), x->newer_kb);
	else
		buf_printf(b, "%s, %s  %s", product, unnamed_word(x),
		    version_format(x->ex->exsetup.state == EV_PRESENT ?
		    x->ex->exsetup.version : x->ex->base, v));
	if (x->ex->is_x86)
		buf_puts(b, "  (32-bit)");
}

void
summary_headline(struct buf *b, const struct report_host *h,
    const struct assess_exchange *x)
{
	buf_printf(b, "%s  ", or_else(h->inv->name, "(unnamed host)"));
	if (x == NULL)
		buf_puts(b, or_else(h->inv->windows.name, "unknown Windows"));
	else
		summary_release(b, x);
}

/* ------------------------------------------------------- the second line */

static bool
is_asked(const struct assessment *a, enum question q)
{
	return (a->asked & QUESTION_BIT(q)) != 0;
}

/* What one answer that decided the verdict makes of it. */
static const char *
words_of(const struct answer *a)
{
	if (a->severity == SEV_UNDETERMINED)
		return "UNDETERMINED";
	if (a->question == ASK_CURRENT && a->value == CURRENT_BEHIND)
		return a->security ? "UPDATES MISSING" : "UPDATE AVAILABLE";
	if (a->stale)
		return "CATALOGUE STALE";
	if (a->question == ASK_SUPPORTED && a->value == SUPPORTED_ENDED)
		return "OUT OF SUPPORT";
	return a->severity == SEV_REQUIRED ? "ACTION REQUIRED" :
	    "ACTION ADVISED";
}

/* Nothing to do: what that was said of. */
static const char *
words_of_fine(const struct assessment *a)
{
	if (a->answers[ASK_INSTALLED].value == INSTALLED_NONE)
		return "NO EXCHANGE";
	if (is_asked(a, ASK_CURRENT))
		return a->answers[ASK_CURRENT].value == CURRENT_BEHIND ?
		    "UPDATE AVAILABLE" : "UP TO DATE";
	return is_asked(a, ASK_RERELEASE) ? "NO RE-RELEASE NEEDED" :
	    "NOTHING TO DO";
}

static const char *
words_of_target(enum ready answer)
{
	switch (answer) {
	case READY_READY:
		return "READY";
	case READY_BLOCKED:
		return "BLOCKED";
	case READY_UNKNOWN:
		break;
	}
	return "CANNOT TELL";
}

/* Does the answer count, and is it as bad as the verdict? */
static bool
decides(const struct assessment *a, size_t q)
{
	return is_asked(a, (enum question)q) &&
	    a->answers[q].severity == a->verdict;
}

static void
add_words(struct buf *b, const char *words)
{
	if (strstr(buf_text(b), words) != NULL)
		return;
	buf_printf(b, "%s%s", b->len != 0 ? ", " : "", words);
}

/* What holds as well, and asks for less. */
static void
add_lesser_words(struct buf *b, const struct assessment *a)
{
	const struct answer *current = &a->answers[ASK_CURRENT];
	size_t q;

	for (q = 0; q < QUESTION_COUNT; q++)
		if (is_asked(a, (enum question)q) &&
		    a->answers[q].severity == SEV_UNDETERMINED)
			add_words(b, "UNDETERMINED");

	if (is_asked(a, ASK_CURRENT) && current->stale)
		add_words(b, "CATALOGUE STALE");
	if (is_asked(a, ASK_SUPPORTED) &&
	    a->answers[ASK_SUPPORTED].value == SUPPORTED_ENDED)
		add_words(b, "OUT OF SUPPORT");
}

void
summary_first_words(struct buf *b, const struct report_host *h)
{
	const struct assessment *a = h->a;
	size_t q;

	if (is_asked(a, ASK_READY)) {
		buf_puts(b, words_of_target(a->target.answer));
		return;
	}
	if (a->verdict == SEV_NOTE) {
		buf_puts(b, words_of_fine(a));
		return;
	}
	for (q = 0; q < QUESTION_COUNT; q++)
		if (decides(a, q))
			add_words(b, words_of(&a->answers[q]));
	if (a->verdict != SEV_UNDETERMINED)
		add_lesser_words(b, a);
}

/* Why there is nothing to do: what the questions that count say. */
static void
put_fine(struct buf *b, const struct assessment *a)
{
	if (a->answers[ASK_INSTALLED].value == INSTALLED_NONE)
		buf_puts(b, "no Exchange is installed here");
	else if (is_asked(a, ASK_CURRENT) &&
	    a->answers[ASK_CURRENT].action != NULL)
		buf_puts(b, a->answers[ASK_CURRENT].action);
	else if (is_asked(a, ASK_CURRENT) &&
	    a->answers[ASK_CURRENT].text != NULL)
		buf_puts(b, a->answers[ASK_CURRENT].text);
	else if (is_asked(a, ASK_RERELEASE) &&
	    a->answers[ASK_RERELEASE].text != NULL)
		buf_puts(b, a->answers[ASK_RERELEASE].text);
	else
		buf_puts(b, "nothing that was asked needs to be acted on");
}

/* A revision that is to be replaced has its newest successor named. */
static bool
said_by_rerelease(const struct assessment *a)
{
	return decides(a, ASK_RERELEASE) &&
	    a->answers[ASK_RERELEASE].value == RERELEASE_REQUIRED &&
	    a->answers[ASK_RERELEASE].action != NULL;
}

/* "; known: 7 behind, 5 of them security": what is known all the same. */
static void
put_known(struct buf *b, const struct assessment *a)
{
	const struct answer *current = &a->answers[ASK_CURRENT];
	const struct answer *supported = &a->answers[ASK_SUPPORTED];
	const char *word = "; known: ";

	if (is_asked(a, ASK_CURRENT) && current->value == CURRENT_BEHIND) {
		buf_printf(b, "%s%s", word, current->text);
		word = "; ";
	}
	if (is_asked(a, ASK_SUPPORTED) && supported->value ==
	    SUPPORTED_ENDED)
		buf_printf(b, "%s%s", word, supported->text);
}

/* Each instruction once, the worst question's first. */
static void
put_actions(struct buf *b, const struct assessment *a)
{
	const char *said[QUESTION_COUNT] = { NULL };
	size_t q, i, n = 0;

	for (q = 0; q < QUESTION_COUNT; q++) {
		const char *action = a->answers[q].action;

		if (!decides(a, q) || action == NULL ||
		    (q == ASK_CURRENT && said_by_rerelease(a)))
			continue;
		for (i = 0; i < n && strcmp(said[i], action) != 0; i++)
			continue;
		if (i < n)
			continue;
		said[n++] = action;
		buf_printf(b, "%s%s", n > 1 ? "; " : "", action);
	}
	if (n == 0)
		buf_puts(b, or_else(assessment_worst(a)->text,
		    "see the answers"));
	if (a->verdict == SEV_UNDETERMINED)
		put_known(b, a);
}

static bool
was_refused(const struct inventory *inv)
{
	size_t i;

	for (i = 0; i < inv->evidence_count; i++)
		if (inv->evidence[i].refused)
			return true;
	return false;
}

/* What to do, or why there is nothing, whoever we are. */
static void
put_instruction(struct buf *b, const struct report_host *h)
{
	const struct assessment *a = h->a;
	const struct target_result *t = &a->target;
	size_t i;

	if (is_asked(a, ASK_READY)) {
		if (t->answer == READY_READY)
			put_ready(b, t);
		for (i = 0; i < t->reason_count; i++)
			buf_printf(b, "%s%s", i != 0 ? "; " : "",
			    t->reasons[i]);
		put_rests(b, &t->rests);
	} else if (a->verdict == SEV_NOTE)
		put_fine(b, a);
	else
		put_actions(b, a);
}

/*
 * Who is no administrator is told so before anything else, where it stood in
 * the way; and behind it where nothing was refused that we know of.
 */
void
summary_instruction(struct buf *b, const struct report_host *h)
{
	bool refused = h->inv->limited && was_refused(h->inv);

	if (refused)
		buf_puts(b, "run again as administrator, for not everything "
		    "could be read; ");
	put_instruction(b, h);
	if (h->inv->limited && !refused)
		buf_puts(b, "; run again as administrator to be sure");
}

/* ----------------------------------------------------------- the answers */

const struct answer *
summary_answer_of(const struct assessment *a,
    const struct assess_exchange *x, enum question q)
{
	return x == NULL || q == ASK_FIX || q == ASK_READY ? &a->answers[q] :
	    &x->answers[q];
}

void
summary_answer(struct buf *b, const struct answer *a)
{
	buf_puts(b, answer_word(a));
	if (a->text != NULL && a->text[0] != '\0')
		buf_printf(b, ": %s", a->text);
}

static void
add_answers(struct buf *b, const struct assessment *a,
    const struct assess_exchange *x)
{
	size_t q;

	for (q = 0; q < QUESTION_COUNT; q++) {
		if (q == ASK_READY)
			continue;
		buf_printf(b, " | %s ", question_get((enum question)q)->label);
		summary_answer(b, summary_answer_of(a, x, (enum question)q));
	}
}

/* The headline of X, or of the host without any, and its answers. What was
 * laid over, if it is to be told here, stands where no cut takes it away. */
static void
add_installation(struct buf *b, const struct report_host *h,
    const struct assess_exchange *x, const char *laid_over)
{
	summary_headline(b, h, x);
	if (laid_over[0] != '\0')
		buf_printf(b, " | by %s", laid_over);
	add_answers(b, h->a, x);
}

static void
add_host(struct buf *b, const struct report_host *h, const char *laid_over)
{
	const struct assessment *a = h->a;
	struct buf words;
	size_t i;

	buf_init(&words, TEXT_MAX);
	summary_first_words(&words, h);
	buf_printf(b, "%s  ", buf_text(&words));
	buf_fini(&words);
	summary_instruction(b, h);
	buf_puts(b, " | ");
	if (a->exchange_count == 0)
		add_installation(b, h, NULL, laid_over);
	for (i = 0; i < a->exchange_count; i++) {
		if (i != 0)
			buf_puts(b, " | ");
		add_installation(b, h, &a->exchange[i], i == 0 ? laid_over :
		    "");
	}
}

void
summary_line(struct buf *b, const struct report *r)
{
	char *line = laid_over_line(r->catalogue);
	size_t i;

	for (i = 0; i < r->host_count; i++) {
		if (i != 0)
			buf_puts(b, " | ");
		add_host(b, &r->hosts[i], i == 0 ? line : "");
	}
	free(line);
}

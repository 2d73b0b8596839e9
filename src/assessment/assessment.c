/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/assessment.h"
#include "assessment/obligations.h"
#include "assessment/ready.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* The first record that F points to; 0 for none. */
static ev_id
first_evidence(const struct finding *f)
{
	return f->evidence_count != 0 ? f->evidence[0] : 0;
}

/* Nothing is left to the order that qsort() met them in, which is another in
 * every C library. */
static int
by_severity(const void *pa, const void *pb)
{
	const struct finding *a = pa, *b = pb;
	int order;

	if (a->severity != b->severity)
		return a->severity > b->severity ? -1 : 1;
	if (a->rule != b->rule)
		return a->rule < b->rule ? -1 : 1;
	order = strcmp(a->detail, b->detail);
	if (order != 0)
		return order;
	return first_evidence(a) < first_evidence(b) ? -1 :
	    first_evidence(a) > first_evidence(b);
}

/*
 * A finding explains an answer; it never asks for more than the answer that
 * was proven. That there is something newer is a note to whom it does not
 * count.
 */
static void
settle_finding(const struct assessment *a, struct finding *f)
{
	enum severity most = a->answers[f->question].severity;
	bool asked = (a->asked & QUESTION_BIT(f->question)) != 0;

	if (!asked && (f->question == ASK_CURRENT ||
	    f->question == ASK_SUPPORTED))
		most = SEV_NOTE;
	if (f->severity > most)
		f->severity = most;
}

/* What to do about an answer is what its worst finding says, if one does. */
static void
take_action(struct assessment *a, struct answer *answer)
{
	const struct finding *best = NULL;
	size_t i;

	for (i = 0; i < a->finding_count; i++) {
		const struct finding *f = &a->findings[i];

		if (f->question == answer->question && f->action != NULL &&
		    f->severity == answer->severity && best == NULL)
			best = f;
	}
	if (best != NULL && answer->severity > SEV_NOTE) {
		free(answer->action);
		answer->action = xstrdup(best->action);
	}
}

const struct answer *
assessment_worst(const struct assessment *a)
{
	const struct answer *worst = NULL;
	size_t q;

	for (q = 0; q < QUESTION_COUNT; q++) {
		const struct answer *one = &a->answers[q];

		if ((a->asked & QUESTION_BIT(q)) == 0)
			continue;
		if (worst == NULL || (one->severity != worst->severity &&
		    severity_worse(one->severity, worst->severity) ==
		    one->severity))
			worst = one;
	}
	return worst;
}

/* The verdict is the worst of the answers that count. */
static void
conclude(struct assessment *a)
{
	size_t i, q;

	for (i = 0; i < a->finding_count; i++)
		settle_finding(a, &a->findings[i]);
	if (a->finding_count != 0)
		qsort(a->findings, a->finding_count, sizeof(*a->findings),
		    by_severity);
	for (q = 0; q < QUESTION_COUNT; q++)
		take_action(a, &a->answers[q]);
	a->verdict = assessment_worst(a)->severity;
}

static unsigned
questions_asked(const struct assess_options *opt)
{
	if (opt->asked != 0)
		return opt->asked;
	if (opt->target != NULL)
		return QUESTION_BIT(ASK_READY);
	return QUESTIONS_ALL & ~QUESTION_BIT(ASK_READY);
}

static void
judge_exchange(struct judge *j, struct assess_exchange *x)
{
	judge_rerelease(j, x);
	judge_packages(j, x);
	judge_signatures(j, x);
	judge_currency(j, x);
	answer_exchange(j, x);
	judge_setup(j, x);
	judge_update_files(j, x);
}

struct assessment *
assess(const struct scene *scene, const struct catalogue *cat,
    const struct assess_options *opt)
{
	struct assessment *a = xcalloc(1, sizeof(*a));
	struct judge j = { .a = a, .scene = scene, .inv = scene->facts,
	    .cat = cat, .opt = opt };
	size_t i;

	j.obligation_count = obligations(&j.obligations);
	a->asked = questions_asked(opt);
	for (i = 0; i < QUESTION_COUNT; i++)
		a->answers[i].question = (enum question)i;
	a->exchange_count = scene->site_count;
	a->exchange = xcalloc(a->exchange_count, sizeof(*a->exchange));
	for (i = 0; i < a->exchange_count; i++) {
		a->exchange[i].ex = &scene->sites[i];
		a->exchange[i].w = xcalloc(1, sizeof(*a->exchange[i].w));
		judge_release(&j, &a->exchange[i]);
	}
	judge_fixes(&j);
	for (i = 0; i < a->exchange_count; i++)
		judge_exchange(&j, &a->exchange[i]);
	judge_deep(&j);
	judge_evidence(&j);
	judge_setup_runs(&j);
	answer_host(&j);
	judge_target(&j);
	conclude(a);
	return a;
}

static void
finding_fini(struct finding *f)
{
	size_t i;

	for (i = 0; i < f->install_count; i++)
		free(f->install[i]);
	free(f->install);
	free(f->evidence);
	free(f->action);
	free(f->detail);
}

void
assessment_free(struct assessment *a)
{
	size_t i, q;

	if (a == NULL)
		return;
	for (i = 0; i < a->finding_count; i++)
		finding_fini(&a->findings[i]);
	for (i = 0; i < a->exchange_count; i++) {
		for (q = 0; q < QUESTION_COUNT; q++)
			answer_fini(&a->exchange[i].answers[q]);
		way_fini(&a->exchange[i].way);
		free(a->exchange[i].conflict);
		free(a->exchange[i].w);
	}
	for (q = 0; q < QUESTION_COUNT; q++)
		answer_fini(&a->answers[q]);
	for (i = 0; i < a->target.reason_count; i++)
		free(a->target.reasons[i]);
	free(a->target.reasons);
	texts_fini(&a->target.doubts);
	texts_fini(&a->target.warnings);
	texts_fini(&a->target.checked);
	texts_fini(&a->target.unseen);
	texts_fini(&a->target.notes);
	texts_fini(&a->target.steps);
	rests_fini(&a->target.rests);
	free(a->target.needs);
	free(a->findings);
	free(a->exchange);
	free(a);
}

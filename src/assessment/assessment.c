/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/assessment.h"
#include "assessment/judge.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

const char *
fix_state_name(enum fix_state s)
{
	switch (s) {
	case FIX_PRESENT:
		return "present";
	case FIX_MISSING:
		return "missing";
	case FIX_UNKNOWN:
		break;
	}
	return "unknown";
}

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

static void
conclude(struct assessment *a)
{
	size_t i;

	if (a->finding_count != 0)
		qsort(a->findings, a->finding_count, sizeof(*a->findings),
		    by_severity);
	for (i = 0; i < a->finding_count; i++)
		if (a->findings[i].severity > a->verdict)
			a->verdict = a->findings[i].severity;
}

struct assessment *
assess(const struct inventory *inv, const struct catalogue *cat,
    const struct assess_options *opt)
{
	struct assessment *a = xcalloc(1, sizeof(*a));
	struct judge j = { a, inv, cat, opt };
	size_t i;

	a->exchange_count = inv->exchange_count;
	a->exchange = xcalloc(a->exchange_count, sizeof(*a->exchange));
	for (i = 0; i < a->exchange_count; i++) {
		a->exchange[i].ex = &inv->exchange[i];
		judge_release(&j, &a->exchange[i]);
	}
	judge_fixes(&j);
	for (i = 0; i < a->exchange_count; i++) {
		judge_rerelease(&j, &a->exchange[i]);
		judge_packages(&j, &a->exchange[i]);
		judge_signatures(&j, &a->exchange[i]);
		judge_setup(&j, &a->exchange[i]);
		judge_currency(&j, &a->exchange[i]);
	}
	judge_deep(&j);
	judge_evidence(&j);
	if (opt->target != NULL)
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
	size_t i;

	if (a == NULL)
		return;
	for (i = 0; i < a->finding_count; i++)
		finding_fini(&a->findings[i]);
	for (i = 0; i < a->exchange_count; i++) {
		free(a->exchange[i].rerelease);
		free(a->exchange[i].current);
	}
	for (i = 0; i < a->target.reason_count; i++)
		free(a->target.reasons[i]);
	free(a->target.reasons);
	free(a->findings);
	free(a->exchange);
	free(a->fix_evidence);
	free(a->fix_line);
	free(a);
}

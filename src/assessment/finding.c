/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/judge.h"
#include "base/alloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Adding a finding, and what may be said in all of them. */

struct finding *
judge_add(struct judge *j, enum rule_id rule, const char *fmt, ...)
{
	struct assessment *a = j->a;
	struct finding *f;
	char text[DETAIL_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	a->findings = xpush(a->findings, a->finding_count, sizeof(*f));
	f = &a->findings[a->finding_count++];
	f->rule = rule;
	f->severity = rule_get(rule)->severity;
	f->question = rule_get(rule)->question;
	f->detail = xstrdup(text);
	return f;
}

void
finding_action(struct finding *f, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	free(f->action);
	f->action = xstrdup(text);
}

void
finding_evidence(struct finding *f, ev_id id)
{
	if (id == 0)
		return;
	f->evidence = xpush(f->evidence, f->evidence_count,
	    sizeof(*f->evidence));
	f->evidence[f->evidence_count++] = id;
}

void
finding_install(struct finding *f, const char *kb)
{
	size_t i;

	if (kb[0] == '\0')
		return;
	for (i = 0; i < f->install_count; i++)
		if (strcmp(f->install[i], kb) == 0)
			return;
	f->install = xpush(f->install, f->install_count,
	    sizeof(*f->install));
	f->install[f->install_count++] = xstrdup(kb);
}

bool
judge_was_refused(const struct judge *j, ev_id id)
{
	const struct evidence *e = scene_evidence(j->scene, id);

	return j->inv->limited && e != NULL && e->refused;
}

const char *
judge_hint(const struct judge *j, bool refused)
{
	return refused && j->inv->limited ? " Run rollcall as administrator: "
	    "it may read more then." : "";
}

void
judge_conflict(struct assess_exchange *x, const char *what, const char *cure)
{
	if (x->conflict != NULL)
		return;
	x->conflict = xstrdup(what);
	x->conflict_cure = cure;
}

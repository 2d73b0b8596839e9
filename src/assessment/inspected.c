/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/inspect_policy.h"

#include "trust/verdict.h"

#include <string.h>

/* What the signatures are worth, of a file that could be read. */
static void
judge_signatures_of(struct inspected *i, const struct sig_policy *policy)
{
	const struct file_facts *f = i->facts;

	sig_verdict(&f->signatures, policy, &i->signatures);
	i->verdict = i->signatures.verdict;
	i->until = i->signatures.until;
	i->advisory = i->signatures.advisory;
	if (i->signatures.why != NULL)
		i->why = *i->signatures.why;
	else
		sig_verdict_unsigned(&f->signatures, &i->why);
	/* Nobody vouches for the bytes, and they are not right. */
	if (i->verdict == SIG_UNSIGNED && f->damage.text[0] != '\0') {
		i->verdict = SIG_UNREADABLE;
		i->why = f->damage;
	}
}

void
inspect_judge(const struct file_facts *facts, const char *name,
    const struct inspect_policy *p, struct inspected *out)
{
	*out = (struct inspected){ .facts = facts,
	    .verdict = SIG_UNREADABLE, .until = { INSTANT_NONE,
	    INSTANT_NONE } };
	if (facts->readable)
		judge_signatures_of(out, &p->sig);
	else
		out->why = facts->why;
	inspect_identify(out, name, p->cat);
}

instant
inspected_last_stamp(const struct inspected *i)
{
	instant last = INSTANT_NONE, time;
	size_t n, k;

	for (n = 0; n < i->signatures.count; n++) {
		const struct sig_level *l = &i->signatures.levels[n];

		for (k = 0; k < l->timestamp_count; k++) {
			time = l->timestamps[k].time;
			if (time != INSTANT_NONE && (last == INSTANT_NONE ||
			    time > last))
				last = time;
		}
	}
	return last;
}

bool
inspected_is_later(const struct inspected *i, instant taken)
{
	instant last = inspected_last_stamp(i);

	return taken != INSTANT_NONE && last != INSTANT_NONE && last > taken;
}

bool
inspected_is_distrusted(const struct inspected *i)
{
	return i->verdict == SIG_UNTRUSTED && i->why.clause != NULL &&
	    strcmp(i->why.clause, SIG_CLAUSE_DISTRUSTED) == 0;
}

void
inspected_fini(struct inspected *i)
{
	if (i == NULL)
		return;
	sig_file_fini(&i->signatures);
	*i = (struct inspected){ .facts = NULL };
}

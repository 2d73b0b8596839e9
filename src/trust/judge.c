/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/judge.h"

#include "trust/collect.h"
#include "trust/verdict.h"

void
sig_judge(struct slice s, const struct digest_set *computed,
    const struct sig_policy *policy, struct sig_file *out)
{
	/* There is nothing around S where anything could be hidden. */
	struct sig_facts facts = { .place = SIG_PLACE_SOUND };

	sig_collect(s, computed, policy->anchors, &facts);
	sig_verdict(&facts, policy, out);
	sig_facts_fini(&facts);
}

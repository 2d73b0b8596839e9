/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/verdict.h"

#include "base/alloc.h"
#include "trust/chain.h"
#include "trust/stamper.h"

#include <stdlib.h>

/* ---------------------------------------------------- how long it holds */

/* The answer for one state of the fix. */
struct holding {
	enum sig_verdict verdict;
	instant		 until;
	struct diag	 why;
};

static void
hold(struct holding *h, enum sig_verdict verdict, instant until,
    const char *why)
{
	h->verdict = verdict;
	h->until = until;
	diag_set(&h->why, ST_UNTRUSTED, DIAG_NOWHERE, "RFC 5280 6.1.3", "%s",
	    why);
}

/* There is an accepted timestamp: the chain is judged at its time. */
static void
hold_stamped(struct holding *h, const struct chain *chain, instant t)
{
	if (chain_holds(chain, t)) {
		h->verdict = SIG_VALID;
		h->until = INSTANT_UNLIMITED;
	} else if (t > chain->until) {
		hold(h, SIG_EXPIRED, chain->until,
		    "signed after a certificate had expired");
	} else {
		hold(h, SIG_UNTRUSTED, INSTANT_NONE,
		    "signed before a certificate was valid");
	}
}

/* There is none: the chain is judged at AT. */
static void
hold_unstamped(struct holding *h, const struct chain *chain, instant at)
{
	if (chain->from > chain->until)
		hold(h, SIG_UNTRUSTED, INSTANT_NONE,
		    "its certificates were never valid together");
	else if (at < chain->from)
		hold(h, SIG_UNTRUSTED, INSTANT_NONE,
		    "a certificate is not yet valid");
	else if (at > chain->until)
		hold(h, SIG_EXPIRED, chain->until,
		    "a certificate has expired and no timestamp counts");
	else
		hold(h, SIG_EXPIRES, chain->until,
		    "no timestamp counts: it ends with its certificates");
}

/*
 * Judge the signer's chain. Lifetime signing makes a timestamp irrelevant:
 * the signature ends with its certificate ([Authenticode], "Timestamp
 * Processing with Lifetime Signing Semantics").
 */
static void
judge_holding(const struct sig_facts *f, const struct sig_level_facts *facts,
    const struct sig_policy *policy, bool fix, struct sig_level *l,
    struct holding *h)
{
	const struct sig_cert *c = sig_facts_cert(f, facts->cert);
	const struct sig_timestamp *t = sig_level_accepted(l, fix);
	struct chain chain;

	*h = (struct holding){ .until = INSTANT_NONE };
	if (c->lifetime != SIG_SAID_NO)
		t = NULL;
	chain_choose(f, &facts->paths, facts->cert, policy, CHAIN_CODE,
	    t != NULL ? t->time : policy->at, &chain);
	if (l->anchor == NULL) {
		free(l->by);
		l->anchor = xstrdup(chain.anchor);
		l->by = xstrdup(chain.by);
	}
	l->foreign_root = chain.foreign;
	if (chain.anchor == NULL) {
		h->verdict = SIG_UNTRUSTED;
		h->why = chain.why;
	} else if (t != NULL) {
		hold_stamped(h, &chain, t->time);
	} else {
		hold_unstamped(h, &chain, policy->at);
	}
}

/* Both answers; they differ only where a timestamp needs the fix. */
static void
judge_signer(const struct sig_facts *f, const struct sig_level_facts *facts,
    const struct sig_policy *policy, struct sig_level *l)
{
	struct holding without, with;

	judge_holding(f, facts, policy, false, l, &without);
	with = without;
	if (sig_level_accepted(l, true) != sig_level_accepted(l, false))
		judge_holding(f, facts, policy, true, l, &with);
	l->until.without_fix = without.until;
	l->until.with_fix = with.until;
	l->verdict = policy->fix ? with.verdict : without.verdict;
	l->why = policy->fix ? with.why : without.why;
}

/* --------------------------------------------------------- one level */

static void
level_verdict(struct sig_level *l, enum sig_verdict v, const struct diag *why)
{
	l->verdict = v;
	l->until = (struct sig_until){ INSTANT_NONE, INSTANT_NONE };
	l->why = *why;
}

/* The same for a reason that has no place in the file. */
static void
level_says(struct sig_level *l, enum sig_verdict v, const char *clause,
    const char *why)
{
	struct diag d;

	diag_set(&d, ST_UNTRUSTED, DIAG_NOWHERE, clause, "%s", why);
	level_verdict(l, v, &d);
}

static void
judge_stamps(const struct sig_facts *f, const struct sig_level_facts *facts,
    const struct sig_policy *policy, struct sig_level *l)
{
	size_t i;

	for (i = 0; i < facts->stamp_count; i++) {
		l->timestamps = xpush(l->timestamps, i,
		    sizeof(*l->timestamps));
		stamper_judge(f, &facts->stamps[i], policy,
		    &l->timestamps[l->timestamp_count++]);
		if (l->advisory == NULL)
			l->advisory = xstrdup(l->timestamps[i].advisory);
	}
}

static const struct sig_timestamp *
first_in_state(const struct sig_level *l, enum sig_stamp state)
{
	size_t i;

	for (i = 0; i < l->timestamp_count; i++)
		if (l->timestamps[i].state == state)
			return &l->timestamps[i];
	return NULL;
}

/*
 * Who signed, whether the signature verifies, and how long it holds. A broken
 * timestamp makes the whole signature bad (TRUST_E_TIME_STAMP,
 * TRUST_E_COUNTER_SIGNER), one without trust only counts as absent; of which
 * kind one is that nothing is known of, nobody can say.
 */
static void
judge_crypto(const struct sig_facts *f, const struct sig_level_facts *facts,
    const struct sig_policy *policy, struct sig_level *l)
{
	const struct sig_timestamp *bad, *unknown;
	struct diag d;

	bad = first_in_state(l, SIG_STAMP_BROKEN);
	unknown = first_in_state(l, SIG_STAMP_UNCHECKED);
	reason_diag(&facts->why, NULL, &d);
	if (facts->check == SIG_CHECK_DAMAGED)
		level_verdict(l, SIG_UNREADABLE, &d);
	else if (facts->check == SIG_CHECK_BAD)
		level_verdict(l, SIG_INVALID, &d);
	else if (facts->check != SIG_CHECK_GOOD ||
	    sig_facts_cert(f, facts->cert) == NULL)
		level_verdict(l, SIG_UNTRUSTED, &d);
	else if (bad != NULL)
		level_verdict(l, SIG_INVALID, &bad->why);
	else if (unknown != NULL)
		level_verdict(l, SIG_UNTRUSTED, &unknown->why);
	else if (facts->stamps_found != facts->stamp_count)
		level_says(l, SIG_UNTRUSTED, NULL,
		    "not all of its timestamps are known");
	else
		judge_signer(f, facts, policy, l);
}

/* Where its bytes lie and the file's digest have the last word. */
static void
apply_digest(const struct sig_facts *f, const struct sig_level_facts *facts,
    struct sig_level *l)
{
	struct diag d;

	if (l->verdict == SIG_UNREADABLE)
		return;
	if (f->place == SIG_PLACE_HIDDEN) {
		l->digest = SIG_DIGEST_MISMATCH;
		reason_diag(&f->hidden, f->hidden_text, &d);
		level_verdict(l, SIG_INVALID, &d);
	} else if (l->digest == SIG_DIGEST_MISMATCH &&
	    facts->why.why == SIG_WHY_INDIRECT_TYPE) {
		reason_diag(&facts->why, NULL, &d);
		level_verdict(l, SIG_INVALID, &d);
	} else if (l->digest == SIG_DIGEST_MISMATCH) {
		level_says(l, SIG_INVALID,
		    "[Authenticode] SpcIndirectDataContent",
		    "the file is not the one that was signed");
	} else if (!f->bare && l->digest != SIG_DIGEST_MATCH) {
		diag_set(&d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "the file's %s was not computed",
		    digest_name(l->digest_alg));
		level_verdict(l, SIG_UNCHECKED, &d);
	} else if (f->place != SIG_PLACE_SOUND) {
		level_says(l, SIG_UNCHECKED, NULL, "whether all of the file "
		    "is in the digest was not checked");
	}
}

static void
judge_level(const struct sig_facts *f, const struct sig_level_facts *facts,
    const struct sig_policy *policy, struct sig_level *l)
{
	const struct sig_cert *c = sig_facts_cert(f, facts->cert);

	*l = (struct sig_level){ .depth = facts->depth,
	    .until = { INSTANT_NONE, INSTANT_NONE } };
	if ((unsigned)facts->digest_alg < DIGEST_ALGS)
		l->digest_alg = facts->digest_alg;
	if ((unsigned)facts->digest <= SIG_DIGEST_MISMATCH)
		l->digest = facts->digest;
	if (c != NULL)
		sig_certificate_init(&l->signer, c);
	judge_stamps(f, facts, policy, l);
	judge_crypto(f, facts, policy, l);
	apply_digest(f, facts, l);
}

/* ---------------------------------------------------------- the file */

/* Of levels that lack one, who can say which is the first? */
static void
check_levels(const struct sig_facts *f, struct sig_file *out)
{
	size_t i;

	if (f->levels_found == f->level_count && out->levels[0].depth == 0)
		return;
	for (i = 0; i < out->count; i++)
		if (out->levels[i].digest != SIG_DIGEST_MISMATCH)
			level_says(&out->levels[i], SIG_UNCHECKED, NULL,
			    "not all signatures of the file are known");
}

static void
file_verdict(struct sig_file *f)
{
	const struct sig_level *l = &f->levels[0];
	size_t i;

	for (i = 0; i < f->count && f->advisory == NULL; i++)
		f->advisory = f->levels[i].advisory;
	for (i = 0; i < f->count; i++) {
		if (f->levels[i].digest == SIG_DIGEST_MISMATCH) {
			l = &f->levels[i];
			break;
		}
	}
	f->verdict = l->verdict;
	f->until = l->until;
	f->why = &l->why;
}

void
sig_verdict(const struct sig_facts *f, const struct sig_policy *policy,
    struct sig_file *out)
{
	size_t i;

	*out = (struct sig_file){ .until = { INSTANT_NONE, INSTANT_NONE } };
	for (i = 0; i < f->level_count; i++) {
		out->levels = xpush(out->levels, i, sizeof(*out->levels));
		judge_level(f, &f->levels[i], policy,
		    &out->levels[out->count++]);
	}
	if (out->count > 0) {
		check_levels(f, out);
		file_verdict(out);
	} else if (f->levels_found == 0 && f->place != SIG_PLACE_UNKNOWN)
		out->verdict = SIG_UNSIGNED;
}

void
sig_verdict_unsigned(const struct sig_facts *f, struct diag *d)
{
	if (f->unsigned_why.why != SIG_WHY_NONE)
		reason_diag(&f->unsigned_why, NULL, d);
	else
		*d = (struct diag){ .text = "" };
}

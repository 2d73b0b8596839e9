/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/signature.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "trust/chain.h"
#include "trust/pkcs7.h"
#include "trust/timestamp.h"

#include <stdlib.h>

/* What stays the same while one PKCS #7 and its nested ones are judged. */
struct judge {
	const struct digest_set	*computed;
	const struct sig_policy	*policy;
	struct sig_file		*file;
	unsigned		 budget;	/* checks of chains left */
};

/* ------------------------------------------------------------ levels */

/*
 * A new level. The array may move, so levels are known by index while the
 * tree of signatures is walked.
 */
static struct sig_level *
level_add(struct sig_file *f, unsigned depth)
{
	struct sig_level *l;

	f->levels = xpush(f->levels, f->count, sizeof(*f->levels));
	l = &f->levels[f->count++];
	*l = (struct sig_level){ .depth = depth, .until = {
	    INSTANT_NONE, INSTANT_NONE } };
	return l;
}

static void
level_fini(struct sig_level *l)
{
	size_t i;

	sig_certificate_fini(&l->signer);
	for (i = 0; i < l->timestamp_count; i++) {
		sig_certificate_fini(&l->timestamps[i].certificate);
		free(l->timestamps[i].anchor);
		free(l->timestamps[i].advisory);
	}
	free(l->timestamps);
	free(l->anchor);
	free(l->advisory);
}

void
sig_file_fini(struct sig_file *f)
{
	size_t i;

	if (f == NULL)
		return;
	for (i = 0; i < f->count; i++)
		level_fini(&f->levels[i]);
	free(f->levels);
	*f = (struct sig_file){ 0 };
}

/* -------------------------------------------- the digest of the file */

/*
 * Compare the digest that was signed with the file's own. Content that
 * signs no file (a catalogue inside a PE) can match none.
 */
static enum status
judge_digest(const struct judge *j, const struct p7 *p7, struct sig_level *l)
{
	struct p7_indirect ind;
	const struct digest *own;
	enum status st;

	if (p7->content_kind == P7_TST_INFO)
		return diag_set(&l->why, ST_UNSUPPORTED, p7->whole.fileoff,
		    "[Authenticode] SignedData", "a timestamp token");
	if (p7->content_kind == P7_CTL) {
		l->digest_alg = p7->signer.digest_alg;
		if (j->computed != NULL)
			l->digest = SIG_DIGEST_MISMATCH;
		return ST_OK;
	}
	st = p7_indirect_decode(p7, &ind, &l->why);
	if (st != ST_OK)
		return st;
	l->digest_alg = ind.alg;
	if (j->computed == NULL)
		return ST_OK;
	own = &j->computed->of[ind.alg];
	if (own->alg == ind.alg)
		l->digest = slice_equal(ind.digest, slice_of(own->bytes,
		    own->len, 0)) ? SIG_DIGEST_MATCH : SIG_DIGEST_MISMATCH;
	return ST_OK;
}

/* -------------------------------------------------------- timestamps */

/* Judge one value of an attribute that holds timestamps. */
static enum status
add_timestamp(struct judge *j, const struct p7 *p7,
    const struct cert_pool *pool, enum sig_stamp_kind kind,
    struct slice value, struct sig_level *l)
{
	struct sig_timestamp *t;

	if (l->timestamp_count == SIG_MAX_TIMESTAMPS)
		return diag_set(&l->why, ST_LIMIT, value.fileoff, NULL,
		    "more than %d timestamps", SIG_MAX_TIMESTAMPS);
	l->timestamps = xpush(l->timestamps, l->timestamp_count,
	    sizeof(*l->timestamps));
	t = &l->timestamps[l->timestamp_count++];
	if (kind == SIG_STAMP_PKCS9)
		timestamp_pkcs9(j->policy, &p7->signer, pool, value,
		    &j->budget, t);
	else
		timestamp_rfc3161(j->policy, &p7->signer, value, &j->budget,
		    t);
	return ST_OK;
}

/* Judge every value of the attributes of one kind. */
static enum status
add_timestamps(struct judge *j, const struct p7 *p7,
    const struct cert_pool *pool, enum sig_stamp_kind kind,
    struct sig_level *l)
{
	struct slice oid = kind == SIG_STAMP_PKCS9 ? OID_COUNTERSIGN :
	    OID_TOKEN;
	struct cursor attrs = cursor_of(p7->signer.unsigned_attrs), in;
	struct slice values;
	enum status st;
	struct der e;

	while ((st = p7_attr_next(&attrs, oid, &values, &l->why)) == ST_OK) {
		in = cursor_of(values);
		while (der_next(&in, &e)) {
			st = add_timestamp(j, p7, pool, kind, e.whole, l);
			if (st != ST_OK)
				return st;
		}
		if (in.at != values.n)
			return diag_set(&l->why, ST_MALFORMED,
			    cursor_fileoff(&in), "RFC 5652 11",
			    "a timestamp is broken");
	}
	return st == ST_ABSENT ? ST_OK : st;
}

static enum status
judge_timestamps(struct judge *j, const struct p7 *p7,
    const struct cert_pool *pool, struct sig_level *l)
{
	enum status st;
	size_t i;

	st = add_timestamps(j, p7, pool, SIG_STAMP_PKCS9, l);
	if (st == ST_OK)
		st = add_timestamps(j, p7, pool, SIG_STAMP_RFC3161, l);
	for (i = 0; i < l->timestamp_count && l->advisory == NULL; i++)
		l->advisory = xstrdup(l->timestamps[i].advisory);
	return st;
}

static const struct sig_timestamp *
first_accepted(const struct sig_level *l, bool fix)
{
	const struct sig_flags *accepted;
	size_t i;

	for (i = 0; i < l->timestamp_count; i++) {
		accepted = &l->timestamps[i].accepted;
		if (fix ? accepted->with_fix : accepted->without_fix)
			return &l->timestamps[i];
	}
	return NULL;
}

const struct sig_timestamp *
sig_level_timestamp(const struct sig_level *l)
{
	const struct sig_timestamp *t = first_accepted(l, false);

	if (t == NULL)
		t = first_accepted(l, true);
	if (t == NULL && l->timestamp_count > 0)
		t = &l->timestamps[0];
	return t;
}

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
judge_holding(struct judge *j, const struct cert_pool *pool, struct cert *c,
    bool fix, struct sig_level *l, struct holding *h)
{
	const struct sig_timestamp *t = first_accepted(l, fix);
	struct chain chain;

	*h = (struct holding){ .until = INSTANT_NONE };
	if (cert_has_eku(c, OID_EKU_LIFETIME))
		t = NULL;
	chain_build(j->policy->anchors, pool, c, CHAIN_CODE,
	    t != NULL ? t->time : j->policy->at, &j->budget, &chain);
	if (l->anchor == NULL)
		l->anchor = xstrdup(chain.anchor);
	l->foreign_root = chain.foreign;
	if (chain.anchor == NULL) {
		h->verdict = SIG_UNTRUSTED;
		h->why = chain.why;
	} else if (t != NULL) {
		hold_stamped(h, &chain, t->time);
	} else {
		hold_unstamped(h, &chain, j->policy->at);
	}
}

/* Both answers; they differ only where a timestamp needs the fix. */
static void
judge_signer(struct judge *j, const struct cert_pool *pool, struct cert *c,
    struct sig_level *l)
{
	struct holding without, with;

	judge_holding(j, pool, c, false, l, &without);
	with = without;
	if (first_accepted(l, true) != first_accepted(l, false))
		judge_holding(j, pool, c, true, l, &with);
	l->until.without_fix = without.until;
	l->until.with_fix = with.until;
	l->verdict = j->policy->fix ? with.verdict : without.verdict;
	l->why = j->policy->fix ? with.why : without.why;
}

/* --------------------------------------------------------- one level */

static void
level_verdict(struct sig_level *l, enum sig_verdict v, const struct diag *why)
{
	l->verdict = v;
	l->until = (struct sig_until){ INSTANT_NONE, INSTANT_NONE };
	if (why != NULL)
		l->why = *why;
}

static void
add_unreadable(struct sig_file *f, unsigned depth, const struct diag *why)
{
	if (f->count < SIG_MAX_LEVELS)
		level_verdict(level_add(f, depth), SIG_UNREADABLE, why);
}

/* A broken timestamp makes the whole signature bad (TRUST_E_TIME_STAMP,
 * TRUST_E_COUNTER_SIGNER), one without trust only counts as absent. */
static const struct sig_timestamp *
broken_timestamp(const struct sig_level *l)
{
	size_t i;

	for (i = 0; i < l->timestamp_count; i++)
		if (l->timestamps[i].state == SIG_STAMP_BROKEN)
			return &l->timestamps[i];
	return NULL;
}

/* Who signed, whether the signature verifies, and how long it holds. */
static void
judge_crypto(struct judge *j, const struct p7 *p7,
    const struct cert_pool *pool, struct sig_level *l)
{
	struct cert *c = cert_pool_find(pool, p7->signer.issuer,
	    p7->signer.serial);
	const struct sig_timestamp *bad = broken_timestamp(l);
	struct diag d = { .fileoff = DIAG_NOWHERE };
	enum status st;

	if (c == NULL) {
		diag_set(&d, ST_UNTRUSTED, p7->signer.whole.fileoff,
		    "RFC 2315 9.2",
		    "the signer's certificate is not in the file");
		level_verdict(l, SIG_UNTRUSTED, &d);
		return;
	}
	sig_certificate_init(&l->signer, c);
	st = p7_verify(&p7->signer, c, p7->content_type, p7->content,
	    &j->budget, &d);
	if (st != ST_OK)
		level_verdict(l, st == ST_LIMIT ? SIG_UNTRUSTED : SIG_INVALID,
		    &d);
	else if (bad != NULL)
		level_verdict(l, SIG_INVALID, &bad->why);
	else
		judge_signer(j, pool, c, l);
}

/* The file's digest has the last word. */
static void
apply_digest(const struct judge *j, struct sig_level *l)
{
	struct diag d;

	if (l->digest == SIG_DIGEST_MISMATCH) {
		diag_set(&d, ST_UNTRUSTED, DIAG_NOWHERE,
		    "[Authenticode] SpcIndirectDataContent",
		    "the file is not the one that was signed");
		level_verdict(l, SIG_INVALID, &d);
	} else if (j->computed != NULL && l->digest != SIG_DIGEST_MATCH) {
		diag_set(&d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "the file's %s was not computed",
		    digest_name(l->digest_alg));
		level_verdict(l, SIG_UNCHECKED, &d);
	}
}

static void	judge_p7(struct judge *j, struct slice s, unsigned depth);

/*
 * Every signature in every nested-signature attribute. (A broken list of
 * attributes was told with the level that it hangs on.)
 */
static void
judge_nested(struct judge *j, const struct p7 *p7, unsigned depth)
{
	struct cursor attrs = cursor_of(p7->signer.unsigned_attrs), in;
	struct slice values;
	struct diag d;
	struct der e;

	while (p7_attr_next(&attrs, OID_NESTED, &values, NULL) == ST_OK) {
		in = cursor_of(values);
		while (der_next(&in, &e))
			judge_p7(j, e.whole, depth + 1);
		if (in.at == values.n)
			continue;
		diag_set(&d, ST_MALFORMED, cursor_fileoff(&in),
		    "RFC 5652 11", "a nested signature is broken");
		add_unreadable(j->file, depth + 1, &d);
	}
}

static enum status
judge_level(struct judge *j, struct slice s, struct p7 *p7,
    struct sig_level *l)
{
	struct cert_pool pool = { 0 };
	enum status st = p7_decode(s, p7, &l->why);

	if (st == ST_OK)
		st = judge_digest(j, p7, l);
	if (st == ST_OK)
		st = cert_pool_init(p7->certs, &pool, &l->why);
	if (st == ST_OK)
		st = judge_timestamps(j, p7, &pool, l);
	if (st == ST_OK) {
		judge_crypto(j, p7, &pool, l);
		apply_digest(j, l);
	}
	cert_pool_fini(&pool);
	return st;
}

static void
judge_p7(struct judge *j, struct slice s, unsigned depth)
{
	struct sig_level *l;
	struct p7 p7;

	if (j->file->count == SIG_MAX_LEVELS)
		return;
	l = level_add(j->file, depth);
	if (depth == SIG_MAX_DEPTH || j->file->count == SIG_MAX_LEVELS)
		diag_set(&l->why, ST_LIMIT, s.fileoff, NULL,
		    "too many nested signatures");
	else if (judge_level(j, s, &p7, l) == ST_OK) {
		judge_nested(j, &p7, depth);
		return;
	}
	level_verdict(l, SIG_UNREADABLE, NULL);
}

/* ---------------------------------------------------------- the file */

static void
file_verdict(struct sig_file *f)
{
	const struct sig_level *l = &f->levels[0];
	size_t i;

	f->advisory = NULL;
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
sig_judge(struct slice s, const struct digest_set *computed,
    const struct sig_policy *policy, struct sig_file *out)
{
	struct judge j = { .computed = computed, .policy = policy,
	    .file = out, .budget = SIG_MAX_CHECKS - out->checks };

	judge_p7(&j, s, 0);
	out->checks = SIG_MAX_CHECKS - j.budget;
	file_verdict(out);
}

void
sig_refuse(struct sig_file *f, const struct diag *d)
{
	size_t i;

	for (i = 0; i < f->count; i++) {
		if (f->levels[i].verdict == SIG_UNREADABLE)
			continue;
		f->levels[i].digest = SIG_DIGEST_MISMATCH;
		level_verdict(&f->levels[i], SIG_INVALID, d);
	}
	if (f->count > 0)
		file_verdict(f);
}

void
sig_add_unreadable(struct sig_file *f, const struct diag *d)
{
	add_unreadable(f, 0, d);
	file_verdict(f);
}

static unsigned
algorithms_below(struct slice s, unsigned depth, unsigned *budget)
{
	struct cursor attrs, in;
	struct p7_indirect ind;
	struct slice values;
	unsigned algs = 0;
	struct p7 p7;
	struct der e;

	if (depth == SIG_MAX_DEPTH || *budget == 0 ||
	    p7_decode(s, &p7, NULL) != ST_OK)
		return 0;
	--*budget;
	if (p7.content_kind == P7_SPC_INDIRECT &&
	    p7_indirect_decode(&p7, &ind, NULL) == ST_OK)
		algs = DIGEST_BIT(ind.alg);
	attrs = cursor_of(p7.signer.unsigned_attrs);
	while (p7_attr_next(&attrs, OID_NESTED, &values, NULL) == ST_OK)
		for (in = cursor_of(values); der_next(&in, &e);)
			algs |= algorithms_below(e.whole, depth + 1, budget);
	return algs;
}

unsigned
sig_algorithms(struct slice s)
{
	unsigned budget = SIG_MAX_LEVELS;

	return algorithms_below(s, 0, &budget);
}

/* ------------------------------------------------------------- names */

const char *
sig_verdict_name(enum sig_verdict v)
{
	static const char *const names[] = { "unchecked", "valid", "expires",
	    "expired", "invalid", "untrusted", "unsigned", "unreadable" };

	return names[v];
}

const char *
sig_digest_name(enum sig_digest d)
{
	static const char *const names[] = { "unchecked", "match",
	    "mismatch" };

	return names[d];
}

const char *
sig_stamp_name(enum sig_stamp s)
{
	static const char *const names[] = { "unchecked", "good", "broken",
	    "untrusted" };

	return names[s];
}

const char *
sig_stamp_kind_name(enum sig_stamp_kind k)
{
	static const char *const names[] = { "none", "pkcs9", "rfc3161" };

	return names[k];
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/chain.h"

#include "base/limits.h"
#include "trust/purposes.h"

#include <string.h>

#define RSA_MIN_BITS	1024
#define MD5_UNTIL	((instant)1235865600)	/* 2009-03-01 */

/* One choice among the paths of a certificate. */
struct choice {
	const struct sig_facts	*facts;
	const struct sig_paths	*paths;
	const struct sig_policy	*policy;
	enum chain_use		 use;
	instant			 at;
	size_t			 why_depth;	/* where WHY was noted */
	struct chain		*best;
};

/*
 * Keep the reason of the failure that lies farthest from the leaf: of the
 * certificate at I of the path, from 0. MORE ends the sentence, or is NULL.
 */
static void
note_why(struct choice *k, const struct sig_path *p, size_t i,
    const char *clause, const char *what, const char *more)
{
	const struct sig_step *step = &p->steps[i];
	const struct sig_cert *c = sig_facts_cert(k->facts, step->cert);

	if (k->best->anchor != NULL || i + 1 <= k->why_depth)
		return;
	k->why_depth = i + 1;
	diag_set(&k->best->why, ST_UNTRUSTED, step->at, clause,
	    "%s: %s%s%s", c != NULL && c->subject != NULL ? c->subject :
	    "(no name)", what, more != NULL ? " " : "",
	    more != NULL ? more : "");
}

/* May C be used for what the chain is for? No extension means any use. */
static bool
use_allowed(const struct sig_cert *c, enum chain_use use)
{
	if (c->eku_present == SIG_SAID_NO || purpose_has(c, PURPOSE_ANY))
		return true;
	return use == CHAIN_CODE ? purpose_has(c, PURPOSE_CODE) :
	    purpose_stamps(c);
}

/* What is wrong with the extensions of C, or NULL. */
static const char *
flaw_of(const struct sig_cert *c)
{
	switch (c->extensions) {
	case SIG_EXT_SOUND:
		return NULL;
	case SIG_EXT_CRITICAL:
		return "unhandled critical extension";
	case SIG_EXT_TWICE:
		return "it has an extension twice";
	case SIG_EXT_CONSTRAINTS:
		return "its basicConstraints are broken";
	case SIG_EXT_USAGE:
		return "its keyUsage is broken";
	case SIG_EXT_PURPOSES:
		return "its extendedKeyUsage is broken";
	case SIG_EXT_UNKNOWN:
		break;
	}
	return "its extensions are not known";
}

/*
 * What is wrong with the key of C, or NULL. (Windows has refused RSA keys
 * below 1024 bits since 2012, but for what was signed before 2010, which was
 * its default and is no Microsoft signature that is known.)
 */
static const char *
weakness_of(const struct sig_cert *c)
{
	switch (c->key) {
	case SIG_KEY_RSA:
		return c->key_bits < RSA_MIN_BITS ?
		    "its RSA key has less than 1024 bits" : NULL;
	case SIG_KEY_EC:
		return NULL;
	case SIG_KEY_OTHER:
		return "its key is neither RSA nor EC";
	case SIG_KEY_UNKNOWN:
		break;
	}
	return "its key cannot be used";
}

static bool
same_id(const uint8_t *a, const uint8_t *b)
{
	return memcmp(a, b, SIG_ID_BYTES) == 0;
}

/* Does the catalogue distrust a certificate (NULL: an anchor, which is none) or
 * its key, and why? NULL: it does not. */
static const struct sig_distrusted *
distrust_of(const struct sig_policy *policy, const uint8_t *cert,
    const uint8_t *key)
{
	const struct sig_distrusted *d = policy->distrusted;
	size_t i;

	for (i = 0; i < policy->distrusted_count; i++, d++)
		if ((d->by_key && same_id(d->key_sha256, key)) ||
		    (d->by_cert && cert != NULL && same_id(d->sha256, cert)))
			return d;
	return NULL;
}

/* Nothing below what D is about is believed: whether there is one. */
static bool
distrusted(struct choice *k, const struct sig_path *p, size_t i,
    const struct sig_distrusted *d)
{
	if (d == NULL)
		return false;
	note_why(k, p, i, SIG_CLAUSE_DISTRUSTED, "is distrusted:", d->why);
	k->best->foreign = true;
	if (k->best->anchor == NULL)
		k->best->by = d->by;
	return true;
}

/*
 * Rules for the certificate at I that do not depend on its issuer. A time
 * stamper's own purpose is not asked here: see stamper.c.
 */
static bool
usable(struct choice *k, const struct sig_path *p, size_t i,
    const struct sig_cert *c)
{
	const char *flaw = flaw_of(c), *weak = weakness_of(c);
	bool ca = i > 0;

	if (weak != NULL)
		note_why(k, p, i, "Security Advisory 2661254", weak, NULL);
	else if (flaw != NULL)
		note_why(k, p, i, "RFC 5280 4.2", flaw,
		    c->extensions == SIG_EXT_CRITICAL ? c->critical : NULL);
	else if (ca && c->ca != SIG_SAID_YES)
		note_why(k, p, i, "RFC 5280 4.2.1.9", "is no CA", NULL);
	else if (ca && c->path_len >= 0 && (size_t)c->path_len < i - 1)
		note_why(k, p, i, "RFC 5280 4.2.1.9", "path too long", NULL);
	else if (ca && c->may_sign != SIG_SAID_YES)
		note_why(k, p, i, "RFC 5280 4.2.1.3",
		    "may not sign certificates", NULL);
	else if ((ca || k->use == CHAIN_CODE) && !use_allowed(c, k->use))
		note_why(k, p, i, "RFC 5280 4.2.1.12",
		    k->use == CHAIN_CODE ? "is not for code signing" :
		    "is not for time stamping", NULL);
	else
		return true;
	return false;
}

/* The first COUNT steps end at the anchor with that number: are they better
 * than the best? */
static void
offer(struct choice *k, const struct sig_path *p, size_t count,
    size_t anchor)
{
	const struct anchors *all = k->policy->anchors;
	struct chain new = { .anchor = anchors_get(all, anchor)->name,
	    .by = anchors_by(all, anchor), .from = INSTANT_NONE,
	    .until = INSTANT_UNLIMITED };
	struct chain *best = k->best;
	const struct sig_cert *c;
	size_t i;

	for (i = 0; i < count; i++) {
		c = sig_facts_cert(k->facts, p->steps[i].cert);
		if (c->not_before == INSTANT_NONE ||
		    c->not_after == INSTANT_NONE) {
			note_why(k, p, i, "RFC 5280 4.1.2.5",
			    "its validity is not known", NULL);
			return;
		}
		if (c->not_before > new.from)
			new.from = c->not_before;
		if (c->not_after < new.until)
			new.until = c->not_after;
	}
	if (best->anchor == NULL || (!chain_holds(best, k->at) &&
	    (chain_holds(&new, k->at) || new.until > best->until))) {
		new.foreign = best->foreign;
		*best = new;
	}
}

/* Does a path go on from this certificate, if only in a circle? */
static bool
goes_on(const struct choice *k, size_t cert)
{
	const struct sig_path *p;
	size_t i, j;

	for (i = 0; i < k->paths->count; i++) {
		p = &k->paths->list[i];
		for (j = 0; j + 1 < p->count; j++)
			if (p->steps[j].cert == cert)
				return true;
		if (p->count > 0 && p->steps[j].cert == cert &&
		    p->end == SIG_END_CIRCLE)
			return true;
	}
	return false;
}

static bool
same_name(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* May the path end at its anchor? C is its last certificate. */
static bool
reaches(const struct sig_path *p, const struct sig_cert *c)
{
	return p->end == SIG_END_ANCHOR &&
	    (same_name(p->anchor.subject, c->issuer) ||
	    same_name(p->anchor.subject, c->subject));
}

/* The number of the anchor that is trusted for the use and that this
 * certificate, C, is or was signed by; the first of all. Their count: none. */
static size_t
anchor_of(const struct choice *k, size_t cert, const struct sig_cert *c)
{
	static const unsigned uses[] = {
		[CHAIN_CODE] = ANCHOR_CODE, [CHAIN_TIME] = ANCHOR_TIME
	};
	size_t i, at, first = anchors_count(k->policy->anchors);
	const struct sig_path *p;

	for (i = 0; i < k->paths->count; i++) {
		p = &k->paths->list[i];
		if (p->count == 0 || p->steps[p->count - 1].cert != cert ||
		    !reaches(p, c))
			continue;
		at = anchors_find(k->policy->anchors, &p->anchor, uses[k->use]);
		if (at < first)
			first = at;
	}
	return first;
}

/* Say so when the issuer of the certificate at I is neither an anchor nor
 * among the certificates. */
static void
note_no_issuer(struct choice *k, const struct sig_path *p, size_t i,
    const struct sig_cert *c)
{
	bool last = i + 1 == p->count;

	if (last && p->end == SIG_END_CUT)
		return;
	if (c->self_issued == SIG_SAID_YES) {
		note_why(k, p, i, "RFC 5280 6.1.1", "is no trust anchor",
		    NULL);
		k->best->foreign = true;
	} else if (last && !goes_on(k, p->steps[i].cert))
		note_why(k, p, i, "RFC 5280 6.1.3",
		    "no certificate of its issuer", c->issuer);
}

/*
 * May C's own signature be believed, of a chain that is judged at K->AT? MD5
 * is believed of what was signed before March 2009: Windows does that of
 * files since the update of the advisory; of time stampers it names four.
 */
static bool
is_signed_well(struct choice *k, const struct sig_path *p, size_t i,
    const struct sig_cert *c)
{
	if (c->signed_with == DIGEST_NONE ||
	    (unsigned)c->signed_with >= DIGEST_ALGS)
		note_why(k, p, i, "RFC 5280 4.1.1.2", "it is signed with an "
		    "algorithm that is not supported, or not the one that it "
		    "names, by", c->issuer);
	else if (c->signed_with == DIGEST_MD5 && k->at >= MD5_UNTIL)
		note_why(k, p, i, "Security Advisory 2862973",
		    "it is signed with MD5, by", c->issuer);
	else
		return true;
	return false;
}

/* Is C the anchor of a path that it ends? Its own signature says nothing. */
static bool
is_anchor(const struct choice *k, const struct sig_cert *c)
{
	const struct sig_path *p;
	size_t i;

	for (i = 0; i < k->paths->count; i++) {
		p = &k->paths->list[i];
		if (p->end == SIG_END_ANCHOR &&
		    same_name(p->anchor.subject, c->subject) &&
		    same_id(p->anchor.key_sha256, c->key_sha256))
			return true;
	}
	return false;
}

/* Does the certificate at I, which is C, have its signature from the next? */
static bool
link_holds(struct choice *k, const struct sig_path *p, size_t i,
    const struct sig_cert *c)
{
	const struct sig_step *next = &p->steps[i + 1];
	const struct sig_cert *up = sig_facts_cert(k->facts, next->cert);
	const char *weak;

	if (next->link == SIG_CHECK_GOOD && up != NULL &&
	    same_name(c->issuer, up->subject))
		return true;
	/* With a key that is of no use, nothing was checked. */
	weak = up != NULL ? weakness_of(up) : NULL;
	if (weak != NULL) {
		note_why(k, p, i + 1, "Security Advisory 2661254", weak, NULL);
		return false;
	}
	note_why(k, p, i, "RFC 5280 6.1.3", next->link == SIG_CHECK_BAD ?
	    "not signed by the certificate of" :
	    "not checked against the certificate of", c->issuer);
	return false;
}

/* Go up the path for as long as it can be trusted. */
static void
follow(struct choice *k, const struct sig_path *p)
{
	const struct sig_cert *c;
	size_t i, anchor, none = anchors_count(k->policy->anchors);

	for (i = 0; i < p->count && i < CHAIN_MAX_DEPTH; i++) {
		c = sig_facts_cert(k->facts, p->steps[i].cert);
		if (c == NULL)
			return;
		if (distrusted(k, p, i, distrust_of(k->policy, c->sha256,
		    c->key_sha256)))
			return;
		anchor = anchor_of(k, p->steps[i].cert, c);
		/* Of a root that nobody trusts, that comes first. */
		if (anchor == none && c->self_issued == SIG_SAID_YES)
			note_no_issuer(k, p, i, c);
		if (!is_anchor(k, c) && !is_signed_well(k, p, i, c))
			return;
		if (anchor == none)
			note_no_issuer(k, p, i, c);
		if (!usable(k, p, i, c))
			return;
		if (anchor != none) {
			if (!distrusted(k, p, i, distrust_of(k->policy, NULL,
			    anchors_get(k->policy->anchors,
			    anchor)->key_sha256)))
				offer(k, p, i + 1, anchor);
			return;
		}
		if (i + 1 < p->count && !link_holds(k, p, i, c))
			return;
	}
	if (i > 0 && i == p->count && p->end == SIG_END_CUT)
		note_why(k, p, i - 1, "RFC 5280 6.1.3",
		    "too many signatures to check", c->issuer);
}

void
chain_choose(const struct sig_facts *f, const struct sig_paths *paths,
    size_t leaf, const struct sig_policy *policy, enum chain_use use,
    instant at, struct chain *out)
{
	const struct sig_path *p;
	struct choice k = { .facts = f, .paths = paths, .policy = policy,
	    .use = use, .at = at, .best = out };
	size_t i;

	*out = (struct chain){ .from = INSTANT_NONE, .until = INSTANT_NONE };
	diag_set(&out->why, ST_UNTRUSTED, DIAG_NOWHERE, "RFC 5280 6.1",
	    "no path to an anchor is known");
	for (i = 0; i < paths->count && !chain_holds(out, at); i++) {
		p = &paths->list[i];
		if (p->count > 0 && p->steps[0].cert == leaf)
			follow(&k, p);
	}
	out->foreign = out->foreign && out->anchor == NULL;
}

bool
chain_holds(const struct chain *c, instant t)
{
	return c->anchor != NULL && c->from <= t && t <= c->until;
}

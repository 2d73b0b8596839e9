/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/chain.h"

#include "base/limits.h"
#include "trust/anchor_match.h"

#include <stdlib.h>

/* One search: depth first, bounded in depth and in signature checks. */
struct search {
	const struct anchors	*anchors;
	const struct cert_pool	*pool;
	enum chain_use		 use;
	instant			 at;
	unsigned		*budget;
	struct cert		*path[CHAIN_MAX_DEPTH];	/* leaf first */
	size_t			 depth;
	size_t			 why_depth;	/* where WHY was noted */
	struct chain		*best;
};

/*
 * Keep the reason of the failure that lies farthest from the leaf. MORE is
 * text that ends the sentence, or NULL; it is freed here.
 */
static void
note_why(struct search *s, const struct cert *c, const char *clause,
    const char *what, char *more)
{
	char *subject;

	if (s->best->anchor == NULL && s->depth > s->why_depth) {
		s->why_depth = s->depth;
		subject = cert_name_text(c->subject);
		diag_set(&s->best->why, ST_UNTRUSTED, c->whole.fileoff,
		    clause, "%s: %s%s%s", subject, what,
		    more != NULL ? " " : "", more != NULL ? more : "");
		free(subject);
	}
	free(more);
}

/* May C be used for what the chain is for? No extension means any use. */
static bool
use_allowed(const struct cert *c, enum chain_use use)
{
	if (!c->eku_present || cert_has_eku(c, OID_EKU_ANY))
		return true;
	if (use == CHAIN_CODE)
		return cert_has_eku(c, OID_EKU_CODE);
	return cert_has_eku(c, OID_EKU_TIME) ||
	    cert_has_eku(c, OID_EKU_MS_TIME);
}

/*
 * Rules for one certificate that do not depend on its issuer. A time
 * stamper's own purpose is not asked here: see timestamp.c.
 */
static bool
usable(struct search *s, const struct cert *c)
{
	bool ca = s->depth > 1;		/* C stands on the path already */

	if (c->odd_critical.n != 0)
		note_why(s, c, "RFC 5280 4.2", "unhandled critical extension",
		    cert_oid_text(c->odd_critical));
	else if (c->flaw != NULL)
		note_why(s, c, "RFC 5280 4.2", c->flaw, NULL);
	else if (ca && !c->ca)
		note_why(s, c, "RFC 5280 4.2.1.9", "is no CA", NULL);
	else if (ca && c->path_len >= 0 &&
	    (size_t)c->path_len < s->depth - 2)
		note_why(s, c, "RFC 5280 4.2.1.9", "path too long", NULL);
	else if (ca && c->key_usage && !c->cert_sign)
		note_why(s, c, "RFC 5280 4.2.1.3",
		    "may not sign certificates", NULL);
	else if ((ca || s->use == CHAIN_CODE) && !use_allowed(c, s->use))
		note_why(s, c, "RFC 5280 4.2.1.12", s->use == CHAIN_CODE ?
		    "is not for code signing" : "is not for time stamping",
		    NULL);
	else
		return true;
	return false;
}

/* The path as it stands ends at an anchor: is it better than the best? */
static void
offer(struct search *s, const char *anchor)
{
	struct chain new = { .anchor = anchor, .from = INSTANT_NONE,
	    .until = INSTANT_UNLIMITED };
	struct chain *best = s->best;
	size_t i;

	for (i = 0; i < s->depth; i++) {
		if (s->path[i]->not_before > new.from)
			new.from = s->path[i]->not_before;
		if (s->path[i]->not_after < new.until)
			new.until = s->path[i]->not_after;
	}
	if (best->anchor == NULL || (!chain_holds(best, s->at) &&
	    (chain_holds(&new, s->at) || new.until > best->until))) {
		new.foreign = best->foreign;
		*best = new;
	}
}

static bool
on_path(const struct search *s, const struct cert *c)
{
	size_t i;

	for (i = 0; i < s->depth; i++)
		if (s->path[i] == c)
			return true;
	return false;
}

/* A signature check that is still paid for. */
static bool
check_link(struct search *s, const struct cert *c, struct cert *issuer)
{
	if (*s->budget == 0)
		return false;
	--*s->budget;
	return cert_signed_by(c, cert_key(issuer));
}

static void	climb(struct search *s, struct cert *c);

/* Go on with every certificate that may have issued C. */
static void
climb_issuers(struct search *s, struct cert *c)
{
	struct cert *up;
	size_t i;

	for (i = 0; i < s->pool->count; i++) {
		up = &s->pool->certs[i];
		if (!slice_equal(up->subject, c->issuer) || on_path(s, up))
			continue;
		if (check_link(s, c, up))
			climb(s, up);
		else
			note_why(s, c, "RFC 5280 6.1.3",
			    *s->budget == 0 ? "too many signatures to check" :
			    "not signed by the certificate of",
			    cert_name_text(c->issuer));
		if (chain_holds(s->best, s->at))
			return;
	}
}

/* Say so when C's issuer is neither an anchor nor among the certificates. */
static void
note_no_issuer(struct search *s, const struct cert *c)
{
	size_t i;

	if (slice_equal(c->subject, c->issuer)) {
		note_why(s, c, "RFC 5280 6.1.1", "is no trust anchor", NULL);
		s->best->foreign = true;
		return;
	}
	for (i = 0; i < s->pool->count; i++)
		if (slice_equal(s->pool->certs[i].subject, c->issuer))
			return;
	note_why(s, c, "RFC 5280 6.1.3", "no certificate of its issuer",
	    cert_name_text(c->issuer));
}

static void
climb(struct search *s, struct cert *c)
{
	static const unsigned uses[] = {
		[CHAIN_CODE] = ANCHOR_CODE, [CHAIN_TIME] = ANCHOR_TIME
	};
	const char *anchor;

	if (s->depth == CHAIN_MAX_DEPTH)
		return;
	s->path[s->depth++] = c;
	anchor = anchor_match(s->anchors, c, cert_key(c), uses[s->use],
	    s->budget);
	if (anchor == NULL)
		note_no_issuer(s, c);
	if (usable(s, c)) {
		if (anchor != NULL)
			offer(s, anchor);
		else
			climb_issuers(s, c);
	}
	s->depth--;
}

void
chain_build(const struct anchors *a, const struct cert_pool *pool,
    struct cert *leaf, enum chain_use use, instant at, unsigned *budget,
    struct chain *out)
{
	struct search s = { .anchors = a, .pool = pool, .use = use, .at = at,
	    .budget = budget, .best = out };

	*out = (struct chain){ .from = INSTANT_NONE, .until = INSTANT_NONE };
	climb(&s, leaf);
	out->foreign = out->foreign && out->anchor == NULL;
}

bool
chain_holds(const struct chain *c, instant t)
{
	return c->anchor != NULL && c->from <= t && t <= c->until;
}

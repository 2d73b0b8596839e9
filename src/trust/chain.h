/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_CHAIN_H
#define ROLLCALL_TRUST_CHAIN_H

#include "base/instant.h"
#include "trust/anchors.h"
#include "trust/cert.h"

/*
 * Paths from a certificate to an anchor, through the certificates that its
 * signature brings along. Time is not judged here but handed out: the span
 * in which every certificate of the path was valid.
 */
enum chain_use { CHAIN_CODE, CHAIN_TIME };

struct chain {
	const char	*anchor;	/* its name, borrowed; NULL none */
	instant		 from, until;	/* the span; may be empty */
	struct diag	 why;		/* when there is no anchor */
	bool		 foreign;	/* none, and a path ends in a root that
					   is no anchor */
};

/*
 * In:      AT: a path valid at that instant is preferred, and else the one
 *          that ends last. *BUDGET counts signature checks down.
 * Out:     *OUT, always; OUT->anchor is NULL when no path leads to one.
 * Limits:  CHAIN_MAX_DEPTH, *BUDGET.
 */
void	chain_build(const struct anchors *a, const struct cert_pool *pool,
	    struct cert *leaf, enum chain_use use, instant at,
	    unsigned *budget, struct chain *out);

/* Is T in the span of a chain that has an anchor? */
bool	chain_holds(const struct chain *c, instant t);

#endif

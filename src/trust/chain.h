/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_CHAIN_H
#define ROLLCALL_TRUST_CHAIN_H

#include "base/instant.h"
#include "base/status.h"

#include "trust/signature.h"

#include <stdbool.h>

/*
 * The best of the paths that lead from a certificate to an anchor. Time is
 * not judged here but handed out: the span in which every certificate of the
 * path was valid.
 */
enum chain_use { CHAIN_CODE, CHAIN_TIME };

struct chain {
	const char	*anchor;	/* its name, borrowed; NULL none */
	const char	*by;		/* overlay that brought it, or without
					   one that distrusts a certificate;
					   borrowed, NULL */
	instant		 from, until;	/* the span; may be empty */
	struct diag	 why;		/* when there is no anchor */
	bool		 foreign;	/* none, and a path ends in a root that
					   is no anchor, or goes through a
					   certificate that is distrusted */
};

/*
 * In:      PATHS are those of the certificate LEAF of F. POLICY says who is
 *          trusted, and which certificates are distrusted. AT: a path valid
 *          at that instant is preferred, and else the one that ends last.
 * Out:     *OUT, always; OUT->anchor is NULL when no path leads to one.
 */
void	chain_choose(const struct sig_facts *f, const struct sig_paths *paths,
	    size_t leaf, const struct sig_policy *policy, enum chain_use use,
	    instant at, struct chain *out);

/* Is T in the span of a chain that has an anchor? */
bool	chain_holds(const struct chain *c, instant t);

#endif

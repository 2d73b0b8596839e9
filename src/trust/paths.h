/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_PATHS_H
#define ROLLCALL_TRUST_PATHS_H

#include "trust/anchors.h"
#include "trust/cert.h"
#include "trust/facts.h"

/*
 * Every path from LEAF up, through the certificates that its signature brings
 * along. Nobody's validity and no purpose is asked.
 *
 * In:      POOL has LEAF. *BUDGET counts down: one for each signature that
 *          is checked and one for each path.
 * Out:     *OUT, in F, and what it names in the table of F.
 * Limits:  CHAIN_MAX_DEPTH, *BUDGET; a path that ends SIG_END_CUT is the last.
 */
void	paths_collect(struct sig_facts *f, const struct anchors *a,
	    const struct cert_pool *pool, struct cert *leaf, unsigned *budget,
	    struct sig_paths *out);

#endif

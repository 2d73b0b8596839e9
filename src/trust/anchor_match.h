/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_ANCHOR_MATCH_H
#define ROLLCALL_TRUST_ANCHOR_MATCH_H

#include "trust/anchors.h"
#include "trust/cert.h"

/*
 * The anchor for USE that C is (same subject and key) or that signed C (its
 * subject is C's issuer). KEY is C's own, NULL if it has none that we can
 * read. *BUDGET counts signature checks down.
 *
 * Returns: the anchor's name, borrowed; NULL for none.
 */
const char	*anchor_match(const struct anchors *a, const struct cert *c,
		    EVP_PKEY *key, unsigned use, unsigned *budget);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_ANCHOR_CHECK_H
#define ROLLCALL_TRUST_ANCHOR_CHECK_H

#include "trust/anchors.h"
#include "trust/cert.h"

/*
 * Is C the anchor at I (same subject and key), or did that sign C (its
 * subject is C's issuer)? What it is trusted for is not asked. *BUDGET counts
 * signature checks down.
 *
 * Returns: SIG_CHECK_NONE when there is no budget left. An anchor that is
 *          the same as one before it is never good.
 */
enum sig_check	anchor_check(const struct anchors *a, size_t i,
		    struct cert *c, unsigned *budget);

#endif

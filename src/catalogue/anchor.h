/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_ANCHOR_H
#define ROLLCALL_CATALOGUE_ANCHOR_H

#include "base/status.h"
#include "catalogue/catalogue.h"
#include "trust/anchors.h"

/*
 * Make of an anchor of the catalogue what signatures are held against: for
 * each scan, and for the check of a catalogue, which is to find what no scan
 * could begin with.
 *
 * In:      A's hex is what the grammar takes: pairs of lower case digits.
 * Limits:  ANCHORS_MAX.
 * Returns: ST_OK; ST_MALFORMED for no name or no key; ST_LIMIT.
 */
MUST_CHECK
enum status	anchor_build(struct anchors *to, const struct cat_anchor *a,
		    struct diag *d);

/*
 * The same, for a scan, of a catalogue that was checked: its keys are known
 * to be keys.
 *
 * Returns: as above, but of the key nothing is said.
 */
MUST_CHECK
enum status	anchor_build_known(struct anchors *to,
		    const struct cat_anchor *a, struct diag *d);

#endif

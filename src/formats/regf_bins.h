/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_REGF_BINS_H
#define ROLLCALL_FORMATS_REGF_BINS_H

#include "formats/regf.h"

/*
 * Look at the headers of all bins: signature, place, and a length that ends
 * inside the hive. What is wrong is told as damage (regf_on_damage()). It
 * isolates nothing but itself: cells are found without bins, and those of a
 * bad one are as good as their own form. Bins of a dirty hive are not looked
 * at.
 *
 * Spec:    "Hive bin"
 * Returns: ST_OK, also with damage; ST_IO.
 */
MUST_CHECK
enum status	regf_check_bins(struct regf *h, struct diag *d);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_REGF_BINS_H
#define ROLLCALL_FORMATS_REGF_BINS_H

#include "formats/regf.h"

/*
 * A bin is looked at when one of its cells is first read (regf_impl.h). Who
 * wants to know of all of them, whether something is read from them or not,
 * asks for it: this takes as many reads as the hive has bins. What is wrong
 * with the signature, the place or the length of one, or that it overlaps the
 * next, is told as damage (regf_on_damage()) when it was not told before. Bins
 * of a dirty hive, written halfway, may well be bad, and are not looked at: it
 * is called dirty anyway.
 *
 * Spec:    "Hive bin"
 * Returns: ST_OK, also with damage; ST_IO.
 */
MUST_CHECK
enum status	regf_check_bins(struct regf *h, struct diag *d);

/* Tell, once, when the file is shorter than its header says. Costs nothing. */
void		regf_check_length(struct regf *h);

#endif

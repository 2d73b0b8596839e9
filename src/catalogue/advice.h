/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_ADVICE_H
#define ROLLCALL_CATALOGUE_ADVICE_H

#include "base/instant.h"
#include "catalogue/catalogue.h"

#include <stdbool.h>

/* What the catalogue says about keeping a release, as of an instant. */

/* How strongly R asks to be replaced, by what was published up to AT: before
 * the day of its next revision nobody could know better. */
enum cat_force	catalogue_force_at(const struct cat_release *r, instant at);

/* The last day of support, of the branch or else of its product; its first
 * second, or INSTANT_NONE when it is not known. */
instant		catalogue_support_end(const struct cat_branch *b);

/* Is AT past the last day of support, END? */
bool		support_ended(instant end, instant at);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/advice.h"

#include <string.h>

enum cat_force
catalogue_force_at(const struct cat_release *r, instant at)
{
	const struct cat_release *by = r->replace.by;

	/* What was published later was not known at AT. */
	if (by != NULL && by->released != INSTANT_NONE && by->released > at)
		return CAT_KEEP;
	return r->replace.force;
}

instant
catalogue_support_end(const struct cat_branch *b)
{
	return b->support_end != INSTANT_NONE ? b->support_end :
	    b->product->support_end;
}

bool
support_ended(instant end, instant at)
{
	/* The day itself is still supported. */
	return end != INSTANT_NONE && at >= end + SECONDS_A_DAY;
}

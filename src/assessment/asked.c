/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/obligations.h"

/* A result that was saved may be older than the catalogue, which looks for
 * more by now: what nobody has looked for is not known. */

static unsigned
unless_unasked(struct ask *a, unsigned unknown)
{
	if (a->j->scene->unasked == NULL)
		return ANSWER_STRUCK;
	lack(a, "%s was not looked for: scan the server again",
	    a->j->scene->unasked);
	return unknown;
}

unsigned
installed_asked(struct ask *a)
{
	return unless_unasked(a, INSTALLED_UNKNOWN);
}

unsigned
genuine_asked(struct ask *a)
{
	return unless_unasked(a, GENUINE_UNKNOWN);
}

unsigned
complete_asked(struct ask *a)
{
	return unless_unasked(a, COMPLETE_UNKNOWN);
}

unsigned
fix_asked(struct ask *a)
{
	return unless_unasked(a, FIX_UNKNOWN);
}

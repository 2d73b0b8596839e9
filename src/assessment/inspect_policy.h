/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_ASSESSMENT_INSPECT_POLICY_H
#define ROLLCALL_ASSESSMENT_INSPECT_POLICY_H

#include "assessment/inspected.h"

/* Inside of inspect*.c. */
struct inspect_policy {
	const struct catalogue *cat;
	struct anchors	*anchors;	/* owned */
	struct sig_thumbprint *thumbprints; /* owned; ids are the catalogue's */
	struct sig_distrusted *distrusted; /* owned, */
	char		**reasons;	/* and why each is; owned */
	struct sig_policy sig;		/* borrows the two */
};

/*
 * Which release is it? Fills RELEASE, BY, LISTED and NAME of *I from what
 * stands in it already.
 */
void	inspect_identify(struct inspected *i, const char *path,
	    const struct catalogue *cat);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_MATCH_H
#define ROLLCALL_CATALOGUE_MATCH_H

#include "base/version.h"
#include "catalogue/catalogue.h"

#include <stddef.h>

enum cat_match_kind {
	CAT_MATCH_NONE,
	CAT_MATCH_EXACT,	/* the build of one release */
	CAT_MATCH_RANGE,	/* three parts: all that begin with them */
	CAT_MATCH_COMPONENT,	/* of another file than ExSetup.exe */
};

/* What a build may stand for. Never the nearest: that is a neighbour. */
struct cat_match {
	enum cat_match_kind kind;
	const struct cat_release **releases;	/* owned: cat_match_fini() */
	size_t		 count;
	/* The nearest known builds, for CAT_MATCH_NONE; else NULL. */
	const struct cat_release *below, *above;
};

/* What V stands for. Out: *OUT is the caller's, for cat_match_fini(). */
void	cat_match_build(const struct catalogue *c, struct version v,
	    struct cat_match *out);

/* All releases whose build has the first PARTS parts of V: 2 is a service
 * pack of Exchange 2007 and 2010. Out: as cat_match_build(). */
void	cat_match_prefix(const struct catalogue *c, struct version v,
	    unsigned parts, struct cat_match *out);

void	cat_match_fini(struct cat_match *m);

/* "exact", "range", "component", "none" */
const char *cat_match_name(enum cat_match_kind k);

#endif

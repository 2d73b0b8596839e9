/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_ASSESSMENT_RESTS_H
#define ROLLCALL_ASSESSMENT_RESTS_H

#include "assessment/inspected.h"
#include "base/buf.h"

#include <stddef.h>

struct standing;

/*
 * The overlays that something rests on: without them it would not be said. A
 * site that has laid one over the catalogue is to see where it speaks. Names
 * are its own: those of a package are gone when it has been judged.
 */
struct rests {
	char		**by;
	size_t		 count;
};

/* Once each; NULL is none. */
void	rests_on(struct rests *r, const char *overlay);
void	rests_on_release(struct rests *r, const struct cat_release *release);
/* What brings the release, and what is newer. */
void	rests_on_standing(struct rests *r, const struct standing *s);
void	rests_on_all(struct rests *r, const struct rests *more);

/* Who trusts or distrusts its signer and time stamper. */
void	rests_on_signature(struct rests *r, const struct inspected *seen);
/* Who says which release it is. */
void	rests_on_identity(struct rests *r, const struct inspected *seen);

/* The overlay that knows one of DIGESTS as a package's of R; NULL. */
const struct cat_overlay *overlay_of_digest(const struct cat_release *r,
	    const struct digest_set *digests);

/* "; by overlay site", or as much of it as B does not say yet. */
void	put_rests(struct buf *b, const struct rests *r);

void	rests_fini(struct rests *r);

#endif

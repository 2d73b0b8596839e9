/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_WAY_H
#define ROLLCALL_CATALOGUE_WAY_H

#include "base/buf.h"
#include "base/instant.h"
#include "catalogue/catalogue.h"

#include <stdbool.h>

/*
 * What is newer than a release, as of an instant, and how it is had.
 *
 * While its branch is supported, what is newer are the later updates of the
 * branch, and newer service packs or cumulative updates of the product. Of a
 * branch out of support it is all that came out on the way to the newest
 * release that can be reached in place, of another product too. Updates of one
 * day for several branches count once, and a revision that was replaced does
 * not count.
 */
enum way_step {
	WAY_NONE,		/* nothing newer can be had */
	WAY_UPDATE,		/* an update of the branch */
	WAY_BASE,		/* a newer service pack or cumulative update */
	WAY_PRODUCT,		/* another product, in place */
	WAY_NEW_SERVER,		/* another product, on a new server */
};

struct way {
	const struct cat_release *newest; /* that can be reached in place; NULL
					   where nothing is newer */
	bool		 closed;	/* the branch is out of support */
	size_t		 updates, security; /* that are missing */
	size_t		 bought;	/* that only a program brings */
	instant		 since;		/* the first of them, */
	instant		 security_since; /* of those; INSTANT_NONE */
	bool		 urgent;	/* one cures what an update had to be
					   released again for */
	const char	**cves;		/* owned; ids of the catalogue */
	const struct cat_release **cures; /* the first that cures each */
	size_t		 cve_count;
	bool		 all_cves;	/* no other ones are cured */
	enum way_step	 step;		/* the next one to take, */
	const struct cat_release *to;	/* and where; NULL for WAY_NONE */
	const struct cat_release *then;	/* update to install on top; NULL */
	const struct cat_upgrade *upgrade; /* of WAY_BASE and on; or NULL */
	const struct cat_overlay **overlays; /* owned; that brought some of
					   what is missing */
	size_t		 overlay_count;
	const struct cat_release *beside; /* newer than what the step leads to,
					   and its KB is not known; or NULL */
};

/*
 * In:      R has a branch; ESU: updates of programs can be had.
 * Out:     *W is the caller's, for way_fini().
 */
void		way_find(const struct catalogue *c,
		    const struct cat_release *r, instant at, bool esu,
		    struct way *w);
void		way_fini(struct way *w);

/* Does R cure CVE? */
bool		release_cures(const struct cat_release *r, const char *cve);

/* Does a service pack or cumulative update make its own branch of R? */
bool		release_makes_branch(const struct cat_release *r);

/* Can R be had: has it a KB, or a package of a name? */
bool		release_can_be_had(const struct cat_release *r);

/* The end of support of B at AT. An older branch of a product that names none
 * for its branches has none that is known. */
instant		way_support_end(const struct catalogue *c,
		    const struct cat_branch *b, instant at);

/* The program that has updates for B at AT; NULL for none. */
const struct cat_program *way_program(const struct cat_branch *b,
		    instant at);

/* "install RTM Sep26SUv2 (KB5129955)", of a server with R. */
void		put_step(struct buf *b, const struct way *w,
		    const struct cat_release *r);

/* How old a catalogue is, for who asks whether anything is newer. */
enum cat_age {
	CAT_STALE,		/* two days for updates have passed */
	CAT_AS_OF,		/* one has */
	CAT_FRESH,
};

/*
 * Updates come on second Tuesdays; two days later a catalogue that was not
 * refreshed lacks them.
 *
 * In:      DAYS, if not negative, from KNOWN_UNTIL on take the place of the
 *          second Tuesday for CAT_STALE.
 */
enum cat_age	way_age(instant known_until, instant at, int days);

/* From when on that is CAT_STALE, without DAYS. */
instant		way_stale_from(instant known_until);

/* Has R, at AT, the fault? */
bool		issue_concerns(const struct catalogue *c,
		    const struct cat_issue *x, const struct cat_release *r,
		    instant at);

/* The release that cures the fault of R; NULL for none that is known. */
const struct cat_release *issue_cure(const struct catalogue *c,
		    const struct cat_issue *x, const struct cat_release *r);

#endif

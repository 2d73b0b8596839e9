/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_STANDING_H
#define ROLLCALL_CATALOGUE_STANDING_H

#include "base/buf.h"
#include "base/instant.h"
#include "catalogue/catalogue.h"
#include "catalogue/way.h"

#include <stdbool.h>

/*
 * How a release stands, as of an instant: is anything newer to be had, and is
 * its branch supported? Whoever says so of a server, of a build or of a web
 * answer says it by these.
 */
struct standing_options {
	instant		 at;
	bool		 esu;		/* updates of programs can be had */
	int		 max_age;	/* of the catalogue in days; negative:
					   its own rule, see way_age() */
};

enum standing_current {
	STANDING_UNKNOWN,
	STANDING_YES,		/* the newest of its branch */
	STANDING_FINAL,		/* the last of its product, ever */
	STANDING_BEHIND,
};

struct standing {
	const struct cat_release *release;
	instant		 at;
	instant		 known_until;	/* of the catalogue */
	struct way	 way;
	instant		 until;		/* last day of support, or of PROGRAM */
	const struct cat_program *program; /* puts it off; or NULL */
	enum cat_age	 age;
	bool		 early;		/* AT is before the release's day */
	bool		 beneath;	/* something newer is known, and what
					   lies on top leaves no build */
	enum standing_current current;
};

/* R's standing. Out: *S is the caller's, for standing_fini(). */
void		standing_find(const struct catalogue *c,
		    const struct cat_release *r,
		    const struct standing_options *o, struct standing *s);
void		standing_fini(struct standing *s);

/*
 * The end of support that counts, and the program that puts it off.
 *
 * In:      B may be NULL: the product P, which may be NULL too, counts then.
 * Out:     *PROGRAM; NULL for none.
 * Returns: the last day; INSTANT_NONE when it is not known.
 */
instant		standing_support(const struct catalogue *c,
		    const struct cat_branch *b, const struct cat_product *p,
		    const struct standing_options *o,
		    const struct cat_program **program);

/* The age of C for who asks of a branch of P with this END: what gets no
 * updates any more, of a program neither, has none that could be missed. P may
 * be NULL. */
enum cat_age	standing_age(const struct catalogue *c,
		    const struct cat_product *p, instant end,
		    const struct standing_options *o);

/* Did R come out on a later day than AT? Whoever has it, what is newer cannot
 * be told of a day on which nobody had it. */
bool		standing_is_early(const struct cat_release *r, instant at);

/* "RTM Oct26SU came out on 2026-10-13, after the day that is asked for". */
void		put_early(struct buf *b, const struct cat_release *r);

/* Is R the last of its product, and will nothing come out for it any more,
 * for those either who take part in a program? */
bool		standing_is_final(const struct catalogue *c,
		    const struct cat_release *r, instant at);

/* What it lacks of CVEs that a standing is asked for. */
enum standing_cve {
	STANDING_CVE_UNKNOWN,	/* the catalogue does not tell */
	STANDING_CVE_OPEN,	/* what cures it is newer */
	STANDING_CVE_CURED,
	STANDING_CVE_NEEDS,	/* cured by more than the update */
};

/*
 * Is CVE, in any letter case, open with the release of S?
 *
 * Out:     *BY cures it: the first of the branch, or the first on the way;
 *          NULL when that is not known. *NEED: what it takes besides, or
 *          NULL.
 */
enum standing_cve standing_cve(const struct catalogue *c,
		    const struct standing *s, const char *cve,
		    const struct cat_release **by,
		    const struct cat_need **need);

/* What curing CVE takes besides an update; NULL for nothing. */
const struct cat_need *standing_need(const struct catalogue *c,
		    const char *cve);

/* "yes", "final", "behind", "unknown"; "open", ...: never NULL. */
const char	*standing_current_name(enum standing_current s);
const char	*standing_cve_name(enum standing_cve s);

/* "8 updates, 7 of them security updates, since 2025-09-08; 18 CVEs, at
 * least". */
void		put_behind(struct buf *b, const struct way *w);

/* "; 15.2.2562.56 of 2026-10-13 is known as well, and no KB of it"; nothing
 * where nothing is. */
void		put_beside(struct buf *b, const struct way *w);

/* "8 behind, 7 of them security: install ...", of a server with R. */
void		put_advance(struct buf *b, const struct way *w,
		    const struct cat_release *r);

/* "; as of 2026-10-15", unless AGE is that of a fresh catalogue. */
void		put_as_of(struct buf *b, instant known_until,
		    enum cat_age age);

/* "Exchange 2019 CU13 ended on 2024-11-27, Exchange 2019 on 2025-10-14". P
 * and B may be NULL. */
void		put_ends(struct buf *b, const struct cat_product *p,
		    const struct cat_branch *br, instant until, instant at);

/* What follows "yes: ", "behind: ", ...; and "ended: ", .... */
void		put_current(struct buf *b, const struct standing *s);
void		put_supported(struct buf *b, const struct standing *s);

/* "yes", "extended", "ended" or "unknown". */
const char	*standing_supported_name(const struct standing *s);

#endif

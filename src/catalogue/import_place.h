/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_IMPORT_PLACE_H
#define ROLLCALL_CATALOGUE_IMPORT_PLACE_H

#include "catalogue/catalogue.h"
#include "catalogue/import.h"
#include "catalogue/import_merge.h"

/* Inside the import only: where a release goes that no catalogue has. */
struct import_place {
	const struct cat_branch *branch;
	bool		 begins;	/* BRANCH, which is new */
	enum cat_kind	 kind;
	char		 label[48];	/* "CU23 Nov24SUv2" */
	char		 id[64];	/* "2016-cu23-nov24su-v2" */
	unsigned	 revision;
	/* Where it has no place. */
	const struct cat_release *other; /* that has it; or NULL */
	const char	*why;		/* static */
};

/*
 * By build and by name, which have to agree: in a branch of the catalogue, or
 * in one that M begins.
 *
 * Out:     *OUT; of its texts only OTHER and WHY when it is false.
 */
bool	import_place(const struct import_merged *m,
	    const struct import_row *row, struct import_place *out);

/*
 * Does ROW begin a branch? It has to be the cumulative update that comes next
 * of the newest product, newer by build than all that there is, with a whole
 * day, and of a list of Microsoft's. Others, which were long to come, are
 * added by hand.
 *
 * Out:     *OUT; the arena of M owns what it points to.
 */
bool	import_begins(struct import_merged *m, const struct import_row *row,
	    struct import_branch *out);

/* Is NAME that of a product and branch, and that one B? */
bool	import_is_branch(const struct import_merged *m, const char *name,
	    const struct cat_branch *b);

/* What in NAME does not fit R ("the rollup"), static; NULL when it can be
 * what NAME speaks of. */
const char *import_misfit(const struct catalogue *c, const char *name,
	    const struct cat_release *r);

/* The program of B's product that alone gets what came out on DATE: its id,
 * "" for none. */
const char *import_program(const struct cat_branch *b, const char *date);

/* "2016-cu23-nov24su" of the second revision of it. false without room. */
bool	import_before(const char *id, unsigned revision, char *out,
	    size_t size);

/* "CVE-2026-21527", "ADV180010": as the grammar has them. */
bool	import_is_cve(const char *text);

#endif

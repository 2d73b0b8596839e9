/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_QUERY_PARTS_H
#define ROLLCALL_CATALOGUE_QUERY_PARTS_H

#include "catalogue/query.h"
#include "catalogue/terms.h"

/* Inside the queries only: what query.c makes of words, for query_line.c. */

/* What the label of a release says, read when it is first needed. */
struct label {
	bool		 read;
	struct terms	 terms;
};

struct query_asker {
	const struct catalogue *c;
	struct label	*labels;	/* indexed like the releases */
};

/* TEXT is of plain_text(), without blanks around it, and understood whole. */
void	query_plain(struct query_asker *q, struct query_answer *a,
	    const char *text);

/* Ask for the KB of T, which the rest of it must fit. */
void	query_kb(struct query_asker *q, struct query_answer *a,
	    const struct terms *t);

/* Does T name something of a server as well, which the service has not? */
bool	query_names_server(const struct terms *t);

/* Leave of A what fits T; say so where that is nothing. NUMBER was asked. */
void	query_sift(struct query_asker *q, struct query_answer *a,
	    const struct terms *t, const char *number);

/* The CVEs that were asked for: of what was found besides, is it open? */
void	query_keep_cves(struct query_answer *a, const struct terms *t);

/* Words may have said more than "at least". */
void	query_keep_least(struct query_answer *a);

/* No release, after all. */
void	query_drop(struct query_answer *a);

#endif

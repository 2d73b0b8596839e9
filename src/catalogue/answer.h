/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_ANSWER_H
#define ROLLCALL_CATALOGUE_ANSWER_H

#include "catalogue/query.h"

/* Inside the queries only: an answer in the making. query_answer_free() ends
 * it. */

/* An empty answer to TEXT. Never NULL. */
struct query_answer *answer_new(const char *text);

void	answer_add(struct query_answer *a, const struct cat_release *r);

/* Exchange all that A and B say; each keeps its question. */
void	answer_swap(struct query_answer *a, struct query_answer *b);

/* One more sentence of the note. */
void	answer_note(struct query_answer *a, const char *fmt, ...)
	    PRINTF_LIKE(2, 3);

/* After a package was found, by its name or by what that says. */
void	answer_note_shared_name(struct query_answer *a);

/* Nothing is added any more: hold to QUERY_MAX_RELEASES. Returns A. */
struct query_answer *answer_done(struct query_answer *a);

#endif

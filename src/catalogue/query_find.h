/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_QUERY_FIND_H
#define ROLLCALL_CATALOGUE_QUERY_FIND_H

#include "catalogue/query.h"

/* Inside the queries only: an answer in the making. */

void	answer_add(struct query_answer *a, const struct cat_release *r);

/* One more sentence of the note. */
void	answer_note(struct query_answer *a, const char *fmt, ...)
	    PRINTF_LIKE(2, 3);

/* All that builds say: exact, a range of three parts, a component, or the
 * neighbours. IN_HEADER: the build of a transport header. */
void	answer_build(struct query_answer *a, const struct catalogue *c,
	    struct version v, bool in_header);

/* What a KB is when no release has it. */
void	answer_kb_elsewhere(struct query_answer *a,
	    const struct catalogue *c, const char *digits);

/* Packages by file name: of releases, of Windows, of other products. */
bool	answer_package_name(struct query_answer *a,
	    const struct catalogue *c, const char *name);

/* After a package was found, by its name or by what that says. */
void	note_shared_name(struct query_answer *a);

void	answer_patch_code(struct query_answer *a, const struct catalogue *c,
	    const char *code);
void	answer_digest(struct query_answer *a, const struct catalogue *c,
	    const char *hex);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_QUERY_FIND_H
#define ROLLCALL_CATALOGUE_QUERY_FIND_H

#include "catalogue/query.h"

/* Active Directory adds this to the third part (serialNumber). */
#define DIRECTORY_ADDS	30000

/* Inside the queries only: what the catalogue has, put into an answer. */

/* All that builds say: exact, a range of three parts, a component, or the
 * neighbours. IN_HEADER: the build of a transport header. */
void	query_find_build(struct query_answer *a, const struct catalogue *c,
	    struct version v, bool in_header);

/* A build as the directory writes it (AdminDisplayVersion, serialNumber),
 * which proves a service pack or cumulative update, or "at least". */
void	query_find_display(struct query_answer *a, const struct catalogue *c,
	    struct version v);

/* What a KB is when no release has it. */
void	query_find_kb_elsewhere(struct query_answer *a,
	    const struct catalogue *c, const char *digits);

/* Packages by file name: of releases, of Windows, of other products. */
bool	query_find_package(struct query_answer *a,
	    const struct catalogue *c, const char *name);

/* The releases that name a CVE, and what it takes besides. */
void	query_find_cve(struct query_answer *a, const struct catalogue *c,
	    const char *cve);

void	query_find_patch_code(struct query_answer *a, const struct catalogue *c,
	    const char *code);
void	query_find_digest(struct query_answer *a, const struct catalogue *c,
	    const char *hex);

#endif

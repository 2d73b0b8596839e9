/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_QUERY_ERROR_H
#define ROLLCALL_CATALOGUE_QUERY_ERROR_H

#include "catalogue/query.h"

/* Inside the queries only: TEXT is an error of Windows Installer or of setup,
 * by its number or its words, and A says what it means. Returns: false, and A
 * untouched, when it is none. */
bool	query_find_error(struct query_answer *a, const struct catalogue *c,
	    const char *text);

/* Likewise, where one is a sentence of a longer TEXT, as logs have it, that
 * names no build and no KB; one that the catalogue does not explain is none. */
bool	query_find_error_within(struct query_answer *a,
	    const struct catalogue *c, const char *text);

#endif

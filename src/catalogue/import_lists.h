/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_IMPORT_LISTS_H
#define ROLLCALL_CATALOGUE_IMPORT_LISTS_H

#include "catalogue/import.h"
#include "json/jsonin.h"

/* Inside the import only: readers of one form each. */

/* A row of a list, from the texts of its cells.
 * Returns: ST_OK; ST_LIMIT. */
MUST_CHECK
enum status	import_list_row(struct import *im,
		    const struct import_source *s, unsigned line,
		    const char *name, const char *build, const char *date,
		    const char *link, struct diag *d);

/* The vulnerabilities of a CSAF document and what cures them.
 * Returns: ST_OK; ST_MALFORMED; ST_LIMIT. */
MUST_CHECK
enum status	import_csaf(struct import *im, const struct import_source *s,
		    struct jsonin *in, struct diag *d);

#endif

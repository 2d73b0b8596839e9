/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_CSVFILE_H
#define ROLLCALL_FORMATS_CSVFILE_H

#include "base/slice.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>

#define CSVFILE_CELLS	32	/* of a row that are kept */

/*
 * Rows of text, as spreadsheets write them: cells parted by comma, semicolon
 * or tab, whichever comes first outside of comments; quoted where they need
 * it. A line of one word is a row of one cell.
 *
 * Spec:    RFC 4180
 */
struct csvfile {
	struct slice	 s;
	size_t		 at;
	char		 between;	/* cells; NUL: no more than one */
	unsigned	 line;		/* of the row that was read last */
	unsigned	 next_line;
};

struct csvfile_row {
	char		*cells[CSVFILE_CELLS];	/* without white space around
						   them; owned */
	size_t		 count;
};

/* In:      S is UTF-8 (textfile_utf8()), and lives as long as F. */
void		csvfile_init(struct csvfile *f, struct slice s);

/*
 * The next row that is not empty and does not begin with '#'.
 *
 * Out:     *ROW is the caller's, for csvfile_row_fini(); COUNT 0 at the end.
 * Limits:  CSVFILE_CELLS; more are passed over.
 * Returns: ST_OK; ST_MALFORMED for a quote that does not end, and for a NUL.
 */
MUST_CHECK
enum status	csvfile_next(struct csvfile *f, struct csvfile_row *row,
		    struct diag *d);
void		csvfile_row_fini(struct csvfile_row *row);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_TEXTLINES_H
#define ROLLCALL_FORMATS_TEXTLINES_H

#include "base/buf.h"
#include "base/source.h"
#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Lines of a text file of any size, as programs of Windows write their logs:
 * UTF-8, UTF-16 of either order, or bytes of the system's code page. A mark at
 * the beginning tells; without one, NULs in one half of the first two
 * characters do. Nothing but a window of the file is held.
 */
struct textlines;

/* SRC outlives the reader. Returns: the caller's, for textlines_free(). */
struct textlines *textlines_new(struct source src);
void		textlines_free(struct textlines *t);	/* NULL is fine */

/*
 * Go on at OFF, which is the beginning of a line or anywhere: then with what
 * is left of its line.
 */
void		textlines_seek(struct textlines *t, uint64_t off);

/*
 * The next line, up to TO (bytes from the start of the file) at the most.
 *
 * Out:     *LINE is cleared, and the line put there as UTF-8 without its end,
 *          NULs and blanks behind it. Bytes that are not UTF-8 count as
 *          Windows-1252.
 * Limits:  TEXTLINES_MAX_LINE; the rest of a longer line is left out.
 * Returns: ST_OK; ST_ABSENT at TO or the end; ST_IO.
 */
MUST_CHECK
enum status	textlines_next(struct textlines *t, uint64_t to,
		    struct buf *line, struct diag *d);

/*
 * The last line that begins at or behind FROM and before TO, has PART in it
 * and is what IS says.
 *
 * In:      PART is plain ASCII; IS gets the beginning of the line.
 * Out:     *OFF is where it begins.
 * Limits:  PART stands in the first TEXTLINES_MAX_HEAD bytes of its line.
 * Returns: ST_OK; ST_ABSENT; ST_IO.
 */
MUST_CHECK
enum status	textlines_last(struct textlines *t, uint64_t from, uint64_t to,
		    const char *part, bool (*is)(const char *line),
		    uint64_t *off, struct diag *d);

#endif

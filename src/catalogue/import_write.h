/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_IMPORT_WRITE_H
#define ROLLCALL_CATALOGUE_IMPORT_WRITE_H

#include "base/buf.h"
#include "catalogue/import_merge.h"

/*
 * An overlay of what M takes, which catalogue_overlay() reads: the same bytes
 * for the same M, name and day.
 *
 * In:      AT is the day of issue.
 * Out:     appended to OUT; the lines of each addition are noted in M.
 */
void	import_write_overlay(struct import_merged *m, const char *name,
	    instant at, struct buf *out);

/*
 * The catalogue XML, which is that of M, with what M takes in its places, and
 * serial and day raised; nothing else is touched, and nothing at all where M
 * takes nothing.
 *
 * Out:     appended to OUT.
 * Returns: ST_OK; ST_MALFORMED when XML is laid out as no catalogue is that
 *          this was made for; ST_LIMIT when its serial cannot be raised.
 */
MUST_CHECK
enum status	import_write_whole(const struct import_merged *m,
		    struct slice xml, instant at, struct buf *out,
		    struct diag *d);

/* Inside the import only: pieces of both, INDENT columns in. */
void	import_write_source(const struct import_merged *m,
	    const struct import_source *s, struct buf *out);
void	import_write_release(const struct import_addition *a, int indent,
	    struct buf *out);
void	import_write_cves(const char *const *known, size_t known_count,
	    const struct import_texts *more, const char *attributes,
	    int indent, struct buf *out);
void	import_write_replace(const struct import_addition *a, int indent,
	    struct buf *out);
void	import_write_packages(const struct import_addition *a, int indent,
	    struct buf *out);
void	import_write_patches(const struct import_addition *a, int indent,
	    struct buf *out);

/* "CSV.3f2a MD.77aa". */
void	import_write_refs(const struct import_refs *refs, struct buf *out);

/* Does anything that is taken rest on S? */
bool	import_uses(const struct import_merged *m,
	    const struct import_source *s);

#endif

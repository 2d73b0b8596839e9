/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_IMPORT_H
#define ROLLCALL_CATALOGUE_IMPORT_H

#include "base/arena.h"
#include "base/instant.h"
#include "base/limits.h"
#include "base/slice.h"
#include "base/status.h"
#include "base/version.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What lists and documents of others say about releases, on its way into a
 * catalogue. Readers add rows; import_merge.h holds them against what is
 * known, and import_write.h writes what is taken.
 *
 * A row says what its source says, and no more: what it does not say is ""
 * or 0. Whether that is so, nobody has looked at yet.
 */

/* A document that was read. */
struct import_source {
	const char	*id;		/* "CSV.3f2a9c01d2e4f607": of its kind
					   and its digest, so that it is the
					   same wherever it is read again */
	const char	*title;
	const char	*where;		/* its name or address, and digest */
	const char	*name;		/* that the user gave it */
	const char	*confidence;	/* of what it alone says: "low" */
	bool		 microsoft;	/* a form that Microsoft publishes */
	bool		 whole;		/* a list that means to have them all */
	bool		 dates;		/* its days are those of releases */
};

/* A package, or the payload around one. */
struct import_digest {
	const char	*package;	/* file name */
	uint64_t	 size;		/* 0: not said */
	const char	*algorithm;	/* "sha256", "sha1"; static */
	const char	*hex;		/* lower case */
};

/* A list of texts that grows. */
struct import_texts {
	const char	**items;
	size_t		 count;
};

/* A release, as one source has it. */
struct import_row {
	const struct import_source *source;
	unsigned	 line;		/* of the document; 0: it has none */
	const char	*name;		/* in the words of the source */
	const char	*dated;		/* what it would be called by its day,
					   where NAME says no more than of
					   which branch it is; or "" */
	struct version	 build;		/* of ExSetup.exe */
	const char	*date;		/* "2026-08-11", "2026-08" */
	const char	*odd_date;	/* what stands there and is no day */
	const char	*kb;		/* "KB5121573" */
	const char	*bulletin;	/* "MS12-058" */
	struct import_texts cves;	/* "CVE-2026-21527" */
	struct import_texts supersedes;	/* KBs */
	struct import_texts patches;	/* patch codes: "{...}", upper case */
	struct import_digest *digests;
	size_t		 digest_count;
};

/* All that was read. Empty when zero. */
struct import {
	struct arena	 arena;		/* owns the texts */
	struct import_source **sources;
	size_t		 source_count;
	struct import_row **rows;	/* in the order of reading */
	size_t		 row_count;
};

void	import_fini(struct import *im);

/*
 * A document that is read next.
 *
 * In:      KIND begins its id ("CSV"), NAME is what the user calls it; DOC is
 *          all of it, or the digest of it is SHA256 (hex), which is not NULL
 *          then.
 * Out:     one that was read before, when it is the same by its digest: its
 *          rows are there already, and *AGAIN is true.
 */
struct import_source *import_add_source(struct import *im, const char *kind,
	    const char *title, const char *name, struct slice doc,
	    const char *sha256, bool *again);

/*
 * One more row of SOURCE, of which nothing is said yet.
 *
 * Limits:  IMPORT_MAX_ROWS.
 * Returns: ST_OK; ST_LIMIT.
 */
MUST_CHECK
enum status	import_add_row(struct import *im,
		    const struct import_source *source, unsigned line,
		    struct import_row **out, struct diag *d);

/*
 * One more text of a list, unless it is there.
 *
 * Limits:  IMPORT_MAX_TEXTS of one row.
 * Returns: ST_OK; ST_LIMIT.
 */
MUST_CHECK
enum status	import_add_text(struct import *im, struct import_texts *list,
		    const char *text, struct diag *d);

/* One more digest of ROW. Limits, Returns: as import_add_text(). */
MUST_CHECK
enum status	import_add_digest(struct import *im, struct import_row *row,
		    const struct import_digest *digest, struct diag *d);

/* A copy that lives as long as IM, cleaned for people and for XML: no more
 * than IMPORT_MAX_TEXT bytes, white space as single spaces, none at its
 * ends, and "?" for what no line can hold. */
const char	*import_text(struct import *im, const char *text);

/*
 * A day as a source writes it: "8/11/2026", "August 11, 2026", "Aug. 2026",
 * "2026-08-11T07:00:00.000Z".
 *
 * Out:     OUT is "2026-08-11", or "2026-08" where no day is said.
 * Returns: false for what is none, and for days that the calendar lacks.
 */
bool		import_date(const char *text, char out[11]);

/* "KB2756485" of "2756485", "kb2756485v2", ".../help/2756485"; NULL. */
const char	*import_kb(struct import *im, const char *text);

/*
 * Read a document that is text: Microsoft's list of builds (CSV), its page
 * (Markdown), a list of builds and names in JSON that is not Microsoft's, or
 * a CSAF document of MSRC (JSON).
 *
 * Spec:    RFC 4180; GitHub Flavored Markdown, "Tables"; RFC 8259; CSAF 2.0
 * In:      NAME is what the user calls it; DOC is all of it.
 * Limits:  IMPORT_MAX_BYTES, IMPORT_MAX_ROWS, IMPORT_MAX_TEXTS; those of
 *          JSON.
 * Returns: ST_OK, and what it has is in IM; ST_UNSUPPORTED when it is none
 *          that is known; ST_MALFORMED; ST_LIMIT. D names the line.
 */
MUST_CHECK
enum status	import_read(struct import *im, const char *name,
		    struct slice doc, struct diag *d);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_JSON_JSONTAPE_H
#define ROLLCALL_JSON_JSONTAPE_H

#include "base/slice.h"
#include "base/status.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A JSON document that may be hostile, as a tape: its values in the order in
 * which they begin, 24 bytes each, and their text behind one another. Below
 * the reader (jsonin.h), which is what others use.
 *
 * Not read with a library: a tree of small allocations takes up to eighty
 * times the bytes of a document, and forgets where each value stood.
 */

enum jsontape_kind {
	JSONTAPE_NONE,			/* there is no such value */
	JSONTAPE_NULL,
	JSONTAPE_BOOL,
	JSONTAPE_INTEGER,		/* within JSONTAPE_INTEGER_MAX */
	JSONTAPE_NUMBER,		/* any other: 1.5, 1e3, 2^53 + 1 */
	JSONTAPE_TEXT,
	JSONTAPE_ARRAY,
	JSONTAPE_OBJECT,
};

/* What every reader of JSON keeps exactly: 2^53, either sign. */
#define JSONTAPE_INTEGER_MAX	INT64_C(9007199254740992)

#define JSONTAPE_ROOT		1u	/* node 0 is of no value */
#define JSONTAPE_NAMELESS	UINT32_MAX

struct jsontape_node {
	uint32_t	off;		/* in the document */
	uint32_t	next;		/* behind it and what is in it; 0 while
					 * that is being read */
	uint32_t	name;		/* of a member, in TEXT */
	uint16_t	hash;		/* of that name */
	uint8_t		kind;		/* enum jsontape_kind */
	union {
		int64_t	 integer;	/* of a bool too */
		struct {
			uint32_t at, len;	/* in TEXT, its NUL behind */
		}	 text;
		uint32_t count;		/* what is in an array or object */
	};
};

struct jsontape {
	struct slice	 doc;		/* borrowed */
	uint64_t	 line;		/* on which DOC begins, from 1 */
	struct jsontape_node *node;
	size_t		 count;
	char		*text;		/* as long as DOC: no less takes it */
	size_t		 used;
};

/*
 * Read one document, strictly: no comments, no comma at the end, no text
 * with a NUL or with half of a surrogate pair, nothing behind it. A byte
 * order mark before it is skipped.
 *
 * Spec:    RFC 8259; RFC 7493 2.3 (no name twice in one object)
 * In:      DOC begins on LINE of its file; it must outlive the tape.
 * Out:     *T is to be given to jsontape_fini(), in any case.
 * Limits:  JSON_MAX_BYTES, JSON_MAX_DEPTH, JSON_MAX_VALUES,
 *          JSON_MAX_MEMBERS.
 * Returns: ST_OK; ST_MALFORMED; ST_LIMIT. D names line and pointer.
 */
MUST_CHECK
enum status	jsontape_read(struct slice doc, uint64_t line,
		    struct jsontape *t, struct diag *d);
void		jsontape_fini(struct jsontape *t);

/*
 * Say what is wrong OFF bytes into the document, at a node or, where NAME is
 * not NULL, at the member of it that is not there.
 *
 * Spec:    RFC 6901 (the pointer); one that is too long is cut
 * Returns: ST.
 */
enum status	jsontape_complain(const struct jsontape *t, enum status st,
		    uint32_t node, const char *name, size_t off,
		    struct diag *d, const char *fmt, va_list ap)
		    PRINTF_LIKE(7, 0);

#endif

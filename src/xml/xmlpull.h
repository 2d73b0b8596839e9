/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_XML_XMLPULL_H
#define ROLLCALL_XML_XMLPULL_H

#include "base/source.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * A document that is too large for a tree, element by element: its start
 * tags and its end tags in their order, and the attributes of the one at
 * which it stands. Text between them is passed over. As hostile as that of
 * xml.h: no document type, no entities but the five of XML, nothing fetched,
 * nothing printed; and no more memory for a long document than for a short
 * one.
 */
struct xmlpull;

enum xmlpull_at {
	XMLPULL_DONE,			/* behind the root element */
	XMLPULL_START,
	XMLPULL_END,			/* of an empty element too */
};

/*
 * In:      SRC outlives *OUT; it is UTF-8, whatever the document says.
 * Out:     *OUT is the caller's, for xmlpull_free().
 * Returns: ST_OK; ST_LIMIT (XMLPULL_MAX_BYTES); ST_IO.
 */
MUST_CHECK
enum status	xmlpull_new(const struct source *src, struct xmlpull **out,
		    struct diag *d);
void		xmlpull_free(struct xmlpull *x);	/* NULL is fine */

/*
 * Go on to the next tag.
 *
 * Limits:  XML_MAX_DEPTH, XML_MAX_ATTRIBUTES, XMLPULL_MAX_RUN.
 * Returns: ST_OK; ST_MALFORMED (not well formed, not UTF-8, a document type,
 *          an unknown entity); ST_LIMIT; what the source said. D names the
 *          line. After a failure, the same again.
 */
MUST_CHECK
enum status	xmlpull_next(struct xmlpull *x, enum xmlpull_at *at,
		    struct diag *d);

/* Of the element of the tag, borrowed until the next one: its name without
 * prefix, its namespace ("" for none), how many elements it is in. */
const char	*xmlpull_name(const struct xmlpull *x);
const char	*xmlpull_namespace(const struct xmlpull *x);
size_t		 xmlpull_depth(const struct xmlpull *x);
unsigned	 xmlpull_line(const struct xmlpull *x);

/* Value of an attribute that is in no namespace; NULL when it is absent. */
const char	*xmlpull_attr(const struct xmlpull *x, const char *name);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_XML_XML_H
#define ROLLCALL_XML_XML_H

#include "base/buf.h"
#include "base/slice.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * XML that may be hostile, as a tree that is only read. There is no document
 * type, so there are no entities but the five of XML itself; nothing is ever
 * fetched; nothing is printed. The elements of a tree, their attributes and
 * their text die with the document. Text is UTF-8, whatever the document
 * says of itself.
 */
struct xml_doc;
struct xml_node;		/* an element */

/*
 * Read a document.
 *
 * In:      XML is the document, whole; it is not needed afterwards.
 * Out:     *OUT is the caller's, for xml_free().
 * Limits:  XML_MAX_BYTES, XML_MAX_DEPTH, XML_MAX_NODES,
 *          XML_MAX_ATTRIBUTES.
 * Returns: ST_OK; ST_MALFORMED (not well formed, not UTF-8, a document type,
 *          an unknown entity); ST_LIMIT. D names the line.
 */
MUST_CHECK
enum status	xml_parse(struct slice xml, struct xml_doc **out,
		    struct diag *d);
void		xml_free(struct xml_doc *doc);	/* NULL is fine */

/*
 * The same, several times as fast, of text that is part of the program and
 * not input: that it is well formed is for its tests to show.
 *
 * Returns: as xml_parse(), which reads what is not plain.
 */
MUST_CHECK
enum status	xml_parse_plain(struct slice xml, struct xml_doc **out,
		    struct diag *d);

/*
 * Hold a document to a RELAX NG grammar. It is read with the same care and
 * the same limits as by xml_parse(), which may be called afterwards.
 *
 * Spec:    RELAX NG specification (OASIS, 2001-12-03), XML syntax
 * In:      GRAMMAR is part of the program, not input.
 * Returns: as xml_parse(), ST_MALFORMED also for what is not of the grammar;
 *          ST_UNSUPPORTED when GRAMMAR is no grammar.
 */
MUST_CHECK
enum status	xml_validate(struct slice xml, struct slice grammar,
		    struct diag *d);

const struct xml_node *xml_root(const struct xml_doc *doc);

/* The first element inside, and the next one beside; NULL for none. */
const struct xml_node *xml_child(const struct xml_node *node);
const struct xml_node *xml_next(const struct xml_node *node);

/* Name without prefix; the namespace, "" for none; the line on which the
 * start tag begins. */
const char	*xml_name(const struct xml_node *node);
const char	*xml_namespace(const struct xml_node *node);
unsigned	 xml_line(const struct xml_node *node);

/* Value of an attribute that is in no namespace; NULL when it is absent. */
const char	*xml_attr(const struct xml_node *node, const char *name);

/* Append the text directly inside NODE, not that of its children, without
 * white space in front. False when OUT is full. */
bool		 xml_text(const struct xml_node *node, struct buf *out);

#endif

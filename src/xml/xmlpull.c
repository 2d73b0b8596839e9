/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "xml/xmlpull.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "xml/parser.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define CLAUSE		"XML 1.0"
#define COMPLAINT_MAX	400	/* bytes of libxml2's words that are kept */
#define DOCTYPE		"<!D"

struct xmlpull {
	const struct libxml_calls *xml;
	struct source	 src;
	uint64_t	 read;		/* bytes of it */
	xmlTextReader	*reader;
	const xmlNode	*node;		/* of the tag */
	size_t		 depth;
	bool		 empty;		/* its end tag comes by itself */
	/* What the bytes so far end with. */
	size_t		 run;		/* bytes from the last "<" on */
	size_t		 equals;	/* "=" among them */
	size_t		 doctype;	/* bytes of DOCTYPE */
	/* The first complaint, which stays. */
	enum status	 st;
	struct diag	 d;
};

static void
complain(struct xmlpull *x, enum status st, int line, const char *what)
{
	size_t len = strcspn(what, "\r\n");

	if (x->st == ST_OK)
		x->st = diag_set(&x->d, st, DIAG_NOWHERE, CLAUSE,
		    "line %d: %.*s", line,
		    (int)(len < COMPLAINT_MAX ? len : COMPLAINT_MAX), what);
}

static int
line_of(const struct xmlpull *x)
{
	return x->reader != NULL ?
	    x->xml->TextReaderGetParserLineNumber(x->reader) : 1;
}

static void
on_error(void *ctx, XML_ERROR *e)
{
	struct xmlpull *x = ctx;

	if (e->level != XML_ERR_WARNING)
		complain(x, ST_MALFORMED, e->line,
		    e->message != NULL ? e->message : "not well formed");
}

/*
 * libxml2 has read a document type, with all that it declares, before a
 * reader hears of it. So it is looked for in the bytes, which are UTF-8:
 * nothing else but a document type begins like that. What libxml2 has to
 * hold in one piece, a tag or a text, is bounded here too, and the attributes
 * of an element, each of which it compares with all before it.
 */
static bool
is_welcome(struct xmlpull *x, const uint8_t *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		uint8_t b = p[i];

		x->run = b == '<' ? 0 : x->run + 1;
		x->equals = b == '<' ? 0 : x->equals + (b == '=');
		if (b == (uint8_t)DOCTYPE[x->doctype])
			x->doctype++;
		else
			x->doctype = b == '<';
		if (b == 0)
			complain(x, ST_MALFORMED, line_of(x), "a NUL byte");
		else if (x->doctype == sizeof(DOCTYPE) - 1)
			complain(x, ST_MALFORMED, line_of(x),
			    "a document type is not allowed");
		else if (x->equals > XML_MAX_ATTRIBUTES)
			complain(x, ST_LIMIT, line_of(x),
			    "an element has too many attributes");
		else if (x->run > XMLPULL_MAX_RUN)
			complain(x, ST_LIMIT, line_of(x),
			    "a tag or a text is too long");
		if (x->st != ST_OK)
			return false;
	}
	return true;
}

static int
on_read(void *ctx, char *p, int len)
{
	struct xmlpull *x = ctx;
	uint64_t left = x->src.size - x->read;
	size_t n = len > 0 ? (size_t)len : 0;

	if (n > left)
		n = (size_t)left;
	if (x->st == ST_OK && n > 0)
		x->st = source_read(&x->src, x->read, p, n, &x->d);
	if (x->st != ST_OK || !is_welcome(x, (const uint8_t *)p, n))
		return -1;
	x->read += n;
	return (int)n;
}

enum status
xmlpull_new(const struct source *src, struct xmlpull **out, struct diag *d)
{
	const struct libxml_calls *xml;
	struct xmlpull *x;
	enum status st;

	if (src->size > XMLPULL_MAX_BYTES)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, CLAUSE,
		    "larger than %d bytes", XMLPULL_MAX_BYTES);
	st = libxml_load(&xml, d);
	if (st != ST_OK)
		return st;
	x = xcalloc(1, sizeof(*x));
	x->xml = xml;
	x->src = *src;
	/* NOENT and IGNORE_ENC: see parser.c. */
	x->reader = x->xml->ReaderForIO(on_read, NULL, x, NULL, "UTF-8",
	    XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC |
	    XML_PARSE_COMPACT | XML_PARSE_BIG_LINES);
	if (x->reader == NULL) {
		complain(x, ST_IO, 1, "cannot set up the XML parser");
		goto fail;
	}
	x->xml->TextReaderSetStructuredErrorHandler(x->reader, on_error, x);
	*out = x;
	return ST_OK;
fail:
	if (d != NULL)
		*d = x->d;
	xmlpull_free(x);
	return ST_IO;
}

void
xmlpull_free(struct xmlpull *x)
{
	if (x == NULL)
		return;
	x->xml->FreeTextReader(x->reader);
	free(x);
}

/* The next node that is a tag; its kind, or XML_READER_TYPE_NONE at the end
 * and after a failure. */
static int
next_tag(struct xmlpull *x)
{
	int kind, rc;

	while ((rc = x->xml->TextReaderRead(x->reader)) == 1) {
		kind = x->xml->TextReaderNodeType(x->reader);
		if (x->st != ST_OK)
			break;
		if (kind == XML_READER_TYPE_ELEMENT ||
		    kind == XML_READER_TYPE_END_ELEMENT)
			return kind;
	}
	if (rc != 0)
		complain(x, ST_MALFORMED, line_of(x), "not well formed");
	return XML_READER_TYPE_NONE;
}

static enum xmlpull_at
step(struct xmlpull *x)
{
	int kind;

	if (x->empty) {
		x->empty = false;
		return XMLPULL_END;
	}
	kind = next_tag(x);
	x->node = NULL;
	if (kind == XML_READER_TYPE_NONE)
		return XMLPULL_DONE;
	x->node = x->xml->TextReaderCurrentNode(x->reader);
	x->depth = (size_t)x->xml->TextReaderDepth(x->reader);
	x->empty = kind == XML_READER_TYPE_ELEMENT &&
	    x->xml->TextReaderIsEmptyElement(x->reader) == 1;
	if (x->depth >= XML_MAX_DEPTH)
		complain(x, ST_LIMIT, line_of(x),
		    "elements are nested too deep");
	return kind == XML_READER_TYPE_ELEMENT ? XMLPULL_START : XMLPULL_END;
}

enum status
xmlpull_next(struct xmlpull *x, enum xmlpull_at *at, struct diag *d)
{
	enum xmlpull_at next = XMLPULL_DONE;

	if (x->st == ST_OK)
		next = step(x);
	if (x->st == ST_OK)
		*at = next;
	else if (d != NULL)
		*d = x->d;
	return x->st;
}

const char *
xmlpull_name(const struct xmlpull *x)
{
	return x->node != NULL ? (const char *)x->node->name : "";
}

const char *
xmlpull_namespace(const struct xmlpull *x)
{
	return x->node != NULL && x->node->ns != NULL &&
	    x->node->ns->href != NULL ? (const char *)x->node->ns->href : "";
}

size_t
xmlpull_depth(const struct xmlpull *x)
{
	return x->depth;
}

unsigned
xmlpull_line(const struct xmlpull *x)
{
	int line = line_of(x);

	return line > 0 ? (unsigned)line : 0;
}

/* Without entities, the value of an attribute is one text, or none. */
const char *
xmlpull_attr(const struct xmlpull *x, const char *name)
{
	const xmlAttr *a;

	for (a = x->node != NULL ? x->node->properties : NULL; a != NULL;
	    a = a->next)
		if (a->ns == NULL && strcmp((const char *)a->name, name) == 0)
			return a->children == NULL ||
			    a->children->content == NULL ? "" :
			    (const char *)a->children->content;
	return NULL;
}

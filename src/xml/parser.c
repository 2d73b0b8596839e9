/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "xml/parser.h"

#include "base/limits.h"

#include <string.h>

#define CLAUSE		"XML 1.0"
#define COMPLAINT_MAX	400	/* bytes of libxml2's words that are kept */

/* The first complaint stays: those that follow are often its echo. */
void
parser_complain(struct parser *p, enum status st, int line, const char *what)
{
	size_t len = strcspn(what, "\r\n");

	if (p->st != ST_OK)
		return;
	p->line = line;
	p->st = diag_set(p->d, st, DIAG_NOWHERE, CLAUSE, "line %d: %.*s",
	    line, (int)(len < COMPLAINT_MAX ? len : COMPLAINT_MAX), what);
}

static void
on_error(void *ctx, XML_ERROR *e)
{
	struct parser *p = ((xmlParserCtxt *)ctx)->_private;

	if (e->level != XML_ERR_WARNING)
		parser_complain(p, ST_MALFORMED, e->line,
		    e->message != NULL ? e->message : "not well formed");
}

static void
stop(struct parser *p, enum status st, const char *what)
{
	parser_complain(p, st, p->xml->SAX2GetLineNumber(p->ctxt), what);
	p->xml->StopParser(p->ctxt);
}

/* Called at "<!DOCTYPE", before anything inside it is read. */
static void
on_doctype(void *ctx, const xmlChar *name, const xmlChar *external,
    const xmlChar *system)
{
	(void)name;
	(void)external;
	(void)system;
	stop(((xmlParserCtxt *)ctx)->_private, ST_MALFORMED,
	    "a document type is not allowed");
}

static void
on_start(void *ctx, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri, int namespaces, const xmlChar **namespace,
    int attributes, int defaulted, const xmlChar **attribute)
{
	struct parser *p = ((xmlParserCtxt *)ctx)->_private;

	p->nodes += 1 + (size_t)attributes + (size_t)namespaces;
	if (++p->depth > XML_MAX_DEPTH)
		stop(p, ST_LIMIT, "elements are nested too deep");
	else if (p->nodes > XML_MAX_NODES)
		stop(p, ST_LIMIT, "too many elements and attributes");
	else
		p->start(ctx, name, prefix, uri, namespaces, namespace,
		    attributes, defaulted, attribute);
}

static void
on_end(void *ctx, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri)
{
	struct parser *p = ((xmlParserCtxt *)ctx)->_private;

	p->depth--;
	p->end(ctx, name, prefix, uri);
}

/*
 * libxml2 compares each attribute of an element with all before it. No "<" is
 * inside an element's tag, and so the "=" up to the next one are no fewer
 * than its attributes.
 */
static bool
has_many_attributes(struct slice xml)
{
	const uint8_t *p = xml.p, *end = xml.p + xml.n, *next;
	size_t count = 0;

	/* From one "=" to the next, with what the C library does fastest. */
	while ((next = memchr(p, '=', (size_t)(end - p))) != NULL) {
		count = memchr(p, '<', (size_t)(next - p)) != NULL ? 1 :
		    count + 1;
		if (count > XML_MAX_ATTRIBUTES)
			return true;
		p = next + 1;
	}
	return false;
}

enum status
parser_init(struct parser *p, struct slice xml, struct diag *d)
{
	enum status st;

	*p = (struct parser){ .st = ST_OK, .d = d };
	if (xml.n > XML_MAX_BYTES)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, CLAUSE,
		    "larger than %d bytes", XML_MAX_BYTES);
	if (xml.n == 0)
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, CLAUSE,
		    "the document is empty");
	if (has_many_attributes(xml))
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, CLAUSE,
		    "an element has too many attributes");
	st = libxml_load(&p->xml, d);
	if (st != ST_OK)
		return st;
	p->ctxt = p->xml->NewParserCtxt();
	if (p->ctxt == NULL)
		return diag_set(d, ST_IO, DIAG_NOWHERE, NULL,
		    "cannot set up the XML parser");
	p->ctxt->_private = p;
	p->start = p->ctxt->sax->startElementNs;
	p->ctxt->sax->startElementNs = on_start;
	p->end = p->ctxt->sax->endElementNs;
	p->ctxt->sax->endElementNs = on_end;
	p->ctxt->sax->internalSubset = on_doctype;
	p->ctxt->sax->externalSubset = on_doctype;
	p->ctxt->sax->serror = on_error;
	return ST_OK;
}

/*
 * XML_PARSE_NOENT ("substitute entities") concerns only the five of XML
 * itself, since nothing can declare another; it makes libxml2 hand out
 * values that are complete. With XML_PARSE_IGNORE_ENC it does not look for a
 * converter of the encoding that the document names and that nobody believes:
 * which there are depends on how it was built.
 */
enum status
parser_run(struct parser *p, struct slice xml)
{
	xmlDoc *doc = p->xml->CtxtReadMemory(p->ctxt, (const char *)xml.p,
	    (int)xml.n, NULL, "UTF-8", XML_PARSE_NONET | XML_PARSE_NOENT |
	    XML_PARSE_IGNORE_ENC | XML_PARSE_COMPACT | XML_PARSE_BIG_LINES);

	if (p->ctxt->wellFormed == 0)
		parser_complain(p, ST_MALFORMED, 1, "not well formed");
	p->ctxt->myDoc = doc;
	return p->st;
}

void
parser_fini(struct parser *p)
{
	if (p->ctxt == NULL)
		return;
	p->xml->FreeDoc(p->ctxt->myDoc);
	p->ctxt->myDoc = NULL;
	p->xml->FreeParserCtxt(p->ctxt);
	p->ctxt = NULL;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "xml/xml.h"

#include "base/alloc.h"
#include "base/limits.h"

#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>

#include <stdlib.h>
#include <string.h>

#define CLAUSE	"XML 1.0"

/* What handlers of structured errors get; libxml2 2.12 made it const. */
#if LIBXML_VERSION >= 21200
#define XML_ERROR	const xmlError
#else
#define XML_ERROR	xmlError
#endif

struct xml_doc {
	xmlDoc		*tree;
};

/* What the handlers of one parse or validation tell their caller. */
struct outcome {
	enum status	 st;
	struct diag	*d;
	int		 line;		/* of what D has */
	bool		 vague;		/* a better one may follow */
	size_t		 nodes;
	startElementNsSAX2Func start;	/* libxml2's own handler */
};

/* Keep the first complaint: those that follow are often its echo. */
static void
complain(struct outcome *o, enum status st, int line, const char *what)
{
	size_t len = strcspn(what, "\r\n");

	if (o->st != ST_OK)
		return;
	o->line = line;
	o->st = diag_set(o->d, st, DIAG_NOWHERE, CLAUSE, "line %d: %.*s",
	    line, (int)(len < 400 ? len : 400), what);
}

static void
on_error(void *ctx, XML_ERROR *e)
{
	struct outcome *o = ((xmlParserCtxt *)ctx)->_private;

	if (e->level != XML_ERR_WARNING)
		complain(o, ST_MALFORMED, e->line,
		    e->message != NULL ? e->message : "not well formed");
}

static void
stop(xmlParserCtxt *p, enum status st, const char *what)
{
	complain(p->_private, st, xmlSAX2GetLineNumber(p), what);
	xmlStopParser(p);
}

/* Called at "<!DOCTYPE", before anything inside it is read. */
static void
on_doctype(void *ctx, const xmlChar *name, const xmlChar *external,
    const xmlChar *system)
{
	(void)name;
	(void)external;
	(void)system;
	stop(ctx, ST_MALFORMED, "a document type is not allowed");
}

static void
on_start(void *ctx, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri, int namespaces, const xmlChar **namespace,
    int attributes, int defaulted, const xmlChar **attribute)
{
	xmlParserCtxt *p = ctx;
	struct outcome *o = p->_private;

	o->nodes += 1 + (size_t)attributes + (size_t)namespaces;
	if (p->nodeNr >= XML_MAX_DEPTH)
		stop(p, ST_LIMIT, "elements are nested too deep");
	else if (o->nodes > XML_MAX_NODES)
		stop(p, ST_LIMIT, "too many elements and attributes");
	else
		o->start(ctx, name, prefix, uri, namespaces, namespace,
		    attributes, defaulted, attribute);
}

static void
harden(xmlParserCtxt *p, struct outcome *o)
{
	p->_private = o;
	o->start = p->sax->startElementNs;
	p->sax->startElementNs = on_start;
	p->sax->internalSubset = on_doctype;
	p->sax->externalSubset = on_doctype;
	p->sax->serror = on_error;
}

enum status
xml_parse(struct slice xml, struct xml_doc **out, struct diag *d)
{
	struct outcome o = { .st = ST_OK, .d = d };
	xmlParserCtxt *p;
	xmlDoc *tree;

	if (xml.n > XML_MAX_BYTES)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, CLAUSE,
		    "larger than %d bytes", XML_MAX_BYTES);
	if (xml.n == 0)
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, CLAUSE,
		    "the document is empty");
	p = xmlNewParserCtxt();
	if (p == NULL)
		return diag_set(d, ST_IO, DIAG_NOWHERE, NULL,
		    "cannot set up the XML parser");
	harden(p, &o);
	tree = xmlCtxtReadMemory(p, (const char *)xml.p, (int)xml.n, NULL,
	    "UTF-8", XML_PARSE_NONET | XML_PARSE_NOBLANKS | XML_PARSE_COMPACT |
	    XML_PARSE_BIG_LINES);
	if (o.st == ST_OK && (tree == NULL || p->wellFormed == 0))
		complain(&o, ST_MALFORMED, 1, "not well formed");
	xmlFreeParserCtxt(p);
	if (o.st != ST_OK) {
		xmlFreeDoc(tree);
		return o.st;
	}
	*out = xcalloc(1, sizeof(**out));
	(*out)->tree = tree;
	return ST_OK;
}

void
xml_free(struct xml_doc *doc)
{
	if (doc == NULL)
		return;
	xmlFreeDoc(doc->tree);
	free(doc);
}

/* "Failed to validate attributes" may be followed by which of them. */
static void
on_invalid(void *ctx, XML_ERROR *e)
{
	struct outcome *o = ctx;

	if (o->vague && e->line == o->line)
		o->st = ST_OK;
	if (o->st == ST_OK)
		o->vague = e->code == XML_RELAXNG_ERR_ATTRVALID;
	complain(o, ST_MALFORMED, e->line,
	    e->message != NULL ? e->message : "not of the grammar");
}

static xmlRelaxNG *
load_grammar(struct slice grammar, struct outcome *o)
{
	xmlRelaxNGParserCtxt *p;
	xmlRelaxNG *g = NULL;

	p = xmlRelaxNGNewMemParserCtxt((const char *)grammar.p,
	    (int)grammar.n);
	if (p != NULL) {
		xmlRelaxNGSetParserStructuredErrors(p,
		    (xmlStructuredErrorFunc)on_invalid, o);
		g = xmlRelaxNGParse(p);
	}
	xmlRelaxNGFreeParserCtxt(p);
	return g;
}

enum status
xml_validate(struct xml_doc *doc, struct slice grammar, struct diag *d)
{
	struct outcome o = { .st = ST_OK, .d = d };
	xmlRelaxNG *g = load_grammar(grammar, &o);
	xmlRelaxNGValidCtxt *v;

	if (g == NULL || o.st != ST_OK) {
		xmlRelaxNGFree(g);
		diag_wrap(d, "grammar");
		return ST_UNSUPPORTED;
	}
	v = xmlRelaxNGNewValidCtxt(g);
	if (v != NULL) {
		xmlRelaxNGSetValidStructuredErrors(v,
		    (xmlStructuredErrorFunc)on_invalid, &o);
		if (xmlRelaxNGValidateDoc(v, doc->tree) != 0)
			complain(&o, ST_MALFORMED, 1, "not of the grammar");
	}
	xmlRelaxNGFreeValidCtxt(v);
	xmlRelaxNGFree(g);
	return o.st;
}

/*
 * struct xml_node is never defined: it stands for libxml2's element, so that
 * no header of libxml2 is needed above this file.
 */
static const xmlNode *
node_of(const struct xml_node *node)
{
	return (const xmlNode *)(const void *)node;
}

/* N itself, or the next element beside it. */
static const struct xml_node *
element_from(const xmlNode *n)
{
	while (n != NULL && n->type != XML_ELEMENT_NODE)
		n = n->next;
	return (const struct xml_node *)(const void *)n;
}

const struct xml_node *
xml_root(const struct xml_doc *doc)
{
	return element_from(doc->tree->children);
}

const struct xml_node *
xml_child(const struct xml_node *node)
{
	return element_from(node_of(node)->children);
}

const struct xml_node *
xml_next(const struct xml_node *node)
{
	return element_from(node_of(node)->next);
}

const char *
xml_name(const struct xml_node *node)
{
	return (const char *)node_of(node)->name;
}

const char *
xml_namespace(const struct xml_node *node)
{
	const xmlNs *ns = node_of(node)->ns;

	return ns != NULL && ns->href != NULL ? (const char *)ns->href : "";
}

unsigned
xml_line(const struct xml_node *node)
{
	long line = xmlGetLineNo((xmlNode *)node_of(node));

	return line > 0 ? (unsigned)line : 0;
}

/*
 * Without a document type, libxml2 keeps the value of an attribute in one
 * text node, or in none when it is empty.
 */
const char *
xml_attr(const struct xml_node *node, const char *name)
{
	const xmlAttr *a;

	for (a = node_of(node)->properties; a != NULL; a = a->next)
		if (a->ns == NULL && strcmp((const char *)a->name, name) == 0)
			return a->children != NULL &&
			    a->children->content != NULL ?
			    (const char *)a->children->content : "";
	return NULL;
}

bool
xml_text(const struct xml_node *node, struct buf *out)
{
	const xmlNode *n;

	for (n = node_of(node)->children; n != NULL; n = n->next)
		if ((n->type == XML_TEXT_NODE ||
		    n->type == XML_CDATA_SECTION_NODE) &&
		    !buf_puts(out, (const char *)n->content))
			return false;
	return true;
}

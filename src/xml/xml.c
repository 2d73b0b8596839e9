/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "xml/xml.h"

#include "base/alloc.h"
#include "xml/parser.h"
#include "xml/node.h"

#include <stdlib.h>
#include <string.h>

struct xml_node *
node_open(struct xml_doc *doc, const char *name, const char *namespace,
    unsigned line)
{
	struct xml_node *n = arena_alloc(&doc->arena, 1, sizeof(*n));

	n->name = name;
	n->namespace = namespace;
	n->line = line;
	n->parent = doc->open;
	if (n->parent == NULL)
		doc->root = n;
	else if (n->parent->last == NULL)
		n->parent->first = n->parent->last = n;
	else
		n->parent->last = n->parent->last->next = n;
	doc->open = n;
	return n;
}

void
node_close(struct xml_doc *doc)
{
	if (doc->open != NULL)
		doc->open = doc->open->parent;
}

void
node_text(struct xml_doc *doc, const char *text)
{
	struct xml_node *n = doc->open;
	struct xml_piece *p;

	if (n->text == NULL)
		text += strspn(text, " \t\r\n");
	if (*text == '\0')
		return;
	p = arena_alloc(&doc->arena, 1, sizeof(*p));
	p->text = text;
	if (n->text == NULL)
		n->text = p;
	else
		n->last_text->next = p;
	n->last_text = p;
}

static struct xml_doc *
doc_of(void *ctx)
{
	return ((struct parser *)((xmlParserCtxt *)ctx)->_private)->user;
}

/* libxml2 gives five pointers an attribute: name, prefix, namespace, and
 * where the value begins and ends. Those in a namespace are left out. */
static void
take_attributes(struct xml_doc *doc, struct xml_node *n,
    const xmlChar **attribute, int count)
{
	struct xml_attribute *a;
	int i;

	n->attributes = arena_alloc(&doc->arena, (size_t)count, sizeof(*a));
	for (i = 0; i < count; i++, attribute += 5) {
		if (attribute[2] != NULL)
			continue;
		a = &n->attributes[n->attribute_count++];
		a->name = (const char *)attribute[0];
		a->value = arena_text(&doc->arena,
		    (const char *)attribute[3],
		    (size_t)(attribute[4] - attribute[3]));
	}
}

/*
 * libxml2 tells of a start tag at its end. No "<" can stand inside one, not
 * even in a value, so the nearest one in front is where it began; libxml2
 * never moves its input inside a start tag.
 */
static unsigned
start_line(const xmlParserInput *in)
{
	const xmlChar *p = in->cur;
	int line = in->line;

	for (; p > in->base && *p != '<'; p--)
		line -= *p == '\n';
	return line > 0 ? (unsigned)line : 0;
}

static void
on_element(void *ctx, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri, int namespaces, const xmlChar **namespace,
    int attributes, int defaulted, const xmlChar **attribute)
{
	struct xml_doc *doc = doc_of(ctx);
	struct xml_node *n;

	(void)prefix;
	(void)namespaces;
	(void)namespace;
	(void)defaulted;
	n = node_open(doc, (const char *)name,
	    uri != NULL ? (const char *)uri : "",
	    start_line(((xmlParserCtxt *)ctx)->input));
	take_attributes(doc, n, attribute, attributes);
}

static void
on_end(void *ctx, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri)
{
	struct xml_doc *doc = doc_of(ctx);

	(void)name;
	(void)prefix;
	(void)uri;
	node_close(doc);
}

static void
on_text(void *ctx, const xmlChar *text, int len)
{
	struct xml_doc *doc = doc_of(ctx);
	const char *s = (const char *)text;
	size_t left = (size_t)len;

	if (doc->open == NULL)
		return;
	/* Most is white space between elements. */
	for (; doc->open->text == NULL && left > 0 &&
	    strchr(" \t\r\n", *s) != NULL; left--)
		s++;
	if (left > 0)
		node_text(doc, arena_text(&doc->arena, s, left));
}

static void
on_aside(void *ctx, const xmlChar *text)
{
	(void)ctx;
	(void)text;
}

static void
on_instruction(void *ctx, const xmlChar *target, const xmlChar *data)
{
	(void)ctx;
	(void)target;
	(void)data;
}

static void
build_tree(struct parser *p, struct xml_doc *doc)
{
	xmlSAXHandler *sax = p->ctxt->sax;

	p->user = doc;
	p->start = on_element;
	p->end = on_end;
	sax->characters = on_text;
	sax->ignorableWhitespace = on_text;
	sax->cdataBlock = on_text;
	sax->comment = on_aside;
	sax->processingInstruction = on_instruction;
	doc->names = p->ctxt->dict;
	doc->xml = p->xml;
	doc->xml->DictReference(doc->names);
}

enum status
xml_parse(struct slice xml, struct xml_doc **out, struct diag *d)
{
	struct xml_doc *doc = xcalloc(1, sizeof(*doc));
	struct parser p;
	enum status st;

	st = parser_init(&p, xml, d);
	if (st == ST_OK) {
		build_tree(&p, doc);
		st = parser_run(&p, xml);
	}
	parser_fini(&p);
	if (st == ST_OK)
		*out = doc;
	else
		xml_free(doc);
	return st;
}

void
xml_free(struct xml_doc *doc)
{
	if (doc == NULL)
		return;
	arena_fini(&doc->arena);
	if (doc->names != NULL)
		doc->xml->DictFree(doc->names);
	free(doc);
}

const struct xml_node *
xml_root(const struct xml_doc *doc)
{
	return doc->root;
}

const struct xml_node *
xml_child(const struct xml_node *node)
{
	return node->first;
}

const struct xml_node *
xml_next(const struct xml_node *node)
{
	return node->next;
}

const char *
xml_name(const struct xml_node *node)
{
	return node->name;
}

const char *
xml_namespace(const struct xml_node *node)
{
	return node->namespace;
}

unsigned
xml_line(const struct xml_node *node)
{
	return node->line;
}

const char *
xml_attr(const struct xml_node *node, const char *name)
{
	size_t i;

	for (i = 0; i < node->attribute_count; i++)
		if (node->attributes[i].name[0] == name[0] &&
		    strcmp(node->attributes[i].name, name) == 0)
			return node->attributes[i].value;
	return NULL;
}

bool
xml_text(const struct xml_node *node, struct buf *out)
{
	const struct xml_piece *p;

	for (p = node->text; p != NULL; p = p->next)
		if (!buf_puts(out, p->text))
			return false;
	return true;
}

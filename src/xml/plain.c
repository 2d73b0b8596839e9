/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "xml/node.h"

#include "base/alloc.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

/*
 * Text that is part of the program is known to be well formed, for its tests
 * have libxml2 read it. What it holds is found here in place: each command
 * begins with that. Whatever is not as plain as that text is (another
 * declaration, a document type, CDATA, a prefix, an entity that is not one of
 * the five) is not read here at all, and nothing that is input may be.
 */
#define NAME_SLOTS	512		/* a power of two */

struct plain {
	struct xml_doc	*doc;
	char		*p, *end;	/* END is a NUL */
	char		*counted;	/* up to where lines were counted */
	unsigned	 line;
	const char	*namespace;
	size_t		 depth, name_count, nodes;
	const char	*names[NAME_SLOTS];
};

static bool
is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static void
skip_space(struct plain *r)
{
	while (is_space(*r->p))
		r->p++;
}

/* The line of the place P, which is none that was asked for before. */
static unsigned
line_of(struct plain *r, char *p)
{
	char *next;

	while ((next = memchr(r->counted, '\n', (size_t)(p - r->counted))) !=
	    NULL) {
		r->line++;
		r->counted = next + 1;
	}
	r->counted = p;
	return r->line;
}

static bool
is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
	    c == '_' || (c >= '0' && c <= '9');
}

/* The name that stands here, as the one string that all of it share; NULL
 * when there is none. */
static const char *
take_name(struct plain *r)
{
	const char *start = r->p, **slot;
	unsigned h = 0;
	size_t len;

	for (; is_name(*r->p); r->p++)
		h = h * 31 + (unsigned char)*r->p;
	len = (size_t)(r->p - start);
	if (len == 0)
		return NULL;
	for (;; h++) {
		slot = &r->names[h % NAME_SLOTS];
		if (*slot == NULL)
			break;
		if (strncmp(*slot, start, len) == 0 && (*slot)[len] == '\0')
			return *slot;
	}
	if (++r->name_count == NAME_SLOTS / 2)
		return NULL;
	return *slot = arena_text(&r->doc->arena, start, len);
}

/* Replace the entities between FROM and TO by what they mean, in place, and
 * end it with a NUL. */
static bool
decode(char *from, char *to)
{
	static const struct {
		const char	*name;
		char		 c;
	} entities[] = { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' },
	    { "&quot;", '"' }, { "&apos;", '\'' } };
	char *out = memchr(from, '&', (size_t)(to - from));
	size_t i, len;

	*to = '\0';
	if (out == NULL)
		return true;
	for (from = out; *from != '\0'; out++) {
		if (*from != '&') {
			*out = *from++;
			continue;
		}
		for (i = 0; i < 5; i++) {
			len = strlen(entities[i].name);
			if (strncmp(from, entities[i].name, len) == 0)
				break;
		}
		if (i == 5)
			return false;
		*out = entities[i].c;
		from += len;
	}
	*out = '\0';
	return true;
}

/* XML 1.0 3.3.3: a line end or a tab in a value is a blank. */
static void
make_blanks(struct plain *r, char *value, char *end)
{
	if (strpbrk(value, "\n\t") == NULL)
		return;
	(void)line_of(r, end);
	for (; value < end; value++)
		if (is_space(*value))
			*value = ' ';
}

/* NAME="value". What no value may have is not plain. */
static bool
take_attribute(struct plain *r, struct xml_attribute *a)
{
	char *from, *to, quote;

	a->name = take_name(r);
	if (a->name == NULL || *r->p != '=')
		return false;
	quote = *++r->p;
	if (quote != '"' && quote != '\'')
		return false;
	from = ++r->p;
	to = memchr(from, quote, (size_t)(r->end - from));
	if (to == NULL)
		return false;
	r->p = to + 1;
	*to = '\0';
	a->value = from;
	if (memchr(from, '<', (size_t)(to - from)) != NULL)
		return false;
	make_blanks(r, from, to);
	return decode(from, to);
}

/* Attributes up to the end of the tag. */
static bool
take_attributes(struct plain *r, struct xml_attribute *list, size_t *count)
{
	for (*count = 0; ; ++*count) {
		skip_space(r);
		if (*r->p == '/' || *r->p == '>')
			return true;
		if (*count == XML_MAX_ATTRIBUTES ||
		    !take_attribute(r, &list[*count]))
			return false;
	}
}

/* The namespace of all is that of the root, where it is the first thing. */
static bool
take_namespace(struct plain *r, struct xml_attribute *list, size_t *count)
{
	size_t i;

	for (i = 0; i < *count; i++) {
		if (strcmp(list[i].name, "xmlns") != 0)
			continue;
		if (r->doc->root != NULL || i != 0)
			return false;
		r->namespace = list[0].value;
		memmove(list, list + 1, --*count * sizeof(*list));
		break;
	}
	return true;
}

/* A start tag, behind its "<". */
static bool
take_start(struct plain *r)
{
	struct xml_attribute list[XML_MAX_ATTRIBUTES + 1];
	unsigned line = line_of(r, r->p - 1);
	const char *name = take_name(r);
	struct xml_node *n;
	size_t count;
	bool empty;

	if (name == NULL || ++r->depth > XML_MAX_DEPTH ||
	    (r->depth == 1 && r->doc->root != NULL))
		return false;
	/* Lines are counted before an entity moves what is behind it. */
	if (!take_attributes(r, list, &count) ||
	    !take_namespace(r, list, &count))
		return false;
	n = node_open(r->doc, name, r->namespace, line);
	n->attribute_count = count;
	n->attributes = arena_alloc(&r->doc->arena, count, sizeof(*list));
	if (count != 0)
		memcpy(n->attributes, list, count * sizeof(*list));
	r->nodes += 1 + count;
	empty = *r->p == '/';
	r->p += empty;
	if (*r->p++ != '>' || r->nodes > XML_MAX_NODES)
		return false;
	if (empty) {
		r->depth--;
		node_close(r->doc);
	}
	return true;
}

/* An end tag, behind its "</". */
static bool
take_end(struct plain *r)
{
	const char *name = take_name(r);

	skip_space(r);
	if (r->depth == 0 || name != r->doc->open->name || *r->p++ != '>')
		return false;
	r->depth--;
	node_close(r->doc);
	return true;
}

/* Behind what P begins with, up to behind the next END. */
static bool
skip_past(struct plain *r, const char *end)
{
	char *at = strstr(r->p, end);

	if (at == NULL)
		return false;
	r->p = at + strlen(end);
	return true;
}

/* Text up to the next "<", which becomes its end. */
static bool
take_text(struct plain *r, char **next)
{
	char *from = r->p;

	*next = memchr(from, '<', (size_t)(r->end - from));
	if (*next == NULL)
		*next = r->end;
	skip_space(r);
	if (r->doc->open == NULL)
		return r->p == *next;
	if (r->p == *next && r->doc->open->text == NULL)
		return true;
	(void)line_of(r, *next);
	if (!decode(from, *next))
		return false;
	node_text(r->doc, from);
	return true;
}

static bool
take_document(struct plain *r)
{
	char *next;

	if (strncmp(r->p, "<?xml ", 6) == 0 && !skip_past(r, "?>"))
		return false;
	for (;;) {
		if (!take_text(r, &next))
			return false;
		if (next == r->end)
			return r->depth == 0 && r->doc->root != NULL;
		r->p = next + 1;
		if (strncmp(r->p, "!--", 3) == 0) {
			/* XML 1.0 2.5: no "--" but at the end. */
			r->p += 3;
			if (!skip_past(r, "--") || *r->p++ != '>')
				return false;
		} else if (*r->p == '/') {
			r->p++;
			if (!take_end(r))
				return false;
		} else if (!take_start(r))
			return false;
	}
}

enum status
xml_parse_plain(struct slice xml, struct xml_doc **out, struct diag *d)
{
	struct plain r = { .line = 1, .namespace = "" };
	bool ok = xml.n <= XML_MAX_BYTES && memchr(xml.p, '\0', xml.n) ==
	    NULL && memchr(xml.p, '\r', xml.n) == NULL;

	if (ok) {
		r.doc = xcalloc(1, sizeof(*r.doc));
		r.p = r.counted = arena_text(&r.doc->arena,
		    (const char *)xml.p, xml.n);
		r.end = r.p + xml.n;
		ok = take_document(&r);
	}
	if (ok) {
		*out = r.doc;
		return ST_OK;
	}
	xml_free(r.doc);
	return xml_parse(xml, out, d);
}

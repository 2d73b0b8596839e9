/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "catalogue/embedded.h"
#include "catalogue/read.h"
#include "trust/digest.h"

#include <stdlib.h>
#include <string.h>

#define NAMESPACE	"urn:rollcall:catalogue:1"

static void
read_sources(struct reader *r, const struct xml_node *root)
{
	struct catalogue *c = r->c;
	const struct xml_node *n;
	struct cat_source s;

	c->sources = read_array(r, root, "source", sizeof(s),
	    &c->source_count);
	c->source_count = 0;
	for (n = read_first(root, "source"); n != NULL; n = read_again(n)) {
		s.id = read_attr(r, n, "id");
		s.title = read_attr(r, n, "title");
		s.where = read_attr(r, n, "where");
		if (catalogue_source(c, s.id) != NULL)
			read_fail(r, n, "two sources are called \"%s\"", s.id);
		c->sources[c->source_count++] = s;
	}
}

static const char *
hash_of(struct arena *a, struct slice xml)
{
	struct digester *g = digester_new(DIGEST_BIT(DIGEST_SHA256));
	char hex[2 * DIGEST_MAX + 1];
	struct digest_set all;

	digester_update(g, xml.p, xml.n);
	digester_final(g, &all);
	digester_free(g);
	digest_hex(&all.of[DIGEST_SHA256], hex);
	return arena_text(a, hex, strlen(hex));
}

static void
read_info(struct reader *r, const struct xml_node *root)
{
	struct cat_info *info = &r->c->info;

	info->serial = read_number(r, root, "serial");
	info->issued = read_day(r, root, "issued");
	info->expires = read_day(r, root, "expires");
	if (info->serial == 0 || info->issued >= info->expires)
		read_fail(r, root, "it must be issued before it expires");
}

/* Everything but the grammar. */
static enum status
read_document(const struct xml_doc *doc, struct slice xml,
    const char *origin, struct catalogue **out, struct diag *d)
{
	struct reader r = { .st = ST_OK, .d = d };
	const struct xml_node *root = xml_root(doc);

	r.c = xcalloc(1, sizeof(*r.c));
	buf_init(&r.scratch, TEXT_MAX);
	if (strcmp(xml_namespace(root), NAMESPACE) != 0)
		read_fail(&r, root, "the namespace is not " NAMESPACE);
	r.c->info.origin = arena_text(&r.c->arena, origin, strlen(origin));
	r.c->info.sha256 = hash_of(&r.c->arena, xml);
	read_info(&r, root);
	read_sources(&r, root);
	read_products(&r, root);
	read_tables(&r, root);
	if (r.st == ST_OK)
		link_catalogue(&r, root);
	buf_fini(&r.scratch);
	if (r.st == ST_OK)
		*out = r.c;
	else
		catalogue_free(r.c);
	return r.st;
}

enum status
catalogue_builtin(struct catalogue **out, struct diag *d)
{
	struct slice xml = slice_of(embedded_catalogue,
	    embedded_catalogue_len, 0);
	struct xml_doc *doc = NULL;
	enum status st;

	st = xml_parse(xml, &doc, d);
	if (st == ST_OK)
		st = read_document(doc, xml, "built in", out, d);
	xml_free(doc);
	if (st != ST_OK)
		diag_wrap(d, "built-in catalogue");
	return st;
}

enum status
catalogue_load(struct slice xml, const char *origin, struct catalogue **out,
    struct diag *d)
{
	struct slice grammar = slice_of(embedded_grammar,
	    embedded_grammar_len, 0);
	struct xml_doc *doc = NULL;
	enum status st;

	st = xml_parse(xml, &doc, d);
	if (st == ST_OK)
		st = xml_validate(doc, grammar, d);
	if (st == ST_OK)
		st = read_document(doc, xml, origin, out, d);
	xml_free(doc);
	return st;
}

void
catalogue_free(struct catalogue *c)
{
	if (c == NULL)
		return;
	arena_fini(&c->arena);
	free(c);
}

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

	info->line = xml_line(root);
	info->serial = read_number(r, root, "serial");
	info->issued = read_day(r, root, "issued");
	info->expires = read_day(r, root, "expires");
	if (info->serial == 0 || info->issued >= info->expires)
		read_fail(r, root, "it must be issued before it expires");
}

static void
read_document(struct reader *r, const struct xml_node *root)
{
	if (strcmp(xml_namespace(root), NAMESPACE) != 0)
		read_fail(r, root, "the namespace is not " NAMESPACE);
	read_info(r, root);
	read_sources(r, root);
	read_products(r, root);
	read_tables(r, root);
	if (r->st == ST_OK)
		link_catalogue(r, root);
}

/* Everything but the grammar. */
static enum status
read_catalogue(struct slice xml, const char *origin, bool draft,
    struct catalogue **out, struct diag *d)
{
	struct catalogue *c = xcalloc(1, sizeof(*c));
	struct reader r = { .c = c, .d = d, .draft = draft };

	r.st = xml_parse(xml, &c->doc, d);
	if (r.st == ST_OK) {
		c->info.origin = arena_text(&c->arena, origin,
		    strlen(origin));
		c->info.sha256 = hash_of(&c->arena, xml);
		buf_init(&r.scratch, TEXT_MAX);
		read_document(&r, xml_root(c->doc));
		buf_fini(&r.scratch);
	}
	if (r.st == ST_OK)
		*out = c;
	else
		catalogue_free(c);
	return r.st;
}

struct slice
catalogue_builtin_xml(void)
{
	return slice_of(embedded_catalogue, embedded_catalogue_len, 0);
}

enum status
catalogue_builtin(struct catalogue **out, struct diag *d)
{
	enum status st = read_catalogue(catalogue_builtin_xml(), "built in",
	    false, out, d);

	if (st != ST_OK)
		diag_wrap(d, "built-in catalogue");
	return st;
}

enum status
catalogue_reload(struct slice xml, const char *origin, struct catalogue **out,
    struct diag *d)
{
	return read_catalogue(xml, origin, false, out, d);
}

static enum status
load(struct slice xml, const char *origin, bool draft,
    struct catalogue **out, struct diag *d)
{
	enum status st = xml_validate(xml, slice_of(embedded_grammar,
	    embedded_grammar_len, 0), d);

	return st == ST_OK ? read_catalogue(xml, origin, draft, out, d) : st;
}

enum status
catalogue_load(struct slice xml, const char *origin, struct catalogue **out,
    struct diag *d)
{
	return load(xml, origin, false, out, d);
}

enum status
catalogue_load_draft(struct slice xml, const char *origin,
    struct catalogue **out, struct diag *d)
{
	return load(xml, origin, true, out, d);
}

void
catalogue_free(struct catalogue *c)
{
	if (c == NULL)
		return;
	arena_fini(&c->arena);
	xml_free(c->doc);
	free(c);
}

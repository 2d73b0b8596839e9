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
	info->known_until = read_day(r, root, "known-until");
	info->own_until = info->known_until;
	info->expires = read_day(r, root, "expires");
	if (info->serial == 0 || info->issued >= info->expires)
		read_fail(r, root, "it must be issued before it expires");
	if (info->known_until == INSTANT_NONE)
		read_fail(r, root, "it does not say up to when it knows");
}

/* Is it the kind of document that was asked for? */
static void
check_root(struct reader *r, const struct xml_node *root, const char *name)
{
	if (strcmp(xml_namespace(root), NAMESPACE) != 0)
		read_fail(r, root, "the namespace is not " NAMESPACE);
	else if (strcmp(xml_name(root), name) != 0)
		read_fail(r, root, "this is no %s, but an %s: it belongs to "
		    "another option", name, xml_name(root));
}

static void
read_document(struct reader *r, const struct xml_node *root)
{
	check_root(r, root, "catalogue");
	if (r->st != ST_OK)
		return;
	read_info(r, root);
	read_sources(r, root);
	read_products(r, root);
	read_tables(r, root);
	if (r->st == ST_OK)
		link_catalogue(r, root);
}

typedef enum status parse_fn(struct slice xml, struct xml_doc **out,
    struct diag *d);

/* Everything but the grammar. SHA256 is that of XML in hex, or "". */
static enum status
read_catalogue(struct slice xml, parse_fn *parse, const char *sha256,
    const char *origin, bool draft, struct catalogue **out, struct diag *d)
{
	struct catalogue *c = xcalloc(1, sizeof(*c));
	struct reader r = { .c = c, .d = d, .draft = draft };

	r.st = parse(xml, &c->doc, d);
	if (r.st == ST_OK) {
		c->info.origin = arena_text(&c->arena, origin,
		    strlen(origin));
		c->info.sha256 = sha256[0] != '\0' ? sha256 :
		    hash_of(&c->arena, xml);
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
	enum status st = read_catalogue(catalogue_builtin_xml(),
	    xml_parse_plain, embedded_catalogue_sha256, "built in", false,
	    out, d);

	if (st == ST_OK)
		(*out)->info.built_in = true;
	else
		diag_wrap(d, "built-in catalogue");
	return st;
}

enum status
catalogue_reload(struct slice xml, const char *origin, struct catalogue **out,
    struct diag *d)
{
	return read_catalogue(xml, xml_parse, "", origin, false, out, d);
}

static enum status
load(struct slice xml, const char *origin, bool draft,
    struct catalogue **out, struct diag *d)
{
	enum status st = xml_validate(xml, slice_of(embedded_grammar,
	    embedded_grammar_len, 0), d);

	return st == ST_OK ? read_catalogue(xml, xml_parse, "", origin, draft,
	    out, d) : st;
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

/* One more, of which the root has yet to be looked at. */
static struct cat_overlay *
new_overlay(struct catalogue *c, const char *origin, struct slice xml)
{
	struct cat_info *info = &c->info;
	struct cat_overlay *o = arena_alloc(&c->arena, 1, sizeof(*o));

	o->origin = arena_text(&c->arena, origin, strlen(origin));
	o->sha256 = hash_of(&c->arena, xml);
	o->name = "";
	o->known_until = o->looked = INSTANT_NONE;
	c->overlays = xpush(c->overlays, info->overlay_count,
	    sizeof(*c->overlays));
	info->overlays = xpush(info->overlays, info->overlay_count,
	    sizeof(*info->overlays));
	info->overlays[info->overlay_count++] = o;
	return o;
}

/* The newest day of a source that the overlay at ROOT names, and one that the
 * catalogue names as well counts with the day that it has here. */
static instant
newest_source(struct reader *r, const struct xml_node *root)
{
	const struct xml_node *n;
	instant newest = INSTANT_NONE, day;

	for (n = read_first(root, "source"); n != NULL; n = read_again(n)) {
		day = read_day(r, n, "day");
		if (day > newest && !read_flag(n, "general"))
			newest = day;
	}
	return newest;
}

/* Everything but the grammar; the document is C's from here on. */
static enum status
lay_over(struct catalogue *c, struct xml_doc *doc, struct cat_overlay *o,
    struct diag *d)
{
	struct reader r = { .c = c, .d = d, .overlay = o };
	const struct xml_node *root = xml_root(doc);

	c->overlays[c->info.overlay_count - 1] = doc;
	buf_init(&r.scratch, TEXT_MAX);
	check_root(&r, root, "overlay");
	if (r.st == ST_OK) {
		o->name = read_attr(&r, root, "name");
		o->issued = read_day(&r, root, "issued");
		o->known_until = read_day(&r, root, "known-until");
		o->looked = newest_source(&r, root);
		if (o->known_until > c->info.known_until) {
			c->info.known_until = o->known_until;
			c->info.known_by = o;
		}
		read_overlay(&r, root);
	}
	buf_fini(&r.scratch);
	return r.st;
}

bool
catalogue_is_overlay(struct slice xml)
{
	struct xml_doc *doc = NULL;
	bool is = xml_parse(xml, &doc, NULL) == ST_OK &&
	    strcmp(xml_name(xml_root(doc)), "overlay") == 0;

	xml_free(doc);
	return is;
}

enum status
catalogue_overlay(struct catalogue *c, struct slice xml, const char *origin,
    struct diag *d)
{
	struct xml_doc *doc = NULL;
	enum status st = xml_validate(xml, slice_of(embedded_grammar,
	    embedded_grammar_len, 0), d);

	if (st == ST_OK)
		st = xml_parse(xml, &doc, d);
	if (st == ST_OK)
		st = lay_over(c, doc, new_overlay(c, origin, xml), d);
	if (st != ST_OK)
		diag_wrap(d, "%s", origin);
	return st;
}

void
catalogue_know_at(struct catalogue *c, instant at)
{
	struct cat_info *info = &c->info;
	const struct cat_overlay *o;
	size_t i;

	info->known_until = info->own_until;
	info->known_by = NULL;
	for (i = 0; i < info->overlay_count; i++) {
		o = info->overlays[i];
		if (o->known_until > info->known_until &&
		    o->known_until <= at) {
			info->known_until = o->known_until;
			info->known_by = o;
		}
	}
}

void
catalogue_free(struct catalogue *c)
{
	size_t i;

	if (c == NULL)
		return;
	arena_fini(&c->arena);
	for (i = 0; i < c->info.overlay_count; i++)
		xml_free(c->overlays[i]);
	free(c->overlays);
	free(c->info.overlays);
	xml_free(c->doc);
	free(c);
}

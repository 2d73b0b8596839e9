/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/read.h"

#include "base/limits.h"
#include "base/utf.h"

#include <stdio.h>
#include <string.h>

/* Names of cat_kind and cat_force in the XML, by value. */
static const char *const kinds[] = {
	[CAT_UNKNOWN_KIND] = "?",
	[CAT_RTM] = "RTM", [CAT_SP] = "SP", [CAT_RU] = "RU", [CAT_CU] = "CU",
	[CAT_SU] = "SU", [CAT_HU] = "HU", [CAT_IU] = "IU",
};
static const char *const forces[] = {
	[CAT_KEEP] = "", [CAT_ADVISED] = "advised",
	[CAT_CONDITIONAL] = "conditional", [CAT_REQUIRED] = "required",
};
static const char *const conditions[] = {
	[CAT_ALWAYS] = NULL,
	[CAT_WINDOWS_NOT_ENGLISH] = "windows-not-english",
	[CAT_TRANSPORT_RULES] = "transport-rules",
	[CAT_NO_INTERIM] = "no-interim",
};

#define COUNT(table)	(sizeof(table) / sizeof((table)[0]))

const char *
cat_kind_name(enum cat_kind k)
{
	return (size_t)k < COUNT(kinds) ? kinds[k] : "?";
}

const char *
cat_force_name(enum cat_force f)
{
	return (size_t)f < COUNT(forces) ? forces[f] : "";
}

/* Index of attribute NAME in TABLE, from 1; 0 and a failure for none. */
static unsigned
read_choice(struct reader *r, const struct xml_node *node, const char *name,
    const char *const *table, size_t count)
{
	const char *s = read_attr(r, node, name);
	unsigned i;

	for (i = 1; i < count; i++)
		if (strcmp(s, table[i]) == 0)
			return i;
	read_fail(r, node, "%s: \"%s\" is none of its values", name, s);
	return 0;
}

/* A condition of the vocabulary, in words. */
static const char *
condition_words(struct reader *r, const struct cat_replace *rep)
{
	char text[80];
	int len;

	switch (rep->when) {
	case CAT_WINDOWS_NOT_ENGLISH:
		return "Windows is not in English";
	case CAT_TRANSPORT_RULES:
		return "transport rules or DLP rules are in use";
	case CAT_NO_INTERIM:
		len = snprintf(text, sizeof(text), "interim update %s is not "
		    "in", rep->interim);
		return arena_text(&r->c->arena, text, (size_t)len);
	case CAT_ALWAYS:
		break;
	}
	return NULL;
}

static void
read_condition(struct reader *r, const struct xml_node *node,
    struct cat_replace *rep)
{
	const char *otherwise = read_attr(r, node, "otherwise");

	rep->when = (enum cat_condition)read_choice(r, node, "condition",
	    conditions, COUNT(conditions));
	if (rep->when == CAT_NO_INTERIM)
		rep->interim = read_attr(r, node, "interim");
	rep->then = (enum cat_force)read_choice(r, node, "then", forces,
	    COUNT(forces));
	rep->otherwise = strcmp(otherwise, "keep") == 0 ? CAT_KEEP :
	    CAT_ADVISED;
	rep->condition = condition_words(r, rep);
}

void
read_replace(struct reader *r, const struct xml_node *node,
    struct cat_replace *rep)
{
	rep->reason = rep->text = rep->interim = "";
	if (node == NULL)
		return;
	rep->force = (enum cat_force)read_choice(r, node, "force", forces,
	    COUNT(forces));
	rep->reason = read_attr(r, node, "reason");
	rep->text = read_prose(r, node);
	if (rep->force == CAT_CONDITIONAL)
		read_condition(r, node, rep);
	rep->sources = read_refs(r, node, "sources");
	rep->line = xml_line(node);
}

static void
read_carried(struct reader *r, const struct xml_node *node,
    struct cat_release *rel)
{
	const struct xml_node *n;
	size_t i = 0;

	rel->carried = read_array(r, node, "carries", sizeof(*rel->carried),
	    &rel->carried_count);
	for (n = read_first(node, "carries"); n != NULL; n = read_again(n))
		rel->carried[i++] = (struct cat_carried){
			.kb = read_attr(r, n, "kb"),
			.text = read_prose(r, n),
			.sources = read_refs(r, n, "sources"),
		};
}

static void
read_components(struct reader *r, const struct xml_node *node,
    struct cat_release *rel)
{
	const struct xml_node *n;
	size_t i = 0;

	rel->components = read_array(r, node, "component",
	    sizeof(*rel->components), &rel->component_count);
	for (n = read_first(node, "component"); n != NULL; n = read_again(n))
		rel->components[i++] = (struct cat_component){
			.file = read_attr(r, n, "file"),
			.build = read_version(r, n, "build"),
			.sources = read_refs(r, n, "sources"),
			.note = read_prose(r, n),
		};
}

/* The releases that they name are followed in link.c. */
static void
read_superseded(struct reader *r, const struct xml_node *node,
    struct cat_release *rel)
{
	const struct xml_node *n;
	size_t i = 0;

	rel->supersedes = read_array(r, node, "supersedes",
	    sizeof(*rel->supersedes), &rel->supersedes_count);
	for (n = read_first(node, "supersedes"); n != NULL; n = read_again(n))
		rel->supersedes[i++] = (struct cat_superseded){
			.kb = read_attr(r, n, "kb"),
			.per = read_opt(n, "per"),
			.line = xml_line(n),
		};
}

static void
read_disputes(struct reader *r, const struct xml_node *node,
    struct cat_release *rel)
{
	const struct xml_node *n;
	size_t i = 0;

	rel->disputes = read_array(r, node, "disputed",
	    sizeof(*rel->disputes), &rel->dispute_count);
	for (n = read_first(node, "disputed"); n != NULL; n = read_again(n))
		rel->disputes[i++] = (struct cat_dispute){
			.fact = read_attr(r, n, "fact"),
			.value = read_attr(r, n, "value"),
			.sources = read_refs(r, n, "sources"),
			.why = read_prose(r, n),
			.unresolved = read_flag(n, "unresolved"),
			.line = xml_line(n),
		};
}

static void
read_excepts(struct reader *r, const struct xml_node *node,
    struct cat_release *rel)
{
	const struct xml_node *n;
	size_t i = 0;

	rel->excepts = read_array(r, node, "except", sizeof(*rel->excepts),
	    &rel->except_count);
	for (n = read_first(node, "except"); n != NULL; n = read_again(n))
		rel->excepts[i++] = (struct cat_except){
			.rule = read_attr(r, n, "rule"),
			.about = read_attr(r, n, "about"),
			.text = read_prose(r, n),
			.line = xml_line(n),
		};
}

/*
 * "Exchange 2010 SP2 Update Rollup 4-v2": the branch is named once, and not
 * at all for what a product began with.
 */
static const char *
full_name(struct reader *r, const struct cat_release *rel)
{
	const struct cat_branch *b = rel->branch;
	bool once = rel->kind == CAT_RTM || utf_case_prefix(rel->label, b->id);
	char name[256];
	int len;

	len = snprintf(name, sizeof(name), "%s %s%s%s", rel->product->name,
	    once ? "" : b->id, once ? "" : " ", rel->label);
	if (len < 0 || (size_t)len >= sizeof(name))
		len = (int)sizeof(name) - 1;
	return arena_text(&r->c->arena, name, (size_t)len);
}

/* The program of P that NODE names; NULL for none. */
static const struct cat_program *
read_program_ref(struct reader *r, const struct xml_node *node,
    const struct cat_product *p)
{
	const char *id = xml_attr(node, "program");
	size_t i;

	if (id == NULL)
		return NULL;
	for (i = 0; i < p->program_count; i++)
		if (strcmp(p->programs[i].id, id) == 0)
			return &p->programs[i];
	read_fail(r, node, "%s has no program \"%s\"", p->name, id);
	return NULL;
}

static void
read_numbers(struct reader *r, const struct xml_node *node,
    struct cat_release *rel)
{
	const struct xml_node *cves = read_first(node, "cves");

	rel->revision = (unsigned)read_number(r, node, "revision");
	rel->build = read_version(r, node, "build");
	rel->build_long = read_opt(node, "long");
	rel->date = read_opt(node, "date");
	rel->released = read_day(r, node, "date");
	rel->date_sources = read_refs(r, node, "date-sources");
	rel->kbs = read_words(r, read_opt(node, "kb"), &rel->kb_count);
	rel->kb = rel->kb_count != 0 ? rel->kbs[0] : "";
	rel->kb_sources = read_refs(r, node, "kb-sources");
	rel->bulletin = read_opt(node, "bulletin");
	rel->cves = read_words(r, read_prose(r, cves), &rel->cve_count);
	rel->own_cves = r->overlay == NULL ? rel->cve_count : 0;
	rel->cves_overlay = r->overlay;
	rel->all_cves = cves != NULL && read_flag(cves, "complete");
	rel->emergency = read_flag(node, "emergency");
	rel->unofficial = read_flag(node, "unofficial");
	rel->program = read_program_ref(r, node, rel->product);
	rel->advisory = read_opt(node, "affected-by");
	rel->perhaps = read_opt(node, "perhaps-affected-by");
	rel->cures = read_opt(node, "cures");
}

/* The last of the table, of which nothing is known yet. */
static struct cat_release *
new_release(struct catalogue *c)
{
	struct cat_release *rel = arena_alloc(&c->arena, 1, sizeof(*rel));

	rel->index = c->release_count++;
	c->releases[rel->index] = rel;
	return rel;
}

struct cat_release *
read_release(struct reader *r, const struct xml_node *node,
    const struct cat_branch *b)
{
	const struct xml_node *download = read_first(node, "download");
	struct cat_release *rel = new_release(r->c);

	rel->line = xml_line(node);
	rel->overlay = r->overlay;
	rel->id = read_attr(r, node, "id");
	rel->product = b->product;
	rel->branch = b;
	rel->kind = (enum cat_kind)read_choice(r, node, "kind", kinds,
	    COUNT(kinds));
	rel->label = read_attr(r, node, "label");
	rel->name = full_name(r, rel);
	read_numbers(r, node, rel);
	read_replace(r, read_first(node, "replace"), &rel->replace);
	read_carried(r, node, rel);
	rel->packages = read_packages(r, node, &rel->package_count);
	rel->download_family = rel->download_id = "";
	if (download != NULL) {
		rel->download_family = read_opt(download, "family");
		rel->download_id = read_opt(download, "id");
	}
	rel->patches = read_patches(r, node, &rel->patch_count);
	read_components(r, node, rel);
	read_superseded(r, node, rel);
	read_disputes(r, node, rel);
	read_excepts(r, node, rel);
	rel->pages = read_texts(r, node, "ref", &rel->page_count);
	rel->note = read_prose(r, read_first(node, "note"));
	rel->confidence = read_attr(r, node, "confidence");
	rel->sources = read_refs(r, node, "sources");
	return rel;
}

static void
read_branch(struct reader *r, const struct xml_node *node,
    const struct cat_product *p, struct cat_branch *b)
{
	const struct xml_node *n;
	size_t i = 0;

	b->line = xml_line(node);
	b->product = p;
	b->id = read_attr(r, node, "id");
	b->also = read_opt(node, "also");
	b->support_end = read_day(r, node, "support-end");
	b->support_sources = read_refs(r, node, "support-sources");
	b->support_confidence = read_opt(node, "support-confidence");
	b->releases = read_array(r, node, "release", sizeof(*b->releases),
	    &b->release_count);
	for (n = read_first(node, "release"); n != NULL; n = read_again(n))
		b->releases[i++] = read_release(r, n, b);
	b->patches = read_patches(r, node, &b->patch_count);
}

static void
read_programs(struct reader *r, const struct xml_node *node,
    struct cat_product *p)
{
	const struct xml_node *n;
	struct cat_program *x;

	x = p->programs = read_array(r, node, "program", sizeof(*x),
	    &p->program_count);
	for (n = read_first(node, "program"); n != NULL;
	    n = read_again(n), x++) {
		x->id = read_attr(r, n, "id");
		x->name = read_attr(r, n, "name");
		x->from = read_day(r, n, "from");
		x->until = read_day(r, n, "until");
		x->branches = read_words(r, read_attr(r, n, "branches"),
		    &x->branch_count);
		x->text = read_prose(r, n);
		x->sources = read_refs(r, n, "sources");
	}
}

static void
read_product(struct reader *r, const struct xml_node *node,
    struct cat_product *p)
{
	p->line = xml_line(node);
	p->id = read_attr(r, node, "id");
	p->name = read_attr(r, node, "name");
	p->from = read_version(r, node, "from");
	p->below = read_version(r, node, "below");
	p->major = p->from.part[0];
	p->minor = p->from.part[1];
	p->setup_keys = read_texts(r, node, "setup-key", &p->setup_key_count);
	p->product_codes = read_texts(r, node, "product-code",
	    &p->product_code_count);
	p->update_keys = read_texts(r, node, "update-key",
	    &p->update_key_count);
	p->uninstall_keys = read_texts(r, node, "uninstall-key",
	    &p->uninstall_key_count);
	p->has_exsetup = read_flag(node, "exsetup");
	p->default_path = read_opt(node, "default-path");
	p->services_version = (uint32_t)read_number(r, node,
	    "services-version");
	p->mainstream_end = read_day(r, node, "mainstream-end");
	p->support_end = read_day(r, node, "support-end");
	read_programs(r, node, p);
	p->note = read_prose(r, read_first(node, "note"));
	p->sources = read_refs(r, node, "sources");
}

/* Branches stay where they are once releases point to them, so their array is
 * made before the first is read, with room for those of overlays; and so is
 * the table of releases. */
static void
make_room(struct reader *r, const struct xml_node *root)
{
	struct catalogue *c = r->c;
	const struct xml_node *p, *b, *rel;
	size_t branches = 0, releases = 0;

	for (p = read_first(root, "product"); p != NULL; p = read_again(p))
		for (b = read_first(p, "branch"); b != NULL;
		    b = read_again(b)) {
			branches++;
			for (rel = read_first(b, "release"); rel != NULL;
			    rel = read_again(rel))
				releases++;
		}
	c->branches = arena_alloc(&c->arena, branches + OVERLAY_MAX_BRANCHES,
	    sizeof(*c->branches));
	c->branch_room = OVERLAY_MAX_BRANCHES;
	c->releases = arena_alloc(&c->arena, releases, sizeof(*c->releases));
}

void
read_products(struct reader *r, const struct xml_node *root)
{
	struct catalogue *c = r->c;
	const struct xml_node *p, *b;
	struct cat_product *product;

	make_room(r, root);
	product = c->products = read_array(r, root, "product",
	    sizeof(*c->products), &c->product_count);
	for (p = read_first(root, "product"); p != NULL;
	    p = read_again(p), product++) {
		read_product(r, p, product);
		for (b = read_first(p, "branch"); b != NULL;
		    b = read_again(b))
			read_branch(r, b, product,
			    &c->branches[c->branch_count++]);
	}
}

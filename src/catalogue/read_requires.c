/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/read.h"

#include <string.h>

/* What the installation of a release takes, from elements to the model. */

static const struct cat_branch *
branch_called(const struct catalogue *c, const struct cat_product *p,
    const char *id, size_t len)
{
	size_t i;

	for (i = 0; i < c->branch_count; i++) {
		const struct cat_branch *b = &c->branches[i];

		if (b->product == p && strlen(b->id) == len &&
		    strncmp(b->id, id, len) == 0)
			return b;
	}
	return NULL;
}

static const struct cat_product *
product_called(const struct catalogue *c, const char *id, size_t len)
{
	size_t i;

	for (i = 0; i < c->product_count; i++)
		if (strlen(c->products[i].id) == len &&
		    strncmp(c->products[i].id, id, len) == 0)
			return &c->products[i];
	return NULL;
}

/* "2016" is all of it, "2016:CU10" one branch, "2016:CU15-" it and what
 * follows, "2016:RTM-CU2" both and what is between them. */
static struct cat_scope
read_scope(struct reader *r, const struct xml_node *node, const char *word)
{
	size_t len = strcspn(word, ":"), to;
	struct cat_scope s = { product_called(r->c, word, len), NULL, NULL };
	const char *branch = word + len + (word[len] == ':');
	bool range;

	if (s.product == NULL)
		read_fail(r, node, "there is no product \"%s\"", word);
	if (s.product == NULL || *branch == '\0')
		return s;
	len = strcspn(branch, "-");
	range = branch[len] == '-';
	to = range ? strlen(branch + len + 1) : 0;
	s.from = branch_called(r->c, s.product, branch, len);
	s.to = range ? branch_called(r->c, s.product, branch + len + 1, to) :
	    s.from;
	if (s.from == NULL || (s.to == NULL && to != 0))
		read_fail(r, node, "there is no branch \"%s\"", word);
	return s;
}

static const struct cat_scope *
read_scopes(struct reader *r, const struct xml_node *node, size_t *count)
{
	const char **words = read_words(r, read_attr(r, node, "of"), count);
	struct cat_scope *s = arena_alloc(&r->c->arena, *count, sizeof(*s));
	size_t i;

	for (i = 0; i < *count; i++)
		s[i] = read_scope(r, node, words[i]);
	return s;
}

static enum cat_check
read_check(struct reader *r, const struct xml_node *node)
{
	const char *word = read_attr(r, node, "check");
	unsigned k;

	for (k = CAT_CHECK_NONE + 1; k < CAT_CHECKS; k++)
		if (strcmp(cat_check_name((enum cat_check)k), word) == 0)
			return (enum cat_check)k;
	read_fail(r, node, "there is no check \"%s\"", word);
	return CAT_CHECK_NONE;
}

static enum cat_blocks
read_blocks(struct reader *r, const struct xml_node *node)
{
	const char *word = read_attr(r, node, "blocks");
	unsigned b;

	for (b = CAT_BLOCKS_NOTHING; b <= CAT_BLOCKS_INSTALLER; b++)
		if (strcmp(cat_blocks_name((enum cat_blocks)b), word) == 0)
			return (enum cat_blocks)b;
	read_fail(r, node, "nothing blocks \"%s\"", word);
	return CAT_BLOCKS_SETUP;
}

/* Names of the tables that stand before. */
static void
check_names(struct reader *r, const struct xml_node *node,
    const struct cat_require *x)
{
	bool dotnet = x->check == CAT_CHECK_DOTNET;
	size_t i;

	for (i = 0; i < x->windows_count; i++)
		if (catalogue_windows_called(r->c, x->windows[i]) == NULL)
			read_fail(r, node, "there is no Windows \"%s\"",
			    x->windows[i]);
	for (i = 0; i < x->allowed_count; i++)
		if (dotnet ? catalogue_dotnet_called(r->c, x->allowed[i]) ==
		    NULL : catalogue_windows_called(r->c, x->allowed[i]) ==
		    NULL)
			read_fail(r, node, "there is no %s \"%s\"",
			    dotnet ? ".NET" : "Windows", x->allowed[i]);
	if (x->best[0] != '\0' &&
	    catalogue_dotnet_called(r->c, x->best) == NULL)
		read_fail(r, node, "there is no .NET \"%s\"", x->best);
	for (i = 0; i < r->c->require_count; i++)
		if (strcmp(r->c->requires[i].id, x->id) == 0)
			read_fail(r, node, "two requirements are called "
			    "\"%s\"", x->id);
}

struct cat_require
read_require(struct reader *r, const struct xml_node *node)
{
	const char *at = read_opt(node, "for");
	struct cat_require x = {
		.id = read_attr(r, node, "id"),
		.check = read_check(r, node),
		.blocks = read_blocks(r, node),
		.for_bases = strcmp(at, "updates") != 0,
		.for_updates = strcmp(at, "bases") != 0,
		.best = read_opt(node, "best"),
		.core = read_flag(node, "core"),
		.key = read_opt(node, "key"),
		.value = read_opt(node, "value"),
		.name = read_opt(node, "name"),
		.word = read_opt(node, "word"),
		.least = read_version(r, node, "least"),
		.place = read_opt(node, "place"),
		.megabytes = read_number(r, node, "megabytes"),
		.error = read_opt(node, "error"),
		.confidence = read_attr(r, node, "confidence"),
		.text = read_prose(r, node),
		.sources = read_refs(r, node, "sources"),
		.line = xml_line(node),
		.overlay = r->overlay,
	};

	x.scopes = read_scopes(r, node, &x.scope_count);
	x.roles = read_words(r, read_opt(node, "roles"), &x.role_count);
	x.windows = read_words(r, read_opt(node, "windows"),
	    &x.windows_count);
	x.allowed = read_words(r, read_opt(node, "allowed"),
	    &x.allowed_count);
	check_names(r, node, &x);
	return x;
}

static void
read_platforms(struct reader *r, const struct xml_node *root)
{
	struct catalogue *c = r->c;
	const struct xml_node *n;
	size_t i = 0;

	c->dotnets = read_array(r, root, "dotnet", sizeof(*c->dotnets),
	    &c->dotnet_count);
	for (n = read_first(root, "dotnet"); n != NULL; n = read_again(n))
		c->dotnets[i++] = (struct cat_dotnet){
			read_attr(r, n, "version"),
			read_number(r, n, "release"),
			read_refs(r, n, "sources") };
	c->all_windows = read_array(r, root, "windows",
	    sizeof(*c->all_windows), &c->windows_count);
	for (n = read_first(root, "windows"), i = 0; n != NULL;
	    n = read_again(n))
		c->all_windows[i++] = (struct cat_windows){
			read_attr(r, n, "id"), read_attr(r, n, "name"),
			read_version(r, n, "version"),
			read_refs(r, n, "sources") };
}

static void
read_services(struct reader *r, const struct xml_node *root)
{
	struct catalogue *c = r->c;
	const struct xml_node *n;
	struct cat_service *s;

	s = c->services = read_array(r, root, "core-service", sizeof(*s),
	    &c->service_count);
	for (n = read_first(root, "core-service"); n != NULL;
	    n = read_again(n), s++) {
		s->name = read_attr(r, n, "name");
		s->scopes = read_scopes(r, n, &s->scope_count);
		s->roles = read_words(r, read_opt(n, "roles"),
		    &s->role_count);
		s->may_miss = read_flag(n, "may-miss");
		s->sources = read_refs(r, n, "sources");
		s->line = xml_line(n);
	}
}

static void
read_steps(struct reader *r, const struct xml_node *node,
    struct cat_install *x)
{
	const struct xml_node *n;
	size_t i = 0;

	x->steps = read_array(r, node, "step", sizeof(*x->steps),
	    &x->step_count);
	for (n = read_first(node, "step"); n != NULL; n = read_again(n), i++) {
		x->steps[i].text = read_prose(r, n);
		x->steps[i].run = read_flag(n, "run");
		x->steps[i].roles = read_words(r, read_opt(n, "roles"),
		    &x->steps[i].role_count);
	}
}

static void
read_installs(struct reader *r, const struct xml_node *root)
{
	struct catalogue *c = r->c;
	const struct xml_node *n;
	struct cat_install *x;

	x = c->installs = read_array(r, root, "install", sizeof(*x),
	    &c->install_count);
	for (n = read_first(root, "install"); n != NULL;
	    n = read_again(n), x++) {
		const char *at = read_opt(n, "for");

		x->id = read_attr(r, n, "id");
		x->line = xml_line(n);
		x->scopes = read_scopes(r, n, &x->scope_count);
		x->for_bases = strcmp(at, "updates") != 0;
		x->for_updates = strcmp(at, "bases") != 0;
		x->sources = read_refs(r, n, "sources");
		read_steps(r, n, x);
	}
}

void
read_requires(struct reader *r, const struct xml_node *root)
{
	struct catalogue *c = r->c;
	const struct xml_node *n;
	size_t count;

	read_platforms(r, root);
	c->requires = read_array(r, root, "requires", sizeof(*c->requires),
	    &count);
	for (n = read_first(root, "requires"); n != NULL; n = read_again(n)) {
		c->requires[c->require_count] = read_require(r, n);
		c->require_count++;
	}
	read_services(r, root);
	read_installs(r, root);
}

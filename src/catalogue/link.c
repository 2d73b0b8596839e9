/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/read.h"

#include <stdlib.h>
#include <string.h>

/*
 * What a grammar cannot say: ids and builds are given once, references lead
 * somewhere, releases stand in order, and replacing ends.
 */

static int
compare_ids(const void *a, const void *b)
{
	const struct cat_release *const *x = a, *const *y = b;

	return strcmp((*x)->id, (*y)->id);
}

static int
compare_builds(const void *a, const void *b)
{
	const struct cat_release *const *x = a, *const *y = b;
	int order = version_cmp((*x)->build, (*y)->build);

	/* Of equals, the first of the document. */
	return order != 0 ? order : (*x)->index < (*y)->index ? -1 :
	    (*x)->index > (*y)->index;
}

static void
make_indexes(struct reader *r)
{
	struct catalogue *c = r->c;
	size_t i;

	c->by_id = arena_alloc(&c->arena, c->release_count,
	    sizeof(*c->by_id));
	c->by_build = arena_alloc(&c->arena, c->release_count,
	    sizeof(*c->by_build));
	c->build_count = 0;
	for (i = 0; i < c->release_count; i++) {
		c->by_id[i] = c->releases[i];
		if (version_known(c->releases[i]->build))
			c->by_build[c->build_count++] = c->releases[i];
	}
	qsort(c->by_id, c->release_count, sizeof(*c->by_id), compare_ids);
	qsort(c->by_build, c->build_count, sizeof(*c->by_build),
	    compare_builds);
}

static void
check_ids(struct reader *r, const struct xml_node *root)
{
	const struct catalogue *c = r->c;
	size_t i;

	for (i = 1; i < c->release_count; i++)
		if (compare_ids(&c->by_id[i - 1], &c->by_id[i]) == 0)
			read_fail(r, root, "two releases are called \"%s\"",
			    c->by_id[i]->id);
}

static void
check_builds(struct reader *r, const struct xml_node *root)
{
	const struct catalogue *c = r->c;
	size_t i;

	for (i = 1; i < c->build_count; i++)
		if (version_cmp(c->by_build[i - 1]->build,
		    c->by_build[i]->build) == 0)
			read_fail(r, root, "%s and %s have the same build",
			    c->by_build[i - 1]->id, c->by_build[i]->id);
}

static void
check_branch(struct reader *r, const struct xml_node *node,
    const struct cat_branch *b)
{
	const struct cat_release *rel, *before = NULL;
	size_t i;

	for (i = 0; i < b->release_count; i++) {
		rel = b->releases[i];
		if (!version_known(rel->build))
			continue;
		if (version_cmp(rel->build, b->product->from) < 0 ||
		    version_cmp(rel->build, b->product->below) >= 0)
			read_fail(r, node, "the build of %s is not one of %s",
			    rel->id, b->product->name);
		if (before != NULL &&
		    version_cmp(before->build, rel->build) >= 0)
			read_fail(r, node, "%s stands behind %s, a later build",
			    rel->id, before->id);
		before = rel;
	}
}

static void
check_product(struct reader *r, const struct xml_node *node, size_t i)
{
	const struct cat_product *p = &r->c->products[i];
	size_t j;

	if (version_cmp(p->from, p->below) >= 0)
		read_fail(r, node, "%s owns no builds", p->name);
	for (j = 0; j < i; j++) {
		const struct cat_product *q = &r->c->products[j];

		if (strcmp(p->id, q->id) == 0)
			read_fail(r, node, "two products are called \"%s\"",
			    p->id);
		if (version_cmp(p->from, q->below) < 0 &&
		    version_cmp(q->from, p->below) < 0)
			read_fail(r, node, "%s and %s own the same builds",
			    q->name, p->name);
	}
}

/* Attribute NAME of NODE names a release, or is not there (NULL). */
static const struct cat_release *
follow(struct reader *r, const struct xml_node *node, const char *name)
{
	const char *id = xml_attr(node, name);
	const struct cat_release *rel;

	if (id == NULL)
		return NULL;
	rel = catalogue_release(r->c, id);
	if (rel == NULL)
		read_fail(r, node, "there is no release \"%s\"", id);
	return rel;
}

static void
check_advisory(struct reader *r, const struct xml_node *node,
    const char *name)
{
	const char *id = xml_attr(node, name);

	if (id != NULL && catalogue_advisory(r->c, id) == NULL)
		read_fail(r, node, "there is no advisory \"%s\"", id);
}

static void
link_release(struct reader *r, const struct xml_node *node,
    struct cat_release *rel)
{
	const struct xml_node *n = read_first(node, "replace");
	size_t i = 0;

	check_advisory(r, node, "affected-by");
	check_advisory(r, node, "perhaps-affected-by");
	check_advisory(r, node, "cures");
	if (n != NULL)
		rel->replace.by = follow(r, n, "by");
	for (n = read_first(node, "supersedes"); n != NULL; n = read_again(n))
		rel->supersedes[i++].release = follow(r, n, "release");
	rel->original = rel->revision == 1 && rel->replace.by != NULL ?
	    "original" : "";
}

void
link_replace(struct reader *r, const struct xml_node *node,
    struct cat_release *rel)
{
	read_replace(r, node, &rel->replace);
	rel->replace.by = follow(r, node, "by");
	rel->original = rel->revision == 1 && rel->replace.by != NULL ?
	    "original" : "";
}

/* More steps than there are releases go round in a circle. */
static void
check_circle(struct reader *r, const struct xml_node *node,
    const struct cat_release *rel)
{
	const struct cat_release *next = rel->replace.by;
	size_t steps;

	for (steps = 0; next != NULL; steps++, next = next->replace.by)
		if (steps >= r->c->release_count) {
			read_fail(r, node, "replacing %s goes in a circle",
			    rel->id);
			return;
		}
}

static void
link_products(struct reader *r, const struct xml_node *root)
{
	struct catalogue *c = r->c;
	const struct xml_node *p, *b, *n;
	size_t product = 0, branch = 0, release = 0;

	for (p = read_first(root, "product"); p != NULL; p = read_again(p)) {
		check_product(r, p, product++);
		for (b = read_first(p, "branch"); b != NULL;
		    b = read_again(b)) {
			if (!r->draft)
				check_branch(r, b, &c->branches[branch]);
			branch++;
			for (n = read_first(b, "release"); n != NULL;
			    n = read_again(n))
				link_release(r, n, c->releases[release++]);
		}
	}
}

void
link_circles(struct reader *r, const struct xml_node *root)
{
	size_t i;

	for (i = 0; i < r->c->release_count; i++)
		check_circle(r, root, r->c->releases[i]);
}

static void
link_tables(struct reader *r, const struct xml_node *root)
{
	struct cat_advisory *a = r->c->advisories;
	const struct xml_node *n, *m;
	size_t i;

	for (n = read_first(root, "advisory"); n != NULL;
	    n = read_again(n), a++) {
		i = 0;
		for (m = read_first(n, "rereleased"); m != NULL;
		    m = read_again(m))
			a->rereleased[i++].release = follow(r, m, "release");
	}
	for (n = read_first(root, "mitigation"); n != NULL; n = read_again(n))
		check_advisory(r, n, "advisory");
}

/* Digests of installed files, for the release that has their build. */
static void
link_files(struct reader *r)
{
	struct catalogue *c = r->c;
	const struct cat_release *found;
	struct cat_release *rel;
	size_t i;

	for (i = 0; i < c->file_set_count; i++) {
		found = catalogue_find_build(c, c->file_sets[i].build);
		if (found == NULL)
			continue;
		rel = c->releases[found->index];
		rel->files = c->file_sets[i].files;
		rel->file_count = c->file_sets[i].file_count;
	}
}

void
link_catalogue(struct reader *r, const struct xml_node *root)
{
	make_indexes(r);
	check_ids(r, root);
	if (!r->draft)
		check_builds(r, root);
	link_products(r, root);
	if (!r->draft)
		link_circles(r, root);
	link_tables(r, root);
	link_files(r);
}

void
link_added(struct reader *r, const struct xml_node *root, size_t first)
{
	const struct xml_node *add, *n;
	const struct cat_branch *b;

	make_indexes(r);
	check_ids(r, root);
	check_builds(r, root);
	for (add = read_first(root, "add"); add != NULL;
	    add = read_again(add)) {
		b = read_branch_ref(r, add);
		if (b == NULL)
			return;
		check_branch(r, add, b);
		for (n = read_first(add, "release"); n != NULL;
		    n = read_again(n))
			link_release(r, n, r->c->releases[first++]);
	}
	link_circles(r, root);
	link_files(r);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/read.h"

#include "base/limits.h"
#include "base/utf.h"

#include <string.h>

/*
 * Nothing that others point to moves when an overlay adds to it: releases,
 * branches, products and advisories. Their arrays and tables are copied to
 * where there is more room, and the arena keeps the old ones until the end.
 */

/* A copy of the COUNT things at OLD, with room for MORE behind them. */
static void *
grown(struct reader *r, const void *old, size_t count, size_t more,
    size_t size)
{
	void *now = arena_alloc(&r->c->arena, count + more, size);

	if (count != 0)
		memcpy(now, old, count * size);
	return now;
}

static size_t
count_of(const struct xml_node *node, const char *name)
{
	const struct xml_node *n;
	size_t count = 0;

	for (n = read_first(node, name); n != NULL; n = read_again(n))
		count++;
	return count;
}

/* A source may be given again, word for word: overlays that were made alike
 * name the same. */
static void
add_sources(struct reader *r, const struct xml_node *root)
{
	struct catalogue *c = r->c;
	const struct cat_source *known;
	const struct xml_node *n;
	struct cat_source s;

	c->sources = grown(r, c->sources, c->source_count,
	    count_of(root, "source"), sizeof(*c->sources));
	for (n = read_first(root, "source"); n != NULL; n = read_again(n)) {
		s = read_source(r, n);
		known = catalogue_source(c, s.id);
		if (known == NULL)
			c->sources[c->source_count++] = s;
		else if (strcmp(known->title, s.title) != 0 ||
		    strcmp(known->where, s.where) != 0)
			read_fail(r, n, "the catalogue has another source "
			    "\"%s\"", s.id);
	}
}

/* MORE is how many the overlay has in all, and ROOMY of each advisory whether
 * it has room for them by now: an array that grew by one at a time would take
 * memory with its square. */
static void
add_certificate(struct reader *r, const struct xml_node *node, size_t more,
    bool *roomy)
{
	const char *id = read_attr(r, node, "advisory");
	const struct cat_advisory *found = catalogue_advisory(r->c, id);
	struct cat_advisory *a;

	if (found == NULL) {
		read_fail(r, node, "there is no advisory \"%s\"", id);
		return;
	}
	a = &r->c->advisories[found - r->c->advisories];
	if (!roomy[found - r->c->advisories])
		a->certificates = grown(r, a->certificates,
		    a->certificate_count, more, sizeof(*a->certificates));
	roomy[found - r->c->advisories] = true;
	a->certificates[a->certificate_count++] = read_certificate(r, node);
}

static void
add_certificates(struct reader *r, const struct xml_node *root)
{
	bool *roomy = arena_alloc(&r->c->arena, r->c->advisory_count,
	    sizeof(*roomy));
	size_t more = count_of(root, "certificate");
	const struct xml_node *n;

	for (n = read_first(root, "certificate"); n != NULL;
	    n = read_again(n))
		add_certificate(r, n, more, roomy);
}

static void
add_anchors(struct reader *r, const struct xml_node *root)
{
	struct catalogue *c = r->c;
	const struct xml_node *n;

	c->anchors = grown(r, c->anchors, c->anchor_count,
	    count_of(root, "anchor"), sizeof(*c->anchors));
	for (n = read_first(root, "anchor"); n != NULL; n = read_again(n))
		c->anchors[c->anchor_count++] = read_anchor(r, n);
}

static void
add_distrusted(struct reader *r, const struct xml_node *root)
{
	struct catalogue *c = r->c;
	const struct xml_node *n;

	c->distrusted = grown(r, c->distrusted, c->distrusted_count,
	    count_of(root, "distrusted"), sizeof(*c->distrusted));
	for (n = read_first(root, "distrusted"); n != NULL; n = read_again(n))
		c->distrusted[c->distrusted_count++] = read_distrusted(r, n);
}

/* A site may ask for more, and never for less. */
static void
add_requires(struct reader *r, const struct xml_node *root)
{
	struct catalogue *c = r->c;
	const struct xml_node *n;

	c->requires = grown(r, c->requires, c->require_count,
	    count_of(root, "requires"), sizeof(*c->requires));
	for (n = read_first(root, "requires"); n != NULL; n = read_again(n)) {
		c->requires[c->require_count] = read_require(r, n);
		c->require_count++;
	}
}

/* --------------------------------------------------------- new branches */

/* Behind all others: the order of branches is that in which one leads to the
 * other. Older products begin no more of them. */
static void
add_branch(struct reader *r, const struct xml_node *add)
{
	struct catalogue *c = r->c;
	const struct cat_branch *last = &c->branches[c->branch_count - 1];
	const char *product = read_attr(r, add, "product");
	const char *branch = read_attr(r, add, "branch");
	size_t i;

	if (strcmp(last->product->id, product) != 0) {
		read_fail(r, add, "a branch of product \"%s\" cannot begin: "
		    "the newest is %s", product, last->product->name);
		return;
	}
	for (i = 0; i < c->branch_count; i++)
		if (c->branches[i].product == last->product &&
		    strcmp(c->branches[i].id, branch) == 0)
			read_fail(r, add, "there is a branch %s of product "
			    "\"%s\" already", branch, product);
	if (c->branch_room == 0) {
		read_fail(r, add, "more than %d branches of overlays",
		    OVERLAY_MAX_BRANCHES);
		return;
	}
	c->branch_room--;
	c->branches[c->branch_count++] = (struct cat_branch){
		.product = last->product,
		.id = branch,
		.also = "",
		.support_end = INSTANT_NONE,
		.support_confidence = "",
		.line = xml_line(add),
	};
}

static void
add_branches(struct reader *r, const struct xml_node *root)
{
	const struct xml_node *add;

	for (add = read_first(root, "add"); add != NULL; add = read_again(add))
		if (read_flag(add, "begins"))
			add_branch(r, add);
}

/* What begins a branch is what one installs to be of it; and it is newer than
 * all that its product had before. */
static void
check_beginning(struct reader *r, const struct xml_node *add)
{
	const struct cat_branch *b = read_branch_ref(r, add), *before;
	const struct cat_release *base, *x;
	size_t i;

	if (b == NULL)
		return;
	before = b - 1;
	base = b->releases[0];
	if (base->kind != CAT_CU && base->kind != CAT_SP)
		read_fail(r, add, "branch %s begins with %s, which is no "
		    "cumulative update", b->id, base->id);
	if (base->released == INSTANT_NONE)
		read_fail(r, add, "%s has no day, from which its branch "
		    "counts", base->id);
	for (i = 0; i < before->release_count; i++) {
		x = before->releases[i];
		if (version_cmp(x->build, base->build) >= 0)
			read_fail(r, add, "branch %s begins with %s, which is "
			    "older than %s", b->id, base->id, x->id);
	}
}

/* --------------------------------------------------------- new releases */

/* Into its place by build, for which there is room. One without would come
 * last, and be advised. */
static void
insert_release(struct reader *r, const struct xml_node *node,
    struct cat_branch *b, const struct cat_release *rel)
{
	size_t at = b->release_count;

	if (!version_known(rel->build))
		read_fail(r, node, "%s has no build, which gives a release "
		    "of an overlay its place", rel->id);
	while (version_known(rel->build) && at > 0 &&
	    version_cmp(b->releases[at - 1]->build, rel->build) > 0) {
		b->releases[at] = b->releases[at - 1];
		at--;
	}
	/* But for a branch that this overlay begins, which is looked at when
	 * all of it is there. */
	if (at == 0 && b->release_count != 0 &&
	    b->releases[1]->overlay != r->overlay)
		read_fail(r, node, "%s is older than what its branch begins "
		    "with, %s", rel->id, b->releases[1]->id);
	b->releases[at] = rel;
	b->release_count++;
}

/* MORE and ROOMY are as for certificates. */
static void
add_to_branch(struct reader *r, const struct xml_node *add, size_t more,
    bool *roomy)
{
	struct cat_branch *b = read_branch_ref(r, add);
	const struct xml_node *n;

	if (b == NULL)
		return;
	if (!roomy[b - r->c->branches])
		b->releases = grown(r, b->releases, b->release_count, more,
		    sizeof(*b->releases));
	roomy[b - r->c->branches] = true;
	for (n = read_first(add, "release"); n != NULL; n = read_again(n))
		insert_release(r, n, b, read_release(r, n, b));
}

static void
add_releases(struct reader *r, const struct xml_node *root)
{
	struct catalogue *c = r->c;
	const struct xml_node *add;
	size_t first = c->release_count, more = 0;
	bool *roomy;

	for (add = read_first(root, "add"); add != NULL; add = read_again(add))
		more += count_of(add, "release");
	if (more == 0)
		return;
	c->releases = grown(r, c->releases, first, more,
	    sizeof(*c->releases));
	roomy = arena_alloc(&c->arena, c->branch_count, sizeof(*roomy));
	for (add = read_first(root, "add"); add != NULL; add = read_again(add))
		add_to_branch(r, add, more, roomy);
	for (add = read_first(root, "add"); r->st == ST_OK && add != NULL;
	    add = read_again(add))
		if (read_flag(add, "begins"))
			check_beginning(r, add);
	if (r->st == ST_OK)
		link_added(r, root, first);
}

/* ------------------------------------------------ more of known releases */

/* Nobody may say that a package of one release is one of another. */
static void
check_digests(struct reader *r, const struct xml_node *node,
    const struct cat_release *rel, const struct cat_package *p)
{
	const struct cat_release *of;
	size_t i;

	for (i = 0; i < p->digest_count; i++)
		if (catalogue_find_digest(r->c, p->digests[i].hex, &of,
		    1) != 0 && of != rel)
			read_fail(r, node, "the digest of %s is one of %s, "
			    "not of %s", p->name, of->id, rel->id);
}

static struct cat_package *
package_named(const struct cat_release *rel, const char *name)
{
	size_t i;

	for (i = 0; i < rel->package_count; i++)
		if (utf_casecmp(rel->packages[i].name, name) == 0)
			return &rel->packages[i];
	return NULL;
}

static void
add_digests(struct reader *r, struct cat_package *to,
    const struct cat_package *from)
{
	to->digests = grown(r, to->digests, to->digest_count,
	    from->digest_count, sizeof(*to->digests));
	memcpy(to->digests + to->digest_count, from->digests,
	    from->digest_count * sizeof(*to->digests));
	to->digest_count += from->digest_count;
	if (to->digest_count != 0)
		to->none_public = false;
	if (to->size == 0)
		to->size = from->size;
}

static void
add_packages(struct reader *r, const struct xml_node *node,
    struct cat_release *rel)
{
	size_t i, count;
	struct cat_package *more = read_packages(r, node, &count), *known;

	rel->packages = grown(r, rel->packages, rel->package_count, count,
	    sizeof(*rel->packages));
	for (i = 0; i < count; i++) {
		check_digests(r, node, rel, &more[i]);
		known = package_named(rel, more[i].name);
		if (known != NULL)
			add_digests(r, known, &more[i]);
		else
			rel->packages[rel->package_count++] = more[i];
	}
}

static void
add_patches(struct reader *r, const struct xml_node *node,
    struct cat_release *rel)
{
	size_t i, count;
	struct cat_patch *more = read_patches(r, node, &count);
	const struct cat_release *of;

	rel->patches = grown(r, rel->patches, rel->patch_count, count,
	    sizeof(*rel->patches));
	for (i = 0; i < count; i++)
		if (catalogue_find_patch_code(r->c, more[i].code, &of,
		    1) == 0)
			rel->patches[rel->patch_count++] = more[i];
		else if (of != rel)
			read_fail(r, node, "patch %s is one of %s, not of %s",
			    more[i].code, of->id, rel->id);
}

static bool
has_cve(const struct cat_release *rel, const char *cve)
{
	size_t i;

	for (i = 0; i < rel->cve_count; i++)
		if (strcmp(rel->cves[i], cve) == 0)
			return true;
	return false;
}

static void
add_cves(struct reader *r, const struct xml_node *node,
    struct cat_release *rel)
{
	const struct xml_node *n = read_first(node, "cves");
	const char **more;
	size_t i, count;

	if (n == NULL)
		return;
	(void)read_refs(r, n, "sources");
	more = read_words(r, read_prose(r, n), &count);
	rel->cves = grown(r, rel->cves, rel->cve_count, count,
	    sizeof(*rel->cves));
	for (i = 0; i < count; i++)
		if (!has_cve(rel, more[i])) {
			rel->cves[rel->cve_count++] = more[i];
			rel->cves_overlay = r->overlay;
		}
}

/* What the catalogue says of this, a site does not make weaker; and what is
 * advised stays there to be advised, unless something newer is. */
static void
add_replace(struct reader *r, const struct xml_node *node,
    struct cat_release *rel)
{
	const struct xml_node *n = read_first(node, "replace");
	const struct cat_release *by;

	if (n == NULL)
		return;
	if (rel->replace.force != CAT_KEEP || rel->replace.by != NULL) {
		read_fail(r, n, "the catalogue says already what replaces "
		    "%s", rel->id);
		return;
	}
	link_replace(r, n, rel);
	by = rel->replace.by;
	if (by == NULL || by->overlay == NULL || by->branch != rel->branch ||
	    version_cmp(by->build, rel->build) <= 0)
		read_fail(r, n, "what replaces %s has to be a newer release "
		    "of its branch that an overlay adds", rel->id);
}

static void
extend_release(struct reader *r, const struct xml_node *node)
{
	const char *id = read_attr(r, node, "release");
	const struct cat_release *found = catalogue_release(r->c, id);
	struct cat_release *rel;

	if (found == NULL) {
		read_fail(r, node, "there is no release \"%s\"", id);
		return;
	}
	rel = r->c->releases[found->index];
	add_cves(r, node, rel);
	add_replace(r, node, rel);
	add_packages(r, node, rel);
	add_patches(r, node, rel);
}

void
read_overlay(struct reader *r, const struct xml_node *root)
{
	const struct xml_node *n;

	add_sources(r, root);
	add_distrusted(r, root);
	add_anchors(r, root);
	add_certificates(r, root);
	add_branches(r, root);
	add_requires(r, root);
	add_releases(r, root);
	for (n = read_first(root, "extend"); r->st == ST_OK && n != NULL;
	    n = read_again(n))
		extend_release(r, n);
	if (r->st == ST_OK)
		link_circles(r, root);
}

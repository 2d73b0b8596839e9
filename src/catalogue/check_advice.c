/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/check_rules.h"

#include <stdlib.h>
#include <string.h>

/* Rules about what would make the catalogue advise something wrong. */

/* Is R, by what is known of both, older than OTHER? */
static bool
is_older(const struct cat_release *r, const struct cat_release *other)
{
	if (version_known(r->build) && version_known(other->build))
		return version_cmp(r->build, other->build) < 0;
	return r->released != INSTANT_NONE &&
	    other->released != INSTANT_NONE && r->released < other->released;
}

static void
check_superseded(struct checker *k, const struct cat_release *r,
    const struct cat_superseded *s)
{
	const struct cat_release *older = catalogue_superseded(r, s);

	if (older != NULL && older->branch == r->branch && is_older(r, older))
		checker_complain(k, s->line, r, older->id,
		    "%s supersedes %s (line %u), which is newer", r->id,
		    older->id, older->line);
}

void
check_supersedes(struct checker *k)
{
	const struct cat_release *r;
	size_t i, j;

	for (i = 0; i < k->c->release_count; i++)
		for (r = k->c->releases[i], j = 0; j < r->supersedes_count;
		    j++)
			check_superseded(k, r, &r->supersedes[j]);
}

/* Is there one that suffers from the advisory, and is to be replaced by R,
 * which is newer? */
static bool
replaces_affected(const struct cat_release *r)
{
	const struct cat_branch *b = r->branch;
	size_t i;

	for (i = 0; i < b->release_count; i++)
		if (b->releases[i]->replace.by == r &&
		    strcmp(b->releases[i]->advisory, r->cures) == 0 &&
		    !is_older(r, b->releases[i]))
			return true;
	return false;
}

void
check_cure(struct checker *k)
{
	const struct cat_release *r;
	size_t i;

	for (i = 0; i < k->c->release_count; i++) {
		r = k->c->releases[i];
		if (r->cures[0] != '\0' && !replaces_affected(r))
			checker_complain(k, r->line, r, r->cures,
			    "%s cures advisory %s, and replaces nothing older "
			    "of %s that suffers from it", r->id, r->cures,
			    r->branch->id);
	}
}

static int
by_label(const void *a, const void *b)
{
	const struct cat_release *const *x = a, *const *y = b;
	int order = strcmp((*x)->label, (*y)->label);

	if (order != 0)
		return order;
	return (*x)->index < (*y)->index ? -1 : (*x)->index > (*y)->index;
}

static void
check_labels_of(struct checker *k, const struct cat_branch *b)
{
	size_t i, n = b->release_count;
	const struct cat_release **r = arena_alloc(&k->arena, n, sizeof(*r));

	memcpy(r, b->releases, n * sizeof(*r));
	qsort(r, n, sizeof(*r), by_label);
	for (i = 1; i < n; i++)
		if (strcmp(r[i - 1]->label, r[i]->label) == 0)
			checker_complain(k, r[i]->line, r[i], r[i - 1]->id,
			    "%s is called \"%s\", and so is %s (line %u)",
			    r[i]->id, r[i]->label, r[i - 1]->id,
			    r[i - 1]->line);
}

void
check_duplicate_label(struct checker *k)
{
	size_t i;

	for (i = 0; i < k->c->branch_count; i++)
		check_labels_of(k, &k->c->branches[i]);
}

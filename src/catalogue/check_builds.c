/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/check_rules.h"

#include <string.h>

/* Rules about builds. */

void
check_duplicate_build(struct checker *k)
{
	const struct cat_release *a, *b, *later;
	char v[VERSION_TEXT];
	size_t i;

	for (i = 1; i < k->c->build_count; i++) {
		a = k->c->by_build[i - 1];
		b = k->c->by_build[i];
		if (!version_equal(a->build, b->build))
			continue;
		/* Sorting by build alone leaves these two in any order. */
		later = a->line > b->line ? a : b;
		a = later == a ? b : a;
		checker_complain(k, later->line, later, a->id,
		    "%s has build %s, and so has %s (line %u)", later->id,
		    version_format(later->build, v), a->id, a->line);
	}
}

static void
check_product_range(struct checker *k, const struct cat_release *r)
{
	const struct cat_product *p = r->product;
	char v[3][VERSION_TEXT];

	if (version_cmp(r->build, p->from) >= 0 &&
	    version_cmp(r->build, p->below) < 0)
		return;
	checker_complain(k, r->line, r, p->id,
	    "%s has build %s, but those of %s go from %s to below %s (line "
	    "%u)", r->id, version_format(r->build, v[0]), p->name,
	    version_format(p->from, v[1]), version_format(p->below, v[2]),
	    p->line);
}

/* Releases of B at or above NEXT, the first build of the next branch. */
static void
check_below_next(struct checker *k, const struct cat_branch *b,
    const struct cat_release *next)
{
	const struct cat_release *r;
	char v[2][VERSION_TEXT];
	size_t i;

	for (i = 0; i < b->release_count; i++) {
		r = b->releases[i];
		if (!version_known(r->build) ||
		    version_cmp(r->build, next->build) < 0)
			continue;
		checker_complain(k, r->line, r, next->id,
		    "%s of %s has build %s, but %s begins with %s (%s, line "
		    "%u)", r->id, b->id, version_format(r->build, v[0]),
		    next->branch->id, version_format(next->build, v[1]),
		    next->id, next->line);
	}
}

/*
 * A branch reaches from its own first build to that of the next branch of
 * the product. Where those two stand in the wrong order is a matter for
 * build-order.
 */
void
check_branch_range(struct checker *k)
{
	const struct cat_branch *b = k->c->branches;
	const struct cat_release *base, *next;
	size_t i;

	for (i = 0; i < k->c->release_count; i++)
		if (version_known(k->c->releases[i]->build))
			check_product_range(k, k->c->releases[i]);
	for (i = 1; i < k->c->branch_count; i++) {
		base = checker_branch_base(&b[i - 1]);
		next = checker_branch_base(&b[i]);
		if (b[i - 1].product == b[i].product && base != NULL &&
		    next != NULL && version_cmp(base->build,
		    next->build) < 0)
			check_below_next(k, &b[i - 1], next);
	}
}

static void
complain_order(struct checker *k, const struct cat_release *before,
    const struct cat_release *r)
{
	char v[2][VERSION_TEXT];

	checker_complain(k, r->line, r, before->id,
	    "%s, build %s, stands behind %s (line %u), build %s", r->id,
	    version_format(r->build, v[0]), before->id, before->line,
	    version_format(before->build, v[1]));
}

static void
check_order_inside(struct checker *k, const struct cat_branch *b)
{
	const struct cat_release *r, *before = NULL;
	size_t i;

	for (i = 0; i < b->release_count; i++) {
		r = b->releases[i];
		if (!version_known(r->build))
			continue;
		if (before != NULL && version_cmp(before->build, r->build) > 0)
			complain_order(k, before, r);
		before = r;
	}
}

void
check_build_order(struct checker *k)
{
	const struct cat_release *base, *before = NULL;
	const struct cat_branch *b;
	size_t i;

	for (i = 0; i < k->c->branch_count; i++) {
		b = &k->c->branches[i];
		base = checker_branch_base(b);
		if (base == NULL)
			continue;
		if (before != NULL && before->product == b->product &&
		    version_cmp(before->build, base->build) > 0)
			complain_order(k, before, base);
		check_order_inside(k, b);
		before = base;
	}
}

/* "14.2.318.4" is "14.02.0318.004", to the digit; "8.3.83.6", in the tables
 * of Microsoft, "8.03.0083.006". */
void
check_long_build(struct checker *k)
{
	const struct cat_release *r;
	char v[VERSION_TEXT];
	const char *made;
	size_t i;

	for (i = 0; i < k->c->release_count; i++) {
		r = k->c->releases[i];
		version_format_long(r->build, v);
		made = !version_known(r->build) ? "none" : v + (v[0] == '0');
		if (r->build_long[0] != '\0' &&
		    strcmp(r->build_long, made) != 0)
			checker_complain(k, r->line, r, r->build_long,
			    "%s has the long build %s, but its build makes %s",
			    r->id, r->build_long, made);
	}
}

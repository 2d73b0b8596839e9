/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/check_rules.h"

#include <string.h>

/* Rules about what the installation of a release takes. */

/* What each check looks at: without it, it would be met by everything. */
static const char *
missing_of(const struct cat_require *x)
{
	switch (x->check) {
	case CAT_CHECK_DOTNET:
	case CAT_CHECK_WINDOWS:
		return x->allowed_count == 0 ? "allowed" : NULL;
	case CAT_CHECK_PATCHED:
		return !version_known(x->least) ? "least" :
		    x->windows_count == 0 ? "windows" : NULL;
	case CAT_CHECK_PROGRAM:
	case CAT_CHECK_PACK:
	case CAT_CHECK_ENABLED:
		return x->name[0] == '\0' ? "name" : NULL;
	case CAT_CHECK_VALUE:
	case CAT_CHECK_POLICY:
		return x->key[0] == '\0' ? "key" :
		    x->value[0] == '\0' ? "value" : NULL;
	case CAT_CHECK_SPACE:
		return x->place[0] == '\0' ? "place" :
		    x->megabytes == 0 ? "megabytes" : NULL;
	default:
		return NULL;
	}
}

static void
check_one(struct checker *k, const struct cat_require *x)
{
	const char *missing = missing_of(x);
	size_t i;

	if (missing != NULL)
		checker_complain_at(k, x->overlay, x->line, x->id,
		    "%s is a check of %s, and has no \"%s\"", x->id,
		    cat_check_name(x->check), missing);
	for (i = 0; i < x->scope_count; i++)
		if (x->scopes[i].to != NULL &&
		    x->scopes[i].from > x->scopes[i].to)
			checker_complain_at(k, x->overlay, x->line, x->id,
			    "%s runs backwards from %s to %s", x->id,
			    x->scopes[i].from->id, x->scopes[i].to->id);
}

static bool
is_among(const char *const *list, size_t count, const char *word)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (strcmp(list[i], word) == 0)
			return true;
	return count == 0;
}

/* Do both hold on some Windows, and for some kind of package? */
static bool
meet(const struct cat_require *a, const struct cat_require *b)
{
	size_t i;

	if (!(a->for_bases && b->for_bases) &&
	    !(a->for_updates && b->for_updates))
		return false;
	if (a->windows_count == 0)
		return true;
	for (i = 0; i < a->windows_count; i++)
		if (is_among(b->windows, b->windows_count, a->windows[i]))
			return true;
	return false;
}

static bool
holds(const struct cat_require *x, enum cat_check check,
    const struct cat_branch *b)
{
	return x->check == check && cat_scopes_have(x->scopes,
	    x->scope_count, b->product, b);
}

/* The first rule of one kind for B; complains of a second one. */
static const struct cat_require *
only_one(struct checker *k, enum cat_check check, const struct cat_branch *b)
{
	const struct cat_require *first = NULL, *x;
	size_t i;

	for (i = 0; i < k->c->require_count; i++) {
		x = &k->c->requires[i];
		/* A site may be stricter. */
		if (x->overlay != NULL || !holds(x, check, b))
			continue;
		if (first != NULL && meet(first, x))
			checker_complain_at(k, x->overlay, x->line, x->id,
			    "%s and %s (line %u) both say which %s %s %s "
			    "needs", x->id, first->id, first->line,
			    cat_check_name(check), b->product->name, b->id);
		else if (first == NULL)
			first = x;
	}
	return first;
}

/* Of a product for which it is known at all it is known for every branch
 * behind the first that has one. */
static void
check_gaps(struct checker *k, enum cat_check check)
{
	const struct cat_product *last = NULL;
	size_t i;

	for (i = 0; i < k->c->branch_count; i++) {
		const struct cat_branch *b = &k->c->branches[i];

		if (only_one(k, check, b) != NULL)
			last = b->product;
		else if (last == b->product)
			checker_complain(k, b->line, NULL, b->id,
			    "no requirement says which %s %s %s needs",
			    cat_check_name(check), b->product->name, b->id);
	}
}

/* Is there a source among them, other than what everybody knows? */
static bool
is_sourced(const struct checker *k, const struct cat_refs *refs)
{
	const struct cat_source *s;
	size_t i;

	for (i = 0; i < refs->count; i++) {
		s = catalogue_source(k->c, refs->ids[i]);
		if (s != NULL && !s->general)
			return true;
	}
	return false;
}

/* Every one of them can make a server doubtful. */
static void
check_services(struct checker *k)
{
	const struct cat_service *s;
	size_t i;

	for (i = 0; i < k->c->service_count; i++) {
		s = &k->c->services[i];
		if (!is_sourced(k, &s->sources))
			checker_complain_at(k, NULL, s->line, s->name,
			    "no role needs %s by any source", s->name);
	}
}

/* A site answers for what it asks for itself. */
void
check_hearsay(struct checker *k)
{
	const struct cat_require *x;
	size_t i;

	check_services(k);
	for (i = 0; i < k->c->require_count; i++) {
		x = &k->c->requires[i];
		if (x->overlay != NULL || is_sourced(k, &x->sources))
			continue;
		if (x->blocks != CAT_BLOCKS_NOTHING)
			checker_complain_at(k, NULL, x->line, x->id,
			    "%s blocks, and no source says so", x->id);
		if (strcmp(x->confidence, "low") != 0)
			checker_complain_at(k, NULL, x->line, x->id,
			    "%s is of %s confidence, and no source says so",
			    x->id, x->confidence);
	}
}

void
check_requires(struct checker *k)
{
	size_t i;

	for (i = 0; i < k->c->require_count; i++)
		check_one(k, &k->c->requires[i]);
	check_gaps(k, CAT_CHECK_DOTNET);
	check_gaps(k, CAT_CHECK_WINDOWS);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/utf.h"
#include "catalogue/check_rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Rules about KBs, and about names of packages, which carry them. */

static bool
one_replaces_other(const struct cat_release *a, const struct cat_release *b)
{
	return a->replace.by == b || b->replace.by == a;
}

/* Articles of security and hotfix updates serve several releases of a day. */
static bool
is_shared_kind(const struct cat_release *r)
{
	return r->kind == CAT_SU || r->kind == CAT_HU;
}

static bool
may_share_kb(const struct cat_release *a, const struct cat_release *b)
{
	return one_replaces_other(a, b) ||
	    (strcmp(a->date, b->date) == 0 &&
	    (is_shared_kind(a) || is_shared_kind(b)));
}

/* Uses FROM up to I are of one KB: is I related to any before it? */
static void
check_relation(struct checker *k, size_t from, size_t i)
{
	const struct cat_release *r = k->own[i].release;
	const struct cat_release *first = k->own[from].release;
	size_t j;

	for (j = i; j > from; j--)
		if (may_share_kb(r, k->own[j - 1].release))
			return;
	checker_complain(k, r->line, r, first->id,
	    "%s has %s, and so has %s (line %u)", r->id, k->own[i].kb,
	    first->id, first->line);
}

void
check_duplicate_kb(struct checker *k)
{
	size_t i, from = 0;

	for (i = 1; i < k->own_count; i++)
		if (strcmp(k->own[i].kb, k->own[from].kb) != 0)
			from = i;
		else
			check_relation(k, from, i);
}

/* Is what KB becomes another one that the catalogue has? */
static void
try_kb(struct checker *k, const struct kb_use *u, const char *kb)
{
	const struct kb_use *other = checker_find_kb(k->own, k->own_count, kb);

	/* Of two releases, the later one is told of. */
	if (other != NULL && other->place > u->place)
		return;
	if (other == NULL)
		other = checker_find_kb(k->mentions, k->mention_count, kb);
	if (other != NULL)
		checker_complain(k, u->line, u->release, other->kb,
		    "%s of %s and %s (line %u) differ in nothing but the "
		    "order of digits", u->kb, u->release->id, other->kb,
		    other->line);
}

/* Do A and B, LEN bytes each, use the same digits? How often each does not
 * count: KB2734323 has been printed as KB2734232. */
static bool
same_digits(const char *a, const char *b, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (memchr(a, b[i], len) == NULL ||
		    memchr(b, a[i], len) == NULL)
			return false;
	return true;
}

/*
 * Way N to put LEN digits, each one of those at WAS, at OUT. False for a way
 * that is another one too, because WAS has a digit twice.
 */
static bool
place_digits(const char *was, size_t len, size_t n, char *out)
{
	size_t i, from;

	for (i = 0; i < len; i++, n /= len) {
		from = n % len;
		if (memchr(was, was[from], len) != was + from)
			return false;
		out[i] = was[from];
	}
	return true;
}

/* Spans are tried by length, so one that begins or ends with the digit that
 * was there belongs to a shorter one. */
static void
try_span(struct checker *k, const struct kb_use *u, size_t at, size_t len)
{
	size_t n, ways = len == 2 ? 2 * 2 : 3 * 3 * 3;
	const char *was = u->kb + at;
	char kb[CHECKER_KB_LEN];

	snprintf(kb, sizeof(kb), "%s", u->kb);
	for (n = 0; n < ways; n++)
		if (place_digits(was, len, n, kb + at) && kb[at] != was[0] &&
		    kb[at + len - 1] != was[len - 1] &&
		    same_digits(kb + at, was, len))
			try_kb(k, u, kb);
}

void
check_kb_digits(struct checker *k)
{
	const struct kb_use *u = k->own;
	size_t i, at, len;

	for (i = 0; i < k->own_count; i++) {
		len = strlen(u[i].kb);
		if (len >= CHECKER_KB_LEN || (i > 0 && strcmp(u[i].kb,
		    u[i - 1].kb) == 0))
			continue;
		for (at = 2; at + 2 <= len; at++)
			try_span(k, &u[i], at, 2);
		for (at = 2; at + 3 <= len; at++)
			try_span(k, &u[i], at, 3);
	}
}

/* The "2" of "-v2-" in a name; 0 for none. */
static unsigned
revision_in_name(const char *name)
{
	const char *p;

	for (p = strchr(name, '-'); p != NULL; p = strchr(p + 1, '-'))
		if ((p[1] == 'v' || p[1] == 'V') && p[2] >= '1' &&
		    p[2] <= '9' && p[3] == '-')
			return (unsigned)(p[2] - '0');
	return 0;
}

/* "Exchange2010-..." is of Exchange 2010. */
static bool
wrong_year(const struct cat_release *r, const char *name)
{
	const char *id = r->product->id, *year = name + strlen("Exchange");

	return utf_case_prefix(name, "Exchange") && strlen(id) == 4 &&
	    strspn(id, "0123456789") == 4 && strspn(year, "0123456789") == 4 &&
	    strncmp(id, year, 4) != 0;
}

static void
check_package(struct checker *k, const struct cat_release *r,
    const struct cat_package *p)
{
	const char *kb = checker_kb_in_name(k, p->name);
	unsigned revision = revision_in_name(p->name);

	if (kb[0] != '\0' && !release_has_kb(r, kb))
		checker_complain(k, p->line, r, p->name,
		    "%s is named after %s, but %s (line %u) has %s", p->name,
		    kb, r->id, r->line, r->kb[0] != '\0' ? r->kb : "no KB");
	if (revision != 0 && revision != r->revision)
		checker_complain(k, p->line, r, p->name,
		    "%s is named after revision %u, but %s (line %u) is "
		    "revision %u", p->name, revision, r->id, r->line,
		    r->revision);
	if (wrong_year(r, p->name))
		checker_complain(k, p->line, r, p->name,
		    "%s is not named after %s, whose release %s (line %u) is",
		    p->name, r->product->name, r->id, r->line);
}

void
check_package_name(struct checker *k)
{
	const struct cat_release *r;
	size_t i, j;

	for (i = 0; i < k->c->release_count; i++)
		for (r = k->c->releases[i], j = 0; j < r->package_count; j++)
			check_package(k, r, &r->packages[j]);
}

static void
check_row(struct checker *k, const struct cat_advisory *a,
    const struct cat_rereleased *row)
{
	const struct cat_release *r = row->release;

	if (!release_has_kb(r, row->rerelease))
		checker_complain(k, row->line, r, row->rerelease,
		    "advisory %s has %s as the re-release %s (line %u), which "
		    "has %s", a->id, row->rerelease, r->id, r->line,
		    r->kb[0] != '\0' ? r->kb : "no KB");
	if (strcmp(r->date, row->date) != 0)
		checker_complain(k, row->line, r, row->date,
		    "advisory %s has %s as the day of %s (line %u), which "
		    "has %s", a->id, row->date, r->id, r->line,
		    r->date[0] != '\0' ? r->date : "none");
}

void
check_rereleased(struct checker *k)
{
	const struct cat_advisory *a = k->c->advisories;
	size_t i, j;

	for (i = 0; i < k->c->advisory_count; i++)
		for (j = 0; j < a[i].rereleased_count; j++)
			if (a[i].rereleased[j].release != NULL)
				check_row(k, &a[i], &a[i].rereleased[j]);
}

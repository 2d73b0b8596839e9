/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/check_rules.h"

#include <stdlib.h>
#include <string.h>

/* Rules about what the catalogue says of its own facts: sources, disputes,
 * revisions, digests, exceptions. */

/* Which releases are what a <replace> names? Indexed like the releases. */
static bool *
find_followers(struct checker *k)
{
	const struct catalogue *c = k->c;
	bool *follows = arena_alloc(&k->arena, c->release_count,
	    sizeof(*follows));
	size_t i;

	for (i = 0; i < c->release_count; i++)
		if (c->releases[i]->replace.by != NULL)
			follows[c->releases[i]->replace.by->index] = true;
	return follows;
}

/* The 2 of "Update Rollup 4-v2", "CU23 Nov24SUv2"; 0 for none. */
static unsigned
revision_in_label(const char *label)
{
	size_t len = strlen(label);

	if (len < 3 || label[len - 2] != 'v' || label[len - 1] < '1' ||
	    label[len - 1] > '9')
		return 0;
	return (unsigned)(label[len - 1] - '0');
}

void
check_revision(struct checker *k)
{
	const bool *follows = find_followers(k);
	const struct cat_release *r;
	unsigned labelled;
	size_t i;

	for (i = 0; i < k->c->release_count; i++) {
		r = k->c->releases[i];
		if (r->revision > 1 && !follows[i])
			checker_complain(k, r->line, r, "original",
			    "%s is revision %u, but no release is to be "
			    "replaced by it: the original is missing", r->id,
			    r->revision);
		labelled = revision_in_label(r->label);
		if ((labelled != 0 || r->revision > 1) &&
		    labelled != r->revision)
			checker_complain(k, r->line, r, r->label,
			    "%s is revision %u, but its label is \"%s\"",
			    r->id, r->revision, r->label);
	}
}

/*
 * The sources of a release are those of all its facts together. Where there
 * is only one, that one gives the KB too.
 */
static void
check_kb_source(struct checker *k, const struct cat_release *r)
{
	if (r->kb[0] != '\0' && r->kb_sources.count == 0 &&
	    r->sources.count > 1)
		checker_complain(k, r->line, r, r->kb,
		    "%s has %s, but none of its %zu sources is said to give "
		    "it", r->id, r->kb, r->sources.count);
}

void
check_no_source(struct checker *k)
{
	const struct cat_package *p;
	const struct cat_release *r;
	size_t i, j;

	for (i = 0; i < k->c->release_count; i++) {
		r = k->c->releases[i];
		check_kb_source(k, r);
		for (j = 0; j < r->package_count; j++) {
			p = &r->packages[j];
			if (strcmp(p->evidence, "derived") != 0 &&
			    catalogue_source(k->c, p->evidence) == NULL)
				checker_complain(k, p->line, r, p->name,
				    "%s of %s is known from \"%s\", which is "
				    "no source", p->name, r->id, p->evidence);
		}
	}
}

/* The accepted side of a dispute as text, "" when there is none. V is room
 * for a version. */
static const char *
accepted(const struct cat_release *r, const char *fact, char *v)
{
	if (strcmp(fact, "build") == 0)
		return version_known(r->build) ? version_format(r->build, v) :
		    "";
	if (strcmp(fact, "date") == 0)
		return r->date;
	if (strcmp(fact, "kb") == 0)
		return r->kb;
	if (strcmp(fact, "label") == 0)
		return r->label;
	return strcmp(fact, "long") == 0 ? r->build_long : "";
}

static void
complain_dispute(struct checker *k, const struct cat_release *r,
    const struct cat_dispute *d)
{
	char v[VERSION_TEXT];
	const char *value = accepted(r, d->fact, v);

	checker_complain(k, d->line, r, d->value,
	    "the %s of %s (line %u) is %s%s%s, and nobody has decided",
	    d->fact, r->id, r->line, value, value[0] != '\0' ? " or " : "",
	    d->value);
}

void
check_dispute(struct checker *k)
{
	const struct cat_release *r;
	size_t i, j;

	for (i = 0; i < k->c->release_count; i++)
		for (r = k->c->releases[i], j = 0; j < r->dispute_count; j++)
			if (r->disputes[j].unresolved)
				complain_dispute(k, r, &r->disputes[j]);
}

/* Some facts have several values: KBs, and what is superseded. */
static bool
is_accepted(const struct cat_release *r, const struct cat_dispute *d)
{
	char v[VERSION_TEXT];
	size_t i;

	for (i = 0; strcmp(d->fact, "kb") == 0 && i < r->kb_count; i++)
		if (strcmp(r->kbs[i], d->value) == 0)
			return true;
	for (i = 0; strcmp(d->fact, "supersedes") == 0 &&
	    i < r->supersedes_count; i++)
		if (strcmp(r->supersedes[i].kb, d->value) == 0)
			return true;
	return strcmp(accepted(r, d->fact, v), d->value) == 0;
}

void
check_disputed_value(struct checker *k)
{
	const struct cat_release *r;
	size_t i, j;

	for (i = 0; i < k->c->release_count; i++)
		for (r = k->c->releases[i], j = 0; j < r->dispute_count; j++)
			if (is_accepted(r, &r->disputes[j]))
				checker_complain(k, r->disputes[j].line, r,
				    r->disputes[j].value,
				    "%s %s is disputed, and it is what %s "
				    "(line %u) has", r->disputes[j].fact,
				    r->disputes[j].value, r->id, r->line);
}

/* A digest and the package that has it. */
struct digest_use {
	const char	*hex;
	const struct cat_package *package;
	const struct cat_release *release;
	size_t		 order;
};

static int
by_hex(const void *a, const void *b)
{
	const struct digest_use *x = a, *y = b;
	int order = strcmp(x->hex, y->hex);

	if (order != 0)
		return order;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* Counted first (OUT is NULL), then written. */
static size_t
list_digests(const struct catalogue *c, struct digest_use *out)
{
	const struct cat_release *r;
	size_t i, j, d, n = 0;

	for (i = 0; i < c->release_count; i++)
		for (r = c->releases[i], j = 0; j < r->package_count; j++)
			for (d = 0; d < r->packages[j].digest_count; d++, n++)
				if (out != NULL)
					out[n] = (struct digest_use){
					    r->packages[j].digests[d].hex,
					    &r->packages[j], r, n };
	return n;
}

void
check_duplicate_digest(struct checker *k)
{
	size_t i, n = list_digests(k->c, NULL);
	struct digest_use *u = arena_alloc(&k->arena, n, sizeof(*u));

	(void)list_digests(k->c, u);
	qsort(u, n, sizeof(*u), by_hex);
	for (i = 1; i < n; i++)
		if (strcmp(u[i - 1].hex, u[i].hex) == 0)
			checker_complain(k, u[i].package->line, u[i].release,
			    u[i - 1].package->name,
			    "%s has the digest of %s (line %u)",
			    u[i].package->name, u[i - 1].package->name,
			    u[i - 1].package->line);
}

static bool
is_needed(const struct check_result *found, const struct cat_except *e)
{
	size_t i;

	for (i = 0; i < found->count; i++)
		if (found->complaints[i].except == e)
			return true;
	return false;
}

void
check_except(struct checker *k)
{
	const struct cat_release *r;
	const struct cat_except *e;
	size_t i, j;

	for (i = 0; i < k->c->release_count; i++)
		for (r = k->c->releases[i], j = 0; j < r->except_count; j++) {
			e = &r->excepts[j];
			if (is_needed(k->out, e))
				continue;
			checker_complain_at(k, r->overlay, e->line, e->about,
			    "%s excepts %s from rule %s, which does not "
			    "complain of it", r->id, e->about, e->rule);
		}
}

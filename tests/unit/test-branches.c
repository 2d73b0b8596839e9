/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "made.h"
#include "tap.h"

#include <stdio.h>

/*
 * Over the whole catalogue: along one branch, an older build is never judged
 * better than a newer one that is not recalled. Each release is made a sound
 * server, and judged on one day.
 */

static struct catalogue *cat;

/* One release as a server, and what came of it. */
struct place {
	const struct cat_release *r;
	enum severity	 verdict;
	enum installed	 installed;
};

/* Does nothing ask for it to be replaced, and did Microsoft publish it? */
static bool
is_to_be_kept(const struct cat_release *r)
{
	return r->replace.force == CAT_KEEP && r->kind != CAT_IU &&
	    r->revision != 0;
}

static struct place
judge(const struct cat_release *r, const struct cat_release *base,
    instant at, unsigned asked)
{
	struct made m;
	struct assessment *a;
	struct place p = { .r = r };

	made_server(&m, cat, base, r);
	m.opt.at = at;
	m.opt.asked = asked;
	m.inv.taken = at;
	a = made_assess(&m);
	p.verdict = a->verdict;
	p.installed = (enum installed)a->answers[ASK_INSTALLED].value;
	assessment_free(a);
	return p;
}

static void
complain(const struct place *old, const struct place *new)
{
	char what[256];

	snprintf(what, sizeof(what), "%s is \"%s\", the newer %s is \"%s\"",
	    old->r->id, verdict_name(old->verdict), new->r->id,
	    verdict_name(new->verdict));
	tap_check(false, "older judged better", 0, what);
}

#define PLACES	64

/* Returns: how many pairs were compared. */
static size_t
walk_branch(const struct cat_branch *b, instant at, unsigned asked)
{
	struct place places[PLACES];
	size_t i, k, n = 0, pairs = 0;

	for (i = 0; i < b->release_count; i++) {
		const struct cat_release *r = b->releases[i];
		const struct cat_release *base = made_base_of(r);

		if (!version_known(r->build) || base == NULL)
			continue;
		CHECK(n < PLACES);
		places[n++] = judge(r, base, at, asked);
	}
	for (i = 0; i < n; i++)
		for (k = i + 1; k < n; k++) {
			if (!is_to_be_kept(places[k].r))
				continue;
			pairs++;
			if (severity_worse(places[i].verdict,
			    places[k].verdict) != places[i].verdict)
				complain(&places[i], &places[k]);
		}
	return pairs;
}

static void
walk(instant at, unsigned asked)
{
	const struct cat_branch *b;
	size_t i, n = catalogue_branches(cat, &b), pairs = 0;

	for (i = 0; i < n; i++)
		pairs += walk_branch(&b[i], at, asked);
	CHECK(pairs > 500);
}

static void
by_default(void)
{
	walk(MADE_NOW, 0);
}

static void
of_the_state_alone(void)
{
	walk(MADE_NOW, QUESTION_BIT(ASK_INSTALLED) |
	    QUESTION_BIT(ASK_GENUINE) | QUESTION_BIT(ASK_COMPLETE) |
	    QUESTION_BIT(ASK_RERELEASE) | QUESTION_BIT(ASK_FIX));
}

/* Each alone, so that one that is worse for all hides nothing. */
static void
each_question(void)
{
	enum question q;

	for (q = ASK_INSTALLED; q < ASK_READY; q++)
		walk(MADE_NOW, QUESTION_BIT(q));
}

/* A sound server of any release is proven to be one: nothing in the catalogue
 * keeps it from that. */
static void
each_is_proven(void)
{
	const struct cat_release *const *all;
	size_t i, n = catalogue_releases(cat, &all);

	for (i = 0; i < n; i++) {
		const struct cat_release *base = made_base_of(all[i]);
		struct place p;

		if (!version_known(all[i]->build) || base == NULL ||
		    !all[i]->product->has_exsetup)
			continue;
		p = judge(all[i], base, MADE_NOW, 0);
		/* A build that was only seen is an interim update's. */
		if (all[i]->kind != CAT_IU)
			tap_check(p.installed == INSTALLED_PROVEN,
			    "not proven", 0, all[i]->id);
	}
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "each release, on a sound server, is proven",
		    each_is_proven },
		{ "older is not better: all questions", by_default },
		{ "older is not better: without the catalogue's news",
		    of_the_state_alone },
		{ "older is not better: each question", each_question },
		{ NULL, NULL },
	};
	struct diag d = { .text = "" };
	int rc;

	if (catalogue_builtin(&cat, &d) != ST_OK)
		return 1;
	rc = tap_run(cases);
	catalogue_free(cat);
	return rc;
}

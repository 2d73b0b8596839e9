/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/check_rules.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Rules about days. */

/* Days as the XML has them, "2012-10-09" or "2011-07": is A before B? A
 * month is not before any of its days. */
static bool
day_before(const char *a, const char *b)
{
	size_t la = strlen(a), lb = strlen(b);

	return strncmp(a, b, la < lb ? la : lb) < 0;
}

static void
check_pair(struct checker *k, const struct cat_release *before,
    const struct cat_release *r)
{
	if (day_before(r->date, before->date))
		checker_complain(k, r->line, r, before->id,
		    "%s of %s stands behind %s (line %u) of %s", r->id,
		    r->date, before->id, before->line, before->date);
}

/* The first release of B with a day, which begins it; NULL for none. */
static const struct cat_release *
check_days_inside(struct checker *k, const struct cat_branch *b)
{
	const struct cat_release *r, *first = NULL, *before = NULL;
	size_t i;

	for (i = 0; i < b->release_count; i++) {
		r = b->releases[i];
		if (r->date[0] == '\0')
			continue;
		if (before != NULL)
			check_pair(k, before, r);
		else
			first = r;
		before = r;
	}
	return first;
}

void
check_date_order(struct checker *k)
{
	const struct cat_release *first, *before = NULL;
	size_t i;

	for (i = 0; i < k->c->branch_count; i++) {
		first = check_days_inside(k, &k->c->branches[i]);
		if (first == NULL)
			continue;
		if (before != NULL && before->product == first->product)
			check_pair(k, before, first);
		before = first;
	}
}

/* R and the revision that replaces it. */
static void
check_revisions(struct checker *k, const struct cat_release *r)
{
	const struct cat_release *by = r->replace.by;
	char v[2][VERSION_TEXT];

	if (day_before(by->date, r->date))
		checker_complain(k, r->replace.line, r, by->id,
		    "%s of %s is to be replaced by %s (line %u) of %s, which "
		    "is older", r->id, r->date, by->id, by->line, by->date);
	if (version_known(by->build) && version_known(r->build) &&
	    version_cmp(by->build, r->build) < 0)
		checker_complain(k, r->replace.line, r, by->id,
		    "%s, build %s, is to be replaced by %s (line %u), build "
		    "%s, which is older", r->id, version_format(r->build,
		    v[0]), by->id, by->line, version_format(by->build, v[1]));
}

void
check_rerelease_date(struct checker *k)
{
	size_t i;

	for (i = 0; i < k->c->release_count; i++)
		if (k->c->releases[i]->replace.by != NULL)
			check_revisions(k, k->c->releases[i]);
}

/* A release of no day has INSTANT_NONE, which is before everything. */
void
check_future_date(struct checker *k)
{
	const struct catalogue *c = k->c;
	char at[INSTANT_TEXT], day[INSTANT_TEXT];
	size_t i;

	instant_format_day(k->at, at);
	if (c->info.issued > k->at)
		checker_complain(k, c->info.line, NULL, "issued",
		    "the catalogue was issued on %s, and it is %s",
		    instant_format_day(c->info.issued, day), at);
	for (i = 0; i < c->advisory_count; i++)
		if (c->advisories[i].published > k->at)
			checker_complain(k, c->advisories[i].line, NULL,
			    "published", "advisory %s was published on %s, "
			    "and it is %s", c->advisories[i].id,
			    instant_format_day(c->advisories[i].published,
			    day), at);
	for (i = 0; i < c->release_count; i++)
		if (c->releases[i]->released > k->at)
			checker_complain(k, c->releases[i]->line,
			    c->releases[i], c->releases[i]->date,
			    "%s was released on %s, and it is %s",
			    c->releases[i]->id, c->releases[i]->date, at);
}

/* "2026112501" is the first of 2026-11-25: a change raises both. */
void
check_serial(struct checker *k)
{
	const struct cat_info *info = &k->c->info;
	char day[INSTANT_TEXT], serial[24];

	instant_format_day(info->issued, day);
	snprintf(serial, sizeof(serial), "%" PRIu64, info->serial);
	if (strncmp(serial, day, 4) != 0 ||
	    strncmp(serial + 4, day + 5, 2) != 0 ||
	    strncmp(serial + 6, day + 8, 2) != 0)
		checker_complain(k, info->line, NULL, "serial",
		    "serial %s does not begin with %s, the day of issue",
		    serial, day);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/fleet_accept.h"

#include "base/alloc.h"
#include "base/utf.h"

#include <stdlib.h>
#include <string.h>

/* The beginning of the character behind the one at P. */
static const char *
character_end(const char *p)
{
	for (p++; ((unsigned char)*p & 0xc0) == 0x80; p++)
		continue;
	return p;
}

/* One step back to the last '*' is enough, so that no pattern
 * takes longer than the product of the two lengths. */
bool
fleet_matches(const char *pattern, const char *name)
{
	const char *star = NULL, *again = name;

	while (*name != '\0') {
		if (*pattern == '*') {
			star = ++pattern;
			again = name;
		} else if (*pattern == '?') {
			pattern++;
			name = character_end(name);
		} else if (*pattern == *name) {
			pattern++;
			name++;
		} else if (star != NULL) {
			pattern = star;
			name = ++again;
		} else
			return false;
	}
	while (*pattern == '*')
		pattern++;
	return *pattern == '\0';
}

bool
fleet_is_item(const char *item)
{
	enum question q;
	unsigned i;

	if (strcmp(item, FLEET_ITEM_MISSING) == 0 || question_named(item, &q))
		return true;
	for (i = 0; i < RULE_COUNT; i++)
		if (strcmp(rule_get((enum rule_id)i)->code, item) == 0)
			return true;
	return false;
}

bool
fleet_ran_out(const struct fleet_accept *a, instant at)
{
	return at >= a->until;
}

/* Has the row what is accepted? */
static bool
has_item(const struct fleet_row *row, const char *item)
{
	enum question q;
	size_t i;

	if (row->state == FLEET_MISSING)
		return strcmp(item, FLEET_ITEM_MISSING) == 0;
	if (question_named(item, &q))
		return row->answers[q].severity > SEV_NOTE;
	for (i = 0; i < row->finding_count; i++)
		if (strcmp(rule_get(row->findings[i].rule)->code, item) == 0)
			return true;
	return false;
}

static bool
accepts(const struct fleet *f, const struct fleet_row *row, const char *item)
{
	size_t i;

	for (i = 0; i < row->accepted_count; i++)
		if (strcmp(row->accepted[i]->item, item) == 0 &&
		    !fleet_ran_out(row->accepted[i], f->at))
			return true;
	return false;
}

/* How many installations have an answer to Q that is not well. */
static size_t
count_worse(const struct fleet_row *row, enum question q)
{
	size_t i, n = 0;

	for (i = 0; i < row->install_count; i++)
		n += row->installs[i].answers[q].severity != SEV_NOTE;
	return n;
}

/*
 * An answer is accepted as a whole, or by each of the findings that explain
 * it: one of several leaves the others to count. Those that ask for less than
 * the answer do not explain it to its end, and are not enough; nor are they
 * where it has more reasons than findings, or where several installations have
 * it: what is not known may have no finding at all.
 */
static bool
is_accepted(const struct fleet *f, const struct fleet_row *row,
    enum question q)
{
	enum severity worst = SEV_NOTE;
	size_t i, n = 0;

	if (accepts(f, row, question_get(q)->name))
		return true;
	if (count_worse(row, q) > 1)
		return false;
	for (i = 0; i < row->finding_count; i++) {
		const struct fleet_finding *x = &row->findings[i];

		if (x->question != q)
			continue;
		if (!accepts(f, row, rule_get(x->rule)->code))
			return false;
		worst = severity_worse(worst, x->severity);
		n++;
	}
	return worst != SEV_NOTE && worst == row->answers[q].severity &&
	    row->answers[q].lacks <= n;
}

/* What is about a host of this name and has something there to accept. */
static void
collect(const struct fleet *f, struct fleet_row *row, const char *name,
    const char *full)
{
	size_t i;

	for (i = 0; i < f->accept_count; i++) {
		struct fleet_accept *a = &f->accepts[i];

		if (!(fleet_matches(a->pattern, name) ||
		    fleet_matches(a->pattern, full)) ||
		    !has_item(row, a->item))
			continue;
		row->accepted = xpush(row->accepted, row->accepted_count,
		    sizeof(a));
		row->accepted[row->accepted_count++] = a;
	}
}

/* With its domain, or without. */
static void
collect_of(const struct fleet *f, struct fleet_row *row)
{
	char *name = utf_fold_dup(row->name), *full = xasprintf("%s.%s",
	    row->name, row->domain != NULL ? row->domain : "");
	char *folded = utf_fold_dup(full);

	collect(f, row, name, folded);
	free(name);
	free(full);
	free(folded);
}

void
fleet_accept_row(const struct fleet *f, struct fleet_row *row)
{
	enum severity worst = SEV_NOTE;
	size_t q;

	if (f->accept_count != 0 && row->named)
		collect_of(f, row);
	if (row->accepted_count == 0)
		return;
	for (q = 0; q < QUESTION_COUNT; q++)
		if ((row->asked & QUESTION_BIT(q)) != 0 &&
		    !is_accepted(f, row, (enum question)q))
			worst = severity_worse(worst,
			    row->answers[q].severity);
	row->verdict = worst;
}

void
fleet_accept_missing(const struct fleet *f, struct fleet_row *row)
{
	char *full = utf_fold_dup(row->name);
	char *bare = xstrndup(full, strcspn(full, "."));

	collect(f, row, bare, full);
	free(bare);
	free(full);
	if (accepts(f, row, FLEET_ITEM_MISSING))
		row->verdict = SEV_NOTE;
}

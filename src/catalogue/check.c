/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/check.h"

#include "catalogue/check_rules.h"

#include <stdlib.h>

static const struct {
	struct check_rule rule;
	check_fn	*check;
} rules[] = {
	{ { "duplicate-build", "two releases have one build", true },
	    check_duplicate_build },
	{ { "duplicate-kb", "two releases share a KB and are neither "
	    "revisions of one another nor updates of one day, one of them "
	    "a security or hotfix update", true }, check_duplicate_kb },
	{ { "branch-range", "a build lies outside the product's range, or "
	    "at or above where the next branch begins", false },
	    check_branch_range },
	{ { "build-order", "builds of a branch, or first builds of "
	    "branches, run backwards", false }, check_build_order },
	{ { "date-order", "dates run backwards while builds go up", false },
	    check_date_order },
	{ { "rerelease-older", "a revision is not newer than what it "
	    "replaces, by day or build", true }, check_rerelease_date },
	{ { "supersedes-newer", "a release supersedes one of its branch that "
	    "is newer, by day or build", true }, check_supersedes },
	{ { "cure", "a release cures an advisory and replaces no older one "
	    "that is affected by it", true }, check_cure },
	{ { "duplicate-label", "two releases of a branch have one label",
	    true }, check_duplicate_label },
	{ { "revision", "a revision above the first replaces nothing, or "
	    "its label counts otherwise", true }, check_revision },
	{ { "kb-digits", "a KB differs from another one of the catalogue "
	    "by digits changed about", false }, check_kb_digits },
	{ { "cycle", "what supersedes or replaces what goes in a circle",
	    true }, check_cycle },
	{ { "long-build", "the long build is not the short one, spelled "
	    "long", false }, check_long_build },
	{ { "package-name", "a package is named after another KB, year or "
	    "revision", true }, check_package_name },
	{ { "rereleased", "an advisory gives a re-release another KB or "
	    "day than the release itself", true }, check_rereleased },
	{ { "no-source", "of several sources none is named for the KB, or a "
	    "package is known from a source that is in no table", false },
	    check_no_source },
	{ { "dispute", "a dispute is unresolved", false }, check_dispute },
	{ { "disputed-value", "the accepted value is disputed in the same "
	    "release", false }, check_disputed_value },
	{ { "duplicate-digest", "two packages have one digest", true },
	    check_duplicate_digest },
	{ { "future-date", "something happened after the day of the check",
	    false }, check_future_date },
	{ { "known-until", "the catalogue knows less than the newest source it "
	    "cites, or more than the day of its issue", false },
	    check_known_until },
	{ { "support", "a branch has no end of support, nor its product",
	    false }, check_support },
	{ { "support-end", "support ends before an ordinary update for the "
	    "branch", true }, check_support_end },
	{ { "program", "an update that needs a program is of none of its "
	    "branches, or of another time; or needs none and came out in "
	    "one", true }, check_program },
	{ { "unofficial", "a release that no source of Microsoft's has is not "
	    "marked, or of high confidence; or is marked and has one", true },
	    check_unofficial },
	{ { "known-issue", "builds of a known issue run backwards, or are "
	    "cured by no release", false }, check_issues },
	{ { "error", "two errors have one id, number or text", false },
	    check_errors },
	{ { "requires", "a requirement lacks what its check looks at, two of "
	    "one check hold for one branch, or a branch between others has "
	    "none", false }, check_requires },
	{ { "hearsay", "a requirement that stops an installation or is of more "
	    "than low confidence, or a core service, rests on general "
	    "knowledge alone", false }, check_hearsay },
	{ { "anchor", "an anchor is no name or no key that signatures could "
	    "be held against", false }, check_anchors },
	{ { "serial", "serial and day of issue do not belong together", false },
	    check_serial },
	/* The last, for it looks at what the others found. */
	{ { "except", "an <except> that no complaint needs", false },
	    check_except },
};

#define COUNT(table)	(sizeof(table) / sizeof((table)[0]))

const struct check_rule *
check_rule_at(size_t i)
{
	return i < COUNT(rules) ? &rules[i].rule : NULL;
}

static int
by_place(const void *a, const void *b)
{
	const struct check_complaint *x = a, *y = b;

	/* Overlays stand behind the catalogue, in their order. */
	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

void
check_catalogue(const struct catalogue *c, instant at,
    struct check_result *out)
{
	struct checker k = { .c = c, .at = at, .out = out };
	size_t i;

	*out = (struct check_result){ .count = 0 };
	checker_index_kbs(&k);
	for (i = 0; i < COUNT(rules); i++) {
		k.rule = &rules[i].rule;
		rules[i].check(&k);
	}
	arena_fini(&k.arena);
	if (out->count != 0)
		qsort(out->complaints, out->count, sizeof(*out->complaints),
		    by_place);
}

void
check_fini(struct check_result *r)
{
	size_t i;

	for (i = 0; i < r->count; i++) {
		free(r->complaints[i].text);
		free(r->complaints[i].about);
	}
	free(r->complaints);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "tap.h"

#include "base/alloc.h"
#include "report/fleet_accept.h"

#include <stdlib.h>
#include <string.h>

static void
patterns(void)
{
	static const struct { const char *pattern, *name; bool fits; }
	cases[] = {
		{ "", "", true }, { "", "A", false }, { "*", "", true },
		{ "*", "ABC", true }, { "A*", "ABC", true },
		{ "*C", "ABC", true }, { "A*C", "ABC", true },
		{ "A*D", "ABC", false }, { "?", "", false },
		{ "?BC", "ABC", true }, { "A?", "ABC", false },
		{ "*B*", "ABC", true }, { "**", "ABC", true },
		{ "A", "AB", false }, { "?", "\xc3\x84", true },
		{ "??", "\xc3\x84", false }, { "EXCH*.CORP", "EXCH1.CORP",
		    true }, { "[A]", "A", false },
	};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		CHECK_INT(fleet_matches(cases[i].pattern, cases[i].name),
		    cases[i].fits);
}

/* What goes back at each star would take for ever. */
static void
stubborn(void)
{
	char pattern[101], name[4001];
	size_t i;

	for (i = 0; i < 100; i++)
		pattern[i] = i % 2 == 0 ? '*' : 'A';
	pattern[100] = '\0';
	memset(name, 'A', 4000);
	name[3999] = 'B';
	name[4000] = '\0';
	CHECK(!fleet_matches(pattern, name));
}

static void
items(void)
{
	CHECK(fleet_is_item("current"));
	CHECK(fleet_is_item("package.missing"));
	CHECK(!fleet_is_item("package.nonsense"));
	CHECK(!fleet_is_item(""));
	CHECK(!fleet_is_item("CURRENT"));
}

/* The verdict of a host whose "genuine" asks for ASKS and is explained by
 * findings of those severities, with ITEM accepted up to UNTIL; at 1000. LACKS:
 * how many reasons it has. */
static enum severity
verdict_lacking(size_t lacks, enum severity asks, enum severity first,
    enum severity second, const char *item, instant until)
{
	char host[] = "a*", pattern[] = "A*", why[] = "why", name[] = "A1";
	char what[40] = "";
	struct fleet_accept accept = { .host = host, .pattern = pattern,
	    .item = what, .until = until, .why = why };
	struct fleet_finding findings[] = {
		{ RULE_PACKAGE_MISSING, ASK_GENUINE, first },
		{ second == first ? RULE_PACKAGE_MISSING :
		    RULE_SIGNATURE_INVALID, ASK_GENUINE, second },
	};
	struct fleet f = { .at = 1000, .accepts = &accept,
	    .accept_count = 1 };
	struct fleet_row row = { .name = name, .named = true,
	    .verdict = asks,
	    .asked = QUESTION_BIT(ASK_GENUINE), .findings = findings,
	    .finding_count = 2 };

	strncpy(what, item, sizeof(what) - 1);
	row.answers[ASK_GENUINE] = (struct fleet_answer){ 0, asks, lacks };
	fleet_accept_row(&f, &row);
	free(row.accepted);
	return row.verdict;
}

static enum severity
verdict_of(enum severity asks, enum severity first, enum severity second,
    const char *item, instant until)
{
	return verdict_lacking(2, asks, first, second, item, until);
}

static void
accepted(void)
{
	enum severity r = SEV_REQUIRED, u = SEV_UNDETERMINED, a = SEV_ADVISED;

	CHECK_INT(verdict_of(r, r, r, "genuine", 1001), SEV_NOTE);
	CHECK_INT(verdict_of(r, r, r, "genuine", 1000), SEV_REQUIRED);
	CHECK_INT(verdict_of(r, r, r, "complete", 1001), SEV_REQUIRED);
	CHECK_INT(verdict_of(a, a, a, "package.missing", 1001), SEV_NOTE);
	CHECK_INT(verdict_of(a, a, a, "package.missing", 1000), SEV_ADVISED);
	/* One of two does not explain it all. */
	CHECK_INT(verdict_of(r, a, r, "package.missing", 1001), SEV_REQUIRED);
	/* What asks for less is not why the answer is not known. */
	CHECK_INT(verdict_of(u, a, a, "package.missing", 1001),
	    SEV_UNDETERMINED);
	CHECK_INT(verdict_of(SEV_UNKNOWN, a, a, "package.missing", 1001),
	    SEV_UNDETERMINED);
	/* A reason that no finding tells is not accepted with those. */
	CHECK_INT(verdict_lacking(3, a, a, a, "package.missing", 1001),
	    SEV_ADVISED);
	CHECK_INT(verdict_lacking(3, a, a, a, "genuine", 1001), SEV_NOTE);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "patterns", patterns },
		{ "a pattern of many stars", stubborn },
		{ "what can be accepted", items },
		{ "what is accepted", accepted },
		{ NULL, NULL }
	};

	return tap_run(cases);
}

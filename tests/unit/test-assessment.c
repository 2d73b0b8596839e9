/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "tap.h"

#include "assessment/assessment.h"

#include <string.h>

/*
 * Judging is a function of plain facts, so facts that no volume can have at
 * once are put together here by hand. What volumes can have is judged by
 * tests/cli/test-volumes.py.
 */
static struct catalogue *cat;

/* A Windows without Exchange, and its copies of wintrust.dll. */
struct machine {
	struct inventory	 inv;
	struct inv_fix		 fix;
	struct inv_fix_file	 files[2];
	struct inv_fix_listing	 listing;
};

static void
machine_init(struct machine *m, struct version windows, size_t native,
    size_t wow64)
{
	const struct cat_mitigation *fixes;

	*m = (struct machine){ .inv = { .source = HOST_LIVE } };
	CHECK(catalogue_mitigations(cat, &fixes) != 0);
	m->inv.windows.version = windows;
	m->inv.windows.name = (char *)"Windows";
	m->inv.fixes = &m->fix;
	m->inv.fix_count = 1;
	m->fix.mitigation = &fixes[0];
	m->fix.files = m->files;
	m->fix.file_count = 2;
	m->files[0] = (struct inv_fix_file){ { .state = EV_PRESENT }, true,
	    native };
	m->files[1] = (struct inv_fix_file){ { .state = EV_PRESENT }, true,
	    wow64 };
}

/* Judge M; the fix state and the first finding's rule and severity. */
static void
check_fix(struct machine *m, enum fix_state want, enum rule_id rule,
    enum severity severity)
{
	const struct assess_options opt = { .at = 1350000000 };
	struct assessment *a = assess(&m->inv, cat, &opt);

	CHECK_INT(a->fix, want);
	CHECK(a->finding_count == 1);
	CHECK_INT(a->findings[0].rule, rule);
	CHECK_INT(a->findings[0].severity, severity);
	CHECK_INT(a->verdict, severity);
	CHECK(a->fix_line != NULL);
	assessment_free(a);
}

static void
marks_decide(void)
{
	struct machine m;

	machine_init(&m, version_of(6, 1, 7601, 0), 2, 2);
	check_fix(&m, FIX_PRESENT, RULE_WINVERIFYTRUST_PRESENT, SEV_NOTE);
	machine_init(&m, version_of(6, 1, 7601, 0), 1, 1);
	check_fix(&m, FIX_MISSING, RULE_WINVERIFYTRUST_MISSING, SEV_ADVISED);
	machine_init(&m, version_of(6, 1, 7601, 0), 2, 0);
	check_fix(&m, FIX_MISSING, RULE_WINVERIFYTRUST_MISSING, SEV_ADVISED);
	machine_init(&m, version_of(5, 1, 2600, 0), 2, 0);
	m.files[1].file.state = EV_NOT_EXPECTED;
	m.files[1].searched = false;
	check_fix(&m, FIX_PRESENT, RULE_WINVERIFYTRUST_PRESENT, SEV_NOTE);
}

static void
a_listed_kb_decides_nothing(void)
{
	struct machine m;

	machine_init(&m, version_of(6, 1, 7601, 0), 0, 0);
	m.listing = (struct inv_fix_listing){ (char *)"KB2749655", 0x70, true,
	    0 };
	m.fix.listings = &m.listing;
	m.fix.listing_count = 1;
	check_fix(&m, FIX_MISSING, RULE_WINVERIFYTRUST_MISSING, SEV_ADVISED);
	m.files[0].searched = m.files[1].searched = false;
	check_fix(&m, FIX_UNKNOWN, RULE_WINVERIFYTRUST_UNKNOWN, SEV_NOTE);
}

static void
built_in_by_version(void)
{
	struct machine m;

	machine_init(&m, version_of(6, 3, 9600, 0), 0, 0);
	check_fix(&m, FIX_PRESENT, RULE_WINVERIFYTRUST_PRESENT, SEV_NOTE);
	machine_init(&m, version_of(10, 0, 26100, 0), 0, 0);
	m.files[0].searched = m.files[1].searched = false;
	check_fix(&m, FIX_PRESENT, RULE_WINVERIFYTRUST_PRESENT, SEV_NOTE);
	machine_init(&m, version_of(6, 2, 9200, 0), 0, 0);
	check_fix(&m, FIX_MISSING, RULE_WINVERIFYTRUST_MISSING, SEV_ADVISED);
}

/* Without a version, no marks may mean a Windows that never needs them. */
static void
no_version_no_marks(void)
{
	struct machine m;

	machine_init(&m, (struct version){ .parts = 0 }, 0, 0);
	check_fix(&m, FIX_UNKNOWN, RULE_WINVERIFYTRUST_UNKNOWN, SEV_NOTE);
	machine_init(&m, (struct version){ .parts = 0 }, 2, 2);
	check_fix(&m, FIX_PRESENT, RULE_WINVERIFYTRUST_PRESENT, SEV_NOTE);
}

static void
one_copy_unread(void)
{
	struct machine m;

	machine_init(&m, version_of(6, 1, 7601, 0), 2, 0);
	m.files[1].searched = false;
	check_fix(&m, FIX_UNKNOWN, RULE_WINVERIFYTRUST_UNKNOWN, SEV_NOTE);
}

/* A registry without a Windows in it must not pass for one without Exchange. */
static void
no_windows_is_no_answer(void)
{
	const struct assess_options opt = { .at = 1350000000 };
	struct assessment *a;
	struct machine m;

	machine_init(&m, (struct version){ .parts = 0 }, 2, 2);
	m.inv.windows.name = NULL;
	a = assess(&m.inv, cat, &opt);
	CHECK_INT(a->verdict, SEV_UNDETERMINED);
	CHECK_INT(a->findings[0].rule, RULE_EVIDENCE_UNREADABLE);
	assessment_free(a);
}

/* An affected rollup makes an unknown fix an undetermined matter, and stays
 * required. */
static void
affected_and_unknown(void)
{
	const struct assess_options opt = { .at = 1350000000 };
	struct inv_exchange ex = {
		.setup_key = (char *)"HKLM\\SOFTWARE\\Microsoft\\"
		    "ExchangeServer\\v14\\Setup",
		.base = version_of(14, 2, 247, 5),
		.exsetup = { (char *)"C:\\x", EV_PRESENT,
		    version_of(14, 2, 318, 2), NULL, 0 },
		.product = catalogue_product(cat, "2010"),
	};
	struct assessment *a;
	struct machine m;
	size_t i, seen = 0;

	machine_init(&m, version_of(6, 1, 7601, 0), 0, 0);
	m.files[0].searched = m.files[1].searched = false;
	m.inv.exchange = &ex;
	m.inv.exchange_count = 1;
	a = assess(&m.inv, cat, &opt);
	CHECK_INT(a->verdict, SEV_REQUIRED);
	CHECK_STR(a->exchange[0].release != NULL ?
	    a->exchange[0].release->id : NULL, "2010-sp2-ru4");
	/* Only ExSetup.exe speaks: named, and not confirmed. */
	CHECK(!a->exchange[0].agreed);
	for (i = 0; i < a->finding_count; i++)
		if (a->findings[i].rule == RULE_WINVERIFYTRUST_UNKNOWN) {
			CHECK_INT(a->findings[i].severity, SEV_UNDETERMINED);
			seen++;
		}
	CHECK_INT(seen, 1);
	assessment_free(a);
}

/* The advised revision never is one that must itself be replaced. */
static void
no_advice_of_a_bad_revision(void)
{
	const struct cat_release *const *r;
	size_t i, k, n = catalogue_releases(cat, &r), count;

	for (i = 0; i < n; i++) {
		const struct cat_release *cures[64];

		if (r[i]->replace.force != CAT_REQUIRED)
			continue;
		count = catalogue_cures(r[i], INSTANT_UNLIMITED, cures, 64);
		CHECK(count <= 64);
		for (k = 0; k < count && k < 64; k++)
			CHECK(cures[k]->replace.force != CAT_REQUIRED);
	}
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "byte marks decide on the fix", marks_decide },
		{ "a listed KB decides nothing", a_listed_kb_decides_nothing },
		{ "8.1 and later have it built in", built_in_by_version },
		{ "without a version, no marks say nothing",
		    no_version_no_marks },
		{ "one copy that was not read", one_copy_unread },
		{ "a registry that names no Windows",
		    no_windows_is_no_answer },
		{ "an affected rollup on an unknown Windows",
		    affected_and_unknown },
		{ "no cure must itself be replaced",
		    no_advice_of_a_bad_revision },
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

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "made.h"
#include "tap.h"

#include "assessment/judge.h"

#include <string.h>

/*
 * Judging is a function of plain facts, so facts that no volume can have at
 * once are put together here by hand. What volumes can have is judged by
 * tests/cli/test-volumes.py.
 */
static struct catalogue *cat;

/* A Windows without Exchange; MARKS of each copy of wintrust.dll. */
static void
machine_init(struct made *m, struct version windows, size_t native,
    size_t wow64)
{
	made_windows(m, cat, windows);
	m->opt.at = 1350000000;
	m->files[0].marks = native;
	m->files[1].marks = wow64;
}

/* Judge M: the answer about the fix, the first finding's rule, and that its
 * severity is that of the answer and of the verdict. */
static void
check_fix(struct made *m, enum fix want, enum rule_id rule,
    enum severity severity)
{
	struct assessment *a = made_assess(m);
	const struct answer *fix = &a->answers[ASK_FIX];

	CHECK_INT(fix->value, want);
	CHECK_INT(fix->severity, severity);
	CHECK(fix->text != NULL);
	CHECK(severity == SEV_NOTE || fix->action != NULL);
	CHECK_INT(a->answers[ASK_INSTALLED].value, INSTALLED_NONE);
	CHECK(a->finding_count == 1);
	CHECK_INT(a->findings[0].rule, rule);
	CHECK_INT(a->findings[0].question, ASK_FIX);
	CHECK_INT(a->findings[0].severity, severity);
	CHECK_INT(a->verdict, severity);
	assessment_free(a);
}

static void
marks_decide(void)
{
	struct made m;

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
	struct made m;

	machine_init(&m, version_of(6, 1, 7601, 0), 0, 0);
	m.listing = (struct site_fix_listing){ "KB2749655", true,
	    0 };
	m.fix.listings = &m.listing;
	m.fix.listing_count = 1;
	check_fix(&m, FIX_MISSING, RULE_WINVERIFYTRUST_MISSING, SEV_ADVISED);
	m.files[0].searched = m.files[1].searched = false;
	check_fix(&m, FIX_UNKNOWN, RULE_WINVERIFYTRUST_UNKNOWN, SEV_ADVISED);
}

static void
built_in_by_version(void)
{
	struct made m;

	machine_init(&m, version_of(6, 3, 9600, 0), 0, 0);
	check_fix(&m, FIX_BUILT_IN, RULE_WINVERIFYTRUST_PRESENT, SEV_NOTE);
	machine_init(&m, version_of(10, 0, 26100, 0), 0, 0);
	m.files[0].searched = m.files[1].searched = false;
	check_fix(&m, FIX_BUILT_IN, RULE_WINVERIFYTRUST_PRESENT, SEV_NOTE);
	machine_init(&m, version_of(6, 2, 9200, 0), 0, 0);
	check_fix(&m, FIX_MISSING, RULE_WINVERIFYTRUST_MISSING, SEV_ADVISED);
}

/* Without a version, no marks may mean a Windows that never needs them; and
 * marks may be those of a file that is not this Windows'. */
static void
no_version_no_marks(void)
{
	struct made m;

	machine_init(&m, (struct version){ .parts = 0 }, 0, 0);
	check_fix(&m, FIX_UNKNOWN, RULE_WINVERIFYTRUST_UNKNOWN, SEV_ADVISED);
	machine_init(&m, (struct version){ .parts = 0 }, 2, 2);
	check_fix(&m, FIX_UNKNOWN, RULE_WINVERIFYTRUST_UNKNOWN, SEV_ADVISED);
}

static void
one_copy_unread(void)
{
	struct made m;

	machine_init(&m, version_of(6, 1, 7601, 0), 2, 0);
	m.files[1].searched = false;
	check_fix(&m, FIX_UNKNOWN, RULE_WINVERIFYTRUST_UNKNOWN, SEV_ADVISED);
}

/* A registry without a Windows in it must not pass for one without Exchange. */
static void
no_windows_is_no_answer(void)
{
	struct assessment *a;
	struct made m;

	machine_init(&m, (struct version){ .parts = 0 }, 2, 2);
	m.inv.windows.name = NULL;
	a = made_assess(&m);
	CHECK_INT(a->verdict, SEV_UNDETERMINED);
	CHECK_INT(a->answers[ASK_INSTALLED].value, INSTALLED_UNKNOWN);
	CHECK_INT(a->findings[0].rule, RULE_EVIDENCE_UNREADABLE);
	CHECK_INT(a->findings[0].question, ASK_INSTALLED);
	assessment_free(a);
}

/* An affected rollup stays required on a Windows of which the fix is not
 * known, which is an undetermined matter of its own; and on one witness too,
 * for only that it need not be replaced takes a proof. */
static void
affected_and_unknown(void)
{
	struct assessment *a;
	struct made m;
	size_t i, seen = 0;

	made_named(&m, cat, "2010-sp2", "2010-sp2-ru4");
	m.opt.at = 1350000000;
	m.ex.msi = NULL;
	m.files[0].searched = m.files[1].searched = false;
	a = made_assess(&m);
	CHECK_INT(a->verdict, SEV_REQUIRED);
	CHECK_INT(a->answers[ASK_RERELEASE].value, RERELEASE_REQUIRED);
	CHECK_STR(a->exchange[0].release != NULL ?
	    a->exchange[0].release->id : NULL, "2010-sp2-ru4");
	CHECK_INT(a->exchange[0].answers[ASK_INSTALLED].value,
	    INSTALLED_PROBABLE);
	CHECK_INT(a->answers[ASK_FIX].value, FIX_UNKNOWN);
	CHECK_INT(a->answers[ASK_FIX].severity, SEV_UNDETERMINED);
	for (i = 0; i < a->finding_count; i++)
		if (a->findings[i].rule == RULE_WINVERIFYTRUST_UNKNOWN) {
			CHECK_INT(a->findings[i].severity, SEV_UNDETERMINED);
			seen++;
		}
	CHECK_INT(seen, 1);
	assessment_free(a);
}

/* Where a signature of the server's own has ended and only the fix cures it,
 * a fix that is missing is required, and one that is not known as bad as
 * that. */
static void
the_fix_is_needed(void)
{
	struct made m;
	struct assessment *a;

	made_named(&m, cat, "2010-sp2", "2010-sp2-ru8");
	m.files[0].marks = 0;
	a = made_assess(&m);
	CHECK_INT(a->answers[ASK_FIX].severity, SEV_ADVISED);
	assessment_free(a);
	m.patches[0].verdict = SIG_EXPIRED;
	m.patches[0].until = (struct sig_until){ MADE_NOW - 1,
	    INSTANT_UNLIMITED };
	a = made_assess(&m);
	CHECK_INT(a->answers[ASK_FIX].value, FIX_MISSING);
	CHECK_INT(a->answers[ASK_FIX].severity, SEV_REQUIRED);
	CHECK_INT(a->answers[ASK_GENUINE].value, GENUINE_YES);
	CHECK_INT(a->verdict, SEV_REQUIRED);
	assessment_free(a);
	m.files[0].searched = false;
	a = made_assess(&m);
	CHECK_INT(a->answers[ASK_FIX].value, FIX_UNKNOWN);
	CHECK_INT(a->answers[ASK_FIX].severity, SEV_UNDETERMINED);
	assessment_free(a);
	/* That it ends helps nobody whom the fix does not help. */
	m.files[0].searched = true;
	m.patches[0].until.with_fix = MADE_NOW - 1;
	a = made_assess(&m);
	CHECK_INT(a->answers[ASK_FIX].severity, SEV_ADVISED);
	assessment_free(a);
}

/* The verdict is the worst answer of those that count; the others are given
 * all the same. */
static void
only_what_was_asked(void)
{
	struct assessment *a;
	struct made m;

	made_named(&m, cat, "2010-sp2", "2010-sp2-ru4");
	m.opt.asked = QUESTION_BIT(ASK_INSTALLED) | QUESTION_BIT(ASK_FIX);
	a = made_assess(&m);
	CHECK_INT(a->verdict, SEV_NOTE);
	CHECK_INT(a->asked, m.opt.asked);
	CHECK_INT(a->answers[ASK_RERELEASE].value, RERELEASE_REQUIRED);
	assessment_free(a);
	m.opt.asked = 0;
	a = made_assess(&m);
	CHECK_INT(a->verdict, SEV_REQUIRED);
	CHECK_INT(a->asked, QUESTIONS_ALL & ~QUESTION_BIT(ASK_READY));
	CHECK_INT(assessment_worst(a)->question, ASK_RERELEASE);
	assessment_free(a);
}

/* A finding explains an answer; it never asks for more than that does. */
static void
no_finding_above_its_answer(void)
{
	static const char *const ids[] = { "2010-sp2-ru4", "2010-sp2-ru8",
	    "2010-sp3-ru32", "2016-cu23", "se-rtm" };
	struct assessment *a;
	struct made m;
	size_t i, k;

	for (i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		const struct cat_release *r = catalogue_release(cat, ids[i]);

		CHECK(r != NULL);
		made_server(&m, cat, made_base_of(r), r);
		m.roles[0].action = (char *)"Install";
		made_seen(&m.exe, SIG_UNSIGNED);
		a = made_assess(&m);
		for (k = 0; k < a->finding_count; k++)
			CHECK(a->findings[k].severity <= a->answers[
			    a->findings[k].question].severity);
		assessment_free(a);
	}
}

/* No Exchange is proven as well: each trace of it makes it unknown. */
static void
no_exchange(void)
{
	struct assessment *a;
	struct made m;
	size_t i;

	for (i = 0; i < 5; i++) {
		machine_init(&m, version_of(6, 3, 9600, 0), 0, 0);
		m.trace = (struct inv_trace){ .what = (char *)"a service" };
		m.orphan = (struct site_product){ .code = (char *)"{x}" };
		m.user = (struct inv_user_record){ .sid = (char *)"S-1",
		    .code = (char *)"{x}" };
		m.inv.traces = &m.trace;
		m.orphan_list[0] = &m.orphan;
		m.scene.orphans = m.orphan_list;
		m.inv.user_records = &m.user;
		m.inv.trace_count = i == 1;
		m.scene.orphan_count = i == 2;
		m.inv.user_record_count = i == 3;
		if (i == 4)
			made_record(&m, EV_PRODUCT, EV_UNREADABLE, "HKLM\\x");
		a = made_assess(&m);
		CHECK_INT(a->answers[ASK_INSTALLED].value, i == 0 ?
		    INSTALLED_NONE : INSTALLED_UNKNOWN);
		CHECK_INT(a->answers[ASK_GENUINE].value, i == 0 ?
		    GENUINE_NONE : GENUINE_UNKNOWN);
		CHECK_INT(a->verdict, i == 0 ? SEV_NOTE : SEV_UNDETERMINED);
		assessment_free(a);
	}
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

/* What judge_listed() says of a patch with a digest of zeros, where the
 * packages have these names, and these digests, if not NULL. */
static enum inspect_listed
listed(const char *name0, const char *hex0, const char *name1,
    const char *hex1)
{
	struct cat_digest digests[2] = {
		{ .algorithm = "sha1", .hex = hex0 },
		{ .algorithm = "sha1", .hex = hex1 },
	};
	struct cat_package packages[2] = {
		{ .name = name0, .digests = &digests[0],
		    .digest_count = hex0 != NULL },
		{ .name = name1, .digests = &digests[1],
		    .digest_count = hex1 != NULL },
	};
	struct cat_release r = { .packages = packages, .package_count = 2 };
	struct digest_set seen = { 0 };

	seen.of[DIGEST_SHA1] = (struct digest){ .alg = DIGEST_SHA1,
	    .len = digest_len(DIGEST_SHA1) };
	return judge_listed(&r, &seen);
}

/* The digest of what wraps a patch says nothing about the patch, in whatever
 * order they stand; that of the patch does. */
static void
wrappers_deny_nothing(void)
{
	static const char own[] = "0000000000000000000000000000000000000000",
	    other[] = "1111111111111111111111111111111111111111";

	CHECK_INT(listed("a.exe", other, "a.msp", NULL),
	    INSPECT_LISTED_UNKNOWN);
	CHECK_INT(listed("a.msp", NULL, "a.exe", other),
	    INSPECT_LISTED_UNKNOWN);
	CHECK_INT(listed("a.exe", other, "a.msp", other), INSPECT_LISTED_NOT);
	CHECK_INT(listed("a.msp", other, "b.MSP", NULL), INSPECT_LISTED_NOT);
	CHECK_INT(listed("a.msp", NULL, "b.MSP", other), INSPECT_LISTED_NOT);
	CHECK_INT(listed("a.msp", other, "b.msp", own), INSPECT_LISTED);
	CHECK_INT(listed("a.exe", own, "b.msp", other), INSPECT_LISTED);
	CHECK_INT(listed("a.cab", NULL, "b.msp", NULL),
	    INSPECT_LISTED_UNKNOWN);
	CHECK_INT(judge_listed(NULL, &(struct digest_set){ 0 }),
	    INSPECT_LISTED_UNKNOWN);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "what wraps a patch denies nothing", wrappers_deny_nothing },
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
		{ "the fix where a signature rests on it", the_fix_is_needed },
		{ "only what was asked makes the verdict",
		    only_what_was_asked },
		{ "no finding asks for more than its answer",
		    no_finding_above_its_answer },
		{ "that there is no Exchange is proven", no_exchange },
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

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "made.h"
#include "tap.h"

#include "assessment/currency.h"
#include "assessment/judge.h"
#include "assessment/obligations.h"
#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Each obligation by itself: met on a server that is sound, and not met for
 * each thing that it is there to see. What a whole server is called is the
 * business of tests/cli/volumes.
 */

#define DAY	86400

static struct catalogue *cat;
static struct made m;

/* Exchange 2010 SP2 with Update Rollup 4-v2, of which the catalogue knows a
 * TranscodingService.exe, is the server of most cases. */
#define BASE	"2010-sp2"
#define RUNS	"2010-sp2-ru4-v2"

static void
sound(void)
{
	made_named(&m, cat, BASE, RUNS);
}

static const struct cat_release *
release(const char *id)
{
	const struct cat_release *r = catalogue_release(cat, id);

	CHECK(r != NULL);
	return r;
}

static unsigned
installed(const char *row, const char *lacks)
{
	return made_allows(&m, ASK_INSTALLED, row, lacks);
}

static unsigned
genuine(const char *row, const char *lacks)
{
	return made_allows(&m, ASK_GENUINE, row, lacks);
}

static unsigned
complete(const char *row, const char *lacks)
{
	return made_allows(&m, ASK_COMPLETE, row, lacks);
}

/* What the whole question comes to. */
static unsigned
answer_to(enum question q)
{
	struct assessment *a = made_assess(&m);
	unsigned value = a->answers[q].value;

	CHECK(a->answers[q].severity != SEV_UNKNOWN);
	assessment_free(a);
	return value;
}

/* Does the answer to Q say WHAT among what it lacks? */
static bool
lacks_in(enum question q, const char *what)
{
	struct assessment *a = made_assess(&m);
	bool found = false;
	size_t i;

	for (i = 0; i < a->answers[q].lack_count; i++)
		found |= strstr(a->answers[q].lacks[i], what) != NULL;
	assessment_free(a);
	return found;
}

/* ------------------------------------------------------------ installed */

/* All rows together call the server what it is. */
static void
a_sound_server(void)
{
	struct assessment *a;

	sound();
	made_marker(&m, "KB2756485");
	a = made_assess(&m);
	CHECK_INT(a->answers[ASK_INSTALLED].value, INSTALLED_PROVEN);
	CHECK_INT(a->answers[ASK_GENUINE].value, GENUINE_YES);
	CHECK_INT(a->answers[ASK_COMPLETE].value, COMPLETE_YES);
	CHECK_INT(a->answers[ASK_RERELEASE].value, RERELEASE_NO);
	CHECK_INT(a->answers[ASK_FIX].value, FIX_PRESENT);
	CHECK_INT(a->answers[ASK_CURRENT].value, CURRENT_BEHIND);
	CHECK_INT(a->answers[ASK_SUPPORTED].value, SUPPORTED_ENDED);
	CHECK(a->exchange[0].release == release(RUNS));
	assessment_free(a);
}

static void
setup_key(void)
{
	sound();
	CHECK_INT(installed("setup-key", NULL), INSTALLED_PROVEN);
	m.ex.is_whole = false;
	CHECK_INT(installed("setup-key", "not whole"), INSTALLED_UNKNOWN);
	sound();
	m.ex.base = version_of(14, 2, 247, 6);
	CHECK_INT(installed("setup-key", "14.2.247.6"), INSTALLED_UNKNOWN);
	sound();
	m.ex.base = release("2010-sp2-ru1")->build;
	CHECK_INT(installed("setup-key", "no base"), INSTALLED_UNKNOWN);
	sound();
	m.ex.has_path = false;
	CHECK_INT(installed("setup-key", "path"), INSTALLED_PROBABLE);
	made_named(&m, cat, "2003-sp2", "2003-sp2");
	CHECK_INT(installed("setup-key", NULL), INSTALLED_PROVEN);
	m.inv.windows.is_x86 = false;
	CHECK_INT(installed("setup-key", "could not be read"),
	    INSTALLED_UNKNOWN);
	m.inv.windows.is_x64 = true;
	CHECK_INT(installed("setup-key", "does not run on this"),
	    INSTALLED_UNKNOWN);
	m.inv.windows.is_x64 = false;
	m.inv.windows.is_x86 = true;
	m.inv.windows.version = version_of(6, 0, 6002, 0);
	CHECK_INT(installed("setup-key", "does not run on this"),
	    INSTALLED_UNKNOWN);
}

static void
exsetup_there(void)
{
	sound();
	CHECK_INT(installed("exsetup", NULL), INSTALLED_PROVEN);
	m.ex.exsetup.is_link = true;
	CHECK_INT(installed("exsetup", "link"), INSTALLED_PROBABLE);
	sound();
	m.ex.exsetup.state = EV_ABSENT;
	CHECK_INT(installed("exsetup", "not there"), INSTALLED_PROBABLE);
	m.ex.exsetup.state = EV_UNREADABLE;
	CHECK_INT(installed("exsetup", "not be read"), INSTALLED_PROBABLE);
	m.ex.exsetup.state = EV_UNKNOWN;
	CHECK_INT(installed("exsetup", "not be read"), INSTALLED_PROBABLE);
	/* Then no two witnesses are left. */
	m.ex.msi = NULL;
	CHECK_INT(installed("exsetup", NULL), INSTALLED_UNKNOWN);
	made_named(&m, cat, "2003-sp2", "2003-sp2");
	CHECK_INT(installed("exsetup", NULL), ANSWER_STRUCK);
}

static void
exsetup_version(void)
{
	sound();
	m.ex.exsetup.version = version_of(14, 2, 318, 3);
	CHECK_INT(installed("exsetup", "14.2.318.3"), INSTALLED_UNKNOWN);
	m.ex.exsetup.version = release("2010-sp3")->build;
	CHECK_INT(installed("exsetup", NULL), INSTALLED_CONFLICT);
	sound();
	m.ex.product = catalogue_product(cat, "2013");
	CHECK_INT(installed("exsetup", "the Setup key of"),
	    INSTALLED_CONFLICT);
}

/* A signature that holds, ends or has ended is of the bytes that are there;
 * any other proves nothing. */
static void
exsetup_signature(void)
{
	enum sig_verdict v;
	bool good;

	for (v = SIG_UNCHECKED; v <= SIG_UNREADABLE; v++) {
		good = v == SIG_VALID || v == SIG_EXPIRES || v == SIG_EXPIRED;
		sound();
		made_seen(&m.exe, v);
		CHECK_INT(installed("exsetup", good ? NULL : "no signature"),
		    good ? INSTALLED_PROVEN : INSTALLED_PROBABLE);
	}
	sound();
	m.ex.exsetup.seen = NULL;
	CHECK_INT(installed("exsetup", "no signature"), INSTALLED_PROBABLE);
}

/* A build above all of its branch that the applied patch names with its KB. */
static void
newer_than_the_catalogue(void)
{
	const struct version newer = version_of(14, 2, 999, 1);
	struct assessment *a;

	sound();
	m.ex.exsetup.version = m.updates[0].build = newer;
	m.updates[0].kb = (char *)"KB9999999";
	m.ex.transcoding.state = EV_NOT_EXPECTED;
	CHECK_INT(installed("exsetup", NULL), INSTALLED_PROVEN);
	a = made_assess(&m);
	CHECK_INT(a->answers[ASK_INSTALLED].value, INSTALLED_PROVEN);
	CHECK(a->exchange[0].release == NULL);
	CHECK(version_equal(a->exchange[0].newer, newer));
	CHECK_STR(a->exchange[0].newer_kb, "KB9999999");
	CHECK_INT(a->answers[ASK_RERELEASE].value, RERELEASE_UNKNOWN);
	CHECK_INT(a->answers[ASK_RERELEASE].severity, SEV_ADVISED);
	CHECK_INT(a->answers[ASK_CURRENT].value, CURRENT_UNKNOWN);
	CHECK_INT(a->answers[ASK_CURRENT].severity, SEV_ADVISED);
	assessment_free(a);
	/* Another build, no KB, or a build between two that are known. */
	m.updates[0].build = version_of(14, 2, 999, 2);
	CHECK(installed("exsetup", NULL) != INSTALLED_PROVEN);
	m.updates[0].build = newer;
	m.updates[0].kb = NULL;
	CHECK(installed("exsetup", NULL) != INSTALLED_PROVEN);
	sound();
	m.ex.exsetup.version = m.updates[0].build = version_of(14, 2, 318, 3);
	m.updates[0].kb = (char *)"KB9999999";
	CHECK(installed("exsetup", NULL) != INSTALLED_PROVEN);
}

static void
product(void)
{
	sound();
	CHECK_INT(installed("product", NULL), INSTALLED_PROVEN);
	m.msi.version = m.ex.exsetup.version;
	CHECK_INT(installed("product", NULL), INSTALLED_PROVEN);
	m.msi.version = (struct version){ { 14, 2, 247, 0 }, 3 };
	CHECK_INT(installed("product", NULL), INSTALLED_PROVEN);
	m.msi.version = version_of(14, 2, 247, 0);
	CHECK_INT(installed("product", "neither"), INSTALLED_CONFLICT);
	m.msi.version = (struct version){ { 14, 2, 248, 0 }, 3 };
	CHECK_INT(installed("product", "neither"), INSTALLED_CONFLICT);
	m.msi.version = (struct version){ .parts = 0 };
	CHECK_INT(installed("product", "no version"), INSTALLED_PROBABLE);
	sound();
	made_record(&m, EV_PRODUCT, EV_UNREADABLE,
	    m.evidence[m.msi.ev - 1].where);
	CHECK_INT(installed("product", "to its end"), INSTALLED_PROBABLE);
	sound();
	m.ex.msi = NULL;
	CHECK_INT(installed("product", "no record"), INSTALLED_PROBABLE);
	made_record(&m, EV_PRODUCT, EV_UNREADABLE, "HKLM\\SOFTWARE\\x");
	CHECK_INT(installed("product", "not be read"), INSTALLED_PROBABLE);
}

static void
patches(void)
{
	sound();
	CHECK_INT(installed("patches", NULL), INSTALLED_PROVEN);
	m.updates[0].state = PATCH_UNKNOWN;
	CHECK_INT(installed("patches", "State"), INSTALLED_PROBABLE);
	/* What is there and no day hides when that was. */
	sound();
	m.updates[0].installed = "";
	CHECK_INT(installed("patches", NULL), INSTALLED_PROVEN);
	m.updates[0].installed = "2012-1o-12";
	CHECK_INT(installed("patches", "2012-1o-12"), INSTALLED_PROBABLE);
	m.updates[0].installed_day = MADE_NOW - DAY;
	CHECK_INT(installed("patches", NULL), INSTALLED_PROVEN);
	sound();
	made_record(&m, EV_PATCH, EV_UNREADABLE, "HKLM\\SOFTWARE\\x");
	CHECK_INT(installed("patches", "not be read"), INSTALLED_PROBABLE);
	sound();
	m.user = (struct inv_user_record){
	    .sid = (char *)"S-1-5-21-1", .code = (char *)"{x}" };
	m.inv.user_records = &m.user;
	m.inv.user_record_count = 1;
	CHECK_INT(installed("patches", "S-1-5-21-1"), INSTALLED_PROBABLE);
	/* Who they are, or what one of them has. */
	sound();
	made_record(&m, EV_PRODUCT, EV_UNREADABLE, INV_USER_DATA);
	CHECK_INT(installed("patches", "for users"), INSTALLED_PROBABLE);
	sound();
	made_record(&m, EV_PRODUCT, EV_UNREADABLE, INV_USER_DATA
	    "\\S-1-5-21-1\\Products");
	CHECK_INT(installed("patches", "for users"), INSTALLED_PROBABLE);
	sound();
	made_record(&m, EV_PRODUCT, EV_UNREADABLE, INV_USER_DATA "\\"
	    INV_MACHINE_SID "\\Products\\x");
	CHECK_INT(installed("patches", NULL), INSTALLED_PROVEN);
	sound();
	m.ex.msi = NULL;
	CHECK_INT(installed("patches", NULL), ANSWER_STRUCK);
}

/* A code without a key counts only where nothing else explains what runs. */
static void
lost_codes(void)
{
	sound();
	m.listed[1] = (struct inv_listed_code){ (char *)"{lost}", false };
	m.msi.listed_count = 2;
	CHECK_INT(installed("patches", NULL), INSTALLED_PROVEN);
	m.msi.update_count = 0;
	CHECK_INT(installed("patches", "{lost}"), INSTALLED_UNKNOWN);
	m.ex.exsetup.version = m.ex.base;
	CHECK_INT(installed("patches", NULL), INSTALLED_PROVEN);
}

static void
newest(void)
{
	struct site_update *u;

	sound();
	CHECK_INT(installed("newest", NULL), INSTALLED_PROVEN);
	/* One that was superseded is history; so is an earlier one. */
	made_update(&m, release("2010-sp2-ru5-v2"), PATCH_SUPERSEDED);
	made_update(&m, release("2010-sp2-ru1"), PATCH_APPLIED);
	CHECK_INT(installed("newest", NULL), INSTALLED_PROVEN);
	m.updates[1].state = PATCH_APPLIED;
	CHECK_INT(installed("newest", NULL), INSTALLED_CONFLICT);
	sound();
	m.msi.update_count = 0;
	CHECK_INT(installed("newest", "14.2.318.4"), INSTALLED_PROBABLE);
	m.ex.exsetup.state = EV_ABSENT;
	CHECK_INT(installed("newest", NULL), INSTALLED_PROBABLE);
	made_named(&m, cat, BASE, BASE);
	CHECK_INT(installed("newest", NULL), INSTALLED_PROVEN);
	/* Older than what runs, unless one that says nothing may be it. */
	sound();
	m.msi.update_count = 0;
	made_update(&m, release("2010-sp2-ru1"), PATCH_APPLIED);
	CHECK_INT(installed("newest", NULL), INSTALLED_CONFLICT);
	u = made_update(&m, release("2010-sp2-ru3"), PATCH_APPLIED);
	u->kb = NULL;
	u->build = (struct version){ .parts = 0 };
	CHECK_INT(installed("newest", "neither its KB"), INSTALLED_PROBABLE);
}

/* An update whose build no row has counts where it is of the base that runs:
 * the first two numbers, and from 2013 on the third, are the base's. All
 * others are of an earlier base, and history. */
static unsigned
with_build(const char *base, const char *of, struct version build)
{
	struct site_update *u;

	made_named(&m, cat, base, base);
	u = made_update(&m, release(of), PATCH_APPLIED);
	u->patch_code = (char *)"{x}";
	u->build = build;
	return installed("newest", NULL);
}

static void
builds_without_a_row(void)
{
	CHECK_INT(with_build(BASE, "2010-sp1-ru8", version_of(14, 2, 999, 9)),
	    INSTALLED_CONFLICT);
	CHECK_INT(with_build(BASE, "2010-sp1-ru8", version_of(14, 1, 999, 9)),
	    INSTALLED_PROVEN);
	CHECK_INT(with_build(BASE, "2010-sp1-ru8", version_of(15, 2, 247, 9)),
	    INSTALLED_PROVEN);
	CHECK_INT(with_build("2016-cu23", "2016-cu22-mar22su",
	    version_of(15, 1, 2507, 99)), INSTALLED_CONFLICT);
	CHECK_INT(with_build("2016-cu23", "2016-cu22-mar22su",
	    version_of(15, 1, 2375, 99)), INSTALLED_PROVEN);
	CHECK_INT(with_build("2016-cu23", "2016-cu22-mar22su",
	    version_of(15, 0, 2507, 99)), INSTALLED_PROVEN);
	CHECK_INT(with_build("2016-cu23", "2016-cu22-mar22su",
	    version_of(14, 1, 2507, 99)), INSTALLED_PROVEN);
}

/* Two days of slack for time zones before the release, one after the scan. */
static void
dates(void)
{
	const struct cat_release *r = release(RUNS);

	sound();
	CHECK_INT(installed("no-conflict", NULL), ANSWER_STRUCK);
	m.updates[0].installed_day = r->released - 2 * DAY;
	CHECK_INT(installed("no-conflict", NULL), ANSWER_STRUCK);
	m.updates[0].installed_day = r->released - 2 * DAY - 1;
	CHECK_INT(installed("no-conflict", "published on 2012-10-09"),
	    INSTALLED_CONFLICT);
	m.updates[0].installed_day = m.inv.taken + DAY;
	CHECK_INT(installed("no-conflict", NULL), ANSWER_STRUCK);
	m.updates[0].installed_day = m.inv.taken + DAY + 1;
	CHECK_INT(installed("no-conflict", "day of this scan"),
	    INSTALLED_CONFLICT);
	/* The day of the scan, not that of the judgement. */
	m.updates[0].installed_day = r->released;
	m.opt.at = r->released - 30 * DAY;
	CHECK_INT(installed("no-conflict", NULL), ANSWER_STRUCK);
	m.opt.at = MADE_NOW + 900 * DAY;
	m.updates[0].installed_day = m.inv.taken + 30 * DAY;
	CHECK_INT(installed("no-conflict", NULL), INSTALLED_CONFLICT);
	/* What is superseded was installed, too, and not after the scan; how
	 * early that was is nothing. */
	m.updates[0].state = PATCH_SUPERSEDED;
	CHECK_INT(installed("no-conflict", "day of this scan"),
	    INSTALLED_CONFLICT);
	m.updates[0].installed_day = r->released - 30 * DAY;
	CHECK_INT(installed("no-conflict", NULL), ANSWER_STRUCK);
	/* So was the product; how early is nothing either. */
	m.msi.installed_day = m.inv.taken + DAY + 1;
	CHECK_INT(installed("no-conflict", "day of this scan"),
	    INSTALLED_CONFLICT);
	m.msi.installed_day = m.inv.taken + DAY;
	CHECK_INT(installed("no-conflict", NULL), ANSWER_STRUCK);
	m.msi.installed_day = 0;
	CHECK_INT(installed("no-conflict", NULL), ANSWER_STRUCK);
	/* What runs was out by then. */
	m.updates[0].state = PATCH_APPLIED;
	m.updates[0].installed_day = INSTANT_NONE;
	m.inv.taken = r->released - 2 * DAY;
	CHECK_INT(installed("no-conflict", NULL), ANSWER_STRUCK);
	m.inv.taken = r->released - 2 * DAY - 1;
	CHECK_INT(installed("no-conflict", "after the day of this scan"),
	    INSTALLED_CONFLICT);
	/* A result that has no day of the scan holds nothing against it. */
	m.updates[0].state = PATCH_APPLIED;
	m.updates[0].installed_day = r->released;
	m.inv.taken = INSTANT_NONE;
	CHECK_INT(installed("no-conflict", NULL), ANSWER_STRUCK);
}

static void
torn_record(void)
{
	sound();
	m.updates[0].kb = (char *)"KB2706690";
	CHECK_INT(installed("no-conflict", "names two updates: its name is"),
	    INSTALLED_CONFLICT);
	CHECK_INT(answer_to(ASK_INSTALLED), INSTALLED_CONFLICT);
}

static void
components(void)
{
	sound();
	CHECK_INT(installed("components", NULL), INSTALLED_PROVEN);
	m.ex.transcoding.state = EV_ABSENT;
	CHECK_INT(installed("components", "not there"), INSTALLED_PROBABLE);
	m.ex.transcoding.state = EV_UNREADABLE;
	CHECK_INT(installed("components", "not be read"),
	    INSTALLED_PROBABLE);
	m.ex.transcoding.state = EV_NOT_EXPECTED;
	CHECK_INT(installed("components", NULL), ANSWER_STRUCK);
	/* In no row, the base's, and another update's. */
	sound();
	m.ex.transcoding.version = version_of(14, 2, 318, 3);
	CHECK_INT(installed("components", "not that of what runs"),
	    INSTALLED_PROBABLE);
	m.ex.transcoding.version = release(BASE)->build;
	CHECK_INT(installed("components", NULL), INSTALLED_PROBABLE);
	m.ex.transcoding.version = version_of(14, 2, 328, 9);
	CHECK_INT(installed("components", NULL), INSTALLED_CONFLICT);
	/* Where no build of the file is known, an older one is no fault. */
	made_named(&m, cat, BASE, "2010-sp2-ru3");
	m.ex.transcoding = (struct site_file){ .path = (char *)"C:\\x",
	    .state = EV_PRESENT, .version = release(BASE)->build,
	    .seen = &m.transcoding };
	CHECK_INT(installed("components", NULL), ANSWER_STRUCK);
	m.ex.transcoding.state = EV_ABSENT;
	CHECK_INT(installed("components", NULL), ANSWER_STRUCK);
}

static void
effective_package(void)
{
	sound();
	CHECK_INT(installed("package", NULL), INSTALLED_PROVEN);
	made_code(&m.patches[0], "{another}");
	CHECK_INT(installed("package", "not the package"),
	    INSTALLED_PROBABLE);
	sound();
	m.updates[0].package.seen = NULL;
	CHECK_INT(installed("package", NULL), ANSWER_STRUCK);
	made_named(&m, cat, BASE, BASE);
	CHECK_INT(installed("package", NULL), ANSWER_STRUCK);
}

static void
markers(void)
{
	sound();
	CHECK_INT(installed("markers", NULL), ANSWER_STRUCK);
	made_marker(&m, "KB2756485");
	CHECK_INT(installed("markers", NULL), ANSWER_STRUCK);
	made_record(&m, EV_MARKER, EV_UNREADABLE, "HKLM\\SOFTWARE\\x");
	CHECK_INT(installed("markers", "not be read"), INSTALLED_PROBABLE);
}

static void
paths(void)
{
	sound();
	CHECK_INT(installed("paths", NULL), ANSWER_STRUCK);
	m.path = (struct site_path){ .path = (char *)"D:\\Old",
	    .witness = "InstallLocation", .state = EV_PRESENT,
	    .version = release("2010-sp2-ru1")->build };
	m.ex.paths = &m.path;
	m.ex.path_count = 1;
	CHECK_INT(installed("paths", "D:\\Old"), INSTALLED_CONFLICT);
	m.path.state = EV_UNREADABLE;
	CHECK_INT(installed("paths", "D:\\Old"), INSTALLED_PROBABLE);
	m.path.state = EV_UNKNOWN;
	CHECK_INT(installed("paths", "D:\\Old"), INSTALLED_PROBABLE);
	m.path.state = EV_ABSENT;
	CHECK_INT(installed("paths", NULL), ANSWER_STRUCK);
	m.path.state = EV_PRESENT;
	m.path.version = m.ex.exsetup.version;
	CHECK_INT(installed("paths", NULL), ANSWER_STRUCK);
	made_record(&m, EV_SETUP, EV_UNREADABLE, "HKLM\\SOFTWARE\\x");
	CHECK_INT(installed("paths", "not be read"), INSTALLED_PROBABLE);
}

/* The SOFTWARE hive of a volume. */
static struct inv_hive *
hive(void)
{
	sound();
	m.inv.source = HOST_VOLUME;
	m.hives[0] = (struct inv_hive){ .name = (char *)"SOFTWARE",
	    .where = (char *)"C:\\Windows\\System32\\config\\SOFTWARE",
	    .is_open = true };
	m.hives[1] = (struct inv_hive){ .name = (char *)"SYSTEM",
	    .where = (char *)"C:\\Windows\\System32\\config\\SYSTEM",
	    .is_open = true };
	m.inv.hives = m.hives;
	m.inv.hive_count = 2;
	return &m.hives[0];
}

/* A catalogue that looks for more than was looked for. */
static void
not_asked(void)
{
	static char what[] = "the Setup key X";

	sound();
	CHECK_INT(installed("asked", NULL), ANSWER_STRUCK);
	CHECK_INT(made_allows(&m, ASK_GENUINE, "asked", NULL), ANSWER_STRUCK);
	CHECK_INT(made_allows(&m, ASK_COMPLETE, "asked", NULL),
	    ANSWER_STRUCK);
	CHECK_INT(made_allows(&m, ASK_FIX, "asked", NULL), ANSWER_STRUCK);
	m.scene.unasked = what;
	CHECK_INT(installed("asked", "the Setup key X"), INSTALLED_UNKNOWN);
	CHECK_INT(made_allows(&m, ASK_GENUINE, "asked", what),
	    GENUINE_UNKNOWN);
	CHECK_INT(made_allows(&m, ASK_COMPLETE, "asked", what),
	    COMPLETE_UNKNOWN);
	CHECK_INT(made_allows(&m, ASK_FIX, "asked", what), FIX_UNKNOWN);
}

static void
dirty_registry(void)
{
	struct inv_hive *h = hive();
	enum inv_replay s;

	CHECK_INT(installed("registry", NULL), ANSWER_STRUCK);
	h->dirty = true;
	for (s = 0; s < INV_REPLAY_COUNT; s++) {
		h->replay = s;
		if (s == INV_REPLAY_DONE)
			CHECK_INT(installed("registry", NULL), ANSWER_STRUCK);
		else
			CHECK_INT(installed("registry", "last writes"),
			    INSTALLED_PROBABLE);
	}
	h = hive();
	h->damaged = 1;
	CHECK_INT(installed("registry", "damaged"), INSTALLED_PROBABLE);
	h->damaged = 0;
	m.hives[1].dirty = true;
	CHECK_INT(installed("registry", NULL), ANSWER_STRUCK);
}

/* -------------------------------------------------------------- genuine */

/* What a signature of this worth allows of the file FILE, by the row. */
static void
check_signatures(const char *row, struct inspected *seen)
{
	static const struct {
		enum sig_verdict v;
		unsigned allows;
	} all[] = {
		{ SIG_VALID, GENUINE_YES }, { SIG_EXPIRES, GENUINE_YES },
		{ SIG_EXPIRED, GENUINE_YES }, { SIG_INVALID, GENUINE_NO },
		{ SIG_UNTRUSTED, GENUINE_UNKNOWN },
		{ SIG_UNSIGNED, GENUINE_UNKNOWN },
		{ SIG_UNREADABLE, GENUINE_UNKNOWN },
		{ SIG_UNCHECKED, GENUINE_UNKNOWN },
	};
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		made_seen(seen, all[i].v);
		CHECK_INT(genuine(row, NULL), all[i].allows);
	}
	/* A root that is at hand and nobody's that is known. */
	made_seen(seen, SIG_UNTRUSTED);
	m.level = (struct sig_level){ .foreign_root = true };
	seen->signatures = (struct sig_file){ .levels = &m.level, .count = 1 };
	CHECK_INT(genuine(row, "somebody else"), GENUINE_NO);
}

static void
files(void)
{
	sound();
	check_signatures("files", &m.exe);
	sound();
	check_signatures("files", &m.transcoding);
	sound();
	/* Signed well, and another kind of thing. */
	m.exe_facts.kind = FILEKIND_CAT;
	CHECK_INT(genuine("files", "is no program"), GENUINE_UNKNOWN);
	made_seen(&m.exe, SIG_INVALID);
	CHECK_INT(genuine("files", "not what was signed"), GENUINE_NO);
	sound();
	m.transcoding_facts.kind = FILEKIND_PKCS7;
	CHECK_INT(genuine("files", "is no program"), GENUINE_UNKNOWN);
	sound();
	m.ex.exsetup.state = EV_ABSENT;
	CHECK_INT(genuine("files", "not there"), GENUINE_UNKNOWN);
	m.ex.exsetup.state = EV_UNREADABLE;
	CHECK_INT(genuine("files", "not be read"), GENUINE_UNKNOWN);
	sound();
	m.ex.exsetup.seen = NULL;
	CHECK_INT(genuine("files", "not be read"), GENUINE_UNKNOWN);
	sound();
	m.ex.transcoding.state = EV_UNREADABLE;
	CHECK_INT(genuine("files", "not be read"), GENUINE_UNKNOWN);
	m.ex.transcoding.state = EV_NOT_EXPECTED;
	CHECK_INT(genuine("files", NULL), GENUINE_YES);
	made_named(&m, cat, "2003-sp2", "2003-sp2");
	CHECK_INT(genuine("files", NULL), GENUINE_NONE);
}

static void
records(void)
{
	sound();
	CHECK_INT(genuine("records", NULL), GENUINE_YES);
	m.listed[0].has_key = false;
	CHECK_INT(genuine("records", "is gone"), GENUINE_INCOMPLETE);
	made_record(&m, EV_PATCH, EV_UNREADABLE, "HKLM\\SOFTWARE\\x");
	CHECK_INT(genuine("records", "not be read"), GENUINE_UNKNOWN);
	/* The list names what is applied or registered, in either case. */
	sound();
	m.listed[0].code = (char *)"{B0000000-0000-0000-0000-000000000000}";
	CHECK_INT(genuine("records", "list of patches lacks"),
	    GENUINE_INCOMPLETE);
	m.updates[0].state = PATCH_REGISTERED;
	CHECK_INT(genuine("records", NULL), GENUINE_INCOMPLETE);
	m.updates[0].state = PATCH_SUPERSEDED;
	CHECK_INT(genuine("records", NULL), GENUINE_YES);
	sound();
	m.msi.listed_count = 0;
	CHECK_INT(genuine("records", "list of patches lacks"),
	    GENUINE_INCOMPLETE);
	sound();
	m.updates[0].patch_code = "{b0000000-0000-0000-0000-000000000000}";
	m.listed[0].code = (char *)"{B0000000-0000-0000-0000-000000000000}";
	CHECK_INT(genuine("records", NULL), GENUINE_YES);
	sound();
	made_record(&m, EV_PRODUCT, EV_UNREADABLE,
	    m.evidence[m.msi.ev - 1].where);
	CHECK_INT(genuine("records", "not be read"), GENUINE_UNKNOWN);
	m.ex.msi = NULL;
	CHECK_INT(genuine("records", "not found"), GENUINE_UNKNOWN);
	made_named(&m, cat, "2003-sp2", "2003-sp2");
	CHECK_INT(genuine("records", NULL), ANSWER_STRUCK);
}

static void
packages(void)
{
	sound();
	check_signatures("packages", &m.patches[0]);
	/* One of a superseded update counts as much. */
	sound();
	made_update(&m, release("2010-sp2-ru1"), PATCH_SUPERSEDED);
	CHECK_INT(genuine("packages", NULL), GENUINE_YES);
	m.updates[1].package.state = EV_ABSENT;
	CHECK_INT(genuine("packages", "is gone"), GENUINE_INCOMPLETE);
	m.updates[1].package.state = EV_UNREADABLE;
	CHECK_INT(genuine("packages", "not be read"), GENUINE_UNKNOWN);
	m.updates[1].package.state = EV_UNKNOWN;
	m.updates[1].package.path = NULL;
	CHECK_INT(genuine("packages", "is registered"), GENUINE_INCOMPLETE);
	made_record(&m, EV_PACKAGE, EV_UNREADABLE, "C:\\x");
	CHECK_INT(genuine("packages", "not be read"), GENUINE_UNKNOWN);
	sound();
	made_code(&m.patches[0], "{another}");
	CHECK_INT(genuine("packages", "not the package"), GENUINE_NO);
	/* Bad is not made better by one that is gone. */
	made_update(&m, release("2010-sp2-ru1"), PATCH_SUPERSEDED)->
	    package.state = EV_ABSENT;
	CHECK_INT(genuine("packages", NULL), GENUINE_NO);
}

/* Only what the user did not want to be opened is not asked. */
static void
skipped_packages(void)
{
	sound();
	m.inv.packages_skipped = true;
	m.updates[0].package.seen = m.msi.msi.seen = NULL;
	CHECK_INT(genuine("packages", NULL), GENUINE_NOT_ASKED);
	CHECK_INT(genuine("msi", NULL), GENUINE_NOT_ASKED);
	CHECK_INT(answer_to(ASK_GENUINE), GENUINE_NOT_ASKED);
	m.updates[0].package.state = m.msi.msi.state = EV_ABSENT;
	CHECK_INT(genuine("packages", "is gone"), GENUINE_INCOMPLETE);
	CHECK_INT(genuine("msi", "is gone"), GENUINE_INCOMPLETE);
	sound();
	m.updates[0].package.seen = m.msi.msi.seen = NULL;
	CHECK_INT(genuine("packages", NULL), GENUINE_UNKNOWN);
	CHECK_INT(genuine("msi", NULL), GENUINE_UNKNOWN);
}

static void
own_msi(void)
{
	sound();
	check_signatures("msi", &m.package);
	sound();
	m.package_facts.product_code = (char *)"{another}";
	CHECK_INT(genuine("msi", "not the package"), GENUINE_NO);
	m.package_facts.product_code = NULL;
	CHECK_INT(genuine("msi", NULL), GENUINE_NO);
	made_seen(&m.package, SIG_UNREADABLE);
	CHECK_INT(genuine("msi", NULL), GENUINE_UNKNOWN);
	/* Windows Installer before 5.0 takes the signature away; the code is
	 * left. */
	sound();
	made_seen(&m.package, SIG_UNSIGNED);
	CHECK_INT(genuine("msi", "no signature"), GENUINE_UNKNOWN);
	m.inv.windows.version = version_of(6, 0, 6002, 0);
	CHECK_INT(genuine("msi", NULL), GENUINE_YES);
	m.package_facts.kind = FILEKIND_OTHER;
	CHECK_INT(genuine("msi", NULL), GENUINE_UNKNOWN);
	m.package_facts.kind = FILEKIND_MSI;
	m.inv.windows.version = (struct version){ .parts = 0 };
	CHECK_INT(genuine("msi", NULL), GENUINE_UNKNOWN);
}

static void
damaged_registry(void)
{
	struct inv_hive *h = hive();

	CHECK_INT(genuine("registry", NULL), ANSWER_STRUCK);
	CHECK_INT(complete("registry", NULL), ANSWER_STRUCK);
	h->damaged = 1;
	CHECK_INT(genuine("registry", "damaged"), GENUINE_UNKNOWN);
	CHECK_INT(complete("registry", "damaged"), COMPLETE_UNKNOWN);
}

static void
deep(void)
{
	sound();
	CHECK_INT(genuine("deep", NULL), ANSWER_STRUCK);
	m.inv.deep = true;
	CHECK_INT(genuine("deep", NULL), GENUINE_YES);
	m.defective = (struct site_defective){ .path = (char *)"C:\\a.dll",
	    .verdict = SIG_INVALID };
	m.scene.defective = &m.defective;
	m.scene.defective_count = 1;
	CHECK_INT(genuine("deep", "C:\\a.dll"), GENUINE_NO);
	m.defective.verdict = SIG_UNREADABLE;
	CHECK_INT(genuine("deep", "to its end"), GENUINE_UNKNOWN);
	m.defective.verdict = SIG_EXPIRED;
	CHECK_INT(genuine("deep", NULL), GENUINE_YES);
	m.inv.deep_cut = true;
	CHECK_INT(genuine("deep", "limit"), GENUINE_UNKNOWN);
}

/* ------------------------------------------------------------- packages */

/* Is the package of the one update another than is registered? By the row
 * that says so. */
static bool
mismatch(void)
{
	return genuine("packages", NULL) == GENUINE_NO;
}

/* Each half of each condition by itself. */
static void
what_is_a_mismatch(void)
{
	sound();
	CHECK(!mismatch());
	/* No code: no patch at all; unless it could not be read. */
	m.patch_facts[0].has_patch = false;
	CHECK(mismatch());
	made_seen(&m.patches[0], SIG_UNREADABLE);
	CHECK(!mismatch());
	/* With a code that differs it counts, read to its end or not. */
	made_code(&m.patches[0], "{another}");
	CHECK(mismatch());
	/* The digest of another release. */
	sound();
	m.patches[0].release = release("2010-sp2-ru4");
	m.patches[0].by = INSPECT_BY_DIGEST;
	CHECK(mismatch());
	m.patches[0].release = release(RUNS);
	CHECK(!mismatch());
	/* Told by something weaker than the digest. */
	m.patches[0].release = release("2010-sp2-ru4");
	m.patches[0].by = INSPECT_BY_TITLE;
	CHECK(!mismatch());
	/* Whose it should be is not known. */
	m.patches[0].by = INSPECT_BY_DIGEST;
	m.updates[0].kb = NULL;
	m.updates[0].build = (struct version){ .parts = 0 };
	made_code(&m.patches[0], "{00000000-0000-0000-0000-00000000000F}");
	m.updates[0].patch_code = (char *)
	    "{00000000-0000-0000-0000-00000000000F}";
	CHECK(!mismatch());
	/* The product's own .msi is judged by its code, not its digest. */
	sound();
	m.package.release = release("2010-sp2-ru4");
	m.package.by = INSPECT_BY_DIGEST;
	CHECK_INT(genuine("msi", NULL), GENUINE_YES);
}

/* The release that a record with nothing but a package name stands for. */
static const struct cat_release *
named_by(const struct catalogue *c, const char *name)
{
	const struct assess_options opt = { .at = MADE_NOW };
	struct judge j = { .inv = &m.inv, .cat = c, .opt = &opt };
	struct assess_exchange x = { .ex = &m.ex,
	    .branch = catalogue_release(c, BASE)->branch };
	struct site_update u = { .patch_code = (char *)"{x}" };
	bool contradicts = true;
	const struct cat_release *r;

	u.package.original_name = (char *)(uintptr_t)name;
	r = update_release(&j, &x, &u, &contradicts);
	CHECK(!contradicts);
	return r;
}

#define PACK	"<package name=\"same.msp\" evidence=\"SITE\"/>"
#define EXTEND(id)	"<extend release=\"" id "\">" PACK "</extend>"
#define SITE(inside)							\
	"<overlay xmlns=\"urn:rollcall:catalogue:1\" name=\"site\" "	\
	"issued=\"2026-11-25\"><source id=\"SITE\" title=\"t\" "	\
	"where=\"w\"/>" inside "</overlay>"

/* One name for two packages, or for three, tells neither. */
static void
package_names(void)
{
	static const struct {
		const char *xml, *id;
	} all[] = {
		{ SITE(EXTEND("2010-sp2-ru1")), "2010-sp2-ru1" },
		{ SITE(EXTEND("2010-sp2-ru1") EXTEND("2010-sp2-ru2")), NULL },
		{ SITE(EXTEND("2010-sp2-ru1") EXTEND("2010-sp2-ru2")
		    EXTEND("2010-sp2-ru3")), NULL },
		/* One of another branch is no other candidate. */
		{ SITE(EXTEND("2010-sp2-ru1") EXTEND("2010-sp3-ru1")),
		    "2010-sp2-ru1" },
	};
	const struct cat_release *r;
	struct catalogue *c;
	size_t i;

	sound();
	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		CHECK_ST(catalogue_builtin(&c, NULL), ST_OK, NULL);
		CHECK_ST(catalogue_overlay(c, slice_of(all[i].xml,
		    strlen(all[i].xml), 0), "site.xml", NULL), ST_OK, NULL);
		r = named_by(c, "same.msp");
		CHECK_STR(r != NULL ? r->id : NULL, all[i].id);
		catalogue_free(c);
	}
	CHECK(named_by(cat, "Exchange2010-KB2756485-v2-x64-EN.msp") ==
	    release(RUNS));
}

#define CODE_OF_RU7	"{A93DA06F-A5B8-4DF8-8B3F-B285E014C659}"
#define CODE_OF_RU15	"{9B55849A-D0A7-4F16-978B-D4D389ADD022}"

/* What a record of that patch code, and of that KB or none, stands for. */
static const struct cat_release *
coded(const struct catalogue *c, const char *code, const char *kb,
    bool *contradicts)
{
	const struct assess_options opt = { .at = MADE_NOW };
	struct judge j = { .inv = &m.inv, .cat = c, .opt = &opt };
	struct assess_exchange x = { .ex = &m.ex,
	    .branch = catalogue_release(c, "2010-sp3")->branch };
	struct site_update u = { .patch_code = (char *)(uintptr_t)code,
	    .kb = (char *)(uintptr_t)kb };

	return update_release(&j, &x, &u, contradicts);
}

/* Windows Installer's own number decides, where only one update has it. */
static void
patch_codes(void)
{
	struct slice all = catalogue_builtin_xml();
	char *xml = xstrndup((const char *)all.p, all.n);
	struct catalogue *c;
	bool contradicts;
	char *at;

	CHECK(coded(cat, CODE_OF_RU7, NULL, &contradicts) ==
	    release("2010-sp3-ru7"));
	CHECK(!contradicts);
	CHECK(coded(cat, CODE_OF_RU7, "KB2961522", &contradicts) ==
	    release("2010-sp3-ru7"));
	CHECK(!contradicts);
	CHECK(coded(cat, CODE_OF_RU7, "KB3184728", &contradicts) ==
	    release("2010-sp3-ru7"));
	CHECK(contradicts);
	CHECK(coded(cat, "{x}", "KB3184728", &contradicts) ==
	    release("2010-sp3-ru15"));
	CHECK(!contradicts);
	/* A catalogue that has it twice tells nothing by it. */
	at = strstr(xml, CODE_OF_RU15);
	CHECK(at != NULL);
	if (at != NULL) {
		memcpy(at, CODE_OF_RU7, strlen(CODE_OF_RU7));
		CHECK_ST(catalogue_load(slice_of(xml, all.n, 0), "twice.xml",
		    &c, NULL), ST_OK, NULL);
		CHECK(coded(c, CODE_OF_RU7, NULL, &contradicts) == NULL);
		CHECK(!contradicts);
		catalogue_free(c);
	}
	free(xml);
}

/* What was not checked, and what is bad, stays so on any Windows. */
static void
signatures_with_the_fix(void)
{
	static const enum sig_verdict stay[] = { SIG_UNCHECKED, SIG_INVALID,
	    SIG_UNSIGNED, SIG_UNREADABLE };
	const struct assess_options opt = { .at = MADE_NOW };
	const struct sig_until ends[] = { { 0, 0 },
	    { INSTANT_NONE, INSTANT_NONE }, { MADE_NOW - 1, MADE_NOW - 1 },
	    { MADE_NOW + 1, MADE_NOW + 1 },
	    { INSTANT_UNLIMITED, INSTANT_UNLIMITED } };
	struct assessment a = { .verdict = SEV_UNKNOWN };
	struct judge j = { .a = &a, .cat = cat, .opt = &opt };
	size_t i, k;

	for (i = 0; i < sizeof(stay) / sizeof(stay[0]); i++)
		for (k = 0; k < sizeof(ends) / sizeof(ends[0]); k++) {
			a.answers[ASK_FIX].value = FIX_PRESENT;
			CHECK_INT(judge_signature_of(&j, stay[i], &ends[k]),
			    stay[i]);
			a.answers[ASK_FIX].value = FIX_MISSING;
			CHECK_INT(judge_signature_of(&j, stay[i], &ends[k]),
			    stay[i]);
		}
}

/* What the fix makes of a signature that ends without it. */
static void
the_fix_helps(void)
{
	const struct assess_options opt = { .at = MADE_NOW };
	const struct sig_until helped = { MADE_NOW - 1, INSTANT_UNLIMITED };
	const struct sig_until ends = { MADE_NOW - 1, MADE_NOW };
	const struct sig_until ended = { MADE_NOW - 1, MADE_NOW - 1 };
	const struct sig_until never = { MADE_NOW - 1, INSTANT_NONE };
	struct assessment a = { .verdict = SEV_UNKNOWN };
	struct judge j = { .a = &a, .cat = cat, .opt = &opt };
	unsigned fix;

	for (fix = FIX_UNKNOWN; fix <= FIX_MISSING; fix++) {
		bool has = fix == FIX_BUILT_IN || fix == FIX_PRESENT;

		a.answers[ASK_FIX].value = fix;
		CHECK_INT(judge_signature_of(&j, SIG_EXPIRED, &helped),
		    has ? SIG_VALID : SIG_EXPIRED);
		CHECK_INT(judge_signature_of(&j, SIG_EXPIRED, &ends),
		    has ? SIG_EXPIRES : SIG_EXPIRED);
		CHECK_INT(judge_signature_of(&j, SIG_EXPIRED, &ended),
		    SIG_EXPIRED);
		CHECK_INT(judge_signature_of(&j, SIG_EXPIRED, &never),
		    has ? SIG_UNTRUSTED : SIG_EXPIRED);
	}
}

/* ------------------------------------------------------------- complete */

/* However well the roles look. */
static void
what_runs(void)
{
	sound();
	CHECK_INT(complete("base", NULL), ANSWER_STRUCK);
	m.ex.exsetup.state = EV_ABSENT;
	CHECK_INT(complete("base", "ExSetup.exe is not there"),
	    COMPLETE_UNKNOWN);
	m.ex.exsetup.state = EV_UNREADABLE;
	CHECK_INT(complete("base", "could not be read"), COMPLETE_UNKNOWN);
	sound();
	m.ex.exsetup.version = release("2010-sp3")->build;
	CHECK_INT(complete("base", "contradict each other"),
	    COMPLETE_UNKNOWN);
	m.opt.at = instant_of_day(2013, 6, 1);
	CHECK_INT(made_allows(&m, ASK_SUPPORTED, "branch", "which base"),
	    SUPPORTED_UNKNOWN);
	made_named(&m, cat, "2003-sp2", "2003-sp2");
	CHECK_INT(complete("base", NULL), ANSWER_STRUCK);
}

static void
roles(void)
{
	sound();
	CHECK_INT(complete("roles", NULL), COMPLETE_YES);
	m.roles[0].action = (char *)"Install";
	CHECK_INT(complete("roles", "Install"), COMPLETE_NO);
	sound();
	m.roles[0].watermark = (char *)"x";
	CHECK_INT(complete("roles", "stopped"), COMPLETE_NO);
	sound();
	m.roles[0].configured = NULL;
	CHECK_INT(complete("roles", "not configured"), COMPLETE_NO);
	m.roles[0].configured = (char *)"14.1.218.15";
	CHECK_INT(complete("roles", "14.1.218.15"), COMPLETE_NO);
	m.roles[0].configured = (char *)"rubbish";
	CHECK_INT(complete("roles", "rubbish"), COMPLETE_UNKNOWN);
	sound();
	m.roles[0].unpacked = (char *)"14.2.318.4";
	CHECK_INT(complete("roles", "14.2.318.4"), COMPLETE_NO);
	m.roles[0].unpacked = (char *)"";
	CHECK_INT(complete("roles", NULL), COMPLETE_UNKNOWN);
	/* No role that was unpacked: nothing was looked at. */
	m.roles[0].unpacked = NULL;
	CHECK_INT(complete("roles", "no role"), COMPLETE_UNKNOWN);
	m.ex.role_count = 0;
	CHECK_INT(complete("roles", "no role"), COMPLETE_UNKNOWN);
	sound();
	m.ex.is_whole = false;
	CHECK_INT(complete("roles", "the base"), COMPLETE_UNKNOWN);
	sound();
	made_record(&m, EV_ROLE, EV_UNREADABLE, "HKLM\\SOFTWARE\\x");
	CHECK_INT(complete("roles", "not be read"), COMPLETE_UNKNOWN);
	m.roles[0].action = (char *)"Install";
	CHECK_INT(complete("roles", NULL), COMPLETE_NO);
	made_named(&m, cat, "2003-sp2", "2003-sp2");
	CHECK_INT(complete("roles", NULL), COMPLETE_NONE);
}

/* The management tools of 2007, which setup never configures. */
static void
tools_of_2007(void)
{
	made_named(&m, cat, "2007-sp3", "2007-sp3");
	m.roles[1] = m.roles[0];
	m.roles[1].name = (char *)"AdminTools";
	m.roles[1].configured = NULL;
	m.ex.role_count = 2;
	CHECK_INT(complete("roles", NULL), COMPLETE_YES);
	m.roles[1].action = (char *)"Install";
	CHECK_INT(complete("roles", "AdminTools"), COMPLETE_NO);
	sound();
	m.roles[0].name = (char *)"AdminTools";
	m.roles[0].configured = NULL;
	CHECK_INT(complete("roles", "AdminTools"), COMPLETE_NO);
}

static void
half_patches(void)
{
	struct site_update *u;

	sound();
	CHECK_INT(complete("patches", NULL), ANSWER_STRUCK);
	/* An interim update is one of no KB and build that is known. */
	u = made_update(&m, release("2010-sp2-ru5-v2"), PATCH_APPLIED);
	u->kb = (char *)"KB9999999";
	u->build = version_of(14, 2, 318, 99);
	CHECK_INT(complete("patches", "interim"), COMPLETE_DOUBTFUL);
	u->state = PATCH_SUPERSEDED;
	CHECK_INT(complete("patches", NULL), ANSWER_STRUCK);
	u->state = PATCH_APPLIED;
	u->kb = NULL;
	CHECK_INT(complete("patches", "interim"), COMPLETE_DOUBTFUL);
	u->kb = (char *)"KB9999999";
	u->build = (struct version){ .parts = 0 };
	CHECK_INT(complete("patches", "interim"), COMPLETE_DOUBTFUL);
	/* What says neither may be one. */
	u->kb = NULL;
	CHECK_INT(complete("patches", "may be an interim"),
	    COMPLETE_DOUBTFUL);
	u->state = PATCH_REGISTERED;
	CHECK_INT(complete("patches", "not yet applied"), COMPLETE_DOUBTFUL);
	sound();
	m.ex.interim = (char *)"";
	CHECK_INT(complete("patches", "interim"), COMPLETE_DOUBTFUL);
}

static void
stray_markers(void)
{
	sound();
	made_marker(&m, "KB2756485");
	CHECK_INT(complete("markers", NULL), ANSWER_STRUCK);
	/* That of what runs needs no record of its KB. */
	m.updates[0].kb = NULL;
	CHECK_INT(complete("markers", NULL), ANSWER_STRUCK);
	/* Of Update Rollup 5-v2, which no record and no file knows of. */
	made_marker(&m, "KB2785908");
	CHECK_INT(complete("markers", "KB2785908"), COMPLETE_DOUBTFUL);
	made_update(&m, release("2010-sp2-ru5-v2"), PATCH_SUPERSEDED);
	CHECK_INT(complete("markers", NULL), ANSWER_STRUCK);
	/* That of an older one is history. */
	sound();
	made_marker(&m, "KB2661854");
	CHECK_INT(complete("markers", NULL), ANSWER_STRUCK);
}

static void
transaction(void)
{
	sound();
	CHECK_INT(complete("transaction", NULL), ANSWER_STRUCK);
	m.inv.in_progress = made_record(&m, EV_TRACE, EV_PRESENT,
	    "HKLM\\SOFTWARE\\InProgress");
	CHECK_INT(complete("transaction", "has not ended"),
	    COMPLETE_DOUBTFUL);
	sound();
	made_record(&m, EV_PRODUCT, EV_UNREADABLE, INV_ROLLBACK);
	CHECK_INT(complete("transaction", "whether a transaction"),
	    COMPLETE_UNKNOWN);
}

/* A log of setup accuses where registry or files do, too. */
static struct inv_setup_run stopped;

static void
with_stopped_run(void)
{
	sound();
	stopped = (struct inv_setup_run){ .log = INV_LOG_SETUP,
	    .path = (char *)"C:\\ExchangeSetupLogs\\ExchangeSetup.log",
	    .mode = (char *)"Upgrade", .to = release("2010-sp3")->build,
	    .changed = true, .end = SETUPLOG_FAILED };
	stopped.ev = made_record(&m, EV_LOG, EV_PRESENT, stopped.path);
	m.inv.setup_runs = &stopped;
	m.inv.setup_run_count = 1;
	m.inv.name = (char *)"EX01";
}

static void
setup_run_that_stopped(void)
{
	sound();
	CHECK_INT(complete("setup-run", NULL), ANSWER_STRUCK);
	m.inv.asked.groups = 0;
	CHECK_INT(complete("setup-run", "not looked for"), COMPLETE_UNKNOWN);
	sound();
	made_record(&m, EV_LOG, EV_UNREADABLE,
	    "C:\\ExchangeSetupLogs\\ExchangeSetup.log");
	CHECK_INT(complete("setup-run", "not be read"), COMPLETE_UNKNOWN);
	/* Logs of helpers carry no weight. */
	sound();
	made_record(&m, EV_LOG, EV_UNREADABLE,
	    "C:\\ExchangeSetupLogs\\a.msilog");
	CHECK_INT(complete("setup-run", NULL), ANSWER_STRUCK);
	/* Alone it says nothing. */
	with_stopped_run();
	CHECK_INT(complete("setup-run", NULL), ANSWER_STRUCK);
	m.roles[0].watermark = (char *)"x";
	CHECK_INT(complete("setup-run", "a role"), COMPLETE_NO);
	with_stopped_run();
	m.ex.exsetup.state = EV_ABSENT;
	CHECK_INT(complete("setup-run", "is gone"), COMPLETE_NO);
	stopped.end = SETUPLOG_BROKEN_OFF;
	CHECK_INT(complete("setup-run", "broke off"), COMPLETE_NO);
	stopped.end = SETUPLOG_END_UNKNOWN;
	CHECK_INT(complete("setup-run", NULL), COMPLETE_NO);
	stopped.to = version_of(0, 0, 0, 0);
	stopped.to.parts = 0;
	CHECK_INT(complete("setup-run", NULL), COMPLETE_NO);
	with_stopped_run();
	m.ex.exsetup.version = stopped.to;
	CHECK_INT(complete("setup-run", "that build"), COMPLETE_NO);
	with_stopped_run();
	m.msi.version = stopped.to;
	CHECK_INT(complete("setup-run", "that build"), COMPLETE_NO);
	with_stopped_run();
	m.ex.msi = NULL;
	CHECK_INT(complete("setup-run", "no record"), COMPLETE_NO);
	made_record(&m, EV_PRODUCT, EV_UNREADABLE, "HKLM\\x");
	CHECK_INT(complete("setup-run", NULL), ANSWER_STRUCK);
}

/* Whose run stopped is not this server as it is. */
static void
setup_run_of_no_weight(void)
{
	struct inv_setup_run runs[2];

	with_stopped_run();
	m.ex.exsetup.state = EV_ABSENT;
	CHECK_INT(complete("setup-run", NULL), COMPLETE_NO);
	stopped.changed = false;
	CHECK_INT(complete("setup-run", NULL), ANSWER_STRUCK);
	stopped.changed = true;
	stopped.end = SETUPLOG_COMPLETED;
	CHECK_INT(complete("setup-run", NULL), ANSWER_STRUCK);
	stopped.end = SETUPLOG_FAILED;
	stopped.log = INV_LOG_INSTALLER;
	CHECK_INT(complete("setup-run", NULL), ANSWER_STRUCK);
	stopped.log = INV_LOG_SETUP;
	stopped.server = (char *)"ex01.example.org";
	CHECK_INT(complete("setup-run", NULL), COMPLETE_NO);
	stopped.server = (char *)"EX02";
	CHECK_INT(complete("setup-run", NULL), ANSWER_STRUCK);
	stopped.server = NULL;
	stopped.to = release("2010-sp1")->build;
	CHECK_INT(complete("setup-run", NULL), ANSWER_STRUCK);
	stopped.to = release("2013-sp1")->build;
	CHECK_INT(complete("setup-run", NULL), ANSWER_STRUCK);
	/* A later run went on from there and ended; or only prepared. */
	stopped.to = release("2010-sp3")->build;
	runs[1] = stopped;
	runs[0] = (struct inv_setup_run){ .log = INV_LOG_SETUP,
	    .path = stopped.path, .end = SETUPLOG_COMPLETED };
	m.inv.setup_runs = runs;
	m.inv.setup_run_count = 2;
	CHECK_INT(complete("setup-run", NULL), COMPLETE_NO);
	runs[0].mode = (char *)"upgrade";
	CHECK_INT(complete("setup-run", NULL), ANSWER_STRUCK);
	/* The build of an update is no setup's, whoever wrote so. */
	with_stopped_run();
	stopped.to = release(RUNS)->build;
	CHECK_INT(complete("setup-run", NULL), ANSWER_STRUCK);
}

/* Files of the effective update, where somebody asked for them. */
static void
update_files(void)
{
	struct inv_update_file files[5];
	struct inv_update_list list;
	size_t i;

	sound();
	CHECK_INT(complete("update-files", NULL), ANSWER_STRUCK);
	/* --deep looks for them; what lacks them was made before it did. */
	m.inv.deep = true;
	CHECK_INT(complete("update-files", "not looked for"),
	    COMPLETE_UNKNOWN);
	m.inv.asked.groups |= INV_GROUP_UPDATE_LISTS;
	CHECK_INT(complete("update-files", "the package of"),
	    COMPLETE_UNKNOWN);
	list = (struct inv_update_list){
	    .patch_code = (char *)(uintptr_t)m.updates[0].patch_code,
	    .state = EV_PRESENT, .listed = 5, .files = files,
	    .file_count = 5 };
	m.inv.update_lists = &list;
	m.inv.update_list_count = 1;
	for (i = 0; i < 5; i++)
		files[i] = (struct inv_update_file){ (char *)"C:\\x.dll",
		    EV_PRESENT, version_of(14, 2, 318, 4),
		    version_of(14, 2, 318, 4), 0 };
	CHECK_INT(complete("update-files", NULL), ANSWER_STRUCK);
	files[2].version = version_of(14, 2, 319, 0);
	CHECK_INT(complete("update-files", NULL), ANSWER_STRUCK);
	files[2].version = version_of(14, 2, 318, 3);
	CHECK_INT(complete("update-files", "14.2.318.3, not 14.2.318.4"),
	    COMPLETE_NO);
	for (i = 0; i < 5; i++)
		files[i].version = version_of(14, 2, 247, 5);
	CHECK_INT(complete("update-files", "and 2 more"), COMPLETE_NO);
	CHECK_INT(complete("update-files", "5 of 5 files of Exchange 2010 SP2 "
	    "Update Rollup 4-v2 are older than it brings them: C:\\x.dll "
	    "(14.2.247.5, not 14.2.318.4), C:\\x.dll"), COMPLETE_NO);
	/* Three are named, and no more are left then. */
	list.file_count = 3;
	CHECK(!lacks_in(ASK_COMPLETE, " more"));
	CHECK(lacks_in(ASK_COMPLETE, "3 of 3"));
	list.file_count = 5;
	/* What is not here is not one of those that are. */
	files[0].state = EV_ABSENT;
	CHECK_INT(complete("update-files", "4 of 4 files"), COMPLETE_NO);
	/* What is older stays older, whatever else is not known. */
	files[0].state = EV_UNREADABLE;
	list.state = EV_UNREADABLE;
	CHECK_INT(complete("update-files", "4 of 5"), COMPLETE_NO);
	list.file_count = 1;
	CHECK_INT(complete("update-files", "list of files"),
	    COMPLETE_UNKNOWN);
	list.state = EV_UNKNOWN;
	CHECK_INT(complete("update-files", "not read"), COMPLETE_UNKNOWN);
	list.state = EV_PRESENT;
	CHECK_INT(complete("update-files", "the versions of 1 files"),
	    COMPLETE_UNKNOWN);
	files[0].state = EV_ABSENT;
	CHECK_INT(complete("update-files", "1 of the files"),
	    COMPLETE_UNKNOWN);
	files[0].state = EV_PRESENT;
	files[0].listed.parts = 0;
	files[0].listed = (struct version){ .parts = 0 };
	CHECK_INT(complete("update-files", "the versions of"),
	    COMPLETE_UNKNOWN);
	/* Of files that are not here, and of which nobody knows whether they
	 * should be, one is enough. */
	files[0].listed = files[0].version = version_of(14, 2, 318, 4);
	CHECK_INT(complete("update-files", NULL), ANSWER_STRUCK);
	list.unrecorded = 1;
	CHECK_INT(complete("update-files", "record of Windows Installer"),
	    COMPLETE_UNKNOWN);
	list.unrecorded = 0;
	/* None of those that are listed is here, which is no better; a package
	 * that lists none has nothing to be held against. */
	list.file_count = 0;
	CHECK_INT(complete("update-files", "any of the 5 files"),
	    COMPLETE_UNKNOWN);
	list.unplaced = 5;
	CHECK_INT(complete("update-files", "does not tell"),
	    COMPLETE_UNKNOWN);
	list.listed = list.unplaced = 0;
	list.state = EV_ABSENT;
	CHECK_INT(complete("update-files", NULL), ANSWER_STRUCK);
	/* The list of another update says nothing of this one. */
	list.patch_code = (char *)"{00000000-0000-0000-0000-000000000000}";
	CHECK_INT(complete("update-files", "the package of"),
	    COMPLETE_UNKNOWN);
	m.inv.packages_skipped = true;
	CHECK_INT(complete("update-files", NULL), ANSWER_STRUCK);
	/* A base alone has no update that could be half in. */
	made_named(&m, cat, BASE, BASE);
	m.inv.asked.groups |= INV_GROUP_UPDATE_LISTS;
	CHECK_INT(complete("update-files", NULL), ANSWER_STRUCK);
}

#define IS "SYSTEM\\CurrentControlSet\\Services\\MSExchangeIS"
#define POP "SYSTEM\\CurrentControlSet\\Services\\MSExchangePOP3"
#define W3SVC "SYSTEM\\CurrentControlSet\\Services\\W3SVC"
#define WAS "SYSTEM\\CurrentControlSet\\Services\\WAS"
#define HOST "SYSTEM\\CurrentControlSet\\Services\\MSExchangeServiceHost"
#define SEARCH "SYSTEM\\CurrentControlSet\\Services\\MSExchangeSearch"
#define ADAM "SYSTEM\\CurrentControlSet\\Services\\ADAM_MSExchange"
#define RPC "SYSTEM\\CurrentControlSet\\Services\\MSExchangeRPC"

static void
no_services(void)
{
	const struct cat_service *s;
	size_t i, n = catalogue_services(cat, &s);
	char key[120];

	for (i = 0; i < n; i++) {
		snprintf(key, sizeof(key), "SYSTEM\\CurrentControlSet"
		    "\\Services\\%s", s[i].name);
		(void)made_value(&m, key, "Start", NULL);
	}
}

static void
services(void)
{
	sound();
	CHECK_INT(complete("services", NULL), ANSWER_STRUCK);
	(void)made_value(&m, IS, "Start", "3");
	CHECK_INT(complete("services", NULL), ANSWER_STRUCK);
	(void)made_value(&m, IS, "Start", "4");
	CHECK_INT(complete("services", "MSExchangeIS is disabled"),
	    COMPLETE_DOUBTFUL);
	/* Gone is no better than disabled. */
	(void)made_value(&m, IS, "Start", NULL);
	CHECK_INT(complete("services", "MSExchangeIS is not there"),
	    COMPLETE_DOUBTFUL);
	/* It says nothing, or could not be read. */
	made_value(&m, IS, "Start", "4")->text = NULL;
	CHECK_INT(complete("services", "could not be read"),
	    COMPLETE_UNKNOWN);
	made_value(&m, IS, "Start", NULL)->state = EV_UNREADABLE;
	CHECK_INT(complete("services", "could not be read"),
	    COMPLETE_UNKNOWN);
	/* Nobody asked, or of none. */
	sound();
	m.inv.value_count--;
	CHECK_INT(complete("services", NULL), ANSWER_STRUCK);
	m.inv.value_count = 0;
	CHECK_INT(complete("services", "not looked for"), COMPLETE_UNKNOWN);
	/* None is there at all; one is enough to be doubtful again. */
	sound();
	no_services();
	CHECK_INT(complete("services", "no service of Exchange is there"),
	    COMPLETE_UNKNOWN);
	(void)made_value(&m, IS, "Start", "2");
	CHECK_INT(complete("services", "MSExchangeSA is not there"),
	    COMPLETE_DOUBTFUL);
	/* Windows' own are no service of Exchange. */
	no_services();
	(void)made_value(&m, W3SVC, "Start", "2");
	CHECK_INT(complete("services", "no service of Exchange is there"),
	    COMPLETE_UNKNOWN);
	/* Management tools have none. */
	m.roles[0].name = (char *)"AdminTools";
	m.ex.role_count = 1;
	CHECK_INT(complete("services", NULL), ANSWER_STRUCK);
	/* Windows 2003 has no WAS, later ones have. */
	sound();
	m.roles[0].name = (char *)"ClientAccessRole";
	(void)made_value(&m, WAS, "Start", NULL);
	CHECK_INT(complete("services", "WAS is not there"),
	    COMPLETE_DOUBTFUL);
	made_named(&m, cat, "2007-sp3", "2007-sp3");
	m.roles[0].name = (char *)"ClientAccessRole";
	(void)made_value(&m, IS, "Start", NULL);
	(void)made_value(&m, WAS, "Start", NULL);
	CHECK_INT(complete("services", NULL), ANSWER_STRUCK);
	(void)made_value(&m, WAS, "Start", "4");
	CHECK_INT(complete("services", "WAS is disabled"), COMPLETE_DOUBTFUL);
	/* An administrator may disable this one. */
	sound();
	(void)made_value(&m, POP, "Start", "4");
	CHECK_INT(complete("services", NULL), ANSWER_STRUCK);
	/* No role needs it. */
	sound();
	(void)made_value(&m, SEARCH, "Start", "4");
	(void)made_value(&m, IS, "Start", NULL);
	m.roles[0].name = (char *)"AdminTools";
	m.ex.role_count = 1;
	CHECK_INT(complete("services", NULL), ANSWER_STRUCK);
	/* The store, and no role that it runs for. */
	(void)made_value(&m, IS, "Start", "2");
	CHECK_INT(complete("services", "MSExchangeIS is there"),
	    COMPLETE_DOUBTFUL);
	m.roles[0].name = (char *)"MailboxRole";
	(void)made_value(&m, SEARCH, "Start", "2");
	CHECK_INT(complete("services", NULL), ANSWER_STRUCK);
}

/* An update that broke off may have disabled services in what is lost. */
static void
services_of_old_writes(void)
{
	struct inv_hive hive = { .name = (char *)"SYSTEM", .dirty = true,
	    .replay = INV_REPLAY_MISSING };

	sound();
	m.inv.hives = &hive;
	m.inv.hive_count = 1;
	CHECK_INT(complete("services", "last writes of the SYSTEM hive"),
	    COMPLETE_UNKNOWN);
	hive.replay = INV_REPLAY_UNUSABLE;
	CHECK_INT(complete("services", "last writes of the SYSTEM hive"),
	    COMPLETE_UNKNOWN);
	hive.replay = INV_REPLAY_DONE;
	CHECK_INT(complete("services", NULL), ANSWER_STRUCK);
}

/* One role of the base, and one service that does not start. */
static unsigned
disabled(const char *base, const char *role, const char *key, const char *lacks)
{
	made_named(&m, cat, base, base);
	m.roles[0].name = (char *)role;
	m.ex.role_count = 1;
	if (strcmp(role, "MailboxRole") != 0)
		(void)made_value(&m, IS, "Start", NULL);
	(void)made_value(&m, key, "Start", "4");
	return complete("services", lacks);
}

/* What a role cannot do without differs from product to product. */
static void
services_of_roles(void)
{
	/* Every role needs the host of services, from 2010 on. */
	CHECK_INT(disabled(BASE, "HubTransportRole", HOST, "is disabled"),
	    COMPLETE_DOUBTFUL);
	CHECK_INT(disabled(BASE, "EdgeTransportRole", HOST, "is disabled"),
	    COMPLETE_DOUBTFUL);
	CHECK_INT(disabled("2013-cu23", "CafeRole", HOST, "is disabled"),
	    COMPLETE_DOUBTFUL);
	CHECK_INT(disabled("2007-sp3", "HubTransportRole", HOST, NULL),
	    ANSWER_STRUCK);
	/* Mailboxes of 2007 are found without an index; later ones are not. */
	CHECK_INT(disabled("2007-sp3", "MailboxRole", SEARCH, NULL),
	    ANSWER_STRUCK);
	CHECK_INT(disabled(BASE, "MailboxRole", SEARCH, "is disabled"),
	    COMPLETE_DOUBTFUL);
	/* Nobody says what Edge of 2007 needs. */
	CHECK_INT(disabled("2007-sp3", "EdgeTransportRole", ADAM, NULL),
	    ANSWER_STRUCK);
	CHECK_INT(disabled("2019-cu14", "EdgeTransportRole", ADAM,
	    "is disabled"), COMPLETE_DOUBTFUL);
	/* Clients of 2010 come through Client Access. */
	CHECK_INT(disabled(BASE, "MailboxRole", RPC, NULL), ANSWER_STRUCK);
	CHECK_INT(disabled("se-rtm", "MailboxRole", RPC, "is disabled"),
	    COMPLETE_DOUBTFUL);
}

static void
leftovers(void)
{
	sound();
	CHECK_INT(complete("leftovers", NULL), ANSWER_STRUCK);
	m.leftover = (struct inv_leftover){
	    (char *)"C:\\ExchangeSetupLogs\\ServiceState.xml", 0 };
	m.inv.leftovers = &m.leftover;
	m.inv.leftover_count = 1;
	CHECK_INT(complete("leftovers", "ServiceState.xml"),
	    COMPLETE_DOUBTFUL);
	sound();
	m.inv.asked.groups &= ~INV_GROUP_LEFTOVERS;
	CHECK_INT(complete("leftovers", "not looked for"), COMPLETE_UNKNOWN);
	sound();
	made_record(&m, EV_SYSTEM, EV_UNREADABLE, "C:\\ExchangeSetupLogs");
	CHECK_INT(complete("leftovers", "could not be read"),
	    COMPLETE_UNKNOWN);
}

/* Files of Exchange that Windows replaces when it starts next. */
static void
pending(void)
{
	struct inv_rename all[] = {
		{ (char *)"C:\\Config.Msi\\1.rbf", NULL },
		{ (char *)"C:\\Config.Msi\\2.rbf",
		    (char *)"C:\\Exchanges\\Bin\\a.dll" },
		{ (char *)"C:\\Exchange\\Bin\\b.dll", NULL },
		{ (char *)"C:\\Config.Msi\\3.rbf",
		    (char *)"c:\\exchange\\Bin\\c.dll" },
		{ (char *)"C:\\Config.Msi\\4.rbf",
		    (char *)"C:\\Exchange\\Bin\\d.dll" },
	};

	sound();
	CHECK_INT(complete("pending", NULL), ANSWER_STRUCK);
	m.inv.pending.renames_state = EV_PRESENT;
	m.inv.pending.renames = all;
	m.inv.pending.rename_count = m.inv.pending.rename_total = 3;
	CHECK_INT(complete("pending", NULL), ANSWER_STRUCK);
	m.inv.pending.rename_count = 4;
	CHECK_INT(complete("pending", "c.dll is replaced only when"),
	    COMPLETE_DOUBTFUL);
	m.ex.install_path = "C:\\Exchange\\";
	CHECK_INT(complete("pending", NULL), COMPLETE_DOUBTFUL);
	m.inv.pending.rename_count = 5;
	CHECK_INT(complete("pending", "c.dll and 1 more"), COMPLETE_DOUBTFUL);
	m.ex.install_path = NULL;
	CHECK_INT(complete("pending", NULL), ANSWER_STRUCK);
	m.inv.pending.rename_total = 6;
	CHECK_INT(complete("pending", "are among the 6 that"),
	    COMPLETE_UNKNOWN);
	m.inv.pending.renames_state = EV_UNREADABLE;
	CHECK_INT(complete("pending", "wait for a restart"),
	    COMPLETE_UNKNOWN);
	m.inv.pending.renames_state = EV_UNKNOWN;
	CHECK_INT(complete("pending", "wait for a restart"),
	    COMPLETE_UNKNOWN);
	sound();
	m.inv.asked.groups &= ~INV_GROUP_PENDING;
	CHECK_INT(complete("pending", "wait for a restart"),
	    COMPLETE_UNKNOWN);
}

/* ------------------------------------------------- the other questions */

static unsigned
revision(const char *id)
{
	const struct cat_release *r = release(id);

	made_server(&m, cat, made_base_of(r), r);
	return made_allows(&m, ASK_RERELEASE, "revision", NULL);
}

static void
rerelease(void)
{
	CHECK_INT(revision(RUNS), RERELEASE_NO);
	CHECK_INT(revision("2010-sp2-ru4"), RERELEASE_REQUIRED);
	CHECK_INT(revision("2010-sp2-ru3"), RERELEASE_NO);
	/* That it need not be replaced counts only of one that is proven. */
	m.ex.msi = NULL;
	CHECK_INT(made_allows(&m, ASK_RERELEASE, "revision", "not proven"),
	    RERELEASE_UNKNOWN);
	CHECK_INT(made_allows(&m, ASK_RERELEASE, "release", NULL),
	    ANSWER_STRUCK);
	/* That it must, of one that is probable too. */
	CHECK_INT(revision("2010-sp2-ru4"), RERELEASE_REQUIRED);
	m.ex.msi = NULL;
	CHECK_INT(made_allows(&m, ASK_RERELEASE, "revision", NULL),
	    RERELEASE_REQUIRED);
	m.ex.exsetup.version = version_of(14, 2, 318, 3);
	CHECK_INT(made_allows(&m, ASK_RERELEASE, "release", "not known"),
	    RERELEASE_UNKNOWN);
	CHECK_INT(made_allows(&m, ASK_RERELEASE, "revision", NULL),
	    ANSWER_STRUCK);
	CHECK_INT(answer_to(ASK_RERELEASE), RERELEASE_UNKNOWN);
}

/* Every force of the catalogue has its answer. */
static void
forces(void)
{
	static const unsigned answers[] = {
		[CAT_KEEP] = RERELEASE_NO,
		[CAT_ADVISED] = RERELEASE_ADVISED,
		[CAT_CONDITIONAL] = RERELEASE_CONDITIONAL,
		[CAT_REQUIRED] = RERELEASE_REQUIRED,
	};
	const struct cat_release *const *all;
	size_t i, n = catalogue_releases(cat, &all);
	unsigned seen = 0;

	for (i = 0; i < n; i++) {
		enum cat_force f = all[i]->replace.force;

		if (!version_known(all[i]->build) || f == CAT_KEEP ||
		    !all[i]->product->has_exsetup)
			continue;
		/* No interim update is in. */
		CHECK_INT(revision(all[i]->id),
		    all[i]->replace.when == CAT_NO_INTERIM ?
		    answers[all[i]->replace.then] : answers[f]);
		seen |= 1u << f;
	}
	CHECK_INT(seen, 1u << CAT_ADVISED | 1u << CAT_CONDITIONAL |
	    1u << CAT_REQUIRED);
}

static void
fix(void)
{
	sound();
	CHECK_INT(made_allows(&m, ASK_FIX, "windows", NULL), ANSWER_STRUCK);
	CHECK_INT(made_allows(&m, ASK_FIX, "files", NULL), FIX_PRESENT);
	m.files[1].marks--;
	CHECK_INT(made_allows(&m, ASK_FIX, "files", NULL), FIX_MISSING);
	m.files[0].searched = false;
	CHECK_INT(made_allows(&m, ASK_FIX, "files", "to its end"),
	    FIX_UNKNOWN);
	sound();
	m.files[0].file.state = EV_ABSENT;
	CHECK_INT(made_allows(&m, ASK_FIX, "files", "not there"),
	    FIX_UNKNOWN);
	m.files[0].file.state = EV_UNREADABLE;
	CHECK_INT(made_allows(&m, ASK_FIX, "files", "as a program"),
	    FIX_UNKNOWN);
	/* A 32-bit Windows has one copy. */
	sound();
	m.files[1].file.state = EV_NOT_EXPECTED;
	m.files[1].searched = false;
	CHECK_INT(made_allows(&m, ASK_FIX, "files", NULL), FIX_PRESENT);
	m.inv.windows.version = (struct version){ .parts = 0 };
	CHECK_INT(made_allows(&m, ASK_FIX, "windows", "not known"),
	    FIX_UNKNOWN);
	CHECK_INT(made_allows(&m, ASK_FIX, "files", NULL), FIX_UNKNOWN);
	sound();
	m.scene.fix_count = 0;
	CHECK_INT(made_allows(&m, ASK_FIX, "files", NULL), FIX_UNKNOWN);
	/* No copy was looked for at all. */
	sound();
	m.fix.file_count = 0;
	CHECK_INT(answer_to(ASK_FIX), FIX_UNKNOWN);
}

/* Built in is what the file says too, not the registry alone. */
static void
built_in(void)
{
	made_windows(&m, cat, version_of(6, 3, 9600, 0));
	m.files[0].marks = m.files[1].marks = 0;
	CHECK_INT(made_allows(&m, ASK_FIX, "files", NULL), FIX_BUILT_IN);
	m.files[0].file.version = version_of(6, 1, 7601, 1);
	CHECK_INT(made_allows(&m, ASK_FIX, "files", "another Windows"),
	    FIX_UNKNOWN);
	made_windows(&m, cat, version_of(6, 3, 9600, 0));
	m.files[1].file.state = EV_ABSENT;
	CHECK_INT(made_allows(&m, ASK_FIX, "files", NULL), FIX_UNKNOWN);
	/* And marks in the file of a newer Windows are none. */
	made_windows(&m, cat, version_of(6, 1, 7601, 0));
	m.files[0].file.version = version_of(6, 3, 9600, 1);
	CHECK_INT(made_allows(&m, ASK_FIX, "files", "another Windows"),
	    FIX_UNKNOWN);
}

static unsigned
current(const char *base, const char *runs, instant at)
{
	made_named(&m, cat, base, runs);
	m.opt.at = at;
	return made_allows(&m, ASK_CURRENT, "newer", NULL);
}

/* Final is what is the last of its product for good. */
static void
is_current(void)
{
	CHECK_INT(current(BASE, RUNS, MADE_NOW), CURRENT_BEHIND);
	CHECK_INT(made_allows(&m, ASK_CURRENT, "release", NULL),
	    ANSWER_STRUCK);
	CHECK_INT(current(BASE, RUNS, release(RUNS)->released), CURRENT_YES);
	/* The last of SP3, before and after 2010 ended. */
	CHECK_INT(current("2010-sp3", "2010-sp3-ru32", instant_of_day(2021,
	    4, 1)), CURRENT_FINAL);
	/* Nobody had it before it came out. */
	CHECK_INT(current("2010-sp3", "2010-sp3-ru32", instant_of_day(2021,
	    1, 1)), CURRENT_UNKNOWN);
	CHECK_INT(current("2010-sp3", "2010-sp3-ru30", instant_of_day(2020,
	    2, 12)), CURRENT_YES);
	/* The last of SP2 is not the last of 2010: SP3 is to be had. */
	CHECK_INT(current(BASE, "2010-sp2-ru8", MADE_NOW), CURRENT_BEHIND);
	CHECK_INT(current("2010-sp3", "2010-sp3-ru32", MADE_NOW),
	    CURRENT_FINAL);
	/* What is not proven is not known to be it; to be behind takes less. */
	m.exe.verdict = SIG_UNSIGNED;
	CHECK_INT(made_allows(&m, ASK_CURRENT, "newer", "not proven"),
	    CURRENT_UNKNOWN);
	made_named(&m, cat, BASE, "2010-sp2-ru8");
	m.exe.verdict = SIG_UNSIGNED;
	CHECK_INT(made_allows(&m, ASK_CURRENT, "newer", NULL),
	    CURRENT_BEHIND);
	/* What is on top of a service pack of 2003 leaves no build. */
	CHECK_INT(current("2003-sp2", "2003-sp2", MADE_NOW),
	    CURRENT_UNKNOWN);
	made_named(&m, cat, BASE, RUNS);
	m.ex.exsetup.version = version_of(14, 2, 318, 3);
	CHECK_INT(made_allows(&m, ASK_CURRENT, "release", "not known"),
	    CURRENT_UNKNOWN);
	CHECK_INT(made_allows(&m, ASK_CURRENT, "newer", NULL), ANSWER_STRUCK);
	CHECK_INT(answer_to(ASK_CURRENT), CURRENT_UNKNOWN);
}

/* What the catalogue calls newest it must be young enough to know. */
static void
is_known_of(void)
{
	static const struct {
		const char	*base, *runs, *at;
		unsigned	 allows, answer;
	} rows[] = {
		{ "se-rtm", "se-rtm-oct26su", "2026-11-01", CURRENT_YES,
		    CURRENT_YES },
		{ "se-rtm", "se-rtm-oct26su", "2026-12-09", CURRENT_YES,
		    CURRENT_YES },
		{ "se-rtm", "se-rtm-oct26su", "2026-12-10", CURRENT_UNKNOWN,
		    CURRENT_UNKNOWN },
		{ "se-rtm", "se-rtm-aug26su", "2026-12-10", ANSWER_STRUCK,
		    CURRENT_BEHIND },
		/* What ended has no updates to come. */
		{ "2010-sp3", "2010-sp3-ru32", "2027-12-10", CURRENT_YES,
		    CURRENT_FINAL },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		made_named(&m, cat, rows[i].base, rows[i].runs);
		CHECK(instant_parse(rows[i].at, &m.opt.at));
		CHECK_INT(made_allows(&m, ASK_CURRENT, "catalogue", NULL),
		    rows[i].allows);
		CHECK_INT(answer_to(ASK_CURRENT), rows[i].answer);
	}
}

/* What a build that somebody only asked about asks for, as "probe" does. */
static void
a_build_alone(void)
{
	static const struct {
		const char	*id, *at;
		unsigned	 grace;
		enum severity	 severity;
	} rows[] = {
		{ "se-rtm-oct26su", "2026-11-01", 30, SEV_NOTE },
		{ "se-rtm-oct26su", "2026-12-10", 30, SEV_ADVISED },
		{ "se-rtm-aug26su", "2026-11-01", 30, SEV_REQUIRED },
		{ "2010-sp2-ru4-v2", "2012-12-20", 30, SEV_ADVISED },
		{ "2010-sp2-ru4-v2", "2012-12-20", 5, SEV_REQUIRED },
		{ "2010-sp2-ru4-v2", "2012-10-20", 30, SEV_NOTE },
		{ "2010-sp2-ru4", "2012-10-20", 30, SEV_REQUIRED },
		{ "2010-sp3-ru32", "2021-04-01", 30, SEV_ADVISED },
	};
	struct standing_options o = { .max_age = -1 };
	struct standing s;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		CHECK(instant_parse(rows[i].at, &o.at));
		standing_find(cat, release(rows[i].id), &o, &s);
		CHECK_INT(currency_severity(&s, rows[i].grace),
		    rows[i].severity);
		standing_fini(&s);
	}
}

/* The last day of support is still one. */
static void
is_supported(void)
{
	instant end = catalogue_support_end(release(BASE)->branch);

	CHECK(end != INSTANT_NONE);
	sound();
	m.opt.at = end + DAY - 1;
	CHECK_INT(made_allows(&m, ASK_SUPPORTED, "branch", NULL),
	    SUPPORTED_YES);
	m.opt.at = end + DAY;
	CHECK_INT(made_allows(&m, ASK_SUPPORTED, "branch", NULL),
	    SUPPORTED_ENDED);
	m.ex.product = NULL;
	m.ex.is_whole = false;
	m.ex.exsetup.state = EV_ABSENT;
	CHECK_INT(made_allows(&m, ASK_SUPPORTED, "branch", "no end"),
	    SUPPORTED_UNKNOWN);
}

/* The cases above left none out. */
static void
every_row_was_met_and_not(void)
{
	const struct obligation *all;
	size_t i, n = obligations(&all);

	for (i = 0; i < n; i++) {
		tap_check((made_met >> i & 1) != 0, "never met", 0,
		    all[i].name);
		tap_check((made_unmet >> i & 1) != 0, "always met", 0,
		    all[i].name);
	}
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "a sound server", a_sound_server },
		{ "installed: the Setup key", setup_key },
		{ "installed: ExSetup.exe is there", exsetup_there },
		{ "installed: its version", exsetup_version },
		{ "installed: its signature", exsetup_signature },
		{ "installed: newer than the catalogue",
		    newer_than_the_catalogue },
		{ "installed: Windows Installer's product", product },
		{ "installed: its patches", patches },
		{ "installed: codes whose record is lost", lost_codes },
		{ "installed: the newest that is applied", newest },
		{ "installed: builds that no row has", builds_without_a_row },
		{ "installed: days of installation", dates },
		{ "installed: a record that contradicts itself", torn_record },
		{ "installed: TranscodingService.exe", components },
		{ "installed: the effective package", effective_package },
		{ "installed: markers", markers },
		{ "installed: other paths", paths },
		{ "what was not looked for", not_asked },
		{ "installed: a dirty registry", dirty_registry },
		{ "genuine: files", files },
		{ "genuine: records", records },
		{ "genuine: packages", packages },
		{ "genuine: packages that were not asked for",
		    skipped_packages },
		{ "genuine: the product's own .msi", own_msi },
		{ "genuine, complete: a damaged registry", damaged_registry },
		{ "genuine: every signed file", deep },
		{ "what makes a package another one", what_is_a_mismatch },
		{ "packages of one name", package_names },
		{ "patch codes", patch_codes },
		{ "no fix makes a bad signature good",
		    signatures_with_the_fix },
		{ "what the fix makes of one that ends", the_fix_helps },
		{ "complete: roles", roles },
		{ "complete: what runs", what_runs },
		{ "complete: the tools of 2007", tools_of_2007 },
		{ "complete: interim and waiting updates", half_patches },
		{ "complete: markers of something newer", stray_markers },
		{ "complete: a transaction", transaction },
		{ "complete: a run that stopped", setup_run_that_stopped },
		{ "complete: one of no weight", setup_run_of_no_weight },
		{ "complete: files of the update", update_files },
		{ "services that cannot start", services },
		{ "services of old writes", services_of_old_writes },
		{ "services that a role needs", services_of_roles },
		{ "what a setup has left", leftovers },
		{ "what waits for a restart", pending },
		{ "rerelease: the installed revision", rerelease },
		{ "rerelease: all that are to be replaced", forces },
		{ "fix: marks and files", fix },
		{ "fix: built into Windows", built_in },
		{ "current: behind, newest and final", is_current },
		{ "current: a catalogue that would know", is_known_of },
		{ "current and supported: a build alone", a_build_alone },
		{ "supported: up to the last day", is_supported },
		{ "each obligation was met once, and once not",
		    every_row_was_met_and_not },
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

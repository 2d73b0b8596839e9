/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "hostile.h"
#include "tap.h"

#include "base/buf.h"
#include "base/limits.h"
#include "catalogue/catalogue.h"
#include "catalogue/check.h"
#include "trust/digest.h"

#include <stdio.h>
#include <string.h>

static struct catalogue *cat;	/* the one that is built in */

/* "a b c": ids of the N releases at R. */
static const char *
ids(const struct cat_release **r, size_t n)
{
	static char text[1024];
	size_t i, len = 0;

	text[0] = '\0';
	for (i = 0; i < n; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
		    "%s%s", i != 0 ? " " : "", r[i]->id);
	return text;
}

static const char *
id(const struct cat_release *r)
{
	return r != NULL ? r->id : "(none)";
}

static struct version
v(const char *text)
{
	struct version version = { .parts = 0 };

	CHECK(version_parse(text, &version));
	return version;
}

static instant
day(const char *text)
{
	instant t = INSTANT_NONE;

	CHECK(instant_parse(text, &t));
	return t;
}

static void
test_builtin(void)
{
	const struct cat_info *info = catalogue_info(cat);
	const struct cat_release *const *r;
	const struct cat_product *p;
	char hex[2 * DIGEST_MAX + 1];
	struct digester *g = digester_new(DIGEST_BIT(DIGEST_SHA256));
	struct slice xml = catalogue_builtin_xml();
	struct digest_set all;

	CHECK(info->serial > 2026000000);
	CHECK(info->issued < info->expires);
	CHECK_STR(info->origin, "built in");
	CHECK_INT(strlen(info->sha256), 64);
	digester_update(g, xml.p, xml.n);
	digester_final(g, &all);
	digester_free(g);
	/* It was made when the program was. */
	CHECK_STR(info->sha256, digest_hex(&all.of[DIGEST_SHA256], hex));
	CHECK(catalogue_releases(cat, &r) >= 534);
	CHECK(catalogue_products(cat, &p) >= 11);
}

static const struct cat_require *
require_called(const char *id)
{
	const struct cat_require *x;
	size_t i, n = catalogue_requires(cat, &x);

	for (i = 0; i < n; i++)
		if (strcmp(x[i].id, id) == 0)
			return &x[i];
	return NULL;
}

static bool
wants(const char *id, const char *release)
{
	const struct cat_require *x = require_called(id);
	const struct cat_release *r = catalogue_release(cat, release);

	return x != NULL && r != NULL && cat_scopes_have(x->scopes,
	    x->scope_count, r->product, r->branch);
}

static void
test_requires(void)
{
	const struct cat_require *x = require_called("net-2022-up");

	CHECK_STR(catalogue_dotnet(cat, 528040)->version, "4.8");
	CHECK_STR(catalogue_dotnet(cat, 528449)->version, "4.8");
	CHECK_STR(catalogue_dotnet(cat, 528039)->version, "4.7.2");
	CHECK_STR(catalogue_dotnet(cat, 999999)->version, "4.8.1");
	CHECK(catalogue_dotnet(cat, 378388) == NULL);
	CHECK_STR(catalogue_windows(cat, version_of(6, 3, 9600, 20778))->id,
	    "2012r2");
	CHECK(catalogue_windows(cat, version_of(10, 0, 19045, 0)) == NULL);
	CHECK(wants("net-2016-cu5", "2016-cu5"));
	CHECK(wants("net-2016-cu5", "2016-cu7"));
	CHECK(!wants("net-2016-cu5", "2016-cu4"));
	CHECK(!wants("net-2016-cu5", "2016-cu8"));
	CHECK(!wants("net-2016-cu5", "2019-cu5"));
	CHECK(wants("net-2016-cu10", "2016-cu10"));
	CHECK(!wants("net-2016-cu10", "2016-cu11"));
	CHECK(wants("net-2022-up", "se-rtm"));
	CHECK(wants("net-2022-up", "2019-cu15"));
	CHECK(x != NULL && x->for_bases && !x->for_updates &&
	    x->windows_count == 2 && x->allowed_count == 2);
}

static void
test_release(void)
{
	const struct cat_release *r = catalogue_release(cat,
	    "2010-sp2-ru4-v2");

	CHECK(r != NULL);
	if (r == NULL)
		return;
	CHECK_STR(r->name, "Exchange 2010 SP2 Update Rollup 4-v2");
	CHECK_STR(r->product->id, "2010");
	CHECK_STR(r->branch->id, "SP2");
	CHECK_STR(cat_kind_name(r->kind), "RU");
	CHECK_INT(r->revision, 2);
	CHECK_STR(r->original, "");
	CHECK(version_equal(r->build, v("14.2.318.4")));
	CHECK_STR(r->build_long, "14.02.0318.004");
	CHECK_STR(r->kb, "KB2756485");
	CHECK_INT(r->released, day("2012-10-09"));
	CHECK_STR(r->bulletin, "MS12-058");
	CHECK_INT(r->cve_count, 13);
	CHECK_STR(r->cves[12], "CVE-2012-3110");
	CHECK_STR(r->cures, "2749655");
	CHECK_STR(r->advisory, "");
	CHECK_INT(r->carried_count, 1);
	CHECK_STR(r->carried[0].kb, "KB2756987");
	CHECK_INT(r->package_count, 1);
	CHECK_STR(r->packages[0].evidence, "SB");
	CHECK(r->packages[0].none_public);
	CHECK_STR(r->download_id, "34956");
	CHECK_INT(r->supersedes_count, 1);
	CHECK_STR(id(r->supersedes[0].release), "2010-sp2-ru4");
	CHECK(r->line > 0);
}

/* How releases are called, kind by kind. */
static void
test_names(void)
{
	static const struct {
		const char	*id, *name, *original;
	} want[] = {
		{ "2010-sp2", "Exchange 2010 SP2", "" },
		{ "2010-sp2-ru3", "Exchange 2010 SP2 Update Rollup 3", "" },
		{ "2010-sp2-ru4", "Exchange 2010 SP2 Update Rollup 4",
		    "original" },
		{ "2007-sp3-ru8-v3", "Exchange 2007 SP3 Update Rollup 8-v3",
		    "" },
		{ "2010-rtm", "Exchange 2010 RTM", "" },
		{ "2010-rtm-ru1", "Exchange 2010 RTM Update Rollup 1", "" },
		{ "2013-sp1", "Exchange 2013 SP1 (CU4)", "" },
		{ "2013-sp1-dec14su", "Exchange 2013 SP1 Dec14SU", "" },
		{ "2013-cu2", "Exchange 2013 CU2", "original" },
		{ "2013-cu2-v2", "Exchange 2013 CU2-v2", "" },
		{ "2013-rtm-preview", "Exchange 2013 Preview", "" },
		{ "2016-cu23-nov24su", "Exchange 2016 CU23 Nov24SU",
		    "original" },
		{ "2016-cu23-nov24su-v2", "Exchange 2016 CU23 Nov24SUv2",
		    "" },
		{ "2003-sp2-ms06-019",
		    "Exchange 2003 SP2 Security update MS06-019", "" },
		{ "se-rtm-aug25su", "Exchange SE RTM Aug25SU", "" },
	};
	const struct cat_release *r;
	size_t i;

	for (i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		r = catalogue_release(cat, want[i].id);
		CHECK_STR(id(r), want[i].id);
		if (r == NULL)
			continue;
		CHECK_STR(r->name, want[i].name);
		CHECK_STR(r->original, want[i].original);
	}
	CHECK(catalogue_release(cat, "2010-sp9") == NULL);
	CHECK(catalogue_release(cat, "") == NULL);
}

static void
test_replace(void)
{
	static const struct {
		const char	*id, *reason, *by;
		enum cat_force	 force;
	} want[] = {
		{ "2007-sp3-ru8", "signing-defect", "2007-sp3-ru8-v2",
		    CAT_REQUIRED },
		{ "2010-sp1-ru7", "signing-defect", "2010-sp1-ru7-v2",
		    CAT_REQUIRED },
		{ "2010-sp2-ru4", "signing-defect", "2010-sp2-ru4-v2",
		    CAT_REQUIRED },
		{ "2010-sp2-ru5", "recalled", "2010-sp2-ru5-v2",
		    CAT_REQUIRED },
		{ "2010-sp3-ru8", "outlook-cannot-connect", "2010-sp3-ru8-v2",
		    CAT_REQUIRED },
		{ "2010-sp1-ru3", "recalled", "2010-sp1-ru3-v3",
		    CAT_REQUIRED },
		{ "2007-sp3-ru3", "database-corruption", "2007-sp3-ru3-v2",
		    CAT_REQUIRED },
		{ "2013-cu2", "permission-loss", "2013-cu2-v2",
		    CAT_REQUIRED },
		{ "2007-sp3-ru8-v2", "new-revision", "2007-sp3-ru8-v3",
		    CAT_ADVISED },
		{ "2010-sp1-ru7-v2", "new-revision", "2010-sp1-ru7-v3",
		    CAT_ADVISED },
		{ "2016-cu23-aug23su", "setup-fails",
		    "2016-cu23-aug23su-v2", CAT_CONDITIONAL },
		{ "2010-sp1-ru4", "data-loss", "2010-sp1-ru4-v2",
		    CAT_CONDITIONAL },
		{ "se-rtm-sep26su", "security-fix", "se-rtm-sep26su-v2",
		    CAT_REQUIRED },
		{ "2019-cu14-nov24su", "transport-rules-stop",
		    "2019-cu14-nov24su-v2", CAT_CONDITIONAL },
		{ "2010-sp2-ru3", "", "(none)", CAT_KEEP },
	};
	const struct cat_release *r;
	size_t i;

	for (i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		r = catalogue_release(cat, want[i].id);
		CHECK_STR(id(r), want[i].id);
		if (r == NULL)
			continue;
		CHECK_INT(r->replace.force, want[i].force);
		CHECK_STR(r->replace.reason, want[i].reason);
		CHECK_STR(id(r->replace.by), want[i].by);
		CHECK((r->replace.condition != NULL) ==
		    (want[i].force == CAT_CONDITIONAL));
	}
}

static void
check_cures(const char *of, instant at, const char *want)
{
	const struct cat_release *r = catalogue_release(cat, of), *out[64];
	size_t n;

	CHECK_STR(id(r), of);
	if (r == NULL)
		return;
	n = catalogue_cures(r, at, out, 64);
	CHECK_STR(ids(out, n), want);
	CHECK_INT(catalogue_cures(r, at, out, 1), n);
}

static void
test_cures(void)
{
	check_cures("2010-sp2-ru4", INSTANT_UNLIMITED, "2010-sp2-ru4-v2 "
	    "2010-sp2-ru5-v2 2010-sp2-ru6 2010-sp2-ru7 2010-sp2-ru8");
	check_cures("2010-sp2-ru4", day("2012-12-10"),
	    "2010-sp2-ru4-v2 2010-sp2-ru5-v2");
	check_cures("2010-sp2-ru4", day("2012-12-09"), "2010-sp2-ru4-v2");
	check_cures("2010-sp2-ru4", day("2012-10-08"), "");
	check_cures("2010-sp1-ru7", INSTANT_UNLIMITED,
	    "2010-sp1-ru7-v2 2010-sp1-ru7-v3 2010-sp1-ru8");
	check_cures("2010-sp1-ru4", day("2011-12-31"),
	    "2010-sp1-ru4-v2 2010-sp1-ru5 2010-sp1-ru6");
	check_cures("2013-cu1-aug13su", INSTANT_UNLIMITED,
	    "2013-cu1-aug13su-v2");
	check_cures("2007-sp1-ru4-pre", day("2008-11-01"), "2007-sp1-ru4");
	check_cures("2010-sp2-ru8", INSTANT_UNLIMITED, "");
}

/* Over everything that is built in. */
static void
test_cures_sound(void)
{
	const struct cat_release *const *r;
	const struct cat_release *out[64];
	size_t i, j, n, cures;

	n = catalogue_releases(cat, &r);
	for (i = 0; i < n; i++) {
		cures = catalogue_cures(r[i], INSTANT_UNLIMITED, out, 64);
		if (r[i]->replace.force == CAT_REQUIRED)
			CHECK(cures != 0 && r[i]->replace.by != NULL);
		for (j = 0; j < cures; j++) {
			CHECK(out[j]->replace.force != CAT_REQUIRED);
			CHECK(out[j]->branch == r[i]->branch);
			CHECK(out[j]->kind != CAT_IU);
			CHECK(!version_known(r[i]->build) ||
			    !version_known(out[j]->build) ||
			    version_cmp(out[j]->build, r[i]->build) > 0);
		}
	}
}

static const struct cat_branch *
branch(const char *product, const char *branch_id)
{
	const struct cat_branch *b;
	size_t i, n = catalogue_branches(cat, &b);

	for (i = 0; i < n; i++)
		if (strcmp(b[i].product->id, product) == 0 &&
		    strcmp(b[i].id, branch_id) == 0)
			return &b[i];
	return NULL;
}

static void
check_latest(const char *product, const char *branch_id, instant at,
    const char *want)
{
	const struct cat_branch *b = branch(product, branch_id);
	const struct cat_release *after[64];
	size_t n;

	CHECK(b != NULL);
	if (b == NULL)
		return;
	n = catalogue_cures(b->releases[0], at, after, 64);
	CHECK(n <= 64);
	CHECK_STR(id(n != 0 && n <= 64 ? after[n - 1] : NULL), want);
}

static void
test_latest(void)
{
	check_latest("2010", "SP2", INSTANT_UNLIMITED, "2010-sp2-ru8");
	check_latest("2010", "SP2", day("2012-08-20"), "2010-sp2-ru3");
	check_latest("2010", "SP2", day("2012-10-09"), "2010-sp2-ru4-v2");
	check_latest("2010", "SP2", day("2012-11-20"), "2010-sp2-ru4-v2");
	check_latest("2010", "SP2", day("2011-01-01"), "(none)");
	/* A build that was only seen is above, and is not offered. */
	check_latest("2007", "SP2", INSTANT_UNLIMITED, "2007-sp2-ru5");
	check_latest("2019", "CU14", day("2024-11-20"), "2019-cu14-nov24su");
	check_latest("2013", "SP1", INSTANT_UNLIMITED, "2013-sp1-mar21su");
}

static void
test_builds(void)
{
	const struct cat_release *below, *above;

	CHECK_STR(id(catalogue_find_build(cat, v("14.2.318.2"))),
	    "2010-sp2-ru4");
	CHECK_STR(id(catalogue_find_build(cat, v("14.02.0318.004"))),
	    "2010-sp2-ru4-v2");
	CHECK_STR(id(catalogue_find_build(cat, v("6.5.7638"))), "2003-sp2");
	CHECK_STR(id(catalogue_find_build(cat, v("14.2.318.3"))), "(none)");
	CHECK_STR(id(catalogue_find_build(cat, v("14.3.328.5"))), "(none)");

	catalogue_neighbours(cat, v("14.2.318.3"), &below, &above);
	CHECK_STR(id(below), "2010-sp2-ru4");
	CHECK_STR(id(above), "2010-sp2-ru4-v2");
	catalogue_neighbours(cat, v("14.2.318.4"), &below, &above);
	CHECK_STR(id(below), "2010-sp2-ru4");
	CHECK_STR(id(above), "2010-sp2-ru5");
	catalogue_neighbours(cat, v("14.3.999.0"), &below, &above);
	CHECK_STR(id(below), "2010-sp3-ru32");
	CHECK_STR(id(above), "(none)");
	catalogue_neighbours(cat, v("8.0.1.0"), &below, &above);
	CHECK_STR(id(below), "(none)");
	CHECK_STR(id(above), "2007-rtm");
	catalogue_neighbours(cat, v("7.9.0.0"), &below, &above);
	CHECK(below == NULL && above == NULL);
	CHECK_STR(id(catalogue_newest(cat, catalogue_product(cat, "2010"))),
	    "2010-sp3-ru32");
	CHECK_STR(id(catalogue_newest(cat, catalogue_product(cat, "2013"))),
	    "2013-cu23-mar23su");
}

/* 15.2 is two products. */
static void
test_product_of(void)
{
	static const struct {
		const char	*build, *product;
	} want[] = {
		{ "15.2.2562.17", "SE" }, { "15.2.2562.0", "SE" },
		{ "15.2.2561.65535", "2019" }, { "15.2.221.12", "2019" },
		{ "15.1.9999.0", "2016" }, { "15.0.516.32", "2013" },
		{ "14.2.318.2", "2010" }, { "8.3.83.6", "2007" },
		{ "6.5.7638.0", "2003" }, { "6.0.6249.0", "2000" },
		{ "5.5.2650.0", "5.5" }, { "4.0.837.0", "4.0" },
	};
	const struct cat_product *p;
	size_t i;

	for (i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		p = catalogue_product_of(cat, v(want[i].build));
		CHECK_STR(p != NULL ? p->id : "(none)", want[i].product);
	}
	CHECK(catalogue_product_of(cat, v("16.0.0.0")) == NULL);
	CHECK(catalogue_product_of(cat, v("3.5.0.0")) == NULL);
}

static void
test_product(void)
{
	const struct cat_product *p = catalogue_product(cat, "2007");

	CHECK(catalogue_product(cat, "2011") == NULL);
	CHECK(p != NULL);
	if (p == NULL)
		return;
	CHECK_INT(p->major, 8);
	CHECK_INT(p->setup_key_count, 2);
	CHECK_STR(p->setup_keys[0], "SOFTWARE\\Microsoft\\Exchange\\Setup");
	CHECK_STR(p->product_codes[0],
	    "{24B2C164-DE66-44FE-B468-A46D9D5E6B31}");
	CHECK_STR(p->update_keys[0], "Exchange 2007");
	CHECK_STR(p->uninstall_keys[0], "Microsoft Exchange");
	CHECK(p->has_exsetup);
	CHECK_INT(p->support_end, day("2017-04-11"));
	p = catalogue_product(cat, "2003");
	CHECK(p != NULL && !p->has_exsetup && p->services_version == 65);
	CHECK(p != NULL && p->update_key_count == 1);
	if (p != NULL)
		CHECK_STR(p->update_keys[0], "Exchange Server 2003");
}

static void
test_find(void)
{
	const struct cat_release *out[64];
	size_t n;

	n = catalogue_find_kb(cat, "KB2756485", out, 64);
	CHECK_STR(ids(out, n), "2010-sp2-ru4-v2");
	n = catalogue_find_kb(cat, "kb2986475", out, 64);
	CHECK_STR(ids(out, n), "2010-sp3-ru8 2010-sp3-ru8-v2");
	n = catalogue_find_kb(cat, "274833", out, 64);
	CHECK_STR(ids(out, n), "5.5-sp4");
	CHECK_INT(catalogue_find_kb(cat, "5000871", out, 2), 25);
	CHECK_INT(catalogue_find_kb(cat, "KB", out, 64), 0);
	CHECK_INT(catalogue_find_kb(cat, "", out, 64), 0);
	/* What the advisory prints for 2007 is that of 2010 SP1. */
	n = catalogue_find_kb(cat, "KB2756496", out, 64);
	CHECK_STR(ids(out, n), "2010-sp1-ru7-v2");

	n = catalogue_find_package(cat, "exchange2010-kb2756485-V2-x64-en.MSP",
	    out, 64);
	CHECK_STR(ids(out, n), "2010-sp2-ru4-v2");
	n = catalogue_find_package(cat, "Exchange2013-KB2874216-v2-x64-en.msp",
	    out, 64);
	CHECK_STR(ids(out, n), "2013-cu1-aug13su-v2 2013-cu2-aug13su-v2");
	CHECK_INT(catalogue_find_package(cat, "x.msp", out, 64), 0);

	n = catalogue_find_patch_code(cat,
	    "{a93da06f-a5b8-4df8-8b3f-b285e014c659}", out, 64);
	CHECK_STR(ids(out, n), "2010-sp3-ru7");
	n = catalogue_find_component(cat, v("14.2.318.1"), out, 64);
	CHECK_STR(ids(out, n), "2010-sp2-ru4");
	n = catalogue_find_component(cat, v("8.3.279.5"), out, 64);
	CHECK_STR(ids(out, n), "2007-sp3-ru8-v2 2007-sp3-ru8-v3");
	CHECK_INT(catalogue_find_component(cat, v("1.2.3.4"), out, 64), 0);
}

static void
test_disputes(void)
{
	const struct cat_release *r = catalogue_release(cat, "2010-sp2-ru5");

	CHECK(r != NULL && r->dispute_count == 2);
	if (r == NULL || r->dispute_count != 2)
		return;
	CHECK_STR(r->disputes[0].fact, "build");
	CHECK_STR(r->disputes[0].value, "14.3.328.5");
	CHECK_STR(r->disputes[0].sources.ids[0], "MSDOC");
	CHECK(!r->disputes[0].unresolved);
	CHECK(r->disputes[0].line > r->line);
	r = catalogue_release(cat, "2010-rtm-ru4");
	CHECK(r != NULL && r->dispute_count == 1 && r->disputes[0].unresolved);
}

static void
test_advisory(void)
{
	const struct cat_advisory *a = catalogue_advisory(cat, "2749655");
	size_t i, required = 0;

	CHECK(catalogue_advisory(cat, "1") == NULL);
	CHECK(a != NULL);
	if (a == NULL)
		return;
	CHECK_INT(a->published, day("2012-10-09"));
	CHECK_INT(a->expires_from, day("2012-11-01"));
	CHECK_INT(a->certificate_count, 2);
	CHECK_STR(a->certificates[0].sha1,
	    "a59ef772f586c630ba190f3304147c0347bac12e");
	CHECK_STR(a->certificates[1].sha1,
	    "7eef4e81277c469fcd2c71c82601ac8b808816bf");
	CHECK_INT(a->rereleased_count, 15);
	for (i = 0; i < a->rereleased_count; i++) {
		const struct cat_rereleased *u = &a->rereleased[i];

		required += u->must_replace;
		CHECK(u->must_replace == (u->release != NULL));
		if (u->release != NULL)
			CHECK_STR(u->release->kb, u->rerelease);
	}
	CHECK_INT(required, 3);
}

static void
test_mitigation(void)
{
	const struct cat_mitigation *m;
	size_t i;

	CHECK_INT(catalogue_mitigations(cat, &m), 1);
	CHECK_STR(m->advisory, "2749655");
	CHECK_INT(m->builtin_major, 6);
	CHECK_INT(m->builtin_minor, 3);
	CHECK_INT(m->mark_count, 2);
	CHECK_INT(m->marks[0][0], 0xa5);
	CHECK_INT(m->marks[1][19], 0xbf);
	CHECK_INT(m->always_count, 2);
	CHECK_INT(m->carrier_count, 2);
	CHECK_STR(m->carriers[1].kb, "KB2756872");
	CHECK_INT(m->carriers[1].from_minor, 2);
	CHECK_INT(m->fixed_count, 12);
	for (i = 1; i < m->fixed_count; i++)
		CHECK(version_cmp(m->fixed[i - 1].branch_below,
		    m->fixed[i].branch_from) <= 0);
	CHECK(version_equal(m->fixed[6].first_with, v("6.1.7601.17940")));
}

static void
test_anchors(void)
{
	const struct cat_anchor *a;
	size_t i, n = catalogue_anchors(cat, &a);

	CHECK_INT(n, 11);
	for (i = 0; i < n; i++) {
		/* A SEQUENCE each, in pairs of lower-case digits. */
		CHECK(strncmp(a[i].subject_der, "30", 2) == 0);
		CHECK(strncmp(a[i].spki_der, "30", 2) == 0);
		CHECK(strlen(a[i].spki_der) % 2 == 0);
		CHECK(strspn(a[i].spki_der, "0123456789abcdef") ==
		    strlen(a[i].spki_der));
	}
}

static void
test_digests(void)
{
	const struct cat_release *r = catalogue_release(cat, "2013-rtm");
	const struct cat_other_package *o;
	const struct cat_file_set *f;

	CHECK(r != NULL && r->file_count == 5);
	if (r != NULL && r->file_count == 5)
		CHECK_STR(r->files[1].digest.hex, "00a503ebda6a11055a33df1d1"
		    "77d89b20ee22f59f499be6543c2722576fa50c0");
	r = catalogue_release(cat, "2003-sp1-ms06-019");
	CHECK(r != NULL && r->package_count == 2);
	if (r != NULL && r->package_count == 2) {
		CHECK_INT(r->packages[1].size, 3592440);
		CHECK_INT(r->packages[1].digest_count, 2);
		CHECK_STR(r->packages[1].digests[0].algorithm, "sha1");
	}
	CHECK_INT(catalogue_other_packages(cat, &o), 1);
	CHECK_STR(o->kb, "KB2538719");
	CHECK_INT(catalogue_file_sets(cat, &f), 131);
}

/* ------------------------------------------- catalogues from outside */

/* The smallest catalogue that has what the refusals below break. */
static const char small[] =
    "<catalogue xmlns='urn:rollcall:catalogue:1' serial='2026010101'\n"
    "  issued='2026-01-01' known-until='2026-01-01' expires='2027-01-01'>\n"
    "<source id='A' title='t' where='w'/>\n"
    "<source id='B' title='t' where='w'/>\n"
    "<advisory id='1' published='2026-01-01' title='t' sources='A'>\n"
    "<text>t</text></advisory>\n"
    "<product id='P' name='Exchange P' from='1.0.0.0' below='2.0.0.0'"
    " sources='A'>\n"
    "<setup-key>SOFTWARE\\P</setup-key>\n"
    "<branch id='RTM'>\n"
    "<release id='p' kind='RTM' label='RTM' revision='1' build='1.0.1.0'"
    " confidence='high' sources='A'/>\n"
    "<release id='p-1' kind='SU' label='One' revision='1' build='1.0.2.0'"
    " kb='KB123456' affected-by='1' confidence='high' sources='A B'>\n"
    "<replace force='required' reason='recalled' by='p-2' sources='A'>t"
    "</replace></release>\n"
    "<release id='p-2' kind='SU' label='Two' revision='2' build='1.0.3.0'"
    " confidence='high' sources='B'>\n"
    "<replace force='advised' reason='new-revision' by='p-3' sources='A'>t"
    "</replace>\n"
    "<supersedes kb='KB123456' release='p-1'/></release>\n"
    "<release id='p-3' kind='SU' label='Three' revision='3' build='1.0.4.0'"
    " date='2026-01' confidence='high' sources='B'/>\n"
    "</branch></product></catalogue>\n";

/* SMALL with the first OLD replaced by NEW, in OUT. */
static void
edit(struct buf *out, const char *old, const char *new)
{
	const char *at = strstr(small, old);

	buf_init(out, XML_MAX_BYTES);
	CHECK(at != NULL);
	if (at == NULL)
		return;
	buf_append(out, small, (size_t)(at - small));
	buf_puts(out, new);
	buf_puts(out, at + strlen(old));
}

static void
test_small(void)
{
	struct catalogue *c = NULL;
	struct diag d = { .text = "" };
	const struct cat_release *r;

	CHECK_ST(catalogue_load(slice_of(small, sizeof(small) - 1, 0),
	    "small.xml", &c, &d), ST_OK, &d);
	if (c == NULL)
		return;
	CHECK_STR(catalogue_info(c)->origin, "small.xml");
	CHECK_INT(catalogue_info(c)->serial, 2026010101);
	CHECK_STR(catalogue_info(c)->sha256, "83fd29d24d405ab4a07f81f153b6b7d4"
	    "59dabc627ba6fd66da8332ca70bb5b57");
	r = catalogue_release(c, "p-3");
	CHECK(r != NULL && r->released == day("2026-01-01"));
	CHECK(r != NULL && r->line == 16);
	catalogue_free(c);
}

/* The first OLD of the small catalogue becomes NEW; the diagnosis SAYS. */
static const struct {
	const char	*what, *old, *new, *says;
} refusals[] = {
	{ "document type", "<catalogue", "<!DOCTYPE catalogue><catalogue",
	    "document type" },
	{ "entity bomb", "<catalogue", "<!DOCTYPE c [<!ENTITY a 'aaaaaaaa'>"
	    "<!ENTITY b '&a;&a;&a;&a;'>]><catalogue", "document type" },
	{ "external entity", "<catalogue",
	    "<!DOCTYPE c [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
	    "<catalogue", "document type" },
	{ "entity without one", "label='One'", "label='&one;'", "one" },
	{ "unknown element", "<text>t</text>", "<text>t</text><more/>",
	    "line 6" },
	{ "unknown attribute", "<branch id='RTM'", "<branch id='RTM' x='1'",
	    "line 9" },
	{ "repeated attribute", "<branch id='RTM'",
	    "<branch id='RTM' id='SP1'", "line 9" },
	{ "missing attribute", " title='t'", "", "line 3" },
	{ "wrong order of elements", "<text>t</text>", "", "line" },
	{ "another namespace", "urn:rollcall:catalogue:1",
	    "urn:rollcall:catalogue:2", "element catalogue" },
	{ "no namespace", " xmlns='urn:rollcall:catalogue:1'", "",
	    "element catalogue" },
	{ "another root", "<catalogue xmlns='urn:rollcall:catalogue:1'",
	    "<source xmlns='urn:rollcall:catalogue:1'", "line" },
	{ "text between elements", "<text>t</text>", "x<text>t</text>",
	    "line" },
	{ "bad serial", "2026010101", "2026-01-01", "catalogue" },
	{ "bad build", "1.0.2.0", "1.0.2.x", "line 11" },
	{ "build that is too large", "1.0.2.0", "1.0.2.65536", "65536" },
	{ "bad KB", "KB123456", "123456", "line 11" },
	{ "bad day", "published='2026-01-01'", "published='2026-01-32'",
	    "advisory" },
	{ "no such day", "published='2026-01-01'", "published='2026-02-30'",
	    "2026-02-30" },
	{ "no such source", "sources='A B'", "sources='A C'", "\"C\"" },
	{ "no such release", "by='p-3'", "by='p-4'", "\"p-4\"" },
	{ "no such superseded release", "release='p-1'", "release='p-9'",
	    "\"p-9\"" },
	{ "no such advisory", "affected-by='1'", "affected-by='2'", "\"2\"" },
	{ "two sources of one id", "<source id='B'", "<source id='A'",
	    "\"A\"" },
	{ "two releases of one id", "id='p-3'", "id='p-2'", "\"p-2\"" },
	{ "two releases of one build", "1.0.4.0", "1.0.3.0", "same build" },
	{ "releases out of order", "1.0.4.0", "1.0.1.5", "later build" },
	{ "build of another product", "1.0.4.0", "2.0.4.0",
	    "not one of Exchange P" },
	{ "product without builds", "below='2.0.0.0'", "below='1.0.0.0'",
	    "owns no builds" },
	{ "circle of replacements", "by='p-3'", "by='p-1'", "circle" },
	{ "replaced by itself", "by='p-3'", "by='p-2'", "circle" },
	{ "condition without being conditional", "force='advised'",
	    "force='advised' condition='x'", "line" },
	{ "conditional without condition", "force='advised'",
	    "force='conditional'", "line" },
	{ "expires before it is issued", "expires='2027-01-01'",
	    "expires='2025-01-01'", "expires" },
};

static void
test_refusals(void)
{
	struct catalogue *c;
	struct buf text;
	struct diag d;
	size_t i;

	for (i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		printf("# %s\n", refusals[i].what);
		c = NULL;
		d = (struct diag){ .text = "" };
		edit(&text, refusals[i].old, refusals[i].new);
		CHECK_ST(catalogue_load(buf_slice(&text), "x", &c, &d),
		    ST_MALFORMED, &d);
		CHECK(c == NULL);
		if (strstr(d.text, refusals[i].says) == NULL)
			CHECK_STR(d.text, refusals[i].says);
		catalogue_free(c);
		buf_fini(&text);
	}
}

static void
test_sizes(void)
{
	struct catalogue *c = NULL;
	struct diag d = { .text = "" };
	struct buf text;

	CHECK_ST(catalogue_load(slice_of("", 0, 0), "x", &c, &d),
	    ST_MALFORMED, &d);
	buf_init(&text, XML_MAX_BYTES + 1);
	memset(buf_extend(&text, XML_MAX_BYTES + 1), ' ', XML_MAX_BYTES + 1);
	CHECK_ST(catalogue_load(buf_slice(&text), "x", &c, &d), ST_LIMIT, &d);
	buf_fini(&text);
	CHECK(c == NULL);
}

static bool
loads(struct slice text)
{
	struct catalogue *c = NULL;
	enum status st = catalogue_load(text, "x", &c, NULL);

	CHECK((st == ST_OK) == (c != NULL));
	catalogue_free(c);
	return st == ST_OK;
}

static void
test_truncated(void)
{
	size_t len;

	/* The last byte is a newline behind the document. */
	for (len = 0; len < sizeof(small) - 2; len++)
		if (loads(slice_of(small, len, 0)))
			CHECK_INT(len, 0);
	CHECK(loads(slice_of(small, len, 0)));
}

/* How many complaints of RULE (NULL: of any) a draft has; none where it
 * cannot be read. */
static size_t
complaints(struct slice text, const char *rule)
{
	struct catalogue *c = NULL;
	struct check_result found;
	size_t i, n = 0;

	if (catalogue_load_draft(text, "x", &c, NULL) != ST_OK)
		return 0;
	check_catalogue(c, INSTANT_UNLIMITED, &found);
	for (i = 0; i < found.count; i++)
		n += rule == NULL || strcmp(found.complaints[i].rule,
		    rule) == 0;
	check_fini(&found);
	catalogue_free(c);
	return n;
}

/* What a catalogue may not have, a draft may, and the linter says so. */
static void
test_draft(void)
{
	static const struct {
		const char *old, *new, *rule;
	} drafts[] = {
		{ "1.0.4.0", "1.0.3.0", "duplicate-build" },
		{ "1.0.4.0", "1.0.1.5", "build-order" },
		{ "1.0.4.0", "2.0.4.0", "branch-range" },
		{ "by='p-3'", "by='p-1'", "cycle" },
	};
	struct buf text;
	size_t i;

	for (i = 0; i < sizeof(drafts) / sizeof(drafts[0]); i++) {
		printf("# %s\n", drafts[i].rule);
		edit(&text, drafts[i].old, drafts[i].new);
		CHECK(!loads(buf_slice(&text)));
		CHECK_INT(complaints(buf_slice(&text), drafts[i].rule), 1);
		buf_fini(&text);
	}
}

/* Lines, both sides, and excepts of the complaints about the built-in one:
 * it has none that stands. */
static void
test_check_builtin(void)
{
	struct check_result found;
	size_t i;

	check_catalogue(cat, catalogue_info(cat)->issued, &found);
	CHECK_INT(found.standing, 0);
	CHECK(found.count > 0 && !found.cut);
	for (i = 0; i < found.count; i++) {
		CHECK(found.complaints[i].except != NULL);
		CHECK(found.complaints[i].line > 0);
		CHECK(strstr(found.complaints[i].text,
		    found.complaints[i].about) != NULL);
	}
	check_fini(&found);
}

static void
try_load(struct slice text)
{
	loads(text);
	(void)complaints(text, NULL);
}

static void
test_damaged(void)
{
	const uint8_t *p = (const uint8_t *)small;

	hostile_sweep(p, sizeof(small) - 1, 7, try_load);
	hostile_flips(p, sizeof(small) - 1, 500, 2749655, try_load);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "the built-in catalogue", test_builtin },
		{ "one release with everything", test_release },
		{ "names", test_names },
		{ "what must be replaced", test_replace },
		{ "cures", test_cures },
		{ "cures are sound everywhere", test_cures_sound },
		{ "the latest of a branch", test_latest },
		{ "builds and neighbours", test_builds },
		{ "product of a build", test_product_of },
		{ "a product", test_product },
		{ "by KB, package, patch code, component", test_find },
		{ "disputes", test_disputes },
		{ "the advisory", test_advisory },
		{ "the mitigation", test_mitigation },
		{ "anchors", test_anchors },
		{ "digests", test_digests },
		{ "a small catalogue from outside", test_small },
		{ "what is refused", test_refusals },
		{ "what an installation takes", test_requires },
		{ "empty and too big", test_sizes },
		{ "every truncation", test_truncated },
		{ "drafts", test_draft },
		{ "the linter on the built-in catalogue",
		    test_check_builtin },
		{ "damaged copies", test_damaged },
		{ NULL, NULL }
	};
	struct diag d = { .text = "" };
	int rc;

	if (catalogue_builtin(&cat, &d) != ST_OK) {
		printf("Bail out! %s\n", d.text);
		return 1;
	}
	rc = tap_run(cases);
	catalogue_free(cat);
	return rc;
}

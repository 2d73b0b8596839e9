/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/way.h"
#include "tap.h"

#include <stdio.h>
#include <string.h>

/* What is newer than a release at an instant, and how it is had: from the
 * tables of facts, not from what the program prints. */

static struct catalogue *cat;

static instant
on(const char *day)
{
	instant t = 0;

	CHECK(instant_parse(day, &t));
	return t;
}

static const char *
id(const struct cat_release *r)
{
	return r != NULL ? r->id : "-";
}

/* ESU, updates, security updates, those of a program only; the newest, the
 * step, where it leads to, and what goes on top. */
static void
instants(void)
{
	static const struct {
		const char	*r, *at;
		bool		 esu;
		size_t		 updates, security, bought;
		const char	*newest;
		enum way_step	 step;
		const char	*to, *then;
	} rows[] = {
		/* A hotfix; then a security update on top of it. */
		{ "se-rtm-aug25su", "2025-09-07", false, 0, 0, 0, "-",
		    WAY_NONE, "-", "-" },
		{ "se-rtm-aug25su", "2025-09-08", false, 1, 0, 0,
		    "se-rtm-sep25hu", WAY_UPDATE, "se-rtm-sep25hu", "-" },
		{ "se-rtm-aug25su", "2025-10-14", false, 2, 1, 0,
		    "se-rtm-oct25su", WAY_UPDATE, "se-rtm-oct25su", "-" },
		/* The revision that was replaced does not count any more. */
		{ "se-rtm-aug26su", "2026-09-10", false, 1, 1, 0,
		    "se-rtm-sep26su", WAY_UPDATE, "se-rtm-sep26su-v2", "-" },
		{ "se-rtm-aug26su", "2026-10-02", false, 1, 1, 0,
		    "se-rtm-sep26su-v2", WAY_UPDATE, "se-rtm-sep26su-v2",
		    "-" },
		{ "se-rtm-sep26su", "2026-10-02", false, 1, 1, 0,
		    "se-rtm-sep26su-v2", WAY_UPDATE, "se-rtm-sep26su-v2",
		    "-" },
		{ "se-rtm-sep26su-v2", "2026-10-13", false, 1, 1, 0,
		    "se-rtm-oct26su", WAY_UPDATE, "se-rtm-oct26su", "-" },
		/* While 2019 is supported, SE is none of its updates, and CU15
		 * is one for CU14. */
		{ "2019-cu14-nov24su-v2", "2025-02-10", false, 1, 0, 0,
		    "2019-cu15", WAY_BASE, "2019-cu15", "-" },
		{ "2019-cu15", "2025-07-01", false, 2, 1, 0,
		    "2019-cu15-may25hu", WAY_UPDATE, "2019-cu15-may25hu",
		    "-" },
		/* Afterwards the way leads to SE. */
		{ "2019-cu15-oct25su", "2025-10-14", false, 0, 0, 0, "-",
		    WAY_NONE, "-", "-" },
		{ "2019-cu15-oct25su", "2026-02-10", false, 2, 2, 0,
		    "se-rtm-feb26su", WAY_PRODUCT, "se-rtm",
		    "se-rtm-feb26su" },
		{ "2019-cu15-oct25su", "2026-02-10", true, 2, 2, 0,
		    "se-rtm-feb26su", WAY_UPDATE, "2019-cu15-feb26su", "-" },
		{ "2019-cu13-nov24su-v2", "2026-02-10", false, 9, 5, 0,
		    "se-rtm-feb26su", WAY_BASE, "2019-cu15",
		    "2019-cu15-oct25su" },
		/* From 2016 there is no way in place. */
		{ "2016-cu23-oct25su", "2026-02-10", false, 2, 2, 2,
		    "2016-cu23-feb26su", WAY_NEW_SERVER, "se-rtm",
		    "se-rtm-feb26su" },
		{ "2016-cu23-oct25su", "2026-02-10", true, 2, 2, 2,
		    "2016-cu23-feb26su", WAY_UPDATE, "2016-cu23-feb26su",
		    "-" },
		/* The last of a product, and the last but one. */
		{ "2013-cu23-mar23su", "2026-11-01", false, 0, 0, 0, "-",
		    WAY_NEW_SERVER, "se-rtm", "se-rtm-sep26su-v2" },
		{ "2010-sp3-ru31", "2021-03-02", false, 1, 1, 0,
		    "2010-sp3-ru32", WAY_UPDATE, "2010-sp3-ru32", "-" },
		/* Rollups of 2012: never the recalled one. */
		{ "2010-sp2-ru3", "2012-10-09", false, 1, 1, 0,
		    "2010-sp2-ru4-v2", WAY_UPDATE, "2010-sp2-ru4-v2", "-" },
		{ "2010-sp2-ru4-v2", "2012-12-10", false, 1, 1, 0,
		    "2010-sp2-ru5-v2", WAY_UPDATE, "2010-sp2-ru5-v2", "-" },
		/* A re-release for another reason than security is told by
		 * another question. */
		{ "2010-sp2-ru4", "2012-10-09", false, 1, 0, 0,
		    "2010-sp2-ru4-v2", WAY_UPDATE, "2010-sp2-ru4-v2", "-" },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct cat_release *r = catalogue_release(cat,
		    rows[i].r);
		struct way w;

		CHECK(r != NULL);
		if (r == NULL)
			continue;
		printf("# %s, %s\n", rows[i].r, rows[i].at);
		way_find(cat, r, on(rows[i].at), rows[i].esu, &w);
		CHECK_INT(w.updates, rows[i].updates);
		CHECK_INT(w.security, rows[i].security);
		CHECK_INT(w.bought, rows[i].bought);
		CHECK_STR(id(w.newest), rows[i].newest);
		CHECK_INT(w.step, rows[i].step);
		CHECK_STR(id(w.to), rows[i].to);
		CHECK_STR(id(w.then), rows[i].then);
		way_fini(&w);
	}
}

/* What is installed has cured some already. */
static void
cves(void)
{
	struct way w;

	way_find(cat, catalogue_release(cat, "se-rtm-sep26su"),
	    on("2026-10-02"), false, &w);
	CHECK_INT(w.cve_count, 1);
	CHECK_STR(w.cve_count == 1 ? w.cves[0] : "", "CVE-2026-96940");
	CHECK(w.all_cves);
	way_fini(&w);
	way_find(cat, catalogue_release(cat, "se-rtm-aug26su"),
	    on("2026-10-02"), false, &w);
	CHECK_INT(w.cve_count, 10);
	CHECK(w.urgent);
	way_fini(&w);
	way_find(cat, catalogue_release(cat, "se-rtm-jul26su"),
	    on("2026-08-12"), false, &w);
	CHECK_INT(w.security, 1);
	CHECK(!w.all_cves && !w.urgent);
	way_fini(&w);
}

static void
ages(void)
{
	static const struct {
		const char	*at;
		int		 days;
		enum cat_age	 age;
	} rows[] = {
		{ "2012-01-01", -1, CAT_FRESH },
		{ "2026-10-15", -1, CAT_FRESH },
		{ "2026-11-11T23:59:59Z", -1, CAT_FRESH },
		{ "2026-11-12", -1, CAT_AS_OF },
		{ "2026-12-09T23:59:59Z", -1, CAT_AS_OF },
		{ "2026-12-10", -1, CAT_STALE },
		{ "2026-10-16", 0, CAT_STALE },
		{ "2026-10-25", 10, CAT_FRESH },
		{ "2026-10-25T00:00:01Z", 10, CAT_STALE },
		{ "2026-12-20", 100, CAT_AS_OF },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		printf("# %s\n", rows[i].at);
		CHECK_INT(way_age(on("2026-10-15"), on(rows[i].at),
		    rows[i].days), rows[i].age);
	}
	/* A day for updates is behind itself. */
	CHECK_INT(way_age(on("2026-10-13"), on("2026-11-11"), -1),
	    CAT_FRESH);
}

static void
support(void)
{
	const struct cat_release *cu15 = catalogue_release(cat, "2019-cu15");
	const struct cat_release *cu13 = catalogue_release(cat, "2019-cu13");
	const struct cat_program *p;

	CHECK(way_support_end(cat, cu13->branch, on("2026-01-01")) ==
	    on("2024-11-27"));
	CHECK(way_support_end(cat, catalogue_release(cat,
	    "se-rtm")->branch, on("2026-01-01")) == on("2035-12-31"));
	CHECK(way_program(cu15->branch, on("2025-10-14")) == NULL);
	p = way_program(cu15->branch, on("2025-10-15"));
	CHECK_STR(p != NULL ? p->id : "-", "ESU1");
	p = way_program(cu15->branch, on("2026-04-14T23:59:59Z"));
	CHECK_STR(p != NULL ? p->id : "-", "ESU1");
	CHECK(way_program(cu15->branch, on("2026-04-15")) == NULL);
	p = way_program(cu15->branch, on("2026-10-31"));
	CHECK_STR(p != NULL ? p->id : "-", "ESU2");
	CHECK(way_program(cu15->branch, on("2026-11-01")) == NULL);
	CHECK(way_program(cu13->branch, on("2026-10-31")) == NULL);
}

static const struct cat_issue *
issue(const char *name)
{
	const struct cat_issue *x;
	size_t i, n = catalogue_issues(cat, &x);

	for (i = 0; i < n; i++)
		if (strcmp(x[i].id, name) == 0)
			return &x[i];
	return NULL;
}

static void
issues(void)
{
	static const struct {
		const char	*issue, *r, *at, *cure;
		bool		 concerns;
	} rows[] = {
		{ "mar24su-issues", "2019-cu14-mar24su", "2024-03-12",
		    "2019-cu14-apr24hu", true },
		{ "mar24su-issues", "2019-cu14-apr24hu", "2024-05-01", "-",
		    false },
		{ "mar24su-issues", "2019-cu14", "2024-03-12", "-", false },
		{ "ics-500", "se-rtm-sep26su-v2", "2026-10-05", "-", true },
		{ "ics-500", "se-rtm-jul26su", "2026-10-05", "-", false },
		/* It begins with July 2026, not with the update. */
		{ "emergency-mitigation-2026", "se-rtm-feb26su",
		    "2026-06-30", "se-rtm-jun26su", false },
		{ "emergency-mitigation-2026", "se-rtm-feb26su",
		    "2026-07-01", "se-rtm-jun26su", true },
		/* Open, for the rest of its branch alone. */
		{ "mar22su-service-host", "2019-cu10-mar22su", "2022-03-08",
		    "-", true },
		{ "mar22su-service-host", "2019-cu11", "2022-05-01", "-",
		    false },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct cat_issue *x = issue(rows[i].issue);
		const struct cat_release *r = catalogue_release(cat,
		    rows[i].r);

		printf("# %s, %s\n", rows[i].issue, rows[i].r);
		CHECK(x != NULL && r != NULL);
		if (x == NULL || r == NULL)
			continue;
		CHECK_INT(issue_concerns(cat, x, r, on(rows[i].at)),
		    rows[i].concerns);
		CHECK_STR(id(issue_cure(cat, x, r)), rows[i].cure);
	}
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "what is newer, at which instant", instants },
		{ "what it cures", cves },
		{ "how old a catalogue is", ages },
		{ "ends of support, and programs", support },
		{ "known issues", issues },
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

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/currency.h"
#include "assessment/rests.h"
#include "base/buf.h"
#include "tap.h"

#include <stdio.h>

/* How a release stands at an instant, as scan says it of a server. */

static struct catalogue *cat;

static struct standing_options
on(const char *day, bool esu, int max_age)
{
	struct standing_options o = { 0, esu, max_age };

	CHECK(instant_parse(day, &o.at));
	return o;
}

static void
find(const char *id, struct standing_options o, struct standing *s)
{
	const struct cat_release *r = catalogue_release(cat, id);

	CHECK(r != NULL);
	if (r == NULL)
		r = catalogue_release(cat, "se-rtm");
	standing_find(cat, r, &o, s);
}

/* The answers, and what they ask for: as the table of severities has it. */
static void
answers(void)
{
	static const struct {
		const char	*id, *at;
		bool		 esu;
		enum standing_current current;
		const char	*supported;
		enum severity	 severity;	/* grace 30 */
	} rows[] = {
		{ "se-rtm-aug25su", "2025-09-07", false, STANDING_YES, "yes",
		    SEV_NOTE },
		/* A hotfix is missing; then a security update, too long. */
		{ "se-rtm-aug25su", "2025-09-08", false, STANDING_BEHIND,
		    "yes", SEV_NOTE },
		{ "se-rtm-aug25su", "2025-10-14", false, STANDING_BEHIND,
		    "yes", SEV_ADVISED },
		{ "se-rtm-aug25su", "2025-11-13", false, STANDING_BEHIND,
		    "yes", SEV_REQUIRED },
		/* The newest, and the catalogue too old to know. */
		{ "se-rtm-oct26su", "2026-11-01", false, STANDING_YES, "yes",
		    SEV_NOTE },
		{ "se-rtm-oct26su", "2026-12-11", false, STANDING_UNKNOWN,
		    "yes", SEV_ADVISED },
		/* It alone cures what v1 did not. */
		{ "se-rtm-sep26su", "2026-10-02", false, STANDING_BEHIND,
		    "yes", SEV_REQUIRED },
		{ "2013-cu23-mar23su", "2026-11-01", false, STANDING_FINAL,
		    "ended", SEV_ADVISED },
		/* ESU may bring more until its last day, and what it did not
		 * see yet the catalogue does not know. */
		{ "2016-cu23-oct26su", "2026-11-01", false, STANDING_YES,
		    "ended", SEV_ADVISED },
		{ "2016-cu23-oct26su", "2026-11-20", true, STANDING_YES,
		    "ended", SEV_ADVISED },
		{ "2016-cu23-oct26su", "2026-12-11", false, STANDING_UNKNOWN,
		    "ended", SEV_ADVISED },
		/* On a day on which nobody had it. */
		{ "se-rtm-oct26su", "2026-09-10", false, STANDING_UNKNOWN,
		    "yes", SEV_ADVISED },
		{ "2010-sp2-ru4", "2012-10-20", false, STANDING_BEHIND, "yes",
		    SEV_REQUIRED },
		/* What lies on top of it leaves no build. */
		{ "2003-sp2", "2012-10-20", false, STANDING_UNKNOWN, "yes",
		    SEV_ADVISED },
		{ "2019-cu15-oct25su", "2025-11-01", true, STANDING_YES,
		    "extended", SEV_NOTE },
		{ "2019-cu15-oct25su", "2025-11-01", false, STANDING_YES,
		    "ended", SEV_ADVISED },
	};
	struct standing s;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		printf("# %s, %s\n", rows[i].id, rows[i].at);
		find(rows[i].id, on(rows[i].at, rows[i].esu, -1), &s);
		CHECK_INT(s.current, rows[i].current);
		CHECK_STR(standing_supported_name(&s), rows[i].supported);
		CHECK_INT(currency_severity(&s, 30), rows[i].severity);
		standing_fini(&s);
	}
}

static void
age(void)
{
	struct standing s;

	find("se-rtm-oct26su", on("2026-11-01", false, 5), &s);
	CHECK_INT(s.current, STANDING_UNKNOWN);
	standing_fini(&s);
}

/* Open, cured, cured by more than the update, and not told. */
static void
cves(void)
{
	static const struct {
		const char	*id, *at, *cve;
		enum standing_cve state;
		const char	*by;		/* "-": nothing */
	} rows[] = {
		{ "se-rtm-sep26su", "2026-10-20", "CVE-2026-96940",
		    STANDING_CVE_OPEN, "se-rtm-sep26su-v2" },
		{ "se-rtm-sep26su-v2", "2026-10-20", "cve-2026-96940",
		    STANDING_CVE_CURED, "se-rtm-sep26su-v2" },
		{ "se-rtm-oct26su", "2026-10-20", "CVE-2026-96940",
		    STANDING_CVE_CURED, "se-rtm-sep26su-v2" },
		/* Before anybody could have it. */
		{ "se-rtm-sep26su", "2026-10-01", "CVE-2026-96940",
		    STANDING_CVE_OPEN, "-" },
		/* A better revision is named in place of the first. */
		{ "2016-cu23-mar24su", "2026-10-20", "CVE-2024-49040",
		    STANDING_CVE_OPEN, "2016-cu23-nov24su-v2" },
		/* Only in newer ones on the way. */
		{ "2016-cu22", "2026-10-20", "CVE-2024-49040",
		    STANDING_CVE_OPEN, "2016-cu23-nov24su-v2" },
		/* Extended Protection has to be switched on. */
		{ "2016-cu23-nov24su", "2026-10-20", "CVE-2024-21410",
		    STANDING_CVE_NEEDS, "2016-cu23-mar24su" },
		{ "2010-sp3-ru32", "2026-10-20", "CVE-2024-49040",
		    STANDING_CVE_UNKNOWN, "-" },
		{ "se-rtm", "2026-10-20", "CVE-1999-0001",
		    STANDING_CVE_UNKNOWN, "-" },
	};
	const struct cat_release *by;
	const struct cat_need *need;
	struct standing s;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		printf("# %s, %s\n", rows[i].id, rows[i].cve);
		find(rows[i].id, on(rows[i].at, false, -1), &s);
		CHECK_INT(standing_cve(cat, &s, rows[i].cve, &by, &need),
		    rows[i].state);
		CHECK_STR(by != NULL ? by->id : "-", rows[i].by);
		CHECK((need != NULL) ==
		    (rows[i].state == STANDING_CVE_NEEDS));
		standing_fini(&s);
	}
}

/* What an overlay says of CVEs opens one, and cures none. */
static void
laid_over(void)
{
	static const char xml[] =
	    "<overlay xmlns=\"urn:rollcall:catalogue:1\" name=\"site\" "
	    "issued=\"2026-11-25\"><source id=\"SITE\" title=\"Ours\" "
	    "where=\"here\"/><add product=\"2010\" branch=\"SP2\">"
	    "<release id=\"2010-sp2-x\" kind=\"RU\" "
	    "label=\"Update Rollup 9\" revision=\"1\" "
	    "build=\"14.2.400.0\" "
	    "date=\"2014-01-14\" confidence=\"low\" sources=\"SITE\">"
	    "<cves>CVE-2014-9999</cves></release></add></overlay>";
	struct catalogue *built_in = cat;
	const struct cat_release *by;
	const struct cat_need *need;
	struct diag d = { .text = "" };
	struct standing s;

	CHECK(catalogue_builtin(&cat, &d) == ST_OK);
	CHECK(catalogue_overlay(cat, slice_of(xml, sizeof(xml) - 1, 0),
	    "site.xml", &d) == ST_OK);
	find("2010-sp2-x", on("2014-02-01", false, -1), &s);
	CHECK_INT(standing_cve(cat, &s, "CVE-2014-9999", &by, &need),
	    STANDING_CVE_UNKNOWN);
	CHECK(by == NULL);
	standing_fini(&s);
	find("2010-sp2-ru8", on("2014-02-01", false, -1), &s);
	CHECK_INT(standing_cve(cat, &s, "CVE-2014-9999", &by, &need),
	    STANDING_CVE_OPEN);
	CHECK_STR(by != NULL ? by->id : "-", "2010-sp2-x");
	standing_fini(&s);
	catalogue_free(cat);
	cat = built_in;
}

static void
words(void)
{
	struct standing s;
	struct buf b;

	buf_init(&b, 1000);
	find("2010-sp2-ru8", on("2014-04-09", false, -1), &s);
	put_supported(&b, &s);
	CHECK_STR(buf_text(&b), "Exchange 2010 SP2 ended on 2014-04-08, "
	    "Exchange 2010 ends on 2020-10-13");
	standing_fini(&s);
	buf_clear(&b);
	find("se-rtm-oct26su", on("2026-12-11", false, -1), &s);
	put_current(&b, &s);
	CHECK_STR(buf_text(&b), "this catalogue knows updates only up to "
	    "2026-10-15");
	standing_fini(&s);
	buf_clear(&b);
	find("se-rtm-oct26su", on("2026-09-10", false, -1), &s);
	put_current(&b, &s);
	CHECK_STR(buf_text(&b), "RTM Oct26SU came out on 2026-10-13, after the "
	    "day that is asked for");
	standing_fini(&s);
	buf_fini(&b);
}

/* What TEXT becomes when it is said that it rests on R. */
static void
says(const struct rests *r, const char *text, const char *want)
{
	struct buf b;

	buf_init(&b, 1000);
	buf_puts(&b, text);
	put_rests(&b, r);
	CHECK_STR(buf_text(&b), want);
	buf_fini(&b);
}

/* Each is named once, and one name is not taken for the beginning of
 * another. */
static void
overlays(void)
{
	struct rests r = { .count = 0 };

	says(&r, "fine", "fine");
	rests_on(&r, NULL);
	rests_on(&r, "site");
	rests_on(&r, "site.v2");
	rests_on(&r, "site");
	CHECK_INT(r.count, 2);
	says(&r, "", "by overlay site; by overlay site.v2");
	says(&r, "RU9, by overlay site.", "RU9, by overlay site.; by overlay "
	    "site.v2");
	says(&r, "RU9, by overlay site; x", "RU9, by overlay site; x; by "
	    "overlay site.v2");
	says(&r, "RU9, by overlay site.v2", "RU9, by overlay site.v2; by "
	    "overlay site");
	says(&r, "by overlay site-a", "by overlay site-a; by overlay site; by "
	    "overlay site.v2");
	rests_fini(&r);
	CHECK_INT(r.count, 0);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "answers and severities", answers },
		{ "an age of one's own", age },
		{ "CVEs", cves },
		{ "CVEs of an overlay", laid_over },
		{ "words", words },
		{ "overlays that something rests on", overlays },
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

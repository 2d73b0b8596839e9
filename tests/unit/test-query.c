/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "hostile.h"
#include "tap.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "catalogue/advice.h"
#include "catalogue/query.h"
#include "catalogue/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * tests/cli/test-which.py asks the questions; here is what a caller gets that
 * the command does not show, and what hostile text does.
 */
static struct catalogue *cat;
static struct query_asker *asker;

static const struct cat_release *
release(const char *id)
{
	const struct cat_release *r = catalogue_release(cat, id);

	CHECK(r != NULL);
	return r;
}

static instant
day(const char *text)
{
	instant t = 0;

	CHECK(instant_parse(text, &t));
	return t;
}

/* In a header, the transport's own build comes before that of ExSetup.exe. */
static void
headers(void)
{
	struct version v = version_of(8, 3, 279, 5);
	struct query_answer *a = query_ask(asker, "8.3.279.5");
	struct query_answer *h = query_ask_header(asker, v, "");

	CHECK_INT(a->match, QUERY_EXACT);
	CHECK_INT(a->release_count, 1);
	CHECK_INT(h->match, QUERY_COMPONENT);
	CHECK_INT(h->release_count, 2);
	CHECK_STR(h->query, "8.3.279.5");
	CHECK_STR(h->component->file, "transport header");
	query_answer_free(a);
	query_answer_free(h);
	query_answer_free(NULL);
}

/* What a build stands for where nothing is to be read. */
static void
builds(void)
{
	struct query_answer *a = query_ask_build(asker,
	    version_of(14, 2, 318, 4));
	struct query_answer *pack = query_ask_pack(asker,
	    version_of(14, 2, 318, 4));
	size_t i;

	CHECK_INT(a->match, QUERY_EXACT);
	CHECK(a->release_count == 1 && a->releases[0] ==
	    release("2010-sp2-ru4-v2"));
	CHECK_INT(pack->match, QUERY_RANGE);
	CHECK(pack->release_count > 5);
	for (i = 0; i < pack->release_count; i++)
		CHECK_INT(pack->releases[i]->build.part[1], 2);
	CHECK_STR(pack->query, "14.2.318.4");
	query_answer_free(pack);
	query_answer_free(a);
}

/* The last day of support is a day of support. */
static void
support(void)
{
	instant end = catalogue_support_end(release("2010-sp2")->branch);

	CHECK_INT(end, day("2014-04-08"));
	CHECK(!support_ended(end, day("2014-04-08T23:59:59Z")));
	CHECK(support_ended(end, day("2014-04-09")));
	CHECK(!support_ended(INSTANT_NONE, INSTANT_UNLIMITED));
	/* Its branches have no day of their own. */
	CHECK_INT(catalogue_support_end(release("2000-sp1")->branch),
	    day("2011-01-11"));
}

/* Neither a better revision nor a defect counts before the day on which it
 * was published. */
static void
force(void)
{
	const struct cat_release *v2 = release("2010-sp1-ru7-v2");

	CHECK_INT(catalogue_force_at(v2, day("2012-11-01")), CAT_KEEP);
	CHECK_INT(catalogue_force_at(v2, day("2012-12-01")), CAT_ADVISED);
	CHECK_INT(catalogue_force_at(release("2010-sp2-ru4"),
	    day("2012-09-01")), CAT_KEEP);
	CHECK_INT(catalogue_force_at(release("2010-sp2-ru4"),
	    day("2012-10-09")), CAT_REQUIRED);
	/* That more had to be cured was known with the second revision. */
	CHECK_INT(catalogue_force_at(release("se-rtm-sep26su"),
	    day("2026-10-01")), CAT_KEEP);
	CHECK_INT(catalogue_force_at(release("se-rtm-sep26su"),
	    day("2026-10-02")), CAT_REQUIRED);
}

static void
words(void)
{
	const struct cat_release *r = release("2010-sp2-ru4"), *cures[3];
	size_t n = catalogue_cures(r, INSTANT_UNLIMITED, cures, 3);
	struct buf b;

	buf_init(&b, 1000);
	put_cures(&b, r, cures, n);
	CHECK_STR(buf_text(&b), "Update Rollup 4-v2 (KB2756485), or Update "
	    "Rollup 5-v2 (KB2785908) and later of SP2");
	buf_clear(&b);
	put_cures(&b, r, cures, 1);
	CHECK_STR(buf_text(&b), "Update Rollup 4-v2 (KB2756485), or a later "
	    "one of SP2");
	buf_clear(&b);
	put_cures(&b, r, cures, 0);
	CHECK_STR(buf_text(&b), "");
	buf_fini(&b);
}

/* An answer has what its match promises, and is the caller's. */
static void
check_any(void *ctx, struct query_answer *a)
{
	(void)ctx;
	CHECK(a->match != QUERY_NONE || a->release_count == 0);
	CHECK(a->match != QUERY_RANGE || a->release_count > 0);
	CHECK(a->match != QUERY_COMPONENT || a->release_count > 0);
	CHECK(a->least == NULL || a->releases[0] == a->least);
	CHECK(a->near_count <= QUERY_MAX_NEAR);
	CHECK(a->cve_count <= QUERY_MAX_CVES);
	query_answer_free(a);
}

/* Whatever is asked. */
static void
ask_any(struct slice s)
{
	char *text = s.n != 0 ? xstrndup((const char *)s.p, s.n) :
	    xstrdup("");
	struct query_answer *a = query_ask(asker, text);

	CHECK_STR(a->query, text);
	CHECK(a->match != QUERY_NONE || a->release_count == 0);
	CHECK(a->match != QUERY_RANGE || a->release_count > 0);
	CHECK(a->match != QUERY_COMPONENT || a->release_count > 0);
	query_answer_free(a);
	query_ask_line(asker, text, true, check_any, NULL);
	query_ask_line(asker, text, false, check_any, NULL);
	(void)query_seems_pasted(text);
	free(text);
}

static void
hostile(void)
{
	static const char *const questions[] = {
		"Update Rollup 4-v2 for Exchange Server 2010 Service Pack 2 "
		    "(KB2756485) 14.2.318.4",
		"E2K16 CU23 Nov24SUv2 original {A93DA06F-A5B8-4DF8-8B3F-"
		    "B285E014C659} MS12-058 Version 14.2 (Build 318.2)",
		"C:\\a\\exchange2016-kb5000871-x64-en_0123456789abcdef"
		    "0123456789abcdef01234567.cab",
		"[04/25/2022 08:01:02.0123] [0] Setup version: 15.1.2507.6, "
		    "C:\\Program Files\\V15\\bin\\ExSetup.exe 15.01.2507.044",
		"AdminDisplayVersion : Version 15.1 (Build 32507.6) "
		    "CVE-2024-49040 Oct 14, 2025 2025H1 Exchange Online SU14",
		"id 14.3.408.0; Thu, 22 Dec 2016 14:46:26 +0100 https://a/b "
		    "{CD981244-E9B8-405A-9026-6AEB9DCEF1F1} 1497.2 KB2756458",
	};
	size_t i;

	for (i = 0; i < sizeof(questions) / sizeof(questions[0]); i++) {
		const uint8_t *p = (const uint8_t *)questions[i];

		hostile_sweep(p, strlen(questions[i]), 1, ask_any);
		hostile_flips(p, strlen(questions[i]), 200, 2749655, ask_any);
	}
}

/* Long runs of each kind of token. */
static void
long_text(void)
{
	static const char *const parts[] = { "x", "1", "1.", "v1", "KB1",
	    "{", "cu", "\xc3\xa4", " 2k", "(Build " };
	struct buf b;
	size_t i, n;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		buf_init(&b, 100000);
		for (n = 0; n < 5000; n++)
			buf_puts(&b, parts[i]);
		ask_any(buf_slice(&b));
		buf_fini(&b);
	}
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "a build in a header", headers },
		{ "builds and packs", builds },
		{ "the end of support", support },
		{ "how strongly to replace", force },
		{ "words", words },
		{ "damaged questions", hostile },
		{ "long questions", long_text },
		{ NULL, NULL }
	};
	struct diag d = { .text = "" };
	int rc;

	if (catalogue_builtin(&cat, &d) != ST_OK) {
		printf("Bail out! %s\n", d.text);
		return 1;
	}
	asker = query_asker_new(cat);
	rc = tap_run(cases);
	query_asker_free(asker);
	catalogue_free(cat);
	return rc;
}

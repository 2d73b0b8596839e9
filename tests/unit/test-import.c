/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "hostile.h"
#include "tap.h"

#include "base/limits.h"
#include "catalogue/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD	"Product Name,Build Number,Date,KB,Blog\n"
#define TABLE	"|Product name|Release date|Build number<br>(short format)|\n" \
		"|---|---|---|\n"
#define JSON	"{\"a\": {\"name\": \"Exchange Server SE RTM Jan27SU\", " \
		"\"build\": \"15.02.2562.091\", \"release_date\": " \
		"\"Jan 12, 2027\", \"urls\": [\"https://x/kb/5990001\"]}}"
/* One leaf of a tree, and its cure. */
#define TREE(name, build) "{\"document\": {}, \"product_tree\": " \
		"{\"branches\": [{\"branches\": [{\"category\": " \
		"\"product_version_range\", \"name\": \"<" build "\", " \
		"\"product\": {\"name\": \"" name " <" build "\", " \
		"\"product_id\": \"1\"}}, {\"category\": " \
		"\"product_version\", \"name\": \"" build "\", \"product\": " \
		"{\"name\": \"x\", \"product_id\": \"16767\"}}], " \
		"\"category\": \"product_name\", \"name\": \"" name "\"}]}"
#define CURE(details, id) ", \"vulnerabilities\": [{\"cve\": " \
		"\"CVE-2026-90001\", \"product_status\": {\"fixed\": " \
		"[\"16767\"], \"known_affected\": [\"1\"]}, " \
		"\"remediations\": [{\"category\": \"vendor_fix\", " \
		"\"date\": \"2026-11-10T08:00:00.000Z\", \"details\": \"" \
		details "\", \"product_ids\": [\"" id "\"], \"url\": " \
		"\"https://support.microsoft.com/help/5990001\"}]}]}"
#define SE	"Microsoft Exchange Server Subscription Edition RTM"

static enum status
read_text(struct import *im, const char *text, struct diag *d)
{
	*im = (struct import){ .source_count = 0 };
	d->text[0] = '\0';
	return import_read(im, "x", slice_of(text, strlen(text), 0), d);
}

/* The same release, whatever the form. */
static void
forms(void)
{
	static const char *const texts[] = {
		HEAD "Exchange SE RTM Jan27SU,15.2.2562.91,1/12/2027,"
		    "KB5990001,\n",
		TABLE "|[Exchange Server SE RTM Jan27SU]"
		    "(https://support.microsoft.com/help/5990001)|"
		    "January 12, 2027|15.2.2562.91|\n",
		JSON,
	};
	struct import im;
	struct diag d;
	char v[VERSION_TEXT];
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		CHECK_ST(read_text(&im, texts[i], &d), ST_OK, &d);
		CHECK_INT(im.row_count, 1);
		if (im.row_count == 1) {
			CHECK_STR(version_format(im.rows[0]->build, v),
			    "15.2.2562.91");
			CHECK_STR(im.rows[0]->date, "2027-01-12");
			CHECK_STR(im.rows[0]->kb, "KB5990001");
			CHECK_STR(im.rows[0]->dated, "");
			CHECK(strstr(im.rows[0]->name, "Jan27SU") != NULL);
			CHECK(im.rows[0]->source->dates);
			CHECK_STR(im.rows[0]->source->confidence, "low");
		}
		import_fini(&im);
	}
}

static void
advisories(void)
{
	static const struct {
		const char *text, *build, *dated, *kb;
		size_t rows;
	} rows[] = {
		{ TREE(SE, "15.02.2562.091") CURE("15.02.2562.091:Security "
		    "Update:https://x", "1"), "15.2.2562.91",
		    SE " Nov26SU", "KB5990001", 1 },
		/* The tree has the build that the cure does not name. */
		{ TREE(SE, "15.02.2562.091") CURE(":Security Update:x", "1"),
		    "15.2.2562.91", SE " Nov26SU", "KB5990001", 1 },
		{ TREE(SE, "15.02.2562.091") CURE("15.02:Security Update:x",
		    "1"), "15.2.2562.91", SE " Nov26SU", "KB5990001", 1 },
		/* What is no security update has no month in its name. */
		{ TREE(SE, "15.02.2562.091") CURE("15.02.2562.091:Release "
		    "Notes:x", "1"), "15.2.2562.91", "", "KB5990001", 1 },
		/* No build anywhere. */
		{ TREE(SE, "latest") CURE("see there", "1"), "", "",
		    "KB5990001", 1 },
		/* Of nobody, and of another product. */
		{ TREE(SE, "15.02.2562.091") CURE("15.02.2562.091:x", "2"),
		    NULL, NULL, NULL, 0 },
		{ TREE("Microsoft SharePoint Server 2019", "16.0.1.2")
		    CURE("16.0.1.2:Security Update:x", "1"), NULL, NULL,
		    NULL, 0 },
	};
	struct import im;
	struct diag d;
	char v[VERSION_TEXT];
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		CHECK_ST(read_text(&im, rows[i].text, &d), ST_OK, &d);
		CHECK_INT(im.row_count, rows[i].rows);
		if (im.row_count == 1 && rows[i].rows == 1) {
			CHECK_STR(version_known(im.rows[0]->build) ?
			    version_format(im.rows[0]->build, v) : "",
			    rows[i].build);
			CHECK_STR(im.rows[0]->name, SE);
			CHECK_STR(im.rows[0]->dated, rows[i].dated);
			CHECK_STR(im.rows[0]->kb, rows[i].kb);
			CHECK_INT(im.rows[0]->cves.count, 1);
			CHECK(!im.rows[0]->source->dates);
		}
		import_fini(&im);
	}
}

static void
broken(void)
{
	static const struct {
		const char *text;
		enum status st;
		const char *says;
	} rows[] = {
		{ "", ST_UNSUPPORTED, "no list" },
		{ "Exchange SE,15.2.2562.91,1/12/2027,,\n", ST_UNSUPPORTED,
		    "no list" },
		{ HEAD "Exchange SE RTM Jan27SU\n", ST_MALFORMED, "line 2" },
		{ HEAD "\"Exchange SE,1.2.3.4,1/1/2027,,\n", ST_MALFORMED,
		    "quote" },
		{ "|Name|Value|\n|---|---|\n|a|b|\n", ST_UNSUPPORTED,
		    "no list" },
		{ TABLE "|Exchange Server SE RTM Jan27SU|\n", ST_MALFORMED,
		    "line 3" },
		{ "{", ST_MALFORMED, "line 1" },
		{ "[]", ST_UNSUPPORTED, "no list" },
		{ "{}", ST_UNSUPPORTED, "no list" },
		{ "{\"a\": {\"build\": \"1.2.3.4\", \"release_date\": \"\", "
		    "\"name\": 7, \"urls\": []}}", ST_MALFORMED, "/a/name" },
		{ "{\"document\": {}, \"product_tree\": {\"branches\": 7}}",
		    ST_MALFORMED, "branches" },
		{ "{\"document\": {}, \"product_tree\": {\"branches\": "
		    "[{\"category\": \"product_name\"}]}}", ST_MALFORMED,
		    "name" },
		{ "{\"document\": {}, \"product_tree\": {\"branches\": "
		    "[{\"category\": \"x\", \"name\": \"x\", \"product\": "
		    "{\"name\": \"x\"}}]}}", ST_MALFORMED, "product_id" },
		{ "{\"document\": {}, \"vulnerabilities\": [7]}",
		    ST_MALFORMED, "vulnerabilities" },
		{ "{\"document\": {}, \"vulnerabilities\": "
		    "[{\"remediations\": [{\"category\": 7}]}]}",
		    ST_MALFORMED, "category" },
		{ "{\"document\": {}, \"vulnerabilities\": "
		    "[{\"remediations\": [{\"category\": \"vendor_fix\", "
		    "\"product_ids\": \"1\"}]}]}", ST_MALFORMED,
		    "product_ids" },
	};
	struct import im;
	struct diag d;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		CHECK_ST(read_text(&im, rows[i].text, &d), rows[i].st, &d);
		CHECK(strstr(d.text, rows[i].says) != NULL);
		if (strstr(d.text, rows[i].says) == NULL)
			printf("# %s: \"%s\"\n", rows[i].text, d.text);
		import_fini(&im);
	}
}

/* Whichever column comes last: a row that does not reach to it is cut short. */
static void
columns_in_any_order(void)
{
	static const char *const heads[] = {
		"Product Name,Build Number,Date",
		"Product Name,Date,Build Number",
		"Build Number,Product Name,Date",
		"Build Number,Date,Product Name",
		"Date,Product Name,Build Number",
		"Date,Build Number,Product Name",
	};
	static const char *const rows[] = { "a", "a,b", ",b" };
	char text[128];
	struct import im;
	struct diag d;
	size_t i;

	for (i = 0; i < 6 * 3; i++) {
		snprintf(text, sizeof(text), "%s\n%s\n", heads[i / 3],
		    rows[i % 3]);
		CHECK_ST(read_text(&im, text, &d), ST_MALFORMED, &d);
		CHECK(strstr(d.text, "line 2: it is cut short") != NULL);
		import_fini(&im);
	}
}

static void
days(void)
{
	static const struct { const char *text, *day; } rows[] = {
		{ "8/11/2026", "2026-08-11" }, { "August 11, 2026",
		    "2026-08-11" }, { "Aug. 2026", "2026-08" },
		{ "May25, 2004", "2004-05-25" },
		{ "2026-08-11T07:00:00.000Z", "2026-08-11" },
		{ "2026-08", "2026-08" }, { "2/29/2026", NULL },
		{ "13/1/2026", NULL }, { "0/1/2026", NULL },
		{ "8/0/2026", NULL }, { "8/11/26", NULL },
		{ "August 11", NULL }, { "", NULL }, { "soon", NULL },
		{ "8/11/2026 or so", NULL }, { "1/1/1899", NULL },
	};
	char day[11];
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		CHECK(import_date(rows[i].text, day) ==
		    (rows[i].day != NULL));
		if (rows[i].day != NULL)
			CHECK_STR(day, rows[i].day);
	}
}

static void
knowledge(void)
{
	static const struct { const char *text, *kb; } rows[] = {
		{ "2756485", "KB2756485" }, { "kb2756485v2", "KB2756485" },
		{ "https://support.microsoft.com/help/5036404",
		    "KB5036404" },
		{ "https://x/kb/2756485?a", "KB2756485" },
		{ "https://x/download/2756485", NULL }, { "", NULL },
		{ "27564", NULL }, { "275648512", NULL },
		{ "0275648", NULL }, { "2756485x", NULL },
	};
	struct import im = { .source_count = 0 };
	const char *kb;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		kb = import_kb(&im, rows[i].text);
		CHECK_STR(kb != NULL ? kb : "none", rows[i].kb != NULL ?
		    rows[i].kb : "none");
	}
	import_fini(&im);
}

/* Nobody's doing is it to say that there is more than there can be. */
static void
too_many(void)
{
	static const char row[] = "a,1.2.3.4,1/1/2027,,\n";
	size_t head = strlen(HEAD), n = strlen(row), i;
	char *text = malloc(head + (IMPORT_MAX_ROWS + 1) * n + 1);
	struct import im;
	struct diag d;

	memcpy(text, HEAD, head);
	for (i = 0; i <= IMPORT_MAX_ROWS; i++)
		memcpy(text + head + i * n, row, n);
	text[head + IMPORT_MAX_ROWS * n] = '\0';
	CHECK_ST(read_text(&im, text, &d), ST_OK, &d);
	CHECK_INT(im.row_count, IMPORT_MAX_ROWS);
	import_fini(&im);
	text[head + IMPORT_MAX_ROWS * n] = row[0];
	text[head + (IMPORT_MAX_ROWS + 1) * n] = '\0';
	CHECK_ST(read_text(&im, text, &d), ST_LIMIT, &d);
	import_fini(&im);
	free(text);
}

static void
read_damaged(struct slice s)
{
	struct import im = { .source_count = 0 };
	struct diag d = { .text = "" };
	enum status st = import_read(&im, "x", s, &d);
	size_t i;

	CHECK(st == ST_OK || d.text[0] != '\0');
	for (i = 0; i < im.row_count; i++)
		CHECK(im.rows[i]->source != NULL && im.rows[i]->name != NULL);
	import_fini(&im);
}

static void
damage(void)
{
	static const char *const texts[] = {
		HEAD "\"Exchange SE RTM Jan27SU\",15.2.2562.91,1/12/2027,"
		    "KB5990001,\n",
		TABLE "|[Exchange SE RTM Jan27SU](https://x/help/5990001)|"
		    "May 2027|15.2.2562.91|\n",
		JSON,
		TREE(SE, "15.02.2562.091") CURE("15.02.2562.091:Security "
		    "Update:https://x", "1"),
	};
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		hostile_sweep((const uint8_t *)texts[i], strlen(texts[i]), 3,
		    read_damaged);
		hostile_flips((const uint8_t *)texts[i], strlen(texts[i]),
		    300, 18, read_damaged);
	}
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "one release in each form", forms },
		{ "advisories", advisories },
		{ "what cannot be read", broken },
		{ "columns in any order", columns_in_any_order },
		{ "days", days },
		{ "KBs", knowledge },
		{ "more than there can be", too_many },
		{ "damage", damage },
		{ NULL, NULL },
	};

	return tap_run(cases);
}

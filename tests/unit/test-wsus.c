/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "hostile.h"
#include "tap.h"

#include "base/limits.h"
#include "catalogue/wsus_package.h"
#include "catalogue/wsus_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHA1	"fQTAfvF3nDnhdPA/eUmJ+CSM/3Q="
#define SHA1HEX	"7d04c07ef1779c39e174f03f794989f8248cff74"
#define SHA256	"Rq5QeQ4tcNyFF+BLmad694ramk3yoahUzG2EXulIQT0="
#define GUID_A	"0a51549b-4e86-4a26-97d4-9e3567f24ea1"
#define GUID_B	"05A7711A-079E-4FBB-8D1A-9015C92A2AE0"
#define EX2010	"9B135DD5-fc75-4609-a6ae-fb5d22333ef0"
#define FAMILY	"352f9494-d516-4b40-a21a-cd2416098982"
#define SPAM	"ab62c5bd-5539-49f6-8aea-5a114dd42314"

static struct slice
slice_of_text(const char *text)
{
	return slice_of(text, strlen(text), 0);
}

/* ------------------------------------------------------------ small things */

static void
numbers(void)
{
	static const char *const bad[] = { "", "-1", "+1", " 1", "1 ", "0x1",
	    "4294967296", "00000000001", "1.0" };
	uint32_t n = 7;
	size_t i;

	CHECK(wsus_number("4294967295", &n) && n == UINT32_MAX);
	CHECK(wsus_number("000017", &n) && n == 17);
	CHECK(!wsus_number(NULL, &n));
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK(!wsus_number(bad[i], &n));
}

static void
digests(void)
{
	static const char *const bad[] = { "", "fQTAfvF3nDnhdPA/eUmJ+CSM/3Q",
	    "fQTAfvF3nDnhdPA/eUmJ+CSM/3Q==", "fQTAfvF3nDnhdPA/eUmJ+CSM/3R=",
	    "fQTAfvF3nDnhdPA/eUmJ+CSM/3=Q", "fQTAfvF3nDnhdPA/eUmJ+CSM_3Q=",
	    SHA256 };
	uint8_t sha1[WSUS_SHA1], sha256[WSUS_SHA256];
	size_t i;

	CHECK(wsus_base64(SHA1, sha1, sizeof(sha1)));
	CHECK_INT(sha1[0], 0x7d);
	CHECK_INT(sha1[19], 0x74);
	CHECK(wsus_base64(SHA256, sha256, sizeof(sha256)));
	CHECK_INT(sha256[0], 0x46);
	CHECK_INT(sha256[31], 0x3d);
	CHECK(!wsus_base64(NULL, sha1, sizeof(sha1)));
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK(!wsus_base64(bad[i], sha1, sizeof(sha1)));
}

static void
guids(void)
{
	char out[40];

	CHECK(wsus_guid(GUID_B, false, out));
	CHECK_STR(out, "05a7711a-079e-4fbb-8d1a-9015c92a2ae0");
	CHECK(wsus_guid("{3273ac02-523b-40eb-b2e7-2f8b584bc1b3}", true, out));
	CHECK_STR(out, "{3273AC02-523B-40EB-B2E7-2F8B584BC1B3}");
	CHECK(!wsus_guid(NULL, true, out));
	CHECK(!wsus_guid("", true, out));
	CHECK(!wsus_guid("{3273ac02-523b-40eb-b2e7-2f8b584bc1b3", true, out));
	CHECK(!wsus_guid("3273ac02-523b-40eb-b2e7-2f8b584bc1bg", true, out));
	CHECK(!wsus_guid("3273ac02x523b-40eb-b2e7-2f8b584bc1b3", true, out));
}

static void
names(void)
{
	struct slice language;
	uint32_t id = 0;

	CHECK_INT(wsus_part_of("c/000017", &id, &language), WSUS_CORE);
	CHECK_INT(id, 17);
	CHECK_INT(wsus_part_of("x/4", &id, &language), WSUS_EXTENDED);
	CHECK_INT(wsus_part_of("l/zh-cn/5", &id, &language), WSUS_LOCALIZED);
	CHECK_INT(id, 5);
	CHECK(slice_is(language, "zh-cn"));
	CHECK_INT(wsus_part_of("", &id, &language), 0);
	CHECK_INT(wsus_part_of("c", &id, &language), 0);
	CHECK_INT(wsus_part_of("c/", &id, &language), 0);
	CHECK_INT(wsus_part_of("e/5", &id, &language), 0);
	CHECK_INT(wsus_part_of("l/5", &id, &language), 0);
	CHECK_INT(wsus_part_of("c/en/5", &id, &language), 0);
	CHECK_INT(wsus_part_of("c/5.xml", &id, &language), 0);
}

/* --------------------------------------------------------------- index.xml */

static void
ranges(void)
{
	static const char text[] = "<INDEX><CABLIST><CAB NAME='package.cab'/>"
	    "<CAB NAME='Package3.cab' RANGESTART='100'/>"
	    "<CAB NAME='package2.cab' RANGESTART='5'/></CABLIST></INDEX>";
	struct wsus w = { .count = 0 };
	struct diag d;

	CHECK_ST(wsus_read_index(&w, slice_of_text(text), &d), ST_OK, &d);
	CHECK_INT(w.range_count, 2);
	CHECK(wsus_range_of(&w, 4) == NULL);
	CHECK_STR(wsus_range_of(&w, 5)->cabinet, "package2.cab");
	CHECK_STR(wsus_range_of(&w, 99)->cabinet, "package2.cab");
	CHECK_STR(wsus_range_of(&w, 100)->cabinet, "package3.cab");
	CHECK_STR(wsus_range_of(&w, UINT32_MAX)->cabinet, "package3.cab");
	wsus_fini(&w);
}

static void
bad_indexes(void)
{
	static const struct { const char *text; enum status st; } rows[] = {
		{ "<INDEX/>", ST_UNSUPPORTED },
		{ "<OTHER><CABLIST/></OTHER>", ST_UNSUPPORTED },
		{ "<INDEX><CABLIST><CAB RANGESTART='1'/></CABLIST></INDEX>",
		    ST_MALFORMED },
		{ "<INDEX><CABLIST><CAB NAME='a' RANGESTART='-1'/></CABLIST>"
		    "</INDEX>", ST_MALFORMED },
		{ "<INDEX><CABLIST><CAB NAME='a' RANGESTART='1'/>"
		    "<CAB NAME='b' RANGESTART='1'/></CABLIST></INDEX>",
		    ST_MALFORMED },
		{ "<INDEX>", ST_MALFORMED },
	};
	struct diag d;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct wsus w = { .count = 0 };

		CHECK_ST(wsus_read_index(&w, slice_of_text(rows[i].text),
		    &d), rows[i].st, &d);
		wsus_fini(&w);
	}
}

/* ------------------------------------------------------------- package.xml */

#define UPDATE(id, inside) "<Update UpdateId='" GUID_A "' RevisionNumber='7' " \
	"DefaultLanguage='en' RevisionId='" id "'>" inside "</Update>"
#define EXCHANGE "<Categories><Category Type='Product' Id='" EX2010 "'/>" \
	"</Categories>"
#define BY(what, id) "<" what "><Revision Id='" id "'/></" what ">"
#define PAYLOAD "<PayloadFiles><File Id='" SHA1 "'/></PayloadFiles>"
#define LOCATION "<FileLocations><FileLocation Id='" SHA1 "' Url='http://a/" \
	"b_" SHA1HEX ".cab'/></FileLocations>"
#define WHOLE(updates, rest) "<OfflineSyncPackage><Updates>" updates \
	"</Updates>" rest "</OfflineSyncPackage>"

static enum status
read_package(struct wsus *w, const char *text, struct diag *d)
{
	struct slice s = slice_of_text(text);
	struct source src = source_of_slice(&s);

	*w = (struct wsus){ .count = 0 };
	return wsus_read_package(w, &src, d);
}

static void
a_package(void)
{
	static const char text[] = WHOLE(
	    UPDATE("31", BY("BundledBy", "40"))
	    UPDATE("30", BY("BundledBy", "20") PAYLOAD)
	    UPDATE("20", EXCHANGE BY("SupersededBy", "40"))
	    UPDATE("40", "") UPDATE("50", "<Categories><Category Id='" FAMILY
	    "'/></Categories>" BY("BundledBy", "60")) UPDATE("60", "")
	    UPDATE("70", "<Categories><Category Id='" FAMILY "'/><Category "
	    "Id='" SPAM "'/></Categories>"), LOCATION);
	const struct wsus_revision *r;
	struct wsus w;
	struct diag d;

	CHECK_ST(read_package(&w, text, &d), ST_OK, &d);
	CHECK_INT(w.all.count, 7);
	CHECK_INT(w.count, 4);		/* 20, 30, 50, 60 */
	CHECK(wsus_find(&w, 31) == NULL);
	CHECK(wsus_find(&w, 70) == NULL);
	CHECK(wsus_find(&w, 60) != NULL);
	r = wsus_find(&w, 30);
	CHECK(r != NULL && r->payloads.count == 1);
	CHECK_STR(r != NULL ? r->update : NULL, GUID_A);
	CHECK_STR(r != NULL ? r->number : NULL, "7");
	r = wsus_find(&w, 20);
	CHECK(r != NULL && r->superseded_by.count == 1 &&
	    r->superseded_by.items[0] == 40);
	wsus_fini(&w);
}

static void
bad_packages(void)
{
	static const struct {
		const char *text; enum status st; const char *says;
	} rows[] = {
		{ "<Other/>", ST_UNSUPPORTED, "no OfflineSyncPackage" },
		{ "<OfflineSyncPackage xmlns='urn:other'/>", ST_UNSUPPORTED,
		    "no OfflineSyncPackage" },
		{ WHOLE("<Update/>", ""), ST_MALFORMED, "RevisionId" },
		{ WHOLE("<Update RevisionId='4294967296'/>", ""),
		    ST_MALFORMED, "RevisionId" },
		{ WHOLE("<Update RevisionId='1'>" EXCHANGE "</Update>", ""),
		    ST_MALFORMED, "UpdateId" },
		{ WHOLE(UPDATE("1", "") UPDATE("1", ""), ""), ST_MALFORMED,
		    "revision 1 is there twice" },
		{ WHOLE(UPDATE("1", EXCHANGE BY("BundledBy", "2")), ""),
		    ST_MALFORMED, "bundled by 2, which is not there" },
		{ WHOLE(UPDATE("1", EXCHANGE BY("SupersededBy", "2")), ""),
		    ST_MALFORMED, "superseded by 2, which is not there" },
		{ WHOLE(UPDATE("1", EXCHANGE BY("BundledBy", "x")), ""),
		    ST_MALFORMED, "a revision without an Id" },
		{ WHOLE(UPDATE("1", EXCHANGE BY("BundledBy", "1")), ""),
		    ST_MALFORMED, "bundled by itself" },
		{ WHOLE(UPDATE("1", EXCHANGE BY("BundledBy", "2"))
		    UPDATE("2", BY("BundledBy", "1")), ""), ST_MALFORMED,
		    "bundled by itself, in a circle" },
		{ WHOLE(UPDATE("1", EXCHANGE BY("BundledBy", "2"))
		    UPDATE("2", BY("BundledBy", "3"))
		    UPDATE("3", BY("BundledBy", "1")), ""), ST_MALFORMED,
		    "bundled by itself, in a circle" },
		{ WHOLE(UPDATE("1", EXCHANGE BY("SupersededBy", "2"))
		    UPDATE("2", EXCHANGE BY("SupersededBy", "1")), ""),
		    ST_MALFORMED, "superseded by itself, in a circle" },
		{ WHOLE(UPDATE("1", EXCHANGE "<PayloadFiles><File Id='x'/>"
		    "</PayloadFiles>"), ""), ST_MALFORMED, "no SHA-1" },
		{ WHOLE(UPDATE("1", EXCHANGE PAYLOAD), ""), ST_MALFORMED,
		    "revision 1 has a file that has no address" },
		{ WHOLE(UPDATE("1", EXCHANGE PAYLOAD), "<FileLocations/>"),
		    ST_MALFORMED, "revision 1 has a file that has no addr" },
		{ WHOLE(UPDATE("1", EXCHANGE PAYLOAD), "<FileLocations>"
		    "<FileLocation Id='" SHA1 "' Url='http://a/b_8" SHA1HEX
		    "0.cab'/></FileLocations>"), ST_MALFORMED,
		    "another digest than its Id" },
		{ WHOLE(UPDATE("1", EXCHANGE), LOCATION LOCATION),
		    ST_MALFORMED, "files in two places" },
		{ "<OfflineSyncPackage>" LOCATION "<Updates>"
		    UPDATE("1", EXCHANGE) "</Updates></OfflineSyncPackage>",
		    ST_MALFORMED, "before the updates" },
		{ WHOLE(UPDATE("1", EXCHANGE), "<Updates/>"), ST_MALFORMED,
		    "updates in two places" },
		{ "<OfflineSyncPackage><Updates>", ST_MALFORMED, "line 1" },
	};
	struct wsus w;
	struct diag d;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		d.text[0] = '\0';
		CHECK_ST(read_package(&w, rows[i].text, &d), rows[i].st, &d);
		CHECK(strstr(d.text, rows[i].says) != NULL);
		if (strstr(d.text, rows[i].says) == NULL)
			printf("# %s: %s\n", rows[i].says, d.text);
		wsus_fini(&w);
	}
}

/* What no update may name so often: each of them once too many. */
static void
too_many(void)
{
	struct wsus w = { .count = 0 };
	struct wsus_ids ids = { .count = 0 };
	struct wsus_texts texts = { .count = 0 };
	enum status st = ST_OK;
	struct diag d;
	uint32_t i;

	for (i = 0; st == ST_OK && i < WSUS_MAX_NAMED; i++)
		st = wsus_add_id(&ids, i, &d);
	CHECK_ST(st, ST_OK, &d);
	CHECK_ST(wsus_add_id(&ids, 0, &d), ST_LIMIT, &d);
	w.named = WSUS_MAX_ALL_NAMED - 1;
	CHECK_ST(wsus_add_text(&w, &texts, "a", &d), ST_OK, &d);
	CHECK_ST(wsus_add_text(&w, &texts, "b", &d), ST_LIMIT, &d);
	free(ids.items);
	free(texts.items);
	wsus_fini(&w);
}

/* ------------------------------------------------------------------- parts */

/* A revision that has one file. */
static struct wsus_revision
revision(void)
{
	struct wsus_revision r = { .id = 9, .update = GUID_A, .number = "201",
	    .language = "en", .kb = "", .title = "", .bulletin = "" };

	r.payloads.items = calloc(1, sizeof(*r.payloads.items));
	r.payloads.count = 1;
	(void)wsus_base64(SHA1, r.payloads.items[0].sha1, WSUS_SHA1);
	return r;
}

#define FILES "<Files><File Digest='" SHA1 "' DigestAlgorithm='SHA1' " \
	"FileName='v.cab' Size='5428536'><AdditionalDigest Algorithm='SHA256'>" \
	SHA256 "</AdditionalDigest></File></Files>"

static void
the_parts(void)
{
	static const char core[] = "\xef\xbb\xbf<UpdateIdentity UpdateID='"
	    GUID_A "' RevisionNumber='201' /><Properties/><Relationships>"
	    "<SupersededUpdates><UpdateIdentity UpdateID='" GUID_B "' />"
	    "</SupersededUpdates></Relationships>";
	static const char extended[] = "<?xml version='1.0'?>"
	    "<ExtendedProperties><SecurityBulletinID>MS12-058"
	    "</SecurityBulletinID><KBArticleID> 2706690\n</KBArticleID>"
	    "<CveID>CVE-2012-1</CveID><CveID>CVE-2012-2</CveID>"
	    "</ExtendedProperties>" FILES "<HandlerSpecificData "
	    "type='msp:WindowsInstaller'><MspData CommandLine='' "
	    "FullFilePatchCode='{3273ac02-523b-40eb-b2e7-2f8b584bc1b3}' />"
	    "</HandlerSpecificData>";
	static const char localized[] = "<LocalizedProperties><Language>en"
	    "</Language><Title>A &amp; B</Title></LocalizedProperties>";
	struct wsus_revision r = revision();
	struct wsus w = { .count = 0 };
	struct diag d;

	CHECK_ST(wsus_read_part(&w, &r, WSUS_CORE, slice_of_text(core), &d),
	    ST_OK, &d);
	CHECK_ST(wsus_read_part(&w, &r, WSUS_EXTENDED,
	    slice_of_text(extended), &d), ST_OK, &d);
	CHECK_ST(wsus_read_part(&w, &r, WSUS_LOCALIZED,
	    slice_of_text(localized), &d), ST_OK, &d);
	CHECK_INT(r.read, WSUS_CORE | WSUS_EXTENDED | WSUS_LOCALIZED);
	CHECK_INT(r.supersedes.count, 1);
	CHECK_STR(r.supersedes.items[0],
	    "05a7711a-079e-4fbb-8d1a-9015c92a2ae0");
	CHECK_STR(r.kb, "2706690");
	CHECK_STR(r.bulletin, "MS12-058");
	CHECK_INT(r.cves.count, 2);
	CHECK_INT(r.patches.count, 1);
	CHECK_STR(r.patches.items[0],
	    "{3273AC02-523B-40EB-B2E7-2F8B584BC1B3}");
	CHECK(r.payloads.items[0].described);
	CHECK(r.payloads.items[0].has_sha256);
	CHECK_INT(r.payloads.items[0].size, 5428536);
	CHECK_STR(r.payloads.items[0].name, "v.cab");
	CHECK_STR(r.title, "A & B");
	wsus_revision_fini(&r);
	wsus_fini(&w);
}

static void
bad_parts(void)
{
	static const struct {
		unsigned part; const char *text, *says;
	} rows[] = {
		{ WSUS_CORE, "", "another update" },
		{ WSUS_CORE, "<UpdateIdentity UpdateID='" GUID_B
		    "' RevisionNumber='201'/>", "another update" },
		{ WSUS_CORE, "<UpdateIdentity UpdateID='" GUID_A
		    "' RevisionNumber='202'/>", "another update" },
		{ WSUS_CORE, "<UpdateIdentity UpdateID='" GUID_A
		    "' RevisionNumber='201'/><Relationships>"
		    "<SupersededUpdates><UpdateIdentity UpdateID='x'/>"
		    "</SupersededUpdates></Relationships>", "no id" },
		{ WSUS_CORE, "<UpdateIdentity", "line 1" },
		{ WSUS_CORE, "</update><update>", "line 1" },
		{ WSUS_EXTENDED, FILES, "no ExtendedProperties" },
		{ WSUS_EXTENDED, "<ExtendedProperties/>", "does not match" },
		{ WSUS_EXTENDED, "<ExtendedProperties/><Files><File Digest='"
		    "gQTAfvF3nDnhdPA/eUmJ+CSM/3Q=' FileName='a'/></Files>",
		    "does not match" },
		{ WSUS_EXTENDED, "<ExtendedProperties/><Files><File Digest="
		    "'a' FileName='a'/></Files>", "no SHA-1" },
		{ WSUS_EXTENDED, "<ExtendedProperties/><Files><File Digest='"
		    SHA1 "' FileName='a'><AdditionalDigest Algorithm='SHA256'"
		    ">" SHA1 "</AdditionalDigest></File></Files>",
		    "no SHA-256" },
		{ WSUS_EXTENDED, "<ExtendedProperties/><Files><File Digest='"
		    SHA1 "' FileName='a'/><File Digest='" SHA1
		    "' FileName='b'/></Files>", "described twice" },
		{ WSUS_EXTENDED, "<ExtendedProperties/>" FILES
		    "<HandlerSpecificData><MspData PatchCode='{1}'/>"
		    "</HandlerSpecificData>", "no GUID" },
		{ WSUS_LOCALIZED, "<LocalizedProperties/>", "no title" },
		{ WSUS_LOCALIZED, "<!DOCTYPE a><LocalizedProperties/>",
		    "line 1" },
	};
	struct wsus w = { .count = 0 };
	struct diag d;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct wsus_revision r = revision();

		d.text[0] = '\0';
		CHECK_ST(wsus_read_part(&w, &r, rows[i].part,
		    slice_of_text(rows[i].text), &d), ST_MALFORMED, &d);
		CHECK(strstr(d.text, rows[i].says) != NULL);
		CHECK(strstr(d.text, "revision 9") != NULL);
		if (strstr(d.text, rows[i].says) == NULL)
			printf("# %s: %s\n", rows[i].says, d.text);
		wsus_revision_fini(&r);
	}
	wsus_fini(&w);
}

static void
read_damaged(struct slice s)
{
	struct source src = source_of_slice(&s);
	struct wsus w = { .count = 0 };
	struct diag d = { .text = "" };
	enum status st = wsus_read_package(&w, &src, &d);

	CHECK(st == ST_OK || d.text[0] != '\0');
	wsus_fini(&w);
}

static void
damage(void)
{
	static const char text[] = WHOLE(
	    UPDATE("30", BY("BundledBy", "20") PAYLOAD)
	    UPDATE("20", EXCHANGE BY("SupersededBy", "30")), LOCATION);

	hostile_sweep((const uint8_t *)text, sizeof(text) - 1, 3,
	    read_damaged);
	hostile_flips((const uint8_t *)text, sizeof(text) - 1, 300, 18,
	    read_damaged);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "numbers", numbers },
		{ "digests in base64", digests },
		{ "GUIDs", guids },
		{ "names of parts", names },
		{ "index.xml", ranges },
		{ "index.xml that is none", bad_indexes },
		{ "package.xml", a_package },
		{ "package.xml that contradicts itself", bad_packages },
		{ "what is named too often", too_many },
		{ "parts of an update", the_parts },
		{ "parts that are none", bad_parts },
		{ "damage", damage },
		{ NULL, NULL },
	};

	return tap_run(cases);
}

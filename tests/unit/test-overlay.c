/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "hostile.h"
#include "tap.h"

#include "catalogue/catalogue.h"

#include <stdio.h>
#include <string.h>

/* Digests that nobody has. */
#define A16	"aaaaaaaaaaaaaaaa"
#define B16	"bbbbbbbbbbbbbbbb"
#define HEX_A	A16 A16 A16 A16
#define HEX_B	B16 B16 B16 B16
#define CODE	"{11111111-5A5A-4222-8333-444444444444}"
#define RU4	"Exchange2010-KB2706690-x64-EN.msp"

/* An overlay with everything that there can be. */
#define SOURCE	"<source id=\"SITE\" title=\"What we hold\" where=\"here\"/>"
#define CERT							\
	"<certificate advisory=\"2749655\" "			\
	"sha1=\"0123456789abcdef0123456789abcdef01234567\" "	\
	"sources=\"SITE\">Ours.</certificate>"
#define ADD							\
	"<add product=\"2010\" branch=\"SP2\">"			\
	"<release id=\"2010-sp2-ru4-x\" kind=\"IU\" "		\
	"label=\"Interim\" build=\"14.2.318.3\" "		\
	"confidence=\"low\" sources=\"SITE\"/></add>"
#define DIGEST(hex)						\
	"<digest algorithm=\"sha256\" hex=\"" hex "\" sources=\"SITE\"/>"
#define PACK(name, hex)					\
	"<package name=\"" name "\" evidence=\"SITE\">"		\
	DIGEST(hex) "</package>"
#define PATCH	"<patch code=\"" CODE "\" sources=\"SITE\"/>"
#define EXTEND(id, what)					\
	"<extend release=\"" id "\">" what "</extend>"
#define DISTRUSTED	"0123456789abcdef0123456789abcdef"	\
			"0123456789abcdef0123456789abcdef"
#define ANCHOR							\
	"<distrusted sha256=\"" DISTRUSTED "\" "			\
	"sources=\"SITE\">lost its key</distrusted>"		\
	"<distrusted spki-sha256=\"" DISTRUSTED "\" "		\
	"sources=\"SITE\">its key is known</distrusted>"		\
	"<anchor name=\"Ours\" purpose=\"both\" sources=\"SITE\">"	\
	"<subject>3000</subject><spki>3000</spki></anchor>"
#define OVERLAY(inside)						\
	"<overlay xmlns=\"urn:rollcall:catalogue:1\" name=\"site\" " \
	"issued=\"2026-11-25\">" inside "</overlay>"
#define WHOLE	OVERLAY(SOURCE CERT ADD					\
	EXTEND("2010-sp2-ru4", PACK(RU4, HEX_A) PATCH)		\
	EXTEND("2010-sp2-ru3", PACK("other.msp", HEX_B)) ANCHOR)

static struct catalogue *
builtin(void)
{
	struct catalogue *cat = NULL;
	struct diag d = { .text = "" };

	CHECK(catalogue_builtin(&cat, &d) == ST_OK);
	return cat;
}

/* Lay XML over the built-in catalogue. The line of a failure is in LINE. */
static enum status
lay(const char *xml, struct catalogue **out, char line[640])
{
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	enum status st;

	*out = builtin();
	st = catalogue_overlay(*out, slice_of(xml, strlen(xml), 0), "site.xml",
	    &d);
	diag_line(&d, line, 640);
	return st;
}

static void
test_extend(void)
{
	const struct cat_release *r, *one = NULL;
	struct catalogue *cat;
	char line[640];

	CHECK(lay(WHOLE, &cat, line) == ST_OK);
	CHECK_STR(line, "");
	CHECK_INT(catalogue_info(cat)->overlay_count, 1);
	CHECK_STR(catalogue_info(cat)->overlays[0]->name, "site");
	CHECK_STR(catalogue_info(cat)->overlays[0]->origin, "site.xml");
	CHECK_INT(strlen(catalogue_info(cat)->overlays[0]->sha256), 64);
	r = catalogue_release(cat, "2010-sp2-ru4");
	CHECK_INT(r->package_count, 1);		/* a name that was known */
	CHECK_INT(r->packages[0].digest_count, 1);
	CHECK(!r->packages[0].none_public);
	/* What is whose can be told. */
	CHECK(r->overlay == NULL && r->packages[0].overlay == NULL);
	CHECK_STR(r->packages[0].digests[0].overlay->name, "site");
	CHECK_STR(r->patches[0].overlay->name, "site");
	CHECK_INT(catalogue_find_digest(cat, HEX_A, &one, 1), 1);
	CHECK(one == r);
	CHECK_INT(catalogue_find_patch_code(cat, "{11111111-5a5a-4222-8333-"
	    "444444444444}", &one, 1), 1);
	CHECK(one == r);
	CHECK_INT(catalogue_find_package(cat, "other.msp", &one, 1), 1);
	CHECK_STR(one->id, "2010-sp2-ru3");
	CHECK_INT(catalogue_find_digest(cat, HEX_B, &one, 1), 1);
	CHECK_STR(one->id, "2010-sp2-ru3");
	catalogue_free(cat);
}

/* A new release has its place among those of its branch and the table. */
static void
test_add(void)
{
	const struct cat_release *const *all;
	const struct cat_release *r;
	const struct cat_advisory *a;
	struct version v = { .parts = 0 };
	struct catalogue *cat;
	char line[640];
	size_t i, count;

	CHECK(lay(WHOLE, &cat, line) == ST_OK);
	CHECK(version_parse("14.2.318.3", &v));
	r = catalogue_find_build(cat, v);
	CHECK(r != NULL && strcmp(r->id, "2010-sp2-ru4-x") == 0);
	count = catalogue_releases(cat, &all);
	CHECK(r == all[count - 1]);
	for (i = 0; i < r->branch->release_count; i++)
		if (r->branch->releases[i] == r)
			break;
	CHECK(i > 0 && i + 1 < r->branch->release_count);
	CHECK_STR(r->branch->releases[i - 1]->id, "2010-sp2-ru4");
	CHECK_STR(r->branch->releases[i + 1]->id, "2010-sp2-ru4-v2");
	CHECK(r->branch->releases[i - 1] ==
	    catalogue_release(cat, "2010-sp2-ru4"));
	CHECK(catalogue_release(cat, "2010-sp2-ru4")->replace.by ==
	    catalogue_release(cat, "2010-sp2-ru4-v2"));
	CHECK(catalogue_release(cat, "2010-sp2-ru4-v2")->supersedes[0]
	    .release == catalogue_release(cat, "2010-sp2-ru4"));
	a = catalogue_advisory(cat, "2749655");
	for (i = 0; i < a->rereleased_count; i++)
		CHECK(a->rereleased[i].release == NULL ||
		    a->rereleased[i].release == catalogue_release(cat,
		    a->rereleased[i].release->id));
	catalogue_free(cat);
}

/* Who asked before the overlay has what is asked now: nothing has moved. */
static void
test_addresses(void)
{
	const struct cat_release *const *all, *held[2048], *by;
	const struct cat_branch *branches, *again;
	const struct cat_advisory *a;
	struct diag d = { .text = "" };
	struct catalogue *cat = builtin();
	size_t i, count = catalogue_releases(cat, &all);
	size_t branch_count = catalogue_branches(cat, &branches);

	CHECK(count != 0 && count <= sizeof(held) / sizeof(held[0]));
	memcpy(held, all, count * sizeof(*held));
	a = catalogue_advisory(cat, "2749655");
	by = catalogue_release(cat, "2010-sp2-ru4")->replace.by;
	CHECK(catalogue_overlay(cat, slice_of(WHOLE, strlen(WHOLE), 0),
	    "site.xml", &d) == ST_OK);
	CHECK_INT(catalogue_releases(cat, &all), count + 1);
	for (i = 0; i < count; i++) {
		CHECK(all[i] == held[i]);
		CHECK(catalogue_release(cat, held[i]->id) == held[i]);
		CHECK_INT(held[i]->index, i);
	}
	CHECK_STR(all[count]->id, "2010-sp2-ru4-x");
	CHECK_INT(all[count]->index, count);
	CHECK(catalogue_release(cat, "2010-sp2-ru4-v2") == by);
	CHECK_INT(catalogue_branches(cat, &again), branch_count);
	CHECK(again == branches);
	CHECK(catalogue_advisory(cat, "2749655") == a);
	catalogue_free(cat);
}

static void
test_tables(void)
{
	struct catalogue *plain = builtin(), *cat;
	const struct cat_distrusted *distrusted;
	const struct cat_anchor *anchors;
	const struct cat_advisory *a;
	char line[640];
	size_t n;

	CHECK(lay(WHOLE, &cat, line) == ST_OK);
	n = catalogue_distrusted(plain, &distrusted);
	CHECK_INT(catalogue_distrusted(cat, &distrusted), n + 2);
	CHECK_STR(distrusted[n].sha256, DISTRUSTED);
	CHECK_STR(distrusted[n].spki_sha256, "");
	CHECK_STR(distrusted[n].why, "lost its key");
	CHECK(distrusted[n].overlay != NULL);
	CHECK_STR(distrusted[n + 1].sha256, "");
	CHECK_STR(distrusted[n + 1].spki_sha256, DISTRUSTED);
	n = catalogue_anchors(plain, &anchors);
	CHECK_INT(catalogue_anchors(cat, &anchors), n + 1);
	CHECK_STR(anchors[n].name, "Ours");
	n = catalogue_advisory(plain, "2749655")->certificate_count;
	a = catalogue_advisory(cat, "2749655");
	CHECK_INT(a->certificate_count, n + 1);
	CHECK_STR(a->certificates[n].note, "Ours.");
	CHECK(catalogue_source(cat, "SITE") != NULL);
	CHECK(catalogue_source(plain, "SITE") == NULL);
	catalogue_free(plain);
	catalogue_free(cat);
}

/* Overlays that were made alike: the same sources, the same packages. */
static void
test_two(void)
{
	const struct cat_release *one;
	struct diag d = { .text = "" };
	struct catalogue *cat;
	char line[640];
	const char *more = OVERLAY(SOURCE
	    EXTEND("2010-sp2-ru4", PACK(RU4, HEX_A) PATCH));

	CHECK(lay(WHOLE, &cat, line) == ST_OK);
	CHECK(catalogue_overlay(cat, slice_of(more, strlen(more), 0),
	    "two.xml", &d) == ST_OK);
	CHECK_INT(catalogue_info(cat)->overlay_count, 2);
	CHECK_INT(catalogue_find_digest(cat, HEX_A, &one, 1), 1);
	CHECK_INT(one->patch_count, 1);
	catalogue_free(cat);
}

static void
test_refused(void)
{
	static const struct {
		const char	*xml, *says;
	} cases[] = {
		{ "", "" },
		{ "<overlay/>", "" },
		{ OVERLAY("<release/>"), "" },
		{ OVERLAY(EXTEND("2010-sp2-ru4", PACK("a.msp", HEX_A))),
		    "there is no source \"SITE\"" },
		{ OVERLAY("<source id=\"SB\" title=\"x\" where=\"y\"/>"),
		    "the catalogue has another source \"SB\"" },
		{ OVERLAY(SOURCE EXTEND("2010-sp9", "")),
		    "there is no release \"2010-sp9\"" },
		{ OVERLAY(SOURCE EXTEND("2010-sp2-ru4",
		    PACK("a.msp", HEX_A)) EXTEND("2010-sp2-ru3",
		    PACK("b.msp", HEX_A))),
		    "is one of 2010-sp2-ru4, not of 2010-sp2-ru3" },
		{ OVERLAY(SOURCE EXTEND("2010-sp2-ru4", PATCH)
		    EXTEND("2010-sp2-ru3", PATCH)),
		    "is one of 2010-sp2-ru4, not of 2010-sp2-ru3" },
		{ OVERLAY("<source id=\"SITE\" title=\"a\" where=\"b\"/>"
		    "<add product=\"2010\" branch=\"SP9\"><release "
		    "id=\"2010-sp9\" kind=\"SP\" label=\"SP9\" "
		    "confidence=\"low\" sources=\"SITE\"/></add>"),
		    "there is no branch SP9 of product \"2010\"" },
		{ OVERLAY(SOURCE "<add product=\"2010\" branch=\"SP2\">"
		    "<release id=\"2010-sp2-ru4\" kind=\"RU\" label=\"x\" "
		    "build=\"14.2.400.0\" confidence=\"low\" "
		    "sources=\"SITE\"/></add>"),
		    "two releases are called \"2010-sp2-ru4\"" },
		{ OVERLAY(SOURCE "<add product=\"2010\" branch=\"SP2\">"
		    "<release id=\"mine\" kind=\"RU\" label=\"x\" "
		    "build=\"14.2.318.4\" confidence=\"low\" "
		    "sources=\"SITE\"/></add>"), "have the same build" },
		{ OVERLAY(SOURCE "<add product=\"2010\" branch=\"SP2\">"
		    "<release id=\"mine\" kind=\"RU\" label=\"x\" "
		    "build=\"15.2.318.4\" confidence=\"low\" "
		    "sources=\"SITE\"/></add>"), "is not one of" },
		{ OVERLAY(SOURCE "<add product=\"2010\" branch=\"SP2\">"
		    "<release id=\"mine\" kind=\"RU\" label=\"x\" "
		    "confidence=\"low\" sources=\"SITE\"/></add>"),
		    "mine has no build" },
		{ OVERLAY(SOURCE "<add product=\"2010\" branch=\"SP2\">"
		    "<release id=\"mine\" kind=\"RU\" label=\"x\" "
		    "build=\"14.2.1.0\" confidence=\"low\" "
		    "sources=\"SITE\"/></add>"), "older than what" },
		{ OVERLAY(SOURCE "<certificate advisory=\"1\" "
		    "sha1=\"0123456789abcdef0123456789abcdef01234567\" "
		    "sources=\"SITE\">x</certificate>"),
		    "there is no advisory \"1\"" },
	};
	struct catalogue *cat;
	char line[640];
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		CHECK_INT(lay(cases[i].xml, &cat, line), ST_MALFORMED);
		CHECK(strncmp(line, "site.xml: ", 10) == 0);
		if (strstr(line, cases[i].says) == NULL)
			CHECK_STR(line, cases[i].says);
		catalogue_free(cat);
	}
}

/* Each of the two kinds of documents in the place of the other. */
static void
test_mixed_up(void)
{
	const char *overlay = OVERLAY("");
	struct diag d = { .text = "" };
	struct catalogue *cat = NULL;

	CHECK(catalogue_load(slice_of(overlay, strlen(overlay), 0), "x", &cat,
	    &d) == ST_MALFORMED);
	CHECK(strstr(d.text, "belongs to another option") != NULL);
}

static void
try_overlay(struct slice xml)
{
	struct diag d = { .text = "" };
	struct catalogue *cat = builtin();
	enum status st = catalogue_overlay(cat, xml, "x", &d);

	CHECK(st == ST_OK || st == ST_MALFORMED || st == ST_LIMIT);
	catalogue_free(cat);
}

static void
test_damaged(void)
{
	const uint8_t *p = (const uint8_t *)WHOLE;

	hostile_flips(p, sizeof(WHOLE) - 1, 40, 2749655, try_overlay);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "more of known releases", test_extend },
		{ "new releases", test_add },
		{ "known ones stay where they are", test_addresses },
		{ "anchors, certificates, sources", test_tables },
		{ "two overlays", test_two },
		{ "what is refused", test_refused },
		{ "an overlay for a catalogue", test_mixed_up },
		{ "damaged copies", test_damaged },
		{ NULL, NULL }
	};

	return tap_run(cases);
}

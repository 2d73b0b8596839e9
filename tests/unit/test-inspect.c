/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "hostile.h"
#include "tap.h"

#include "assessment/inspected.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

static struct catalogue *cat;	/* the one that is built in */
static struct inspect_policy *policy;

/* A file, and what is seen of it. */
struct looked {
	struct file_facts f;
	struct inspected s;
};

static void
look(struct source src, const char *name, struct looked *out)
{
	file_facts_read(src, inspect_anchors(policy), &out->f);
	inspect_judge(&out->f, name, policy, &out->s);
}

static void
looked_fini(struct looked *i)
{
	inspected_fini(&i->s);
	file_facts_fini(&i->f);
}

static struct looked *
inspect_fixture(const char *name, const char *called)
{
	static struct looked i;
	size_t n;
	uint8_t *p = tap_fixture(name, &n);
	struct slice s = slice_of(p, n, 0);

	look(source_of_slice(&s), called, &i);
	free(p);
	return &i;
}

static const char *
release_id(const struct inspected *i)
{
	return i->release != NULL ? i->release->id : "(none)";
}

static void
each_kind_tells_its_release(void)
{
	static const struct {
		const char	*file;
		enum filekind	 kind;
		const char	*release;
		enum inspect_by	 by;
	} rows[] = {
		{ "pe-exsetup.pe", FILEKIND_PE, "2010-sp2-ru4",
		    INSPECT_BY_VERSION },
		{ "msi-rollup.msp", FILEKIND_MSP, "2010-sp2-ru4",
		    INSPECT_BY_TITLE },
		{ "msi-product.msi", FILEKIND_MSI, "2010-sp2",
		    INSPECT_BY_PRODUCT },
		{ "cab-plain.cab", FILEKIND_CAB, "(none)",
		    INSPECT_BY_NOTHING },
		{ "regf-old.hive", FILEKIND_OTHER, "(none)",
		    INSPECT_BY_NOTHING },
	};
	size_t r;

	for (r = 0; r < sizeof(rows) / sizeof(rows[0]); r++) {
		struct looked *i = inspect_fixture(rows[r].file, NULL);

		CHECK_INT(i->f.kind, rows[r].kind);
		CHECK_STR(release_id(&i->s), rows[r].release);
		CHECK_INT(i->s.by, rows[r].by);
		CHECK_INT(i->s.name, INSPECT_NAME_SILENT);
		CHECK(i->f.digested);
		looked_fini(i);
	}
}

static void
a_patch_tells_its_codes(void)
{
	struct looked *i = inspect_fixture("msi-rollup.msp", NULL);

	CHECK(i->f.has_patch);
	CHECK_STR(i->f.patch.code, "{5A1B0C6E-2706-4690-9A00-0123456789AB}");
	CHECK_INT(i->f.patch.target_count, 2);
	CHECK_INT(i->f.patch.obsolete_count, 1);
	CHECK_STR(i->f.kb, "KB2706690");
	looked_fini(i);
}

static void
names_agree_or_lie(void)
{
	static const struct {
		const char	*release, *path;
		enum inspect_name want;
	} rows[] = {
		{ "2010-sp2-ru4", "/a/Exchange2010-KB2706690-x64-en.msp",
		    INSPECT_NAME_AGREES },
		{ "2010-sp2-ru4", "Exchange2010-KB2706690-x64-DE (1).msp",
		    INSPECT_NAME_AGREES },
		{ "2010-sp2-ru4", "Exchange2010-KB2756485-v2-x64-EN.msp",
		    INSPECT_NAME_LIES },
		{ "2010-sp2-ru4", "C:\\x\\Exchange2010-KB2706690-v2-x64.msp",
		    INSPECT_NAME_LIES },
		{ "2010-sp2-ru4-v2", "Exchange2010-KB2756485-v2-x64-EN.msp",
		    INSPECT_NAME_AGREES },
		{ "2010-sp2-ru4-v2", "Exchange2010-KB2756485-x64-de.msp",
		    INSPECT_NAME_LIES },
		{ "2010-sp2-ru4-v2", "Exchange2010-KB2706690-x64-en.msp",
		    INSPECT_NAME_LIES },
		{ "2010-sp2-ru4-v2", "3fa3c1.msp", INSPECT_NAME_SILENT },
		/* A folder's name says nothing. */
		{ "2010-sp2-ru4", "/KB2756485-v2/3fa3c1.msp",
		    INSPECT_NAME_SILENT },
	};
	size_t r;

	for (r = 0; r < sizeof(rows) / sizeof(rows[0]); r++)
		CHECK_INT(inspect_name(cat, rows[r].path,
		    catalogue_release(cat, rows[r].release)), rows[r].want);
	CHECK_INT(inspect_name(cat, "KB2756485-v2.msp", NULL),
	    INSPECT_NAME_SILENT);
}

static enum status
hole_read(void *ctx, uint64_t off, void *p, size_t len, struct diag *d)
{
	uint64_t *reads = ctx;

	(void)off;
	(void)d;
	++*reads;
	memset(p, 0, len);
	return ST_OK;
}

/* A hole of 20 GiB costs nothing to make, and nothing to look at. */
static void
a_huge_file_is_not_read(void)
{
	uint64_t reads = 0;
	struct source src = { hole_read, &reads, (uint64_t)20 << 30 };
	struct looked i;

	look(src, "ExSetup.exe", &i);
	CHECK_INT(i.s.verdict, SIG_UNREADABLE);
	CHECK(!i.f.digested);
	CHECK_INT(i.f.size, src.size);
	CHECK(strstr(i.s.why.text, "21474836480 bytes") != NULL);
	CHECK(reads < 10);
	looked_fini(&i);
}

/* A file that becomes shorter when its LEFTth read comes. */
struct shrinking {
	struct slice	bytes;
	unsigned	left;
};

static enum status
shrinking_read(void *ctx, uint64_t off, void *p, size_t len, struct diag *d)
{
	struct shrinking *s = ctx;
	struct slice part;

	if (s->left == 0)
		return diag_set(d, ST_IO, off, NULL, "became shorter");
	s->left--;
	if (!slice_sub(s->bytes, (size_t)off, len, &part))
		return diag_set(d, ST_IO, off, NULL, "past the end");
	memcpy(p, part.p, len);
	return ST_OK;
}

/* Wherever it happens, it is this file's verdict and nobody's crash. */
static void
cut_short_while_read(void)
{
	static const char *const names[] = { "pe-certificates.pe",
		"msi-rollup.msp", "cab-signed.cab", "cfb-tree.cfb" };
	struct looked i;
	unsigned reads;
	size_t n, f;

	for (f = 0; f < sizeof(names) / sizeof(names[0]); f++) {
		uint8_t *p = tap_fixture(names[f], &n);
		struct shrinking s = { slice_of(p, n, 0), 0 };
		struct source src = { shrinking_read, &s, n };

		for (reads = 0; reads < 1000; reads++) {
			bool whole;

			s.left = reads;
			look(src, NULL, &i);
			whole = s.left > 0;
			if (!whole && !i.f.digested) {
				CHECK_INT(i.s.verdict, SIG_UNREADABLE);
				CHECK_STR(i.s.why.text, "became shorter");
			}
			looked_fini(&i);
			if (whole)
				break;
		}
		CHECK(reads > 1 && reads < 1000);
		free(p);
	}
}

/* A download that broke off is no unsigned file. */
static void
a_package_cut_short_is_unreadable(void)
{
	size_t n;
	uint8_t *p = tap_fixture("msi-product.msi", &n);
	struct slice s = slice_of(p, n / 2, 0);
	struct looked i;

	look(source_of_slice(&s), NULL, &i);
	CHECK_INT(i.s.verdict, SIG_UNREADABLE);
	CHECK(i.s.why.text[0] != '\0');
	CHECK(i.f.digested);
	looked_fini(&i);
	free(p);
}

static void
damaged_identity_of_an_unsigned_package(void)
{
	struct looked *i = inspect_fixture("msi-summary-count.msp", NULL);

	CHECK_INT(i->s.verdict, SIG_UNREADABLE);
	CHECK(i->s.why.clause != NULL);
	looked_fini(i);
}

/* Whatever the bytes: a verdict, and never a good one without a signature. */
static void
inspect_hostile(struct slice s)
{
	struct looked i;

	look(source_of_slice(&s), "x", &i);
	if (i.s.verdict == SIG_UNCHECKED || i.s.verdict == SIG_VALID)
		tap_check(false, __FILE__, __LINE__, "a verdict");
	if (i.s.verdict == SIG_UNREADABLE && i.s.why.text[0] == '\0')
		tap_check(false, __FILE__, __LINE__, "a reason");
	looked_fini(&i);
}

static void
hostile(void)
{
	static const char *const names[] = { "pe-certificates.pe",
		"msi-rollup.msp", "cab-signed.cab" };
	size_t f, n;

	for (f = 0; f < sizeof(names) / sizeof(names[0]); f++) {
		uint8_t *p = tap_fixture(names[f], &n);

		hostile_sweep(p, n, 1 + n / 64, inspect_hostile);
		hostile_flips(p, n, 100, 4711, inspect_hostile);
		free(p);
	}
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "each kind tells its release",
		    each_kind_tells_its_release },
		{ "a patch tells its codes", a_patch_tells_its_codes },
		{ "names agree or lie", names_agree_or_lie },
		{ "a huge file is not read", a_huge_file_is_not_read },
		{ "cut short while read", cut_short_while_read },
		{ "a package cut short is unreadable",
		    a_package_cut_short_is_unreadable },
		{ "damaged identity of an unsigned package",
		    damaged_identity_of_an_unsigned_package },
		{ "hostile", hostile },
		{ NULL, NULL }
	};
	struct diag d = { .text = "" };
	int failed;

	CHECK_ST(catalogue_builtin(&cat, &d), ST_OK, &d);
	CHECK_ST(inspect_policy_new(cat, 1388534400, false, &policy, &d),
	    ST_OK, &d);
	failed = tap_run(cases);
	inspect_policy_free(policy);
	catalogue_free(cat);
	return failed;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "tap.h"
#include "hostile.h"

#include "formats/codepage.h"
#include "formats/msi.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_MAX_LEN	(256 * 1024)

struct fixture {
	uint8_t		*p;
	struct slice	 s;
	struct msi	*msi;
	struct diag	 d;
};

static void
fixture_open(struct fixture *f, const char *path)
{
	size_t n;

	*f = (struct fixture){ 0 };
	f->p = tap_read(path, &n);
	f->s = slice_of(f->p, n, 0);
	CHECK_ST(msi_open(source_of_slice(&f->s), &f->msi, &f->d), ST_OK,
	    &f->d);
}

static const char *
fixture_path(const char *name, char *path, size_t len)
{
	const char *dir = tap_env("ROLLCALL_FIXTURES");

	snprintf(path, len, "%s/%s", dir != NULL ? dir : "tests/fixtures",
	    name);
	return path;
}

static void
fixture_init(struct fixture *f, const char *name)
{
	char path[4096];

	fixture_open(f, fixture_path(name, path, sizeof(path)));
}

static void
fixture_fini(struct fixture *f)
{
	msi_close(f->msi);
	free(f->p);
}

static void
check_metadata(struct fixture *f, const char *name, const char *want)
{
	char *got = NULL;

	CHECK_ST(msi_patch_metadata(f->msi, name, &got, &f->d), ST_OK,
	    &f->d);
	CHECK_STR(got, want);
	free(got);
}

static void
check_property(struct fixture *f, const char *name, const char *want)
{
	char *got = NULL;

	CHECK_ST(msi_property(f->msi, name, &got, &f->d), ST_OK, &f->d);
	CHECK_STR(got, want);
	free(got);
}

/* ---- the cases ---- */

static void
patch_codes_come_from_the_root(void)
{
	struct msi_summary s = { 0 };
	struct msi_patch p = { 0 };
	struct fixture f;

	fixture_init(&f, "msi-rollup.msp");
	CHECK_INT(msi_kind(f.msi), MSI_PATCH);
	CHECK_ST(msi_summary(f.msi, &s, &f.d), ST_OK, &f.d);
	CHECK_STR(s.title, "Update Rollup 4 for Exchange Server 2010 Service "
	    "Pack 2 (KB2706690) 14.2.318.2");
	CHECK_STR(s.author, "Microsoft Corporation");
	CHECK_STR(s.keywords, "Media;Updates");
	CHECK_STR(s.last_author, ":T;:#T");
	CHECK_STR(s.subject, NULL);
	CHECK_STR(s.comments, NULL);
	CHECK_INT(s.codepage, 1252);
	CHECK_INT(s.word_count, 5);
	CHECK_INT(s.security, 2);
	CHECK_ST(msi_patch_decode(&s, &p, &f.d), ST_OK, &f.d);
	CHECK_STR(p.code, "{5A1B0C6E-2706-4690-9A00-0123456789AB}");
	CHECK_INT(p.obsolete_count, 1);
	CHECK_STR(p.obsoletes[0], "{6B2C1D7F-2685-4289-8B11-123456789ABC}");
	CHECK_INT(p.target_count, 2);
	CHECK_STR(p.targets[0], "{4934D1EA-BE46-48B1-8847-F1AF20E892C1}");
	CHECK_STR(p.targets[1], "{24B2C164-DE66-44FE-B468-A46D9D5E6B31}");
	msi_patch_fini(&p);
	msi_summary_fini(&s);
	fixture_fini(&f);
}

static void
codes_are_checked(void)
{
	static const struct {
		const char	*revision, *template;
		enum status	st;
	} rows[] = {
		{ NULL, NULL, ST_ABSENT },
		{ "", NULL, ST_MALFORMED },
		{ "{5A1B0C6E-2706-4690-9A00-0123456789A}", "", ST_MALFORMED },
		{ "{5A1B0C6E-2706-4690-9A00-0123456789AG}", "",
		    ST_MALFORMED },
		{ "{5a1b0c6e-2706-4690-9a00-0123456789ab}", NULL, ST_OK },
		{ "{5A1B0C6E-2706-4690-9A00-0123456789AB} ", "",
		    ST_MALFORMED },
		{ "{5A1B0C6E-2706-4690-9A00-0123456789AB}",
		    "{24B2C164-DE66-44FE-B468-A46D9D5E6B31};", ST_OK },
		{ "{5A1B0C6E-2706-4690-9A00-0123456789AB}", ";",
		    ST_MALFORMED },
		{ "{5A1B0C6E-2706-4690-9A00-0123456789AB}",
		    "{24B2C164-DE66-44FE-B468-A46D9D5E6B31};;", ST_MALFORMED },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char revision[64], template[64];
		struct msi_summary s = { 0 };
		struct msi_patch p = { 0 };
		struct diag d;

		if (rows[i].revision != NULL) {
			snprintf(revision, sizeof(revision), "%s",
			    rows[i].revision);
			s.revision = revision;
		}
		if (rows[i].template != NULL) {
			snprintf(template, sizeof(template), "%s",
			    rows[i].template);
			s.template = template;
		}
		CHECK_ST(msi_patch_decode(&s, &p, &d), rows[i].st, &d);
		CHECK_STR(p.code, rows[i].st == ST_OK ?
		    "{5A1B0C6E-2706-4690-9A00-0123456789AB}" : "");
		msi_patch_fini(&p);
	}
}

static void
long_strings(void)
{
	char *short1 = NULL, *long1 = NULL;
	struct fixture f;

	fixture_init(&f, "msi-rollup.msp");
	CHECK_ST(msi_patch_metadata(f.msi, "Edge1", &short1, &f.d), ST_OK,
	    &f.d);
	CHECK_ST(msi_patch_metadata(f.msi, "Edge2", &long1, &f.d), ST_OK,
	    &f.d);
	CHECK_INT(strlen(short1), 65535);
	CHECK_INT(strlen(long1), 65536);
	CHECK(strncmp(short1, long1, 65535) == 0);
	/* A string behind them still has its place. */
	check_metadata(&f, "AllowRemoval", "1");
	check_metadata(&f, "ManufacturerName",
	    "Microsoft\xc2\xae Corporation");
	free(short1);
	free(long1);
	fixture_fini(&f);
}

static void
product_in_utf8_with_wide_references(void)
{
	char *none = NULL;
	struct fixture f;

	fixture_init(&f, "msi-product.msi");
	CHECK_INT(msi_kind(f.msi), MSI_DATABASE);
	check_property(&f, "ProductCode",
	    "{4934D1EA-BE46-48B1-8847-F1AF20E892C1}");
	check_property(&f, "ProductVersion", "14.2.247.5");
	check_property(&f, "ProductName",
	    "Exchange, gr\xc3\xb6\xc3\x9f" "er als \xce\xa9");
	CHECK_ST(msi_property(f.msi, "productcode", &none, &f.d), ST_ABSENT,
	    &f.d);
	CHECK_ST(msi_patch_metadata(f.msi, "DisplayName", &none, &f.d),
	    ST_ABSENT, &f.d);
	CHECK(none == NULL);
	fixture_fini(&f);
}

static void
numbers_of_both_sizes(void)
{
	static const struct {
		enum status	st;
		int32_t		small, large;
	} want[] = {
		{ ST_OK, -32767, -2147483647 },
		{ ST_OK, 32767, 2147483647 },
		{ ST_ABSENT, 77, 77 },
		{ ST_OK, 0, 0 },
	};
	struct msi_table *t = NULL;
	unsigned small, large, name;
	struct fixture f;
	struct buf b;
	size_t i;

	fixture_init(&f, "msi-product.msi");
	CHECK_ST(msi_table_open(f.msi, "Mixed", &t, &f.d), ST_OK, &f.d);
	CHECK(msi_table_column(t, "Small", &small) && small == 1);
	CHECK(msi_table_column(t, "Large", &large) && large == 2);
	CHECK(msi_table_column(t, "Name", &name) && name == 0);
	CHECK(!msi_table_column(t, "name", &name));
	CHECK_INT(msi_table_rows(t), 4);
	for (i = 0; i < msi_table_rows(t); i++) {
		int32_t s = 77, l = 77;

		CHECK_ST(msi_table_number(t, i, small, &s, &f.d), want[i].st,
		    &f.d);
		CHECK_ST(msi_table_number(t, i, large, &l, &f.d), want[i].st,
		    &f.d);
		CHECK_INT(s, want[i].small);
		CHECK_INT(l, want[i].large);
		CHECK_ST(msi_table_number(t, i, name, &s, &f.d),
		    ST_MALFORMED, &f.d);
	}
	buf_init(&b, 100);
	CHECK_ST(msi_table_text(t, 0, small, &b, &f.d), ST_MALFORMED, &f.d);
	buf_fini(&b);
	msi_table_close(t);
	fixture_fini(&f);
}

static void
companies_metadata_are_their_own(void)
{
	char *none = NULL;
	struct fixture f;

	fixture_init(&f, "msi-company.msp");
	/* Code page 932 is not known: two units above ASCII. */
	check_metadata(&f, "DisplayName",
	    "right \xef\xbf\xbd\xef\xbf\xbd");
	CHECK_ST(msi_patch_metadata(f.msi, "Only", &none, &f.d), ST_ABSENT,
	    &f.d);
	fixture_fini(&f);
}

static void
damaged_tables(void)
{
	static const struct {
		const char	*name;
		enum status	st;
		const char	*says;
	} rows[] = {
		{ "msi-column-gap.msp", ST_MALFORMED, "column is missing" },
		{ "msi-column-many.msp", ST_LIMIT, "column 33" },
		{ "msi-column-twice.msp", ST_MALFORMED, "bad column in row" },
		{ "msi-column-type.msp", ST_MALFORMED,
		    "column Property has type 0x502" },
		{ "msi-pool.msp", ST_MALFORMED, "string 1 sticks out" },
		{ "msi-rows.msp", ST_MALFORMED, "5 bytes are not rows of 6" },
		{ "msi-string.msp", ST_MALFORMED, "no string 32767" },
	};
	struct msi_summary s = { 0 };
	struct fixture f;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *none = NULL;

		fixture_init(&f, rows[i].name);
		CHECK_ST(msi_patch_metadata(f.msi, "DisplayName", &none,
		    &f.d), rows[i].st, &f.d);
		CHECK(none == NULL);
		CHECK_STR(strstr(f.d.text, rows[i].says) != NULL ? "" :
		    f.d.text, "");
		/* The patch code is known all the same. */
		CHECK_ST(msi_summary(f.msi, &s, &f.d), ST_OK, &f.d);
		CHECK(s.revision != NULL);
		msi_summary_fini(&s);
		fixture_fini(&f);
	}
}

static void
damaged_summaries(void)
{
	static const struct {
		const char	*name;
		enum status	summary, patch;
		const char	*says;
	} rows[] = {
		{ "msi-obsoletes.msp", ST_OK, ST_MALFORMED, "no list" },
		{ "msi-revision.msp", ST_OK, ST_MALFORMED, "no patch code" },
		{ "msi-targets.msp", ST_OK, ST_MALFORMED, "\"x64;1033\"" },
		{ "msi-summary-count.msp", ST_LIMIT, 0, "257 properties" },
		{ "msi-summary-form.msp", ST_MALFORMED, 0, "bad summary" },
		{ "msi-summary-place.msp", ST_MALFORMED, 0, "property 1" },
		{ "msi-summary-twice.msp", ST_MALFORMED, 0, "bad text" },
		{ "msi-summary-type.msp", ST_MALFORMED, 0, "type 31" },
	};
	struct msi_summary s = { 0 };
	struct msi_patch p;
	struct fixture f;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		fixture_init(&f, rows[i].name);
		CHECK_ST(msi_summary(f.msi, &s, &f.d), rows[i].summary,
		    &f.d);
		if (rows[i].summary == ST_OK)
			CHECK_ST(msi_patch_decode(&s, &p, &f.d),
			    rows[i].patch, &f.d);
		CHECK_STR(strstr(f.d.text, rows[i].says) != NULL ? "" :
		    f.d.text, "");
		msi_summary_fini(&s);
		fixture_fini(&f);
	}
}

static void
names_of_streams(void)
{
	const struct cfb_entry *e;
	struct cfb *cfb;
	struct fixture f;

	fixture_init(&f, "msi-rollup.msp");
	cfb = msi_cfb(f.msi);
	e = msi_find(f.msi, "PCW_CAB_1", false);
	CHECK(e != NULL && e->size == 30000);
	CHECK(msi_find(f.msi, "PCW_CAB_1", true) == NULL);
	CHECK(msi_find(f.msi, "MsiPatchSequence", true) != NULL);
	CHECK(msi_find(f.msi, "T", false) == NULL);
	e = cfb_find(cfb, cfb_root(cfb), MSI_SIGNATURE);
	CHECK(e != NULL && e->size == 5);
	CHECK(cfb_find(cfb, cfb_root(cfb), MSI_SIGNATURE_EX) == NULL);
	fixture_fini(&f);
}

static void
code_pages(void)
{
	static const struct {
		unsigned	codepage;
		const char	*bytes, *want;
	} rows[] = {
		{ 1252, "\x80\x99\xe9", "\xe2\x82\xac\xe2\x84\xa2\xc3\xa9" },
		{ 1252, "\x81", "\xef\xbf\xbd" },
		{ 65001, "\xc3\xa9", "\xc3\xa9" },
		{ 65001, "a\xc3", "a\xef\xbf\xbd" },
		{ 0, "plain", "plain" },
		{ 0, "caf\xe9", "caf\xef\xbf\xbd" },
		{ 1250, "\xe9", "\xef\xbf\xbd" },
	};
	struct buf b;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_init(&b, 20);
		CHECK(codepage_decode(rows[i].codepage, slice_of(
		    rows[i].bytes, strlen(rows[i].bytes), 0), &b));
		CHECK_STR(buf_text(&b), rows[i].want);
		buf_fini(&b);
	}
	buf_init(&b, 2);
	CHECK(!codepage_decode(0, slice_of("abc", 3, 0), &b));
	buf_fini(&b);
}

static void
other_files_are_refused(void)
{
	struct msi *m = NULL;
	struct slice s;
	struct diag d;
	uint8_t *p;
	size_t n;

	p = tap_fixture("cfb-overlap.cfb", &n);
	s = slice_of(p, n, 0);
	CHECK_ST(msi_open(source_of_slice(&s), &m, &d), ST_UNSUPPORTED, &d);
	s = slice_of("MZ", 2, 0);
	CHECK_ST(msi_open(source_of_slice(&s), &m, &d), ST_UNSUPPORTED, &d);
	CHECK(m == NULL);
	free(p);
}

/* ---- what msitools says about the same file ---- */

static FILE *
msiinfo(const char *args, const char *path, const char *more)
{
	char command[8192];

	snprintf(command, sizeof(command), "msiinfo %s '%s' %s 2>/dev/null",
	    args, path, more);
	return popen(command, "r");
}

static bool
has_msiinfo(void)
{
	FILE *f = popen("msiinfo --version 2>/dev/null", "r");
	char line[256];
	bool has = f != NULL && fgets(line, sizeof(line), f) != NULL;

	if (f != NULL)
		pclose(f);
	if (!has)
		tap_skip("msitools is not installed");
	return has;
}

/* The next line without its end; false at the end of the file. */
static bool
next_line(FILE *f, char *line)
{
	if (fgets(line, LINE_MAX_LEN, f) == NULL)
		return false;
	line[strcspn(line, "\r\n")] = '\0';
	return true;
}

/* "Title: text" and its like, as far as we have the same property. */
static void
check_summary_line(const struct msi_summary *s, const char *line)
{
	const struct {
		const char	*key, *value;
	} texts[] = {
		{ "Title: ", s->title },
		{ "Subject: ", s->subject },
		{ "Author: ", s->author },
		{ "Keywords: ", s->keywords },
		{ "Comments: ", s->comments },
		{ "Template: ", s->template },
		{ "Last author: ", s->last_author },
		{ "Revision number (UUID): ", s->revision },
	};
	char number[64];
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (strncmp(line, texts[i].key, strlen(texts[i].key)) == 0)
			CHECK_STR(texts[i].value,
			    line + strlen(texts[i].key));
	if (strncmp(line, "Source: ", 8) == 0) {
		snprintf(number, sizeof(number), "Source: %" PRId32,
		    s->word_count);
		CHECK(strncmp(line, number, strlen(number)) == 0);
	}
	if (strncmp(line, "Security: ", 10) == 0) {
		snprintf(number, sizeof(number), "Security: %" PRId32,
		    s->security);
		CHECK(strncmp(line, number, strlen(number)) == 0);
	}
}

static void
compare_summary(struct fixture *f, const char *path, char *line)
{
	FILE *w = msiinfo("suminfo", path, "");
	struct msi_summary s = { 0 };
	unsigned lines = 0;

	CHECK_ST(msi_summary(f->msi, &s, &f->d), ST_OK, &f->d);
	for (; next_line(w, line); lines++)
		check_summary_line(&s, line);
	CHECK(lines >= 2);
	msi_summary_fini(&s);
	pclose(w);
}

/* A row as msiinfo prints it. */
static void
print_row(struct fixture *f, struct msi_table *t, size_t row,
    unsigned columns, struct buf *out)
{
	unsigned i;

	for (i = 0; i < columns; i++) {
		int32_t number;
		enum status st;

		if (i != 0)
			buf_putc(out, '\t');
		st = msi_table_text(t, row, i, out, &f->d);
		if (st != ST_MALFORMED) {
			CHECK_ST(st, ST_OK, &f->d);
			continue;
		}
		st = msi_table_number(t, row, i, &number, &f->d);
		if (st == ST_OK)
			buf_printf(out, "%" PRId32, number);
		else
			CHECK_ST(st, ST_ABSENT, &f->d);
	}
}

static void
compare_table(struct fixture *f, const char *path, const char *name,
    unsigned columns, char *line)
{
	FILE *w = msiinfo("export", path, name);
	struct msi_table *t = NULL;
	enum status st = msi_table_open(f->msi, name, &t, &f->d);
	unsigned skip;
	struct buf row;
	size_t i;

	/* Names, types, and the table with its keys. */
	for (skip = 0; skip < 3 && next_line(w, line); skip++)
		;
	CHECK_ST(st, skip == 3 ? ST_OK : ST_ABSENT, &f->d);
	for (i = 0; st == ST_OK && i < msi_table_rows(t); i++) {
		buf_init(&row, LINE_MAX_LEN);
		print_row(f, t, i, columns, &row);
		CHECK(next_line(w, line));
		CHECK_STR(buf_text(&row), line);
		buf_fini(&row);
	}
	CHECK(!next_line(w, line));
	msi_table_close(t);
	pclose(w);
}

static void
compare_streams(struct fixture *f, const char *path, char *line)
{
	FILE *w = msiinfo("streams", path, "");

	while (next_line(w, line))
		if (line[0] != '\005' && strcmp(line, "_SummaryInformation"))
			CHECK(msi_find(f->msi, line, false) != NULL);
	pclose(w);
}

static void
compare_with_msitools(const char *path)
{
	char *line = malloc(LINE_MAX_LEN);
	struct fixture f;

	printf("# %s\n", path);
	fixture_open(&f, path);
	compare_summary(&f, path, line);
	compare_table(&f, path, "MsiPatchMetadata", 3, line);
	compare_table(&f, path, "MsiPatchSequence", 4, line);
	compare_table(&f, path, "Property", 2, line);
	compare_streams(&f, path, line);
	fixture_fini(&f);
	free(line);
}

static void
msitools_agree(void)
{
	static const char *const names[] = { "msi-rollup.msp",
	    "msi-product.msi", "msi-targets.msp" };
	char path[4096];
	size_t i;

	if (!has_msiinfo())
		return;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		compare_with_msitools(fixture_path(names[i], path,
		    sizeof(path)));
}

static const char *const real_names[] = { "SQL2008_AS.msp",
    "PatchABv101.msp", "gdr1.msp", "example.msi" };

static void
msitools_agree_on_real_packages(void)
{
	const char *real = tap_env("ROLLCALL_REAL");
	char path[4096];
	size_t i;

	if (real == NULL) {
		tap_skip("ROLLCALL_REAL is not set");
		return;
	}
	if (!has_msiinfo())
		return;
	for (i = 0; i < sizeof(real_names) / sizeof(real_names[0]); i++) {
		snprintf(path, sizeof(path), "%s/packages/%s", real,
		    real_names[i]);
		compare_with_msitools(path);
	}
}

static void
real_packages(void)
{
	static const struct {
		const char	*code;
		size_t		targets;
		bool		is_signed;
	} want[] = {
		{ "{2DFFC5F8-9B0F-4510-92AE-FA3D38B8A47D}", 1, true },
		{ "{B94D3D25-9FC6-468D-A804-97AFB27746C1}", 2, false },
		{ "{780B530E-03AD-47AF-A128-DA08DB495253}", 1, false },
	};
	const char *real = tap_env("ROLLCALL_REAL");
	char path[4096];
	size_t i;

	if (real == NULL) {
		tap_skip("ROLLCALL_REAL is not set");
		return;
	}
	for (i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		struct msi_summary s = { 0 };
		struct msi_patch p = { 0 };
		struct fixture f;
		struct cfb *cfb;

		snprintf(path, sizeof(path), "%s/packages/%s", real,
		    real_names[i]);
		fixture_open(&f, path);
		cfb = msi_cfb(f.msi);
		CHECK_INT(msi_kind(f.msi), MSI_PATCH);
		CHECK_ST(msi_summary(f.msi, &s, &f.d), ST_OK, &f.d);
		CHECK_ST(msi_patch_decode(&s, &p, &f.d), ST_OK, &f.d);
		CHECK_STR(p.code, want[i].code);
		CHECK_INT(p.target_count, want[i].targets);
		CHECK((cfb_find(cfb, cfb_root(cfb), MSI_SIGNATURE) != NULL)
		    == want[i].is_signed);
		msi_patch_fini(&p);
		msi_summary_fini(&s);
		fixture_fini(&f);
	}
}

/* ---- damage ---- */

static void
run_hostile(struct slice s)
{
	struct msi *m = NULL;
	struct msi_summary sum = { 0 };
	struct msi_patch p = { 0 };
	char *text = NULL;
	struct diag d;
	enum status st = msi_open(source_of_slice(&s), &m, &d);

	CHECK(st != ST_ABSENT && st != ST_IO && st != ST_UNTRUSTED);
	if (st != ST_OK)
		return;
	st = msi_summary(m, &sum, &d);
	CHECK(st != ST_IO && st != ST_UNSUPPORTED);
	if (st == ST_OK && msi_patch_decode(&sum, &p, &d) == ST_OK)
		CHECK_INT(strlen(p.code), MSI_GUID_TEXT - 1);
	st = msi_patch_metadata(m, "DisplayName", &text, &d);
	CHECK((text != NULL) == (st == ST_OK));
	CHECK(st != ST_IO && st != ST_UNSUPPORTED);
	free(text);
	msi_patch_fini(&p);
	msi_summary_fini(&sum);
	msi_close(m);
}

static void
damage_ends_clean(void)
{
	struct fixture f;

	fixture_init(&f, "msi-company.msp");
	hostile_sweep(f.p, f.s.n, 1, run_hostile);
	hostile_flips(f.p, f.s.n, 5000, 2756485, run_hostile);
	fixture_fini(&f);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "patch codes come from the root's summary",
		    patch_codes_come_from_the_root },
		{ "codes are checked", codes_are_checked },
		{ "strings of 64 KiB and more", long_strings },
		{ "a product in UTF-8 with three-byte references",
		    product_in_utf8_with_wide_references },
		{ "numbers of both sizes", numbers_of_both_sizes },
		{ "companies' metadata are their own",
		    companies_metadata_are_their_own },
		{ "damaged tables leave the summary", damaged_tables },
		{ "damaged summaries are refused", damaged_summaries },
		{ "names of streams", names_of_streams },
		{ "code pages", code_pages },
		{ "other files are refused", other_files_are_refused },
		{ "msitools agree", msitools_agree },
		{ "msitools agree on real packages",
		    msitools_agree_on_real_packages },
		{ "real packages", real_packages },
		{ "damage ends clean", damage_ends_clean },
		{ NULL, NULL },
	};

	return tap_run(cases);
}

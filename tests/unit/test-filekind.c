/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "tap.h"
#include "hostile.h"

#include "formats/filekind.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *
kind_of(const void *p, size_t n)
{
	struct slice s = slice_of(p, n, 0);
	struct source src = source_of_slice(&s);
	enum filekind kind = FILEKIND_OTHER;
	struct diag d;

	CHECK_ST(filekind_of(&src, &kind, &d), ST_OK, &d);
	return filekind_name(kind);
}

static void
by_content(void)
{
	static const struct {
		const char	*name, *kind;
	} rows[] = {
		{ "pe-exsetup.pe", "pe" },
		{ "pe-wintrust.pe", "pe" },
		{ "msi-product.msi", "msi" },
		{ "msi-rollup.msp", "msp" },
		{ "msi-transform.msp", "other" },
		{ "cfb-overlap.cfb", "other" },
		{ "cab-plain.cab", "cab" },
		{ "cab-signed.cab", "cab" },
	};
	size_t i, n;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint8_t *p = tap_fixture(rows[i].name, &n);

		CHECK_STR(kind_of(p, n), rows[i].kind);
		free(p);
	}
}

/* ContentInfo { signedData, [0] { SignedData { 1, {}, ContentInfo {... */
#define SIGNED_DATA	"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
#define VERSION_1		"\x02\x01\x01\x31\x00"
#define CTL		"\x06\x09\x2b\x06\x01\x04\x01\x82\x37\x0a\x01"
#define SPC_INDIRECT	"\x06\x0a\x2b\x06\x01\x04\x01\x82\x37\x02\x01\x04"

static void
kinds_of_pkcs7(void)
{
	static const struct {
		const char	*bytes;
		size_t		 n;
		const char	*kind;
	} rows[] = {
#define ROW(b, k)	{ b, sizeof(b) - 1, k }
		ROW("\x30\x81\x80" SIGNED_DATA "\xa0\x60\x30\x5e" VERSION_1
		    "\x30\x20" CTL, "cat"),
		ROW("\x30\x82\x10\x10" SIGNED_DATA "\xa0\x84\x10\x10\x10\x10"
		    "\x30\x83\x10\x10\x10" VERSION_1 "\x30\x20" SPC_INDIRECT,
		    "pkcs7"),
		/* Not data that is signed: data. */
		ROW("\x30\x20\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"
		    "\xa0\x60\x30\x5e" VERSION_1 "\x30\x20" CTL, "other"),
		/* Without an end, and with a length of five bytes. */
		ROW("\x30\x80" SIGNED_DATA "\xa0\x60\x30\x5e" VERSION_1
		    "\x30\x20" CTL, "other"),
		ROW("\x30\x85\x10\x10\x10\x10\x10" SIGNED_DATA
		    "\xa0\x60\x30\x5e" VERSION_1 "\x30\x20" CTL, "other"),
		ROW("\x30\x82", "other"),
	};
	uint8_t b[128];
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		memset(b, 0x01, sizeof(b));
		memcpy(b, rows[i].bytes, rows[i].n);
		CHECK_STR(kind_of(b, sizeof(b)), rows[i].kind);
	}
}

static void
small_files(void)
{
	static const uint8_t dos[64] = { 'M', 'Z' };

	CHECK_STR(kind_of("", 0), "other");
	CHECK_STR(kind_of("MZ", 2), "other");
	CHECK_STR(kind_of(dos, sizeof(dos)), "other");
	CHECK_STR(kind_of("MSCF", 4), "cab");
	CHECK_STR(kind_of("0", 1), "other");
}

static void
names(void)
{
	static const struct {
		const char	*path;
		enum filekind	 named;
	} rows[] = {
		{ "C:\\Bin\\store.exe", FILEKIND_PE },
		{ "STORE.DLL", FILEKIND_PE },
		{ "1.msi", FILEKIND_MSI }, { "1.Msp", FILEKIND_MSP },
		{ "1.cat", FILEKIND_OTHER }, { "1.cab", FILEKIND_OTHER },
		{ "store.exe.txt", FILEKIND_OTHER },
		{ ".exe", FILEKIND_OTHER }, { "exe", FILEKIND_OTHER },
		{ "", FILEKIND_OTHER },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CHECK_INT(filekind_named(rows[i].path), rows[i].named);
	CHECK(filekind_fits("1.dll", FILEKIND_PE));
	CHECK(!filekind_fits("1.dll", FILEKIND_CAT));
	CHECK(!filekind_fits("1.exe", FILEKIND_OTHER));
	CHECK(!filekind_fits("1.exe", FILEKIND_MSI));
	CHECK(filekind_fits("1.msi", FILEKIND_MSP));
	CHECK(filekind_fits("1.msp", FILEKIND_MSI));
	CHECK(!filekind_fits("1.msp", FILEKIND_CAB));
	CHECK(filekind_fits("1.cat", FILEKIND_OTHER));
	CHECK(filekind_fits("1.txt", FILEKIND_PE));
}

/* A row of index.tsv: the file's name first, its format in column 5. */
static void
check_signature(const char *dir, char *row)
{
	char path[16384], *column = row;
	uint8_t *p;
	size_t n;
	int i;

	for (i = 0; i < 4 && column != NULL; i++) {
		column = strchr(column, '\t');
		if (column != NULL)
			*column++ = '\0';
	}
	CHECK(column != NULL);
	if (column == NULL)
		return;
	snprintf(path, sizeof(path), "%s/p7/%s", dir, row);
	p = tap_read(path, &n);
	CHECK_STR(kind_of(p, n), strncmp(column, "CAT\t", 4) == 0 ? "cat" :
	    "pkcs7");
	free(p);
}

static void
real_signatures(void)
{
	const char *real = tap_env("ROLLCALL_REAL");
	char dir[2048], path[4096], line[8192];
	unsigned rows = 0;
	FILE *f;

	if (real == NULL) {
		tap_skip("ROLLCALL_REAL is not set");
		return;
	}
	snprintf(dir, sizeof(dir), "%s/signatures", real);
	snprintf(path, sizeof(path), "%s/index.tsv", dir);
	f = fopen(path, "r");
	CHECK(f != NULL && fgets(line, sizeof(line), f) != NULL);
	for (; f != NULL && fgets(line, sizeof(line), f) != NULL; rows++)
		check_signature(dir, line);
	CHECK(rows > 100);
	if (f != NULL)
		fclose(f);
}

static enum status
broken_read_at(void *ctx, uint64_t off, void *p, size_t len, struct diag *d)
{
	(void)ctx;
	if (off >= 4096)
		return diag_set(d, ST_IO, off, NULL, "bad block");
	memset(p, 0, len);
	memcpy(p, "MZ", 2);
	((uint8_t *)p)[0x3d] = 0x20;
	return ST_OK;
}

/* A place that cannot be read is not a file of another kind. */
static void
unreadable_is_not_other(void)
{
	struct source src = { broken_read_at, NULL, 1 << 20 };
	enum filekind kind = FILEKIND_CAB;
	struct diag d;

	CHECK_ST(filekind_of(&src, &kind, &d), ST_IO, &d);
	CHECK_INT(kind, FILEKIND_CAB);
	CHECK_STR(d.text, "bad block");
}

static void
run_hostile(struct slice s)
{
	(void)kind_of(s.p, s.n);
}

static void
damage_ends_clean(void)
{
	static const char *const names[] = { "pe-wintrust.pe",
	    "cab-signed.cab", "msi-company.msp" };
	static const uint8_t p7[] = "\x30\x81\x80" SIGNED_DATA
	    "\xa0\x60\x30\x5e" VERSION_1 "\x30\x20" CTL;
	size_t i, n;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		uint8_t *p = tap_fixture(names[i], &n);

		hostile_sweep(p, n, 1, run_hostile);
		free(p);
	}
	hostile_sweep(p7, sizeof(p7) - 1, 1, run_hostile);
	hostile_flips(p7, sizeof(p7) - 1, 20000, 7, run_hostile);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "by content", by_content },
		{ "kinds of PKCS#7", kinds_of_pkcs7 },
		{ "small files", small_files },
		{ "names", names },
		{ "real signatures", real_signatures },
		{ "what cannot be read is not \"other\"",
		    unreadable_is_not_other },
		{ "damage ends clean", damage_ends_clean },
		{ NULL, NULL },
	};

	return tap_run(cases);
}

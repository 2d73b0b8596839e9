/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "tap.h"
#include "hostile.h"

#include "formats/pe.h"

#include <stdlib.h>
#include <string.h>

struct fixture {
	uint8_t		*p;
	struct slice	 s;
	struct source	 src;
};

static void
fixture_init(struct fixture *f, const char *name)
{
	size_t n;

	f->p = tap_fixture(name, &n);
	f->s = slice_of(f->p, n, 0);
	f->src = source_of_slice(&f->s);
}

static void
check_version(const struct version *v, const char *want)
{
	char text[VERSION_TEXT];

	CHECK_STR(version_format(*v, text), want);
}

static void
binary_version_wins(void)
{
	struct pe_version v = { 0 };
	struct fixture f;
	struct diag d;
	struct pe *pe = NULL;

	fixture_init(&f, "pe-exsetup.pe");
	CHECK_ST(pe_open(f.src, &pe, &d), ST_OK, &d);
	CHECK(pe_info(pe)->plus);
	CHECK_INT(pe_info(pe)->machine, 0x8664);
	CHECK_INT(pe_info(pe)->checksum_off, 0x80 + 24 + 64);
	CHECK_INT(pe_info(pe)->security_entry_off, 0x80 + 24 + 112 + 32);
	CHECK_INT(pe_info(pe)->security_off, 0);
	CHECK_ST(pe_version(pe, &v, &d), ST_OK, &d);
	check_version(&v.file, "14.2.318.2");
	check_version(&v.product, "14.2.318.0");
	/* 0x48 is masked with 0x3f. */
	CHECK_INT(v.flags, 0x08);
	pe_close(pe);
	free(f.p);
}

/* The length in directory entry 2 is nothing that Windows asks for. */
static void
resources_of_no_length_are_read(void)
{
	static const size_t len_off = 0x80 + 24 + 112 + 2 * 8 + 4;
	struct pe_version v = { 0 };
	struct fixture f;
	struct diag d;
	struct pe *pe = NULL;

	fixture_init(&f, "pe-exsetup.pe");
	memset(f.p + len_off, 0, 4);
	CHECK_ST(pe_open(f.src, &pe, &d), ST_OK, &d);
	CHECK_ST(pe_version(pe, &v, &d), ST_OK, &d);
	check_version(&v.file, "14.2.318.2");
	pe_close(pe);
	free(f.p);
}

static void
certificates_are_found(void)
{
	struct pe_version v = { 0 };
	struct fixture f;
	struct diag d;
	struct pe *pe = NULL;

	fixture_init(&f, "pe-wintrust.pe");
	CHECK_ST(pe_open(f.src, &pe, &d), ST_OK, &d);
	CHECK(!pe_info(pe)->plus);
	CHECK_INT(pe_info(pe)->machine, 0x14c);
	CHECK_INT(pe_info(pe)->security_entry_off, 0x80 + 24 + 96 + 32);
	CHECK_INT(pe_info(pe)->security_len, 24);
	CHECK_INT(pe_info(pe)->security_off + pe_info(pe)->security_len,
	    f.s.n);
	CHECK_STR(pe_info(pe)->misplaced.text, "");
	CHECK_ST(pe_version(pe, &v, &d), ST_OK, &d);
	check_version(&v.file, "6.1.7601.18205");
	pe_close(pe);
	free(f.p);
}

static void
every_fixture_has_its_status(void)
{
	static const struct {
		const char	*name;
		enum status	open, version;
		const char	*says;
	} rows[] = {
		{ "pe-noversion.pe", ST_OK, ST_ABSENT, NULL },
		{ "pe-bare.pe", ST_OK, ST_ABSENT, NULL },
		{ "pe-loop.pe", ST_OK, ST_MALFORMED, "3 levels deep" },
		{ "pe-fan.pe", ST_OK, ST_LIMIT, "too many resources" },
		{ "pe-fixed.pe", ST_OK, ST_MALFORMED, "no fixed file" },
		{ "pe-certificates.pe", ST_MALFORMED, ST_OK,
		    "16 bytes of certificates at 216 do not fit" },
		{ "pe-sections.pe", ST_LIMIT, ST_OK, "97 sections" },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct diag d = { .text = "" };
		struct pe_version v = { .flags = 77 };
		struct pe *pe = NULL;
		struct fixture f;

		fixture_init(&f, rows[i].name);
		CHECK_ST(pe_open(f.src, &pe, &d), rows[i].open, &d);
		if (pe != NULL)
			CHECK_ST(pe_version(pe, &v, &d), rows[i].version, &d);
		CHECK_INT(v.flags, 77);
		CHECK_STR(rows[i].says == NULL ||
		    strstr(d.text, rows[i].says) != NULL ? "" : d.text, "");
		pe_close(pe);
		free(f.p);
	}
}

static void
other_files_are_not_executables(void)
{
	static const struct {
		const char	*bytes;
		size_t		n;
	} rows[] = {
		{ "", 0 },
		{ "MZ", 2 },
		{ "regf", 4 },
	};
	uint8_t dos[128] = { 'M', 'Z' };
	struct slice s = slice_of(dos, sizeof(dos), 0);
	struct pe *pe = NULL;
	struct diag d;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct slice r = slice_of(rows[i].bytes, rows[i].n, 0);

		CHECK_ST(pe_open(source_of_slice(&r), &pe, &d),
		    ST_UNSUPPORTED, &d);
	}
	dos[0x3c] = 0x40;
	dos[0x40] = 'N';
	dos[0x41] = 'E';
	CHECK_ST(pe_open(source_of_slice(&s), &pe, &d), ST_UNSUPPORTED, &d);
	/* A place far outside, as MS-DOS programs have it. */
	dos[0x3f] = 0xff;
	CHECK_ST(pe_open(source_of_slice(&s), &pe, &d), ST_UNSUPPORTED, &d);
	CHECK(pe == NULL);
}

/* Whatever it answers, it must answer by the rules. */
static void
run_hostile(struct slice s)
{
	struct pe_version v = { .flags = 77 };
	struct pe *pe = NULL;
	struct diag d;
	enum status st = pe_open(source_of_slice(&s), &pe, &d);

	if (st != ST_OK) {
		CHECK(pe == NULL);
		CHECK(st == ST_UNSUPPORTED || st == ST_MALFORMED ||
		    st == ST_LIMIT);
		return;
	}
	CHECK(pe_info(pe)->security_off <= s.n);
	CHECK(pe_info(pe)->security_len <= s.n - pe_info(pe)->security_off);
	CHECK(pe_info(pe)->checksum_off < s.n);
	st = pe_version(pe, &v, &d);
	CHECK(st == ST_OK ? v.file.parts == 4 : v.flags == 77);
	pe_close(pe);
}

static void
damage_ends_clean(void)
{
	static const char *const names[] = { "pe-exsetup.pe",
	    "pe-wintrust.pe" };
	struct fixture f;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		fixture_init(&f, names[i]);
		hostile_sweep(f.p, f.s.n, 1, run_hostile);
		hostile_flips(f.p, f.s.n, 2000, 2749655, run_hostile);
		free(f.p);
	}
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "the binary version counts, not the string",
		    binary_version_wins },
		{ "resources of no length are read",
		    resources_of_no_length_are_read },
		{ "certificate table of a PE32", certificates_are_found },
		{ "every fixture has its status",
		    every_fixture_has_its_status },
		{ "other files are no executables",
		    other_files_are_not_executables },
		{ "damage ends clean", damage_ends_clean },
		{ NULL, NULL },
	};

	return tap_run(cases);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "tap.h"
#include "hostile.h"

#include "formats/cab.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum status
read_fixture(const char *name, struct cab_info *info, size_t *n,
    struct diag *d)
{
	uint8_t *p = tap_fixture(name, n);
	struct slice s = slice_of(p, *n, 0);
	struct source src = source_of_slice(&s);
	enum status st = cab_read(&src, info, d);

	free(p);
	return st;
}

static void
plain_header(void)
{
	struct cab_info c = { 0 };
	struct diag d;
	size_t n;

	CHECK_ST(read_fixture("cab-plain.cab", &c, &n, &d), ST_OK, &d);
	CHECK_INT(c.size, n);
	CHECK_INT(c.folders, 1);
	CHECK_INT(c.files, 2);
	CHECK_INT(c.flags, 0);
	CHECK_INT(c.set_id, 4711);
	CHECK_INT(c.signature_off, 0);
	CHECK_INT(c.digest[0].len, 0);
}

static void
signature_and_what_it_covers(void)
{
	static const struct cab_range want[] = {
		{ 0, 4 }, { 8, 26 }, { 56, 4 },
	};
	struct cab_info c = { 0 };
	struct diag d;
	size_t n, i;

	CHECK_ST(read_fixture("cab-signed.cab", &c, &n, &d), ST_OK, &d);
	CHECK_INT(c.signature_off, c.size);
	CHECK_INT(c.signature_len, 20);
	CHECK_INT(c.signature_off + c.signature_len, n);
	for (i = 0; i < 3; i++) {
		CHECK_INT(c.digest[i].off, want[i].off);
		CHECK_INT(c.digest[i].len, want[i].len);
	}
	CHECK_INT(c.digest[3].off, 60);
	CHECK_INT(c.digest[3].off + c.digest[3].len, c.signature_off);
}

static void
every_fixture_has_its_status(void)
{
	static const struct {
		const char	*name;
		enum status	st;
		const char	*says;
	} rows[] = {
		{ "cab-reserve.cab", ST_OK, "" },
		{ "cab-narrow.cab", ST_OK, "" },
		{ "cab-size.cab", ST_MALFORMED, "does not fit" },
		{ "cab-files.cab", ST_MALFORMED, "does not fit" },
		{ "cab-version.cab", ST_UNSUPPORTED, "version 2.3" },
		{ "cab-inside.cab", ST_MALFORMED, "signature of 20 bytes" },
		{ "cab-outside.cab", ST_MALFORMED, "signature of 21 bytes" },
		{ "cab-cut.cab", ST_MALFORMED, "a cabinet of 30 bytes" },
	};
	size_t i, n;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct cab_info c = { .set_id = 77 };
		struct diag d = { .text = "" };

		CHECK_ST(read_fixture(rows[i].name, &c, &n, &d), rows[i].st,
		    &d);
		CHECK_INT(c.set_id, rows[i].st == ST_OK ? 4711 : 77);
		CHECK_INT(c.signature_len, 0);
		CHECK_STR(strstr(d.text, rows[i].says) != NULL ? "" : d.text,
		    "");
	}
}

/* Not our reader but our writer: are these cabinets at all? */
static void
cabextract_reads_them(void)
{
	static const char *const names[] = { "cab-plain.cab",
	    "cab-signed.cab", "cab-reserve.cab" };
	const char *dir = tap_env("ROLLCALL_FIXTURES");
	char command[8192];
	size_t i;

	if (system("cabextract --version >/dev/null 2>&1") != 0) {
		tap_skip("cabextract is not installed");
		return;
	}
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(command, sizeof(command),
		    "cabextract -t -q '%s/%s' >/dev/null 2>&1",
		    dir != NULL ? dir : "tests/fixtures", names[i]);
		CHECK_INT(system(command), 0);
	}
}

static void
run_hostile(struct slice s)
{
	struct source src = source_of_slice(&s);
	struct cab_info c = { .set_id = 77 };
	struct diag d;
	enum status st = cab_read(&src, &c, &d);
	size_t i;

	if (st != ST_OK) {
		CHECK(st == ST_UNSUPPORTED || st == ST_MALFORMED);
		CHECK_INT(c.set_id, 77);
		return;
	}
	CHECK(c.size <= s.n && c.signature_off <= s.n);
	CHECK(c.signature_len <= s.n - c.signature_off);
	for (i = 0; i < CAB_DIGEST_RANGES; i++)
		CHECK(c.digest[i].off <= s.n &&
		    c.digest[i].len <= s.n - c.digest[i].off);
}

static void
damage_ends_clean(void)
{
	uint8_t *p;
	size_t n;

	p = tap_fixture("cab-signed.cab", &n);
	hostile_sweep(p, n, 1, run_hostile);
	hostile_flips(p, n, 20000, 4711, run_hostile);
	free(p);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "a plain cabinet", plain_header },
		{ "a signature and what it covers",
		    signature_and_what_it_covers },
		{ "every fixture has its status",
		    every_fixture_has_its_status },
		{ "cabextract reads what mkcab.py writes",
		    cabextract_reads_them },
		{ "damage ends clean", damage_ends_clean },
		{ NULL, NULL },
	};

	return tap_run(cases);
}

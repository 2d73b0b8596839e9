/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "tap.h"
#include "hostile.h"

#include "base/buf.h"
#include "formats/cab.h"
#include "formats/cab_unpack.h"

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

/* ------------------------------------------------------------ unpacking */

/* A fixture that is open for unpacking. */
struct packed {
	uint8_t		*p;
	size_t		 n;
	struct slice	 s;
	struct source	 src;
	struct cab_unpack *u;
};

static enum status
packed_open(struct packed *x, const char *name, struct diag *d)
{
	if (!cab_unpack_can())
		tap_skip("built without libmspack");
	*x = (struct packed){ .u = NULL };
	x->p = tap_fixture(name, &x->n);
	x->s = slice_of(x->p, x->n, 0);
	x->src = source_of_slice(&x->s);
	return cab_unpack_can() ? cab_unpack_open(&x->src, &x->u, d) :
	    ST_UNSUPPORTED;
}

static void
packed_close(struct packed *x)
{
	cab_unpack_close(x->u);
	free(x->p);
}

static enum status
to_buf(void *ctx, const void *p, size_t n, struct diag *d)
{
	return buf_append(ctx, p, n) ? ST_OK :
	    diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL, "too much");
}

/* Both members, by name and in their order. */
static void
check_members(const char *fixture, const char *filler)
{
	struct packed x;
	struct diag d;
	struct buf b;
	enum status st = packed_open(&x, fixture, &d);

	if (!cab_unpack_can()) {
		packed_close(&x);
		return;
	}
	CHECK_ST(st, ST_OK, &d);
	if (st == ST_OK) {
		CHECK_INT(cab_unpack_count(x.u), 2);
		CHECK_INT(cab_unpack_find(x.u, "readme.txt"), 0);
		CHECK_INT(cab_unpack_find(x.u, filler), 1);
		CHECK(cab_unpack_find(x.u, "other") == SIZE_MAX);
		CHECK_INT(cab_unpack_member(x.u, 1)->len, 40000);
		buf_init(&b, 50000);
		CHECK_ST(cab_unpack_member_to(x.u, 0, to_buf, &b, &d), ST_OK,
		    &d);
		CHECK_STR(buf_text(&b), "It was a dark and stormy night.");
		buf_clear(&b);
		CHECK_ST(cab_unpack_member_to(x.u, 1, to_buf, &b, &d), ST_OK,
		    &d);
		CHECK_INT(b.len, 40000);
		buf_fini(&b);
	}
	packed_close(&x);
}

static void
members_stored(void)
{
	check_members("cab-plain.cab", "filler.bin");
}

static void
members_packed(void)
{
	check_members("cab-mszip.cab", "folder/filler.bin");
}

static void
members_lzx(void)
{
	check_members("cab-lzx.cab", "folder/filler.bin");
}

/* What takes the bytes has the last word, and can be asked again. */
static void
who_takes_may_refuse(void)
{
	struct packed x;
	struct diag d;
	struct buf b;

	buf_init(&b, 100);
	if (packed_open(&x, "cab-mszip.cab", &d) == ST_OK) {
		CHECK_ST(cab_unpack_member_to(x.u, 1, to_buf, &b, &d),
		    ST_LIMIT, &d);
		CHECK(strstr(d.text, "too much") != NULL);
		buf_clear(&b);
		b.full = false;
		CHECK_ST(cab_unpack_member_to(x.u, 0, to_buf, &b, &d), ST_OK,
		    &d);
	}
	buf_fini(&b);
	packed_close(&x);
}

/* To go back and forth is to unpack all in front again: not for ever. */
static void
bytes_are_not_read_for_ever(void)
{
	enum status st = ST_OK;
	struct packed x;
	struct diag d;
	struct buf b;
	unsigned i;

	buf_init(&b, 50000);
	if (packed_open(&x, "cab-plain.cab", &d) == ST_OK) {
		for (i = 0; st == ST_OK && i < 20; i++) {
			buf_clear(&b);
			st = cab_unpack_member_to(x.u, 1 - i % 2, to_buf, &b,
			    &d);
		}
		CHECK_ST(st, ST_LIMIT, &d);
		CHECK(strstr(d.text, "3 times its own bytes") != NULL);
	}
	buf_fini(&b);
	packed_close(&x);
}

static void
unpack_all(struct slice s)
{
	struct source src = source_of_slice(&s);
	struct cab_unpack *u = NULL;
	struct buf b;
	size_t i;

	if (cab_unpack_open(&src, &u, NULL) != ST_OK)
		return;
	buf_init(&b, 100000);
	for (i = 0; i < cab_unpack_count(u); i++) {
		buf_clear(&b);
		if (cab_unpack_member_to(u, i, to_buf, &b, NULL) == ST_OK)
			CHECK_INT(b.len, cab_unpack_member(u, i)->len);
	}
	buf_fini(&b);
	cab_unpack_close(u);
}

static void
damaged_while_packed(void)
{
	size_t n;
	uint8_t *p = tap_fixture("cab-mszip.cab", &n);

	hostile_sweep(p, n, n > 1000 ? 7 : 1, unpack_all);
	hostile_flips(p, n, 300, 18, unpack_all);
	free(p);
	/* Its trees are in the first bytes, and cuts may be anywhere. */
	p = tap_fixture("cab-lzx.cab", &n);
	hostile_sweep(p, 400, 3, unpack_all);
	hostile_sweep(p, n, 401, unpack_all);
	hostile_flips(p, n, 100, 18, unpack_all);
	free(p);
}

/* Cut short anywhere, the last member is never whole. */
static void
cut_short(void)
{
	struct packed x;
	struct diag d;
	size_t n;
	uint8_t *p = tap_fixture("cab-mszip.cab", &n);

	free(p);
	for (n--; cab_unpack_can() && n > 40; n -= n / 8 + 1) {
		enum status st = packed_open(&x, "cab-mszip.cab", &d);

		CHECK_ST(st, ST_OK, &d);
		cab_unpack_close(x.u);
		x.u = NULL;
		x.s = slice_of(x.p, n, 0);
		x.src = source_of_slice(&x.s);
		CHECK_ST(cab_unpack_open(&x.src, &x.u, &d), ST_MALFORMED, &d);
		packed_close(&x);
	}
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
		{ "members of a stored cabinet", members_stored },
		{ "members of a packed cabinet", members_packed },
		{ "members of a cabinet in LZX", members_lzx },
		{ "who takes may refuse", who_takes_may_refuse },
		{ "bytes are not read for ever",
		    bytes_are_not_read_for_ever },
		{ "damaged while packed", damaged_while_packed },
		{ "cut short", cut_short },
		{ NULL, NULL },
	};

	return tap_run(cases);
}

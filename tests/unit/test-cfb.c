/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "tap.h"
#include "hostile.h"

#include "base/alloc.h"
#include "formats/cfb.h"

#include <stdlib.h>
#include <string.h>

struct fixture {
	uint8_t		*p;
	struct slice	 s;
	struct cfb	*cfb;
	enum status	 st;
	struct diag	 d;
};

static void
fixture_init(struct fixture *f, const char *name)
{
	size_t n;

	*f = (struct fixture){ 0 };
	f->p = tap_fixture(name, &n);
	f->s = slice_of(f->p, n, 0);
	f->st = cfb_open(source_of_slice(&f->s), &f->cfb, &f->d);
}

static void
fixture_fini(struct fixture *f)
{
	cfb_close(f->cfb);
	free(f->p);
}

/* The writers' "fill N". */
static uint8_t *
filler(size_t n)
{
	uint8_t *p = xcalloc(n, 1);
	uint32_t x = 1;
	size_t i;

	for (i = 0; i < n; i++) {
		x = (x * 1103515245 + 12345) & 0x7fffffff;
		p[i] = i < 4096 ? (uint8_t)(x >> 16) : p[i - 4096];
	}
	return p;
}

/* Does the stream hold exactly the N bytes at WANT, read STEP at a time? */
static void
check_stream(struct fixture *f, const struct cfb_entry *e, const void *want,
    size_t n, size_t step)
{
	uint8_t *got = xcalloc(n, 1);
	struct source src = { 0 };
	size_t at, len;

	CHECK(e != NULL);
	CHECK_ST(cfb_stream(f->cfb, e, &src, &f->d), ST_OK, &f->d);
	CHECK_INT(src.size, n);
	for (at = 0; at < n && src.size == n; at += len) {
		len = n - at < step ? n - at : step;
		CHECK_ST(source_read(&src, at, got + at, len, &f->d), ST_OK,
		    &f->d);
	}
	CHECK(memcmp(got, want, n) == 0);
	free(got);
}

static const struct cfb_entry *
root_child(struct fixture *f, const char *name)
{
	return cfb_find(f->cfb, cfb_root(f->cfb), name);
}

static void
check_tree(const char *name)
{
	static const uint8_t clsid[] = { 0x86, 0x10, 0x0c, 0x00, 0x00, 0x00,
	    0x00, 0x00, 0xc0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46 };
	const struct cfb_entry *t, *deeper;
	uint8_t *fill = filler(20000);
	struct fixture f;

	fixture_init(&f, name);
	CHECK_ST(f.st, ST_OK, &f.d);
	CHECK(memcmp(cfb_root(f.cfb)->clsid, clsid, sizeof(clsid)) == 0);
	t = root_child(&f, "T");
	CHECK(t->kind == CFB_STORAGE && t->clsid[0] == 0x82);
	deeper = cfb_find(f.cfb, t, "deeper");
	CHECK(deeper->kind == CFB_STORAGE && deeper->clsid[0] == 0);
	check_stream(&f, cfb_find(f.cfb, deeper, "leaf"),
	    "found at the bottom", 19, 100);
	check_stream(&f, cfb_find(f.cfb, t, "small"), fill, 1000, 7);
	check_stream(&f, root_child(&f, "below"), fill, 4095, 4095);
	check_stream(&f, root_child(&f, "cutoff"), fill, 4096, 1000);
	check_stream(&f, root_child(&f, "big"), fill, 20000, 20000);
	/* Asked for once more: the sectors are not taken twice. */
	check_stream(&f, root_child(&f, "big"), fill, 20000, 333);
	check_stream(&f, root_child(&f, "empty"), "", 0, 1);
	CHECK(root_child(&f, "Big") == NULL);
	CHECK(root_child(&f, "") == NULL);
	CHECK(root_child(&f, "a name that is longer than 31 units") == NULL);
	CHECK(cfb_find(f.cfb, root_child(&f, "big"), "leaf") == NULL);
	fixture_fini(&f);
	free(fill);
}

static void
version_3(void)
{
	check_tree("cfb-tree.cfb");
}

static void
version_4(void)
{
	check_tree("cfb-tree4.cfb");
}

static void
children_come_in_the_order_of_the_digest(void)
{
	/* By bytes, so \005 is first; not by length, as the file has them. */
	static const char *const want[] = { "\005SummaryInformation", "A",
	    "Aa", "T", "below", "big", "cutoff", "empty" };
	const struct cfb_entry *const *got;
	struct fixture f;
	size_t n, i;

	fixture_init(&f, "cfb-tree.cfb");
	got = cfb_children(f.cfb, cfb_root(f.cfb), &n);
	CHECK_INT(n, sizeof(want) / sizeof(want[0]));
	for (i = 0; i < n; i++) {
		CHECK_STR(got[i]->name, want[i]);
		CHECK_INT(got[i]->raw_len, 2 * strlen(want[i]));
		CHECK_INT(got[i]->raw[0], want[i][0]);
	}
	(void)cfb_children(f.cfb, root_child(&f, "big"), &n);
	CHECK_INT(n, 0);
	fixture_fini(&f);
}

static void
difat_chain(void)
{
	uint8_t *fill = filler(15600000);
	struct fixture f;

	fixture_init(&f, "cfb-difat.cfb");
	CHECK_ST(f.st, ST_OK, &f.d);
	check_stream(&f, root_child(&f, "big"), fill, 15600000, 1 << 20);
	check_stream(&f, root_child(&f, "small"), "behind it", 9, 9);
	fixture_fini(&f);
	free(fill);
}

/* A DIFAT sector that names itself as the next one. */
static void
difat_cycle(void)
{
	struct fixture f;
	struct slice next, from;
	uint32_t first;

	fixture_init(&f, "cfb-difat.cfb");
	cfb_close(f.cfb);
	f.cfb = NULL;
	CHECK(slice_u32le(f.s, 68, &first) && slice_sub(f.s, 68, 4, &from) &&
	    slice_sub(f.s, ((size_t)first + 2) * 512 - 4, 4, &next));
	memcpy(f.p + next.fileoff, from.p, 4);
	CHECK_ST(cfb_open(source_of_slice(&f.s), &f.cfb, &f.d),
	    ST_MALFORMED, &f.d);
	CHECK(strstr(f.d.text, "is used twice") != NULL);
	CHECK_INT(f.d.fileoff, ((uint64_t)first + 1) * 512);
	fixture_fini(&f);
}

static void
damaged_directory(void)
{
	static const struct {
		const char	*name;
		enum status	st;
		const char	*says;
	} rows[] = {
		{ "cfb-cut.cfb", ST_MALFORMED, "is cut short" },
		{ "cfb-cutoff.cfb", ST_MALFORMED, "bad header" },
		{ "cfb-dir-cycle.cfb", ST_MALFORMED, "is used twice" },
		{ "cfb-minifat-cycle.cfb", ST_MALFORMED, "is used twice" },
		{ "cfb-name-len.cfb", ST_MALFORMED, "bad directory entry" },
		{ "cfb-root-child.cfb", ST_MALFORMED, "entry 0 is met twice" },
		{ "cfb-same-name.cfb", ST_MALFORMED, "the name \"one\"" },
		{ "cfb-shared-child.cfb", ST_MALFORMED, "is met twice" },
		{ "cfb-shift.cfb", ST_MALFORMED, "bad header" },
		{ "cfb-sibling-none.cfb", ST_MALFORMED, "does not exist" },
		{ "cfb-sibling-self.cfb", ST_MALFORMED, "is met twice" },
		{ "cfb-type.cfb", ST_MALFORMED, "bad directory entry" },
		{ "cfb-version.cfb", ST_UNSUPPORTED, "version 5" },
	};
	struct fixture f;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		fixture_init(&f, rows[i].name);
		CHECK_ST(f.st, rows[i].st, &f.d);
		CHECK(f.cfb == NULL);
		CHECK_STR(strstr(f.d.text, rows[i].says) != NULL ? "" :
		    f.d.text, "");
		CHECK(f.d.fileoff < f.s.n && f.d.clause != NULL);
		fixture_fini(&f);
	}
}

/* Only the damaged stream is refused, each time for the same reason. */
static void
damaged_streams(void)
{
	static const struct {
		const char	*name, *stream, *says;
	} rows[] = {
		{ "cfb-cycle.cfb", "one", "sector 0x1 is used twice" },
		{ "cfb-early.cfb", "one", "breaks off after 512" },
		{ "cfb-huge.cfb", "one", "breaks off after 5120" },
		{ "cfb-outside.cfb", "one", "sector 0x1000 does not exist" },
		{ "cfb-selfref.cfb", "one", "sector 0x1 is used twice" },
		{ "cfb-takes-fat.cfb", "one", "sector 0x0 is used twice" },
		{ "cfb-mini-cycle.cfb", "small",
		    "mini sector 0x2 is used twice" },
		{ "cfb-mini-outside.cfb", "small",
		    "mini sector 0x1000 does not exist" },
		{ "cfb-overlap.cfb", "two", "sector 0x1 is used twice" },
		{ "cfb-mini-overlap.cfb", "tiny",
		    "mini sector 0x2 is used twice" },
	};
	uint8_t *fill = filler(5000);
	struct source src;
	struct fixture f;
	size_t i;
	int again;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		fixture_init(&f, rows[i].name);
		CHECK_ST(f.st, ST_OK, &f.d);
		if (strcmp(rows[i].stream, "one") != 0)
			check_stream(&f, root_child(&f, "one"), fill, 5000,
			    512);
		if (strcmp(rows[i].stream, "tiny") == 0)
			check_stream(&f, root_child(&f, "small"), fill, 200,
			    64);
		for (again = 0; again < 2; again++) {
			CHECK_ST(cfb_stream(f.cfb, root_child(&f,
			    rows[i].stream), &src, &f.d), ST_MALFORMED,
			    &f.d);
			CHECK_STR(strstr(f.d.text, rows[i].says) != NULL ?
			    "" : f.d.text, "");
			CHECK(f.d.fileoff < f.s.n && f.d.clause != NULL);
		}
		if (strcmp(rows[i].stream, "two") != 0)
			check_stream(&f, root_child(&f, "two"), fill, 5000,
			    5000);
		fixture_fini(&f);
	}
	free(fill);
}

static void
other_files_are_not_compound(void)
{
	uint8_t b[600] = { 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1 };
	struct slice s = slice_of(b, sizeof(b), 0), cut = slice_of(b, 8, 0);
	struct cfb *c = NULL;
	struct diag d;

	CHECK_ST(cfb_open(source_of_slice(&s), &c, &d), ST_UNSUPPORTED, &d);
	/* It begins like one. */
	CHECK_ST(cfb_open(source_of_slice(&cut), &c, &d), ST_MALFORMED, &d);
	cut.n = 7;
	CHECK_ST(cfb_open(source_of_slice(&cut), &c, &d), ST_UNSUPPORTED,
	    &d);
	CHECK(c == NULL);
}

/* Read everything below STORAGE; whatever is read must lie in the file. */
static void
read_all(struct cfb *c, const struct cfb_entry *storage, size_t limit)
{
	const struct cfb_entry *const *e;
	struct source src;
	struct diag d;
	size_t n, i;

	e = cfb_children(c, storage, &n);
	for (i = 0; i < n; i++) {
		uint8_t *p;
		enum status st = cfb_stream(c, e[i], &src, &d);

		if (st == ST_OK) {
			CHECK(src.size <= limit);
			p = xcalloc((size_t)src.size, 1);
			CHECK_ST(source_read(&src, 0, p, (size_t)src.size,
			    &d), ST_OK, &d);
			free(p);
		} else
			CHECK(st == ST_MALFORMED || st == ST_LIMIT);
		if (e[i]->kind == CFB_STORAGE)
			read_all(c, e[i], limit);
	}
}

static void
run_hostile(struct slice s)
{
	struct cfb *c = NULL;
	struct diag d;
	enum status st = cfb_open(source_of_slice(&s), &c, &d);

	if (st == ST_OK)
		read_all(c, cfb_root(c), s.n);
	else
		CHECK(c == NULL && (st == ST_MALFORMED || st == ST_LIMIT ||
		    st == ST_UNSUPPORTED));
	cfb_close(c);
}

static void
damage_ends_clean(void)
{
	struct fixture f;

	fixture_init(&f, "cfb-selfref.cfb");
	hostile_sweep(f.p, f.s.n, 3, run_hostile);
	hostile_flips(f.p, f.s.n, 5000, 2706690, run_hostile);
	fixture_fini(&f);
	fixture_init(&f, "cfb-tree4.cfb");
	hostile_sweep(f.p, f.s.n, 61, run_hostile);
	fixture_fini(&f);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "version 3, sectors scattered", version_3 },
		{ "version 4, sectors scattered", version_4 },
		{ "children come in the order of the digest",
		    children_come_in_the_order_of_the_digest },
		{ "a chain of DIFAT sectors", difat_chain },
		{ "a cycle of DIFAT sectors", difat_cycle },
		{ "damage to the directory is refused", damaged_directory },
		{ "damage to a stream leaves the others", damaged_streams },
		{ "other files are no compound files",
		    other_files_are_not_compound },
		{ "damage ends clean", damage_ends_clean },
		{ NULL, NULL },
	};

	return tap_run(cases);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "hostile.h"
#include "tap.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/slice.h"
#include "base/utf.h"
#include "formats/regf.h"
#include "formats/regf_bins.h"
#include "formats/regf_walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

/* An open fixture. */
struct hive {
	uint8_t		*p;
	struct slice	 s;
	struct regf	*h;
	struct regf_key	 root;
	size_t		 told;		/* pieces of damage */
	struct diag	 d;
};

static void
count_damage(void *ctx, const struct diag *d)
{
	struct hive *f = ctx;

	CHECK(d->text[0] != '\0');
	f->told++;
}

static void
hive_open(struct hive *f, const char *name)
{
	size_t len;

	memset(f, 0, sizeof(*f));
	f->p = tap_fixture(name, &len);
	f->s = slice_of(f->p, len, 0);
	CHECK_ST(regf_open(source_of_slice(&f->s), &f->h, &f->d), ST_OK,
	    &f->d);
	if (f->h == NULL)
		exit(1);
	regf_on_damage(f->h, count_damage, f);
	CHECK_ST(regf_root(f->h, &f->root, &f->d), ST_OK, &f->d);
}

static void
hive_close(struct hive *f)
{
	regf_close(f->h);
	free(f->p);
}

/* The key at PATH; the test ends where there is none. */
static struct regf_key
key_at(struct hive *f, const char *path)
{
	struct regf_key key = { .cell = 0 };

	CHECK_ST(regf_find(f->h, &f->root, path, &key, &f->d), ST_OK, &f->d);
	return key;
}

static void
check_find(struct hive *f, const char *path, enum status want)
{
	struct regf_key key;

	printf("# find %s\n", path);
	CHECK_ST(regf_find(f->h, &f->root, path, &key, &f->d), want, &f->d);
}

static void
check_value(struct hive *f, const struct regf_key *key, const char *name,
    enum status want)
{
	struct regf_value v = { .name = NULL };

	printf("# value %s\n", name);
	CHECK_ST(regf_value_find(f->h, key, name, &v, &f->d), want, &f->d);
	regf_value_fini(&v);
}

/* Names of the subkeys of PATH, each with a '/' behind it. */
static void
check_subkeys(struct hive *f, const char *path, const char *want,
    size_t lost)
{
	struct regf_key key = key_at(f, path), sub;
	struct regf_subkeys it;
	struct buf names;

	buf_init(&names, TEXT_MAX);
	CHECK_ST(regf_subkeys_init(f->h, &key, &it, &f->d), ST_OK, &f->d);
	while (regf_subkeys_next(&it, &sub, &f->d) == ST_OK) {
		buf_puts(&names, sub.name);
		buf_putc(&names, '/');
	}
	CHECK_STR(buf_text(&names), want);
	CHECK_INT(it.lost, lost);
	regf_subkeys_fini(&it);
	buf_fini(&names);
}

/* Walk everything, and reading all data when DATA is set. */
static enum status
read_data(void *ctx, const char *path, const struct regf_value *v,
    struct diag *d)
{
	struct regf *h = ctx;
	struct buf data;
	enum status st;

	(void)path;
	buf_init(&data, REGF_MAX_VALUE_BYTES);
	st = regf_value_data(h, v, &data, d);
	CHECK(st != ST_OK || data.len == v->len);
	buf_fini(&data);
	return st == ST_IO ? st : ST_OK;
}

static void
check_walk(const char *fixture, struct regf_walk_sum want)
{
	struct regf_visitor visitor = { .value = read_data };
	struct regf_walk_sum sum;
	struct hive f;

	printf("# walk %s\n", fixture);
	hive_open(&f, fixture);
	visitor.ctx = f.h;
	CHECK_ST(regf_walk(f.h, &f.root, REGF_MAX_DEPTH, &visitor, &sum,
	    &f.d), ST_OK, &f.d);
	CHECK_INT(sum.keys, want.keys);
	CHECK_INT(sum.values, want.values);
	CHECK_INT(sum.damage, want.damage);
	hive_close(&f);
}

static void
walks_find_everything(void)
{
	check_walk("regf-values.hive", (struct regf_walk_sum){ 7, 19, 0 });
	check_walk("regf-odd.hive", (struct regf_walk_sum){ 5, 1, 0 });
	check_walk("regf-old.hive", (struct regf_walk_sum){ 28, 1, 0 });
	check_walk("regf-lists.hive", (struct regf_walk_sum){ 31, 0, 0 });
	check_walk("regf-big.hive", (struct regf_walk_sum){ 2, 4, 0 });
	check_walk("regf-big-damage.hive", (struct regf_walk_sum){ 2, 6, 0 });
	check_walk("regf-dirty.hive", (struct regf_walk_sum){ 3, 3, 0 });
	check_walk("regf-damage.hive", (struct regf_walk_sum){ 49, 11, 26 });
}

static void
base_block_is_told(void)
{
	const struct regf_info *info;
	struct hive f;

	hive_open(&f, "regf-values.hive");
	info = regf_info(f.h);
	CHECK(info->checksum_ok && !info->dirty);
	CHECK_INT(info->major, 1);
	CHECK_INT(info->minor, 5);
	CHECK_INT(info->root, 32);
	CHECK_INT(info->hbins_len, f.s.n - 4096);
	CHECK_INT(info->written, 1349802000);
	CHECK_STR(f.root.name, "ROOT");
	hive_close(&f);

	hive_open(&f, "regf-dirty.hive");
	info = regf_info(f.h);
	CHECK(!info->checksum_ok && info->dirty);
	CHECK_INT(info->sequence[0], 8);
	CHECK_INT(info->sequence[1], 7);
	CHECK_INT(info->hbins_len, 4096);
	hive_close(&f);
}

static void
put_u32(uint8_t *p, uint32_t v)
{
	size_t i;

	for (i = 0; i < 4; i++)
		p[i] = (uint8_t)(v >> (8 * i));
}

/* Make the checksum of a changed base block right again. */
static void
seal(uint8_t *p)
{
	uint8_t sum[4] = { 0 };
	size_t i;

	for (i = 0; i < 508; i++)
		sum[i % 4] ^= p[i];
	for (i = 0; i < 4; i++)
		p[508 + i] = sum[i];
}

static void
headers_that_are_refused(void)
{
	static const struct {
		const char	*what;
		size_t		 at;
		uint32_t	 value;
		enum status	 sealed, unsealed;
	} rows[] = {
		{ "no hive", 0, 0x66676572 + 1, ST_MALFORMED, ST_MALFORMED },
		{ "log 1", 28, 1, ST_UNSUPPORTED, ST_UNSUPPORTED },
		{ "log 2", 28, 2, ST_UNSUPPORTED, ST_UNSUPPORTED },
		{ "new log", 28, 6, ST_UNSUPPORTED, ST_UNSUPPORTED },
		/* Numbers that no checksum vouches for do not count. */
		{ "type 9", 28, 9, ST_UNSUPPORTED, ST_OK },
		{ "version 2.5", 20, 2, ST_UNSUPPORTED, ST_OK },
		{ "version 1.2", 24, 2, ST_UNSUPPORTED, ST_OK },
		{ "version 1.3", 24, 3, ST_OK, ST_OK },
		{ "version 1.6", 24, 6, ST_OK, ST_OK },
		{ "version 1.7", 24, 7, ST_UNSUPPORTED, ST_OK },
		{ "root missing", 36, 0xffffffff, ST_MALFORMED, ST_MALFORMED },
		{ "root outside", 36, 0xfffffff8, ST_MALFORMED, ST_MALFORMED },
		{ "root no key", 36, 0x28, ST_MALFORMED, ST_MALFORMED },
	};
	uint8_t *good, *p;
	struct slice s;
	size_t len, i;

	good = tap_fixture("regf-values.hive", &len);
	p = tap_fixture("regf-values.hive", &len);
	s = slice_of(p, len, 0);
	for (i = 0; i < COUNT(rows); i++) {
		struct regf *h = NULL;
		struct diag d = { .text = "" };

		printf("# %s\n", rows[i].what);
		memcpy(p, good, len);
		put_u32(p + rows[i].at, rows[i].value);
		CHECK_ST(regf_open(source_of_slice(&s), &h, &d),
		    rows[i].unsealed, &d);
		regf_close(h);
		h = NULL;
		seal(p);
		CHECK_ST(regf_open(source_of_slice(&s), &h, &d),
		    rows[i].sealed, &d);
		regf_close(h);
	}
	free(good);
	free(p);
}

/* The checksum is never 0 or -1: 1 and -2 stand for them. */
static void
checksum_has_two_exceptions(void)
{
	static const uint32_t sums[][2] = { { 0, 1 }, { 0xffffffff,
	    0xfffffffe } };
	struct diag d = { .text = "" };
	struct slice s;
	uint8_t *p;
	size_t len, i, k;

	p = tap_fixture("regf-values.hive", &len);
	s = slice_of(p, len, 0);
	for (i = 0; i < COUNT(sums); i++) {
		struct regf *h = NULL;

		/* 504 is reserved: use it to choose the sum. */
		put_u32(p + 504, 0);
		seal(p);
		for (k = 0; k < 4; k++)
			p[504 + k] = p[508 + k] ^
			    (uint8_t)(sums[i][0] >> (8 * k));
		put_u32(p + 508, sums[i][1]);
		CHECK_ST(regf_open(source_of_slice(&s), &h, &d), ST_OK, &d);
		CHECK(regf_info(h)->checksum_ok);
		regf_close(h);
	}
	free(p);
}

static void
values_of_every_type(void)
{
	static const struct {
		const char	*name, *type;
		size_t		 len;
		const char	*data;
	} rows[] = {
		{ "", "REG_SZ", 16, "d\0e\0f\0a\0u\0l\0t\0\0" },
		{ "none", "REG_NONE", 0, "" },
		{ "EXPAND2", "REG_EXPAND_SZ", 6, "%\0a\0\0" },
		{ "binary", "REG_BINARY", 5, "\1\2\3\4\5" },
		{ "Binary3", "REG_BINARY", 3, "\1\2\3" },
		{ "dword", "REG_DWORD", 4, "\n\0\0" },
		{ "dword_be", "REG_DWORD_BIG_ENDIAN", 4, "\0\0\0\n" },
		{ "link", "REG_LINK", 4, "\\\0a" },
		{ "multi", "REG_MULTI_SZ", 20,
		    "o\0n\0e\0\0\0t\0w\0o\0\0\0\0\0\0" },
		{ "qword", "REG_QWORD", 8, "\x88\x77\x66\x55\x44\x33\x22\x11" },
		{ "odd type", NULL, 5, "\xaa\xbb\xcc\xdd\xee" },
		{ "empty", "REG_BINARY", 0, "" },
	};
	struct regf_key key;
	struct hive f;
	size_t i;

	hive_open(&f, "regf-values.hive");
	key = key_at(&f, "Types");
	CHECK_INT(key.written, 1345195800);
	for (i = 0; i < COUNT(rows); i++) {
		struct regf_value v = { .name = NULL };
		const char *type;
		struct buf data;

		printf("# value %s\n", rows[i].name);
		buf_init(&data, 64);
		CHECK_ST(regf_value_find(f.h, &key, rows[i].name, &v, &f.d),
		    ST_OK, &f.d);
		CHECK_ST(regf_value_data(f.h, &v, &data, &f.d), ST_OK, &f.d);
		type = regf_type_name(v.type);
		CHECK(rows[i].type == NULL ? type == NULL :
		    strcmp(type, rows[i].type) == 0);
		CHECK(slice_equal(buf_slice(&data),
		    slice_of(rows[i].data, rows[i].len, 0)));
		buf_fini(&data);
		regf_value_fini(&v);
	}
	check_value(&f, &key, NULL, ST_OK);
	check_value(&f, &key, "absent", ST_ABSENT);
	CHECK(regf_type_name(12) == NULL);
	hive_close(&f);
}

static void
names_in_every_encoding(void)
{
	struct regf_key key;
	struct hive f;

	hive_open(&f, "regf-values.hive");
	check_subkeys(&f, "names", "Größe/Wide/Ωμέγα/", 0);
	check_find(&f, "NAMES\\GRÖßE", ST_OK);
	check_find(&f, "names\\ωΜΈγα", ST_OK);
	check_find(&f, "names\\WIDE", ST_OK);
	key = key_at(&f, "Names");
	check_value(&f, &key, "grÖßE", ST_OK);
	check_value(&f, &key, "ΩΜέγα", ST_OK);
	check_value(&f, &key, "PILE \xf0\x9f\x98\x80", ST_OK);
	check_value(&f, &key, "pile \xf0\x9f\x98\x81", ST_ABSENT);
	key = key_at(&f, "Names\\wide");
	check_value(&f, &key, "wide", ST_OK);
	check_value(&f, &key, "wid", ST_ABSENT);
	check_value(&f, &key, "wider", ST_ABSENT);
	hive_close(&f);
}

/* A NUL inside a name hides nothing and ends nothing. */
static void
names_with_a_nul(void)
{
	struct regf_key key;
	struct hive f;

	hive_open(&f, "regf-odd.hive");
	check_subkeys(&f, "Names", "NUL\xef\xbf\xbdtail/"
	    "WUL\xef\xbf\xbdtail/", 0);
	check_find(&f, "Names\\NUL", ST_ABSENT);
	check_find(&f, "Names\\WUL", ST_ABSENT);
	key = key_at(&f, "Names");
	check_value(&f, &key, "val", ST_ABSENT);
	hive_close(&f);
}

/* The value fields of a predefined key are a handle. */
static void
predefined_keys_have_no_values(void)
{
	struct regf_key key;
	struct hive f;

	hive_open(&f, "regf-odd.hive");
	key = key_at(&f, "Predefined");
	CHECK_INT(key.value_count, 0);
	check_value(&f, &key, "any", ST_ABSENT);
	CHECK_INT(f.told, 0);
	hive_close(&f);
}

static void
paths_are_forgiving(void)
{
	struct regf_key key;
	struct hive f;

	hive_open(&f, "regf-values.hive");
	CHECK_INT(key_at(&f, "").cell, f.root.cell);
	CHECK_INT(key_at(&f, "\\\\").cell, f.root.cell);
	key = key_at(&f, "Names\\Wide");
	CHECK_INT(key_at(&f, "\\names\\\\WIDE\\").cell, key.cell);
	check_find(&f, "Names\\Wide\\deeper", ST_ABSENT);
	check_find(&f, "Nam", ST_ABSENT);
	check_find(&f, "Names2", ST_ABSENT);
	CHECK_INT(f.told, 0);
	hive_close(&f);
}

static void
lists_of_every_kind(void)
{
	struct hive f;

	hive_open(&f, "regf-old.hive");
	check_subkeys(&f, "Plain", "Alpha/beta/gamma/", 0);
	check_subkeys(&f, "Fast", "a/Größe/KB2756485/kb2756496/Ωμέγα/", 0);
	check_subkeys(&f, "Split", "k000000/k000001/k000002/k000003/k000004/"
	    "k000005/k000006/", 0);
	check_subkeys(&f, "Split fast", "k000000/k000001/k000002/k000003/"
	    "k000004/k000005/k000006/", 0);
	check_find(&f, "Fast\\kb2756485", ST_OK);
	check_find(&f, "Fast\\KB2756486", ST_ABSENT);
	check_find(&f, "Fast\\A", ST_OK);
	hive_close(&f);

	hive_open(&f, "regf-lists.hive");
	check_subkeys(&f, "Split", "k000000/k000001/k000002/k000003/k000004/",
	    0);
	check_subkeys(&f, "Mixed", "k000000/k000001/k000002/k000003/", 0);
	check_subkeys(&f, "Unsorted", "zz/mm/aa/kk/", 0);
	check_subkeys(&f, "Stale", "", 0);
	CHECK_INT(f.told, 0);
	hive_close(&f);
}

/* A visitor: the key at PATH is found by PATH, in any letter case. */
static enum status
find_again(void *ctx, const char *path, const struct regf_key *key,
    struct diag *d)
{
	struct hive *f = ctx;
	struct regf_key found = { .cell = 0 };
	char *upper = utf_fold_dup(path);

	CHECK_ST(regf_find(f->h, &f->root, path, &found, d), ST_OK, d);
	CHECK_INT(found.cell, key->cell);
	CHECK_ST(regf_find(f->h, &f->root, upper, &found, d), ST_OK, d);
	CHECK_INT(found.cell, key->cell);
	free(upper);
	return ST_OK;
}

/* Wrong hashes, wrong letters and wrong order included. */
static void
what_is_walked_is_found(void)
{
	static const char *const fixtures[] = { "regf-old.hive",
	    "regf-lists.hive", "regf-big.hive", "regf-dirty.hive" };
	struct regf_visitor visitor = { .key = find_again };
	struct hive f;
	size_t i;

	for (i = 0; i < COUNT(fixtures); i++) {
		hive_open(&f, fixtures[i]);
		visitor.ctx = &f;
		CHECK_ST(regf_walk(f.h, &f.root, REGF_MAX_DEPTH, &visitor,
		    NULL, &f.d), ST_OK, &f.d);
		hive_close(&f);
	}
}

static void
check_fill(struct hive *f, const struct regf_key *key, const char *name,
    size_t len, uint8_t byte, enum status want)
{
	struct regf_value v = { .name = NULL };
	struct buf data;
	size_t i;

	printf("# %s\n", name);
	buf_init(&data, REGF_MAX_VALUE_BYTES);
	CHECK_ST(regf_value_find(f->h, key, name, &v, &f->d), ST_OK, &f->d);
	CHECK_ST(regf_value_data(f->h, &v, &data, &f->d), want, &f->d);
	if (want == ST_OK) {
		CHECK_INT(data.len, len);
		for (i = 0; i < data.len && data.p[i] == byte; i++)
			continue;
		CHECK_INT(i, len);
	}
	regf_value_fini(&v);
	buf_fini(&data);
}

static void
big_data_is_put_together(void)
{
	struct regf_key key;
	struct hive f;

	hive_open(&f, "regf-big.hive");
	key = key_at(&f, "Good");
	check_fill(&f, &key, "16344", 16344, 1, ST_OK);
	check_fill(&f, &key, "16345", 16345, 2, ST_OK);
	check_fill(&f, &key, "32688", 32688, 3, ST_OK);
	check_fill(&f, &key, "40000", 40000, 4, ST_OK);
	hive_close(&f);

	hive_open(&f, "regf-big-damage.hive");
	key = key_at(&f, "Bad");
	check_fill(&f, &key, "not-db", 0, 0, ST_MALFORMED);
	check_fill(&f, &key, "no-list", 0, 0, ST_MALFORMED);
	check_fill(&f, &key, "few", 0, 0, ST_MALFORMED);
	check_fill(&f, &key, "short-list", 0, 0, ST_MALFORMED);
	check_fill(&f, &key, "lost-segment", 0, 0, ST_MALFORMED);
	check_fill(&f, &key, "good", 20000, 10, ST_OK);
	hive_close(&f);

	/* Before 1.4 there is no big data: one cell holds it all. */
	hive_open(&f, "regf-old.hive");
	key = key_at(&f, "Long");
	check_fill(&f, &key, "long", 20000, 0xab, ST_OK);
	hive_close(&f);
}

/* Data beyond the caller's own maximum. */
static void
wanted_data_is_bounded(void)
{
	static const char *const names[] = { "sz", "dword" };
	struct regf_key key;
	struct hive f;
	size_t i;

	hive_open(&f, "regf-values.hive");
	key = key_at(&f, "Types");
	for (i = 0; i < COUNT(names); i++) {
		struct regf_value v;
		struct buf data;

		buf_init(&data, 3);
		CHECK_ST(regf_value_find(f.h, &key, names[i], &v, &f.d),
		    ST_OK, &f.d);
		CHECK_ST(regf_value_data(f.h, &v, &data, &f.d), ST_LIMIT,
		    &f.d);
		regf_value_fini(&v);
		buf_fini(&data);
	}
	hive_close(&f);
}

static void
damaged_values(void)
{
	static const struct {
		const char	*key;
		bool		 good;	/* the value "good" is readable */
		enum status	 bad;	/* finding the value "bad" */
	} rows[] = {
		{ "list outside", false, ST_MALFORMED },
		{ "list missing", false, ST_MALFORMED },
		{ "list free", false, ST_MALFORMED },
		{ "list short", true, ST_MALFORMED },
		{ "no vk", true, ST_MALFORMED },
		{ "vk unaligned", true, ST_MALFORMED },
		{ "vk cut", true, ST_MALFORMED },
		{ "name too long", true, ST_MALFORMED },
		{ "inline too long", true, ST_MALFORMED },
	};
	static const struct {
		const char	*key;
		enum status	 st;
	} data[] = {
		{ "data outside", ST_MALFORMED },
		{ "data free", ST_MALFORMED },
		{ "data too long", ST_MALFORMED },
		{ "data huge", ST_LIMIT },
	};
	struct regf_key all, key = { .cell = 0 };
	struct hive f;
	size_t i;

	hive_open(&f, "regf-damage.hive");
	all = key_at(&f, "Values");
	for (i = 0; i < COUNT(rows); i++) {
		printf("# %s\n", rows[i].key);
		CHECK_ST(regf_find(f.h, &all, rows[i].key, &key, &f.d), ST_OK,
		    &f.d);
		f.told = 0;
		check_value(&f, &key, "bad", rows[i].bad);
		CHECK_INT(f.told, 1);
		check_value(&f, &key, "good", rows[i].good ? ST_OK :
		    ST_MALFORMED);
	}
	for (i = 0; i < COUNT(data); i++) {
		CHECK_ST(regf_find(f.h, &all, data[i].key, &key, &f.d), ST_OK,
		    &f.d);
		check_fill(&f, &key, "bad", 0, 0, data[i].st);
	}
	hive_close(&f);
}

static void
damaged_keys(void)
{
	static const char *const rows[] = { "no nk", "free", "size zero",
	    "size most", "size odd", "too small", "name cut", "name endless",
	    "no hint" };
	char path[256];
	struct hive f;
	size_t i;

	hive_open(&f, "regf-damage.hive");
	for (i = 0; i < COUNT(rows); i++) {
		snprintf(path, sizeof(path), "Keys\\%s", rows[i]);
		check_subkeys(&f, path, "good/", 1);
		snprintf(path, sizeof(path), "Keys\\%s\\good", rows[i]);
		check_find(&f, path, ST_OK);
		snprintf(path, sizeof(path), "Keys\\%s\\bad", rows[i]);
		check_find(&f, path, ST_MALFORMED);
		/* A hash tells that the bad key is not this one. */
		snprintf(path, sizeof(path), "Keys\\%s\\other", rows[i]);
		check_find(&f, path, strcmp(rows[i], "no hint") == 0 ?
		    ST_MALFORMED : ST_ABSENT);
	}
	hive_close(&f);
}

static void
damaged_lists(void)
{
	static const struct {
		const char	*key, *subkeys;
	} rows[] = {
		{ "outside", "" },
		{ "missing", "" },
		{ "no list", "" },
		{ "count too high", "" },
		{ "count too low", "a/" },
		{ "leaf lost", "b/" },
		{ "root in root", "b/" },
		{ "root too long", "a/b/" },
	};
	char path[256];
	struct hive f;
	size_t i;

	hive_open(&f, "regf-damage.hive");
	for (i = 0; i < COUNT(rows); i++) {
		snprintf(path, sizeof(path), "Lists\\%s", rows[i].key);
		f.told = 0;
		check_subkeys(&f, path, rows[i].subkeys, 1);
		CHECK_INT(f.told, 1);
		snprintf(path, sizeof(path), "Lists\\%s\\lost", rows[i].key);
		check_find(&f, path, ST_MALFORMED);
	}
	check_find(&f, "Whole", ST_OK);
	hive_close(&f);
}

static void
loops_end(void)
{
	struct hive f;

	/* 20 levels of two ways: 3 keys a level, not 2^20 paths. */
	check_walk("regf-loops.hive", (struct regf_walk_sum){ 91, 1, 42 });
	check_walk("regf-deep.hive",
	    (struct regf_walk_sum){ REGF_MAX_DEPTH + 1, 0, 1 });
	/* 8 value lists of 500 fit into the file's 4096 entries, 20 do not. */
	check_walk("regf-overlap.hive", (struct regf_walk_sum){ 61, 4000, 1 });

	hive_open(&f, "regf-loops.hive");
	check_find(&f, "Loop\\inner\\inner\\inner", ST_OK);
	hive_close(&f);
}

/*
 * A thousand keys below each of themselves: as much is shown again as fits into
 * the file (26624 entries), all of them at least once, and all else.
 */
static void
tangles_take_nothing_from_others(void)
{
	struct regf_walk_sum sum;
	struct hive f;

	hive_open(&f, "regf-tangle.hive");
	CHECK_ST(regf_walk(f.h, &f.root, REGF_MAX_DEPTH,
	    &(struct regf_visitor){ .key = NULL }, &sum, &f.d), ST_OK, &f.d);
	CHECK(sum.keys > 1000 && sum.keys < f.s.n / 2);
	CHECK(sum.damage > 1000 && sum.damage < f.s.n / 2);
	CHECK_INT(sum.values, 1);
	hive_close(&f);
}

/* What is wrong with a bin is told where it is met, and what lies in it is
 * unread: not read, and not said to be absent. */
static void
damaged_bins_are_isolated(void)
{
	static const char *const bad[] = { "Behind", "Elsewhere", "Length",
	    "Place", "Reaching" };
	static const struct {
		const char	*key, *subkeys;
		size_t		 told;
	} good[] = { { "Bare", "inner/", 1 }, { "Other", "", 0 },
	    { "Whole", "inner/", 0 } };
	struct regf_key key;
	char path[64];
	struct hive f;
	size_t i;

	hive_open(&f, "regf-bins.hive");
	for (i = 0; i < COUNT(bad); i++) {
		f.told = 0;
		key = key_at(&f, bad[i]);
		CHECK_INT(f.told, 0);
		check_value(&f, &key, "value", ST_MALFORMED);
		CHECK_INT(f.told, 2);	/* the bin, the list */
		check_value(&f, &key, "none", ST_MALFORMED);
		CHECK_INT(f.told, 3);
		check_subkeys(&f, bad[i], "", 1);
		snprintf(path, sizeof(path), "%s\\inner", bad[i]);
		check_find(&f, path, ST_MALFORMED);
		snprintf(path, sizeof(path), "%s\\none", bad[i]);
		check_find(&f, path, ST_MALFORMED);
	}
	for (i = 0; i < COUNT(good); i++) {
		f.told = 0;
		key = key_at(&f, good[i].key);
		check_fill(&f, &key, "value", 3700, 0, ST_OK);
		check_subkeys(&f, good[i].key, good[i].subkeys, 0);
		CHECK_INT(f.told, good[i].told);
	}
	hive_close(&f);
	/* 6 bins, and two lists in each of 5. */
	check_walk("regf-bins.hive", (struct regf_walk_sum){ 12, 4, 16 });
}

/* Who reads one value pays for no bin but those that it passes. */
static void
bins_are_looked_at_when_met(void)
{
	struct regf_walk_sum sum;
	struct regf_visitor blind = { .key = NULL };
	struct regf_key key;
	struct hive f;

	hive_open(&f, "regf-bins.hive");
	key = key_at(&f, "Whole");
	check_value(&f, &key, "value", ST_OK);
	CHECK_ST(regf_walk(f.h, &key, REGF_MAX_DEPTH, &blind, &sum, &f.d),
	    ST_OK, &f.d);
	CHECK_INT(sum.damage, 0);
	CHECK_ST(regf_check_bins(f.h, &f.d), ST_OK, &f.d);
	CHECK_INT(f.told, 6);
	CHECK_ST(regf_check_bins(f.h, &f.d), ST_OK, &f.d);
	CHECK_INT(f.told, 6);
	hive_close(&f);
	/* What was met while nobody listened is told to the first who does. */
	hive_open(&f, "regf-bins.hive");
	regf_on_damage(f.h, NULL, NULL);
	key = key_at(&f, "Bare");
	check_value(&f, &key, "value", ST_OK);
	CHECK_INT(f.told, 0);
	regf_on_damage(f.h, count_damage, &f);
	CHECK_INT(f.told, 1);
	hive_close(&f);
}

static void
cut_bins_are_read(void)
{
	struct regf_key key;
	struct hive f;

	check_walk("regf-cut.hive", (struct regf_walk_sum){ 4, 1, 3 });
	hive_open(&f, "regf-cut.hive");
	key = key_at(&f, "First");
	check_value(&f, &key, "value", ST_OK);
	key = key_at(&f, "Second");
	check_value(&f, &key, "value", ST_MALFORMED);
	hive_close(&f);
}

/* Data may look like a bin, whichever cell is read first. */
static void
data_is_no_bin(void)
{
	static const char *const keys[] = { "Data", "Short" };
	struct regf_key key;
	struct hive f;
	size_t i;

	check_walk("regf-binlike.hive", (struct regf_walk_sum){ 5, 2, 0 });
	for (i = 0; i < COUNT(keys); i++) {
		hive_open(&f, "regf-binlike.hive");
		check_subkeys(&f, keys[i], "inner/", 0);
		key = key_at(&f, keys[i]);
		check_value(&f, &key, "value", ST_OK);
		CHECK_INT(f.told, 0);
		hive_close(&f);
	}
}

/* The bytes of FIXTURE with those at AT, a number, another one. */
static void
open_changed(struct hive *f, const char *fixture, size_t at, uint32_t number)
{
	size_t len, i;

	memset(f, 0, sizeof(*f));
	f->p = tap_fixture(fixture, &len);
	f->s = slice_of(f->p, len, 0);
	for (i = 0; i < 4; i++)
		f->p[at + i] = (uint8_t)(number >> (8 * i));
	seal(f->p);
	CHECK_ST(regf_open(source_of_slice(&f->s), &f->h, &f->d), ST_OK,
	    &f->d);
	regf_on_damage(f->h, count_damage, f);
	CHECK_ST(regf_root(f->h, &f->root, &f->d), ST_OK, &f->d);
}

/* Where the hive ends, and where a bin ends, a cell has to end. */
static void
cells_stay_in_their_bins(void)
{
	struct regf_key key;
	struct hive f;

	/* The header ends the hive before the last bin. */
	open_changed(&f, "regf-bins.hive", 40, 0x9000);
	key = key_at(&f, "Whole");
	check_value(&f, &key, "value", ST_MALFORMED);
	check_find(&f, "Whole\\inner", ST_MALFORMED);
	CHECK_INT(f.told, 2);
	hive_close(&f);
	/* A bin of one page, where its cells say three. */
	open_changed(&f, "regf-binlike.hive", 0x5000 + 8, 0x1000);
	check_find(&f, "Short\\inner", ST_MALFORMED);
	key = key_at(&f, "Short");
	check_value(&f, &key, "value", ST_MALFORMED);
	check_find(&f, "Data\\inner", ST_OK);
	hive_close(&f);
}

static void
limits_stop_one_key(void)
{
	struct regf_subkeys subkeys;
	struct regf_values values;
	struct regf_key key;
	struct hive f;

	check_walk("regf-limits.hive", (struct regf_walk_sum){ 4, 1, 2 });
	hive_open(&f, "regf-limits.hive");
	key = key_at(&f, "Subkeys");
	CHECK_ST(regf_subkeys_init(f.h, &key, &subkeys, &f.d), ST_LIMIT,
	    &f.d);
	check_find(&f, "Subkeys\\k000001", ST_LIMIT);
	key = key_at(&f, "Values");
	CHECK_ST(regf_values_init(f.h, &key, &values, &f.d), ST_LIMIT, &f.d);
	check_value(&f, &key, "value", ST_LIMIT);
	check_find(&f, "Whole", ST_OK);
	hive_close(&f);
}

/* A visitor that stops at the third key. */
static enum status
stop_at_third(void *ctx, const char *path, const struct regf_key *key,
    struct diag *d)
{
	unsigned *seen = ctx;

	(void)path, (void)key;
	return ++*seen < 3 ? ST_OK : diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL,
	    "enough");
}

static void
visitors_decide(void)
{
	struct regf_visitor visitor = { .key = stop_at_third };
	struct regf_visitor blind = { .key = NULL };
	struct regf_walk_sum sum;
	unsigned seen = 0;
	struct regf_key key;
	struct hive f;

	hive_open(&f, "regf-damage.hive");
	visitor.ctx = &seen;
	CHECK_ST(regf_walk(f.h, &f.root, REGF_MAX_DEPTH, &visitor, &sum,
	    &f.d), ST_LIMIT, &f.d);
	CHECK_STR(f.d.text, "enough");
	CHECK_INT(sum.keys, 3);
	CHECK_ST(regf_walk(f.h, &f.root, 1, &blind, &sum, &f.d), ST_OK,
	    &f.d);
	CHECK_INT(sum.keys, 5);
	key = key_at(&f, "Values\\no vk");
	CHECK_ST(regf_walk(f.h, &key, 0, &blind, &sum, &f.d), ST_OK, &f.d);
	CHECK_INT(sum.keys, 1);
	CHECK_INT(sum.damage, 1);
	/* What the walk met is the visitor's; now the hive tells us again. */
	CHECK_INT(f.told, 0);
	check_value(&f, &key, "bad", ST_MALFORMED);
	CHECK_INT(f.told, 1);
	hive_close(&f);
}

/* A visitor that reads every value fifty times. */
static enum status
read_greedily(void *ctx, const char *path, const struct regf_value *v,
    struct diag *d)
{
	struct regf *h = ctx;
	enum status st = ST_OK;
	struct buf data;
	unsigned i;

	(void)path;
	for (i = 0; i < 50 && st == ST_OK; i++) {
		buf_init(&data, REGF_MAX_VALUE_BYTES);
		st = regf_value_data(h, v, &data, d);
		buf_fini(&data);
	}
	return st == ST_LIMIT ? st : ST_OK;
}

/* Values that share their data must not make a walk read it for ever. */
static void
data_of_a_walk_is_bounded(void)
{
	struct regf_visitor visitor = { .value = read_greedily };
	struct regf_key key;
	struct hive f;

	hive_open(&f, "regf-big.hive");
	visitor.ctx = f.h;
	CHECK_ST(regf_walk(f.h, &f.root, REGF_MAX_DEPTH, &visitor, NULL,
	    &f.d), ST_LIMIT, &f.d);
	/* Outside a walk nobody counts. */
	key = key_at(&f, "Good");
	check_fill(&f, &key, "40000", 40000, 4, ST_OK);
	hive_close(&f);
}

/* A source that fails after a number of reads. */
struct failing {
	struct slice	s;
	size_t		reads_left;
};

static enum status
failing_read(void *ctx, uint64_t off, void *p, size_t len, struct diag *d)
{
	struct failing *src = ctx;
	struct slice part;

	if (src->reads_left == 0)
		return diag_set(d, ST_IO, off, NULL, "the disk is broken");
	src->reads_left--;
	CHECK(slice_sub(src->s, (size_t)off, len, &part));
	memcpy(p, part.p, len);
	return ST_OK;
}

/* One after the other: not a read for each page. One value takes no more than
 * the blocks on the way to it. */
static void
reads_are_few(void)
{
	struct failing counting = { .reads_left = 1000 };
	struct source src = { failing_read, &counting, 0 };
	struct regf_key root, key;
	struct regf *h = NULL;
	struct diag d = { .text = "" };
	size_t len, before;
	uint8_t *p = tap_fixture("regf-big.hive", &len);

	src.size = len;
	counting.s = slice_of(p, len, 0);
	CHECK_ST(regf_open(src, &h, &d), ST_OK, &d);
	CHECK_ST(regf_root(h, &root, &d), ST_OK, &d);
	CHECK_ST(regf_find(h, &root, "Good", &key, &d), ST_OK, &d);
	CHECK(counting.reads_left >= 1000 - 3);
	before = counting.reads_left;
	CHECK_ST(regf_check_bins(h, &d), ST_OK, &d);
	CHECK(counting.reads_left < before);
	CHECK(before - counting.reads_left <= len / (64 * 1024) + 1);
	CHECK(len / 4096 > 30);
	regf_close(h);
	free(p);
}

static void
read_errors_are_no_damage(void)
{
	struct regf_visitor visitor = { .value = read_data };
	struct failing failing;
	struct source src = { failing_read, &failing, 0 };
	enum status st = ST_IO;
	struct diag d;
	size_t len, reads;
	uint8_t *p = tap_fixture("regf-big.hive", &len);

	src.size = len;
	for (reads = 0; st == ST_IO; reads++) {
		struct regf_walk_sum sum = { .damage = 0 };
		struct regf_key root;
		struct regf *h = NULL;

		failing = (struct failing){ slice_of(p, len, 0), reads };
		st = regf_open(src, &h, &d);
		if (st == ST_OK)
			st = regf_root(h, &root, &d);
		visitor.ctx = h;
		if (st == ST_OK)
			st = regf_walk(h, &root, REGF_MAX_DEPTH, &visitor,
			    &sum, &d);
		CHECK_INT(sum.damage, 0);
		regf_close(h);
	}
	CHECK_ST(st, ST_OK, &d);
	CHECK(reads > 5);
	free(p);
}

/* Anything may come out of a damaged hive, but it comes out. */
static void
read_all(struct slice s)
{
	struct regf_visitor visitor = { .value = read_data };
	struct regf_key root, key;
	struct regf_walk_sum sum;
	struct regf_value v;
	struct regf *h;
	struct diag d;

	if (regf_open(source_of_slice(&s), &h, &d) != ST_OK)
		return;
	visitor.ctx = h;
	if (regf_root(h, &root, &d) == ST_OK) {
		/* First bin by bin, as they are met; then all at once. */
		CHECK_ST(regf_walk(h, &root, REGF_MAX_DEPTH - 1, &visitor,
		    &sum, &d), ST_OK, &d);
		CHECK_ST(regf_walk(h, &root, REGF_MAX_DEPTH, &visitor, &sum,
		    &d), ST_OK, &d);
		if (regf_find(h, &root, "Names\\Wide", &key, &d) == ST_OK &&
		    regf_value_find(h, &key, "wide", &v, &d) == ST_OK)
			regf_value_fini(&v);
	}
	regf_close(h);
}

/* The small ones at every byte, the long ones at some. */
static void
hostile_hives(void)
{
	static const char *const fixtures[] = { "regf-values.hive",
	    "regf-lists.hive", "regf-damage.hive", "regf-loops.hive",
	    "regf-overlap.hive", "regf-old.hive", "regf-odd.hive",
	    "regf-big.hive", "regf-big-damage.hive", "regf-dirty.hive",
	    "regf-bins.hive", "regf-binlike.hive" };
	size_t i, len;

	for (i = 0; i < COUNT(fixtures); i++) {
		uint8_t *p = tap_fixture(fixtures[i], &len);

		printf("# %s\n", fixtures[i]);
		hostile_sweep(p, len, (len <= 8192 ? 1 : len / 1024 | 1) *
		    hostile_one_in(), read_all);
		hostile_flips(p, len, 500 / (unsigned)hostile_one_in(),
		    2749655, read_all);
		free(p);
	}
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "walks find everything", walks_find_everything },
		{ "the base block is told", base_block_is_told },
		{ "headers that are refused", headers_that_are_refused },
		{ "the checksum has two exceptions",
		    checksum_has_two_exceptions },
		{ "values of every type", values_of_every_type },
		{ "names in every encoding", names_in_every_encoding },
		{ "names with a NUL", names_with_a_nul },
		{ "predefined keys have no values",
		    predefined_keys_have_no_values },
		{ "paths are forgiving", paths_are_forgiving },
		{ "lists of every kind", lists_of_every_kind },
		{ "what is walked is found", what_is_walked_is_found },
		{ "big data is put together", big_data_is_put_together },
		{ "wanted data is bounded", wanted_data_is_bounded },
		{ "damaged values", damaged_values },
		{ "damaged keys", damaged_keys },
		{ "damaged lists", damaged_lists },
		{ "loops end", loops_end },
		{ "tangles take nothing from others",
		    tangles_take_nothing_from_others },
		{ "damaged bins are isolated", damaged_bins_are_isolated },
		{ "bins are looked at when met", bins_are_looked_at_when_met },
		{ "cut bins are read", cut_bins_are_read },
		{ "data is no bin", data_is_no_bin },
		{ "cells stay in their bins", cells_stay_in_their_bins },
		{ "limits stop one key", limits_stop_one_key },
		{ "visitors decide", visitors_decide },
		{ "the data of a walk is bounded", data_of_a_walk_is_bounded },
		{ "reads are few", reads_are_few },
		{ "read errors are no damage", read_errors_are_no_damage },
		{ "hostile hives", hostile_hives },
		{ NULL, NULL },
	};

	return tap_run(cases);
}

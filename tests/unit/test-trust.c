/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "tap.h"

#include "authenticode.h"
#include "base/instant.h"
#include "base/limits.h"
#include "hostile.h"
#include "trust/authenticode.h"
#include "trust/cache.h"
#include "trust/cert.h"
#include "trust/collect.h"
#include "trust/crypto.h"
#include "trust/der.h"
#include "trust/digest.h"
#include "trust/judge.h"
#include "trust/pkcs7.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BYTES(literal)	slice_of((literal), sizeof(literal) - 1, 0)

/* --------------------------------------------------------------- DER */

static void
der_lengths(void)
{
	static const struct {
		const char	*bytes;
		size_t		 len;
		bool		 good;
		size_t		 body;
	} rows[] = {
		{ "\x04\x00", 2, true, 0 },
		{ "\x04\x02hi", 4, true, 2 },
		{ "\x04\x81\x02hi", 5, true, 2 },	/* more than needed */
		{ "\x04\x84\x00\x00\x00\x02hi", 8, true, 2 },
		{ "\x04", 1, false, 0 },
		{ "\x04\x03hi", 4, false, 0 },		/* sticks out */
		{ "\x04\x81", 2, false, 0 },
		{ "\x30\x80\x00\x00", 4, false, 0 },	/* indefinite */
		{ "\x04\x85\x00\x00\x00\x00\x00", 7, false, 0 },
		{ "\x04\x84\xff\xff\xff\xff", 6, false, 0 },
		{ "\x1f\x01\x00", 3, false, 0 },	/* long tag */
	};
	struct cursor c;
	struct der e;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		c = cursor_of(slice_of(rows[i].bytes, rows[i].len, 100));
		CHECK_INT(der_next(&c, &e), rows[i].good);
		if (rows[i].good)
			CHECK_INT(e.body.n, rows[i].body);
		CHECK_INT(der_done(&c), rows[i].good);
		CHECK_INT(cursor_fileoff(&c), 100 + (rows[i].good ?
		    rows[i].len : 0));
	}
}

static void
der_wrong_tag_stays(void)
{
	struct cursor c = cursor_of(BYTES("\x02\x01\x05\x04\x00"));
	struct der e = { .tag = 77 };

	CHECK(!der_take_if(&c, DER_OCTET_STRING, &e));
	CHECK(!c.bad && c.at == 0 && e.tag == 77);
	CHECK(der_take(&c, DER_INTEGER, &e) && e.body.p[0] == 5);
	CHECK(!der_take(&c, DER_INTEGER, &e));
	CHECK(c.bad && c.at == 3);
	CHECK(!der_next(&c, &e));
}

static void
der_times(void)
{
	static const struct {
		uint8_t		 tag;
		const char	*text;
		const char	*want;		/* NULL: no time */
	} rows[] = {
		{ DER_UTC_TIME, "120710172508Z", "2012-07-10T17:25:08Z" },
		{ DER_UTC_TIME, "500101000000Z", "1950-01-01T00:00:00Z" },
		{ DER_UTC_TIME, "491231235959Z", "2049-12-31T23:59:59Z" },
		{ DER_GENERALIZED_TIME, "20120726033039Z",
		    "2012-07-26T03:30:39Z" },
		{ DER_GENERALIZED_TIME, "20120726033039.007Z",
		    "2012-07-26T03:30:39Z" },
		{ DER_GENERALIZED_TIME, "20120229000000Z",
		    "2012-02-29T00:00:00Z" },
		{ DER_GENERALIZED_TIME, "20130229000000Z", NULL },
		{ DER_GENERALIZED_TIME, "19000229000000Z", NULL },
		{ DER_UTC_TIME, "120710172508.5Z", NULL },
		{ DER_UTC_TIME, "1207101725Z", NULL },
		{ DER_UTC_TIME, "120710172508", NULL },
		{ DER_UTC_TIME, "120710172508+0100", NULL },
		{ DER_UTC_TIME, "121310172508Z", NULL },
		{ DER_UTC_TIME, "120700172508Z", NULL },
		{ DER_UTC_TIME, "120710242508Z", NULL },
		{ DER_UTC_TIME, "12071017250xZ", NULL },
		{ DER_UTC_TIME, "", NULL },
		{ DER_OCTET_STRING, "120710172508Z", NULL },
	};
	char text[INSTANT_TEXT];
	struct der e;
	instant t;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		e.tag = rows[i].tag;
		e.body = slice_of(rows[i].text, strlen(rows[i].text), 0);
		CHECK_INT(der_time(e, &t), rows[i].want != NULL);
		if (rows[i].want != NULL)
			CHECK_STR(instant_format(t, text), rows[i].want);
	}
}

/* ----------------------------------------------------------- anchors */

/* The root of the seeds, for USES. */
static struct anchors *
root_anchors(unsigned uses)
{
	struct anchors *a = anchors_new();
	struct diag d;

	CHECK_ST(anchors_add(a, "the root", NULL, slice_of(root_subject,
	    sizeof(root_subject), 0), slice_of(root_spki, sizeof(root_spki),
	    0), uses, &d), ST_OK, &d);
	return a;
}

static void
anchors_refuse(void)
{
	struct slice subject = slice_of(root_subject, sizeof(root_subject), 0);
	struct slice spki = slice_of(root_spki, sizeof(root_spki), 0), half;
	struct anchors *a = anchors_new();
	struct diag d;

	CHECK(slice_sub(spki, 0, spki.n / 2, &half));
	CHECK_ST(anchors_add(a, "x", NULL, subject, half, ANCHOR_BOTH, &d),
	    ST_MALFORMED, &d);
	CHECK_ST(anchors_add(a, "x", NULL, half, spki, ANCHOR_BOTH, &d),
	    ST_MALFORMED, &d);
	CHECK_ST(anchors_add_pem(a, BYTES("no PEM at all"), &d),
	    ST_MALFORMED, &d);
	CHECK_ST(anchors_add_pem(a, BYTES("-----BEGIN CERTIFICATE-----\n"
	    "MAA=\n-----END CERTIFICATE-----\n"), &d), ST_MALFORMED, &d);
	CHECK_ST(anchors_add_pem(a, BYTES("-----BEGIN CERTIFICATE-----\n"
	    "MAA=\n"), &d), ST_MALFORMED, &d);
	CHECK_ST(anchors_add_pem(a, BYTES("-----BEGIN PUBLIC KEY-----\n"
	    "MAA=\n-----END PUBLIC KEY-----\n"), &d), ST_MALFORMED, &d);
	CHECK_INT(anchors_count(a), 0);
	anchors_free(a);
}

static void
anchors_limit(void)
{
	struct slice subject = slice_of(root_subject, sizeof(root_subject), 0);
	struct slice spki = slice_of(root_spki, sizeof(root_spki), 0);
	struct anchors *a = anchors_new();
	struct diag d;

	while (anchors_add(a, "x", NULL, subject, spki, ANCHOR_BOTH, &d) ==
	    ST_OK)
		;
	CHECK_INT(anchors_count(a), ANCHORS_MAX);
	CHECK_ST(anchors_add(a, "x", NULL, subject, spki, ANCHOR_BOTH, &d),
	    ST_LIMIT, &d);
	anchors_free(a);
}

/* -------------------------------------------------------- judgements */

static struct sig_thumbprint defective = { .advisory = "2749655" };

static struct sig_policy
policy_of(const struct anchors *a, const char *at, bool fix)
{
	struct sig_policy p = { .anchors = a, .fix = fix,
	    .thumbprints = &defective, .thumbprint_count = 1 };

	memcpy(defective.sha1, defective_sha1, sizeof(defective.sha1));
	CHECK(instant_parse(at, &p.at));
	return p;
}

static uint8_t *
seed(const char *name, size_t *len)
{
	char path[4096];
	const char *src = tap_env("ROLLCALL_SRC");

	snprintf(path, sizeof(path), "%s/tests/fuzz/corpus/authenticode/%s.p7",
	    src != NULL ? src : ".", name);
	return tap_read(path, len);
}

static void
seeds_are_judged(void)
{
	static const struct {
		const char	*name;
		bool		 fix;
		enum sig_verdict verdict;
		size_t		 levels;
		const char	*advisory;
	} rows[] = {
		{ "plain", false, SIG_EXPIRED, 1, NULL },
		{ "pkcs9", false, SIG_VALID, 1, NULL },
		{ "bare", false, SIG_VALID, 1, NULL },
		{ "rfc3161", false, SIG_VALID, 1, NULL },
		{ "catalogue", false, SIG_VALID, 1, NULL },
		{ "defective", false, SIG_EXPIRED, 1, "2749655" },
		{ "defective", true, SIG_VALID, 1, "2749655" },
		{ "nested", true, SIG_EXPIRED, 3, NULL },
		{ "stranger", false, SIG_UNTRUSTED, 1, NULL },
		{ "critical", false, SIG_UNTRUSTED, 1, NULL },
		{ "deep", false, SIG_UNTRUSTED, 1, NULL },
	};
	struct anchors *a = root_anchors(ANCHOR_BOTH);
	struct sig_policy policy;
	struct sig_file f;
	uint8_t *p;
	size_t i, len;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		policy = policy_of(a, "2014-01-01", rows[i].fix);
		f = (struct sig_file){ 0 };
		p = seed(rows[i].name, &len);
		sig_judge(slice_of(p, len, 0), NULL, &policy, &f);
		CHECK_STR(sig_verdict_name(f.verdict),
		    sig_verdict_name(rows[i].verdict));
		CHECK_INT(f.count, rows[i].levels);
		CHECK_STR(f.advisory != NULL ? f.advisory : "none",
		    rows[i].advisory != NULL ? rows[i].advisory : "none");
		sig_file_fini(&f);
		free(p);
	}
	anchors_free(a);
}

static const char *
or_none(const char *text)
{
	return text != NULL ? text : "none";
}

/* Whose word it is that something is trusted. */
static void
anchors_have_owners(void)
{
	static const char *const owners[] = { NULL, "site" };
	struct sig_policy policy;
	struct sig_file f;
	struct anchors *a;
	struct diag d;
	uint8_t *p;
	size_t i, len;

	for (i = 0; i < 2; i++) {
		a = anchors_new();
		CHECK_ST(anchors_add(a, "the root", owners[i], slice_of(
		    root_subject, sizeof(root_subject), 0), slice_of(root_spki,
		    sizeof(root_spki), 0), ANCHOR_BOTH, &d), ST_OK, &d);
		CHECK_STR(or_none(anchors_by(a, 0)), or_none(owners[i]));
		CHECK(anchors_by(a, 1) == NULL);
		policy = policy_of(a, "2014-01-01", true);
		defective.by = owners[i];
		f = (struct sig_file){ 0 };
		p = seed("defective", &len);
		sig_judge(slice_of(p, len, 0), NULL, &policy, &f);
		CHECK_STR(or_none(f.levels[0].by), or_none(owners[i]));
		CHECK_STR(or_none(f.levels[0].timestamps[0].by),
		    or_none(owners[i]));
		CHECK_STR(or_none(f.levels[0].timestamps[0].stamper_by),
		    or_none(owners[i]));
		defective.by = NULL;
		sig_file_fini(&f);
		free(p);
		anchors_free(a);
	}
}

/* An anchor for code alone leaves the timestamp without trust, and the other
 * way round. */
static void
anchors_have_uses(void)
{
	static const struct {
		unsigned	 uses;
		enum sig_verdict verdict;
		enum sig_stamp	 stamp;
	} rows[] = {
		{ ANCHOR_BOTH, SIG_VALID, SIG_STAMP_GOOD },
		{ ANCHOR_CODE, SIG_EXPIRED, SIG_STAMP_UNTRUSTED },
		{ ANCHOR_TIME, SIG_UNTRUSTED, SIG_STAMP_GOOD },
	};
	struct sig_policy policy;
	struct anchors *a;
	struct sig_file f;
	size_t i, len;
	uint8_t *p = seed("pkcs9", &len);

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		a = root_anchors(rows[i].uses);
		policy = policy_of(a, "2014-01-01", false);
		f = (struct sig_file){ 0 };
		sig_judge(slice_of(p, len, 0), NULL, &policy, &f);
		CHECK_INT(f.verdict, rows[i].verdict);
		CHECK_INT(f.levels[0].timestamps[0].state, rows[i].stamp);
		sig_file_fini(&f);
		anchors_free(a);
	}
	free(p);
}

/* The key of a known anchor is decoded when a certificate asks for it, and not
 * before: one that cannot be is taken in, and is then nobody's. */
static void
known_anchors_wait(void)
{
	struct slice subject = slice_of(root_subject, sizeof(root_subject), 0);
	struct slice spki = slice_of(root_spki, sizeof(root_spki), 0), half;
	struct sig_policy policy;
	struct sig_file f;
	struct anchors *a;
	struct diag d;
	size_t len;
	uint8_t *p = seed("pkcs9", &len);
	int whole;

	CHECK(slice_sub(spki, 0, spki.n / 2, &half));
	for (whole = 0; whole < 2; whole++) {
		a = anchors_new();
		CHECK_ST(anchors_add_known(a, "the root", NULL, subject,
		    whole != 0 ? spki : half, ANCHOR_BOTH, &d), ST_OK, &d);
		policy = policy_of(a, "2014-01-01", false);
		f = (struct sig_file){ 0 };
		sig_judge(slice_of(p, len, 0), NULL, &policy, &f);
		CHECK_INT(f.verdict, whole != 0 ? SIG_VALID : SIG_UNTRUSTED);
		sig_file_fini(&f);
		anchors_free(a);
	}
	free(p);
}

/* Digests that were asked for and are not there leave a signature unchecked:
 * it is never good by accident. */
static void
digests_decide(void)
{
	struct anchors *a = root_anchors(ANCHOR_BOTH);
	struct sig_policy policy = policy_of(a, "2014-01-01", false);
	struct digest_set computed = { 0 };
	struct sig_file f = { 0 };
	struct digest *sha1 = &computed.of[DIGEST_SHA1];
	struct slice s;
	size_t len;
	uint8_t *p = seed("pkcs9", &len);

	s = slice_of(p, len, 0);
	CHECK_INT(sig_algorithms(s), DIGEST_BIT(DIGEST_SHA1));
	sig_judge(s, &computed, &policy, &f);
	CHECK_INT(f.verdict, SIG_UNCHECKED);
	sig_file_fini(&f);

	CHECK(crypto_digest(DIGEST_SHA1, BYTES("body"), sha1));
	sig_judge(s, &computed, &policy, &f);
	CHECK_INT(f.verdict, SIG_VALID);
	CHECK_INT(f.levels[0].digest, SIG_DIGEST_MATCH);
	sig_file_fini(&f);

	sha1->bytes[19] ^= 1;
	sig_judge(s, &computed, &policy, &f);
	CHECK_INT(f.verdict, SIG_INVALID);
	CHECK(f.until.with_fix == INSTANT_NONE);
	sig_file_fini(&f);
	free(p);
	anchors_free(a);
}

static void
unreadable_says_where(void)
{
	struct sig_policy policy = policy_of(NULL, "2014-01-01", false);
	struct sig_file f = { 0 };
	size_t len;
	uint8_t *p = seed("plain", &len);

	sig_judge(slice_of(p, len - 1, 5000), NULL, &policy, &f);
	CHECK_INT(f.verdict, SIG_UNREADABLE);
	CHECK_INT(f.why->fileoff, 5000);
	CHECK_STR(f.why->clause, "RFC 2315 7: ContentInfo");
	sig_file_fini(&f);
	free(p);
}

/* ----------------------------------------------------------- damage */

static struct anchors *sweep_anchors;

/*
 * Whatever is changed in a signature that has expired (its stamper is the
 * defective one), it never becomes one that holds.
 */
static void
never_better(struct slice s)
{
	struct sig_policy policy = policy_of(sweep_anchors, "2014-01-01",
	    false);
	struct sig_file f = { 0 };

	(void)sig_algorithms(s);
	sig_judge(s, NULL, &policy, &f);
	CHECK(f.verdict != SIG_VALID && f.verdict != SIG_EXPIRES &&
	    f.verdict != SIG_UNCHECKED);
	sig_file_fini(&f);
}

static void
damage_never_helps(void)
{
	static const char *const names[] = { "defective", "deep" };
	size_t i, len;
	uint8_t *p;

	sweep_anchors = root_anchors(ANCHOR_BOTH);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		p = seed(names[i], &len);
		hostile_sweep(p, len, 11, never_better);
		hostile_flips(p, len, 500, 2749655, never_better);
		free(p);
	}
	anchors_free(sweep_anchors);
}

/* Damage to what nests three tokens ends clean. */
static void
ends_clean(struct slice s)
{
	struct sig_policy policy = policy_of(sweep_anchors, "2014-01-01",
	    false);
	struct sig_file f = { 0 };

	sig_judge(s, NULL, &policy, &f);
	CHECK(f.verdict != SIG_UNCHECKED);
	sig_file_fini(&f);
}

static void
damage_ends_clean(void)
{
	size_t len;
	uint8_t *p = seed("nested", &len);

	sweep_anchors = root_anchors(ANCHOR_BOTH);
	hostile_sweep(p, len, 29, ends_clean);
	hostile_flips(p, len, 300, 1, ends_clean);
	free(p);
	anchors_free(sweep_anchors);
}

/* ------------------------------------------------------------- files */

/* A source that is cut short behind the first block. */
static enum status
read_short(void *ctx, uint64_t off, void *p, size_t len, struct diag *d)
{
	(void)ctx;
	if (off >= AUTHENTICODE_BLOCK)
		return diag_set(d, ST_IO, off, NULL, "cut short");
	memset(p, 0, len);
	return ST_OK;
}

static void
cut_short_is_an_error(void)
{
	struct source src = { .read_at = read_short,
	    .size = AUTHENTICODE_BLOCK + 1 };
	struct authenticode a = { .file.of[DIGEST_SHA1].len = 77 };
	struct diag d;

	CHECK_ST(authenticode_none(&src, &a, &d), ST_IO, &d);
	CHECK_INT(a.file.of[DIGEST_SHA1].len, 77);
	src.size = AUTHENTICODE_BLOCK;
	CHECK_ST(authenticode_none(&src, &a, &d), ST_OK, &d);
	CHECK_INT(a.signatures.verdict, SIG_UNSIGNED);
	authenticode_fini(&a);
}

/* FIPS 180-4 and RFC 1321: "abc". */
static void
digests_of_abc(void)
{
	static const char *const want[DIGEST_ALGS] = { "",
		"900150983cd24fb0d6963f7d28e17f72",
		"a9993e364706816aba3e25717850c26c9cd0d89d",
		("ba7816bf8f01cfea414140de5dae2223"
		"b00361a396177a9cb410ff61f20015ad") };
	char hex[2 * DIGEST_MAX + 1];
	struct digest d;
	enum digest_alg alg;

	for (alg = DIGEST_MD5; alg <= DIGEST_SHA256; alg++) {
		CHECK(crypto_digest(alg, BYTES("abc"), &d));
		CHECK_STR(digest_hex(&d, hex), want[alg]);
	}
	CHECK(!crypto_digest(DIGEST_NONE, BYTES("abc"), &d));
}

/* ------------------------------------------------------- large files */

/* A file whose bytes follow from where they stand, but for one that cannot be
 * read. */
struct striped {
	uint64_t	 broken;
};

static enum status
striped_read_at(void *ctx, uint64_t off, void *p, size_t len, struct diag *d)
{
	const struct striped *s = ctx;
	uint8_t *to = p;
	size_t i;

	if (s->broken >= off && s->broken - off < len)
		return diag_set(d, ST_IO, s->broken, NULL, "broken");
	for (i = 0; i < len; i++)
		to[i] = (uint8_t)((off + i) ^ (off + i) >> 8 ^
		    (off + i) >> 16);
	return ST_OK;
}

/* The digests of what is too large for one pass are those of any file. */
static void
large_files_are_digested(void)
{
	static const uint64_t sizes[] = { AUTHENTICODE_ASIDE - 1,
		AUTHENTICODE_ASIDE, AUTHENTICODE_ASIDE + 12345 };
	static const enum digest_alg algs[] = { DIGEST_SHA1, DIGEST_SHA256 };
	struct striped whole = { UINT64_MAX };
	struct authenticode a;
	struct source src = { striped_read_at, &whole, 0 };
	struct digest want;
	struct diag d;
	uint8_t *bytes;
	size_t i, k;

	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		src.size = sizes[i];
		bytes = malloc((size_t)src.size);
		CHECK_ST(source_read(&src, 0, bytes, (size_t)src.size, &d),
		    ST_OK, &d);
		CHECK_ST(authenticode_none(&src, &a, &d), ST_OK, &d);
		for (k = 0; k < sizeof(algs) / sizeof(algs[0]); k++) {
			CHECK(crypto_digest(algs[k], slice_of(bytes,
			    (size_t)src.size, 0), &want));
			CHECK(a.file.of[algs[k]].alg == algs[k]);
			CHECK(slice_equal(slice_of(want.bytes, want.len, 0),
			    slice_of(a.file.of[algs[k]].bytes,
			    a.file.of[algs[k]].len, 0)));
		}
		CHECK(a.file.of[DIGEST_SHA512].alg == DIGEST_NONE);
		authenticode_fini(&a);
		free(bytes);
	}
}

/* No thread's failure is lost, nor half a file digested. */
static void
large_files_that_break(void)
{
	struct striped at = { 0 };
	struct source src = { striped_read_at, &at, AUTHENTICODE_ASIDE + 7 };
	struct authenticode a = { .metadata = true };
	struct diag d;

	for (; at.broken < src.size; at.broken += src.size / 3) {
		CHECK_ST(authenticode_none(&src, &a, &d), ST_IO, NULL);
		CHECK_STR(d.text, "broken");
		CHECK(a.metadata && a.file.of[DIGEST_SHA1].len == 0);
	}
	at.broken = src.size - 1;
	CHECK_ST(authenticode_none(&src, &a, NULL), ST_IO, NULL);
}

/* ------------------------------------------------------------ caches */

static size_t drops;

static void *
copy_number(void *thing)
{
	unsigned *copy = malloc(sizeof(*copy));

	if (copy != NULL)
		*copy = *(unsigned *)thing;
	return copy;
}

static void
drop_number(void *thing)
{
	drops++;
	free(thing);
}

static struct cache numbers = CACHE_INIT(copy_number, drop_number);

/* What is remembered of BYTES; 0 nothing. */
static unsigned
number_of(struct slice bytes)
{
	unsigned *copy = cache_get(&numbers, bytes), n;

	n = copy != NULL ? *copy : 0;
	free(copy);
	return n;
}

static void
remember(struct slice bytes, unsigned n)
{
	cache_put(&numbers, bytes, &n);
}

/* All bytes count: no digest, and no part of them. */
static void
cache_knows_bytes(void)
{
	static char large[CACHE_MAX_BYTES + 1];

	remember(BYTES("a key"), 1);
	CHECK_INT(number_of(BYTES("a key")), 1);
	CHECK_INT(number_of(BYTES("a kez")), 0);
	CHECK_INT(number_of(BYTES("a ke")), 0);
	CHECK_INT(number_of(BYTES("a key\0")), 0);
	CHECK_INT(number_of(BYTES("")), 0);
	remember(BYTES("a kez"), 2);
	CHECK_INT(number_of(BYTES("a kez")), 2);
	/* The first that was said of it stays. */
	remember(BYTES("a key"), 3);
	CHECK_INT(number_of(BYTES("a key")), 1);
	remember(slice_of(large, sizeof(large), 0), 4);
	CHECK_INT(number_of(slice_of(large, sizeof(large), 0)), 0);
	remember(slice_of(large, sizeof(large) - 1, 0), 5);
	CHECK_INT(number_of(slice_of(large, sizeof(large) - 1, 0)), 5);
	CHECK_INT(number_of(slice_of(large, sizeof(large) - 2, 0)), 0);
}

static void
cache_is_bounded(void)
{
	unsigned i, n, known = 0, wrong = 0;

	for (i = 1; i <= 20 * CACHE_SLOTS; i++)
		remember(slice_of(&i, sizeof(i), 0), i);
	for (i = 1; i <= 20 * CACHE_SLOTS; i++) {
		n = number_of(slice_of(&i, sizeof(i), 0));
		known += n != 0;
		wrong += n != 0 && n != i;
	}
	CHECK_INT(wrong, 0);
	CHECK(known > CACHE_SLOTS / 2 && known <= CACHE_SLOTS);
	/* The last that came is there. */
	i = 20 * CACHE_SLOTS;
	CHECK_INT(number_of(slice_of(&i, sizeof(i), 0)), i);
	CHECK(drops >= 19 * CACHE_SLOTS);
}

static void
cache_can_be_off(void)
{
	remember(BYTES("on"), 7);
	cache_switch(false);
	CHECK_INT(number_of(BYTES("on")), 0);
	remember(BYTES("off"), 8);
	cache_switch(true);
	CHECK_INT(number_of(BYTES("on")), 7);
	CHECK_INT(number_of(BYTES("off")), 0);
}

/* Certificates of the seeds, and what they borrow from. */
#define MEMO_CERTS	32

struct memo {
	uint8_t		*bytes[MEMO_CERTS];
	struct cert_pool pools[MEMO_CERTS];
	size_t		 pool_count;
	struct cert	*certs[MEMO_CERTS];
	size_t		 count;
};

static void
memo_add(struct memo *m, struct slice set, uint8_t *bytes)
{
	struct cert_pool *pool = &m->pools[m->pool_count];
	size_t i;

	CHECK_ST(cert_pool_init(set, pool, NULL), ST_OK, NULL);
	m->bytes[m->pool_count++] = bytes;
	for (i = 0; i < pool->count && m->count < MEMO_CERTS; i++)
		m->certs[m->count++] = &pool->certs[i];
}

/* The same certificate with one bit of its byte at AT changed. */
static void
memo_add_changed(struct memo *m, const struct cert *c, size_t at)
{
	uint8_t *copy = malloc(c->whole.n);

	if (copy == NULL || at >= c->whole.n) {
		free(copy);
		return;
	}
	memcpy(copy, c->whole.p, c->whole.n);
	copy[at] ^= 1;
	memo_add(m, slice_of(copy, c->whole.n, 0), copy);
}

static void
memo_fill(struct memo *m)
{
	static const char *const names[] = { "plain", "pkcs9", "stranger",
		"critical", "nested" };
	const struct cert *c;
	struct p7 p7;
	uint8_t *p;
	size_t i, len;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		p = seed(names[i], &len);
		CHECK_ST(p7_decode(slice_of(p, len, 0), &p7, NULL), ST_OK,
		    NULL);
		memo_add(m, p7.certs, p);
	}
	c = m->certs[0];
	memo_add_changed(m, c, c->whole.n - 1);		/* the signature */
	memo_add_changed(m, c, (size_t)(c->spki.p - c->whole.p) +
	    c->spki.n - 20);				/* the modulus */
}

static void
memo_free(struct memo *m)
{
	size_t i;

	for (i = 0; i < m->pool_count; i++) {
		cert_pool_fini(&m->pools[i]);
		free(m->bytes[i]);
	}
}

/* Whether each key made the signature of each certificate, a bit a pair. */
static size_t
memo_ask(struct memo *m, bool *said)
{
	struct slice root = slice_of(root_spki, sizeof(root_spki), 0);
	EVP_PKEY *key = crypto_key(root);
	size_t i, k, good = 0;

	for (i = 0; i < m->count; i++)
		for (k = 0; k <= m->count; k++) {
			bool yes = k == m->count ?
			    cert_signed_by(m->certs[i], root, key) :
			    cert_signed_by(m->certs[i], m->certs[k]->spki,
			    cert_key(m->certs[k]));

			*said++ = yes;
			good += yes;
		}
	EVP_PKEY_free(key);
	return good;
}

/*
 * That a key made a signature is remembered, and says nothing of any other
 * key, certificate or signature.
 */
static void
signatures_cross_no_keys(void)
{
	static bool never[MEMO_CERTS * (MEMO_CERTS + 1)];
	static bool cold[MEMO_CERTS * (MEMO_CERTS + 1)];
	static bool warm[MEMO_CERTS * (MEMO_CERTS + 1)];
	struct memo m = { .count = 0 };
	size_t good;

	memo_fill(&m);
	cache_switch(false);
	good = memo_ask(&m, never);
	cache_switch(true);
	CHECK(m.count >= 8);
	CHECK(good >= 4 && good < m.count * m.count / 2);
	CHECK_INT(memo_ask(&m, cold), good);
	CHECK_INT(memo_ask(&m, warm), good);
	CHECK(memcmp(never, cold, sizeof(never)) == 0);
	CHECK(memcmp(never, warm, sizeof(never)) == 0);
	memo_free(&m);
}

/* Where the key ends and the certificate begins is part of what is known. */
static void
signatures_know_their_ends(void)
{
	struct slice root = slice_of(root_spki, sizeof(root_spki), 0);
	struct memo m = { .count = 0 };
	EVP_PKEY *key = crypto_key(root), *other;
	struct slice shorter;
	struct cert odd;
	uint8_t *longer;
	size_t i;

	memo_fill(&m);
	for (i = 0; i < m.count && !cert_signed_by(m.certs[i], root, key);)
		i++;
	CHECK(i < m.count);
	CHECK(slice_sub(root, 0, root.n - 1, &shorter));
	odd = *m.certs[i];
	longer = malloc(odd.whole.n + 1);
	longer[0] = root.p[root.n - 1];
	memcpy(longer + 1, odd.whole.p, odd.whole.n);
	odd.whole = slice_of(longer, odd.whole.n + 1, 0);
	other = cert_key(m.certs[i]);
	CHECK(other != NULL && EVP_PKEY_eq(other, key) != 1);
	CHECK(!cert_signed_by(&odd, shorter, other));
	/* Who has no key has signed nothing, whatever is known. */
	CHECK(cert_signed_by(m.certs[i], root, key));
	CHECK(!cert_signed_by(m.certs[i], root, NULL));
	free(longer);
	EVP_PKEY_free(key);
	memo_free(&m);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "lengths of DER", der_lengths },
		{ "a wrong tag leaves the cursor", der_wrong_tag_stays },
		{ "times of DER", der_times },
		{ "digests of \"abc\"", digests_of_abc },
		{ "anchors that are none", anchors_refuse },
		{ "number of anchors", anchors_limit },
		{ "anchors have uses", anchors_have_uses },
		{ "anchors have owners", anchors_have_owners },
		{ "known anchors wait", known_anchors_wait },
		{ "seeds are judged", seeds_are_judged },
		{ "the digest of the file decides", digests_decide },
		{ "damage is told with its place", unreadable_says_where },
		{ "damage never helps", damage_never_helps },
		{ "damage ends clean", damage_ends_clean },
		{ "a file cut short", cut_short_is_an_error },
		{ "large files are digested", large_files_are_digested },
		{ "large files that break", large_files_that_break },
		{ "a cache knows things by all of their bytes",
		    cache_knows_bytes },
		{ "a cache is bounded", cache_is_bounded },
		{ "a cache can be off", cache_can_be_off },
		{ "what is known of a signature crosses no keys",
		    signatures_cross_no_keys },
		{ "a key ends where it ends", signatures_know_their_ends },
		{ NULL, NULL }
	};

	return tap_run(cases);
}

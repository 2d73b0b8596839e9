/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "tap.h"

#include "authenticode.h"
#include "base/instant.h"
#include "base/limits.h"
#include "sigtext.h"
#include "trust/collect.h"
#include "trust/crypto.h"
#include "trust/facts.h"
#include "trust/judge.h"
#include "trust/pkcs7.h"
#include "trust/verdict.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Facts are collected once and judged often. What a file says of itself, its
 * facts must say too; and what is missing in them must never do any good.
 * (sigdump asks the same of every file of tests/pki and of real ones.)
 */
#define TEXT_MAX_BYTES	(4 * 1024 * 1024)

static const char *const seeds[] = { "plain", "pkcs9", "bare", "rfc3161",
	"catalogue", "defective", "nested", "stranger", "critical", "deep" };
#define SEEDS	(sizeof(seeds) / sizeof(seeds[0]))

static const char *const instants[] = { "2011-01-01", "2012-12-01",
	"2014-01-01", "2026-01-01" };
#define INSTANTS	(sizeof(instants) / sizeof(instants[0]))

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
trust(struct anchors *a, const char *name, struct slice subject,
    struct slice spki)
{
	struct diag d;

	CHECK_ST(anchors_add(a, name, NULL, subject, spki, ANCHOR_BOTH, &d),
	    ST_OK, &d);
}

static void
trust_root(struct anchors *a)
{
	trust(a, "the root", slice_of(root_subject, sizeof(root_subject), 0),
	    slice_of(root_spki, sizeof(root_spki), 0));
}

static struct anchors *
root_anchors(void)
{
	struct anchors *a = anchors_new();

	trust_root(a);
	return a;
}

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

/* The facts of a seed, over a file that has what it signs or (with OTHER)
 * something else. */
static struct sig_facts
facts_of(const char *name, const struct anchors *a, bool other)
{
	struct sig_facts f = { .place = SIG_PLACE_SOUND };
	struct digester *g = digester_new(~0U);
	struct digest_set computed;
	size_t len;
	uint8_t *p = seed(name, &len);

	digester_update(g, "body", other ? 3 : 4);
	digester_final(g, &computed);
	digester_free(g);
	sig_collect(slice_of(p, len, 1000), &computed, a, &f);
	free(p);
	return f;
}

static enum sig_verdict
verdict_of(const struct sig_facts *facts, const struct sig_policy *policy)
{
	struct sig_file f;
	enum sig_verdict v;

	sig_verdict(facts, policy, &f);
	v = f.verdict;
	sig_file_fini(&f);
	return v;
}

/* All that is said; the caller frees it. */
static char *
words_of(const struct sig_facts *facts, const struct sig_policy *policy)
{
	struct sig_file f;
	struct buf b;

	buf_init(&b, TEXT_MAX_BYTES);
	sig_verdict(facts, policy, &f);
	sigtext(&b, &f);
	sig_file_fini(&f);
	CHECK(!b.full);
	return buf_take(&b);
}

/* ------------------------------------------------------------ reasons */

static void
reasons_have_names(void)
{
	const char *name;
	enum sig_why why, found;
	struct diag d;

	for (why = SIG_WHY_NONE; why < SIG_WHYS; why++) {
		name = reason_name(why);
		CHECK(reason_find(name, &found));
		CHECK_INT(found, why);
		reason_diag(&(struct sig_reason){ .why = why, .at = 7 }, "x",
		    &d);
		CHECK(d.text[0] != '\0');
		CHECK_INT(d.fileoff, 7);
		CHECK(reason_has_text(why) == (strcmp(d.text, "x") == 0));
	}
	found = SIG_WHY_TABLE;
	CHECK(!reason_find("no such reason", &found));
	CHECK_INT(found, SIG_WHY_TABLE);
	CHECK_STR(reason_name(SIG_WHYS), "none");
	reason_diag(&(struct sig_reason){ .why = SIG_WHYS }, NULL, &d);
	CHECK_STR(d.text, "not checked");
}

static void
numbers_are_told(void)
{
	struct sig_reason r;
	struct diag d;

	CHECK_INT(reason_count(&r, SIG_WHY_TABLE, 12, 3), ST_MALFORMED);
	reason_diag(&r, NULL, &d);
	CHECK_STR(d.text, "certificate table entry of 3 bytes");
	CHECK_INT(reason_set(NULL, SIG_WHY_CHECKS, 0), ST_LIMIT);
}

/* ---------------------------------------------------- the same verdict */

/* FACTS say under POLICY what S does. */
static void
same_as_fresh(struct slice s, const struct sig_facts *facts,
    const struct sig_policy *policy)
{
	struct sig_file fresh;
	struct sig_facts copy;
	struct buf b;
	char *got;

	sig_facts_copy(facts, &copy);
	got = words_of(&copy, policy);
	sig_facts_fini(&copy);
	buf_init(&b, TEXT_MAX_BYTES);
	sig_judge(s, NULL, policy, &fresh);
	sigtext(&b, &fresh);
	CHECK_STR(got, buf_text(&b));
	sig_file_fini(&fresh);
	buf_fini(&b);
	free(got);
}

/* Facts that were collected for one root, for it and for nobody, at any
 * instant. */
static void
facts_say_the_same(void)
{
	struct anchors *a = root_anchors();
	struct sig_facts facts;
	struct sig_policy policy;
	struct slice s;
	size_t i, j, len;
	uint8_t *p;

	for (i = 0; i < SEEDS; i++) {
		p = seed(seeds[i], &len);
		s = slice_of(p, len, 1000);
		facts = (struct sig_facts){ .place = SIG_PLACE_SOUND };
		sig_collect(s, NULL, a, &facts);
		for (j = 0; j < INSTANTS * 4; j++) {
			policy = policy_of(j % 2 == 0 ? a : NULL,
			    instants[j / 4], j / 2 % 2 == 0);
			same_as_fresh(s, &facts, &policy);
		}
		sig_facts_fini(&facts);
		free(p);
	}
	anchors_free(a);
}

/* An anchor that was not asked is nobody's. */
static void
trust_is_never_given(void)
{
	struct anchors *a = root_anchors(), *none = anchors_new();
	struct sig_policy policy = policy_of(a, "2012-12-01", true);
	struct sig_facts facts;
	size_t i;

	for (i = 0; i < SEEDS; i++) {
		facts = facts_of(seeds[i], none, false);
		CHECK(verdict_of(&facts, &policy) != SIG_VALID);
		CHECK(verdict_of(&facts, &policy) != SIG_EXPIRES);
		sig_facts_fini(&facts);
	}
	anchors_free(none);
	anchors_free(a);
}

/* ------------------------------------------------------------- paths */

/* Make the issuer of the signer of P7 an anchor too, by the certificate that
 * comes along. */
static void
trust_issuer(struct anchors *a, struct slice s)
{
	struct cert_pool pool;
	struct cert *signer;
	struct p7 p7;
	size_t i;

	CHECK_ST(p7_decode(s, &p7, NULL), ST_OK, NULL);
	CHECK_ST(cert_pool_init(p7.certs, &pool, NULL), ST_OK, NULL);
	signer = cert_pool_find(&pool, p7.signer.issuer, p7.signer.serial);
	for (i = 0; i < pool.count; i++)
		if (slice_equal(pool.certs[i].subject, signer->issuer))
			trust(a, "its issuer", pool.certs[i].subject,
			    pool.certs[i].spki);
	cert_pool_fini(&pool);
}

/* A path that reaches an anchor goes on to the next one, for whom the first
 * is nobody. */
static void
paths_go_past_anchors(void)
{
	struct anchors *both = root_anchors(), *root = root_anchors();
	struct sig_facts f = { .place = SIG_PLACE_SOUND };
	struct sig_policy policy = policy_of(root, "2014-01-01", false);
	size_t i, len, ends = 0;
	uint8_t *p = seed("pkcs9", &len);

	trust_issuer(both, slice_of(p, len, 0));
	CHECK(anchors_count(both) > 1);
	sig_collect(slice_of(p, len, 0), NULL, both, &f);
	CHECK_INT(f.level_count, 1);
	for (i = 0; i < f.levels[0].paths.count; i++)
		ends += f.levels[0].paths.list[i].end == SIG_END_ANCHOR;
	CHECK(ends >= 2);
	CHECK_INT(verdict_of(&f, &policy), SIG_VALID);
	policy.anchors = both;
	CHECK_INT(verdict_of(&f, &policy), SIG_VALID);
	sig_facts_fini(&f);
	free(p);
	anchors_free(root);
	anchors_free(both);
}

/* With few checks left, what was not done is told, and nothing is good that
 * was not checked. */
static void
checks_run_out(void)
{
	struct anchors *a = root_anchors();
	struct sig_policy policy = policy_of(a, "2014-01-01", false);
	struct sig_facts f;
	size_t len;
	uint8_t *p = seed("pkcs9", &len);
	unsigned left, valid = 0;
	char *words;

	for (left = 0; left < 16; left++) {
		f = (struct sig_facts){ .place = SIG_PLACE_SOUND,
		    .checks = SIG_MAX_CHECKS - left };
		sig_collect(slice_of(p, len, 0), NULL, a, &f);
		words = words_of(&f, &policy);
		if (verdict_of(&f, &policy) == SIG_VALID)
			valid++;
		else
			CHECK(strstr(words, "too many signatures") != NULL);
		CHECK(f.checks <= SIG_MAX_CHECKS);
		free(words);
		sig_facts_fini(&f);
	}
	CHECK(valid > 0 && valid < 12);
	free(p);
	anchors_free(a);
}

/* --------------------------------------------------- what is missing */

static void
nothing_is_not_good(void)
{
	struct anchors *a = root_anchors();
	struct sig_policy policy = policy_of(a, "2014-01-01", true);
	struct sig_level_facts level = { .depth = 0 };
	struct sig_facts f = { .certs = NULL };

	CHECK_INT(verdict_of(&f, &policy), SIG_UNCHECKED);
	f.place = SIG_PLACE_SOUND;
	CHECK_INT(verdict_of(&f, &policy), SIG_UNSIGNED);
	f.levels_found = 1;
	CHECK_INT(verdict_of(&f, &policy), SIG_UNCHECKED);
	f.levels = &level;
	f.level_count = 1;
	CHECK_INT(verdict_of(&f, &policy), SIG_UNCHECKED);
	f.bare = true;
	CHECK_INT(verdict_of(&f, &policy), SIG_UNTRUSTED);
	level.check = SIG_CHECK_GOOD;
	CHECK_INT(verdict_of(&f, &policy), SIG_UNTRUSTED);
	anchors_free(a);
}

/* One fact of a signature that is valid and of its timestamp. */
static void
lose_one(struct sig_facts *f, unsigned which)
{
	struct sig_level_facts *l = &f->levels[0];
	struct sig_path *p = &l->paths.list[0];
	struct sig_cert *leaf = &f->certs[p->steps[0].cert - 1];
	struct sig_cert *ca = &f->certs[p->steps[1].cert - 1];
	struct sig_stamp_facts *t = &l->stamps[0];

	switch (which) {
	case 0: f->place = SIG_PLACE_UNKNOWN; break;
	case 1: f->levels_found = 0; break;
	case 2: l->depth = 1; break;
	case 3: l->digest = SIG_DIGEST_UNCHECKED; break;
	case 4: l->check = SIG_CHECK_NONE; break;
	case 5: l->cert = SIG_NO_CERT; break;
	case 6: l->stamps_found = 0; break;
	case 7: p->steps[0].cert = SIG_NO_CERT; break;
	case 8: p->steps[1].link = SIG_CHECK_NONE; break;
	case 9: p->count--; break;
	case 10: p->end = SIG_END_UNKNOWN; break;
	case 11: p->anchor.subject[0] = '\0'; break;
	case 12: memset(p->anchor.key_sha256, 0, SIG_ID_BYTES); break;
	case 13: leaf->extensions = SIG_EXT_UNKNOWN; break;
	case 14: leaf->eku_present = SIG_SAID_UNKNOWN; break;
	case 15: leaf->lifetime = SIG_SAID_UNKNOWN; break;
	case 16: leaf->not_before = INSTANT_NONE; break;
	case 17: leaf->not_after = INSTANT_NONE; break;
	case 18: ca->ca = SIG_SAID_UNKNOWN; break;
	case 19: ca->may_sign = SIG_SAID_UNKNOWN; break;
	case 20: ca->subject[0] = '\0'; break;
	case 21: ca->not_before = INSTANT_NONE; break;
	case 22: t->kind = SIG_STAMP_NONE; break;
	case 23: t->time = INSTANT_NONE; break;
	case 24: t->cert = SIG_NO_CERT; break;
	case 25: t->check = SIG_CHECK_NONE; break;
	default: t->paths.count = 0; break;
	}
}
#define LOSSES	27

static void
every_fact_is_asked_for(void)
{
	struct anchors *a = root_anchors();
	struct sig_policy policy = policy_of(a, "2014-01-01", true);
	struct sig_facts f = facts_of("pkcs9", a, false), copy;
	enum sig_verdict v;
	unsigned i;

	CHECK_INT(verdict_of(&f, &policy), SIG_VALID);
	for (i = 0; i < LOSSES; i++) {
		sig_facts_copy(&f, &copy);
		lose_one(&copy, i);
		v = verdict_of(&copy, &policy);
		if (i == 15)
			CHECK_INT(v, SIG_EXPIRED);
		else
			CHECK(v == SIG_UNCHECKED || v == SIG_UNTRUSTED);
		if (i >= LOSSES - 1)
			copy.levels[0].stamps[0].paths.count =
			    f.levels[0].stamps[0].paths.count;
		copy.levels[0].paths.list[0].count =
		    f.levels[0].paths.list[0].count;
		sig_facts_fini(&copy);
	}
	sig_facts_fini(&f);
	anchors_free(a);
}

/* Of two levels that there were, the second is not the first. */
static void
levels_are_not_lost(void)
{
	struct anchors *a = root_anchors();
	struct sig_policy policy = policy_of(a, "2012-12-01", true);
	struct sig_facts f = facts_of("nested", a, false);
	struct sig_level_facts first = f.levels[0];

	CHECK_INT(f.level_count, 3);
	CHECK(verdict_of(&f, &policy) != SIG_UNCHECKED);
	f.levels[0] = f.levels[1];
	CHECK_INT(verdict_of(&f, &policy), SIG_UNCHECKED);
	f.levels[0] = first;
	f.level_count = 2;
	CHECK_INT(verdict_of(&f, &policy), SIG_UNCHECKED);
	f.level_count = 3;
	sig_facts_fini(&f);
	anchors_free(a);
}

static uint32_t
next(uint32_t *state)
{
	*state = *state * 1664525 + 1013904223;
	return *state >> 8;
}

/* Any of COUNT, which may be none. */
#define PICK(list, count, state)	\
	((count) == 0 ? NULL : &(list)[next(state) % (count)])

static void
lose_of_cert(struct sig_cert *c, uint32_t *state)
{
	switch (next(state) % 12) {
	case 0:
		memset(c->sha256, 0, sizeof(c->sha256));
		break;
	case 1:
		memset(c->sha1, 0, sizeof(c->sha1));
		break;
	case 2:
		c->subject[0] = '\0';
		break;
	case 3:
		c->issuer[0] = '\0';
		break;
	case 4:
		c->not_before = INSTANT_NONE;
		break;
	case 5:
		c->not_after = INSTANT_NONE;
		break;
	case 6:
		c->extensions = SIG_EXT_UNKNOWN;
		break;
	case 7:
		c->ca = SIG_SAID_UNKNOWN;
		break;
	case 8:
		c->may_sign = SIG_SAID_UNKNOWN;
		break;
	case 9:
		c->eku_present = SIG_SAID_UNKNOWN;
		break;
	case 10:
		c->lifetime = SIG_SAID_UNKNOWN;
		break;
	default:
		if (c->eku_count > 0)
			free(c->eku[--c->eku_count]);
	}
}

static void
lose_path(struct sig_paths *p)
{
	struct sig_path *last = &p->list[--p->count];

	free(last->steps);
	free(last->anchor.name);
	free(last->anchor.subject);
}

static void
lose_of_paths(struct sig_paths *p, uint32_t *state)
{
	struct sig_path *one = PICK(p->list, p->count, state);

	if (one == NULL || one->count == 0)
		return;
	switch (next(state) % 6) {
	case 0:
		lose_path(p);
		break;
	case 1:
		one->count--;
		break;
	case 2:
		one->steps[next(state) % one->count].link = SIG_CHECK_NONE;
		break;
	case 3:
		one->steps[next(state) % one->count].cert = SIG_NO_CERT;
		break;
	case 4:
		one->end = SIG_END_UNKNOWN;
		break;
	default:
		memset(one->anchor.key_sha256, 0, SIG_ID_BYTES);
	}
}

static void
lose_of_stamp(struct sig_level_facts *l, uint32_t *state)
{
	struct sig_stamp_facts *t = PICK(l->stamps, l->stamp_count, state);

	if (t == NULL)
		return;
	switch (next(state) % 7) {
	case 0:
		t->kind = SIG_STAMP_NONE;
		break;
	case 1:
		t->time = INSTANT_NONE;
		break;
	case 2:
		t->cert = SIG_NO_CERT;
		break;
	case 3:
		t->check = SIG_CHECK_NONE;
		break;
	case 4:
		t->why = (struct sig_reason){ 0 };
		break;
	case 5:
		t = &l->stamps[--l->stamp_count];
		while (t->paths.count > 0)
			lose_path(&t->paths);
		free(t->paths.list);
		break;
	default:
		lose_of_paths(&t->paths, state);
	}
}

static void
lose_of_level(struct sig_level_facts *l, uint32_t *state)
{
	switch (next(state) % 8) {
	case 0:
		l->digest = SIG_DIGEST_UNCHECKED;
		break;
	case 1:
		l->digest_alg = DIGEST_NONE;
		break;
	case 2:
		l->cert = SIG_NO_CERT;
		break;
	case 3:
		l->check = SIG_CHECK_NONE;
		break;
	case 4:
		l->why = (struct sig_reason){ 0 };
		break;
	case 5:
		lose_of_paths(&l->paths, state);
		break;
	default:
		lose_of_stamp(l, state);
	}
}

/* Something of F is gone. */
static void
lose(struct sig_facts *f, uint32_t *state)
{
	struct sig_level_facts *l = PICK(f->levels, f->level_count, state);
	struct sig_cert *c = PICK(f->certs, f->cert_count, state);

	switch (next(state) % 8) {
	case 0:
		f->place = SIG_PLACE_UNKNOWN;
		break;
	case 1:
		f->levels_found = 0;
		break;
	case 2:
	case 3:
		if (c != NULL)
			lose_of_cert(c, state);
		break;
	default:
		if (l != NULL)
			lose_of_level(l, state);
	}
}

static bool
repeats(unsigned i)
{
	return i == 0 || getenv("ROLLCALL_HOSTILE_ONCE") == NULL;
}

/* Lose some of what makes F bad: it is never valid by it. */
static void
never_valid(const struct sig_facts *f, const struct anchors *a,
    uint32_t *state)
{
	struct sig_policy policy = policy_of(a, "2014-01-01", true);
	struct sig_facts copy;
	unsigned i, j;

	CHECK(verdict_of(f, &policy) != SIG_VALID);
	for (i = 0; i < 300 && repeats(i); i++) {
		sig_facts_copy(f, &copy);
		for (j = next(state) % 3 + 1; j > 0; j--)
			lose(&copy, state);
		CHECK(verdict_of(&copy, &policy) != SIG_VALID);
		sig_facts_fini(&copy);
	}
}

/* The ways in which what is good becomes bad. */
static void
spoil_digest(struct sig_facts *f)
{
	f->levels[0].digest = SIG_DIGEST_MISMATCH;
}

static void
spoil_place(struct sig_facts *f)
{
	f->place = SIG_PLACE_HIDDEN;
}

static void
spoil_signature(struct sig_facts *f)
{
	f->levels[0].check = SIG_CHECK_BAD;
}

static void
spoil_link(struct sig_facts *f)
{
	struct sig_paths *p = &f->levels[0].paths;
	size_t i;

	for (i = 0; i < p->count; i++)
		if (p->list[i].count > 1)
			p->list[i].steps[1].link = SIG_CHECK_BAD;
}

static void
spoil_ca(struct sig_facts *f)
{
	size_t i;

	for (i = 0; i < f->cert_count; i++)
		if (f->certs[i].ca == SIG_SAID_YES)
			f->certs[i].ca = SIG_SAID_NO;
}

static void
spoil_purpose(struct sig_facts *f)
{
	struct sig_cert *c = &f->certs[f->levels[0].cert - 1];

	free(c->eku[0]);
	c->eku[0] = strdup("1.3.6.1.5.5.7.3.1");
	c->eku_present = SIG_SAID_YES;
}

/* One more timestamp, which is broken. */
static void
spoil_stamp(struct sig_facts *f)
{
	struct sig_level_facts *l = &f->levels[0];

	l->stamps = realloc(l->stamps, (l->stamp_count + 1) *
	    sizeof(*l->stamps));
	l->stamps[l->stamp_count++] = (struct sig_stamp_facts){
		.kind = SIG_STAMP_PKCS9, .time = INSTANT_NONE,
		.check = SIG_CHECK_BAD,
		.why = { SIG_WHY_DIGEST_OTHER, 5, 0 }
	};
	l->stamps_found++;
}

static void
missing_never_helps(void)
{
	static void (*const spoil[])(struct sig_facts *) = { spoil_digest,
	    spoil_place, spoil_signature, spoil_link, spoil_ca,
	    spoil_purpose, spoil_stamp };
	struct anchors *a = root_anchors();
	struct sig_policy policy = policy_of(a, "2014-01-01", true);
	uint32_t state = 2749655;
	struct sig_facts f;
	size_t i;

	for (i = 0; i < sizeof(spoil) / sizeof(spoil[0]); i++) {
		f = facts_of("pkcs9", a, false);
		CHECK_INT(verdict_of(&f, &policy), SIG_VALID);
		spoil[i](&f);
		never_valid(&f, a, &state);
		sig_facts_fini(&f);
	}
	for (i = 0; i < SEEDS; i++) {
		f = facts_of(seeds[i], a, true);
		never_valid(&f, a, &state);
		sig_facts_fini(&f);
	}
	anchors_free(a);
}

/* ----------------------------------------------------- what is absurd */

/* A word of any size in place of one of F. */
static void
twist(struct sig_facts *f, uint32_t *state)
{
	struct sig_level_facts *l = PICK(f->levels, f->level_count, state);
	struct sig_cert *c = PICK(f->certs, f->cert_count, state);
	struct sig_path *p = l != NULL ? PICK(l->paths.list, l->paths.count,
	    state) : NULL;
	struct sig_stamp_facts *t = l != NULL ? PICK(l->stamps,
	    l->stamp_count, state) : NULL;
	unsigned any = next(state) % 3 == 0 ? next(state) % 9 :
	    0x7fffff00 + next(state) % 256;

	switch (next(state) % 9) {
	case 0:
		f->place = (enum sig_place)any;
		break;
	case 1:
		if (l != NULL)
			l->digest = (enum sig_digest)any;
		break;
	case 2:
		if (l != NULL)
			l->digest_alg = (enum digest_alg)any;
		break;
	case 3:
		if (l != NULL)
			l->why.why = (enum sig_why)any;
		break;
	case 4:
		if (l != NULL)
			l->cert = any;
		break;
	case 5:
		if (c != NULL)
			c->extensions = (enum sig_extensions)any;
		break;
	case 6:
		if (p != NULL && p->count > 0)
			p->steps[next(state) % p->count].cert = any;
		break;
	case 7:
		if (t != NULL)
			t->cert = any;
		break;
	default:
		if (t != NULL)
			t->kind = (enum sig_stamp_kind)any;
	}
}

/* Whatever stands in facts, they end with a verdict and words. */
static void
absurd_ends_clean(void)
{
	struct anchors *a = root_anchors();
	struct sig_policy policy = policy_of(a, "2014-01-01", true);
	struct sig_facts f, copy;
	uint32_t state = 1;
	unsigned i;
	size_t k;

	for (k = 0; k < SEEDS; k++) {
		f = facts_of(seeds[k], a, false);
		for (i = 0; i < 300 && repeats(i); i++) {
			sig_facts_copy(&f, &copy);
			twist(&copy, &state);
			twist(&copy, &state);
			free(words_of(&copy, &policy));
			sig_facts_fini(&copy);
		}
		sig_facts_fini(&f);
	}
	anchors_free(a);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "reasons have names and words", reasons_have_names },
		{ "numbers are told", numbers_are_told },
		{ "facts say the same as the file", facts_say_the_same },
		{ "another anchor gives no trust", trust_is_never_given },
		{ "paths go past anchors", paths_go_past_anchors },
		{ "checks run out", checks_run_out },
		{ "nothing is not good", nothing_is_not_good },
		{ "every fact is asked for", every_fact_is_asked_for },
		{ "levels are not lost", levels_are_not_lost },
		{ "what is missing never helps", missing_never_helps },
		{ "what is absurd ends clean", absurd_ends_clean },
		{ NULL, NULL }
	};

	return tap_run(cases);
}

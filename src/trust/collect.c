/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/collect.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "trust/cert_facts.h"
#include "trust/paths.h"
#include "trust/pkcs7.h"
#include "trust/timestamp.h"

#include <stdlib.h>

/* 1.3.6.1.4.1.311.2.1 */
#define SPC	"\x2b\x06\x01\x04\x01\x82\x37\x02\x01"

/* What stays the same for one PKCS #7 and its nested ones. */
struct collect {
	const struct digest_set	*computed;
	const struct anchors	*anchors;
	struct sig_facts	*facts;
	unsigned		 budget;	/* checks left */
};

/*
 * A new level. The array may move, so levels are known by index while the
 * tree of signatures is walked.
 */
static struct sig_level_facts *
level_add(struct sig_facts *f, unsigned depth)
{
	struct sig_level_facts *l;

	f->levels = xpush(f->levels, f->level_count, sizeof(*f->levels));
	l = &f->levels[f->level_count++];
	l->depth = depth;
	f->levels_found = f->level_count;
	return l;
}

static void
add_damage(struct sig_facts *f, unsigned depth, const struct sig_reason *r)
{
	struct sig_level_facts *l;

	if (f->level_count == SIG_MAX_LEVELS)
		return;
	l = level_add(f, depth);
	l->check = SIG_CHECK_DAMAGED;
	l->why = *r;
}

/* -------------------------------------------- the digest of the file */

/*
 * SpcAttributeTypeAndOptionalValue, [Authenticode] "SpcIndirectDataContent":
 * each kind of file has its own. A digest of one kind says nothing of a file
 * of another. (Cabinets are signed as a link to a file, too.)
 */
static bool
type_fits(struct slice type, enum digest_subject subject)
{
	static const struct {
		enum digest_subject subject;
		const char	*oid;	/* 1.3.6.1.4.1.311.2.1. */
	} types[] = {
		{ DIGEST_OF_PE, SPC "\x0f" },	/* 15, SPC_PE_IMAGE_DATA */
		{ DIGEST_OF_CAB, SPC "\x19" },	/* 25, SPC_CAB_DATA */
		{ DIGEST_OF_CAB, SPC "\x1c" },	/* 28, SPC_LINK */
		{ DIGEST_OF_MSI, SPC "\x1e" },	/* 30, SPC_SIPINFO */
	};
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (types[i].subject == subject &&
		    slice_is(type, types[i].oid))
			return true;
	return subject == DIGEST_OF_BYTES;
}

/*
 * Compare the digest that was signed with the file's own. Content that
 * signs no file (a catalogue inside a PE) can match none.
 */
static enum status
collect_digest(const struct collect *k, const struct p7 *p7,
    struct sig_level_facts *l)
{
	struct p7_indirect ind;
	const struct digest *own;
	enum status st;

	if (p7->content_kind == P7_TST_INFO)
		return reason_set(&l->why, SIG_WHY_DATA_TOKEN,
		    p7->whole.fileoff);
	if (p7->content_kind == P7_CTL) {
		l->digest_alg = p7->signer.digest_alg;
		if (k->computed != NULL)
			l->digest = SIG_DIGEST_MISMATCH;
		return ST_OK;
	}
	st = p7_indirect_decode(p7, &ind, &l->why);
	if (st != ST_OK)
		return st;
	l->digest_alg = ind.alg;
	if (k->computed == NULL)
		return ST_OK;
	if (!type_fits(ind.type, k->computed->subject)) {
		l->digest = SIG_DIGEST_MISMATCH;
		(void)reason_set(&l->why, SIG_WHY_INDIRECT_TYPE,
		    ind.type.fileoff);
		return ST_OK;
	}
	own = &k->computed->of[ind.alg];
	if (own->alg == ind.alg)
		l->digest = slice_equal(ind.digest, slice_of(own->bytes,
		    own->len, 0)) ? SIG_DIGEST_MATCH : SIG_DIGEST_MISMATCH;
	return ST_OK;
}

/* -------------------------------------------------------- timestamps */

/* One value of an attribute that holds timestamps. */
static enum status
collect_stamp(struct collect *k, const struct p7 *p7,
    const struct cert_pool *pool, enum sig_stamp_kind kind,
    struct slice value, struct sig_level_facts *l)
{
	struct sig_stamp_facts *t;

	if (l->stamp_count == SIG_MAX_TIMESTAMPS)
		return reason_count(&l->why, SIG_WHY_STAMP_MANY,
		    value.fileoff, SIG_MAX_TIMESTAMPS);
	l->stamps = xpush(l->stamps, l->stamp_count, sizeof(*l->stamps));
	t = &l->stamps[l->stamp_count++];
	l->stamps_found = l->stamp_count;
	if (kind == SIG_STAMP_PKCS9)
		timestamp_pkcs9(k->facts, k->anchors, &p7->signer, pool,
		    value, &k->budget, t);
	else
		timestamp_rfc3161(k->facts, k->anchors, &p7->signer, value,
		    &k->budget, t);
	return ST_OK;
}

/* Every value of the attributes of one kind. */
static enum status
collect_stamps(struct collect *k, const struct p7 *p7,
    const struct cert_pool *pool, enum sig_stamp_kind kind,
    struct sig_level_facts *l)
{
	struct slice oid = kind == SIG_STAMP_PKCS9 ? OID_COUNTERSIGN :
	    OID_TOKEN;
	struct cursor attrs = cursor_of(p7->signer.unsigned_attrs), in;
	struct slice values;
	enum status st;
	struct der e;

	while ((st = p7_attr_next(&attrs, oid, &values, &l->why)) == ST_OK) {
		in = cursor_of(values);
		while (der_next(&in, &e)) {
			st = collect_stamp(k, p7, pool, kind, e.whole, l);
			if (st != ST_OK)
				return st;
		}
		if (in.at != values.n)
			return reason_set(&l->why, SIG_WHY_STAMP_BROKEN,
			    cursor_fileoff(&in));
	}
	return st == ST_ABSENT ? ST_OK : st;
}

/* --------------------------------------------------------- one level */

/* Who signed, and whether the signature verifies. */
static void
collect_signer(struct collect *k, const struct p7 *p7,
    const struct cert_pool *pool, struct sig_level_facts *l)
{
	struct cert *c = cert_pool_find(pool, p7->signer.issuer,
	    p7->signer.serial);
	enum status st;

	if (c == NULL) {
		(void)reason_set(&l->why, SIG_WHY_NO_CERT,
		    p7->signer.whole.fileoff);
		return;
	}
	l->cert = cert_facts(k->facts, c);
	st = p7_verify(&p7->signer, c, p7->content_type, p7->content,
	    &k->budget, &l->why);
	if (st == ST_OK) {
		l->check = SIG_CHECK_GOOD;
		paths_collect(k->facts, k->anchors, pool, c, &k->budget,
		    &l->paths);
	} else if (st != ST_LIMIT && st != ST_UNSUPPORTED)
		l->check = SIG_CHECK_BAD;
}

static enum status
collect_level(struct collect *k, struct slice s, struct p7 *p7,
    struct sig_level_facts *l)
{
	struct cert_pool pool = { 0 };
	enum status st = p7_decode(s, p7, &l->why);

	if (st == ST_OK) {
		l->signed_with = p7->signer.digest_alg;
		st = collect_digest(k, p7, l);
	}
	if (st == ST_OK)
		st = cert_pool_init(p7->certs, &pool, &l->why);
	if (st == ST_OK)
		st = collect_stamps(k, p7, &pool, SIG_STAMP_PKCS9, l);
	if (st == ST_OK)
		st = collect_stamps(k, p7, &pool, SIG_STAMP_RFC3161, l);
	if (st == ST_OK)
		collect_signer(k, p7, &pool, l);
	cert_pool_fini(&pool);
	return st;
}

static void	collect_p7(struct collect *k, struct slice s, unsigned depth);

/*
 * Every signature in every nested-signature attribute. (A broken list of
 * attributes was told with the level that it hangs on.)
 */
static void
collect_nested(struct collect *k, const struct p7 *p7, unsigned depth)
{
	struct cursor attrs = cursor_of(p7->signer.unsigned_attrs), in;
	struct sig_reason why;
	struct slice values;
	struct der e;

	while (p7_attr_next(&attrs, OID_NESTED, &values, NULL) == ST_OK) {
		in = cursor_of(values);
		while (der_next(&in, &e))
			collect_p7(k, e.whole, depth + 1);
		if (in.at == values.n)
			continue;
		(void)reason_set(&why, SIG_WHY_NESTED_BROKEN,
		    cursor_fileoff(&in));
		add_damage(k->facts, depth + 1, &why);
	}
}

static void
collect_p7(struct collect *k, struct slice s, unsigned depth)
{
	struct sig_level_facts *l;
	struct p7 p7;

	if (k->facts->level_count == SIG_MAX_LEVELS)
		return;
	l = level_add(k->facts, depth);
	if (depth == SIG_MAX_DEPTH ||
	    k->facts->level_count == SIG_MAX_LEVELS)
		(void)reason_set(&l->why, SIG_WHY_NESTED_MANY, s.fileoff);
	else if (collect_level(k, s, &p7, l) == ST_OK) {
		collect_nested(k, &p7, depth);
		return;
	}
	l->check = SIG_CHECK_DAMAGED;
}

/* ---------------------------------------------------------- the file */

void
sig_collect(struct slice s, const struct digest_set *computed,
    const struct anchors *anchors, struct sig_facts *f)
{
	struct collect k = { .computed = computed, .anchors = anchors,
	    .facts = f, .budget = SIG_MAX_CHECKS - f->checks };

	f->bare = computed == NULL;
	collect_p7(&k, s, 0);
	f->checks = SIG_MAX_CHECKS - k.budget;
}

void
sig_collect_damage(struct sig_facts *f, const struct sig_reason *r)
{
	add_damage(f, 0, r);
}

void
sig_collect_place(struct sig_facts *f, const struct diag *d)
{
	f->place = SIG_PLACE_SOUND;
	if (d->text[0] == '\0')
		return;
	f->place = SIG_PLACE_HIDDEN;
	reason_place(&f->hidden, d);
	free(f->hidden_text);
	f->hidden_text = xstrdup(d->text);
}

static unsigned
algorithms_below(struct slice s, unsigned depth, unsigned *budget)
{
	struct cursor attrs, in;
	struct p7_indirect ind;
	struct slice values;
	unsigned algs = 0;
	struct p7 p7;
	struct der e;

	if (depth == SIG_MAX_DEPTH || *budget == 0 ||
	    p7_decode(s, &p7, NULL) != ST_OK)
		return 0;
	--*budget;
	if (p7.content_kind == P7_SPC_INDIRECT &&
	    p7_indirect_decode(&p7, &ind, NULL) == ST_OK)
		algs = DIGEST_BIT(ind.alg);
	attrs = cursor_of(p7.signer.unsigned_attrs);
	while (p7_attr_next(&attrs, OID_NESTED, &values, NULL) == ST_OK)
		for (in = cursor_of(values); der_next(&in, &e);)
			algs |= algorithms_below(e.whole, depth + 1, budget);
	return algs;
}

unsigned
sig_algorithms(struct slice s)
{
	unsigned budget = SIG_MAX_LEVELS;

	return algorithms_below(s, 0, &budget);
}

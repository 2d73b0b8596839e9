/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/timestamp.h"

#include "trust/cert_facts.h"
#include "trust/paths.h"

/* Find the certificate; NULL, and *OUT says so, without. */
static struct cert *
find_stamper(struct sig_facts *f, const struct cert_pool *pool,
    const struct p7_signer *stamp, struct sig_stamp_facts *out)
{
	struct cert *c = cert_pool_find(pool, stamp->issuer, stamp->serial);

	out->digest_alg = stamp->digest_alg;
	if (c != NULL)
		out->cert = cert_facts(f, c);
	else
		(void)reason_set(&out->why, SIG_WHY_NO_STAMPER,
		    stamp->whole.fileoff);
	return c;
}

/*
 * What came of it: ST is of reading and of verifying, C who is to have made
 * it.
 */
static void
conclude(struct sig_facts *f, const struct anchors *a,
    const struct cert_pool *pool, struct cert *c, enum status st,
    unsigned *budget, struct sig_stamp_facts *out)
{
	if (c != NULL && st != ST_OK && reason_is_open(out->why.why))
		out->check = SIG_CHECK_NONE;
	else if (st == ST_UNTRUSTED)
		out->check = SIG_CHECK_BAD;
	else if (st != ST_OK)
		out->check = SIG_CHECK_DAMAGED;
	else if (c != NULL) {
		out->check = SIG_CHECK_GOOD;
		out->why = (struct sig_reason){ 0 };
		paths_collect(f, a, pool, c, budget, &out->paths);
	}
}

void
timestamp_pkcs9(struct sig_facts *f, const struct anchors *a,
    const struct p7_signer *signer, const struct cert_pool *outer,
    struct slice value, unsigned *budget, struct sig_stamp_facts *out)
{
	static const struct slice any = { 0 };
	struct p7_signer stamp;
	struct cert *c = NULL;
	enum status st;

	*out = (struct sig_stamp_facts){ .kind = SIG_STAMP_PKCS9,
	    .time = INSTANT_NONE };
	st = p7_signer_decode(value, &stamp, &out->why);
	if (st == ST_OK) {
		c = find_stamper(f, outer, &stamp, out);
		st = p7_signing_time(&stamp, &out->time, &out->why);
		if (st == ST_ABSENT)
			st = reason_set(&out->why, SIG_WHY_TIME_NONE,
			    stamp.whole.fileoff);
	}
	if (st == ST_OK && c != NULL)
		st = p7_verify(&stamp, c, any, signer->signature, budget,
		    &out->why);
	conclude(f, a, outer, c, st, budget, out);
}

/* Is the token about SIGNER's signature? */
static enum status
check_imprint(const struct p7_tst *tst, const struct p7_signer *signer,
    struct sig_reason *why)
{
	struct digest digest;

	if (crypto_digest(tst->alg, signer->signature, &digest) &&
	    slice_equal(tst->imprint, slice_of(digest.bytes, digest.len, 0)))
		return ST_OK;
	return reason_set(why, SIG_WHY_IMPRINT_OTHER, tst->imprint.fileoff);
}

/*
 * What a token needs beside its signature: it names its certificate, as
 * RFC 3161 2.4.2 asks and every token of Microsoft's files does, and no MD5 is
 * in it, by which it could be of two signatures.
 */
static enum status
check_token(const struct p7 *token, const struct p7_tst *tst,
    const struct cert *c, struct sig_reason *why)
{
	if (tst->alg == DIGEST_MD5 || token->signer.digest_alg == DIGEST_MD5)
		return reason_set(why, SIG_WHY_TOKEN_MD5,
		    tst->imprint.fileoff);
	return p7_names_cert(&token->signer, c, why);
}

void
timestamp_rfc3161(struct sig_facts *f, const struct anchors *a,
    const struct p7_signer *signer, struct slice value, unsigned *budget,
    struct sig_stamp_facts *out)
{
	struct cert_pool pool = { 0 };
	struct cert *c = NULL;
	struct p7_tst tst;
	struct p7 token;
	enum status st;

	*out = (struct sig_stamp_facts){ .kind = SIG_STAMP_RFC3161,
	    .time = INSTANT_NONE };
	st = p7_decode(value, &token, &out->why);
	if (st == ST_OK && token.content_kind != P7_TST_INFO)
		st = reason_set(&out->why, SIG_WHY_TST_NONE, value.fileoff);
	if (st == ST_OK)
		st = cert_pool_init(token.certs, &pool, &out->why);
	if (st == ST_OK)
		st = p7_tst_decode(&token, &tst, &out->why);
	if (st == ST_OK) {
		out->time = tst.time;
		c = find_stamper(f, &pool, &token.signer, out);
		st = check_imprint(&tst, signer, &out->why);
	}
	if (st == ST_OK && c != NULL)
		st = p7_verify(&token.signer, c, token.content_type,
		    token.content, budget, &out->why);
	if (st == ST_OK && c != NULL)
		st = check_token(&token, &tst, c, &out->why);
	conclude(f, a, &pool, c, st, budget, out);
	cert_pool_fini(&pool);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/timestamp.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "trust/chain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * The two entries of wintrust.dll's table that every Windows has: time
 * stampers of VeriSign whose certificates have no extendedKeyUsage (the
 * first, of 1997) or had to be trusted before it counted (the second, 1999).
 * Read in wintrust.dll of XP SP2 and of ten later builds.
 */
static const struct sig_thumbprint always[] = {
	{ { 0x38, 0x73, 0xb6, 0x99, 0xf3, 0x5b, 0x9c, 0xcc, 0x36, 0x62, 0xb6,
	    0x48, 0x3a, 0x96, 0xbd, 0x6e, 0xec, 0x97, 0xcf, 0xb7 }, NULL },
	{ { 0x9a, 0x3f, 0xf0, 0x5b, 0x42, 0x88, 0x52, 0x64, 0x84, 0xa9, 0xfc,
	    0xb8, 0xbc, 0x14, 0x7d, 0x53, 0xe1, 0x5a, 0x43, 0xbb }, NULL },
};

static const struct sig_thumbprint *
find_thumbprint(const struct sig_thumbprint *list, size_t count,
    const struct digest *sha1)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (memcmp(list[i].sha1, sha1->bytes,
		    sizeof(list[i].sha1)) == 0)
			return &list[i];
	return NULL;
}

/*
 * May this certificate be a time stamper? Windows asks the extension, never
 * a property of the store, and takes a critical and a non-critical one
 * alike; then it looks at its table. (OpenSSL's X509_get_extended_key_usage()
 * is all ones without the extension, and X509_PURPOSE_TIMESTAMP_SIGN refuses
 * a good extension that is not critical: neither is this question.)
 */
static struct sig_flags
stamper_accepted(const struct sig_policy *policy, const struct cert *c,
    struct sig_timestamp *out)
{
	static const struct sig_flags no = { false, false };
	static const struct sig_flags both = { true, true };
	static const struct sig_flags fixed = { false, true };
	const struct sig_thumbprint *t;
	struct digest sha1;

	if (!crypto_digest(DIGEST_SHA1, c->whole, &sha1))
		return no;
	t = find_thumbprint(policy->thumbprints, policy->thumbprint_count,
	    &sha1);
	if (t != NULL && t->advisory != NULL)
		out->advisory = xstrdup(t->advisory);
	if (cert_has_eku(c, OID_EKU_TIME) || cert_has_eku(c, OID_EKU_MS_TIME))
		return both;
	if (find_thumbprint(always, sizeof(always) / sizeof(always[0]),
	    &sha1) != NULL)
		return both;
	if (t == NULL)
		return no;
	return t->advisory == NULL ? both : fixed;
}

static void
broken(struct sig_timestamp *out)
{
	out->state = SIG_STAMP_BROKEN;
	diag_wrap(&out->why, "timestamp");
}

/* The signature verifies: judge who made it, and when. */
static void
judge_stamper(const struct sig_policy *policy, struct cert *c,
    const struct cert_pool *pool, unsigned *budget,
    struct sig_timestamp *out)
{
	struct sig_flags accepted = stamper_accepted(policy, c, out);
	struct chain chain;

	chain_build(policy->anchors, pool, c, CHAIN_TIME, out->time, budget,
	    &chain);
	out->anchor = xstrdup(chain.anchor);
	if (!chain_holds(&chain, out->time)) {
		out->state = SIG_STAMP_UNTRUSTED;
		out->why = chain.why;
		if (chain.anchor != NULL)
			diag_set(&out->why, ST_UNTRUSTED, c->whole.fileoff,
			    "RFC 5280 6.1.3", "a certificate was not valid "
			    "at the time of the timestamp");
		diag_wrap(&out->why, "timestamp");
		return;
	}
	out->state = SIG_STAMP_GOOD;
	out->accepted = accepted;
	if (!accepted.without_fix)
		diag_set(&out->why, ST_UNTRUSTED, c->whole.fileoff,
		    "WinVerifyTrust: time stamper's purpose", "timestamp: "
		    "the certificate is not for time stamping (%s)",
		    c->eku_present ? "its extendedKeyUsage says other things" :
		    "it has no extendedKeyUsage");
}

/* Find and describe the certificate; NULL, and *OUT says so, without. */
static struct cert *
find_stamper(const struct cert_pool *pool, const struct p7_signer *stamp,
    struct sig_timestamp *out)
{
	struct cert *c = cert_pool_find(pool, stamp->issuer, stamp->serial);

	if (c != NULL) {
		sig_certificate_init(&out->certificate, c);
		return c;
	}
	out->state = SIG_STAMP_UNTRUSTED;
	diag_set(&out->why, ST_UNTRUSTED, stamp->whole.fileoff,
	    "RFC 2315 9.2", "timestamp: its certificate is not in the file");
	return NULL;
}

void
timestamp_pkcs9(const struct sig_policy *policy,
    const struct p7_signer *signer, const struct cert_pool *outer,
    struct slice value, unsigned *budget, struct sig_timestamp *out)
{
	static const struct slice any = { 0 };
	struct p7_signer stamp;
	struct cert *c;
	enum status st;

	*out = (struct sig_timestamp){ .kind = SIG_STAMP_PKCS9,
	    .time = INSTANT_NONE };
	if (p7_signer_decode(value, &stamp, &out->why) != ST_OK) {
		broken(out);
		return;
	}
	c = find_stamper(outer, &stamp, out);
	st = p7_signing_time(&stamp, &out->time, &out->why);
	if (st == ST_ABSENT)
		diag_set(&out->why, st, stamp.whole.fileoff, "RFC 2985 5.3.6",
		    "no signing time");
	if (st == ST_OK && c != NULL)
		st = p7_verify(&stamp, c, any, signer->signature, budget,
		    &out->why);
	if (st == ST_LIMIT)
		out->state = SIG_STAMP_UNTRUSTED;
	else if (st != ST_OK)
		broken(out);
	else if (c != NULL)
		judge_stamper(policy, c, outer, budget, out);
}

/* Is the token about SIGNER's signature? */
static enum status
check_imprint(const struct p7_tst *tst, const struct p7_signer *signer,
    struct diag *d)
{
	struct digest digest;

	if (crypto_digest(tst->alg, signer->signature, &digest) &&
	    slice_equal(tst->imprint, slice_of(digest.bytes, digest.len, 0)))
		return ST_OK;
	return diag_set(d, ST_UNTRUSTED, tst->imprint.fileoff,
	    "RFC 3161 2.4.2: messageImprint",
	    "the token is of another signature");
}

void
timestamp_rfc3161(const struct sig_policy *policy,
    const struct p7_signer *signer, struct slice value, unsigned *budget,
    struct sig_timestamp *out)
{
	struct cert_pool pool = { 0 };
	struct cert *c = NULL;
	struct p7_tst tst;
	struct p7 token;
	enum status st;

	*out = (struct sig_timestamp){ .kind = SIG_STAMP_RFC3161,
	    .time = INSTANT_NONE };
	st = p7_decode(value, &token, &out->why);
	if (st == ST_OK && token.content_kind != P7_TST_INFO)
		st = diag_set(&out->why, ST_MALFORMED, value.fileoff,
		    "RFC 3161 2.4.2", "no TSTInfo inside");
	if (st == ST_OK)
		st = cert_pool_init(token.certs, &pool, &out->why);
	if (st == ST_OK)
		st = p7_tst_decode(&token, &tst, &out->why);
	if (st == ST_OK) {
		out->time = tst.time;
		c = find_stamper(&pool, &token.signer, out);
		st = check_imprint(&tst, signer, &out->why);
	}
	if (st == ST_OK && c != NULL)
		st = p7_verify(&token.signer, c, token.content_type,
		    token.content, budget, &out->why);
	if (st == ST_LIMIT && c != NULL)
		out->state = SIG_STAMP_UNTRUSTED;
	else if (st != ST_OK)
		broken(out);
	else if (c != NULL)
		judge_stamper(policy, c, &pool, budget, out);
	cert_pool_fini(&pool);
}

/* ------------------------------------------- certificates for people */

static char *
serial_text(struct slice serial)
{
	char *text;
	size_t i;

	if (serial.n > 1 && serial.p[0] == 0)
		(void)slice_from(serial, 1, &serial);
	if (serial.n > CERT_MAX_SERIAL)
		return xstrdup("(a number that is too long)");
	text = xcalloc(serial.n + 1, 2);
	for (i = 0; i < serial.n; i++)
		snprintf(text + 2 * i, 3, "%02x", serial.p[i]);
	return text;
}

void
sig_certificate_init(struct sig_certificate *out, const struct cert *c)
{
	char hex[2 * DIGEST_MAX + 1] = "";
	struct cursor eku = cursor_of(c->eku);
	struct digest sha1;
	struct der oid;

	if (crypto_digest(DIGEST_SHA1, c->whole, &sha1))
		digest_hex(&sha1, hex);
	*out = (struct sig_certificate){
		.subject = cert_name_text(c->subject),
		.issuer = cert_name_text(c->issuer),
		.serial = serial_text(c->serial),
		.sha1 = xstrdup(hex),
		.not_before = c->not_before,
		.not_after = c->not_after,
		.eku_present = c->eku_present,
	};
	while (der_take_if(&eku, DER_OID, &oid)) {
		out->eku = xpush(out->eku, out->eku_count,
		    sizeof(*out->eku));
		out->eku[out->eku_count++] = cert_oid_text(oid.body);
	}
}

void
sig_certificate_fini(struct sig_certificate *c)
{
	size_t i;

	free(c->subject);
	free(c->issuer);
	free(c->serial);
	free(c->sha1);
	for (i = 0; i < c->eku_count; i++)
		free(c->eku[i]);
	free(c->eku);
	*c = (struct sig_certificate){ 0 };
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/crypto.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "trust/cache.h"
#include "trust/der.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* With the caches, the only state of the program that is not const: made once,
 * for all. */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static OSSL_LIB_CTX *context;
static EVP_MD *mds[DIGEST_ALGS];

static const char *const md_names[DIGEST_ALGS] = {
	NULL, "MD5", "SHA1", "SHA256", "SHA384", "SHA512"
};

static void
context_make(void)
{
	int i;

	/*
	 * Before any other call: the file that OPENSSL_CONF names is loaded
	 * into the library's default context otherwise, and one that says
	 * "config_diagnostics = 1" makes loading it fail.
	 */
	(void)OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
	context = xcheck(OSSL_LIB_CTX_new());
	for (i = DIGEST_NONE + 1; i < DIGEST_ALGS; i++)
		mds[i] = EVP_MD_fetch(context, md_names[i], NULL);
}

OSSL_LIB_CTX *
crypto_context(void)
{
	pthread_once(&once, context_make);
	return context;
}

const EVP_MD *
crypto_md(enum digest_alg alg)
{
	pthread_once(&once, context_make);
	return mds[alg];
}

/* Contents octets of the OIDs that are allowed; everything else is refused. */
static const struct {
	const char	*oid;
	enum digest_alg	 digest;
	bool		 signature;
} algorithms[] = {
	/* 1.2.840.113549.2.5, 1.3.14.3.2.26, 2.16.840.1.101.3.4.2.1-3 */
	{ "\x2a\x86\x48\x86\xf7\x0d\x02\x05", DIGEST_MD5, false },
	{ "\x2b\x0e\x03\x02\x1a", DIGEST_SHA1, false },
	{ "\x60\x86\x48\x01\x65\x03\x04\x02\x01", DIGEST_SHA256, false },
	{ "\x60\x86\x48\x01\x65\x03\x04\x02\x02", DIGEST_SHA384, false },
	{ "\x60\x86\x48\x01\x65\x03\x04\x02\x03", DIGEST_SHA512, false },
	/* RFC 8017 A.2: 1.2.840.113549.1.1.1, .4, .5, .11-.13 */
	{ "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01", DIGEST_NONE, true },
	{ "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x04", DIGEST_MD5, true },
	{ "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x05", DIGEST_SHA1, true },
	{ "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b", DIGEST_SHA256, true },
	{ "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0c", DIGEST_SHA384, true },
	{ "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0d", DIGEST_SHA512, true },
	/* OIW 1.3.14.3.2.29, sha1WithRSA: what makecert wrote */
	{ "\x2b\x0e\x03\x02\x1d", DIGEST_SHA1, true },
	/* RFC 5758 3.2: 1.2.840.10045.2.1, .4.1, .4.3.2-4 */
	{ "\x2a\x86\x48\xce\x3d\x02\x01", DIGEST_NONE, true },
	{ "\x2a\x86\x48\xce\x3d\x04\x01", DIGEST_SHA1, true },
	{ "\x2a\x86\x48\xce\x3d\x04\x03\x02", DIGEST_SHA256, true },
	{ "\x2a\x86\x48\xce\x3d\x04\x03\x03", DIGEST_SHA384, true },
	{ "\x2a\x86\x48\xce\x3d\x04\x03\x04", DIGEST_SHA512, true },
};

enum digest_alg
crypto_digest_of_oid(struct slice oid)
{
	size_t i;

	for (i = 0; i < sizeof(algorithms) / sizeof(algorithms[0]); i++)
		if (slice_is(oid, algorithms[i].oid))
			return algorithms[i].digest;
	return DIGEST_NONE;
}

bool
crypto_is_signature_oid(struct slice oid)
{
	size_t i;

	for (i = 0; i < sizeof(algorithms) / sizeof(algorithms[0]); i++)
		if (slice_is(oid, algorithms[i].oid))
			return algorithms[i].signature;
	return false;
}

bool
crypto_digest(enum digest_alg alg, struct slice s, struct digest *out)
{
	const EVP_MD *md = crypto_md(alg);
	unsigned len = 0;

	if (md == NULL || EVP_Digest(s.p, s.n, out->bytes, &len, md, NULL) != 1)
		return false;
	out->alg = alg;
	out->len = len;
	return true;
}

void
crypto_sha256(struct slice s, uint8_t *out)
{
	struct digest d = { .alg = DIGEST_NONE };

	(void)crypto_digest(DIGEST_SHA256, s, &d);
	memcpy(out, d.bytes, 32);
}

/*
 * A check costs as much as the key is long, and its exponent. An exponent of 1
 * lets everybody sign, and OpenSSL does not mind.
 *
 * Spec: RFC 8017 3.1: the exponent is odd, and 3 at least
 */
static bool
key_is_usable(const EVP_PKEY *key)
{
	BIGNUM *e = NULL;
	bool usable;

	if (!EVP_PKEY_is_a(key, "RSA"))
		return true;
	usable = EVP_PKEY_get_bits(key) <= RSA_MAX_BITS &&
	    EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &e) == 1 &&
	    BN_num_bits(e) <= RSA_MAX_EXPONENT && BN_is_odd(e) &&
	    !BN_is_one(e);
	BN_free(e);
	return usable;
}

/*
 * Is a key, if it is EC, a point on a curve that is named and that Windows
 * knows? A curve that is described instead can be one on which the point of
 * any root has a secret that everybody knows (CVE-2020-0601), and costs what
 * who describes it likes. Points in another form than the plain one are in no
 * certificate that Windows is known to take.
 *
 * Spec: RFC 5480 2.1.1 and 2.2: secp256r1, secp384r1, secp521r1; no
 *       compressed points
 */
static bool
curve_is_known(struct slice spki)
{
	const struct {
		struct slice	oid;
		size_t		octets;	/* of the BIT STRING */
	} curves[] = {
		{ OID("\x2a\x86\x48\xce\x3d\x03\x01\x07"), 66 },
		{ OID("\x2b\x81\x04\x00\x22"), 98 },
		{ OID("\x2b\x81\x04\x00\x23"), 134 },
	};
	struct cursor c = cursor_of(spki), in = der_enter(&c, DER_SEQUENCE);
	struct cursor alg = der_enter(&in, DER_SEQUENCE);
	struct der type, curve, bits;
	size_t i;

	if (!der_take(&alg, DER_OID, &type) || !slice_equal(type.body,
	    OID("\x2a\x86\x48\xce\x3d\x02\x01")))
		return true;
	if (!der_take(&alg, DER_OID, &curve) || !der_done(&alg) ||
	    !der_take(&in, DER_BIT_STRING, &bits) || !der_done(&in) ||
	    !der_done(&c))
		return false;
	for (i = 0; i < sizeof(curves) / sizeof(curves[0]); i++)
		if (slice_equal(curve.body, curves[i].oid))
			return bits.body.n == curves[i].octets &&
			    bits.body.p[0] == 0 && bits.body.p[1] == 4;
	return false;
}

static EVP_PKEY *
decode_key(struct slice spki)
{
	const unsigned char *p = spki.p;
	EVP_PKEY *key = NULL;

	ERR_set_mark();
	if (spki.n <= LONG_MAX && curve_is_known(spki))
		key = d2i_PUBKEY_ex(NULL, &p, (long)spki.n, crypto_context(),
		    NULL);
	if (key != NULL && !key_is_usable(key)) {
		EVP_PKEY_free(key);
		key = NULL;
	}
	ERR_pop_to_mark();
	return key;
}

/* Nothing of a key changes once it is decoded, and OpenSSL counts who has
 * it. */
static void *
share_key(void *key)
{
	return xcheck(EVP_PKEY_up_ref(key) == 1 ? key : NULL);
}

static void
drop_key(void *key)
{
	EVP_PKEY_free(key);
}

/* By SubjectPublicKeyInfo: OpenSSL takes ten times as long to decode an RSA
 * key as to check a signature with it. */
static struct cache keys = CACHE_INIT(share_key, drop_key);

EVP_PKEY *
crypto_key(struct slice spki)
{
	EVP_PKEY *key = cache_get(&keys, spki);

	if (key == NULL) {
		key = decode_key(spki);
		if (key != NULL)
			cache_put(&keys, spki, key);
	}
	return key;
}

bool
crypto_key_fits(const EVP_PKEY *key)
{
	return EVP_PKEY_is_a(key, "RSA") || EVP_PKEY_is_a(key, "EC");
}

/* RFC 8017 9.2 note 1: what stands before the digest in a DigestInfo. */
static const struct {
	uint8_t	bytes[19];
	size_t	len;
} prefixes[DIGEST_ALGS] = {
	[DIGEST_MD5] = { { 0x30, 0x20, 0x30, 0x0c, 0x06, 0x08, 0x2a, 0x86,
	    0x48, 0x86, 0xf7, 0x0d, 0x02, 0x05, 0x05, 0x00, 0x04, 0x10 }, 18 },
	[DIGEST_SHA1] = { { 0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e,
	    0x03, 0x02, 0x1a, 0x05, 0x00, 0x04, 0x14 }, 15 },
	[DIGEST_SHA256] = { { 0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86,
	    0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04,
	    0x20 }, 19 },
	[DIGEST_SHA384] = { { 0x30, 0x41, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86,
	    0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02, 0x05, 0x00, 0x04,
	    0x30 }, 19 },
	[DIGEST_SHA512] = { { 0x30, 0x51, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86,
	    0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03, 0x05, 0x00, 0x04,
	    0x40 }, 19 },
};

/* Is INFO the DigestInfo of D, or with BARE just D? */
static bool
is_digest_info(struct slice info, const struct digest *d, bool bare)
{
	struct slice prefix = slice_of(prefixes[d->alg].bytes,
	    prefixes[d->alg].len, 0);
	struct slice head, tail;

	if (bare && slice_equal(info, slice_of(d->bytes, d->len, 0)))
		return true;
	return slice_sub(info, 0, prefix.n, &head) &&
	    slice_from(info, prefix.n, &tail) && slice_equal(head, prefix) &&
	    slice_equal(tail, slice_of(d->bytes, d->len, 0));
}

static bool
verify_rsa(EVP_PKEY_CTX *ctx, const struct digest *d, struct slice sig,
    bool bare)
{
	uint8_t *info;
	size_t len = 0;
	bool ok;

	/* RFC 8017 8.2.2 step 1; OpenSSL takes one without its zeros, too. */
	if (sig.n != (size_t)EVP_PKEY_get_size(
	    EVP_PKEY_CTX_get0_pkey(ctx)) ||
	    EVP_PKEY_verify_recover_init(ctx) != 1 ||
	    EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PADDING) != 1 ||
	    EVP_PKEY_verify_recover(ctx, NULL, &len, sig.p, sig.n) != 1)
		return false;
	/* OPENSSL_RSA_MAX_MODULUS_BITS bounds LEN. */
	info = xcalloc(1, len);
	ok = EVP_PKEY_verify_recover(ctx, info, &len, sig.p, sig.n) == 1 &&
	    is_digest_info(slice_of(info, len, 0), d, bare);
	free(info);
	return ok;
}

static bool
verify_ecdsa(EVP_PKEY_CTX *ctx, const struct digest *d, struct slice sig)
{
	return EVP_PKEY_verify_init(ctx) == 1 &&
	    EVP_PKEY_verify(ctx, sig.p, sig.n, d->bytes, d->len) == 1;
}

bool
crypto_verify(EVP_PKEY *key, const struct digest *d, struct slice sig,
    bool bare)
{
	EVP_PKEY_CTX *ctx;
	bool ok = false;

	ERR_set_mark();
	ctx = EVP_PKEY_CTX_new_from_pkey(crypto_context(), key, NULL);
	if (ctx != NULL && EVP_PKEY_is_a(key, "RSA"))
		ok = verify_rsa(ctx, d, sig, bare);
	else if (ctx != NULL && EVP_PKEY_is_a(key, "EC"))
		ok = verify_ecdsa(ctx, d, sig);
	EVP_PKEY_CTX_free(ctx);
	ERR_pop_to_mark();
	return ok;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/cert.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "trust/cache.h"
#include "trust/pss.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/x509.h>

#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------- extensions */

/* RFC 5280 4.2.1.9. */
static bool
ext_basic_constraints(struct cert *cert, struct cursor c)
{
	struct cursor seq = der_enter(&c, DER_SEQUENCE);
	struct der e;

	if (der_take_if(&seq, DER_BOOLEAN, &e) && e.body.n == 1)
		cert->ca = e.body.p[0] != 0;
	if (der_take_if(&seq, DER_INTEGER, &e))
		/* Longer paths than 127 are cut by CHAIN_MAX_DEPTH anyway. */
		cert->path_len = e.body.n == 1 && e.body.p[0] < 0x80 ?
		    e.body.p[0] : 127;
	return der_done(&seq) && der_done(&c);
}

/* RFC 5280 4.2.1.3: keyCertSign is bit 5, counted from the top. */
static bool
ext_key_usage(struct cert *cert, struct cursor c)
{
	struct der bits;

	if (!der_take(&c, DER_BIT_STRING, &bits) || bits.body.n < 1)
		return false;
	cert->key_usage = true;
	cert->cert_sign = bits.body.n > 1 && (bits.body.p[1] & 0x04) != 0;
	return der_done(&c);
}

/* RFC 5280 4.2.1.12. */
static bool
ext_eku(struct cert *cert, struct cursor c)
{
	struct der seq, oid;
	struct cursor in;
	unsigned count = 0;

	if (!der_take(&c, DER_SEQUENCE, &seq) || !der_done(&c))
		return false;
	for (in = cursor_of(seq.body); cursor_left(&in) > 0;)
		if (!der_take(&in, DER_OID, &oid))
			return false;
		else if (++count > CERT_MAX_EKU)
			break;
	cert->eku_present = true;
	if (count > CERT_MAX_EKU)
		return false;
	cert->eku = seq.body;
	return !in.bad;
}

/*
 * Extensions that may be critical. Those without a function cannot forbid
 * what is asked of a chain here: identifiers, alternative names, places of
 * revocation lists, and policies, of which none is required.
 */
static const struct extension {
	const char	*oid;
	enum sig_extensions flaw;	/* when it is broken; 0 never */
	bool		(*read)(struct cert *, struct cursor);
} extensions[] = {
	{ "\x55\x1d\x13", SIG_EXT_CONSTRAINTS, ext_basic_constraints },
	{ "\x55\x1d\x0f", SIG_EXT_USAGE, ext_key_usage },
	{ "\x55\x1d\x25", SIG_EXT_PURPOSES, ext_eku },
	{ "\x55\x1d\x0e", 0, NULL },		/* subjectKeyIdentifier */
	{ "\x55\x1d\x11", 0, NULL },		/* subjectAltName */
	{ "\x55\x1d\x12", 0, NULL },		/* issuerAltName */
	{ "\x55\x1d\x1f", 0, NULL },		/* cRLDistributionPoints */
	{ "\x55\x1d\x20", 0, NULL },		/* certificatePolicies */
	{ "\x55\x1d\x21", 0, NULL },		/* policyMappings */
	{ "\x55\x1d\x23", 0, NULL },		/* authorityKeyIdentifier */
	{ "\x55\x1d\x24", 0, NULL },		/* policyConstraints */
	{ "\x55\x1d\x36", 0, NULL },		/* inhibitAnyPolicy */
};
#define EXTENSION_COUNT	(sizeof(extensions) / sizeof(extensions[0]))

/* Take note of one extension; *SEEN has a bit for each row met before. */
static void
note_extension(struct cert *cert, struct slice oid, bool critical,
    struct slice value, unsigned *seen)
{
	const struct extension *x;
	size_t i;

	for (i = 0; i < EXTENSION_COUNT; i++)
		if (slice_is(oid, extensions[i].oid))
			break;
	if (i == EXTENSION_COUNT) {
		/* RFC 5280 4.2.1.10: nameConstraints are critical, even where
		 * they do not say so. */
		if ((critical || slice_is(oid, "\x55\x1d\x1e")) &&
		    cert->odd_critical.n == 0)
			cert->odd_critical = oid;
		return;
	}
	x = &extensions[i];
	if ((*seen & 1U << i) != 0)
		cert->extensions = SIG_EXT_TWICE;
	else if (x->read != NULL && !x->read(cert, cursor_of(value)))
		cert->extensions = x->flaw;
	*seen |= 1U << i;
}

/* RFC 5280 4.1: Extensions, inside [3] EXPLICIT. */
static bool
read_extensions(struct cert *cert, struct cursor c)
{
	struct cursor list = der_enter(&c, DER_SEQUENCE), one;
	struct der oid, critical, value;
	unsigned seen = 0;
	bool is_critical;

	while (cursor_left(&list) > 0) {
		one = der_enter(&list, DER_SEQUENCE);
		if (!der_take(&one, DER_OID, &oid))
			return false;
		is_critical = der_take_if(&one, DER_BOOLEAN, &critical) &&
		    critical.body.n == 1 && critical.body.p[0] != 0;
		if (!der_take(&one, DER_OCTET_STRING, &value) ||
		    !der_done(&one))
			return false;
		note_extension(cert, oid.body, is_critical, value.body, &seen);
	}
	return der_done(&list) && der_done(&c);
}

/* ------------------------------------------------------ certificates */

static bool
read_validity(struct cert *cert, struct cursor c)
{
	struct der from, to;

	return der_next(&c, &from) && der_next(&c, &to) && der_done(&c) &&
	    der_time(from, &cert->not_before) && der_time(to, &cert->not_after);
}

/* RFC 5280 4.1.2: TBSCertificate. */
static bool
read_tbs(struct cert *cert, struct cursor c)
{
	struct der e, serial, algorithm, issuer, validity, subject, spki;

	(void)der_take_if(&c, DER_CONTEXT(0), &e);	/* version */
	if (!der_take(&c, DER_INTEGER, &serial) ||
	    !der_take(&c, DER_SEQUENCE, &algorithm) ||
	    !der_take(&c, DER_SEQUENCE, &issuer) ||
	    !der_take(&c, DER_SEQUENCE, &validity) ||
	    !der_take(&c, DER_SEQUENCE, &subject) ||
	    !der_take(&c, DER_SEQUENCE, &spki) ||
	    !read_validity(cert, cursor_of(validity.body)))
		return false;
	/* RFC 5280 4.1.1.2: the same twice. Only this one is signed. */
	if (!slice_equal(algorithm.whole, cert->algorithm))
		cert->sig_oid = (struct slice){ 0 };
	cert->serial = serial.body;
	cert->issuer = issuer.whole;
	cert->subject = subject.whole;
	cert->spki = spki.whole;
	/* [1] and [2] are unique identifiers, which nobody uses. */
	while (cursor_left(&c) > 0 && der_next(&c, &e))
		if (e.tag == DER_CONTEXT(3) &&
		    !read_extensions(cert, cursor_of(e.body)))
			return false;
	return der_done(&c);
}

static bool
read_cert(struct slice whole, struct cert *out)
{
	struct cert cert = { .whole = whole, .path_len = -1,
	    .extensions = SIG_EXT_SOUND };
	struct cursor c = cursor_of(whole), outer, at;
	struct der all, tbs, algorithm, bits;

	if (!der_take(&c, DER_SEQUENCE, &all) || !der_is_short(all))
		return false;
	outer = cursor_of(all.body);
	if (!der_take(&outer, DER_SEQUENCE, &tbs))
		return false;
	cert.tbs = tbs.whole;
	at = outer;
	cert.sig_oid = der_algorithm(&at);
	if (!der_take(&outer, DER_SEQUENCE, &algorithm))
		return false;
	cert.algorithm = algorithm.whole;
	/* No bit of a signature is unused: RFC 8017 A.2, RFC 3279 2.2.3. */
	if (!der_take(&outer, DER_BIT_STRING, &bits) || !der_done(&outer) ||
	    !der_is_short(bits) || bits.body.n == 0 || bits.body.p[0] != 0 ||
	    !slice_from(bits.body, 1, &cert.signature) ||
	    !read_tbs(&cert, cursor_of(tbs.body)))
		return false;
	*out = cert;
	return true;
}

enum status
cert_pool_init(struct slice set, struct cert_pool *out,
    struct sig_reason *r)
{
	struct cert_pool pool = { 0 };
	struct cursor c = cursor_of(set);
	enum status st = ST_OK;
	struct der e;

	while (st == ST_OK && cursor_left(&c) > 0) {
		if (!der_next(&c, &e)) {
			st = reason_count(r, SIG_WHY_CERT_BROKEN,
			    cursor_fileoff(&c), pool.count);
			break;
		}
		if (e.tag != DER_SEQUENCE)
			continue;
		if (pool.count == SIG_MAX_CERTS) {
			st = reason_count(r, SIG_WHY_CERT_MANY,
			    e.whole.fileoff, SIG_MAX_CERTS);
			break;
		}
		pool.certs = xpush(pool.certs, pool.count,
		    sizeof(*pool.certs));
		if (read_cert(e.whole, &pool.certs[pool.count]))
			pool.count++;
		else
			st = reason_count(r, SIG_WHY_CERT_BROKEN,
			    e.whole.fileoff, pool.count);
	}
	if (st == ST_OK)
		*out = pool;
	else
		cert_pool_fini(&pool);
	return st;
}

void
cert_pool_fini(struct cert_pool *pool)
{
	size_t i;

	if (pool == NULL)
		return;
	for (i = 0; i < pool->count; i++)
		EVP_PKEY_free(pool->certs[i].key);
	free(pool->certs);
	*pool = (struct cert_pool){ 0 };
}

struct cert *
cert_pool_find(const struct cert_pool *pool, struct slice issuer,
    struct slice serial)
{
	size_t i;

	for (i = 0; i < pool->count; i++)
		if (slice_equal(pool->certs[i].issuer, issuer) &&
		    slice_equal(pool->certs[i].serial, serial))
			return &pool->certs[i];
	return NULL;
}

EVP_PKEY *
cert_key(struct cert *c)
{
	if (!c->key_tried)
		c->key = crypto_key(c->spki);
	c->key_tried = true;
	return c->key;
}

bool
cert_has_eku(const struct cert *c, struct slice oid)
{
	struct cursor in = cursor_of(c->eku);
	struct der e;

	while (der_take_if(&in, DER_OID, &e))
		if (slice_equal(e.body, oid))
			return true;
	return false;
}

/*
 * The certificate as OpenSSL reads it, for the parameters of RSA-PSS, which
 * certificates of a few authorities have and signatures of files never. NULL
 * when it cannot. For X509_free().
 */
static X509 *
open_cert(const struct cert *c)
{
	const unsigned char *p = c->whole.p;
	X509 *x = X509_new_ex(crypto_context(), NULL);

	if (x != NULL && (c->whole.n > LONG_MAX ||
	    d2i_X509(&x, &p, (long)c->whole.n) == NULL)) {
		X509_free(x);
		x = NULL;
	}
	return x;
}

enum digest_alg
cert_signed_with(const struct cert *c)
{
	if (c->sig_oid.n != 0 && pss_is(c->algorithm))
		return pss_digest(c->algorithm);
	return crypto_is_signature_oid(c->sig_oid) ?
	    crypto_digest_of_oid(c->sig_oid) : DIGEST_NONE;
}

static bool
pss_signed_by(const struct cert *c, EVP_PKEY *key)
{
	bool ok = false;
	X509 *x;

	/* A key of another kind would cost what it likes. */
	if (pss_digest(c->algorithm) == DIGEST_NONE ||
	    !EVP_PKEY_is_a(key, "RSA"))
		return false;
	ERR_set_mark();
	x = open_cert(c);
	if (x != NULL)
		ok = X509_verify(x, key) == 1;
	X509_free(x);
	ERR_pop_to_mark();
	return ok;
}

static bool
check_signed_by(const struct cert *c, EVP_PKEY *key)
{
	struct digest tbs;

	if (pss_is(c->algorithm))
		return pss_signed_by(c, key);
	return crypto_is_signature_oid(c->sig_oid) &&
	    crypto_digest(crypto_digest_of_oid(c->sig_oid), c->tbs, &tbs) &&
	    crypto_verify(key, &tbs, c->signature, false);
}

/* That it is there is all that is known. */
static void *
same_thing(void *thing)
{
	return thing;
}

static void
drop_nothing(void *thing)
{
	(void)thing;
}

/* Certificates whose signature was good: by the key, and the certificate with
 * all that was signed, the algorithm and the signature. */
static struct cache signed_well = CACHE_INIT(same_thing, drop_nothing);

/* How long the key is comes first, so that no end of a key can be taken for
 * the beginning of a certificate. NULL: too long for the cache. */
static uint8_t *
signed_bytes(const struct cert *c, struct slice spki, struct slice *out)
{
	uint8_t *bytes, *p;
	size_t i;

	if (spki.n > CACHE_MAX_BYTES || c->whole.n > CACHE_MAX_BYTES)
		return NULL;
	p = bytes = xrealloc_array(NULL, 2 + spki.n + c->whole.n, 1);
	for (i = 0; i < 2; i++)
		*p++ = (uint8_t)(spki.n >> 8 * i);
	memcpy(p, spki.p, spki.n);
	memcpy(p + spki.n, c->whole.p, c->whole.n);
	*out = slice_of(bytes, 2 + spki.n + c->whole.n, 0);
	return bytes;
}

bool
cert_signed_by(const struct cert *c, struct slice spki, EVP_PKEY *key)
{
	static char yes[] = "signed";
	struct slice known = { 0 };
	uint8_t *bytes;
	bool good;

	if (key == NULL)
		return false;
	bytes = signed_bytes(c, spki, &known);
	good = cache_get(&signed_well, known) != NULL;
	if (!good) {
		good = check_signed_by(c, key);
		if (good)
			cache_put(&signed_well, known, yes);
	}
	free(bytes);
	return good;
}

/* -------------------------------------------------------------- text */

/* What was written into BIO, as a string; NULL when it holds nothing. */
static char *
bio_text(BIO *bio)
{
	char *p;
	long len = BIO_get_mem_data(bio, &p);

	return len > 0 ? xstrndup(p, (size_t)len) : NULL;
}

char *
cert_name_text(struct slice name)
{
	const unsigned char *p = name.p;
	unsigned long form = XN_FLAG_ONELINE & ~(unsigned long)
	    (ASN1_STRFLGS_ESC_MSB | XN_FLAG_SPC_EQ);
	char *text = NULL;
	X509_NAME *n;
	BIO *bio;

	if (name.n > CERT_MAX_NAME)
		return xstrdup("(a name that is too long)");
	ERR_set_mark();
	n = d2i_X509_NAME(NULL, &p, (long)name.n);
	bio = BIO_new(BIO_s_mem());
	if (n != NULL && bio != NULL &&
	    X509_NAME_print_ex(bio, n, 0, form) >= 0)
		text = bio_text(bio);
	BIO_free(bio);
	X509_NAME_free(n);
	ERR_pop_to_mark();
	return text != NULL ? text : xstrdup("(no name)");
}

/*
 * X.690 8.19.2: no arc begins with an octet of seven zero bits. One that does
 * would read like another OID, and is none.
 */
static bool
oid_is_short(struct slice oid)
{
	bool first = true;
	size_t i;

	for (i = 0; i < oid.n; i++) {
		if (first && oid.p[i] == 0x80)
			return false;
		first = (oid.p[i] & 0x80) == 0;
	}
	return true;
}

char *
cert_oid_text(struct slice oid)
{
	char text[128];
	ASN1_OBJECT *o;
	int len = 0;

	/* OBJ_obj2txt() wants an object; make one that has just the octets. */
	ERR_set_mark();
	o = oid.n <= INT_MAX && oid_is_short(oid) ?
	    ASN1_OBJECT_create(0, (unsigned char *)(uintptr_t)oid.p,
	    (int)oid.n, NULL, NULL) : NULL;
	if (o != NULL)
		len = OBJ_obj2txt(text, sizeof(text), o, 1);
	ASN1_OBJECT_free(o);
	ERR_pop_to_mark();
	return len > 0 && (size_t)len < sizeof(text) ? xstrdup(text) :
	    xstrdup("(no OID)");
}

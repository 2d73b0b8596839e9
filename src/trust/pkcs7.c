/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/pkcs7.h"

/* PKCS #7 and #9, contents octets: 1.2.840.113549.1.7.1, .2, 1.9.3, ... */
#define OID_DATA	OID("\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01")
#define OID_SIGNED_DATA	OID("\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02")
#define OID_CONTENT_TYPE OID("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x03")
#define OID_DIGEST	OID("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x04")
#define OID_CERT	OID("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x0c")
#define OID_CERT_V2	OID("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x2f")
#define OID_TIME	OID("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x05")

/* The cursor stands at what is broken. */
static enum status
broken(struct sig_reason *r, const struct cursor *c, enum sig_why why)
{
	return reason_set(r, why, cursor_fileoff(c));
}

/* ------------------------------------------------------- SignedData */

/* A digest algorithm of the list. */
static enum status
take_digest_alg(struct cursor *c, enum digest_alg *out, struct sig_reason *r)
{
	uint64_t at = cursor_fileoff(c);
	struct slice oid = der_algorithm(c);
	enum digest_alg alg = crypto_digest_of_oid(oid);

	if (c->bad)
		return broken(r, c, SIG_WHY_ALG_BROKEN);
	if (alg == DIGEST_NONE || crypto_is_signature_oid(oid))
		return reason_set(r, SIG_WHY_ALG_OTHER, at);
	*out = alg;
	return ST_OK;
}

enum status
p7_signer_decode(struct slice s, struct p7_signer *out, struct sig_reason *r)
{
	struct cursor c = cursor_of(s), in, id;
	struct p7_signer signer = { .whole = s };
	struct der e, issuer, serial;
	struct slice oid;
	enum status st;

	in = der_enter(&c, DER_SEQUENCE);
	if (!der_take(&in, DER_INTEGER, &e))
		return broken(r, &in, SIG_WHY_SIGNER_VERSION);
	if (der_take_if(&in, DER_CONTEXT(0) & ~0x20, &e))
		return reason_set(r, SIG_WHY_SIGNER_KEY_ID, e.whole.fileoff);
	id = der_enter(&in, DER_SEQUENCE);
	if (!der_take(&id, DER_SEQUENCE, &issuer) ||
	    !der_take(&id, DER_INTEGER, &serial) || !der_done(&id))
		return broken(r, &id, SIG_WHY_SIGNER_ISSUER);
	signer.issuer = issuer.whole;
	signer.serial = serial.body;
	st = take_digest_alg(&in, &signer.digest_alg, r);
	if (st != ST_OK)
		return st;
	if (der_take_if(&in, DER_CONTEXT(0), &e))
		signer.signed_attrs = e.whole;
	oid = der_algorithm(&in);
	if (!der_take(&in, DER_OCTET_STRING, &e))
		return broken(r, &in, SIG_WHY_SIGNER_SIGNATURE);
	signer.signature = e.body;
	if (der_take_if(&in, DER_CONTEXT(1), &e))
		signer.unsigned_attrs = e.body;
	if (!der_done(&in) || !der_done(&c))
		return broken(r, &in, SIG_WHY_SIGNER_END);
	if (!crypto_is_signature_oid(oid))
		return reason_set(r, SIG_WHY_SIGNER_ALG, oid.fileoff);
	*out = signer;
	return ST_OK;
}

static const struct {
	enum p7_content	kind;
	const char	*oid;
} content_types[] = {
	{ P7_SPC_INDIRECT, "\x2b\x06\x01\x04\x01\x82\x37\x02\x01\x04" },
	{ P7_CTL, "\x2b\x06\x01\x04\x01\x82\x37\x0a\x01" },
	{ P7_TST_INFO, "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x04" },
};

/*
 * encapContentInfo. What is digested are the contents octets inside the
 * explicit [0], whether PKCS #7 puts any type there or CMS an OCTET STRING
 * (RFC 5652 5.2.1).
 */
static enum status
read_content(struct cursor *c, struct p7 *p7, struct sig_reason *r)
{
	struct cursor in = der_enter(c, DER_SEQUENCE), wrap;
	struct der oid, content;
	size_t i, count = sizeof(content_types) / sizeof(content_types[0]);

	if (!der_take(&in, DER_OID, &oid))
		return broken(r, &in, SIG_WHY_P7_TYPE);
	for (i = 0; i < count; i++)
		if (slice_is(oid.body, content_types[i].oid))
			break;
	if (i == count)
		return reason_set(r, SIG_WHY_CONTENT_OTHER,
		    oid.whole.fileoff);
	wrap = der_enter(&in, DER_CONTEXT(0));
	if (!der_next(&wrap, &content) || !der_done(&wrap) || !der_done(&in))
		return broken(r, &wrap, SIG_WHY_CONTENT_BROKEN);
	if (content.tag != (content_types[i].kind == P7_TST_INFO ?
	    DER_OCTET_STRING : DER_SEQUENCE))
		return reason_set(r, SIG_WHY_CONTENT_TYPE,
		    content.whole.fileoff);
	p7->content_kind = content_types[i].kind;
	p7->content_type = oid.body;
	p7->content = content.body;
	return ST_OK;
}

/* RFC 2315 9.1, from behind the version on. */
static enum status
read_signed_data(struct cursor *c, struct p7 *p7, struct sig_reason *r)
{
	struct cursor signers;
	struct der e;
	enum status st;

	if (!der_take(c, DER_SET, &e))		/* digestAlgorithms */
		return broken(r, c, SIG_WHY_DATA_DIGESTS);
	st = read_content(c, p7, r);
	if (st != ST_OK)
		return st;
	if (der_take_if(c, DER_CONTEXT(0), &e))
		p7->certs = e.body;
	(void)der_take_if(c, DER_CONTEXT(1), &e);	/* crls */
	signers = der_enter(c, DER_SET);
	if (!der_take(&signers, DER_SEQUENCE, &e))
		return broken(r, &signers, SIG_WHY_DATA_SIGNERS);
	if (!der_done(&signers))
		return broken(r, &signers, SIG_WHY_DATA_MANY);
	if (!der_done(c))
		return broken(r, c, SIG_WHY_DATA_END);
	return p7_signer_decode(e.whole, &p7->signer, r);
}

enum status
p7_decode(struct slice s, struct p7 *out, struct sig_reason *r)
{
	struct cursor c = cursor_of(s), in, wrap, data;
	struct p7 p7 = { 0 };
	struct der whole, oid, e;
	enum status st;

	if (!der_take(&c, DER_SEQUENCE, &whole))
		return broken(r, &c, SIG_WHY_P7_BROKEN);
	p7.whole = whole.whole;
	in = cursor_of(whole.body);
	if (!der_take(&in, DER_OID, &oid))
		return broken(r, &in, SIG_WHY_P7_TYPE);
	if (!slice_equal(oid.body, OID_SIGNED_DATA))
		return reason_set(r, SIG_WHY_P7_OTHER, oid.whole.fileoff);
	wrap = der_enter(&in, DER_CONTEXT(0));
	data = der_enter(&wrap, DER_SEQUENCE);
	if (!der_take(&data, DER_INTEGER, &e))
		return broken(r, &data, SIG_WHY_DATA_VERSION);
	st = read_signed_data(&data, &p7, r);
	if (st == ST_OK && (!der_done(&wrap) || !der_done(&in)))
		st = broken(r, &wrap, SIG_WHY_P7_END);
	if (st == ST_OK)
		*out = p7;
	return st;
}

/* RFC 2315 9.1, up to the set of signers, wherever it can be followed. */
static bool
enter_signers(struct slice s, struct slice *content_type, bool *certs,
    struct cursor *signers)
{
	struct cursor c = cursor_of(s), in = der_enter(&c, DER_SEQUENCE);
	struct cursor wrap, data, content;
	struct der oid, e;

	if (!der_take(&in, DER_OID, &oid) ||
	    !slice_equal(oid.body, OID_SIGNED_DATA))
		return false;
	wrap = der_enter(&in, DER_CONTEXT(0));
	data = der_enter(&wrap, DER_SEQUENCE);
	if (!der_take(&data, DER_INTEGER, &e) || !der_take(&data, DER_SET, &e))
		return false;
	content = der_enter(&data, DER_SEQUENCE);
	if (!der_take(&content, DER_OID, &oid))
		return false;
	*content_type = oid.body;
	*certs = der_take_if(&data, DER_CONTEXT(0), &e) && e.body.n > 0;
	(void)der_take_if(&data, DER_CONTEXT(1), &e);
	*signers = der_enter(&data, DER_SET);
	return !signers->bad && der_done(&data);
}

bool
p7_has_signer(struct slice s, struct sig_reason *what)
{
	struct slice content_type;
	struct cursor signers;
	bool certs;

	if (!enter_signers(s, &content_type, &certs, &signers) ||
	    cursor_left(&signers) > 0)
		return true;
	if (slice_equal(content_type, OID_DATA))
		(void)reason_set(what, certs ? SIG_WHY_ONLY_CERTS :
		    SIG_WHY_ONLY_EMPTY, DIAG_NOWHERE);
	else if (slice_is(content_type, content_types[P7_CTL].oid))
		(void)reason_set(what, SIG_WHY_ONLY_CONTENT, DIAG_NOWHERE);
	else
		return true;
	return false;
}

/* --------------------------------------------------------- contents */

enum status
p7_indirect_decode(const struct p7 *p7, struct p7_indirect *out,
    struct sig_reason *r)
{
	struct cursor c = cursor_of(p7->content), info, data;
	struct p7_indirect ind;
	struct der type, digest;
	enum status st;

	data = der_enter(&c, DER_SEQUENCE);
	if (!der_take(&data, DER_OID, &type))
		return broken(r, &c, SIG_WHY_INDIRECT_DATA);
	ind.type = type.body;
	info = der_enter(&c, DER_SEQUENCE);
	st = take_digest_alg(&info, &ind.alg, r);
	if (st != ST_OK)
		return st;
	if (!der_take(&info, DER_OCTET_STRING, &digest) || !der_done(&info) ||
	    !der_done(&c) || digest.body.n != digest_len(ind.alg))
		return broken(r, &info, SIG_WHY_INDIRECT_DIGEST);
	ind.digest = digest.body;
	*out = ind;
	return ST_OK;
}

enum status
p7_tst_decode(const struct p7 *p7, struct p7_tst *out, struct sig_reason *r)
{
	struct cursor c = cursor_of(p7->content), in, imprint;
	struct der e, digest;
	struct p7_tst tst;
	enum status st;

	in = der_enter(&c, DER_SEQUENCE);
	if (!der_take(&in, DER_INTEGER, &e) || !der_take(&in, DER_OID, &e))
		return broken(r, &in, SIG_WHY_TST_VERSION);
	imprint = der_enter(&in, DER_SEQUENCE);
	st = take_digest_alg(&imprint, &tst.alg, r);
	if (st != ST_OK)
		return st;
	if (!der_take(&imprint, DER_OCTET_STRING, &digest) ||
	    !der_done(&imprint) || digest.body.n != digest_len(tst.alg))
		return broken(r, &imprint, SIG_WHY_TST_IMPRINT);
	tst.imprint = digest.body;
	if (!der_take(&in, DER_INTEGER, &e) ||
	    !der_take(&in, DER_GENERALIZED_TIME, &e) ||
	    !der_time(e, &tst.time))
		return broken(r, &in, SIG_WHY_TST_TIME);
	*out = tst;
	return ST_OK;
}

/* ------------------------------------------------------- attributes */

enum status
p7_attr_next(struct cursor *attrs, struct slice oid, struct slice *values,
    struct sig_reason *r)
{
	struct cursor in;
	struct der type, set;

	while (!attrs->bad && cursor_left(attrs) > 0) {
		in = der_enter(attrs, DER_SEQUENCE);
		if (!der_take(&in, DER_OID, &type) ||
		    !der_take(&in, DER_SET, &set) || !der_done(&in))
			return broken(r, &in, SIG_WHY_ATTR_BROKEN);
		if (slice_equal(type.body, oid)) {
			*values = set.body;
			return ST_OK;
		}
	}
	return ST_ABSENT;
}

/*
 * The one value of a signed attribute, which must come once.
 *
 * Returns: ST_OK; ST_ABSENT; ST_MALFORMED.
 */
static enum status
signed_attr(const struct p7_signer *signer, struct slice oid,
    struct der *out, struct sig_reason *r)
{
	struct cursor c = cursor_of(signer->signed_attrs), value;
	struct slice values, again;
	struct der attrs;
	enum status st;

	*out = (struct der){ .tag = 0 };
	if (!der_next(&c, &attrs))
		return ST_ABSENT;
	c = cursor_of(attrs.body);
	st = p7_attr_next(&c, oid, &values, r);
	if (st != ST_OK)
		return st;
	value = cursor_of(values);
	if (!der_next(&value, out) || !der_done(&value))
		return broken(r, &value, SIG_WHY_SIGNED_ATTR_BROKEN);
	st = p7_attr_next(&c, oid, &again, r);
	if (st == ST_OK)
		return reason_set(r, SIG_WHY_SIGNED_ATTR_TWICE,
		    again.fileoff);
	return st == ST_ABSENT ? ST_OK : st;
}

enum status
p7_signing_time(const struct p7_signer *signer, instant *out,
    struct sig_reason *r)
{
	struct der time;
	enum status st = signed_attr(signer, OID_TIME, &time, r);

	if (st == ST_OK && !der_time(time, out))
		st = reason_set(r, SIG_WHY_TIME_BROKEN, time.whole.fileoff);
	return st;
}

/* IssuerSerial: a certificate by its number, and the one name of its
 * issuer. */
static bool
is_issuer_serial(struct cursor c, const struct cert *cert)
{
	struct cursor in = der_enter(&c, DER_SEQUENCE);
	struct cursor names = der_enter(&in, DER_SEQUENCE);
	struct der name, serial;

	return der_take(&names, DER_CONTEXT(4), &name) && der_done(&names) &&
	    der_take(&in, DER_INTEGER, &serial) && der_done(&in) &&
	    der_done(&c) && slice_equal(name.body, cert->issuer) &&
	    slice_equal(serial.body, cert->serial);
}

/* ESSCertID, or with V2 ESSCertIDv2, where SHA-256 need not be said. */
static enum status
check_cert_id(struct cursor c, bool v2, const struct cert *cert,
    struct sig_reason *r)
{
	enum digest_alg alg = v2 ? DIGEST_SHA256 : DIGEST_SHA1;
	struct cursor in = der_enter(&c, DER_SEQUENCE), at = in;
	struct digest digest;
	enum status st = ST_OK;
	struct der e, hash;

	if (v2 && der_take_if(&at, DER_SEQUENCE, &e))
		st = take_digest_alg(&in, &alg, r);
	if (st != ST_OK)
		return st;
	if (!der_take(&in, DER_OCTET_STRING, &hash))
		return broken(r, &in, SIG_WHY_SIGNED_ATTR_BROKEN);
	if (!crypto_digest(alg, cert->whole, &digest) ||
	    !slice_equal(hash.body, slice_of(digest.bytes, digest.len, 0)) ||
	    (cursor_left(&in) > 0 && !is_issuer_serial(in, cert)))
		return reason_set(r, SIG_WHY_CERT_OTHER,
		    hash.whole.fileoff);
	return ST_OK;
}

/* SigningCertificate, or its second version: the first of its certificates is
 * the signer's, and what is said of others does not matter. */
static enum status
check_cert_attr(const struct p7_signer *signer, bool v2,
    const struct cert *cert, struct sig_reason *r)
{
	struct cursor c, ids;
	struct der e, id;
	enum status st = signed_attr(signer, v2 ? OID_CERT_V2 : OID_CERT, &e,
	    r);

	if (st != ST_OK)
		return st;
	c = cursor_of(e.body);
	ids = der_enter(&c, DER_SEQUENCE);
	if (e.tag != DER_SEQUENCE || !der_take(&ids, DER_SEQUENCE, &id))
		return broken(r, &ids, SIG_WHY_SIGNED_ATTR_BROKEN);
	return check_cert_id(cursor_of(id.whole), v2, cert, r);
}

enum status
p7_names_cert(const struct p7_signer *signer, const struct cert *cert,
    struct sig_reason *r)
{
	enum status first = check_cert_attr(signer, false, cert, r), second;

	if (first != ST_OK && first != ST_ABSENT)
		return first;
	second = check_cert_attr(signer, true, cert, r);
	if (first == ST_ABSENT && second == ST_ABSENT)
		return reason_set(r, SIG_WHY_CERT_UNNAMED,
		    signer->whole.fileoff);
	return second == ST_ABSENT ? ST_OK : second;
}

/*
 * The digest that the signature covers: of the signed attributes with the
 * tag of a SET in place of their [0] (RFC 2315 9.3).
 */
static bool
digest_attrs(const struct p7_signer *signer, struct digest *out)
{
	static const uint8_t set[] = { DER_SET };
	struct digester *g = digester_new(DIGEST_BIT(signer->digest_alg));
	struct digest_set all;
	struct slice rest = { 0 };

	(void)slice_from(signer->signed_attrs, 1, &rest);
	digester_update(g, set, sizeof(set));
	digester_update(g, rest.p, rest.n);
	digester_final(g, &all);
	digester_free(g);
	*out = all.of[signer->digest_alg];
	return out->alg != DIGEST_NONE;
}

/* The contentType attribute, which a countersignature may leave out. */
static enum status
check_type(const struct p7_signer *signer, struct slice type,
    struct sig_reason *r)
{
	struct der e;
	enum status st = signed_attr(signer, OID_CONTENT_TYPE, &e, r);

	if (st == ST_ABSENT)
		return type.n == 0 ? ST_OK : reason_set(r, SIG_WHY_TYPE_NONE,
		    signer->whole.fileoff);
	if (st == ST_OK && type.n != 0 &&
	    (e.tag != DER_OID || !slice_equal(e.body, type)))
		return reason_set(r, SIG_WHY_TYPE_OTHER,
		    signer->whole.fileoff);
	return st;
}

/* The messageDigest attribute. */
static enum status
check_digest(const struct p7_signer *signer, struct slice content,
    struct sig_reason *r)
{
	struct digest digest;
	struct der e;
	enum status st = signed_attr(signer, OID_DIGEST, &e, r);

	if (st == ST_ABSENT)
		return reason_set(r, SIG_WHY_DIGEST_NONE,
		    signer->whole.fileoff);
	if (st == ST_OK && (e.tag != DER_OCTET_STRING ||
	    !crypto_digest(signer->digest_alg, content, &digest) ||
	    !slice_equal(e.body, slice_of(digest.bytes, digest.len, 0))))
		return reason_set(r, SIG_WHY_DIGEST_OTHER,
		    signer->whole.fileoff);
	return st;
}

enum status
p7_verify(const struct p7_signer *signer, struct cert *cert,
    struct slice type, struct slice content, unsigned *budget,
    struct sig_reason *r)
{
	struct digest digest;
	enum status st = check_type(signer, type, r);

	if (*budget == 0)
		return reason_set(r, SIG_WHY_CHECKS, signer->whole.fileoff);
	--*budget;

	if (st == ST_OK)
		st = check_digest(signer, content, r);
	if (st != ST_OK)
		return st;
	if (cert_key(cert) == NULL || !crypto_key_fits(cert_key(cert)))
		return reason_set(r, SIG_WHY_KEY_OTHER,
		    signer->whole.fileoff);
	if (!digest_attrs(signer, &digest) ||
	    !crypto_verify(cert_key(cert), &digest, signer->signature,
	    type.n == 0))
		return reason_set(r, SIG_WHY_NOT_SIGNED,
		    signer->whole.fileoff);
	return ST_OK;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/pkcs7.h"


/* PKCS #7 and #9, contents octets: 1.2.840.113549.1.7.1, .2, 1.9.3, ... */
#define OID_DATA	OID("\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01")
#define OID_SIGNED_DATA	OID("\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02")
#define OID_CONTENT_TYPE OID("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x03")
#define OID_DIGEST	OID("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x04")
#define OID_TIME	OID("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x05")

static enum status
malformed(struct diag *d, const struct cursor *c, const char *clause,
    const char *what)
{
	return diag_set(d, ST_MALFORMED, cursor_fileoff(c), clause,
	    "%s is broken", what);
}

/* ------------------------------------------------------- SignedData */

/* A digest algorithm of the list. */
static enum status
take_digest_alg(struct cursor *c, enum digest_alg *out, struct diag *d)
{
	uint64_t at = cursor_fileoff(c);
	struct slice oid = der_algorithm(c);
	enum digest_alg alg = crypto_digest_of_oid(oid);

	if (c->bad)
		return malformed(d, c, "RFC 5652 10.1.1",
		    "an algorithm identifier");
	if (alg == DIGEST_NONE || crypto_is_signature_oid(oid))
		return diag_set(d, ST_UNSUPPORTED, at, "RFC 5652 10.1.1",
		    "digest algorithm that Windows does not use");
	*out = alg;
	return ST_OK;
}

enum status
p7_signer_decode(struct slice s, struct p7_signer *out, struct diag *d)
{
	static const char clause[] = "RFC 2315 9.2: SignerInfo";
	struct cursor c = cursor_of(s), in, id;
	struct p7_signer signer = { .whole = s };
	struct der e, issuer, serial;
	struct slice oid;
	enum status st;

	in = der_enter(&c, DER_SEQUENCE);
	if (!der_take(&in, DER_INTEGER, &e))
		return malformed(d, &in, clause, "version");
	if (der_take_if(&in, DER_CONTEXT(0) & ~0x20, &e))
		return diag_set(d, ST_UNSUPPORTED, e.whole.fileoff, clause,
		    "signer is named by a key identifier");
	id = der_enter(&in, DER_SEQUENCE);
	if (!der_take(&id, DER_SEQUENCE, &issuer) ||
	    !der_take(&id, DER_INTEGER, &serial) || !der_done(&id))
		return malformed(d, &id, clause, "issuer and serial number");
	signer.issuer = issuer.whole;
	signer.serial = serial.body;
	st = take_digest_alg(&in, &signer.digest_alg, d);
	if (st != ST_OK)
		return st;
	if (der_take_if(&in, DER_CONTEXT(0), &e))
		signer.signed_attrs = e.whole;
	oid = der_algorithm(&in);
	if (!der_take(&in, DER_OCTET_STRING, &e))
		return malformed(d, &in, clause, "signature");
	signer.signature = e.body;
	if (der_take_if(&in, DER_CONTEXT(1), &e))
		signer.unsigned_attrs = e.body;
	if (!der_done(&in) || !der_done(&c))
		return malformed(d, &in, clause, "the end");
	if (!crypto_is_signature_oid(oid))
		return diag_set(d, ST_UNSUPPORTED, oid.fileoff, clause,
		    "signature algorithm that Windows does not use");
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
read_content(struct cursor *c, struct p7 *p7, struct diag *d)
{
	static const char clause[] = "RFC 2315 7: ContentInfo";
	struct cursor in = der_enter(c, DER_SEQUENCE), wrap;
	struct der oid, content;
	size_t i, count = sizeof(content_types) / sizeof(content_types[0]);

	if (!der_take(&in, DER_OID, &oid))
		return malformed(d, &in, clause, "content type");
	for (i = 0; i < count; i++)
		if (slice_is(oid.body, content_types[i].oid))
			break;
	if (i == count)
		return diag_set(d, ST_UNSUPPORTED, oid.whole.fileoff, clause,
		    "content that is no Authenticode");
	wrap = der_enter(&in, DER_CONTEXT(0));
	if (!der_next(&wrap, &content) || !der_done(&wrap) || !der_done(&in))
		return malformed(d, &wrap, clause, "content");
	if (content.tag != (content_types[i].kind == P7_TST_INFO ?
	    DER_OCTET_STRING : DER_SEQUENCE))
		return diag_set(d, ST_MALFORMED, content.whole.fileoff,
		    clause, "content of a wrong type");
	p7->content_kind = content_types[i].kind;
	p7->content_type = oid.body;
	p7->content = content.body;
	return ST_OK;
}

/* RFC 2315 9.1, from behind the version on. */
static enum status
read_signed_data(struct cursor *c, struct p7 *p7, struct diag *d)
{
	static const char clause[] = "RFC 2315 9.1: SignedData";
	struct cursor signers;
	struct der e;
	enum status st;

	if (!der_take(c, DER_SET, &e))		/* digestAlgorithms */
		return malformed(d, c, clause, "list of digests");
	st = read_content(c, p7, d);
	if (st != ST_OK)
		return st;
	if (der_take_if(c, DER_CONTEXT(0), &e))
		p7->certs = e.body;
	(void)der_take_if(c, DER_CONTEXT(1), &e);	/* crls */
	signers = der_enter(c, DER_SET);
	if (!der_take(&signers, DER_SEQUENCE, &e))
		return malformed(d, &signers, clause, "list of signers");
	if (!der_done(&signers))
		return diag_set(d, ST_MALFORMED, cursor_fileoff(&signers),
		    "[Authenticode] SignedData", "more than one signer");
	if (!der_done(c))
		return malformed(d, c, clause, "the end");
	return p7_signer_decode(e.whole, &p7->signer, d);
}

enum status
p7_decode(struct slice s, struct p7 *out, struct diag *d)
{
	static const char clause[] = "RFC 2315 7: ContentInfo";
	struct cursor c = cursor_of(s), in, wrap, data;
	struct p7 p7 = { 0 };
	struct der whole, oid, e;
	enum status st;

	if (!der_take(&c, DER_SEQUENCE, &whole))
		return malformed(d, &c, clause, "the PKCS #7");
	p7.whole = whole.whole;
	in = cursor_of(whole.body);
	if (!der_take(&in, DER_OID, &oid))
		return malformed(d, &in, clause, "content type");
	if (!slice_equal(oid.body, OID_SIGNED_DATA))
		return diag_set(d, ST_UNSUPPORTED, oid.whole.fileoff, clause,
		    "no SignedData");
	wrap = der_enter(&in, DER_CONTEXT(0));
	data = der_enter(&wrap, DER_SEQUENCE);
	if (!der_take(&data, DER_INTEGER, &e))
		return malformed(d, &data, "RFC 2315 9.1: SignedData",
		    "version");
	st = read_signed_data(&data, &p7, d);
	if (st == ST_OK && (!der_done(&wrap) || !der_done(&in)))
		st = malformed(d, &wrap, clause, "the end");
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
p7_has_signer(struct slice s, struct diag *what)
{
	struct slice content_type;
	struct cursor signers;
	bool certs;

	if (!enter_signers(s, &content_type, &certs, &signers) ||
	    cursor_left(&signers) > 0)
		return true;
	if (slice_equal(content_type, OID_DATA))
		diag_set(what, ST_ABSENT, DIAG_NOWHERE,
		    "RFC 2315 9.1: SignedData", certs ?
		    "certificates, which sign nothing" :
		    "neither certificates nor a signature");
	else if (slice_is(content_type, content_types[P7_CTL].oid))
		diag_set(what, ST_ABSENT, DIAG_NOWHERE,
		    "RFC 2315 9.1: SignedData", "nobody has signed it");
	else
		return true;
	return false;
}

/* --------------------------------------------------------- contents */

enum status
p7_indirect_decode(const struct p7 *p7, struct p7_indirect *out,
    struct diag *d)
{
	static const char clause[] = "[Authenticode] SpcIndirectDataContent";
	struct cursor c = cursor_of(p7->content), info;
	struct p7_indirect ind;
	struct der data, digest;
	enum status st;

	if (!der_take(&c, DER_SEQUENCE, &data))
		return malformed(d, &c, clause, "data");
	info = der_enter(&c, DER_SEQUENCE);
	st = take_digest_alg(&info, &ind.alg, d);
	if (st != ST_OK)
		return st;
	if (!der_take(&info, DER_OCTET_STRING, &digest) || !der_done(&info) ||
	    !der_done(&c) || digest.body.n != digest_len(ind.alg))
		return malformed(d, &info, clause, "digest");
	ind.digest = digest.body;
	*out = ind;
	return ST_OK;
}

enum status
p7_tst_decode(const struct p7 *p7, struct p7_tst *out, struct diag *d)
{
	static const char clause[] = "RFC 3161 2.4.2: TSTInfo";
	struct cursor c = cursor_of(p7->content), in, imprint;
	struct der e, digest;
	struct p7_tst tst;
	enum status st;

	in = der_enter(&c, DER_SEQUENCE);
	if (!der_take(&in, DER_INTEGER, &e) || !der_take(&in, DER_OID, &e))
		return malformed(d, &in, clause, "version or policy");
	imprint = der_enter(&in, DER_SEQUENCE);
	st = take_digest_alg(&imprint, &tst.alg, d);
	if (st != ST_OK)
		return st;
	if (!der_take(&imprint, DER_OCTET_STRING, &digest) ||
	    !der_done(&imprint) || digest.body.n != digest_len(tst.alg))
		return malformed(d, &imprint, clause, "imprint");
	tst.imprint = digest.body;
	if (!der_take(&in, DER_INTEGER, &e) ||
	    !der_take(&in, DER_GENERALIZED_TIME, &e) ||
	    !der_time(e, &tst.time))
		return malformed(d, &in, clause, "serial number or time");
	*out = tst;
	return ST_OK;
}

/* ------------------------------------------------------- attributes */

enum status
p7_attr_next(struct cursor *attrs, struct slice oid, struct slice *values,
    struct diag *d)
{
	struct cursor in;
	struct der type, set;

	while (!attrs->bad && cursor_left(attrs) > 0) {
		in = der_enter(attrs, DER_SEQUENCE);
		if (!der_take(&in, DER_OID, &type) ||
		    !der_take(&in, DER_SET, &set) || !der_done(&in))
			return malformed(d, &in, "RFC 2315 6.1: Attribute",
			    "an attribute");
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
    struct der *out, struct diag *d)
{
	struct cursor c = cursor_of(signer->signed_attrs), value;
	struct slice values, again;
	struct der attrs, only;
	enum status st;

	if (!der_next(&c, &attrs))
		return ST_ABSENT;
	c = cursor_of(attrs.body);
	st = p7_attr_next(&c, oid, &values, d);
	if (st != ST_OK)
		return st;
	value = cursor_of(values);
	if (!der_next(&value, &only) || !der_done(&value))
		return malformed(d, &value, "RFC 5652 11",
		    "a signed attribute");
	st = p7_attr_next(&c, oid, &again, d);
	if (st == ST_OK)
		return diag_set(d, ST_MALFORMED, again.fileoff,
		    "RFC 5652 11", "a signed attribute comes twice");
	if (st == ST_ABSENT)
		*out = only;
	return st == ST_ABSENT ? ST_OK : st;
}

enum status
p7_signing_time(const struct p7_signer *signer, instant *out, struct diag *d)
{
	struct der time;
	enum status st = signed_attr(signer, OID_TIME, &time, d);

	if (st == ST_OK && !der_time(time, out))
		st = diag_set(d, ST_MALFORMED, time.whole.fileoff,
		    "RFC 5652 11.3", "the signing time is no time");
	return st;
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

static enum status
untrusted(const struct p7_signer *signer, struct diag *d, const char *clause,
    const char *what)
{
	return diag_set(d, ST_UNTRUSTED, signer->whole.fileoff, clause, "%s",
	    what);
}

/* The contentType attribute, which a countersignature may leave out. */
static enum status
check_type(const struct p7_signer *signer, struct slice type, struct diag *d)
{
	static const char clause[] = "RFC 5652 11.1";
	struct der e;
	enum status st = signed_attr(signer, OID_CONTENT_TYPE, &e, d);

	if (st == ST_ABSENT)
		return type.n == 0 ? ST_OK : untrusted(signer, d, clause,
		    "no signed content type");
	if (st == ST_OK && type.n != 0 &&
	    (e.tag != DER_OID || !slice_equal(e.body, type)))
		return untrusted(signer, d, clause,
		    "the signed content type is another");
	return st;
}

/* The messageDigest attribute. */
static enum status
check_digest(const struct p7_signer *signer, struct slice content,
    struct diag *d)
{
	static const char clause[] = "RFC 5652 11.2";
	struct digest digest;
	struct der e;
	enum status st = signed_attr(signer, OID_DIGEST, &e, d);

	if (st == ST_ABSENT)
		return untrusted(signer, d, clause, "no signed digest");
	if (st == ST_OK && (e.tag != DER_OCTET_STRING ||
	    !crypto_digest(signer->digest_alg, content, &digest) ||
	    !slice_equal(e.body, slice_of(digest.bytes, digest.len, 0))))
		return untrusted(signer, d, clause,
		    "the signed digest is of other bytes");
	return st;
}

enum status
p7_verify(const struct p7_signer *signer, struct cert *cert,
    struct slice type, struct slice content, unsigned *budget, struct diag *d)
{
	struct digest digest;
	enum status st = check_type(signer, type, d);

	if (*budget == 0)
		return diag_set(d, ST_LIMIT, signer->whole.fileoff,
		    "limit: SIG_MAX_CHECKS", "too many signatures to check");
	--*budget;

	if (st == ST_OK)
		st = check_digest(signer, content, d);
	if (st != ST_OK)
		return st;
	if (cert_key(cert) == NULL || !digest_attrs(signer, &digest) ||
	    !crypto_verify(cert_key(cert), &digest, signer->signature,
	    type.n == 0))
		return untrusted(signer, d, "RFC 2315 9.4",
		    "the signature does not verify");
	return ST_OK;
}

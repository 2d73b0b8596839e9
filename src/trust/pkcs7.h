/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_PKCS7_H
#define ROLLCALL_TRUST_PKCS7_H

#include "base/slice.h"
#include "base/status.h"
#include "trust/cert.h"
#include "trust/digest.h"
#include "trust/reason.h"

#include <stdbool.h>

/*
 * PKCS #7 SignedData as Authenticode, its countersignatures and RFC 3161
 * tokens use it. Everything borrows from the bytes it was read from.
 *
 * Spec: RFC 2315 (PKCS #7 1.5), RFC 5652 5 (CMS), RFC 3161, RFC 2985 5.3.6
 *       (countersignature); "Windows Authenticode Portable Executable
 *       Signature Format" (Microsoft, 2008), cited as [Authenticode].
 */
struct p7_signer {
	struct slice	whole;
	struct slice	issuer;		/* Name, whole */
	struct slice	serial;		/* contents octets */
	enum digest_alg	digest_alg;
	struct slice	signed_attrs;	/* [0], whole; n == 0 none */
	struct slice	signature;
	struct slice	unsigned_attrs;	/* contents of [1]; n == 0 none */
};

enum p7_content {
	P7_SPC_INDIRECT,	/* 1.3.6.1.4.1.311.2.1.4: signs a file */
	P7_CTL,			/* 1.3.6.1.4.1.311.10.1: a catalogue */
	P7_TST_INFO,		/* 1.2.840.113549.1.9.16.1.4: a token */
};

struct p7 {
	struct slice	whole;		/* without what follows the DER */
	enum p7_content	content_kind;
	struct slice	content_type;	/* OID, contents octets */
	struct slice	content;	/* contents octets: what is digested */
	struct slice	certs;		/* contents of the set */
	struct p7_signer signer;
};

/* What a SPC_INDIRECT_DATA says about the file. */
struct p7_indirect {
	struct slice	type;		/* OID: of what it is the digest */
	enum digest_alg	alg;
	struct slice	digest;
};

/* What an RFC 3161 TSTInfo says. */
struct p7_tst {
	enum digest_alg	alg;
	struct slice	imprint;
	instant		time;
};

/*
 * In:      S begins with the ContentInfo; what follows it is ignored, as
 *          Windows does unless EnableCertPaddingCheck is set (CVE-2013-3900).
 * Returns: ST_OK; ST_MALFORMED; ST_UNSUPPORTED for a content type, an
 *          algorithm or a form of signer that is not on the list.
 */
MUST_CHECK
enum status	p7_decode(struct slice s, struct p7 *out,
		    struct sig_reason *r);

/*
 * May there be a signature in S? RFC 2315 9.1 allows a SignedData of nobody:
 * a bag of certificates and revocation lists, or a catalogue that was not
 * signed yet. Anything else may have one, as well as what cannot be read.
 *
 * Out:     *WHAT says what it is instead, on false.
 */
bool		p7_has_signer(struct slice s, struct sig_reason *what);

/* One SignerInfo, for countersignatures. Returns: as p7_decode(). */
MUST_CHECK
enum status	p7_signer_decode(struct slice s, struct p7_signer *out,
		    struct sig_reason *r);

/* [Authenticode] "SpcIndirectDataContent". Returns: as p7_decode(). */
MUST_CHECK
enum status	p7_indirect_decode(const struct p7 *p7,
		    struct p7_indirect *out, struct sig_reason *r);

/* RFC 3161 2.4.2. Returns: as p7_decode(). */
MUST_CHECK
enum status	p7_tst_decode(const struct p7 *p7, struct p7_tst *out,
		    struct sig_reason *r);

/*
 * The next attribute of type OID.
 *
 * In:      ATTRS runs over the contents of a SET OF Attribute.
 * Out:     *VALUES is the contents of its SET OF values; ATTRS stands behind
 *          it.
 * Returns: ST_OK; ST_ABSENT when there is no more; ST_MALFORMED.
 */
MUST_CHECK
enum status	p7_attr_next(struct cursor *attrs, struct slice oid,
		    struct slice *values, struct sig_reason *r);

/*
 * Did CERT's owner make SIGNER's signature over CONTENT? Checks that the
 * signed attributes are there, each once, name TYPE and hold the digest of
 * CONTENT, and that the signature covers them.
 *
 * In:      TYPE is empty for a countersignature, which need not name one and
 *          may hold a bare digest: see crypto_verify().
 * Limits:  *BUDGET checks of signatures are left; this is one of them.
 * Returns: ST_OK; ST_UNTRUSTED when anything does not match; ST_MALFORMED;
 *          ST_LIMIT.
 */
MUST_CHECK
enum status	p7_verify(const struct p7_signer *signer, struct cert *cert,
		    struct slice type, struct slice content,
		    unsigned *budget, struct sig_reason *r);

/*
 * Do the signed attributes say that CERT is the signer's? Its issuer and number
 * alone, which name it elsewhere, are not signed, and one key may have several
 * certificates. Where both attributes are there, both must be right.
 *
 * Spec:    RFC 5035 3 to 5 (SigningCertificate, SigningCertificateV2)
 * Returns: ST_OK; ST_UNTRUSTED when they name another; ST_ABSENT when they
 *          name none; ST_MALFORMED; ST_UNSUPPORTED.
 */
MUST_CHECK
enum status	p7_names_cert(const struct p7_signer *signer,
		    const struct cert *cert, struct sig_reason *r);

/* The signingTime attribute. Returns: ST_OK; ST_ABSENT; ST_MALFORMED. */
MUST_CHECK
enum status	p7_signing_time(const struct p7_signer *signer, instant *out,
		    struct sig_reason *r);

/* Attributes. [Authenticode] "SpcNestedSignature" is undocumented there. */
#define OID_NESTED	OID("\x2b\x06\x01\x04\x01\x82\x37\x02\x04\x01")
#define OID_COUNTERSIGN	OID("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x06")
#define OID_TOKEN	OID("\x2b\x06\x01\x04\x01\x82\x37\x03\x03\x01")

#endif

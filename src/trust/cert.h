/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_CERT_H
#define ROLLCALL_TRUST_CERT_H

#include "base/instant.h"
#include "base/slice.h"
#include "base/status.h"
#include "trust/crypto.h"
#include "trust/der.h"
#include "trust/facts.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * A certificate as far as a chain of Authenticode needs it. Everything but
 * KEY borrows from the bytes it was read from.
 *
 * Spec: RFC 5280 4.1 and 4.2.1.
 */
struct cert {
	struct slice	whole;		/* the certificate */
	struct slice	tbs;		/* what its signature covers */
	struct slice	serial;		/* contents octets */
	struct slice	issuer;		/* the Name, whole */
	struct slice	subject;	/* the Name, whole */
	struct slice	spki;		/* SubjectPublicKeyInfo, whole */
	struct slice	algorithm;	/* signatureAlgorithm, whole */
	struct slice	sig_oid;	/* its OID; empty when another one is
					   signed */
	struct slice	signature;	/* bits, always whole octets */
	instant		not_before;
	instant		not_after;

	bool		ca;		/* basicConstraints says so */
	int		path_len;	/* of basicConstraints; -1 none */
	bool		key_usage;	/* the extension is there */
	bool		cert_sign;	/* and has keyCertSign */
	bool		eku_present;	/* there is extendedKeyUsage */
	struct slice	eku;		/* its contents: OIDs */
	struct slice	odd_critical;	/* OID of a critical extension that
					   is not understood here */
	enum sig_extensions extensions;	/* never SIG_EXT_CRITICAL */

	EVP_PKEY	*key;		/* owned; NULL until cert_key() */
	bool		 key_tried;
	size_t		 number;	/* in the facts; see cert_facts.h */
};

/* The certificates of one SignedData. */
struct cert_pool {
	struct cert	*certs;		/* owned */
	size_t		 count;
};

/*
 * In:      SET is the contents of "certificates" of a SignedData; what is no
 *          X.509 certificate in it (RFC 5652 10.2.2) is left out.
 * Out:     *OUT borrows from SET; cert_pool_fini().
 * Limits:  SIG_MAX_CERTS.
 * Returns: ST_OK; ST_MALFORMED; ST_LIMIT.
 */
MUST_CHECK
enum status	cert_pool_init(struct slice set, struct cert_pool *out,
		    struct sig_reason *r);
void		cert_pool_fini(struct cert_pool *pool);	/* NULL is fine */

/* By issuer (whole Name, compared byte for byte as Windows does) *and*
 * serial number: serials repeat across issuers. NULL when not there. */
struct cert	*cert_pool_find(const struct cert_pool *pool,
		    struct slice issuer, struct slice serial);

/* The public key, decoded on first use; NULL when it cannot be. */
EVP_PKEY	*cert_key(struct cert *c);

/* Is OID (contents octets) in the extendedKeyUsage *extension*? */
bool		cert_has_eku(const struct cert *c, struct slice oid);

/*
 * Did KEY make C's signature? By RSA (PKCS #1 v1.5 or RSA-PSS) or ECDSA.
 *
 * In:      KEY is what crypto_key() makes of SPKI, or NULL.
 */
bool		cert_signed_by(const struct cert *c, struct slice spki,
		    EVP_PKEY *key);

/* The digest of C's own signature; DIGEST_NONE when the signature is by an
 * algorithm that is not read here, or not by the one that is signed. */
enum digest_alg	cert_signed_with(const struct cert *c);

/* Text for people; the caller frees it. */
char		*cert_name_text(struct slice name);
char		*cert_oid_text(struct slice oid);

/* 1.3.6.1.4.1.311.10.3.13, szOID_KP_LIFETIME_SIGNING; other purposes are
 * asked for as text: see purposes.h. */
#define OID_EKU_LIFETIME OID("\x2b\x06\x01\x04\x01\x82\x37\x0a\x03\x0d")

#endif

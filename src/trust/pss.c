/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/pss.h"

#include "trust/crypto.h"
#include "trust/der.h"

/* 1.2.840.113549.1.1.10 and .8: id-RSASSA-PSS, id-mgf1 */
#define OID_PSS		OID("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a")
#define OID_MGF1	OID("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x08")

bool
pss_is(struct slice algorithm)
{
	struct cursor c = cursor_of(algorithm);

	return slice_equal(der_algorithm(&c), OID_PSS);
}

/* The only thing in C is an AlgorithmIdentifier: of which digest? */
static enum digest_alg
only_digest(struct cursor c)
{
	struct slice oid = der_algorithm(&c);

	return der_done(&c) && !crypto_is_signature_oid(oid) ?
	    crypto_digest_of_oid(oid) : DIGEST_NONE;
}

/* MaskGenAlgorithm: of which digest is the mask? */
static enum digest_alg
mask_digest(struct cursor c)
{
	struct cursor in = der_enter(&c, DER_SEQUENCE);
	struct der oid;

	return der_take(&in, DER_OID, &oid) && der_done(&c) &&
	    slice_equal(oid.body, OID_MGF1) ? only_digest(in) : DIGEST_NONE;
}

/* RSASSA-PSS-params. What is not there is of SHA-1. */
static enum digest_alg
params_digest(struct cursor c)
{
	enum digest_alg digest = DIGEST_SHA1, mask = DIGEST_SHA1;
	struct der e;

	if (der_take_if(&c, DER_CONTEXT(0), &e))
		digest = only_digest(cursor_of(e.body));
	if (der_take_if(&c, DER_CONTEXT(1), &e))
		mask = mask_digest(cursor_of(e.body));
	(void)der_take_if(&c, DER_CONTEXT(2), &e);	/* saltLength */
	(void)der_take_if(&c, DER_CONTEXT(3), &e);	/* trailerField */
	return der_done(&c) && digest == mask ? digest : DIGEST_NONE;
}

enum digest_alg
pss_digest(struct slice algorithm)
{
	struct cursor c = cursor_of(algorithm);
	struct cursor in = der_enter(&c, DER_SEQUENCE), params;
	struct der oid;

	if (!der_take(&in, DER_OID, &oid) ||
	    !slice_equal(oid.body, OID_PSS))
		return DIGEST_NONE;
	params = der_enter(&in, DER_SEQUENCE);
	return der_done(&in) ? params_digest(params) : DIGEST_NONE;
}

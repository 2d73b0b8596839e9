/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_TIMESTAMP_H
#define ROLLCALL_TRUST_TIMESTAMP_H

#include "trust/pkcs7.h"
#include "trust/signature.h"

/*
 * Timestamps over the signature of SIGNER. Both fill *OUT whatever comes;
 * *BUDGET counts signature checks down.
 */

/* A PKCS #9 countersignature VALUE; its certificates are OUTER's, those of
 * the SignedData around it. */
void	timestamp_pkcs9(const struct sig_policy *policy,
	    const struct p7_signer *signer, const struct cert_pool *outer,
	    struct slice value, unsigned *budget, struct sig_timestamp *out);

/* An RFC 3161 token VALUE, which brings its own certificates. */
void	timestamp_rfc3161(const struct sig_policy *policy,
	    const struct p7_signer *signer, struct slice value,
	    unsigned *budget, struct sig_timestamp *out);

/* Describe C for people. */
void	sig_certificate_init(struct sig_certificate *out,
	    const struct cert *c);
void	sig_certificate_fini(struct sig_certificate *c);

#endif

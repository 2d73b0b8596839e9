/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_TIMESTAMP_H
#define ROLLCALL_TRUST_TIMESTAMP_H

#include "trust/anchors.h"
#include "trust/facts.h"
#include "trust/pkcs7.h"

/*
 * The facts of a timestamp over the signature of SIGNER. Both fill *OUT
 * whatever comes; *BUDGET counts signature checks down. The certificates go
 * into the table of F.
 */

/* A PKCS #9 countersignature VALUE; its certificates are OUTER's, those of
 * the SignedData around it. */
void	timestamp_pkcs9(struct sig_facts *f, const struct anchors *a,
	    const struct p7_signer *signer, const struct cert_pool *outer,
	    struct slice value, unsigned *budget, struct sig_stamp_facts *out);

/* An RFC 3161 token VALUE, which brings its own certificates. */
void	timestamp_rfc3161(struct sig_facts *f, const struct anchors *a,
	    const struct p7_signer *signer, struct slice value,
	    unsigned *budget, struct sig_stamp_facts *out);

#endif

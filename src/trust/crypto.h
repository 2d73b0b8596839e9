/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_CRYPTO_H
#define ROLLCALL_TRUST_CRYPTO_H

#include "base/slice.h"
#include "trust/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <stdbool.h>

/*
 * The one library context of the program, made on first use by any thread
 * and never freed. It reads no configuration file, so a site's policy (FIPS
 * by default, no SHA-1) has no say in what a signature of 2012 is worth.
 */
OSSL_LIB_CTX	*crypto_context(void);

/* The algorithm of that context, borrowed; NULL when it has none. */
const EVP_MD	*crypto_md(enum digest_alg alg);

/* The digest that an AlgorithmIdentifier's OID (contents octets) names:
 * the digest itself, or a signature made with it. DIGEST_NONE otherwise. */
enum digest_alg	crypto_digest_of_oid(struct slice oid);

/* Does a signature algorithm's OID stand for RSA PKCS#1 v1.5 or ECDSA? */
bool		crypto_is_signature_oid(struct slice oid);

/* SHA-1, SHA-256, ... of the bytes. False only for DIGEST_NONE. */
bool		crypto_digest(enum digest_alg alg, struct slice s,
		    struct digest *out);

/* SHA-256 of the bytes into OUT of 32. */
void		crypto_sha256(struct slice s, uint8_t *out);

/* A public key from its SubjectPublicKeyInfo; NULL for what is none, would
 * cost too much (RSA_MAX_BITS), or is on a curve that is not one of NIST's
 * three by its name. */
EVP_PKEY	*crypto_key(struct slice spki);

/* Is it one that crypto_verify() knows: RSA or EC? */
bool		crypto_key_fits(const EVP_PKEY *key);

/*
 * Is SIG the signature of KEY's owner over something with digest D?
 *
 * The DigestInfo of RSA signatures is compared here instead of naming the
 * digest to OpenSSL: some builds refuse SHA-1 signatures in every context
 * that has no configuration saying otherwise.
 *
 * BARE lets an RSA signature hold the digest without its DigestInfo too. The
 * time stampers of VeriSign and Symantec sign like that (measured, 2002 to
 * 2016), and Windows has always taken it.
 *
 * Spec:    RFC 8017 9.2 (notes 1 and 2); RFC 3279 2.2.3.
 */
bool		crypto_verify(EVP_PKEY *key, const struct digest *d,
		    struct slice sig, bool bare);

#endif

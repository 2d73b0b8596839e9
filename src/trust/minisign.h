/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_MINISIGN_H
#define ROLLCALL_TRUST_MINISIGN_H

#include "base/slice.h"
#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Signatures of the program minisign: Ed25519 over a file or over its
 * BLAKE2b-512 digest, and a second signature that covers a comment.
 *
 * Spec:    https://jedisct1.github.io/minisign/, "Signature format" and
 *          "Public key format"
 */
#define MINISIGN_ID_LEN		8
#define MINISIGN_POINT_LEN	32	/* RFC 8032 5.1.5 */
#define MINISIGN_SIG_LEN	64	/* RFC 8032 5.1.6 */
#define MINISIGN_ID_TEXT	(2 * MINISIGN_ID_LEN + 1)
#define MINISIGN_KEY_TEXT	57	/* one line of a public key, and NUL */

struct minisign_key {
	uint8_t		id[MINISIGN_ID_LEN];
	uint8_t		point[MINISIGN_POINT_LEN];
};

struct minisign_sig {
	bool		prehashed;	/* over the digest, not the file */
	uint8_t		id[MINISIGN_ID_LEN];	/* of the key */
	uint8_t		bytes[MINISIGN_SIG_LEN];
	struct slice	comment;	/* the trusted one; borrowed */
	uint8_t		global[MINISIGN_SIG_LEN];
};

/*
 * Read a public key: the one line of base64, with the comment line of a key
 * file before it or without.
 *
 * In:      TEXT, whole.
 * Returns: ST_OK; ST_MALFORMED, for a secret key too.
 */
MUST_CHECK
enum status	minisign_key_parse(struct slice text,
		    struct minisign_key *out, struct diag *d);

/*
 * Read a signature: four lines, each with its end, which the last one may
 * lack.
 *
 * Out:     OUT->comment borrows from TEXT; *REST is what follows the fourth
 *          line.
 * Limits:  MINISIGN_MAX_BYTES for the four lines.
 * Returns: ST_OK; ST_MALFORMED; ST_LIMIT.
 */
MUST_CHECK
enum status	minisign_sig_parse(struct slice text,
		    struct minisign_sig *out, struct slice *rest,
		    struct diag *d);

/*
 * Is SIG the signature of DATA by the owner of KEY, and its trusted comment
 * untouched?
 *
 * Returns: ST_OK; ST_UNTRUSTED (another key, other data, another comment).
 */
MUST_CHECK
enum status	minisign_verify(const struct minisign_key *key,
		    const struct minisign_sig *sig, struct slice data,
		    struct diag *d);

bool		minisign_key_equal(const struct minisign_key *a,
		    const struct minisign_key *b);

/* "8D5B3A...": the id as minisign prints it, into TEXT of MINISIGN_ID_TEXT
 * bytes, which is returned. */
char		*minisign_id_text(const uint8_t *id, char *text);

/* The line of base64 into TEXT of MINISIGN_KEY_TEXT bytes, returned. */
char		*minisign_key_text(const struct minisign_key *key, char *text);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_REASON_H
#define ROLLCALL_TRUST_REASON_H

#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Why something about a signature is not as it should be, in a word that can
 * be kept and read back. What a person reads is made of it by the verdict.
 */
enum sig_why {
	SIG_WHY_NONE,
	/* A PKCS #7 that cannot be read. */
	SIG_WHY_P7_BROKEN,
	SIG_WHY_P7_TYPE,
	SIG_WHY_P7_OTHER,
	SIG_WHY_P7_END,
	SIG_WHY_DATA_VERSION,
	SIG_WHY_DATA_DIGESTS,
	SIG_WHY_DATA_SIGNERS,
	SIG_WHY_DATA_MANY,
	SIG_WHY_DATA_END,
	SIG_WHY_DATA_TOKEN,
	SIG_WHY_CONTENT_OTHER,
	SIG_WHY_CONTENT_BROKEN,
	SIG_WHY_CONTENT_TYPE,
	SIG_WHY_SIGNER_VERSION,
	SIG_WHY_SIGNER_KEY_ID,
	SIG_WHY_SIGNER_ISSUER,
	SIG_WHY_SIGNER_SIGNATURE,
	SIG_WHY_SIGNER_ALG,
	SIG_WHY_SIGNER_END,
	SIG_WHY_ALG_BROKEN,
	SIG_WHY_ALG_OTHER,
	SIG_WHY_INDIRECT_DATA,
	SIG_WHY_INDIRECT_DIGEST,
	SIG_WHY_INDIRECT_TYPE,
	SIG_WHY_TST_NONE,
	SIG_WHY_TST_VERSION,
	SIG_WHY_TST_IMPRINT,
	SIG_WHY_TST_TIME,
	SIG_WHY_ATTR_BROKEN,
	SIG_WHY_SIGNED_ATTR_BROKEN,
	SIG_WHY_SIGNED_ATTR_TWICE,
	SIG_WHY_TIME_NONE,
	SIG_WHY_TIME_BROKEN,
	SIG_WHY_CERT_BROKEN,		/* number: which, from 0 */
	SIG_WHY_CERT_MANY,
	SIG_WHY_STAMP_BROKEN,
	SIG_WHY_STAMP_MANY,
	SIG_WHY_NESTED_BROKEN,
	SIG_WHY_NESTED_MANY,
	SIG_WHY_TABLE,			/* number: bytes of the entry */
	/* Read, and not right. */
	SIG_WHY_TYPE_NONE,
	SIG_WHY_TYPE_OTHER,
	SIG_WHY_DIGEST_NONE,
	SIG_WHY_DIGEST_OTHER,
	SIG_WHY_IMPRINT_OTHER,
	SIG_WHY_NOT_SIGNED,
	SIG_WHY_CERT_OTHER,
	SIG_WHY_KEY_OTHER,
	/* Not checked. */
	SIG_WHY_NO_CERT,
	SIG_WHY_NO_STAMPER,
	SIG_WHY_CHECKS,
	SIG_WHY_CERT_UNNAMED,
	SIG_WHY_TOKEN_MD5,
	/* Bytes that no digest covers: the facts have a text beside it. */
	SIG_WHY_PLACE_PE,
	SIG_WHY_PLACE_CAB,
	SIG_WHY_PLACE_NAME,
	SIG_WHY_PLACE_END,
	SIG_WHY_PLACE_P7,
	SIG_WHY_PLACE_OTHER,
	/* No signature, though the file is of a kind that may be one. */
	SIG_WHY_ONLY_CERTS,
	SIG_WHY_ONLY_EMPTY,
	SIG_WHY_ONLY_CONTENT,
};
#define SIG_WHYS	(SIG_WHY_ONLY_CONTENT + 1)

/* Zero is no reason. */
struct sig_reason {
	enum sig_why	why;
	uint64_t	at;	/* bytes from the start of the file, or
				   DIAG_NOWHERE */
	uint64_t	number;	/* that the words name; 0 else */
};

/*
 * In:      R may be NULL; AT may be DIAG_NOWHERE.
 * Returns: what goes with WHY and is never ST_OK, so that a caller writes
 *          "return reason_set(...)".
 */
enum status	reason_set(struct sig_reason *r, enum sig_why why,
		    uint64_t at);
/* The same for one whose words name a number. Returns: likewise. */
enum status	reason_count(struct sig_reason *r, enum sig_why why,
		    uint64_t at, uint64_t number);

/*
 * In:      D is why bytes lie where no digest covers them, of the reader of
 *          a format.
 * Returns: nothing; the text of D is the caller's to keep.
 */
void		reason_place(struct sig_reason *r, const struct diag *d);

/* Is it one of those that come with a text? */
bool		reason_has_text(enum sig_why why);

/* Does it leave open whether a timestamp is good? One that is not known to be
 * good counts as absent, where a bad one makes all bad that it hangs on. */
bool		reason_is_open(enum sig_why why);

/*
 * The words for a person.
 *
 * In:      TEXT goes with reason_has_text(), and may be NULL.
 */
void		reason_diag(const struct sig_reason *r, const char *text,
		    struct diag *d);

/* "p7-broken", ...: never NULL, and "none" for what is no reason. */
const char	*reason_name(enum sig_why why);

/* The reason of that name; false, and *OUT untouched, when there is none. */
bool		reason_find(const char *name, enum sig_why *out);

#endif

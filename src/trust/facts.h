/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_FACTS_H
#define ROLLCALL_TRUST_FACTS_H

#include "base/instant.h"
#include "trust/digest.h"
#include "trust/reason.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What is so about the signatures of one file, whoever is trusted and
 * whatever the time is. Plain data, which can be written, read back and
 * judged again: see verdict.h. In every enum 0 is "not known, not checked",
 * and never counts as good; an instant that is not known is INSTANT_NONE.
 * Text is UTF-8. Who fills it allocates each array and each text for itself.
 *
 * Limits:  SIG_MAX_LEVELS, SIG_MAX_TIMESTAMPS a level, CERT_MAX_EKU a
 *          certificate, SIG_MAX_CHECKS + 1 paths of one certificate, with
 *          CHAIN_MAX_DEPTH + 1 steps each: no more is collected, and no more
 *          is to be read back.
 */
#define SIG_ID_BYTES	32		/* SHA-256 */
#define SIG_NO_CERT	0		/* certificates count from 1 */

/* What came of checking one thing. */
enum sig_check {
	SIG_CHECK_NONE,		/* not done, or not to its end */
	SIG_CHECK_GOOD,
	SIG_CHECK_BAD,
	SIG_CHECK_DAMAGED,	/* cannot be read, so that it is not good */
};

/* A thing that a certificate says, or does not say. */
enum sig_said { SIG_SAID_UNKNOWN, SIG_SAID_NO, SIG_SAID_YES };

/* The extensions of a certificate (RFC 5280 4.2). */
enum sig_extensions {
	SIG_EXT_UNKNOWN,
	SIG_EXT_SOUND,
	SIG_EXT_CRITICAL,	/* one is critical and not understood */
	SIG_EXT_TWICE,
	SIG_EXT_CONSTRAINTS,	/* its basicConstraints are broken, ... */
	SIG_EXT_USAGE,
	SIG_EXT_PURPOSES,
};

enum sig_key { SIG_KEY_UNKNOWN, SIG_KEY_RSA, SIG_KEY_EC, SIG_KEY_OTHER };

struct sig_cert {
	uint8_t		sha256[SIG_ID_BYTES];	/* its id */
	uint8_t		sha1[20];		/* the thumbprint */
	uint8_t		key_sha256[SIG_ID_BYTES]; /* SubjectPublicKeyInfo */
	char		*subject, *issuer;
	char		*serial;	/* hex, without a leading sign octet */
	instant		 not_before, not_after;

	enum sig_key	 key;
	unsigned	 key_bits;
	enum digest_alg	 signed_with;	/* digest of its own signature */

	enum sig_said	 self_issued;	/* subject and issuer are the same
					   bytes; its signature not asked */
	enum sig_extensions extensions;
	char		*critical;	/* dotted; SIG_EXT_CRITICAL only */
	enum sig_said	 ca;		/* basicConstraints */
	int		 path_len;	/* -1: no limit */
	enum sig_said	 may_sign;	/* keyCertSign, or no keyUsage */
	enum sig_said	 eku_present;	/* the extension, with no OID or any */
	enum sig_said	 lifetime;	/* szOID_KP_LIFETIME_SIGNING in it */
	char		**eku;		/* dotted */
	size_t		 eku_count;
};

/* An anchor is known by its subject's name and its key; NAME is for people. */
struct sig_anchor {
	char		*name;
	char		*subject;
	uint8_t		key_sha256[SIG_ID_BYTES]; /* SubjectPublicKeyInfo */
};

/* How a path ends. */
enum sig_end {
	SIG_END_UNKNOWN,
	SIG_END_ANCHOR,		/* the last certificate is an anchor's, or
				   signed with its key */
	SIG_END_SELF,		/* it is self-issued, and no other issued it */
	SIG_END_NO_ISSUER,	/* its issuer is not at hand */
	SIG_END_BAD_LINK,	/* it did not sign the one before it */
	SIG_END_CIRCLE,		/* it was issued by one of the path */
	SIG_END_LONG,		/* CHAIN_MAX_DEPTH */
	SIG_END_CUT,		/* SIG_MAX_CHECKS: there may be more paths */
};

struct sig_step {
	size_t		cert;		/* number in the facts' table */
	enum sig_check	link;		/* did its key sign the certificate
					   of the step before? */
	uint64_t	at;		/* where in the file it lies, or
					   DIAG_NOWHERE */
};

/*
 * A way up from a certificate, by the names of issuers, through what the
 * same SignedData has. One that reaches an anchor may go on: another path of
 * the list, which comes behind it, begins with the same steps.
 */
struct sig_path {
	struct sig_step	*steps;		/* the certificate itself first */
	size_t		count;		/* to CHAIN_MAX_DEPTH + 1 */
	enum sig_end	end;
	struct sig_anchor anchor;	/* SIG_END_ANCHOR only */
};

/* Every path from one certificate, in the order in which they were found. */
struct sig_paths {
	struct sig_path	*list;
	size_t		count;
};

enum sig_stamp_kind { SIG_STAMP_NONE, SIG_STAMP_PKCS9, SIG_STAMP_RFC3161 };

struct sig_stamp_facts {
	enum sig_stamp_kind kind;
	instant		time;
	enum digest_alg	digest_alg;	/* that it was signed with */
	size_t		cert;		/* who made it, or SIG_NO_CERT */
	enum sig_check	check;		/* it is that certificate's, and over
					   the signature that it hangs on */
	struct sig_reason why;		/* unless the check is good */
	struct sig_paths paths;
};

enum sig_digest { SIG_DIGEST_UNCHECKED, SIG_DIGEST_MATCH, SIG_DIGEST_MISMATCH };

struct sig_level_facts {
	unsigned	depth;		/* 0 primary, 1 nested, ... */
	enum digest_alg	digest_alg;	/* that the file is digested with */
	enum sig_digest	digest;		/* is it the file's? */
	enum digest_alg	signed_with;	/* digest of the signature itself */
	size_t		cert;		/* the signer's, or SIG_NO_CERT */
	enum sig_check	check;		/* is the signature that key's? */
	struct sig_reason why;		/* unless the check is good */
	struct sig_paths paths;
	struct sig_stamp_facts *stamps;
	size_t		stamp_count;
	size_t		stamps_found;	/* more than the count: some are lost,
					   and the level is never good */
};

/* May the signatures be about what is in the file? */
enum sig_place {
	SIG_PLACE_UNKNOWN,
	SIG_PLACE_SOUND,
	SIG_PLACE_HIDDEN,	/* it has content that no digest covers */
};

/*
 * All signatures of one file, with their own small table of certificates:
 * each is there once. Who keeps the facts of many files merges the tables by
 * the certificates' ids.
 */
struct sig_facts {
	struct sig_cert	*certs;
	size_t		cert_count;
	struct sig_level_facts *levels;	/* primary, its nested ones, next ... */
	size_t		level_count;
	size_t		levels_found;	/* more than the count: as above */
	bool		bare;		/* the signature is all there is: no
					   digest of a file is asked for */
	enum sig_place	place;
	struct sig_reason hidden;	/* SIG_PLACE_HIDDEN: the rule, and */
	char		*hidden_text;	/* what it is, one line */
	struct sig_reason unsigned_why;	/* of a file without signature; NONE
					   needs no word */
	unsigned	checks;		/* spent while they were collected */
};

/* A certificate of its own: what it has is freed, or copied so that nothing
 * is shared. */
void	sig_cert_fini(struct sig_cert *c);
void	sig_cert_copy(const struct sig_cert *c, struct sig_cert *out);

void	sig_facts_fini(struct sig_facts *f);		/* NULL is fine */

/* A copy that shares nothing. *OUT is the caller's, for sig_facts_fini(). */
void	sig_facts_copy(const struct sig_facts *f, struct sig_facts *out);

/* The certificate with that number, or NULL when the table has none. */
const struct sig_cert *sig_facts_cert(const struct sig_facts *f,
	    size_t cert);

/*
 * Put a certificate into the table.
 *
 * In:      C becomes empty: the table owns what it had. Where the id is
 *          there already, that entry stays as it is.
 * Returns: its number.
 */
size_t	sig_facts_add(struct sig_facts *f, struct sig_cert *c);

#endif

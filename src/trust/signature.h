/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_SIGNATURE_H
#define ROLLCALL_TRUST_SIGNATURE_H

#include "base/instant.h"
#include "base/status.h"
#include "trust/anchors.h"
#include "trust/digest.h"
#include "trust/facts.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Authenticode signatures, judged as Windows judges them. In every enum 0 is
 * "not checked": what is forgotten can never look good.
 */
enum sig_verdict {
	SIG_UNCHECKED,
	SIG_VALID,		/* holds for ever */
	SIG_EXPIRES,		/* holds at AT, and has an end */
	SIG_EXPIRED,
	SIG_INVALID,		/* what was signed is not what is there */
	SIG_UNTRUSTED,		/* no chain to an anchor */
	SIG_UNSIGNED,		/* there is no signature */
	SIG_UNREADABLE,		/* damaged, or of a kind that we do not read */
};

/* What became of a timestamp. */
enum sig_stamp {
	SIG_STAMP_UNCHECKED,
	SIG_STAMP_GOOD,		/* verifies, and its chain held at its time */
	SIG_STAMP_BROKEN,	/* damaged, or of another signature */
	SIG_STAMP_UNTRUSTED,	/* no chain to an anchor: as if absent */
};

/* One answer for a Windows without the WinVerifyTrust fix, one with. */
struct sig_flags {
	bool		without_fix, with_fix;
};
struct sig_until {
	instant		without_fix, with_fix;
};

/* Text is UTF-8 and never NULL once the certificate was found. */
struct sig_certificate {
	char		*subject, *issuer;	/* NULL: not in the file */
	char		*serial;	/* hex, without a leading sign octet */
	char		*sha1;		/* hex: the thumbprint */
	instant		 not_before, not_after;
	bool		 eku_present;	/* the extension, with no OID or any */
	char		**eku;		/* dotted */
	size_t		 eku_count;
};

struct sig_timestamp {
	enum sig_stamp_kind kind;
	enum sig_stamp	state;
	instant		time;		/* INSTANT_NONE when not known */
	struct sig_certificate certificate;
	char		*anchor;	/* NULL none */
	char		*by;		/* overlay that brought it, */
	char		*stamper_by;	/* and that lists its certificate; NULL
					   none */
	struct sig_flags accepted;	/* good, and by a time stamper in the
					   eyes of Windows */
	char		*advisory;	/* that lists its certificate, NULL */
	struct diag	why;		/* when not accepted both ways */
};

/* The clause of "why" where the catalogue distrusts a certificate. */
#define SIG_CLAUSE_DISTRUSTED	"catalogue: distrusted"

struct sig_level {
	unsigned	depth;		/* 0 primary, 1 nested, ... */
	enum digest_alg	digest_alg;	/* that the file is digested with */
	enum sig_digest	digest;		/* UNCHECKED for a catalogue */
	struct sig_certificate signer;
	char		*anchor;	/* NULL none */
	char		*by;		/* overlay that brought it, or without
					   one that distrusts; NULL none */
	bool		foreign_root;	/* none: its chain ends in a root that
					   is not trusted, and is there, or
					   has a distrusted certificate */
	struct sig_timestamp *timestamps;
	size_t		timestamp_count;
	struct sig_until until;		/* INSTANT_NONE: never, not known */
	enum sig_verdict verdict;	/* at the policy's instant and fix */
	char		*advisory;	/* of its timestamps, or NULL */
	struct diag	why;		/* unless the verdict is VALID */
};

/*
 * All signatures of one file. VERDICT and UNTIL are those of the first primary
 * signature, except that a digest mismatch anywhere is SIG_INVALID.
 */
struct sig_file {
	struct sig_level *levels;	/* primary, its nested ones, next ... */
	size_t		count;
	enum sig_verdict verdict;
	struct sig_until until;
	const char	*advisory;	/* of any level; borrowed, or NULL */
	const struct diag *why;		/* that goes with VERDICT; borrowed */
};

/* A certificate that Windows takes for a time stamper by its thumbprint. */
struct sig_thumbprint {
	uint8_t		sha1[20];
	const char	*advisory;	/* "2749655": only with its fix */
	const char	*by;		/* overlay that says so; NULL none */
};

/* A certificate in whose chain nothing is believed, or a key: a signature of
 * ECDSA has two forms (r, s) and (r, n - s), and whoever has a certificate that
 * is signed so can make the other one of it, of another digest. */
struct sig_distrusted {
	bool		by_cert, by_key;	/* which of these count */
	uint8_t		sha256[SIG_ID_BYTES];	/* of the certificate */
	uint8_t		key_sha256[SIG_ID_BYTES]; /* SubjectPublicKeyInfo */
	const char	*why;
	const char	*by;		/* overlay that says so; NULL none */
};

struct sig_policy {
	const struct anchors *anchors;
	const struct sig_distrusted *distrusted;
	size_t		distrusted_count;
	const struct sig_thumbprint *thumbprints;
	size_t		thumbprint_count;
	instant		at;
	bool		fix;		/* which verdict: with the fix? */
};

void		sig_file_fini(struct sig_file *f);	/* NULL is fine */

/* Describe C for people. */
void		sig_certificate_init(struct sig_certificate *out,
		    const struct sig_cert *c);

/* The first timestamp that Windows accepts, with or without the fix, or
 * NULL. */
const struct sig_timestamp *sig_level_accepted(const struct sig_level *l,
		    bool fix);

/* The timestamp that a level rests on: the first accepted without the fix,
 * or else with it, or else the first. NULL when there is none. */
const struct sig_timestamp *sig_level_timestamp(const struct sig_level *l);

/* "valid", "expires", ...; "match", ...; "pkcs9", ...: never NULL. */
const char	*sig_verdict_name(enum sig_verdict v);
const char	*sig_digest_name(enum sig_digest d);
const char	*sig_stamp_name(enum sig_stamp s);
const char	*sig_stamp_kind_name(enum sig_stamp_kind k);

#endif

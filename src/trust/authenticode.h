/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_AUTHENTICODE_H
#define ROLLCALL_TRUST_AUTHENTICODE_H

#include "base/source.h"
#include "formats/cab.h"
#include "formats/cfb.h"
#include "formats/pe.h"
#include "trust/signature.h"

/*
 * The signatures of a file with the digests they are about, and the digests
 * of the file itself. Executables and cabinets are read once, packages of
 * Windows Installer twice, always AUTHENTICODE_BLOCK bytes at a time; of what
 * is larger than AUTHENTICODE_ASIDE, cabinets excepted, each digest is a pass
 * of its own, in a thread of its own.
 *
 * Spec: "Windows Authenticode Portable Executable Signature Format"
 *       (Microsoft, 2008); PE Format, "The Attribute Certificate Table". How
 *       cabinets and packages are digested is in no specification: measured
 *       on files of Microsoft.
 */
struct authenticode {
	struct digest_set file;		/* SHA-1 and SHA-256 of the file */
	struct sig_facts facts;		/* of its signatures */
	struct sig_file	signatures;	/* what they are worth by the policy:
					   SIG_UNSIGNED when it has none */
	struct diag	unsigned_why;	/* what it is, if SIG_UNSIGNED needs
					   to be explained; else text "" */
	bool		metadata;	/* of a package: the names and lengths
					   of its streams are signed too */
};

/*
 * Each reads all of SRC, whose read_at() may be called by three threads at
 * once.
 *
 * In:      what the reader of the format found in the same SRC.
 * Out:     *OUT is the caller's, for authenticode_fini(). A damaged
 *          signature is a level of it, SIG_UNREADABLE, and no failure.
 * Limits:  SIG_MAX_BYTES, and those of sig_collect().
 * Returns: ST_OK; ST_IO, also for a file that is cut short meanwhile;
 *          ST_MALFORMED and ST_LIMIT when a stream of a package cannot be
 *          followed.
 */
MUST_CHECK
enum status	authenticode_pe(const struct source *src,
		    const struct pe_info *pe, const struct sig_policy *policy,
		    struct authenticode *out, struct diag *d);
/* As authenticode_pe(). Returns: likewise. */
MUST_CHECK
enum status	authenticode_cab(const struct source *src,
		    const struct cab_info *cab,
		    const struct sig_policy *policy, struct authenticode *out,
		    struct diag *d);
/* As authenticode_pe(), for .msi and .msp. Returns: likewise. */
MUST_CHECK
enum status	authenticode_msi(const struct source *src, struct cfb *cfb,
		    const struct sig_policy *policy, struct authenticode *out,
		    struct diag *d);
/* Is there a signature in this compound file, whatever it says it is? */
bool		authenticode_is_package(struct cfb *cfb);
/* A catalogue or a bare PKCS #7: the file is the signature, and the digest
 * stays unchecked. Returns: as authenticode_pe(). */
MUST_CHECK
enum status	authenticode_pkcs7(const struct source *src,
		    const struct sig_policy *policy, struct authenticode *out,
		    struct diag *d);
/* Any other file: its digests, SIG_UNSIGNED. Returns: likewise. */
MUST_CHECK
enum status	authenticode_none(const struct source *src,
		    struct authenticode *out, struct diag *d);

void		authenticode_fini(struct authenticode *a); /* NULL is fine */

#endif

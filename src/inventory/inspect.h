/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_INVENTORY_INSPECT_H
#define ROLLCALL_INVENTORY_INSPECT_H

#include "base/instant.h"
#include "base/source.h"
#include "base/status.h"
#include "base/version.h"
#include "catalogue/catalogue.h"
#include "formats/filekind.h"
#include "formats/msi.h"
#include "trust/digest.h"
#include "trust/signature.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * One file by itself: what it is, which release, and what its signatures are
 * worth. Nothing here asks where the file lies or what is installed.
 */

/*
 * What files are judged by. Made by one thread from the catalogue, then read
 * by many.
 */
struct inspect_policy;

/*
 * In:      CAT outlives the policy: its anchors, the time stampers of its
 *          advisories, its releases. AT is the instant of the judgement, FIX
 *          whether the WinVerifyTrust fix is taken to be there.
 * Out:     *OUT is the caller's, for inspect_policy_free().
 * Returns: ST_OK; ST_MALFORMED when an anchor of the catalogue is no name or
 *          no key; ST_LIMIT (ANCHORS_MAX).
 */
MUST_CHECK
enum status	inspect_policy_new(const struct catalogue *cat, instant at,
		    bool fix, struct inspect_policy **out, struct diag *d);
void		inspect_policy_free(struct inspect_policy *p);	/* NULL is
								   fine */

/*
 * More anchors: the certificates of a PEM file.
 *
 * Returns: as anchors_add_pem().
 */
MUST_CHECK
enum status	inspect_policy_add_pem(struct inspect_policy *p,
		    struct slice pem, struct diag *d);

/* Those that it has, borrowed. */
const struct anchors *inspect_policy_anchors(const struct inspect_policy *p);

/* By what the release was told. Stronger ones first. */
enum inspect_by {
	INSPECT_BY_NOTHING,
	INSPECT_BY_DIGEST,		/* of the file, from the catalogue */
	INSPECT_BY_PATCH_CODE,
	INSPECT_BY_PRODUCT,		/* product code and version */
	INSPECT_BY_TITLE,		/* build or KB in what a patch says
					   of itself */
	INSPECT_BY_VERSION,		/* of an executable */
};

/* What the digests of the catalogue say about a file. */
enum inspect_listed {
	INSPECT_LISTED_UNKNOWN,		/* no digest of its release known */
	INSPECT_LISTED,
	INSPECT_LISTED_NOT,		/* its release has digests, others */
};

/* Does the file name tell the same release as the content? */
enum inspect_name {
	INSPECT_NAME_SILENT,		/* one of the two tells none */
	INSPECT_NAME_AGREES,
	INSPECT_NAME_LIES,		/* "-v2-" on an original, ... */
};

/* Text that was not found is NULL. */
struct inspected {
	enum filekind	 kind;
	uint64_t	 size;		/* bytes */
	bool		 digested;	/* DIGESTS hold SHA-1 and SHA-256 */
	struct digest_set digests;	/* of the whole file */
	struct version	 version;	/* of an executable, of the product
					   of an .msi; else not known */
	uint16_t	 machine;	/* of an executable: 0x8664, ... */
	bool		 pe32_plus;
	char		*title;		/* summary of a package */
	char		*display_name;	/* metadata of a patch */
	char		*kb;		/* "KB2756485", of the metadata or
					   the title of a patch */
	char		*product_code;	/* of an .msi */
	char		*package_code;	/* "{...}" of an .msi: its revision */
	bool		 has_patch;
	struct msi_patch patch;		/* codes of a patch */

	const struct cat_release *release;	/* borrowed; NULL unknown */
	enum inspect_by	 by;
	enum inspect_listed listed;
	enum inspect_name name;

	struct sig_file	 signatures;
	bool		 metadata;	/* of a package: names and lengths of
					   its streams are signed too */
	enum sig_verdict verdict;	/* never SIG_UNCHECKED */
	struct sig_until until;
	const char	*advisory;	/* borrowed from SIGNATURES; NULL */
	struct diag	 why;		/* of VERDICT, where it is not valid:
					   for SIG_UNREADABLE with the rule
					   and the place in the file */
	struct diag	 damage;	/* of what a signed file tells about
					   itself; text "" when there is none */
};

/*
 * Inspect all of SRC.
 *
 * In:      NAME is the file's path or name, compared with the content only;
 *          NULL when it has none.
 * Out:     *OUT, always: the caller's, for inspected_fini(). What cannot be
 *          read is SIG_UNREADABLE with its reason in WHY.
 * Limits:  INSPECT_MAX_BYTES, INSPECT_MAX_PKCS7, AUTHENTICODE_BLOCK, and those
 *          of the readers of each format.
 */
void		inspect_source(struct source src, const char *name,
		    const struct inspect_policy *p, struct inspected *out);

/* A file that could not even be opened, for the reason in D. */
void		inspect_unreadable(const struct diag *d,
		    struct inspected *out);

void		inspected_fini(struct inspected *i);	/* NULL is fine */

/*
 * Are DIGESTS those of a package, or of an installed file, of R? A release
 * that is NULL has no digests.
 */
enum inspect_listed inspect_listed(const struct cat_release *r,
		    const struct digest_set *digests);

/* Likewise, for a single package. */
enum inspect_listed inspect_package_listed(const struct cat_package *p,
		    const struct digest_set *digests);

/* Does the file name of PATH fit what is in it, R? R may be NULL. */
enum inspect_name inspect_name(const struct catalogue *cat, const char *path,
		    const struct cat_release *r);

/* "patch-code", ..., NULL for nothing; "agrees", "lies", NULL. */
const char	*inspect_by_name(enum inspect_by by);
const char	*inspect_name_name(enum inspect_name n);

#endif

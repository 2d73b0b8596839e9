/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_ASSESSMENT_INSPECTED_H
#define ROLLCALL_ASSESSMENT_INSPECTED_H

#include "base/instant.h"
#include "base/slice.h"
#include "base/status.h"
#include "catalogue/catalogue.h"
#include "inventory/file_facts.h"
#include "trust/signature.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * One file by itself, judged: which release it is, and what its signatures are
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

/* Whose keys have to be tried for the verdict; borrowed. */
const struct anchors *inspect_anchors(const struct inspect_policy *p);

/*
 * More anchors: the certificates of a PEM file.
 *
 * Returns: as anchors_add_pem().
 */
MUST_CHECK
enum status	inspect_policy_add_pem(struct inspect_policy *p,
		    struct slice pem, struct diag *d);

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

struct inspected {
	const struct file_facts *facts;	/* borrowed */
	const struct cat_release *release; /* borrowed; NULL unknown */
	enum inspect_by	 by;
	enum inspect_listed listed;
	enum inspect_name name;

	struct sig_file	 signatures;
	enum sig_verdict verdict;	/* never SIG_UNCHECKED */
	struct sig_until until;
	const char	*advisory;	/* borrowed from SIGNATURES; NULL */
	struct diag	 why;		/* of VERDICT, where it is not valid */
};

/*
 * In:      NAME is the file's path or name, compared with the content only;
 *          NULL when it has none. FACTS and what P was made of outlive *OUT.
 * Out:     *OUT, always: the caller's, for inspected_fini(). What could not be
 *          read is SIG_UNREADABLE.
 */
void		inspect_judge(const struct file_facts *facts, const char *name,
		    const struct inspect_policy *p, struct inspected *out);

void		inspected_fini(struct inspected *i);	/* NULL is fine */

/* Is it untrusted for a certificate that the catalogue distrusts? */
bool		inspected_is_distrusted(const struct inspected *i);

/* The last of all its timestamps; INSTANT_NONE without one. Is that later than
 * TAKEN, when the file was looked at? */
instant		inspected_last_stamp(const struct inspected *i);
bool		inspected_is_later(const struct inspected *i, instant taken);

/*
 * Are DIGESTS those of a package, or of an installed file, of R? A release
 * that is NULL has no digests.
 */
enum inspect_listed inspect_listed(const struct cat_release *r,
		    const struct digest_set *digests);

/* Likewise, for a single package. */
enum inspect_listed inspect_package_listed(const struct cat_package *p,
		    const struct digest_set *digests);

/* Is C one of DIGESTS? */
bool		inspect_digest_is(const struct cat_digest *c,
		    const struct digest_set *digests);

/* Does the file name of PATH fit what is in it, R? R may be NULL. */
enum inspect_name inspect_name(const struct catalogue *cat, const char *path,
		    const struct cat_release *r);

/* "patch-code", ..., NULL for nothing; "agrees", "lies", NULL. */
const char	*inspect_by_name(enum inspect_by by);
const char	*inspect_name_name(enum inspect_name n);

#endif

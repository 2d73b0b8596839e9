/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_INVENTORY_FILE_FACTS_H
#define ROLLCALL_INVENTORY_FILE_FACTS_H

#include "base/source.h"
#include "base/status.h"
#include "base/version.h"
#include "formats/filekind.h"
#include "formats/msi.h"
#include "trust/anchors.h"
#include "trust/digest.h"
#include "trust/facts.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * What is in one file: what it says of itself, and what is so about its
 * signatures. Nothing here asks where the file lies, which release it is of,
 * whom the reader trusts and what time it is. Text that was not found is NULL.
 */
struct file_facts {
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
	bool		 metadata;	/* of a package: names and lengths of
					   its streams are signed too */
	struct sig_facts signatures;
	bool		 readable;	/* to its end, as a file of its kind;
					   if not, WHY says the rule and the
					   place in the file */
	struct diag	 why;
	struct diag	 damage;	/* of what a signed file tells about
					   itself; text "" when there is none */
	char		*why_rule;	/* who owns the text of the rules, of */
	char		*damage_rule;	/* facts that were read back; or NULL */
};

/*
 * Look at all of SRC.
 *
 * In:      ANCHORS: whose keys the chains of its signatures are tried with.
 * Out:     *OUT, always: the caller's, for file_facts_fini(). What cannot be
 *          read is told there.
 * Limits:  INSPECT_MAX_BYTES, INSPECT_MAX_PKCS7, AUTHENTICODE_BLOCK, and those
 *          of the readers of each format.
 */
void	file_facts_read(struct source src, const struct anchors *anchors,
	    struct file_facts *out);

/* Of a file that could not even be opened, for the reason in D. */
void	file_facts_unreadable(const struct diag *d, struct file_facts *out);

void	file_facts_fini(struct file_facts *f);	/* NULL is fine */

#endif

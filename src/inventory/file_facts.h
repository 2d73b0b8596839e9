/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_INVENTORY_FILE_FACTS_H
#define ROLLCALL_INVENTORY_FILE_FACTS_H

#include "base/status.h"
#include "base/version.h"
#include "formats/filekind.h"
#include "formats/msi.h"
#include "trust/digest.h"
#include "trust/facts.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * What is in one file, and no judgement of it. Text that was not found is
 * NULL.
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
	bool		 readable;	/* false: WHY says what is wrong */
	struct diag	 why;
	struct diag	 damage;	/* of what a signed file tells about
					   itself; text "" when there is
					   none */
	/* Owned, where a diagnosis was read back and its clause is no static
	 * text. */
	char		*why_rule, *damage_rule;
};

void	file_facts_fini(struct file_facts *f);	/* NULL is fine */

#endif

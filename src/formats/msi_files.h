/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_MSI_FILES_H
#define ROLLCALL_FORMATS_MSI_FILES_H

#include "base/limits.h"
#include "base/version.h"
#include "formats/msi.h"

/*
 * Which files a patch brings, in which versions, and where its product puts
 * them. The first is in the transforms inside the patch, the second in the
 * tables of the product's package.
 */
struct msi_file {
	char		*key;		/* of the table File */
	char		*component;	/* NULL: not known */
	char		*name;		/* NULL likewise */
	struct version	 version;	/* that the patch brings */
	char		*path;		/* below the folder of the product;
					   NULL: none that is known */
	uint64_t	 with;		/* features, by bits: it is installed
					   with any of them; 0: none that is
					   known */
};

struct msi_files {
	struct msi_file	*list;		/* sorted by key, each once */
	size_t		 count;
	char		*features[MSI_MAX_FEATURES];
	size_t		 feature_count;
};

/*
 * The files that the transforms of a patch add or change, those with a
 * version. Where transforms disagree about one, the lowest version counts.
 *
 * Spec:    none; what is known of transforms is at the function.
 * Out:     *OUT needs msi_files_fini() on ST_OK; nothing has a path.
 * Limits:  MSI_MAX_FILES.
 * Returns: ST_OK; ST_ABSENT when no transform has such a file;
 *          ST_MALFORMED, also when the rows can be read in two ways;
 *          ST_LIMIT; ST_IO.
 */
MUST_CHECK
enum status	msi_patch_files(struct msi *patch, struct msi_files *out,
		    struct diag *d);

/*
 * Find the paths of FILES by the tables of their product. What is not below
 * TARGETDIR, which is the folder that setup was told, gets none.
 *
 * Limits:  MSI_MAX_DIRECTORIES, MSI_MAX_DEPTH; what comes with features beyond
 *          MSI_MAX_FEATURES is with none that is known.
 * Returns: ST_OK; ST_ABSENT without the tables; otherwise as
 *          msi_table_open().
 */
MUST_CHECK
enum status	msi_files_place(struct msi *product, struct msi_files *files,
		    struct diag *d);

void		msi_files_fini(struct msi_files *f);	/* NULL is fine */

#endif

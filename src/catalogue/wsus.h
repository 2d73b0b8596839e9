/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_WSUS_H
#define ROLLCALL_CATALOGUE_WSUS_H

#include "base/source.h"
#include "base/status.h"
#include "catalogue/import.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * wsusscn2.cab, the file with which Windows Update Agent scans offline: a
 * cabinet of cabinets. package.cab lists all updates; what one of them is
 * stands in one of the others, in up to three small files.
 *
 * An update of Exchange is mostly two: a bundle, which has the KB, the title
 * and what it replaces, and inside it the one that has the package.
 */

/* What came of it. */
struct wsus_read {
	size_t		 updates;	/* that package.xml lists */
	size_t		 found;		/* of them, those of Exchange */
	size_t		 nameless;	/* bundles of those without a KB */
};

/* Can it be read at all? Not without libmspack. */
bool		wsus_can(void);

/*
 * Add a row to IM for each update of Exchange: its KB, title, bulletin and
 * CVEs, the KBs that it supersedes, the patch codes, and the digests of what
 * is downloaded, which is mostly a cabinet around the package.
 *
 * In:      SRC is the cabinet. Who signed it is not looked at here.
 * Out:     rows of SOURCE in IM, also where it fails.
 * Limits:  WSUS_MAX_CABINET, WSUS_MAX_CABINETS, WSUS_MAX_UPDATES,
 *          WSUS_MAX_FOUND, WSUS_MAX_NAMED; those of XML and of cabinets.
 * Returns: ST_OK; ST_UNSUPPORTED when it is no such cabinet; ST_MALFORMED when
 *          it is damaged or contradicts itself; ST_LIMIT; ST_IO.
 */
MUST_CHECK
enum status	wsus_read(const struct source *src, struct import *im,
		    const struct import_source *source,
		    struct wsus_read *out, struct diag *d);

#endif

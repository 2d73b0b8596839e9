/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_FILEKIND_H
#define ROLLCALL_FORMATS_FILEKIND_H

#include "base/source.h"
#include "base/status.h"

#include <stdbool.h>

/*
 * What a file is, by its content and never by its name. A file that only
 * begins like one of these may still be refused by the reader of its format.
 */
enum filekind {
	FILEKIND_OTHER,
	FILEKIND_PE,
	FILEKIND_MSI,		/* an installation database */
	FILEKIND_MSP,		/* a patch */
	FILEKIND_CAB,
	FILEKIND_CAT,		/* a PKCS#7 that signs a catalogue of hashes */
	FILEKIND_PKCS7,		/* any other signed PKCS#7 */
};

/*
 * Returns: ST_OK, also for FILEKIND_OTHER; ST_IO.
 */
MUST_CHECK
enum status	filekind_of(const struct source *src, enum filekind *out,
		    struct diag *d);

/* What the name of a file says that it is: FILEKIND_PE, _MSI or _MSP of what
 * Windows runs or installs, and FILEKIND_OTHER of all else, which is data. */
enum filekind	filekind_named(const char *path);

/* May a file of KIND be called so? Any that no program is called by; a package
 * may be either of both. */
bool		filekind_fits(const char *path, enum filekind kind);

/* "pe", "msi", ..., "other": never NULL. */
const char	*filekind_name(enum filekind kind);

#endif

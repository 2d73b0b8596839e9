/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_FILEKIND_H
#define ROLLCALL_FORMATS_FILEKIND_H

#include "base/source.h"
#include "base/status.h"

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

/* "pe", "msi", ..., "other": never NULL. */
const char	*filekind_name(enum filekind kind);

#endif

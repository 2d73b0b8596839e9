/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_PROBE_H
#define ROLLCALL_FORMATS_PROBE_H

#include "base/source.h"
#include "base/status.h"

/*
 * What a file is, by its content and never by its name. A file that only
 * begins like one of these may still be refused by the reader of its format.
 */
enum probe_kind {
	PROBE_OTHER,
	PROBE_PE,
	PROBE_MSI,		/* an installation database */
	PROBE_MSP,		/* a patch */
	PROBE_CAB,
	PROBE_CAT,		/* a PKCS#7 that signs a catalogue of hashes */
	PROBE_PKCS7,		/* any other signed PKCS#7 */
};

/*
 * Returns: ST_OK, also for PROBE_OTHER; ST_IO.
 */
MUST_CHECK
enum status	probe(const struct source *src, enum probe_kind *out,
		    struct diag *d);

/* "pe", "msi", ..., "other": never NULL. */
const char	*probe_name(enum probe_kind kind);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_WSUS_PACKAGE_H
#define ROLLCALL_CATALOGUE_WSUS_PACKAGE_H

#include "catalogue/wsus_model.h"

/*
 * index.xml: which cabinet has which revisions.
 *
 * Limits:  WSUS_MAX_CABINETS; those of XML.
 * Returns: ST_OK; ST_UNSUPPORTED when it is none; ST_MALFORMED; ST_LIMIT.
 */
MUST_CHECK
enum status	wsus_read_index(struct wsus *w, struct slice xml,
		    struct diag *d);

/* The cabinet of a revision; NULL for none. */
const struct wsus_range *wsus_range_of(const struct wsus *w, uint32_t id);

/*
 * package.xml, twice: which revisions are Exchange's, then those with the
 * ones that they bundle or are bundled by.
 *
 * Out:     in W: ALL, and what is Exchange's.
 * Returns: ST_OK; ST_UNSUPPORTED when it is none; ST_MALFORMED, also for ids
 *          that lead nowhere or in a circle, and digests that contradict one
 *          another; ST_LIMIT; what SRC said.
 */
MUST_CHECK
enum status	wsus_read_package(struct wsus *w, const struct source *src,
		    struct diag *d);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_WSUS_PARTS_H
#define ROLLCALL_CATALOGUE_WSUS_PARTS_H

#include "catalogue/wsus_model.h"

/*
 * What NAME of a cabinet is: "x/123", "l/en/123".
 *
 * Out:     *ID; *LANGUAGE borrows from NAME, is LANGUAGE_LEN bytes long, and
 *          is "en" where there is none.
 * Returns: WSUS_CORE, WSUS_EXTENDED, WSUS_LOCALIZED; 0 for anything else.
 */
unsigned	wsus_part_of(const char *name, uint32_t *id,
		    struct slice *language);

/*
 * One of the files of R, which have no root element.
 *
 * In:      PART as from wsus_part_of().
 * Out:     in R.
 * Limits:  WSUS_MAX_NAMED; those of XML.
 * Returns: ST_OK; ST_MALFORMED, also when it is of another update than
 *          package.xml says or lacks a file of it; ST_LIMIT.
 */
MUST_CHECK
enum status	wsus_read_part(struct wsus *w, struct wsus_revision *r,
		    unsigned part, struct slice bytes, struct diag *d);

#endif

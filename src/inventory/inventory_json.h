/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_INVENTORY_INVENTORY_JSON_H
#define ROLLCALL_INVENTORY_INVENTORY_JSON_H

#include "inventory/inventory.h"
#include "json/jsonin.h"
#include "json/jsonout.h"

/*
 * An inventory as JSON, and back without loss: one object, whose members have
 * the names of the fields. A table that was not looked for is no member of it.
 * Evidence is known by "e1", certificates by "c1", ... What is "unknown" is
 * left out; where less would be better, a member has to be there.
 *
 * In:      NAME as in jsonout.h.
 */
void		inventory_write(struct jsonout *j, const char *name,
		    const struct inventory *inv);

/*
 * In:      AT is such an object, which may be hostile.
 * Out:     *OUT is the caller's, for inventory_free(). What it judges by is
 *          as the object says, and in each enum what is missing is unknown.
 * Limits:  INVENTORY_MAX_ROWS, INVENTORY_MAX_CERTS, INVENTORY_MAX_MARKS,
 *          INVENTORY_MAX_BYTES, ANCHORS_MAX, TEXT_MAX, MSI_MAX_CODES,
 *          SIG_MAX_LEVELS, SIG_MAX_TIMESTAMPS, SIG_MAX_CHECKS,
 *          CHAIN_MAX_DEPTH, CERT_MAX_EKU.
 * Returns: ST_OK; otherwise as jsonin_finish(), whatever of its document was
 *          wrong first.
 */
MUST_CHECK
enum status	inventory_read(struct jsonin_at at, struct inventory **out,
		    struct diag *d);

/*
 * The facts of one package alone, which PATH names, and back: an inventory
 * with one file. What is read has facts.
 *
 * In, Out, Limits, Returns: as above.
 */
void		inventory_write_package(struct jsonout *j, const char *name,
		    const char *path, const struct file_facts *facts);
MUST_CHECK
enum status	inventory_read_package(struct jsonin_at at,
		    struct inventory **out, struct diag *d);

#endif

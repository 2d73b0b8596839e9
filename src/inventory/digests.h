/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_INVENTORY_DIGESTS_H
#define ROLLCALL_INVENTORY_DIGESTS_H

#include "inventory/inventory.h"

/*
 * Look at the installed files whose digests the catalogue has for the build
 * of ExSetup.exe: what tells builds apart beside versions, for 2013 to 2019.
 * This reads whole files, so it is a step of its own.
 *
 * In:      INV was taken of HOST with CAT.
 * Limits:  INVENTORY_MAX_HASHED.
 */
void	inventory_hash_files(struct inventory *inv, struct host *host,
	    const struct catalogue *cat);

#endif

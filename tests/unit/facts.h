/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TESTS_FACTS_H
#define ROLLCALL_TESTS_FACTS_H

#include "inventory/inventory.h"

/* Inventories that are made by hand; inventory_free(). */

/* Each field of each struct has a value that is not what it is by itself. */
struct inventory *facts_full(void);

/* Nothing was looked for. */
struct inventory *facts_empty(void);

/* A server with so many patches, each in a package of its own that has two
 * signatures with a timestamp each: four chains of four certificates. */
struct inventory *facts_server(size_t patches);

#endif

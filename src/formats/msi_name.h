/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_MSI_NAME_H
#define ROLLCALL_FORMATS_MSI_NAME_H

#include "formats/cfb.h"

#include "base/buf.h"

#include <stdbool.h>

/* The stream of CFB's root with this decoded name, or NULL; borrowed. */
const struct cfb_entry *msi_name_find(struct cfb *cfb, const char *name,
		    bool is_table);

/* Likewise of one storage. */
const struct cfb_entry *msi_name_find_in(struct cfb *cfb,
		    const struct cfb_entry *storage, const char *name,
		    bool is_table);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_MSI_NAME_H
#define ROLLCALL_FORMATS_MSI_NAME_H

#include "formats/cfb.h"

#include "base/buf.h"

#include <stdbool.h>

/*
 * The name of a stream of the root, decoded. Windows Installer packs two
 * characters of its names into one and marks those of tables.
 *
 * Out:     appended to NAME; *IS_TABLE when it was marked.
 * Returns: false when NAME is full.
 */
bool		msi_name_decode(const struct cfb_entry *stream,
		    struct buf *name, bool *is_table);

/* The stream of CFB's root with this decoded name, or NULL; borrowed. */
const struct cfb_entry *msi_name_find(struct cfb *cfb, const char *name,
		    bool is_table);

/* Likewise of one storage. */
const struct cfb_entry *msi_name_find_in(struct cfb *cfb,
		    const struct cfb_entry *storage, const char *name,
		    bool is_table);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_HOST_HIVE_H
#define ROLLCALL_HOST_HIVE_H

#include "host/host.h"
#include "io/tree.h"

/*
 * A hive file of an offline volume. It can always be asked: one that could
 * not be opened answers why. Keys are paths below the hive's root.
 */
struct hive;

/*
 * Open a hive with its transaction logs, or with NO_REPLAY as it lies.
 *
 * In:      PATH is the hive's file in T; NAME ("SOFTWARE") is for host_hive
 *          and outlives the hive.
 * Returns: the hive, in any case; hive_info() says how it was found.
 */
struct hive	*hive_open(struct tree *t, const char *path,
		    const char *name, bool no_replay);
void		hive_close(struct hive *h);	/* NULL is fine */

/* WHERE is the file's path as Windows writes it, copied. */
void		hive_set_where(struct hive *h, const char *where);
const struct host_hive *hive_info(const struct hive *h);	/* borrowed */

/* Returns: as host_key_exists(). */
MUST_CHECK
enum status	hive_key_exists(struct hive *h, const char *key,
		    struct diag *d);
/* Returns: as host_key_list(). */
MUST_CHECK
enum status	hive_key_list(struct hive *h, const char *key, char ***names,
		    size_t *count, struct diag *d);
/* Returns: as host_value_list(). */
MUST_CHECK
enum status	hive_value_list(struct hive *h, const char *key,
		    char ***names, size_t *count, struct diag *d);
/* Returns: as host_value_get(). */
MUST_CHECK
enum status	hive_value_get(struct hive *h, const char *key,
		    const char *name, struct host_value *out,
		    struct diag *d);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_INVENTORY_COLLECT_H
#define ROLLCALL_INVENTORY_COLLECT_H

#include "inventory/inventory.h"

/*
 * What the collectors share: an inventory in the making, the host it looks
 * at, and small questions that record their own evidence when the host
 * cannot answer.
 */
struct collect {
	struct inventory *inv;
	struct host	*host;
	const struct catalogue *cat;
	const struct inventory_options *opt;
};

/* Add a record; WHERE and VALUE (which may be NULL) are copied. */
ev_id	collect_note(struct collect *c, enum ev_kind kind,
	    enum ev_state state, const char *where, const char *value);

/* Say more of what a record holds; its state stays. VALUE is copied. */
void	collect_amend(struct collect *c, ev_id id, const char *value);

/*
 * Add an "unreadable" record that says why; none, and 0, for a key of a hive
 * that did not open at all, which is one record of its own.
 */
ev_id	collect_unreadable(struct collect *c, enum ev_kind kind,
	    const char *where, const struct diag *d);

/*
 * A text or number of the registry. NULL and false when it is not there;
 * likewise, and with an "unreadable" record of KIND, when it cannot be read.
 * The text is the caller's.
 */
char	*collect_text(struct collect *c, enum ev_kind kind, const char *key,
	    const char *name);
bool	collect_dword(struct collect *c, enum ev_kind kind, const char *key,
	    const char *name, uint32_t *out);

/*
 * Names of subkeys; none when the key is not there, and none with a record
 * when it cannot be read. host_names_free().
 */
void	collect_keys(struct collect *c, enum ev_kind kind, const char *key,
	    char ***names, size_t *count);

/*
 * Fill in FILE from the file at PATH (copied): its state and binary version.
 * MISSING is the state that an absent file gets.
 */
void	collect_file(struct collect *c, const char *path,
	    enum ev_state missing, struct inv_file *file);
void	inv_file_fini(struct inv_file *f);

/* The state and binary version of the file at PATH, without a record. */
enum ev_state	collect_version(struct collect *c, const char *path,
	    struct version *out);

/* For packages and files that were inspected; NULL is fine. */
void	inv_seen_free(struct inspected *seen);

/* The collectors, in the order in which they run. */
void	collect_hives(struct collect *c);
void	collect_windows(struct collect *c);
void	collect_exchange(struct collect *c);
void	collect_msi(struct collect *c, struct inv_exchange *ex);
void	collect_orphans(struct collect *c);
void	collect_installer(struct collect *c);
void	collect_traces(struct collect *c);
void	collect_markers(struct collect *c, struct inv_exchange *ex);
void	collect_signed(struct collect *c, struct inv_exchange *ex);
void	collect_fixes(struct collect *c);
void	collect_deep(struct collect *c);

/* Does NAME, of a product, speak of a language pack or the like? */
bool	inv_names_a_pack(const char *name);

/* Is PACKED, or CODE, a product code of any release of Exchange? */
bool	inv_is_exchange_code(const struct catalogue *cat, const char *code);

void	inv_product_fini(struct inv_product *p);
void	inv_exchange_fini(struct inv_exchange *ex);
void	inv_fix_fini(struct inv_fix *f);

#endif

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

/* Has the key any value? No, and a record, when it cannot be read. */
bool	collect_has_values(struct collect *c, enum ev_kind kind,
	    const char *key);

/* Below SOFTWARE, where each version since 2010 has its key (v14, v15). */
#define INV_SERVERS	"Microsoft\\ExchangeServer"

/* Levels between a key of Updates (Exchange 2010) and that of a KB. */
#define MARKER_DEPTH	2

/*
 * Ask of the file at PATH (copied) what ASK has bits for, INV_ASK_...; it is
 * opened once, by collect_files(), for all that is asked of it.
 */
void	collect_want(struct collect *c, const char *path, unsigned ask);

/* For packages and files that were inspected; NULL is fine. */
void	inv_facts_free(struct file_facts *f);

/* The collectors, in the order in which they run. */
void	collect_asked(struct collect *c);
void	collect_windows(struct collect *c);
void	collect_setups(struct collect *c);
void	collect_products(struct collect *c);
void	collect_places(struct collect *c);
void	collect_markers(struct collect *c);
void	collect_fixes(struct collect *c);
void	collect_files(struct collect *c);
void	collect_packages(struct collect *c);
void	collect_installer(struct collect *c);

/* Are the files of updates asked for, and packages opened at all? */
bool	collect_wants_lists(const struct inventory_options *opt);

/* What U, a patch of P whose package is SRC, brings; PRODUCT is the package of
 * P, or NULL. */
void	collect_update_list(struct collect *c, const struct inv_product *p,
	    const struct inv_update *u, struct source src,
	    const struct source *product);

void	collect_setup_runs(struct collect *c);
void	collect_traces(struct collect *c);
void	collect_values(struct collect *c);
void	collect_programs(struct collect *c);
void	collect_pending(struct collect *c);
void	collect_leftovers(struct collect *c);
void	collect_spaces(struct collect *c);
void	collect_deep(struct collect *c);
void	collect_hives(struct collect *c);

/* The folders in which any witness puts Exchange, each once; borrowed by
 * *OUT, which is the caller's to free. Returns how many. */
size_t	collect_roots(const struct inventory *inv, const char ***out);

/* Could it be a server, and not a pack for one, by its code or its name? */
bool	inv_may_be_server(const struct catalogue *cat,
	    const struct inv_product *p);

/* Does the name begin with one that packs are asked for by? */
bool	inv_is_asked_pack(const struct inventory *inv, const char *name);

void	inv_asked_fini(struct inv_asked *a);
void	inv_product_fini(struct inv_product *p);
void	inv_system_fini(struct inventory *inv);
void	inv_setup_fini(struct inv_setup *s);
void	inv_file_fini(struct inv_file *f);
void	inv_update_list_fini(struct inv_update_list *l);
void	inv_setup_run_fini(struct inv_setup_run *r);

#endif

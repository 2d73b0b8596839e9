/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_REFRESHED_H
#define ROLLCALL_CMD_REFRESHED_H

#include "base/instant.h"
#include "base/status.h"
#include "catalogue/catalogue.h"
#include "cmd/tell.h"
#include "trust/minisign.h"

/* The key that signatures of catalogues must be of, unless --key says so. */
#define REFRESHED_KEY	"ROLLCALL_CATALOGUE_KEY"

/*
 * The folder that "catalogue update" keeps its set in: $ROLLCALL_CATALOGUE_DIR
 * if set; else the machine's for root, and the user's own for others.
 *
 * Returns: the path, the caller's to free; NULL without a home folder.
 */
char		*refreshed_dir(void);

/*
 * Before a set is kept in DIR: where that is the machine's, see to it that
 * administrators alone can change it.
 *
 * Returns: ST_OK; ST_UNTRUSTED when others can; ST_IO.
 */
MUST_CHECK
enum status	refreshed_prepare(const char *dir, struct diag *d);

/*
 * Replace *CAT by the newest refreshed catalogue, if one is newer. A set that
 * cannot be used is told of, and no failure; so is one that is old at AT.
 */
void		refreshed_take(struct teller *t, struct catalogue **cat,
		    instant at);

/*
 * What the site says in catalogue.conf of NAME, which is "url" or "key".
 *
 * Out:     *OUT is the caller's, NULL when nothing is said.
 * Limits:  STORE_MAX_HEADER.
 * Returns: ST_OK, without such a file too; ST_UNTRUSTED when others can write
 *          it; ST_MALFORMED; ST_LIMIT; ST_UNSUPPORTED; ST_IO.
 */
MUST_CHECK
enum status	refreshed_site(const char *name, char **out, struct diag *d);

/*
 * Read a public key.
 *
 * In:      TEXT is the key itself or the name of a file that holds it.
 * Returns: ST_OK; as minisign_key_parse() and file_read_all().
 */
MUST_CHECK
enum status	refreshed_key(const char *text, struct minisign_key *out,
		    struct diag *d);

#endif

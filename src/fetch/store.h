/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FETCH_STORE_H
#define ROLLCALL_FETCH_STORE_H

#include "base/buf.h"
#include "base/slice.h"
#include "base/status.h"
#include "catalogue/catalogue.h"
#include "io/lock.h"
#include "trust/minisign.h"

#include <stdbool.h>

/*
 * Where a refreshed catalogue is kept: one file in a folder, so that data
 * and signature are never parted, replaced by one rename. It is text:
 *
 *	rollcall catalogue set 1
 *	key: RWQ...
 *	checked: rollcall 1.0
 *	from: https://...			(these three may be
 *	etag: "..."				missing)
 *	last-modified: ...
 *	(an empty line)
 *	the four lines of the signature
 *	the XML that they sign
 *
 * The signature is verified each time it is read. The key beside it proves
 * nothing to somebody who does not trust the folder: it finds damage.
 */
#define STORE_NAME	"catalogue.set"

struct store_set {
	struct minisign_key key;
	bool		checked;	/* catalogue_load() of this version of
					   rollcall has taken the XML */
	struct slice	from, etag, modified;	/* n is 0 when not known */
	struct slice	signature, xml;
	struct buf	file;		/* what the slices of a set that was
					   read borrow from */
};

/*
 * Read the set in DIR and verify its signature.
 *
 * Out:     *OUT is the caller's, for store_fini(), and does not move.
 * Limits:  STORE_MAX_HEADER, MINISIGN_MAX_BYTES, XML_MAX_BYTES.
 * Returns: ST_OK; ST_ABSENT; ST_MALFORMED; ST_UNTRUSTED; ST_LIMIT;
 *          ST_UNSUPPORTED when it is no regular file; ST_IO.
 */
MUST_CHECK
enum status	store_load(const char *dir, struct store_set *out,
		    struct diag *d);
void		store_fini(struct store_set *set);

/* Read the XML of a set that store_load() gave, checked as far as it is
 * necessary. Returns: as catalogue_load(). */
MUST_CHECK
enum status	store_catalogue(const struct store_set *set,
		    const char *origin, struct catalogue **out,
		    struct diag *d);

/*
 * Put SET in place of what DIR has. Killed at any moment, it leaves the old
 * set or the new one.
 *
 * In:      the caller holds the lock of DIR, and SET->xml has passed
 *          catalogue_load(). Slices with control characters
 *          in them are left out (from, etag, modified).
 * Returns: ST_OK; ST_IO, and the old set is untouched.
 */
MUST_CHECK
enum status	store_save(const char *dir, const struct store_set *set,
		    struct diag *d);

/*
 * Make DIR, keep other updates out of it, and remove what one that was
 * killed has left there.
 *
 * Out:     *LOCK is for lock_release(); a process that dies gives it back.
 * Returns: ST_OK; ST_IO.
 */
MUST_CHECK
enum status	store_lock(const char *dir, struct lock **lock,
		    struct diag *d);

#endif

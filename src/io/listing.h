/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_IO_LISTING_H
#define ROLLCALL_IO_LISTING_H

#include "base/buf.h"
#include "base/limits.h"
#include "base/status.h"
#include "io/folder.h"

#include <stddef.h>

/* The names in a folder, sorted by their upper case and then by byte. */
struct listing {
	struct listing_name {
		const char *folded, *name;	/* in TEXT */
	}		*names;		/* owned */
	size_t		 count;
	struct buf	 text;
};

/*
 * Out:     *OUT needs listing_fini() on ST_OK.
 * Limits:  TREE_MAX_NAMES; TREE_CACHE_BYTES.
 * Returns: ST_OK; ST_LIMIT; ST_IO.
 */
MUST_CHECK
enum status	listing_read(struct folder folder, struct listing *out,
		    struct diag *d);
void		listing_fini(struct listing *l);

/*
 * The name that is NAME but for letter case, the first by byte; or NULL.
 *
 * Out:     *TWIN is the second by byte; NULL when there is just one.
 */
const char	*listing_find(const struct listing *l, const char *name,
		    const char **twin);

/*
 * The listings used last, of folders known by their path. All zero is an
 * empty cache.
 */
struct listing_cache {
	struct listing_slot {
		char		*path;		/* owned */
		struct listing	 list;
	}		 slots[TREE_CACHE_FOLDERS];	/* newest first */
	size_t		 count;
	size_t		 bytes;		/* of all texts */
};

/*
 * In:      FOLDER is that of PATH.
 * Out:     *OUT is borrowed until the next call.
 * Returns: as listing_read().
 */
MUST_CHECK
enum status	listing_cached(struct listing_cache *c,
		    struct folder folder, const char *path,
		    const struct listing **out, struct diag *d);
void		listing_cache_fini(struct listing_cache *c);

#endif

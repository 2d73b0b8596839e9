/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_REGF_WALK_H
#define ROLLCALL_FORMATS_REGF_WALK_H

#include "base/status.h"
#include "formats/regf.h"

#include <stddef.h>

/*
 * Who comes along on a walk. PATH leads from the first key to the one at
 * hand, parts parted by '\', "" for the first; it is borrowed for the call.
 * Any member may be NULL. A status other than ST_OK ends the walk.
 */
struct regf_visitor {
	enum status	(*key)(void *ctx, const char *path,
			    const struct regf_key *key, struct diag *d);
	enum status	(*value)(void *ctx, const char *path,
			    const struct regf_value *value, struct diag *d);
	void		(*damage)(void *ctx, const char *path,
			    const struct diag *d);
	void		*ctx;
};

/* What a walk met. */
struct regf_walk_sum {
	size_t	keys, values;
	size_t	damage;			/* pieces told */
};

/*
 * Visit FROM, its values, and then its subkeys likewise, down to MAX_DEPTH keys
 * below it (0: only FROM; REGF_MAX_DEPTH: all there are). When that is all of
 * the hive, all of its bins are looked at first (regf_check_bins()).
 *
 * A healthy hive reaches every key by one way and puts every list entry in
 * a place of its own. Where a damaged or hostile one does not, a key below
 * itself is left out, a key that is reached again is shown without its
 * subkeys, and the walk ends when it has met more entries than the file has
 * room for; all of it is told. So the walk takes time linear in the file,
 * also when the visitor reads the data of every value.
 *
 * Out:     *SUM (may be NULL) is written in any case.
 * Limits:  REGF_MAX_DEPTH; REGF_MAX_SUBKEYS for the lists of all keys on
 *          the current path together; both are told and passed over.
 * Returns: ST_OK, also with damage; ST_IO; what the visitor returned.
 */
MUST_CHECK
enum status	regf_walk(struct regf *h, const struct regf_key *from,
		    unsigned max_depth, const struct regf_visitor *visitor,
		    struct regf_walk_sum *sum, struct diag *d);

#endif

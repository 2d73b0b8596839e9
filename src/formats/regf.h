/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_REGF_H
#define ROLLCALL_FORMATS_REGF_H

#include "base/buf.h"
#include "base/instant.h"
#include "base/source.h"
#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Registry hive files ("regf"), read only, through a window. Nothing here
 * follows keys downwards by itself: a caller that does wants regf_walk().
 *
 * Spec: "Windows registry file format specification" (M. Suhanov), cited
 *       below by section.
 */
struct regf;

/* Types of values, as Windows numbers them. */
enum regf_type {
	REGF_NONE = 0,
	REGF_SZ = 1,
	REGF_EXPAND_SZ = 2,
	REGF_BINARY = 3,
	REGF_DWORD = 4,
	REGF_DWORD_BE = 5,
	REGF_LINK = 6,
	REGF_MULTI_SZ = 7,
	REGF_RESOURCE_LIST = 8,
	REGF_FULL_RESOURCE_DESCRIPTOR = 9,
	REGF_RESOURCE_REQUIREMENTS_LIST = 10,
	REGF_QWORD = 11,
};

/* What the base block says. */
struct regf_info {
	uint32_t	sequence[2];	/* primary, secondary */
	uint32_t	major, minor;
	uint32_t	root;		/* cell */
	uint32_t	hbins_len;	/* bytes, as the header claims */
	instant		written;
	bool		checksum_ok;
	bool		dirty;		/* bad checksum or unequal sequences */
};

/*
 * A key, decoded and complete in itself: nothing in it is borrowed. In names
 * here and below, a NUL, which Windows allows, is shown as U+FFFD.
 */
struct regf_key {
	uint32_t	cell;
	uint32_t	parent;
	uint32_t	subkey_list, subkey_count;
	uint32_t	value_list, value_count;
	instant		written;
	uint16_t	flags;
	bool		deleted;	/* a tombstone in a layer over another
					   hive: not there for Windows */
	char		name[1024];	/* UTF-8: at most 256 UTF-16 units */
};

/* A value without its data, complete in itself. */
struct regf_value {
	uint32_t	cell;
	uint32_t	type;		/* enum regf_type, or another number */
	uint32_t	len;		/* bytes of data */
	uint32_t	data;		/* cell of the data */
	uint8_t		inline_data[4];
	bool		is_inline;
	bool		deleted;	/* likewise */
	char		*name;		/* UTF-8, owned: regf_value_fini();
					   "" is the default value */
};

/* One thing that could not be read, met on the way. */
typedef void regf_damage_fn(void *ctx, const struct diag *d);

/*
 * Open a hive.
 *
 * In:      SRC outlives the hive.
 * Out:     *OUT is the caller's, for regf_close().
 * Returns: ST_OK, also with a bad checksum or a dirty hive: see regf_info();
 *          ST_MALFORMED when it is no hive or has no root key to start from;
 *          ST_UNSUPPORTED (a transaction log, an unknown version); ST_IO.
 */
MUST_CHECK
enum status	regf_open(struct source src, struct regf **out,
		    struct diag *d);
void		regf_close(struct regf *h);	/* NULL is fine */

/* Borrowed; dies with the hive. */
const struct regf_info *regf_info(const struct regf *h);

/*
 * Be told of every damaged key, list or value that is left out from now on.
 * FN NULL ends it. The walk goes on in any case.
 */
void		regf_on_damage(struct regf *h, regf_damage_fn *fn, void *ctx);

/* Who is told now, so that it can be told again later. */
void		regf_get_damage(const struct regf *h, regf_damage_fn **fn,
		    void **ctx);

/* Returns: ST_OK; ST_MALFORMED; ST_IO. */
MUST_CHECK
enum status	regf_root(struct regf *h, struct regf_key *out,
		    struct diag *d);

/*
 * Find a key below FROM by PATH, parts parted by '\', letter case ignored as
 * Windows does. An empty PATH is FROM itself. The order of a subkey list and
 * its hints (hash, first letters) say only where to look first: a key is
 * found also when they are wrong.
 *
 * Out:     OUT->deleted also when a key on the way is.
 * Returns: ST_OK; ST_ABSENT; ST_MALFORMED when damage kept the answer from
 *          being known (an entry that could have been it is unreadable);
 *          ST_IO.
 */
MUST_CHECK
enum status	regf_find(struct regf *h, const struct regf_key *from,
		    const char *path, struct regf_key *out, struct diag *d);

/*
 * Walk the subkeys of a key, in the order of the file (which is sorted).
 * Caller's storage; regf_subkeys_fini() gives back what it holds.
 */
struct regf_subkeys {
	struct regf	*h;
	struct regf_entry {
		uint32_t	cell;
		uint32_t	hint;	/* as its list has it */
		uint16_t	list;	/* signature of that list */
	}		*entries;	/* owned */
	size_t		 count, at;
	size_t		 lists;		/* leaves that were read */
	size_t		 lost;		/* keys and whole lists */
};

/*
 * In:      KEY belongs to H.
 * Out:     *IT is ready for regf_subkeys_next() and needs _fini() on ST_OK.
 * Limits:  REGF_MAX_SUBKEYS per key.
 * Returns: ST_OK, also when parts of the list were damaged (IT->lost > 0,
 *          and the damage was told); ST_LIMIT; ST_IO.
 */
MUST_CHECK
enum status	regf_subkeys_init(struct regf *h, const struct regf_key *key,
		    struct regf_subkeys *it, struct diag *d);

/* Returns: ST_OK; ST_ABSENT at the end; ST_IO. Damaged keys are told, counted
 *          in IT->lost, and passed over. */
MUST_CHECK
enum status	regf_subkeys_next(struct regf_subkeys *it,
		    struct regf_key *out, struct diag *d);
void		regf_subkeys_fini(struct regf_subkeys *it);

/* The same for values; each value out needs regf_value_fini(). */
struct regf_values {
	struct regf	*h;
	uint32_t	*cells;		/* owned */
	size_t		 count, at;
	size_t		 lost;		/* values, or the list, cut or whole */
};

/* Limits:  REGF_MAX_VALUES. Returns: as regf_subkeys_init(). */
MUST_CHECK
enum status	regf_values_init(struct regf *h, const struct regf_key *key,
		    struct regf_values *it, struct diag *d);
/* Returns: as regf_subkeys_next(). */
MUST_CHECK
enum status	regf_values_next(struct regf_values *it,
		    struct regf_value *out, struct diag *d);
void		regf_values_fini(struct regf_values *it);
void		regf_value_fini(struct regf_value *v);	/* NULL is fine */

/*
 * Find one value of a key by name, letter case ignored; "" or NULL is the
 * default value.
 *
 * Out:     *OUT needs regf_value_fini() on ST_OK.
 * Returns: ST_OK; ST_ABSENT; ST_MALFORMED as for regf_find(); ST_LIMIT;
 *          ST_IO.
 */
MUST_CHECK
enum status	regf_value_find(struct regf *h, const struct regf_key *key,
		    const char *name, struct regf_value *out, struct diag *d);

/*
 * The data of a value, big data put together.
 *
 * Out:     appended to DATA, V->len bytes; what was appended before a failure
 *          stays there and means nothing.
 * Limits:  REGF_MAX_VALUE_BYTES, and the maximum of DATA.
 * Returns: ST_OK; ST_MALFORMED; ST_LIMIT; ST_IO.
 */
MUST_CHECK
enum status	regf_value_data(struct regf *h, const struct regf_value *v,
		    struct buf *data, struct diag *d);

/* "REG_SZ", ...; NULL for a number without a name. */
const char	*regf_type_name(uint32_t type);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_CFB_H
#define ROLLCALL_FORMATS_CFB_H

#include "base/source.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Compound files: storages and streams, like folders and files, in one file.
 *
 * The directory is read and proved to be a tree when the file is opened. A
 * stream's chain of sectors is followed when the stream is first asked for,
 * and kept as runs, so that a package of 300 MB costs little memory and a
 * damaged stream does not hide the others. No sector may serve twice.
 *
 * Spec: [MS-CFB] "Compound File Binary File Format", versions 3 and 4,
 *       cited by section.
 */
struct cfb;

#define CFB_NAME_BYTES	64	/* UTF-16LE, its NUL included */
#define CFB_NAME_TEXT	96	/* bytes of the same in UTF-8 */
#define CFB_CLSID_BYTES	16
#define CFB_STATE_BYTES	4
#define CFB_TIMES_BYTES	16

enum cfb_kind { CFB_STORAGE, CFB_STREAM };

/* A storage or a stream, complete in itself; lives as long as its file. */
struct cfb_entry {
	uint32_t	id;		/* its place in the directory */
	uint32_t	parent;		/* that of its storage */
	enum cfb_kind	kind;
	size_t		raw_len;	/* bytes, without the NUL */
	uint8_t		raw[CFB_NAME_BYTES]; /* name, UTF-16LE */
	char		name[CFB_NAME_TEXT]; /* the same as UTF-8 */
	uint8_t		clsid[CFB_CLSID_BYTES];	/* of a storage */
	uint8_t		state[CFB_STATE_BYTES];	/* bits of the user's */
	uint8_t		times[CFB_TIMES_BYTES];	/* creation, modification */
	uint64_t	size;		/* bytes of a stream, else 0 */
};

/*
 * In:      SRC outlives the reader.
 * Out:     *OUT is the caller's, for cfb_close().
 * Limits:  CFB_MAX_SECTORS, CFB_MAX_ENTRIES, CFB_MAX_RUNS.
 * Returns: ST_OK; ST_UNSUPPORTED when it is no compound file, or of an
 *          unknown version; ST_MALFORMED; ST_LIMIT; ST_IO.
 */
MUST_CHECK
enum status	cfb_open(struct source src, struct cfb **out,
		    struct diag *d);
void		cfb_close(struct cfb *c);	/* NULL is fine */

/* The root storage; borrowed. */
const struct cfb_entry *cfb_root(const struct cfb *c);

/*
 * What STORAGE holds, sorted by the bytes of the raw names, a shorter name
 * before a longer one that begins like it: the order in which Authenticode
 * hashes them.
 *
 * Out:     *COUNT entries; 0 for a stream.
 * Returns: the first of them, borrowed like its elements.
 */
const struct cfb_entry *const *cfb_children(const struct cfb *c,
		    const struct cfb_entry *storage, size_t *count);

/*
 * The child of STORAGE with exactly this name (UTF-8), or NULL; borrowed.
 */
const struct cfb_entry *cfb_find(const struct cfb *c,
		    const struct cfb_entry *storage, const char *name);

/* Is this the entry's whole name? NAME is plain ASCII. The text in
 * entry->name is no help: it ends at a NUL, a counted name does not. */
bool		cfb_name_is(const struct cfb_entry *e, const char *name);

/* Refuse names with a NUL in them, which Windows cannot open.
 * Returns: ST_OK; ST_MALFORMED. */
MUST_CHECK
enum status	cfb_check_names(const struct cfb *c, struct diag *d);

/*
 * Is each name where Windows looks for it? It goes down a tree whose names are
 * ordered by length, then by upper case. One that lies elsewhere, or differs
 * from another in case alone, is seen when all are listed, and by a digest, but
 * another or none is opened.
 *
 * Spec:    [MS-CFB] 2.6.4
 * Returns: ST_OK; ST_UNTRUSTED.
 */
MUST_CHECK
enum status	cfb_check_tree(const struct cfb *c, struct diag *d);

/*
 * Does the file end with the last sector that its directory tells of? What
 * stands behind it is in no stream and in no digest.
 *
 * Returns: ST_OK; ST_UNTRUSTED when there is more; otherwise as
 *          cfb_stream().
 */
MUST_CHECK
enum status	cfb_check_end(struct cfb *c, struct diag *d);

/*
 * The bytes of a stream.
 *
 * In:      STREAM belongs to C.
 * Out:     *OUT reads from C and dies with it; asking again is cheap.
 * Limits:  CFB_MAX_RUNS in one file.
 * Returns: ST_OK; ST_MALFORMED when the chain of sectors ends early, leaves
 *          the file, or meets a sector that is already taken; ST_LIMIT;
 *          ST_IO.
 */
MUST_CHECK
enum status	cfb_stream(struct cfb *c, const struct cfb_entry *stream,
		    struct source *out, struct diag *d);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_MSI_POOL_H
#define ROLLCALL_FORMATS_MSI_POOL_H

#include "formats/msi.h"

/*
 * The strings of a database. The stream "_StringPool" has four bytes of
 * header and four for each string: length and number of references, both of
 * 16 bits. A string longer than that has length 0 and references, and its
 * true length in the next four bytes. "_StringData" has the texts, one
 * behind the other.
 */
struct msi_pool;

/*
 * In:      CFB outlives the pool.
 * Out:     *OUT is the caller's, for msi_pool_close().
 * Limits:  MSI_MAX_STRINGS.
 * Returns: ST_OK; ST_ABSENT without the streams; ST_MALFORMED; ST_LIMIT;
 *          ST_IO.
 */
MUST_CHECK
enum status	msi_pool_open(struct cfb *cfb, struct msi_pool **out,
		    struct diag *d);
/* Likewise of one storage: a transform has its own. Returns: as above. */
MUST_CHECK
enum status	msi_pool_open_in(struct cfb *cfb,
		    const struct cfb_entry *storage, struct msi_pool **out,
		    struct diag *d);
void		msi_pool_close(struct msi_pool *p);	/* NULL is fine */

/* Bytes of a reference to a string: 2 or 3. */
unsigned	msi_pool_ref_len(const struct msi_pool *p);

/*
 * Out:     appended to TEXT as UTF-8; nothing for string 0, which is null.
 * Returns: ST_OK; ST_MALFORMED when there is no such string; ST_LIMIT when
 *          TEXT is full; ST_IO.
 */
MUST_CHECK
enum status	msi_pool_text(struct msi_pool *p, uint32_t id,
		    struct buf *text, struct diag *d);

/*
 * The pool of M, read when it is first asked for; borrowed.
 *
 * Returns: as msi_pool_open().
 */
MUST_CHECK
enum status	msi_pool(struct msi *m, struct msi_pool **out,
		    struct diag *d);

#endif

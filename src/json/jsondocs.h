/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_JSON_JSONDOCS_H
#define ROLLCALL_JSON_JSONDOCS_H

#include "base/slice.h"
#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

/*
 * The documents of a file or of a stream, one after another: JSON Lines, one
 * document over many lines, or any mixture, as "cat *.json" makes it. No more
 * than one document is held.
 *
 * Whether a document is JSON is for the reader to say. One that is cut off
 * ends where the next line begins another one, so that it takes no other one
 * with it: inside a document, "{" comes after "[", "," or ":" only.
 */
struct jsondocs;

/*
 * Up to CAP bytes to P: *LEN of them, 0 at the end.
 */
typedef enum status jsondocs_read(void *ctx, void *p, size_t cap,
		    size_t *len, struct diag *d);

/* Never fails. CTX belongs to the caller and must outlive it. */
struct jsondocs	*jsondocs_new(jsondocs_read *read, void *ctx);
void		jsondocs_free(struct jsondocs *j);	/* NULL is fine */

/*
 * The next document.
 *
 * Out:     *DOC dies with the next call; its place in the file is in it, and
 *          *LINE is the line on which it begins; of one that is too long,
 *          too.
 * Limits:  JSON_MAX_BYTES; what is longer is passed over.
 * Returns: ST_OK; ST_ABSENT at the end; ST_LIMIT, and the next call goes on
 *          behind it; ST_IO, and so for ever.
 */
MUST_CHECK
enum status	jsondocs_next(struct jsondocs *j, struct slice *doc,
		    uint64_t *line, struct diag *d);

#endif

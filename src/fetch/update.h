/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FETCH_UPDATE_H
#define ROLLCALL_FETCH_UPDATE_H

#include "base/instant.h"
#include "base/status.h"
#include "fetch/http.h"
#include "trust/minisign.h"

#include <stdint.h>

struct update_request {
	const char	*from;		/* https://, file:// or a path; the
					   signature is beside it, ".minisig" */
	const char	*dir;		/* of the store */
	struct minisign_key key;	/* that the site trusts */
	instant		 at;
	uint64_t	 builtin_serial;
	struct http_options http;
};

enum update_outcome { UPDATE_STORED, UPDATE_CURRENT };

struct update_result {
	enum update_outcome outcome;
	uint64_t	 serial;
	instant		 issued, expires;
};

/* Where it went wrong. */
enum update_stage {
	UPDATE_READ,		/* a file could not be read */
	UPDATE_FETCH,		/* a server gave nothing of use */
	UPDATE_CHECK,		/* what was obtained is refused */
	UPDATE_STORE,		/* it is good, and could not be kept */
};

/*
 * Fetch a catalogue and its signature, and keep them if all checks are
 * passed: signature, grammar, linter, serial, expiry. In every other case
 * what the store has stays as it is. D begins with the check that failed.
 *
 * Out:     *STAGE is written unless ST_OK is returned.
 * Limits:  XML_MAX_BYTES, MINISIGN_MAX_BYTES, HTTP_MAX_REDIRECTS.
 * Returns: ST_OK; UPDATE_READ: as file_read_all(); UPDATE_FETCH: as
 *          http_get(), and ST_IO when the server answers with an error;
 *          UPDATE_CHECK: ST_UNTRUSTED, ST_MALFORMED, ST_LIMIT; UPDATE_STORE:
 *          ST_IO.
 */
MUST_CHECK
enum status	update_run(const struct update_request *rq,
		    struct update_result *out, enum update_stage *stage,
		    struct diag *d);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FETCH_REFRESH_H
#define ROLLCALL_FETCH_REFRESH_H

#include "base/instant.h"
#include "base/status.h"
#include "fetch/http.h"
#include "trust/minisign.h"

#include <stdint.h>

struct refresh_request {
	const char	*from;		/* https://, file:// or a path; the
					   signature is beside it, ".minisig" */
	const char	*dir;		/* of the store */
	struct minisign_key key;	/* that the site trusts */
	instant		 at;
	uint64_t	 builtin_serial;
	struct http_options http;
};

enum refresh_outcome { REFRESH_STORED, REFRESH_CURRENT };

struct refresh_result {
	enum refresh_outcome outcome;
	uint64_t	 serial;
	instant		 issued, expires;
};

/* Where it went wrong. */
enum refresh_stage {
	REFRESH_READ,		/* a file could not be read */
	REFRESH_FETCH,		/* a server gave nothing of use */
	REFRESH_CHECK,		/* what was obtained is refused */
	REFRESH_STORE,		/* it is good, and could not be kept */
};

/*
 * Fetch a catalogue and its signature, and keep them if all checks are
 * passed: signature, grammar, linter, serial, expiry. In every other case
 * what the store has stays as it is. D begins with the check that failed.
 *
 * Out:     *STAGE is written unless ST_OK is returned.
 * Limits:  XML_MAX_BYTES, MINISIGN_MAX_BYTES, HTTP_MAX_REDIRECTS.
 * Returns: ST_OK; REFRESH_READ: as file_read_all(); REFRESH_FETCH: as
 *          http_get(), and ST_IO when the server answers with an error;
 *          REFRESH_CHECK: ST_UNTRUSTED, ST_MALFORMED, ST_LIMIT;
 *          REFRESH_STORE: ST_IO.
 */
MUST_CHECK
enum status	refresh_run(const struct refresh_request *rq,
		    struct refresh_result *out, enum refresh_stage *stage,
		    struct diag *d);

#endif

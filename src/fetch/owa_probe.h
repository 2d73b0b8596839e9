/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FETCH_OWA_PROBE_H
#define ROLLCALL_FETCH_OWA_PROBE_H

#include "base/status.h"
#include "base/version.h"
#include "fetch/http.h"

#include <stdbool.h>
#include <stddef.h>

/* Where a server says its build, best first. */
enum owa_probe_source {
	OWA_PROBE_HEADER,	/* X-OWA-Version of any answer */
	OWA_PROBE_MANIFEST,	/* of ECP's export tool */
	OWA_PROBE_PATH,		/* in a page of OWA */
};

struct owa_probe_fact {
	enum owa_probe_source source;
	char		*url;
	char		*value;		/* as it stands there */
	struct version	 build;
};

struct owa_probe_result {
	char		*origin;	/* "https://mail.example.com" */
	bool		 encrypted;	/* by TLS, verified or not */
	struct owa_probe_fact *facts;	/* in the order of finding */
	size_t		 fact_count;
	char		**remarks;	/* what each request came to */
	size_t		 remark_count;
	unsigned	 requests;
};

/*
 * Ask a server of one's own for its build, by at most PROBE_MAX_REQUESTS
 * requests that any browser could send.
 *
 * In:      TARGET is a host, a host and port, or a URL, of which only the
 *          host counts.
 * Out:     OUT is the caller's, for owa_probe_fini().
 * Limits:  PROBE_MAX_REQUESTS, PROBE_MAX_BYTES; seconds are HTTP's.
 * Returns: ST_OK when something answered, build or no build; else what the
 *          first request came to, as http_get().
 */
MUST_CHECK
enum status	owa_probe_host(struct http *http, const char *target,
		    struct owa_probe_result *out, struct diag *d);
void		owa_probe_fini(struct owa_probe_result *r);

/* The fact that says most: more parts first, then the better source. NULL
 * when there is none. */
const struct owa_probe_fact *owa_probe_best(const struct owa_probe_result *r);

/* Do all facts that can be compared name the same build? A path of 2007 or
 * 2010 cannot: see owa_probe_is_folder(). */
bool		owa_probe_agrees(const struct owa_probe_result *r);

/* Before Exchange 2013, the number in a path names a folder of resources,
 * which an update may leave alone: it shows the service pack only. */
bool		owa_probe_is_folder(const struct owa_probe_fact *f);

/* "X-OWA-Version header", ... */
const char	*owa_probe_source_name(enum owa_probe_source s);

#endif

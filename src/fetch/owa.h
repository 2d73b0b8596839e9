/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FETCH_OWA_H
#define ROLLCALL_FETCH_OWA_H

#include "base/slice.h"
#include "base/status.h"
#include "base/version.h"

#include <stdbool.h>

/*
 * The next path in a page that has a version in it: "/owa/15.1.2507/" or
 * "/owa/auth/15.1.2507/", in any letter case, with three parts or four. One
 * in a link to another server than AUTHORITY ("mail.example.com:8443") is no
 * evidence of this one.
 *
 * In:      *AT is 0 for the first one.
 * Out:     *PATH borrows from PAGE; *AT is behind it.
 * Returns: false, and nothing written but *AT, when there is none.
 */
bool		owa_next_path(struct slice page, const char *authority,
		    size_t *at, struct slice *path, struct version *out);

/*
 * The version of the eDiscovery export tool, which a server offers as a
 * ClickOnce deployment: that of the server itself.
 *
 * Spec:    "ClickOnce deployment manifest", <assemblyIdentity> element
 * Limits:  those of xml_parse().
 * Returns: ST_OK; ST_MALFORMED when XML is no such manifest; ST_LIMIT.
 */
MUST_CHECK
enum status	owa_manifest(struct slice xml, struct version *out,
		    struct diag *d);

#endif

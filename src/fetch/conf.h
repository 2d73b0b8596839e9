/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FETCH_CONF_H
#define ROLLCALL_FETCH_CONF_H

#include "base/slice.h"
#include "base/status.h"

/*
 * What a site says in catalogue.conf: from where catalogues come, and whose
 * signature counts.
 */
struct conf {
	char	*url, *key;	/* NULL: nothing is said */
};

/*
 * Read lines "url = ..." and "key = ...", of which the last of a name counts;
 * a line that begins with "#" is a comment. Blanks around names and values do
 * not count, nor does a byte order mark of UTF-8.
 *
 * Out:     *OUT needs conf_fini() on ST_OK.
 * Returns: ST_OK; ST_MALFORMED for any other line, and for a NUL.
 */
MUST_CHECK
enum status	conf_read(struct slice text, struct conf *out,
		    struct diag *d);

void		conf_fini(struct conf *c);	/* NULL is fine */

#endif

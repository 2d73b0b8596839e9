/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_MAIL_H
#define ROLLCALL_FORMATS_MAIL_H

#include "base/slice.h"
#include "base/status.h"
#include "base/version.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The way of a mail, as its Received fields tell it. Each server writes one
 * on top of those that are there; nothing keeps a server from writing, or
 * changing, what it likes.
 *
 * Spec: RFC 5322, 2.2.3 (folding) and 3.6.7; RFC 5321, 4.4 (clauses)
 */
struct mail_hop {
	char		*from, *by, *with, *date; /* "" when it has none */
	struct version	 build;		/* that Exchange's transport service
					   gives as "id"; parts 0: it has none,
					   or another server wrote it */
};

struct mail {
	struct mail_hop	*hops;		/* the first server first */
	size_t		 count;
	bool		 ended;		/* the empty line behind the fields was
					   there */
};

/*
 * Read the Received fields of a mail.
 *
 * In:      HEAD begins with the mail's first line, in UTF-8 or UTF-16; what
 *          follows the empty line behind the fields is not looked at and may
 *          be cut off.
 * Out:     *OUT is the caller's, for mail_free(); no hops is no error.
 * Limits:  MAIL_MAX_FIELD, MAIL_MAX_HOPS.
 * Returns: ST_OK; ST_LIMIT.
 */
MUST_CHECK
enum status	mail_read(struct slice head, struct mail **out,
		    struct diag *d);
void		mail_free(struct mail *m);	/* NULL is fine */

#endif

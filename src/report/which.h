/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_WHICH_H
#define ROLLCALL_REPORT_WHICH_H

#include "base/instant.h"
#include "catalogue/query.h"
#include "catalogue/standing.h"
#include "formats/mail.h"
#include "io/sink.h"
#include "report/style.h"

#include <stddef.h>

/* A question, answered. Everything is borrowed. */
struct which_question {
	const struct query_answer *answer; /* NULL: a hop without a build */

	/* Where it is of a mail; else HOP is NULL. */
	const struct mail_hop	*hop;
	const char		*mail;		/* its file */
	size_t			 number, count;	/* hop 2 of 3 */
};

struct which_report {
	const char		*version;	/* of rollcall */
	instant			 at;
	const struct cat_info	*catalogue;
	const struct catalogue	*cat;
	const struct standing	*const *standings; /* of each release that is
						   named, by its index */
	size_t			 standing_count;
	const struct which_question *questions;
	size_t			 count;
};

void		which_text(const struct which_report *r,
		    const struct report_style *style, struct sink *out);
void		which_csv(const struct which_report *r,
		    const struct report_style *style, struct sink *out);
void		which_json(const struct which_report *r,
		    const struct report_style *style, struct sink *out);

#endif

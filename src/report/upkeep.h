/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_UPKEEP_H
#define ROLLCALL_REPORT_UPKEEP_H

#include "base/instant.h"
#include "catalogue/catalogue.h"
#include "catalogue/way.h"
#include "io/sink.h"
#include "report/style.h"

#include <stdbool.h>

/* What "catalogue status" found. Everything is borrowed. */
struct upkeep {
	const char	*version;	/* of rollcall */
	instant		 at;
	const struct cat_info *catalogue;	/* in use */
	enum cat_age	 age;
	instant		 stale_from;
	bool		 expired;
	const char	*dir;		/* that a refreshed one is kept in; NULL
					   when there is no such place */
	bool		 refreshed;	/* the one in use is kept there */
	const char	*url;		/* that the site has said; or NULL */
	bool		 has_key;	/* and its key is known */
	const char	*next;		/* command; NULL: nothing to do */
	const char	*why;		/* of NEXT, or why there is none */
};

void	upkeep_text(const struct upkeep *r,
	    const struct report_style *style, struct sink *out);
void	upkeep_json(const struct upkeep *r,
	    const struct report_style *style, struct sink *out);

#endif

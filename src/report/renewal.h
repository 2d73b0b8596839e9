/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_RENEWAL_H
#define ROLLCALL_REPORT_RENEWAL_H

#include "base/instant.h"
#include "catalogue/catalogue.h"
#include "io/sink.h"
#include "report/style.h"

#include <stdbool.h>
#include <stdint.h>

/* What came of "catalogue update". Everything is borrowed. */
struct renewal {
	const char	*version;	/* of rollcall */
	instant		 at;
	const struct cat_info *catalogue;	/* in use from now on */
	const char	*from;
	const char	*dir;		/* where it is kept */
	bool		 new;		/* else the store had it already */
	uint64_t	 serial;
	instant		 issued, expires;
};

void	renewal_text(const struct renewal *r,
	    const struct report_style *style, struct sink *out);
void	renewal_json(const struct renewal *r,
	    const struct report_style *style, struct sink *out);

#endif

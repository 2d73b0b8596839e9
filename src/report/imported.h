/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_IMPORTED_H
#define ROLLCALL_REPORT_IMPORTED_H

#include "base/instant.h"
#include "base/slice.h"
#include "catalogue/import_merge.h"
#include "io/sink.h"
#include "report/style.h"

/* What came of "catalogue import". Everything is borrowed. */
struct imported {
	const char	*version;	/* of rollcall */
	instant		 at;
	const struct cat_info *catalogue; /* that it was held against */
	const struct import_merged *merged;
	struct slice	 xml;		/* the overlay, or the whole */
};

void	imported_xml(const struct imported *r,
	    const struct report_style *style, struct sink *out);
void	imported_json(const struct imported *r,
	    const struct report_style *style, struct sink *out);

#endif

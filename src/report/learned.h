/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_LEARNED_H
#define ROLLCALL_REPORT_LEARNED_H

#include "base/instant.h"
#include "assessment/inspected.h"
#include "io/sink.h"
#include "report/style.h"

#include <stdbool.h>
#include <stddef.h>

/* A patch that an overlay is to know. */
struct learned_package {
	const char		*name;	/* of its file, without a folder */
	const struct inspected	*seen;	/* with a release and digests */
};

struct learned {
	const char		*name;	/* "site": letters, digits, - and . */
	instant			 issued;
	const struct learned_package *packages;
	size_t			 package_count;
};

/* Can TEXT be the name of a package, or of an overlay? */
bool	learned_is_line(const char *text);
bool	learned_is_name(const char *text);

/*
 * An overlay in XML, which catalogue_overlay() reads: packages in their own
 * order, those of one release together.
 */
void	learned_xml(const struct learned *o,
	    const struct report_style *style, struct sink *out);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_OVERLAY_H
#define ROLLCALL_REPORT_OVERLAY_H

#include "base/instant.h"
#include "inventory/inspect.h"
#include "io/sink.h"

#include <stdbool.h>
#include <stddef.h>

/* A patch that an overlay is to know. */
struct overlay_package {
	const char		*name;	/* of its file, without a folder */
	struct inspected	*seen;	/* with a release and digests */
};

struct overlay {
	const char		*name;	/* "site": letters, digits, - and . */
	instant			 issued;
	const struct overlay_package *packages;
	size_t			 package_count;
};

/* Can TEXT be the name of a package, or of an overlay? */
bool	overlay_is_line(const char *text);
bool	overlay_is_name(const char *text);

/*
 * An overlay in XML, which catalogue_overlay() reads: packages in their own
 * order, those of one release together.
 */
void	overlay_emit(const struct overlay *o, struct sink *out);

#endif

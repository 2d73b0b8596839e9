/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_PROBE_H
#define ROLLCALL_REPORT_PROBE_H

#include "assessment/severity.h"
#include "base/instant.h"
#include "catalogue/query.h"
#include "catalogue/standing.h"
#include "io/sink.h"
#include "report/style.h"

#include <stdbool.h>
#include <stddef.h>

/* One number that a server told, and where. */
struct probe_line {
	const char	*source;	/* "X-OWA-Version header" */
	const char	*url;
	const char	*value;
};

/* The answer about one host. Everything is borrowed. */
struct probe_answer {
	const char	*query;		/* as it was asked for */
	const char	*origin;	/* NULL when nothing answered */
	const char	*tls;		/* "verified", "not verified", "none" */
	const struct query_answer *found; /* NULL: no build was told */
	const struct standing *standings; /* of the releases of FOUND */
	enum severity	 verdict;	/* what the build asks for */
	bool		 folder;	/* it names a folder of resources */
	bool		 conflict;	/* the numbers contradict each other */
	const struct probe_line *lines;
	size_t		 line_count;
	char *const	*remarks;
	size_t		 remark_count;
	const char	*error;		/* NULL when something answered */
};

struct probe_report {
	const char	*version;	/* of rollcall */
	instant		 at;
	const struct cat_info *catalogue;
	const struct probe_answer *answers;
	size_t		 count;
};

void		probe_text(const struct probe_report *r,
		    const struct report_style *style, struct sink *out);
void		probe_csv(const struct probe_report *r,
		    const struct report_style *style, struct sink *out);
void		probe_nagios(const struct probe_report *r,
		    const struct report_style *style, struct sink *out);
void		probe_json(const struct probe_report *r,
		    const struct report_style *style, struct sink *out);

#endif

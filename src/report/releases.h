/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_RELEASES_H
#define ROLLCALL_REPORT_RELEASES_H

#include "catalogue/catalogue.h"
#include "io/sink.h"
#include "report/report.h"

#include <stdbool.h>

/* A release of the catalogue with what is found out about it. */
struct release_view {
	const struct cat_release *release;
	const struct cat_release **replaced_by;
	size_t			 replaced_by_count;
};

/* Releases, finished for writing in any format. */
struct releases {
	const char		*version;	/* of rollcall */
	instant			 at;
	const struct catalogue	*cat;
	struct release_view	*views;		/* owned */
	size_t			 count;
};

struct releases_format {
	const char	*name;
	/* One line or row for each; then all that is known of each. Either
	 * may be missing (NULL). */
	void		(*list)(const struct releases *r,
			    const struct report_style *style,
			    struct sink *out);
	void		(*show)(const struct releases *r,
			    const struct report_style *style,
			    struct sink *out);
};

extern const struct releases_format releases_text, releases_json,
    releases_csv;

/* NULL when there is none of this name. Static. */
const struct releases_format *releases_format_find(const char *name);

/* One more release, at the end. */
void		releases_add(struct releases *r,
		    const struct cat_release *release);
/* Does any fact of these releases name the source called ID? */
bool		releases_cite(const struct releases *r, const char *id);
void		releases_fini(struct releases *r);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_RELEASES_H
#define ROLLCALL_REPORT_RELEASES_H

#include "catalogue/catalogue.h"
#include "io/sink.h"
#include "report/style.h"

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

/* One line or row for each release. */
void		releases_list_text(const struct releases *r,
		    const struct report_style *style, struct sink *out);
void		releases_list_json(const struct releases *r,
		    const struct report_style *style, struct sink *out);
void		releases_list_csv(const struct releases *r,
		    const struct report_style *style, struct sink *out);

/* All that is known of each. */
void		releases_show_text(const struct releases *r,
		    const struct report_style *style, struct sink *out);
void		releases_show_json(const struct releases *r,
		    const struct report_style *style, struct sink *out);

/* One more release, at the end. */
void		releases_add(struct releases *r,
		    const struct cat_release *release);
/* Does any fact of these releases name the source called ID? */
bool		releases_cite(const struct releases *r, const char *id);
void		releases_fini(struct releases *r);

#endif

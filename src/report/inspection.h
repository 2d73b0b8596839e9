/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_INSPECTION_H
#define ROLLCALL_REPORT_INSPECTION_H

#include "catalogue/catalogue.h"
#include "assessment/inspected.h"
#include "io/sink.h"
#include "json/jsonout.h"
#include "report/style.h"

#include <stddef.h>

struct inspection_writer;

/* Inspected files: written one by one, as they come, because there may be
 * more of them than memory should hold. */
struct inspection {
	const char		*version;	/* of rollcall */
	instant			 at;
	const struct catalogue	*catalogue;
	/* Inspects all files, and gives each to inspection_put(). */
	void			(*run)(void *ctx,
				    struct inspection_writer *w);
	void			*ctx;
};

/* A format is a set of steps: begin, file..., end. */
struct inspection_format {
	void		(*begin)(struct inspection_writer *w);
	void		(*file)(struct inspection_writer *w, const char *path,
			    const struct inspected *i);
	void		(*end)(struct inspection_writer *w);
};

/* What the steps share. */
struct inspection_writer {
	struct sink		*out;
	const struct inspection	*r;
	const struct inspection_format *format;
	struct report_style	 style;
	struct jsonout		 json;	/* of those that write it */
	/* Counted by inspection_put(), for the end. */
	size_t			 count;
	size_t			 verdicts[SIG_UNREADABLE + 1];
	size_t			 advised;	/* files with an advisory */
};

extern const struct inspection_format inspection_text, inspection_json,
    inspection_csv, inspection_html;

/* One file, written and counted. */
void		inspection_put(struct inspection_writer *w, const char *path,
		    const struct inspected *i);

void		inspection_emit(const struct inspection_format *format,
		    const struct inspection *r,
		    const struct report_style *style, struct sink *out);

/* What stands alike in every result, as members of the object that is open:
 * "signatures", "good_until", "listed". */
void		inspection_json_signatures(struct jsonout *j,
		    const struct sig_file *f);
void		inspection_json_until(struct jsonout *j,
		    const struct sig_until *u);
void		inspection_json_listed(struct jsonout *j,
		    enum inspect_listed listed);

#endif

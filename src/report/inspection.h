/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_INSPECTION_H
#define ROLLCALL_REPORT_INSPECTION_H

#include "catalogue/catalogue.h"
#include "inventory/inspect.h"
#include "io/sink.h"
#include "report/report.h"

#include <stddef.h>

/*
 * Inspected files are written one by one, as they come, because there may be
 * more of them than memory should hold: begin, file..., end.
 */
struct inspection_writer {
	struct sink		*out;
	const char		*version;	/* of rollcall */
	instant			 at;
	const struct catalogue	*catalogue;
	struct report_style	 style;
	/* Counted by inspection_write(), for the end. */
	size_t			 count;
	size_t			 verdicts[SIG_UNREADABLE + 1];
	size_t			 advised;	/* files with an advisory */
};

struct inspection_format {
	const char	*name;
	void		(*begin)(struct inspection_writer *w);
	void		(*file)(struct inspection_writer *w, const char *path,
			    const struct inspected *i);
	void		(*end)(struct inspection_writer *w);
};

extern const struct inspection_format inspection_text, inspection_json;

/* NULL when there is none of this name. Static. */
const struct inspection_format *inspection_format_find(const char *name);

/* One file in FORMAT, and counted. */
void		inspection_write(const struct inspection_format *format,
		    struct inspection_writer *w, const char *path,
		    const struct inspected *i);

/*
 * Signatures as JSON, as they stand in every result. The caller owns it.
 */
struct json_t;
struct json_t	*inspection_signatures_json(const struct sig_file *f);

#endif

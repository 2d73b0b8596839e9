/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_INSPECT_H
#define ROLLCALL_REPORT_INSPECT_H

#include "catalogue/catalogue.h"
#include "inventory/inspect.h"
#include "io/sink.h"
#include "report/report.h"

#include <stddef.h>

/*
 * Inspected files are written one by one, as they come, because there may be
 * more of them than memory should hold: begin, file..., end.
 */
struct inspect_writer {
	struct sink		*out;
	const char		*version;	/* of rollcall */
	instant			 at;
	const struct catalogue	*catalogue;
	struct report_style	 style;
	/* Counted by inspect_write(), for the end. */
	size_t			 count;
	size_t			 verdicts[SIG_UNREADABLE + 1];
	size_t			 advised;	/* files with an advisory */
};

struct inspect_format {
	const char	*name;
	void		(*begin)(struct inspect_writer *w);
	void		(*file)(struct inspect_writer *w, const char *path,
			    const struct inspected *i);
	void		(*end)(struct inspect_writer *w);
};

extern const struct inspect_format inspect_text, inspect_json;

/* NULL when there is none of this name. Static. */
const struct inspect_format *inspect_format_find(const char *name);

/* One file in FORMAT, and counted. */
void		inspect_write(const struct inspect_format *format,
		    struct inspect_writer *w, const char *path,
		    const struct inspected *i);

/*
 * Signatures as JSON, as they stand in every result. The caller owns it.
 */
struct json_t;
struct json_t	*inspect_signatures_json(const struct sig_file *f);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_CSV_H
#define ROLLCALL_REPORT_CSV_H

#include "base/instant.h"
#include "base/version.h"
#include "io/sink.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Tables for spreadsheets. A cell that a spreadsheet would take for a formula
 * (it begins with = + - @ tab or CR) gets an apostrophe before it, which is
 * how they write that it is text.
 *
 * Spec:    RFC 4180
 */
struct csv {
	struct sink	*out;
	bool		 any;		/* a cell of this row was written */
};

/* The first row: names of columns, parted by commas. */
void		csv_head(struct csv *c, struct sink *out, const char *names);

/* One cell. NULL, and what is not known, is empty. */
void		csv_text(struct csv *c, const char *text);
void		csv_number(struct csv *c, bool known, uint64_t n);
void		csv_bool(struct csv *c, bool known, bool b);
void		csv_version(struct csv *c, struct version v);
void		csv_instant(struct csv *c, instant t);
void		csv_day(struct csv *c, instant t);

/* The end of a row. */
void		csv_end(struct csv *c);

#endif

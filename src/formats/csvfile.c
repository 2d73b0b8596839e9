/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/csvfile.h"

#include "base/alloc.h"
#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

/* What parts cells: the first such character outside of comments. */
static char
find_between(struct slice s)
{
	bool comment = false;
	size_t i;

	for (i = 0; i < s.n; i++) {
		if (i == 0 || s.p[i - 1] == '\n')
			comment = s.p[i] == '#';
		if (!comment && (s.p[i] == ',' || s.p[i] == ';' ||
		    s.p[i] == '\t'))
			return (char)s.p[i];
	}
	return '\0';
}

void
csvfile_init(struct csvfile *f, struct slice s)
{
	*f = (struct csvfile){ .s = s, .between = find_between(s),
	    .next_line = 1 };
}

static int
peek(const struct csvfile *f)
{
	return f->at < f->s.n ? f->s.p[f->at] : -1;
}

static void
step(struct csvfile *f)
{
	f->next_line += f->s.p[f->at] == '\n';
	f->at++;
}

static bool
is_end_of_cell(const struct csvfile *f, int c)
{
	return c == -1 || c == '\n' || (f->between != '\0' && c ==
	    f->between);
}

/* What stands between quotes; two of them are one. */
static bool
read_quoted(struct csvfile *f, struct buf *b)
{
	int c;

	for (step(f); (c = peek(f)) != -1; step(f)) {
		if (c == '"') {
			step(f);
			if (peek(f) != '"')
				return true;
		}
		buf_putc(b, (char)c);
	}
	return false;
}

static char *
trimmed(const struct buf *b)
{
	const char *text = buf_text(b);
	size_t n = strlen(text);

	while (n > 0 && strchr(" \t\r", text[n - 1]) != NULL)
		n--;
	while (n > 0 && strchr(" \t", text[0]) != NULL) {
		text++;
		n--;
	}
	return xstrndup(text, n);
}

static enum status
read_cell(struct csvfile *f, struct buf *b, struct diag *d)
{
	int c;

	while ((c = peek(f)) == ' ')
		step(f);
	if (c == '"' && !read_quoted(f, b))
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, NULL,
		    "line %u: a quote that does not end", f->line);
	for (; !is_end_of_cell(f, c = peek(f)); step(f)) {
		if (c == '\0')
			return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, NULL,
			    "line %u: a NUL, which no text has", f->line);
		buf_putc(b, (char)c);
	}
	return ST_OK;
}

static enum status
read_row(struct csvfile *f, struct csvfile_row *row, struct diag *d)
{
	enum status st = ST_OK;
	struct buf b;
	int c;

	buf_init(&b, f->s.n + 1);
	f->line = f->next_line;
	do {
		buf_clear(&b);
		st = read_cell(f, &b, d);
		if (row->count < CSVFILE_CELLS)
			row->cells[row->count++] = trimmed(&b);
		c = peek(f);
		if (c != -1)
			step(f);
	} while (st == ST_OK && c != -1 && c != '\n');
	buf_fini(&b);
	return st;
}

static bool
is_empty(const struct csvfile_row *row)
{
	size_t i;

	if (row->count != 0 && row->cells[0][0] == '#')
		return true;
	for (i = 0; i < row->count; i++)
		if (row->cells[i][0] != '\0')
			return false;
	return true;
}

enum status
csvfile_next(struct csvfile *f, struct csvfile_row *row, struct diag *d)
{
	enum status st = ST_OK;

	*row = (struct csvfile_row){ .count = 0 };
	while (st == ST_OK && f->at < f->s.n) {
		st = read_row(f, row, d);
		if (st == ST_OK && !is_empty(row))
			return ST_OK;
		csvfile_row_fini(row);
	}
	return st;
}

void
csvfile_row_fini(struct csvfile_row *row)
{
	size_t i;

	for (i = 0; i < row->count; i++)
		free(row->cells[i]);
	row->count = 0;
}

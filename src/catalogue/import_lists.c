/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/import_lists.h"

#include "base/buf.h"
#include "base/utf.h"
#include "formats/csvfile.h"
#include "formats/textfile.h"

#include <string.h>

#define CELLS		16	/* of a row of Markdown that are looked at */
#define NO_COLUMN	SIZE_MAX

enum status
import_list_row(struct import *im, const struct import_source *s,
    unsigned line, const char *name, const char *build, const char *date,
    const char *link, struct diag *d)
{
	struct import_row *row = NULL;
	char day[11];
	const char *kb;
	enum status st;

	/* Microsoft's page has rows that only look like space. */
	if (name[0] == '\0' && build[0] == '\0' && date[0] == '\0')
		return ST_OK;
	st = import_add_row(im, s, line, &row, d);
	if (st != ST_OK)
		return st;
	row->name = import_text(im, name);
	/* A build that is none leaves the row without one, which is told. */
	(void)version_parse(build, &row->build);
	if (import_date(date, day))
		row->date = import_text(im, day);
	else
		row->odd_date = import_text(im, date);
	kb = import_kb(im, link);
	if (kb != NULL)
		row->kb = kb;
	return ST_OK;
}

/* What the columns of a list are. */
struct columns {
	size_t	name, build, date, kb;
};

static bool
begins_with(const char *cell, const char *head)
{
	return utf_case_prefix(cell, head);
}

/* By the heads of a table; the first that fits counts. false when it is no
 * table of builds. */
static bool
find_columns(char *const *cells, size_t count, struct columns *out)
{
	struct columns c = { NO_COLUMN, NO_COLUMN, NO_COLUMN, NO_COLUMN };
	size_t i;

	for (i = count; i-- > 0;) {
		if (begins_with(cells[i], "product name"))
			c.name = i;
		else if (begins_with(cells[i], "build number"))
			c.build = i;
		else if (begins_with(cells[i], "date") ||
		    begins_with(cells[i], "release date"))
			c.date = i;
		else if (utf_casecmp(cells[i], "KB") == 0)
			c.kb = i;
	}
	if (c.name == NO_COLUMN || c.build == NO_COLUMN ||
	    c.date == NO_COLUMN)
		return false;
	*out = c;
	return true;
}

/* Whether a row of COUNT cells reaches to each column that no list may lack. */
static bool
has_columns(const struct columns *c, size_t count)
{
	return count > c->name && count > c->build && count > c->date;
}

static const char *
cell_at(char *const *cells, size_t count, size_t n)
{
	return n < count ? cells[n] : "";
}

/* ------------------------------------------------------------------- CSV */

static enum status
read_csv_row(struct import *im, const struct import_source *s,
    const struct columns *c, const struct csvfile_row *row, unsigned line,
    struct diag *d)
{
	char *const *cells = row->cells;
	size_t n = row->count;

	if (!has_columns(c, n))
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, NULL,
		    "line %u: it is cut short", line);
	return import_list_row(im, s, line, cells[c->name], cells[c->build],
	    cells[c->date], cell_at(cells, n, c->kb), d);
}

/* The list of Microsoft's module Get-ExchangeBuildNumber. */
static enum status
read_csv(struct import *im, const char *name, struct slice doc,
    struct slice text, struct diag *d)
{
	struct import_source *s = NULL;
	struct csvfile_row row = { .count = 0 };
	struct columns c = { 0, 0, 0, 0 };
	enum status st = ST_OK;
	struct csvfile file;
	bool again = false;

	csvfile_init(&file, text);
	while (st == ST_OK && !again) {
		st = csvfile_next(&file, &row, d);
		if (st != ST_OK || row.count == 0)
			break;
		if (s != NULL)
			st = read_csv_row(im, s, &c, &row, file.line, d);
		else if (!find_columns(row.cells, row.count, &c))
			st = ST_UNSUPPORTED;
		else
			s = import_add_source(im, "CSV", "Microsoft's list of "
			    "builds, as it was imported", name, doc, NULL,
			    &again);
		csvfile_row_fini(&row);
	}
	if (s != NULL)
		s->microsoft = s->whole = s->dates = true;
	return st == ST_OK && s == NULL ? ST_UNSUPPORTED : st;
}

/* -------------------------------------------------------------- Markdown */

/* One line of a table, taken apart. */
struct table_row {
	char	*cells[CELLS];
	size_t	 count;
	struct buf text;	/* of the cells, a NUL behind each */
};

/* Without blanks and "&nbsp;" at its ends. */
static char *
trim(char *cell)
{
	static const char nbsp[] = "&nbsp;";
	const size_t len = sizeof(nbsp) - 1;
	size_t n;

	for (;;) {
		cell += strspn(cell, " \t\r");
		if (strncmp(cell, nbsp, len) != 0)
			break;
		cell += len;
	}
	for (n = strlen(cell); n > 0 && strchr(" \t\r", cell[n - 1]) !=
	    NULL; n--)
		cell[n - 1] = '\0';
	return cell;
}

/* "|a|b\|c|" into "a", "b|c". */
static void
split_row(struct slice line, struct table_row *out)
{
	size_t i, at = 0;
	char *p;

	buf_clear(&out->text);
	for (i = 1; i < line.n; i++) {
		if (line.p[i] == '\\' && i + 1 < line.n &&
		    line.p[i + 1] == '|')
			continue;
		buf_putc(&out->text, line.p[i] == '|' &&
		    line.p[i - 1] != '\\' ? '\0' : (char)line.p[i]);
	}
	buf_putc(&out->text, '\0');
	out->count = 0;
	p = (char *)out->text.p;
	if (p == NULL)
		return;
	for (; at < out->text.len && out->count < CELLS;
	    at += strlen(p + at) + 1)
		out->cells[out->count++] = p + at;
	for (i = 0; i < out->count; i++)
		out->cells[i] = trim(out->cells[i]);
}

/* "[text](link)" in CELL: TEXT is cut out in place, LINK is what follows. A
 * cell without a link is all text. */
static void
split_link(char *cell, const char **text, const char **link)
{
	char *close, *end;

	*text = cell;
	*link = "";
	if (cell[0] != '[' || (close = strstr(cell, "](")) == NULL)
		return;
	*close = '\0';
	*text = cell + 1;
	*link = close + 2;
	end = strchr(close + 2, ')');
	if (end != NULL)
		*end = '\0';
}

static enum status
read_table_row(struct import *im, const struct import_source *s,
    const struct columns *c, struct table_row *row, unsigned line,
    struct diag *d)
{
	const char *name, *link;

	if (!has_columns(c, row->count))
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, NULL,
		    "line %u: a row of the table is cut short", line);
	split_link(row->cells[c->name], &name, &link);
	return import_list_row(im, s, line, name, row->cells[c->build],
	    row->cells[c->date], link, d);
}

/* What is known of the table that a line is in. */
struct page {
	struct import	*im;
	const char	*name;
	struct slice	 doc;
	struct import_source *source;	/* once a table of builds was seen */
	struct columns	 columns;
	unsigned	 in_table;	/* lines of it so far */
	bool		 builds;	/* and it is one of builds */
	bool		 again;
	struct table_row row;
};

static enum status
read_line(struct page *p, struct slice line, unsigned number, struct diag *d)
{
	if (line.n == 0 || line.p[0] != '|') {
		p->in_table = 0;
		return ST_OK;
	}
	/* The last line of Microsoft's page is a bar and nothing else. */
	if (line.n == 1)
		return ST_OK;
	split_row(line, &p->row);
	if (p->in_table++ == 0) {
		p->builds = find_columns(p->row.cells, p->row.count,
		    &p->columns);
		if (p->builds && p->source == NULL)
			p->source = import_add_source(p->im, "MD",
			    "Microsoft's page of build numbers, as it was "
			    "imported", p->name, p->doc, NULL, &p->again);
		return ST_OK;
	}
	/* The rule below the heads. */
	if (!p->builds || p->in_table == 2)
		return ST_OK;
	return read_table_row(p->im, p->source, &p->columns, &p->row, number,
	    d);
}

static enum status
read_page(struct import *im, const char *name, struct slice doc,
    struct slice text, struct diag *d)
{
	struct page p = { .im = im, .name = name, .doc = doc };
	char ends = textfile_ends(text);
	enum status st = ST_OK;
	unsigned number = 0;
	struct slice line;
	size_t at = 0;

	buf_init(&p.row.text, text.n + 2);
	while (st == ST_OK && !p.again && textfile_line(text, ends, &at,
	    &line))
		st = read_line(&p, line, ++number, d);
	buf_fini(&p.row.text);
	if (p.source != NULL)
		p.source->microsoft = p.source->whole = p.source->dates =
		    true;
	return st == ST_OK && p.source == NULL ? ST_UNSUPPORTED : st;
}

/* ------------------------------------------------------------------ JSON */

/* The first of the links that names a KB. */
static const char *
link_of(struct import *im, struct jsonin_at item)
{
	struct jsonin_items it = jsonin_items(jsonin_array(item, "urls",
	    IMPORT_MAX_TEXTS));
	struct jsonin_at at;
	const char *url;

	while (jsonin_each(&it, &at)) {
		url = jsonin_text(at, NULL, TEXT_MAX);
		if (import_kb(im, url) != NULL)
			return url;
	}
	return "";
}

/* An object of objects with build, name, release_date and urls, as a script
 * of the scanner nmap has it. */
static enum status
read_json_list(struct import *im, const struct import_source *s,
    struct jsonin *in, struct diag *d)
{
	struct jsonin_items it = jsonin_items(jsonin_object(jsonin_root(in),
	    NULL));
	enum status st = ST_OK;
	struct jsonin_at item;

	while (st == ST_OK && jsonin_each(&it, &item)) {
		const char *name = jsonin_text(item, "name", TEXT_MAX);
		const char *build = jsonin_text(item, "build", TEXT_MAX);
		const char *date = jsonin_text(item, "release_date",
		    TEXT_MAX);

		st = import_list_row(im, s, 0, name, build, date,
		    link_of(im, item), d);
	}
	return st == ST_OK ? jsonin_finish(in, d) : st;
}

static bool
is_csaf(struct jsonin *in)
{
	struct jsonin_at root = jsonin_root(in);

	return jsonin_kind(root, NULL) == JSONTAPE_OBJECT &&
	    jsonin_kind(root, "document") == JSONTAPE_OBJECT &&
	    (jsonin_kind(root, "product_tree") == JSONTAPE_OBJECT ||
	    jsonin_kind(root, "vulnerabilities") == JSONTAPE_ARRAY);
}

/* Does its first member look like a row? Any other JSON is none of ours. */
static bool
is_list(struct jsonin *in)
{
	struct jsonin_at root = jsonin_root(in), item;
	struct jsonin_items it;

	if (jsonin_kind(root, NULL) != JSONTAPE_OBJECT)
		return false;
	it = jsonin_items(root);
	return jsonin_each(&it, &item) &&
	    jsonin_kind(item, NULL) == JSONTAPE_OBJECT &&
	    jsonin_kind(item, "build") == JSONTAPE_TEXT &&
	    jsonin_kind(item, "release_date") == JSONTAPE_TEXT;
}

static enum status
read_json(struct import *im, const char *name, struct slice doc,
    struct slice text, struct diag *d)
{
	struct import_source *s;
	struct jsonin *in = NULL;
	bool again;
	enum status st = jsonin_open(text, 1, &in, d);

	if (st != ST_OK)
		return st;
	if (is_csaf(in)) {
		s = import_add_source(im, "CSAF", "A security advisory of "
		    "Microsoft (CSAF), as it was imported", name, doc, NULL,
		    &again);
		s->microsoft = true;
		st = again ? ST_OK : import_csaf(im, s, in, d);
	} else if (is_list(in)) {
		s = import_add_source(im, "JSON", "A list of builds that is "
		    "not Microsoft's, as it was imported", name, doc, NULL,
		    &again);
		s->whole = s->dates = true;
		st = again ? ST_OK : read_json_list(im, s, in, d);
	} else
		st = ST_UNSUPPORTED;
	jsonin_close(in);
	return st;
}

/* ------------------------------------------------------------- any of it */

static enum status
read_text(struct import *im, const char *name, struct slice doc,
    struct slice text, struct diag *d)
{
	size_t at = 0;
	enum status st;

	while (at < text.n && strchr(" \t\r\n", (char)text.p[at]) != NULL)
		at++;
	if (at < text.n && (text.p[at] == '{' || text.p[at] == '['))
		return read_json(im, name, doc, text, d);
	/* A page may begin with anything, and is known by its table. */
	st = read_page(im, name, doc, text, d);
	return st == ST_UNSUPPORTED ? read_csv(im, name, doc, text, d) : st;
}

enum status
import_read(struct import *im, const char *name, struct slice doc,
    struct diag *d)
{
	enum status st = ST_UNSUPPORTED;
	struct buf text;

	if (doc.n > IMPORT_MAX_BYTES)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL,
		    "more than %d bytes", IMPORT_MAX_BYTES);
	buf_init(&text, doc.n + doc.n / 2 + 4);
	if (textfile_utf8(doc, &text) && text.len != 0)
		st = read_text(im, name, doc, buf_slice(&text), d);
	buf_fini(&text);
	if (st == ST_UNSUPPORTED)
		return diag_set(d, st, DIAG_NOWHERE, NULL, "no list of "
		    "builds and no document of MSRC that is known");
	return st;
}

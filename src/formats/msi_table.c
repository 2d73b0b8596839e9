/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/msi.h"
#include "formats/msi_pool.h"
#include "base/alloc.h"
#include "base/limits.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/*
 * A table is a stream without a header: all of its first column, then all
 * of its second. A text is a reference into the pool of strings; a number
 * has its sign bit flipped, and 0 is null. The columns of all tables are
 * rows of the table "_Columns", the names of all tables rows of "_Tables";
 * only the columns of these two are known beforehand.
 *
 * The type of a column: its size in the low byte, and these.
 */
#define TYPE_SIZE	0x00ff
#define TYPE_VALID	0x0100
#define TYPE_TEXT	0x0800
#define TYPE_NULLABLE	0x1000
#define TYPE_BINARY	(TYPE_TEXT | TYPE_VALID)	/* and no size */

#define TYPE_NAME	(TYPE_TEXT | TYPE_VALID | 64)

#define BINARY_LEN	2

struct column {
	char		*name;		/* owned */
	uint16_t	 type;
	unsigned	 len;		/* bytes */
	unsigned	 before;	/* bytes of the columns before it */
};

struct msi_table {
	struct msi_pool	*pool;		/* borrowed */
	struct window	*w;		/* NULL when the table has no rows */
	struct column	 columns[MSI_MAX_COLUMNS];
	unsigned	 column_count;
	unsigned	 row_len;	/* bytes */
	size_t		 rows;
};

/* ---- columns ---- */

static bool
is_text(const struct column *c)
{
	return (c->type & TYPE_TEXT) != 0 &&
	    (c->type & ~TYPE_NULLABLE) != TYPE_BINARY;
}

static unsigned
column_len(const struct column *c, const struct msi_pool *pool)
{
	if ((c->type & ~TYPE_NULLABLE) == TYPE_BINARY)
		return BINARY_LEN;
	if (is_text(c))
		return msi_pool_ref_len(pool);
	return (c->type & TYPE_SIZE) <= 2 ? 2 : 4;
}

/* NAME is moved into the table. */
static void
set_column(struct msi_table *t, unsigned no, char *name, uint16_t type)
{
	struct column *c = &t->columns[no];

	c->name = name;
	c->type = type;
	c->len = column_len(c, t->pool);
	if (no >= t->column_count)
		t->column_count = no + 1;
}

/* Give each column its place in a row; false when one was never set. */
static bool
lay_out(struct msi_table *t)
{
	unsigned i;

	t->row_len = 0;
	for (i = 0; i < t->column_count; i++) {
		if (t->columns[i].name == NULL)
			return false;
		t->columns[i].before = t->row_len;
		t->row_len += t->columns[i].len;
	}
	return t->row_len != 0;
}

/* ---- opening ---- */

/* Find the rows, when the columns are known. */
static enum status
open_rows(struct msi *m, struct msi_table *t, const char *name,
    struct diag *d)
{
	const struct cfb_entry *e = msi_find(m, name, true);
	struct source src;
	enum status st;

	if (!lay_out(t))
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
		    "msi: _Columns", "a column is missing");
	if (e == NULL)
		return ST_OK;		/* an empty table needs no stream */
	st = cfb_stream(msi_cfb(m), e, &src, d);
	if (st != ST_OK)
		return st;
	if (src.size % t->row_len != 0)
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, "msi: table",
		    "%" PRIu64 " bytes are not rows of %u", src.size,
		    t->row_len);
	if (src.size / t->row_len > MSI_MAX_ROWS)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE,
		    "limit: MSI_MAX_ROWS", "%" PRIu64 " rows",
		    src.size / t->row_len);
	t->rows = (size_t)(src.size / t->row_len);
	t->w = window_new(src);
	return ST_OK;
}

static struct msi_table *
table_new(struct msi_pool *pool)
{
	struct msi_table *t = xcalloc(1, sizeof(*t));

	t->pool = pool;
	return t;
}

/* Columns of "_Columns" and the one of "_Tables", by number. */
#define COLUMNS_TABLE	0
#define COLUMNS_NUMBER	1
#define COLUMNS_NAME	2
#define COLUMNS_TYPE	3
#define TABLES_NAME	0

/* T, whose columns are set, is moved into *OUT or given back. */
static enum status
open_known(struct msi *m, struct msi_table *t, const char *name,
    struct msi_table **out, struct diag *d)
{
	enum status st = open_rows(m, t, name, d);

	if (st == ST_OK)
		*out = t;
	else
		msi_table_close(t);
	return st;
}

static enum status
open_columns(struct msi *m, struct msi_pool *pool, struct msi_table **out,
    struct diag *d)
{
	struct msi_table *t = table_new(pool);

	set_column(t, COLUMNS_TABLE, xstrdup("Table"), TYPE_NAME);
	set_column(t, COLUMNS_NUMBER, xstrdup("Number"), TYPE_VALID | 2);
	set_column(t, COLUMNS_NAME, xstrdup("Name"), TYPE_NAME);
	set_column(t, COLUMNS_TYPE, xstrdup("Type"), TYPE_VALID | 2);
	return open_known(m, t, "_Columns", out, d);
}

static enum status
open_tables(struct msi *m, struct msi_pool *pool, struct msi_table **out,
    struct diag *d)
{
	struct msi_table *t = table_new(pool);

	set_column(t, TABLES_NAME, xstrdup("Name"), TYPE_NAME);
	return open_known(m, t, "_Tables", out, d);
}

/* Is the text at ROW and COLUMN this one? ST_ABSENT when not. */
static enum status
text_is(struct msi_table *t, size_t row, unsigned column, const char *want,
    struct diag *d)
{
	struct buf text;
	enum status st;

	buf_init(&text, TEXT_MAX);
	st = msi_table_text(t, row, column, &text, d);
	if (st == ST_OK && !slice_is(buf_slice(&text), want))
		st = ST_ABSENT;
	buf_fini(&text);
	return st;
}

/* The first row from *ROW on with this text; ST_ABSENT without one. */
static enum status
find_row(struct msi_table *t, unsigned column, const char *want,
    size_t *row, struct diag *d)
{
	enum status st = ST_ABSENT;
	size_t i;

	for (i = *row; i < t->rows && st == ST_ABSENT; i++) {
		st = text_is(t, i, column, want, d);
		if (st == ST_OK)
			*row = i;
	}
	return st;
}

/* Set the column that ROW of "_Columns" describes. */
static enum status
set_described(struct msi_table *t, struct msi_table *columns, size_t row,
    struct diag *d)
{
	int32_t number = 0, type = 0;
	struct buf name;
	enum status st;

	st = msi_table_number(columns, row, COLUMNS_NUMBER, &number, d);
	if (st == ST_OK)
		st = msi_table_number(columns, row, COLUMNS_TYPE, &type, d);
	if (st == ST_OK && number > MSI_MAX_COLUMNS)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE,
		    "limit: MSI_MAX_COLUMNS", "column %" PRId32, number);
	if (st == ST_ABSENT || (st == ST_OK && (number < 1 ||
	    t->columns[number - 1].name != NULL)))
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
		    "msi: _Columns", "bad column in row %zu", row);
	if (st != ST_OK)
		return st;
	buf_init(&name, TEXT_MAX);
	st = msi_table_text(columns, row, COLUMNS_NAME, &name, d);
	if (st == ST_OK && strlen(buf_text(&name)) != name.len)
		st = diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
		    "msi: _Columns", "a NUL in the name of column %" PRId32,
		    number);
	if (st == ST_OK)
		set_column(t, (unsigned)number - 1, buf_take(&name),
		    (uint16_t)type);
	buf_fini(&name);
	return st;
}

static enum status
read_columns(struct msi_table *t, struct msi_table *columns,
    const char *name, struct diag *d)
{
	size_t row = 0;
	enum status st;

	do {
		st = find_row(columns, COLUMNS_TABLE, name, &row, d);
		if (st == ST_OK)
			st = set_described(t, columns, row++, d);
	} while (st == ST_OK);
	return st == ST_ABSENT ? ST_OK : st;
}

enum status
msi_table_open(struct msi *m, const char *name, struct msi_table **out,
    struct diag *d)
{
	struct msi_table *tables = NULL, *columns = NULL, *t = NULL;
	struct msi_pool *pool;
	size_t row = 0;
	enum status st;

	st = msi_pool(m, &pool, d);
	if (st != ST_OK)
		return st;
	st = open_tables(m, pool, &tables, d);
	if (st == ST_OK)
		st = find_row(tables, TABLES_NAME, name, &row, d);
	if (st == ST_OK)
		st = open_columns(m, pool, &columns, d);
	if (st != ST_OK)
		goto out;
	t = table_new(pool);
	st = read_columns(t, columns, name, d);
	if (st == ST_OK)
		st = open_rows(m, t, name, d);
	if (st == ST_OK) {
		*out = t;
		t = NULL;
	}
out:
	if (st != ST_OK && st != ST_ABSENT)
		diag_wrap(d, "table %s", name);
	msi_table_close(tables);
	msi_table_close(columns);
	msi_table_close(t);
	return st;
}

void
msi_table_close(struct msi_table *t)
{
	unsigned i;

	if (t == NULL)
		return;
	for (i = 0; i < t->column_count; i++)
		free(t->columns[i].name);
	window_free(t->w);
	free(t);
}

/* ---- reading ---- */

size_t
msi_table_rows(const struct msi_table *t)
{
	return t->rows;
}

bool
msi_table_column(const struct msi_table *t, const char *name, unsigned *out)
{
	unsigned i;

	for (i = 0; i < t->column_count; i++)
		if (strcmp(t->columns[i].name, name) == 0) {
			*out = i;
			return true;
		}
	return false;
}

/* The two to four bytes in one place, as a little-endian number. */
static enum status
raw_cell(struct msi_table *t, size_t row, unsigned column, uint32_t *out,
    struct diag *d)
{
	const struct column *c = &t->columns[column];
	struct cursor k;
	struct slice s;
	enum status st;

	st = window_get(t->w, (uint64_t)t->rows * c->before +
	    (uint64_t)row * c->len, c->len, &s, d);
	if (st != ST_OK)
		return st;
	k = cursor_of(s);
	*out = cursor_u16le(&k);
	if (c->len == 3)
		*out |= (uint32_t)cursor_u8(&k) << 16;
	else if (c->len == 4)
		*out |= (uint32_t)cursor_u16le(&k) << 16;
	return ST_OK;
}

static enum status
wrong_type(const struct column *c, struct diag *d)
{
	return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, "msi: table",
	    "column %s has type 0x%x", c->name, c->type);
}

enum status
msi_table_text(struct msi_table *t, size_t row, unsigned column,
    struct buf *text, struct diag *d)
{
	uint32_t id;
	enum status st;

	if (!is_text(&t->columns[column]))
		return wrong_type(&t->columns[column], d);
	st = raw_cell(t, row, column, &id, d);
	return st != ST_OK ? st : msi_pool_text(t->pool, id, text, d);
}

enum status
msi_table_number(struct msi_table *t, size_t row, unsigned column,
    int32_t *out, struct diag *d)
{
	const struct column *c = &t->columns[column];
	uint32_t raw;
	enum status st;

	if ((c->type & TYPE_TEXT) != 0)
		return wrong_type(c, d);
	st = raw_cell(t, row, column, &raw, d);
	if (st != ST_OK)
		return st;
	if (raw == 0)
		return ST_ABSENT;
	*out = c->len == 2 ? (int32_t)raw - 0x8000 :
	    (int32_t)((int64_t)raw - 0x80000000);
	return ST_OK;
}

/* ---- properties ---- */

/*
 * The row of a property. A patch's metadata have properties of Windows
 * Installer and, where the column Company is not null, of that company.
 *
 * Spec:    Windows Installer, "MsiPatchMetadata Table"
 */
static enum status
property_row(struct msi_table *t, unsigned key, const char *name,
    size_t *row, struct diag *d)
{
	unsigned company;
	bool has_company = msi_table_column(t, "Company", &company);
	enum status st;

	for (*row = 0;; ++*row) {
		st = find_row(t, key, name, row, d);
		if (st != ST_OK || !has_company)
			return st;
		st = text_is(t, *row, company, "", d);
		if (st != ST_ABSENT)
			return st;
	}
}

static enum status
value_of(struct msi_table *t, const char *table, const char *name,
    char **out, struct diag *d)
{
	unsigned key, value;
	struct buf text;
	size_t row;
	enum status st;

	if (!msi_table_column(t, "Property", &key) ||
	    !msi_table_column(t, "Value", &value))
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, "msi: table",
		    "table %s has other columns", table);
	st = property_row(t, key, name, &row, d);
	if (st != ST_OK)
		return st;
	buf_init(&text, TEXT_MAX);
	st = msi_table_text(t, row, value, &text, d);
	if (st == ST_OK)
		*out = buf_take(&text);
	buf_fini(&text);
	return st;
}

static enum status
lookup(struct msi *m, const char *table, const char *name, char **out,
    struct diag *d)
{
	struct msi_table *t;
	enum status st = msi_table_open(m, table, &t, d);

	if (st != ST_OK)
		return st;
	st = value_of(t, table, name, out, d);
	msi_table_close(t);
	return st;
}

enum status
msi_property(struct msi *m, const char *name, char **out, struct diag *d)
{
	return lookup(m, "Property", name, out, d);
}

enum status
msi_patch_metadata(struct msi *m, const char *name, char **out,
    struct diag *d)
{
	return lookup(m, "MsiPatchMetadata", name, out, d);
}

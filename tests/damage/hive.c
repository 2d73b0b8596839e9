/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "hive.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf.h"
#include "formats/regf.h"
#include "formats/regf_walk.h"
#include "rng.h"
#include "scratch.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* "Windows registry file format specification" (M. Suhanov). */
#define BASE_LEN	4096	/* the base block; hbins follow it */
#define BIN_LEN		4096
#define SIZE_LEN	4	/* of the size field before a cell */
#define CELL_START	20	/* bytes of a cell that make it what it is */
#define FILE_MAX	(64 << 20)

enum cell_kind { CELL_KEY, CELL_LIST, CELL_VALUES, CELL_VALUE, CELL_DATA };

/* A cell, and what it holds a part of. */
struct cell {
	enum cell_kind	 kind;
	uint32_t	 at;		/* as in hives, from the first hbin */
	char		*path;
	char		*name;		/* of the value, else NULL */
	bool		 touched;	/* by the sound scan */
};

struct cells {
	const struct state *s;
	const char	*top;		/* "HKLM\SOFTWARE" */
	struct cell	*all;
	size_t		 count, touched;
};

/* Bytes that are structure, from the start of a cell or of the file. */
struct field {
	const char	*name;
	int		 at;
	size_t		 len;
};

static const struct field key_fields[] = {
	{ "size of the cell", -4, 4 }, { "signature", 0, 2 },
	{ "flags", 2, 2 }, { "parent", 16, 4 }, { "count of subkeys", 20, 4 },
	{ "list of subkeys", 28, 4 }, { "count of values", 36, 4 },
	{ "list of values", 40, 4 }, { "length of the name", 72, 2 },
};
static const struct field value_fields[] = {
	{ "size of the cell", -4, 4 }, { "signature", 0, 2 },
	{ "length of the name", 2, 2 }, { "size of data", 4, 4 },
	{ "place of data", 8, 4 }, { "type", 12, 4 }, { "flags", 16, 2 },
};
static const struct field list_fields[] = {
	{ "size of the cell", -4, 4 }, { "signature", 0, 2 },
	{ "count", 2, 2 }, { "first entry", 4, 4 }, { "hint", 8, 4 },
};
static const struct field values_fields[] = {
	{ "size of the cell", -4, 4 }, { "first entry", 0, 4 },
};
static const struct field data_fields[] = {
	{ "size of the cell", -4, 4 },
};
static const struct field base_fields[] = {
	{ "signature", 0, 4 }, { "sequence 1", 4, 4 },
	{ "sequence 2", 8, 4 }, { "major version", 20, 4 },
	{ "minor version", 24, 4 }, { "type", 28, 4 },
	{ "format", 32, 4 }, { "root cell", 36, 4 },
	{ "length of hbins", 40, 4 }, { "checksum", 508, 4 },
};

#define FIELDS(f)	{ f, sizeof(f) / sizeof((f)[0]) }
static const struct {
	const struct field *fields;
	size_t		 count;
} fields_of[] = {
	[CELL_KEY] = FIELDS(key_fields),
	[CELL_LIST] = FIELDS(list_fields),
	[CELL_VALUES] = FIELDS(values_fields),
	[CELL_VALUE] = FIELDS(value_fields),
	[CELL_DATA] = FIELDS(data_fields),
};

/* --------------------------------------------------------------- cells */

/* The key as scans name it: ControlSet001 is CurrentControlSet to them. */
static char *
full_path(const struct cells *c, const char *path)
{
	const char *set = "ControlSet";
	size_t n = strlen(set) + 3;

	if (*path == '\0')
		return xstrdup(c->top);
	if (utf_case_prefix(path, set) && strlen(path) >= n &&
	    (path[n] == '\\' || path[n] == '\0'))
		return xasprintf("%s\\CurrentControlSet%s", c->top, path + n);
	return xasprintf("%s\\%s", c->top, path);
}

static void
add_cell(struct cells *c, enum cell_kind kind, uint32_t at, const char *path,
    const char *name)
{
	struct cell cell = { kind, at, full_path(c, path), xstrdup(name),
	    false };

	cell.touched = name != NULL ? record_find(&c->s->seen, WHAT_VALUE,
	    cell.path, name) != NULL : record_find(&c->s->seen, WHAT_KEY,
	    cell.path, NULL) != NULL;
	c->touched += cell.touched;
	c->all = xpush(c->all, c->count, sizeof(cell));
	c->all[c->count++] = cell;
}

static enum status
see_key(void *ctx, const char *path, const struct regf_key *key,
    struct diag *d)
{
	(void)d;
	add_cell(ctx, CELL_KEY, key->cell, path, NULL);
	if (key->subkey_count != 0)
		add_cell(ctx, CELL_LIST, key->subkey_list, path, NULL);
	if (key->value_count != 0)
		add_cell(ctx, CELL_VALUES, key->value_list, path, NULL);
	return ST_OK;
}

static enum status
see_value(void *ctx, const char *path, const struct regf_value *v,
    struct diag *d)
{
	(void)d;
	add_cell(ctx, CELL_VALUE, v->cell, path, v->name);
	if (!v->is_inline)
		add_cell(ctx, CELL_DATA, v->data, path, v->name);
	return ST_OK;
}

/* All cells that can be reached, of the hive as it lies. */
static void
find_cells(struct cells *c, struct slice bytes)
{
	struct regf_visitor visitor = { see_key, see_value, NULL, c };
	struct regf_key root;
	struct regf *h = NULL;

	if (regf_open(source_of_slice(&bytes), &h, NULL) == ST_OK &&
	    regf_root(h, &root, NULL) == ST_OK &&
	    regf_walk(h, &root, REGF_MAX_DEPTH, &visitor, NULL, NULL) != ST_OK)
		c->count = 0;
	regf_close(h);
}

static void
cells_fini(struct cells *c)
{
	size_t i;

	for (i = 0; i < c->count; i++) {
		free(c->all[i].path);
		free(c->all[i].name);
	}
	free(c->all);
}

/* Three of four times one that the scan comes past. */
static const struct cell *
pick_cell(const struct cells *c, uint64_t *rng)
{
	bool touched = c->touched != 0 && rng_below(rng, 4) != 0;
	size_t i, n = (size_t)rng_below(rng, touched ? c->touched : c->count);

	for (i = 0; i < c->count; i++) {
		if (touched && !c->all[i].touched)
			continue;
		if (n-- == 0)
			break;
	}
	return &c->all[i];
}

/* -------------------------------------------------------------- damage */

/* The bytes at AT, as far as they are there. */
static struct slice
bytes_at(const struct buf *b, uint64_t at, size_t len)
{
	struct slice s = { .n = 0 };

	if (at < b->len)
		(void)slice_sub(buf_slice(b), (size_t)at,
		    len < b->len - at ? len : b->len - (size_t)at, &s);
	return s;
}

static void
put_byte(struct slice s, size_t i, uint8_t byte)
{
	((uint8_t *)(uintptr_t)s.p)[i] = byte;
}

/* Spoil all of it: with noise, with zeros, with ones. */
static void
spoil(struct slice s, uint64_t *rng)
{
	uint64_t how = rng_below(rng, 3);
	size_t i;

	for (i = 0; i < s.n; i++)
		put_byte(s, i, how == 0 ? (uint8_t)rng_next(rng) :
		    how == 1 ? 0 : 0xff);
}

/* One byte of a field, or the field. */
static char *
spoil_field(struct buf *b, uint64_t base, const struct field *fields,
    size_t count, uint64_t *rng)
{
	const struct field *f = &fields[rng_below(rng, count)];
	struct slice s = bytes_at(b, base + (uint64_t)(int64_t)f->at, f->len);
	size_t i = (size_t)rng_below(rng, s.n);

	if (s.n != 0 && rng_below(rng, 3) != 0)
		put_byte(s, i, s.p[i] ^ (uint8_t)(1 + rng_below(rng, 255)));
	else
		spoil(s, rng);
	return xasprintf("%s at %" PRIu64, f->name,
	    base + (uint64_t)(int64_t)f->at);
}

/* The first bytes of the cell, and none behind its end. */
static struct slice
start_of_cell(const struct buf *b, uint64_t at)
{
	uint32_t size = 0;
	size_t len;

	(void)slice_u32le(bytes_at(b, at - SIZE_LEN, SIZE_LEN), 0, &size);
	len = (size_t)(0 - size) - SIZE_LEN;	/* it is in use: negative */
	return bytes_at(b, at, len < CELL_START ? len : CELL_START);
}

/* A field of a cell, or all of its first bytes. */
static char *
spoil_cell(struct buf *b, const struct cells *c, enum kind kind,
    uint64_t *rng, struct record *record)
{
	const struct cell *cell = pick_cell(c, rng);
	uint64_t at = BASE_LEN + (uint64_t)cell->at + SIZE_LEN;
	struct slice s = start_of_cell(b, at);
	char *what, *where;

	record->what = cell->name != NULL ? WHAT_VALUE : WHAT_KEY;
	record->path = xstrdup(cell->path);
	record->name = xstrdup(cell->name);
	/* Other bytes of data are the data of another server. */
	if (kind == HIVE_BYTE || cell->kind == CELL_DATA)
		what = spoil_field(b, at, fields_of[cell->kind].fields,
		    fields_of[cell->kind].count, rng);
	else {
		spoil(s, rng);
		what = xasprintf("cell at %" PRIu64, at);
	}
	where = xasprintf("%s of %s%s%s", what, cell->path,
	    cell->name != NULL ? ", value " : "",
	    cell->name != NULL ? cell->name : "");
	free(what);
	return where;
}

/* Its header, or all of it. */
static char *
spoil_bin(struct buf *b, uint64_t *rng)
{
	uint64_t bins = b->len > BASE_LEN ? (b->len - BASE_LEN) / BIN_LEN : 0;
	uint64_t at = BASE_LEN + rng_below(rng, bins) * BIN_LEN;
	bool whole = rng_below(rng, 2) != 0;

	if (rng_below(rng, 8) == 0)
		return spoil_field(b, 0, base_fields,
		    sizeof(base_fields) / sizeof(base_fields[0]), rng);
	spoil(bytes_at(b, at, whole ? BIN_LEN : 32), rng);
	return xasprintf("%s at %" PRIu64, whole ? "block" :
	    "header of a block", at);
}

static char *
spoil_hive(struct buf *b, const struct cells *c, enum kind kind,
    uint64_t *rng, struct record *record)
{
	switch (kind) {
	case HIVE_BYTE:
	case HIVE_CELL:
		return c->count != 0 ? spoil_cell(b, c, kind, rng, record) :
		    xstrdup("no cell");
	case HIVE_BIN:
		return spoil_bin(b, rng);
	case HIVE_CUT:
		b->len = (size_t)rng_below(rng, b->len);
		return xasprintf("cut to %zu bytes", b->len);
	default:
		return xstrdup("nothing");
	}
}

/* -------------------------------------------------------------- copies */

static bool
read_file(struct host *h, const char *path, struct buf *out)
{
	struct host_file f;
	bool ok = false;
	uint8_t *p;

	buf_init(out, FILE_MAX);
	if (host_file_open(h, path, &f, NULL) != ST_OK)
		return false;
	p = f.src.size < FILE_MAX ? buf_extend(out, (size_t)f.src.size) : NULL;
	ok = p != NULL && source_read(&f.src, 0, p, out->len, NULL) == ST_OK;
	host_file_close(&f);
	return ok;
}

/* The copy of one file, damaged if it is the hive D is about. */
static void
copy_file(struct host *files, const char *where, const char *name,
    const char *suffix, struct buf *damaged)
{
	char *from = xasprintf("%s%s", where, suffix);
	char *to = xasprintf("Windows/System32/config/%s%s", name, suffix);
	struct buf b;

	buf_init(&b, FILE_MAX);
	if (damaged != NULL)
		scratch_write(to, damaged->p, damaged->len);
	else if (read_file(files, from, &b))
		scratch_write(to, b.p, b.len);
	buf_fini(&b);
	free(from);
	free(to);
}

static void
copy_hives(struct host *files, const struct host_hive *hives, size_t count,
    size_t damaged, struct buf *bytes)
{
	static const char *const logs[] = { ".LOG", ".LOG1", ".LOG2" };
	size_t i, k;

	scratch_mkdir("Windows/System32/config");
	for (i = 0; i < count; i++) {
		copy_file(files, hives[i].where, hives[i].name, "",
		    i == damaged ? bytes : NULL);
		for (k = 0; k < sizeof(logs) / sizeof(logs[0]); k++)
			copy_file(files, hives[i].where, hives[i].name,
			    logs[k], NULL);
	}
}

struct host *
hive_damaged(const struct state *s, struct host *files,
    const struct damage *d, uint64_t *rng, struct record *record,
    char **where)
{
	struct host_volume_options o = { .no_replay = s->no_replay };
	const struct host_hive *hives;
	size_t count = host_hives(files, &hives);
	/* SOFTWARE comes first, and has most of it. */
	size_t at = rng_below(rng, 4) == 0 ? count - 1 : 0;
	char *top = host_join("HKLM", hives[at].name), *what;
	struct cells cells = { .s = s, .top = top };
	struct host *copy = NULL;
	struct buf bytes;

	if (read_file(files, hives[at].where, &bytes) && bytes.len != 0) {
		find_cells(&cells, buf_slice(&bytes));
		what = spoil_hive(&bytes, &cells, d->kind, rng, record);
		*where = xasprintf("%s: %s", hives[at].name, what);
		free(what);
		scratch_begin();
		copy_hives(files, hives, count, at, &bytes);
		if (host_volume_open_with(scratch_path(""), &o, &copy, NULL)
		    != ST_OK) {
			free(*where);
			*where = NULL;
			scratch_end();
		}
	}
	cells_fini(&cells);
	buf_fini(&bytes);
	free(top);
	return copy;
}

void
hive_close_damaged(struct host *h)
{
	host_close(h);
	scratch_end();
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/msi_files.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"
#include "formats/msi_name.h"
#include "formats/msi_pool.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/*
 * A transform is a storage with a pool of strings of its own, and a stream for
 * each table that it changes, row behind row. A row begins with 16 bits:
 *
 *	0		it is deleted; its key follows
 *	n << 8 | 1	it is added; its first n columns follow
 *	other		it is changed: its key, and each column whose bit is
 *			set, bit 0 being that of the first
 *
 * How wide a column is, the schema of the product tells, which is another
 * file; for the table File it is known but for the last column, Sequence: two
 * bytes, or four once a patch has raised it. Both are tried, and what can be
 * read in two ways is not read.
 */
enum {
	COL_FILE, COL_COMPONENT, COL_NAME, COL_SIZE, COL_VERSION,
	COL_LANGUAGE, COL_ATTRIBUTES, COL_SEQUENCE, COL_COUNT
};

#define ROW_ADDED	0x0001
#define ROW_MAX		64		/* bytes, more than any row has */
#define NAME_MAX_BYTES	512		/* of a key, a name or a version */
#define PATH_MAX_BYTES	512		/* Windows Installer knows 260 */

struct row {
	uint32_t	 cell[COL_COUNT];
	bool		 has[COL_COUNT];
};

struct layout {
	unsigned	 ref, sequence;	/* bytes */
};

/* ---- rows of a transform ---- */

static unsigned
cell_len(const struct layout *l, unsigned column)
{
	switch (column) {
	case COL_SIZE:
		return 4;
	case COL_ATTRIBUTES:
		return 2;
	case COL_SEQUENCE:
		return l->sequence;
	default:
		return l->ref;
	}
}

static uint32_t
take_cell(struct cursor *c, unsigned len)
{
	uint32_t v = cursor_u16le(c);

	if (len == 3)
		v |= (uint32_t)cursor_u8(c) << 16;
	else if (len == 4)
		v |= (uint32_t)cursor_u16le(c) << 16;
	return v;
}

/* The next row; false when it is none. */
static bool
take_row(struct cursor *c, const struct layout *l, struct row *out)
{
	uint16_t mask = cursor_u16le(c);
	bool added = (mask & ROW_ADDED) != 0;
	unsigned i, columns = added ? mask >> 8 : COL_COUNT;

	*out = (struct row){ .has = { false } };
	if (c->bad || columns == 0 || columns > COL_COUNT ||
	    (added && (mask & 0xff) != ROW_ADDED) || (!added && mask > 0xff))
		return false;
	for (i = 0; i < columns; i++) {
		if (!added && i != COL_FILE && (mask & 1u << i) == 0)
			continue;
		out->cell[i] = take_cell(c, cell_len(l, i));
		out->has[i] = true;
	}
	return !c->bad && out->cell[COL_FILE] != 0;
}

static bool
is_layout(struct slice rows, const struct layout *l)
{
	struct cursor c = cursor_of(rows);
	struct row r;

	while (cursor_left(&c) != 0)
		if (!take_row(&c, l, &r))
			return false;
	return true;
}

/* Do both layouts say the same of every row but for its Sequence? */
static bool
is_same(struct slice rows, const struct layout *a, const struct layout *b)
{
	struct cursor x = cursor_of(rows), y = cursor_of(rows);
	struct row p, q;
	unsigned i;

	while (cursor_left(&x) != 0 && cursor_left(&y) != 0) {
		if (!take_row(&x, a, &p) || !take_row(&y, b, &q))
			return false;
		for (i = 0; i < COL_SEQUENCE; i++)
			if (p.has[i] != q.has[i] || p.cell[i] != q.cell[i])
				return false;
	}
	return cursor_left(&x) == cursor_left(&y);
}

static enum status
find_layout(struct slice rows, unsigned ref, struct layout *out,
    struct diag *d)
{
	const struct layout wide = { ref, 4 }, narrow = { ref, 2 };
	bool is_wide = is_layout(rows, &wide);
	bool is_narrow = is_layout(rows, &narrow);

	if (!is_wide && !is_narrow)
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
		    "msi: transform of File", "%zu bytes are no rows",
		    rows.n);
	if (is_wide && is_narrow && !is_same(rows, &wide, &narrow))
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
		    "msi: transform of File", "its rows can be read in two "
		    "ways");
	*out = is_wide ? wide : narrow;
	return ST_OK;
}

/* ---- the files of a patch ---- */

static void
file_fini(struct msi_file *f)
{
	free(f->key);
	free(f->component);
	free(f->name);
	free(f->path);
}

void
msi_files_fini(struct msi_files *f)
{
	size_t i;

	if (f == NULL)
		return;
	for (i = 0; i < f->count; i++)
		file_fini(&f->list[i]);
	for (i = 0; i < f->feature_count; i++)
		free(f->features[i]);
	free(f->list);
	*f = (struct msi_files){ .list = NULL };
}

/* The string; NULL for null. */
static enum status
pool_text(struct msi_pool *p, uint32_t id, char **out, struct diag *d)
{
	struct buf b;
	enum status st = ST_OK;

	*out = NULL;
	if (id == 0)
		return ST_OK;
	buf_init(&b, NAME_MAX_BYTES);
	st = msi_pool_text(p, id, &b, d);
	if (st == ST_OK)
		*out = buf_take(&b);
	buf_fini(&b);
	return st;
}

/* A version that is the key of another file is that of its companion, and
 * tells nothing. */
static enum status
add_row(struct msi_files *files, struct msi_pool *p, const struct row *r,
    struct diag *d)
{
	struct msi_file f = { .key = NULL };
	char *version = NULL;
	enum status st;

	if (!r->has[COL_VERSION] || r->cell[COL_VERSION] == 0)
		return ST_OK;
	if (files->count == MSI_MAX_FILES)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE,
		    "limit: MSI_MAX_FILES", "more files than that");
	st = pool_text(p, r->cell[COL_VERSION], &version, d);
	if (st == ST_OK)
		st = pool_text(p, r->cell[COL_FILE], &f.key, d);
	if (st == ST_OK && r->has[COL_COMPONENT])
		st = pool_text(p, r->cell[COL_COMPONENT], &f.component, d);
	if (st == ST_OK && r->has[COL_NAME])
		st = pool_text(p, r->cell[COL_NAME], &f.name, d);
	if (st == ST_OK && f.key != NULL && version != NULL &&
	    version_parse(version, &f.version)) {
		files->list = xpush(files->list, files->count, sizeof(f));
		files->list[files->count++] = f;
		f = (struct msi_file){ .key = NULL };
	}
	free(version);
	file_fini(&f);
	return st;
}

static enum status
add_rows(struct msi_files *files, struct msi_pool *p, struct slice rows,
    struct diag *d)
{
	struct cursor c = cursor_of(rows);
	struct layout l;
	struct row r;
	enum status st = find_layout(rows, msi_pool_ref_len(p), &l, d);

	while (st == ST_OK && cursor_left(&c) != 0) {
		if (!take_row(&c, &l, &r))
			return diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
			    "msi: transform of File", "no row");
		st = add_row(files, p, &r, d);
	}
	return st;
}

/* The rows of File in one transform. */
static enum status
add_transform(struct msi_files *files, struct cfb *cfb,
    const struct cfb_entry *storage, struct diag *d)
{
	const struct cfb_entry *e = msi_name_find_in(cfb, storage, "File",
	    true);
	struct msi_pool *p = NULL;
	struct source src;
	struct buf b;
	enum status st;

	if (e == NULL)
		return ST_OK;
	buf_init(&b, (size_t)MSI_MAX_FILES * ROW_MAX);
	st = cfb_stream(cfb, e, &src, d);
	if (st == ST_OK && src.size > b.max)
		st = diag_set(d, ST_LIMIT, DIAG_NOWHERE,
		    "limit: MSI_MAX_FILES", "%" PRIu64 " bytes of rows",
		    src.size);
	if (st == ST_OK && src.size != 0)
		st = source_read(&src, 0, buf_extend(&b, (size_t)src.size),
		    (size_t)src.size, d);
	if (st == ST_OK)
		st = msi_pool_open_in(cfb, storage, &p, d);
	if (st == ST_ABSENT)
		st = diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
		    "msi: transform of File", "it has no strings");
	if (st == ST_OK)
		st = add_rows(files, p, buf_slice(&b), d);
	if (st != ST_OK)
		diag_wrap(d, "transform %s", storage->name);
	msi_pool_close(p);
	buf_fini(&b);
	return st;
}

static int
by_key(const void *pa, const void *pb)
{
	const struct msi_file *a = pa, *b = pb;
	int order = strcmp(a->key, b->key);

	return order != 0 ? order : version_cmp(a->version, b->version);
}

/* Sort, and leave the first of each key. */
static void
settle(struct msi_files *f)
{
	size_t i, kept = 0;

	if (f->count == 0)
		return;
	qsort(f->list, f->count, sizeof(*f->list), by_key);
	for (i = 0; i < f->count; i++)
		if (kept != 0 && strcmp(f->list[kept - 1].key,
		    f->list[i].key) == 0)
			file_fini(&f->list[i]);
		else
			f->list[kept++] = f->list[i];
	f->count = kept;
}

/* Storages "T" and "#T" go together; the second changes what the patch itself
 * needs, such as the places of files in its cabinets. */
enum status
msi_patch_files(struct msi *patch, struct msi_files *out, struct diag *d)
{
	struct msi_files files = { .list = NULL };
	const struct cfb_entry *const *children;
	struct cfb *cfb = msi_cfb(patch);
	size_t i, count;
	enum status st = ST_OK;

	children = cfb_children(cfb, cfb_root(cfb), &count);
	for (i = 0; i < count && st == ST_OK; i++)
		if (children[i]->kind == CFB_STORAGE &&
		    msi_kind_of_clsid(children[i]->clsid) == MSI_TRANSFORM &&
		    children[i]->name[0] != '#')
			st = add_transform(&files, cfb, children[i], d);
	settle(&files);
	if (st == ST_OK && files.count == 0)
		st = ST_ABSENT;
	if (st == ST_OK)
		*out = files;
	else
		msi_files_fini(&files);
	return st;
}

/* ---- where the product puts them ---- */

struct directory {
	char		*key;
	char		*parent;	/* NULL for a root */
	char		*name;		/* NULL: the parent's own folder */
};

struct places {
	struct msi_files *files;
	struct msi_file	**by_component;	/* those with one */
	size_t		 component_count;
	char		**directory;	/* of each of them */
	bool		*choosy;	/* each may be left out, for it has a
					   condition, or too many features */
	uint64_t	*with;		/* bits of features */
	struct directory *dirs;		/* sorted by key */
	size_t		 dir_count;
};

/* The long name in "SHORT|long", of the target in "target:source". */
static char *
long_name(const char *text)
{
	size_t n = strcspn(text, ":");
	const char *bar = memchr(text, '|', n);

	if (bar != NULL) {
		n -= (size_t)(bar + 1 - text);
		text = bar + 1;
	}
	return xstrndup(text, n);
}

static enum status
cell_text(struct msi_table *t, size_t row, unsigned column, char **out,
    struct diag *d)
{
	struct buf b;
	enum status st;

	buf_init(&b, NAME_MAX_BYTES);
	st = msi_table_text(t, row, column, &b, d);
	if (st == ST_OK)
		*out = b.len != 0 ? buf_take(&b) : NULL;
	buf_fini(&b);
	return st;
}

/* Numbers of the columns NAMES (of COUNT) of a table. */
static enum status
open_with(struct msi *m, const char *name, const char *const *names,
    unsigned *columns, size_t count, struct msi_table **out, struct diag *d)
{
	size_t i;
	enum status st = msi_table_open(m, name, out, d);

	for (i = 0; st == ST_OK && i < count; i++)
		if (!msi_table_column(*out, names[i], &columns[i])) {
			st = diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
			    "msi: table", "table %s has no %s", name,
			    names[i]);
			msi_table_close(*out);
		}
	return st;
}

static int
find_key(const void *key, const void *file)
{
	return strcmp(key, ((const struct msi_file *)file)->key);
}

/* Component and name of the files that the product knows already. */
static enum status
read_files(struct msi *m, struct places *p, struct diag *d)
{
	static const char *const names[] = { "File", "Component_",
	    "FileName" };
	struct msi_file *f;
	struct msi_table *t;
	unsigned col[3];
	char *key;
	size_t i;
	enum status st = open_with(m, "File", names, col, 3, &t, d);

	if (st != ST_OK)
		return st;
	for (i = 0; st == ST_OK && i < msi_table_rows(t); i++) {
		st = cell_text(t, i, col[0], &key, d);
		if (st != ST_OK || key == NULL)
			continue;
		f = bsearch(key, p->files->list, p->files->count, sizeof(*f),
		    find_key);
		free(key);
		if (f != NULL && f->component == NULL)
			st = cell_text(t, i, col[1], &f->component, d);
		if (st == ST_OK && f != NULL && f->name == NULL)
			st = cell_text(t, i, col[2], &f->name, d);
	}
	msi_table_close(t);
	return st;
}

static int
by_component(const void *pa, const void *pb)
{
	const struct msi_file *const *a = pa, *const *b = pb;

	return strcmp((*a)->component, (*b)->component);
}

static void
index_components(struct places *p)
{
	size_t i;

	p->by_component = xcalloc(p->files->count,
	    sizeof(struct msi_file *));
	for (i = 0; i < p->files->count; i++)
		if (p->files->list[i].component != NULL)
			p->by_component[p->component_count++] =
			    &p->files->list[i];
	if (p->component_count != 0)
		qsort(p->by_component, p->component_count,
		    sizeof(*p->by_component), by_component);
	p->directory = xcalloc(p->component_count, sizeof(char *));
	p->choosy = xcalloc(p->component_count, sizeof(bool));
	p->with = xcalloc(p->component_count, sizeof(uint64_t));
}

/* The first of those of a component; COUNT of them without one. */
static size_t
first_of(const struct places *p, const char *component)
{
	size_t low = 0, high = p->component_count, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (strcmp(p->by_component[mid]->component, component) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static enum status
read_components(struct msi *m, struct places *p, struct diag *d)
{
	static const char *const names[] = { "Component", "Directory_" };
	struct msi_table *t;
	unsigned col[2], condition;
	size_t i, k;
	char *key, *dir, *when;
	bool has_condition;
	enum status st = open_with(m, "Component", names, col, 2, &t, d);

	if (st != ST_OK)
		return st;
	has_condition = msi_table_column(t, "Condition", &condition);
	for (i = 0; st == ST_OK && i < msi_table_rows(t); i++) {
		st = cell_text(t, i, col[0], &key, d);
		if (st != ST_OK || key == NULL)
			continue;
		k = first_of(p, key);
		if (k < p->component_count && p->directory[k] == NULL &&
		    strcmp(p->by_component[k]->component, key) == 0) {
			st = cell_text(t, i, col[1], &dir, d);
			if (st == ST_OK)
				p->directory[k] = dir;
			when = NULL;
			if (st == ST_OK && has_condition)
				st = cell_text(t, i, condition, &when, d);
			p->choosy[k] = when != NULL;
			free(when);
		}
		free(key);
	}
	msi_table_close(t);
	return st;
}

/* The bit of a feature; 0 when there are too many. */
static uint64_t
feature_bit(struct msi_files *f, const char *name)
{
	size_t i;

	for (i = 0; i < f->feature_count; i++)
		if (strcmp(f->features[i], name) == 0)
			return (uint64_t)1 << i;
	if (i == MSI_MAX_FEATURES)
		return 0;
	f->features[f->feature_count++] = xstrdup(name);
	return (uint64_t)1 << i;
}

/* What the first file of each component was told is so of all of them. */
static void
set_features(struct places *p)
{
	size_t i, first = 0;

	for (i = 0; i < p->component_count; i++) {
		struct msi_file *f = p->by_component[i];

		if (strcmp(f->component, p->by_component[first]->component) !=
		    0)
			first = i;
		f->with = p->choosy[first] ? 0 : p->with[first];
	}
}

/*
 * With which features each file comes.
 *
 * Spec:    Windows Installer, "FeatureComponents Table"
 */
static enum status
read_features(struct msi *m, struct places *p, struct diag *d)
{
	static const char *const names[] = { "Feature_", "Component_" };
	struct msi_table *t;
	unsigned col[2];
	uint64_t bit;
	size_t i, k;
	char *key, *feature;
	enum status st = open_with(m, "FeatureComponents", names, col, 2, &t,
	    d);

	if (st == ST_ABSENT)
		return ST_OK;
	if (st != ST_OK)
		return st;
	for (i = 0; st == ST_OK && i < msi_table_rows(t); i++) {
		feature = NULL;
		st = cell_text(t, i, col[1], &key, d);
		if (st != ST_OK || key == NULL)
			continue;
		k = first_of(p, key);
		if (k < p->component_count &&
		    strcmp(p->by_component[k]->component, key) == 0)
			st = cell_text(t, i, col[0], &feature, d);
		if (feature != NULL) {
			bit = feature_bit(p->files, feature);
			p->with[k] |= bit;
			p->choosy[k] = p->choosy[k] || bit == 0;
		}
		free(feature);
		free(key);
	}
	msi_table_close(t);
	if (st == ST_OK)
		set_features(p);
	return st;
}

static int
by_directory(const void *pa, const void *pb)
{
	const struct directory *a = pa, *b = pb;

	return strcmp(a->key, b->key);
}

static enum status
read_directory(struct msi_table *t, size_t row, const unsigned *col,
    struct directory *out, struct diag *d)
{
	char *name = NULL;
	enum status st = cell_text(t, row, col[0], &out->key, d);

	if (st == ST_OK)
		st = cell_text(t, row, col[1], &out->parent, d);
	if (st == ST_OK)
		st = cell_text(t, row, col[2], &name, d);
	if (st == ST_OK && name != NULL)
		out->name = long_name(name);
	free(name);
	return st;
}

static enum status
read_directories(struct msi *m, struct places *p, struct diag *d)
{
	static const char *const names[] = { "Directory", "Directory_Parent",
	    "DefaultDir" };
	struct msi_table *t;
	unsigned col[3];
	size_t i;
	enum status st = open_with(m, "Directory", names, col, 3, &t, d);

	if (st != ST_OK)
		return st;
	if (msi_table_rows(t) > MSI_MAX_DIRECTORIES)
		st = diag_set(d, ST_LIMIT, DIAG_NOWHERE,
		    "limit: MSI_MAX_DIRECTORIES", "%zu folders",
		    msi_table_rows(t));
	for (i = 0; st == ST_OK && i < msi_table_rows(t); i++) {
		struct directory dir = { .key = NULL };

		st = read_directory(t, i, col, &dir, d);
		p->dirs = xpush(p->dirs, p->dir_count, sizeof(dir));
		if (dir.key == NULL)
			dir.key = xstrdup("");
		p->dirs[p->dir_count++] = dir;
	}
	if (p->dir_count != 0)
		qsort(p->dirs, p->dir_count, sizeof(*p->dirs), by_directory);
	msi_table_close(t);
	return st;
}

/* A name that would lead elsewhere is none. */
static bool
is_plain(const char *name)
{
	return name[0] != '\0' && strpbrk(name, "\\/:*?\"<>|") == NULL &&
	    strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

/*
 * The path of FILE in the folder KEY, whose parents end at TARGETDIR. One of
 * the folders of Windows on the way leads elsewhere: their keys are those of
 * properties that Windows Installer sets, and all end in "Folder".
 *
 * Spec:    Windows Installer, "Directory Table", "System Folder Properties"
 */
static char *
path_in(const struct places *p, const char *key, const char *file)
{
	const struct directory *dir;
	struct directory want = { .key = NULL };
	char *path = xstrdup(file), *longer;
	unsigned depth;

	for (depth = 0; depth < MSI_MAX_DEPTH; depth++) {
		size_t n = strlen(key);

		if (strcmp(key, "TARGETDIR") == 0)
			return path;
		want.key = (char *)(uintptr_t)key;
		dir = p->dir_count == 0 ? NULL : bsearch(&want, p->dirs,
		    p->dir_count, sizeof(want), by_directory);
		if (dir == NULL || dir->parent == NULL ||
		    (n > 6 && strcmp(key + n - 6, "Folder") == 0))
			break;
		if (dir->name != NULL && strcmp(dir->name, ".") != 0) {
			if (!is_plain(dir->name) ||
			    strlen(path) > PATH_MAX_BYTES)
				break;
			longer = xasprintf("%s\\%s", dir->name, path);
			free(path);
			path = longer;
		}
		key = dir->parent;
	}
	free(path);
	return NULL;
}

static void
set_paths(struct places *p)
{
	size_t i, first = 0;

	for (i = 0; i < p->component_count; i++) {
		struct msi_file *f = p->by_component[i];
		char *name;

		if (strcmp(f->component,
		    p->by_component[first]->component) != 0)
			first = i;
		if (p->directory[first] == NULL || f->name == NULL)
			continue;
		name = long_name(f->name);
		if (is_plain(name))
			f->path = path_in(p, p->directory[first], name);
		free(name);
	}
}

enum status
msi_files_place(struct msi *product, struct msi_files *files, struct diag *d)
{
	struct places p = { .files = files };
	enum status st = read_files(product, &p, d);
	size_t i;

	if (st == ST_OK) {
		index_components(&p);
		st = read_components(product, &p, d);
	}
	if (st == ST_OK)
		st = read_directories(product, &p, d);
	if (st == ST_OK)
		st = read_features(product, &p, d);
	if (st == ST_OK)
		set_paths(&p);
	for (i = 0; i < p.dir_count; i++) {
		free(p.dirs[i].key);
		free(p.dirs[i].parent);
		free(p.dirs[i].name);
	}
	for (i = 0; i < p.component_count; i++)
		free(p.directory[i]);
	free(p.dirs);
	free(p.directory);
	free(p.choosy);
	free(p.with);
	free(p.by_component);
	return st;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/wsus.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"
#include "catalogue/wsus_package.h"
#include "catalogue/wsus_parts.h"
#include "formats/cab_unpack.h"
#include "io/tempfile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CLAUSE		"wsusscn2"

/* ------------------------------------------------------------- unpacking */

static enum status
to_buf(void *ctx, const void *p, size_t n, struct diag *d)
{
	struct buf *b = ctx;

	return buf_append(b, p, n) ? ST_OK : diag_set(d, ST_LIMIT,
	    DIAG_NOWHERE, CLAUSE, "larger than %zu bytes", b->max);
}

static enum status
to_file(void *ctx, const void *p, size_t n, struct diag *d)
{
	return tempfile_append(ctx, p, n, d);
}

static enum status
find(const struct cab_unpack *cab, const char *name, uint64_t max,
    size_t *at, struct diag *d)
{
	*at = cab_unpack_find(cab, name);
	if (*at == SIZE_MAX)
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, CLAUSE,
		    "there is no %s in it", name);
	if (cab_unpack_member(cab, *at)->len > max)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, CLAUSE,
		    "%s: larger than %llu bytes", name,
		    (unsigned long long)max);
	return ST_OK;
}

/* Member NAME of CAB as a temporary file. */
static enum status
unpack(struct cab_unpack *cab, const char *name, uint64_t max,
    struct tempfile **out, struct diag *d)
{
	struct tempfile *f = NULL;
	size_t at;
	enum status st = find(cab, name, max, &at, d);

	if (st == ST_OK)
		st = tempfile_new(max, &f, d);
	if (st == ST_OK)
		st = cab_unpack_member_to(cab, at, to_file, f, d);
	if (st == ST_OK)
		*out = f;
	else
		tempfile_free(f);
	return st;
}

/* ------------------------------------------------- index.xml, package.xml */

static enum status
read_index(struct wsus *w, struct cab_unpack *cab, struct diag *d)
{
	struct buf b;
	size_t at;
	enum status st = find(cab, "index.xml", XML_MAX_BYTES, &at, d);

	buf_init(&b, XML_MAX_BYTES);
	if (st == ST_OK)
		st = cab_unpack_member_to(cab, at, to_buf, &b, d);
	if (st == ST_OK) {
		st = wsus_read_index(w, buf_slice(&b), d);
		if (st != ST_OK)
			diag_wrap(d, "index.xml");
	}
	buf_fini(&b);
	return st;
}

static enum status
read_package(struct wsus *w, struct cab_unpack *cab, struct diag *d)
{
	struct tempfile *packed = NULL, *xml = NULL;
	struct cab_unpack *inner = NULL;
	struct source src;
	enum status st = unpack(cab, "package.cab", WSUS_MAX_CABINET, &packed,
	    d);

	if (st != ST_OK)
		return st;
	src = tempfile_source(packed);
	st = cab_unpack_open(&src, &inner, d);
	if (st == ST_OK)
		st = unpack(inner, "package.xml", XMLPULL_MAX_BYTES, &xml, d);
	cab_unpack_close(inner);
	tempfile_free(packed);
	if (st == ST_OK) {
		src = tempfile_source(xml);
		st = wsus_read_package(w, &src, d);
	}
	if (st != ST_OK)
		diag_wrap(d, "package.cab");
	tempfile_free(xml);
	return st;
}

/* -------------------------------------------------- what each update says */

/* English, or what all other languages fall back to. */
static bool
speaks(const struct wsus_revision *r, struct slice language)
{
	return slice_is(language, "en") || (slice_is(language, r->language) &&
	    (r->read & WSUS_LOCALIZED) == 0);
}

/* The revision that member NAME of the cabinet of RANGE is a file of; NULL
 * when it is none that is wanted. */
static struct wsus_revision *
wanted(const struct wsus *w, const struct wsus_range *range,
    const char *name, unsigned *part)
{
	struct slice language;
	struct wsus_revision *r;
	uint32_t id;

	*part = wsus_part_of(name, &id, &language);
	r = *part != 0 ? wsus_find(w, id) : NULL;
	if (r == NULL || wsus_range_of(w, id) != range)
		return NULL;
	return *part != WSUS_LOCALIZED || speaks(r, language) ? r : NULL;
}

static enum status
read_member(struct wsus *w, struct cab_unpack *cab, size_t i,
    struct wsus_revision *r, unsigned part, struct diag *d)
{
	const struct cab_member *m = cab_unpack_member(cab, i);
	enum status st = ST_OK;
	struct buf b;

	if (part != WSUS_LOCALIZED && (r->read & part) != 0)
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, CLAUSE,
		    "%s is there twice", m->name);
	buf_init(&b, XML_MAX_BYTES);
	if (m->len > XML_MAX_BYTES)
		st = diag_set(d, ST_LIMIT, DIAG_NOWHERE, CLAUSE,
		    "%s: larger than %d bytes", m->name, XML_MAX_BYTES);
	if (st == ST_OK)
		st = cab_unpack_member_to(cab, i, to_buf, &b, d);
	if (st == ST_OK)
		st = wsus_read_part(w, r, part, buf_slice(&b), d);
	buf_fini(&b);
	return st;
}

static enum status
read_members(struct wsus *w, struct cab_unpack *cab,
    const struct wsus_range *range, struct diag *d)
{
	enum status st = ST_OK;
	size_t i;

	for (i = 0; st == ST_OK && i < cab_unpack_count(cab); i++) {
		unsigned part;
		struct wsus_revision *r = wanted(w, range,
		    cab_unpack_member(cab, i)->name, &part);

		if (r != NULL)
			st = read_member(w, cab, i, r, part, d);
	}
	return st;
}

static bool
is_needed(const struct wsus *w, const struct wsus_range *range)
{
	size_t i;

	for (i = 0; i < w->count; i++)
		if (wsus_range_of(w, w->revisions[i].id) == range)
			return true;
	return false;
}

static enum status
read_cabinet(struct wsus *w, struct cab_unpack *cab,
    const struct wsus_range *range, struct diag *d)
{
	struct cab_unpack *inner = NULL;
	struct tempfile *packed = NULL;
	struct source src;
	enum status st = unpack(cab, range->cabinet, WSUS_MAX_CABINET,
	    &packed, d);

	if (st != ST_OK)
		return st;
	src = tempfile_source(packed);
	st = cab_unpack_open(&src, &inner, d);
	if (st == ST_OK)
		st = read_members(w, inner, range, d);
	if (st != ST_OK)
		diag_wrap(d, "%s", range->cabinet);
	cab_unpack_close(inner);
	tempfile_free(packed);
	return st;
}

/* In the order of the outer cabinet: one pass unpacks them all. */
static enum status
read_cabinets(struct wsus *w, struct cab_unpack *cab, struct diag *d)
{
	enum status st = ST_OK;
	size_t i, k;

	for (i = 0; st == ST_OK && i < cab_unpack_count(cab); i++)
		for (k = 0; st == ST_OK && k < w->range_count; k++)
			if (strcmp(w->ranges[k].cabinet,
			    cab_unpack_member(cab, i)->name) == 0 &&
			    is_needed(w, &w->ranges[k]))
				st = read_cabinet(w, cab, &w->ranges[k], d);
	return st;
}

/* What is bundled by none that was found stands for itself. */
static bool
is_top(const struct wsus *w, const struct wsus_revision *r)
{
	size_t i;

	for (i = 0; i < r->bundled_by.count; i++)
		if (wsus_find(w, r->bundled_by.items[i]) != NULL)
			return false;
	return true;
}

static enum status
check_read(const struct wsus *w, struct diag *d)
{
	static const struct { unsigned part; const char *name; } parts[] = {
		{ WSUS_CORE, "c" }, { WSUS_EXTENDED, "x" },
		{ WSUS_LOCALIZED, "l/en" },
	};
	const struct wsus_range *range;
	size_t i, k;

	for (i = 0; i < w->count; i++) {
		const struct wsus_revision *r = &w->revisions[i];

		range = wsus_range_of(w, r->id);
		if (range == NULL)
			return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, CLAUSE,
			    "revision %u is in no cabinet", r->id);
		for (k = 0; k < 3; k++)
			if ((r->read & parts[k].part) == 0 &&
			    (k < 2 || is_top(w, r)))
				return diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
				    CLAUSE, "there is no %s/%u in %s",
				    parts[k].name, r->id, range->cabinet);
	}
	return ST_OK;
}

/* ------------------------------------------------------------------ rows */

static void
hex(const uint8_t *bytes, size_t n, char *out)
{
	size_t i;

	for (i = 0; i < n; i++)
		snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

static enum status
add_payload(struct import *im, struct import_row *row,
    const struct wsus_payload *p, struct diag *d)
{
	char digits[2 * WSUS_SHA256 + 1];
	struct import_digest x = { .package = import_text(im, p->name),
	    .size = p->size, .algorithm = "sha1" };
	enum status st;

	hex(p->sha1, WSUS_SHA1, digits);
	x.hex = import_text(im, digits);
	st = import_add_digest(im, row, &x, d);
	if (st != ST_OK || !p->has_sha256)
		return st;
	hex(p->sha256, WSUS_SHA256, digits);
	x.algorithm = "sha256";
	x.hex = import_text(im, digits);
	return import_add_digest(im, row, &x, d);
}

static enum status
add_texts(struct import *im, struct import_texts *to,
    const struct wsus_texts *from, struct diag *d)
{
	enum status st = ST_OK;
	size_t i;

	for (i = 0; st == ST_OK && i < from->count; i++)
		st = import_add_text(im, to, from->items[i], d);
	return st;
}

static enum status
add_part(struct import *im, struct import_row *row,
    const struct wsus_revision *part, struct diag *d)
{
	enum status st = add_texts(im, &row->cves, &part->cves, d);
	size_t i;

	if (st == ST_OK)
		st = add_texts(im, &row->patches, &part->patches, d);
	for (i = 0; st == ST_OK && i < part->payloads.count; i++)
		st = add_payload(im, row, &part->payloads.items[i], d);
	return st;
}

/* While rows are made. */
struct making {
	const struct wsus *w;
	struct import	*im;
	struct import_row **rows;	/* one a revision; NULL where none */
	const struct wsus_revision **by_update; /* as many, sorted */
};

static int
by_update(const void *a, const void *b)
{
	return strcmp((*(const struct wsus_revision *const *)a)->update,
	    (*(const struct wsus_revision *const *)b)->update);
}

static struct import_row *
row_of(const struct making *m, uint32_t id)
{
	const struct wsus_revision *r = wsus_find(m->w, id);

	return r != NULL ? m->rows[r - m->w->revisions] : NULL;
}

/* What X has goes to those that bundle it, or to itself. */
static enum status
give_parts(const struct making *m, const struct wsus_revision *x,
    struct diag *d)
{
	struct import_row *row = row_of(m, x->id);
	enum status st = ST_OK;
	size_t i;

	if (row != NULL)
		return add_part(m->im, row, x, d);
	for (i = 0; st == ST_OK && i < x->bundled_by.count; i++) {
		row = row_of(m, x->bundled_by.items[i]);
		if (row != NULL)
			st = add_part(m->im, row, x, d);
	}
	return st;
}

static enum status
add_superseded(const struct making *m, struct import_row *row,
    const struct import_row *older, struct diag *d)
{
	if (row == NULL || older == NULL || strcmp(row->kb, older->kb) == 0)
		return ST_OK;
	return import_add_text(m->im, &row->supersedes, older->kb, d);
}

/* Backward, as X says itself, and forward, as package.xml says of it. What
 * is not of Exchange, or not published any more, is passed over. */
static enum status
give_superseded(const struct making *m, const struct wsus_revision *x,
    struct diag *d)
{
	struct import_row *row = row_of(m, x->id);
	enum status st = ST_OK;
	size_t i;

	for (i = 0; st == ST_OK && i < x->superseded_by.count; i++)
		st = add_superseded(m, row_of(m, x->superseded_by.items[i]),
		    row, d);
	for (i = 0; st == ST_OK && i < x->supersedes.count; i++) {
		const struct wsus_revision key = { .update =
		    x->supersedes.items[i] }, *k = &key, **older;

		older = bsearch(&k, m->by_update, m->w->count,
		    sizeof(*m->by_update), by_update);
		if (older != NULL)
			st = add_superseded(m, row, row_of(m, (*older)->id),
			    d);
	}
	return st;
}

/* What has no KB is no update that anybody asks for by name. */
static enum status
make_row(struct making *m, const struct import_source *source, size_t i,
    struct wsus_read *out, struct diag *d)
{
	const struct wsus_revision *r = &m->w->revisions[i];
	const char *kb = import_kb(m->im, r->kb);
	enum status st;

	if (!is_top(m->w, r))
		return ST_OK;
	if (kb == NULL) {
		out->nameless++;
		return ST_OK;
	}
	st = import_add_row(m->im, source, 0, &m->rows[i], d);
	if (st != ST_OK)
		return st;
	m->rows[i]->name = import_text(m->im, r->title);
	m->rows[i]->kb = kb;
	m->rows[i]->bulletin = import_text(m->im, r->bulletin);
	return ST_OK;
}

static enum status
add_rows(struct import *im, const struct import_source *source,
    const struct wsus *w, struct wsus_read *out, struct diag *d)
{
	struct making m = { .w = w, .im = im };
	enum status st = ST_OK;
	size_t i;

	m.rows = xcalloc(w->count + 1, sizeof(struct import_row *));
	m.by_update = xcalloc(w->count + 1,
	    sizeof(const struct wsus_revision *));
	for (i = 0; st == ST_OK && i < w->count; i++) {
		m.by_update[i] = &w->revisions[i];
		st = make_row(&m, source, i, out, d);
	}
	if (w->count > 1)
		qsort(m.by_update, w->count, sizeof(*m.by_update), by_update);
	for (i = 0; st == ST_OK && i < w->count; i++)
		st = give_parts(&m, &w->revisions[i], d);
	for (i = 0; st == ST_OK && i < w->count; i++)
		st = give_superseded(&m, &w->revisions[i], d);
	free(m.by_update);
	free(m.rows);
	return st;
}

/* ------------------------------------------------------------------- all */

bool
wsus_can(void)
{
	return cab_unpack_can();
}

static enum status
read_all(struct wsus *w, struct cab_unpack *cab, struct diag *d)
{
	enum status st = read_index(w, cab, d);

	if (st == ST_OK)
		st = read_package(w, cab, d);
	if (st == ST_OK)
		st = read_cabinets(w, cab, d);
	if (st == ST_OK)
		st = check_read(w, d);
	return st;
}

enum status
wsus_read(const struct source *src, struct import *im,
    const struct import_source *source, struct wsus_read *out,
    struct diag *d)
{
	struct wsus w = { .count = 0 };
	struct cab_unpack *cab = NULL;
	struct wsus_read read = { .updates = 0 };
	enum status st = cab_unpack_open(src, &cab, d);

	if (st == ST_OK)
		st = read_all(&w, cab, d);
	if (st == ST_OK)
		st = add_rows(im, source, &w, &read, d);
	if (st == ST_OK) {
		read.updates = w.all.count;
		read.found = w.count;
		*out = read;
	}
	cab_unpack_close(cab);
	wsus_fini(&w);
	return st;
}

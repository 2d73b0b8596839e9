/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/collect.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf.h"
#include "formats/pe.h"

#include <stdlib.h>
#include <string.h>

/*
 * Files by their paths. What is asked of one is gathered first, and then asked
 * in one opening: two looks at one name might be at two files.
 */

#define BLOCK	(64 * 1024)

void
inv_file_fini(struct inv_file *f)
{
	free(f->path);
	free(f->sha256);
	inv_seen_free(f->seen);
	inv_facts_free(f->facts);
}

static struct inv_file *
find(const struct inventory *inv, const char *path)
{
	size_t i;

	for (i = 0; i < inv->file_count; i++)
		if (utf_casecmp(inv->files[i].path, path) == 0)
			return &inv->files[i];
	return NULL;
}

const struct inv_file *
inventory_file(const struct inventory *inv, const char *path)
{
	return find(inv, path);
}

void
collect_want(struct collect *c, const char *path, unsigned ask)
{
	struct inventory *inv = c->inv;
	struct inv_file *f = find(inv, path);

	if (f == NULL) {
		inv->files = xpush(inv->files, inv->file_count, sizeof(*f));
		f = &inv->files[inv->file_count++];
		*f = (struct inv_file){ .path = xstrdup(path) };
	}
	f->asked |= ask;
}

/* ----------------------------------------------- what is asked of a file */

static enum status
read_version(const struct source *src, struct version *out, struct diag *d)
{
	struct pe_version v;
	struct pe *pe = NULL;
	enum status st = pe_open(*src, &pe, d);

	if (st == ST_OK)
		st = pe_version(pe, &v, d);
	if (st == ST_OK)
		*out = v.file;
	else if (st == ST_ABSENT)
		st = diag_set(d, ST_MALFORMED, DIAG_NOWHERE, NULL,
		    "no version resource");
	pe_close(pe);
	return st;
}

static enum status
hash(const struct source *src, char *hex, struct diag *d)
{
	struct digester *g;
	struct digest_set set;
	enum status st = ST_OK;
	uint8_t *block;
	uint64_t off = 0;
	size_t len;

	if (src->size > INVENTORY_MAX_HASHED)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL,
		    "larger than %d bytes", INVENTORY_MAX_HASHED);
	g = digester_new(DIGEST_BIT(DIGEST_SHA256));
	block = xcalloc(1, BLOCK);
	while (st == ST_OK && off < src->size) {
		len = src->size - off < BLOCK ? (size_t)(src->size - off) :
		    BLOCK;
		st = source_read(src, off, block, len, d);
		if (st == ST_OK)
			digester_update(g, block, len);
		off += len;
	}
	digester_final(g, &set);
	digest_hex(&set.of[DIGEST_SHA256], hex);
	digester_free(g);
	free(block);
	return st;
}

/* Which of the marks are in the file. */
static void
look_for_marks(const struct inventory *inv, const struct source *src,
    struct inv_file *f)
{
	uint64_t off;
	size_t i;

	for (i = 0; i < inv->mark_count; i++) {
		enum status st = source_find(src, inv->marks[i].bytes,
		    sizeof(inv->marks[i].bytes), &off, NULL);

		if (st != ST_OK && st != ST_ABSENT)
			return;
		if (st == ST_OK)
			f->marks |= UINT64_C(1) << i;
	}
	f->searched = true;
}

static void
judge_seen(struct collect *c, const struct source *src, struct inv_file *f)
{
	char hex[2 * DIGEST_MAX + 1];

	f->seen = xcalloc(1, sizeof(*f->seen));
	/* Its name is not what it was published under. */
	inspect_source(*src, NULL, c->opt->policy, f->seen);
	if (f->seen->digested)
		f->sha256 = xstrdup(digest_hex(
		    &f->seen->digests.of[DIGEST_SHA256], hex));
}

/* Ask the open file; the first that cannot be answered makes it unreadable,
 * but for its marks, which are looked for all the same. */
static enum status
ask(struct collect *c, const struct source *src, struct inv_file *f,
    struct diag *d)
{
	char hex[2 * DIGEST_MAX + 1];
	enum status st = ST_OK;

	if ((f->asked & INV_ASK_MARKS) != 0)
		look_for_marks(c->inv, src, f);
	if ((f->asked & INV_ASK_VERSION) != 0)
		st = read_version(src, &f->version, d);
	if (st == ST_OK && (f->asked & INV_ASK_SIGNATURE) != 0)
		judge_seen(c, src, f);
	if (st == ST_OK && (f->asked & INV_ASK_DIGEST) != 0 &&
	    f->sha256 == NULL) {
		st = hash(src, hex, d);
		if (st == ST_OK)
			f->sha256 = xstrdup(hex);
	}
	return st;
}

/* "15.2.1118.7, sha256 ..." */
static void
note_file(struct collect *c, struct inv_file *f)
{
	char text[VERSION_TEXT];
	struct buf b;

	buf_init(&b, DETAIL_MAX);
	if (version_known(f->version))
		buf_puts(&b, version_format(f->version, text));
	if (f->sha256 != NULL)
		buf_printf(&b, "%ssha256 %s", b.len != 0 ? ", " : "",
		    f->sha256);
	f->ev = collect_note(c, EV_FILE, EV_PRESENT, f->path, buf_text(&b));
	if (f->seen != NULL && f->seen->why.refused)
		c->inv->evidence[f->ev - 1].refused = true;
	buf_fini(&b);
}

static void
collect_file(struct collect *c, struct inv_file *f)
{
	struct diag d = { .text = "" };
	struct host_file open;
	struct host_stat s;
	enum status st;

	f->is_link = host_file_stat(c->host, f->path, &s, NULL) == ST_OK &&
	    s.is_link;
	st = host_file_open(c->host, f->path, &open, &d);
	if (st == ST_ABSENT) {
		f->state = EV_ABSENT;
		/* What is only one of a list need not be there. */
		if (f->asked != INV_ASK_DIGEST)
			f->ev = collect_note(c, EV_FILE, EV_ABSENT, f->path,
			    NULL);
		return;
	}
	if (st == ST_OK) {
		st = ask(c, &open.src, f, &d);
		host_file_close(&open);
	}
	if (st != ST_OK) {
		f->state = EV_UNREADABLE;
		f->ev = collect_unreadable(c, EV_FILE, f->path, &d);
		return;
	}
	f->state = EV_PRESENT;
	note_file(c, f);
}

void
collect_files(struct collect *c)
{
	size_t i;

	for (i = 0; i < c->inv->file_count; i++)
		collect_file(c, &c->inv->files[i]);
}

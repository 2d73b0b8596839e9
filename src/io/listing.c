/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "io/listing.h"
#include "base/alloc.h"
#include "base/utf.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A listing in the making. */
struct filling {
	struct listing	*l;
	bool		 too_many;
};

/* Upper case and name, each with its NUL. */
static bool
add_name(void *ctx, const char *name)
{
	struct filling *f = ctx;
	struct listing *l = f->l;
	char *folded;

	f->too_many = l->count == TREE_MAX_NAMES;
	if (f->too_many)
		return false;
	folded = utf_fold_dup(name);
	buf_append(&l->text, folded, strlen(folded) + 1);
	buf_append(&l->text, name, strlen(name) + 1);
	l->count++;
	free(folded);
	return !l->text.full;
}

static enum status
read_names(struct folder folder, struct listing *l, struct diag *d)
{
	struct filling f = { .l = l };
	enum status st = folder_names(folder, add_name, &f, d);

	if (st != ST_OK)
		diag_wrap(d, "cannot list the folder");
	else if (f.too_many)
		st = diag_set(d, ST_LIMIT, DIAG_NOWHERE,
		    "limit: TREE_MAX_NAMES", "more than %d names in the "
		    "folder", TREE_MAX_NAMES);
	else if (l->text.full)
		st = diag_set(d, ST_LIMIT, DIAG_NOWHERE,
		    "limit: TREE_CACHE_BYTES", "too many names in the folder");
	return st;
}

/* The order of utf_casecmp(): UTF-8 sorts as its code points do. */
static int
name_cmp(const void *va, const void *vb)
{
	const struct listing_name *a = va, *b = vb;
	int c = strcmp(a->folded, b->folded);

	return c != 0 ? c : strcmp(a->name, b->name);
}

/* TEXT does not move any more: point into it. */
static void
index_names(struct listing *l)
{
	const char *at = buf_text(&l->text);
	size_t i;

	l->names = xcalloc(l->count, sizeof(*l->names));
	for (i = 0; i < l->count; i++) {
		l->names[i].folded = at;
		at += strlen(at) + 1;
		l->names[i].name = at;
		at += strlen(at) + 1;
	}
	qsort(l->names, l->count, sizeof(*l->names), name_cmp);
}

enum status
listing_read(struct folder folder, struct listing *out, struct diag *d)
{
	struct listing l = { 0 };
	enum status st;

	buf_init(&l.text, TREE_CACHE_BYTES);
	st = read_names(folder, &l, d);
	if (st != ST_OK) {
		listing_fini(&l);
		return st;
	}
	index_names(&l);
	*out = l;
	return ST_OK;
}

void
listing_fini(struct listing *l)
{
	free(l->names);
	buf_fini(&l->text);
}

const char *
listing_find(const struct listing *l, const char *name, const char **twin)
{
	char *folded = utf_fold_dup(name);
	size_t lo = 0, hi = l->count;
	bool found;

	/* The first that is not less: of equals, the first by byte. */
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (strcmp(l->names[mid].folded, folded) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	found = lo < l->count && strcmp(l->names[lo].folded, folded) == 0;
	*twin = found && lo + 1 < l->count &&
	    strcmp(l->names[lo + 1].folded, folded) == 0 ?
	    l->names[lo + 1].name : NULL;
	free(folded);
	return found ? l->names[lo].name : NULL;
}

static void
drop_last(struct listing_cache *c)
{
	struct listing_slot *s = &c->slots[--c->count];

	c->bytes -= s->list.text.len;
	listing_fini(&s->list);
	free(s->path);
}

/* Move slot I to the front. */
static void
touch(struct listing_cache *c, size_t i)
{
	struct listing_slot s = c->slots[i];

	memmove(&c->slots[1], &c->slots[0], i * sizeof(s));
	c->slots[0] = s;
}

enum status
listing_cached(struct listing_cache *c, struct folder folder,
    const char *path, const struct listing **out, struct diag *d)
{
	struct listing l;
	enum status st;
	size_t i;

	for (i = 0; i < c->count; i++)
		if (strcmp(c->slots[i].path, path) == 0)
			break;
	if (i == c->count) {
		st = listing_read(folder, &l, d);
		if (st != ST_OK)
			return st;
		while (c->count == TREE_CACHE_FOLDERS || (c->count > 0 &&
		    l.text.len > TREE_CACHE_BYTES - c->bytes))
			drop_last(c);
		i = c->count++;
		c->slots[i] = (struct listing_slot){ xstrdup(path), l };
		c->bytes += l.text.len;
	}
	touch(c, i);
	*out = &c->slots[0].list;
	return ST_OK;
}

void
listing_cache_fini(struct listing_cache *c)
{
	while (c->count > 0)
		drop_last(c);
}

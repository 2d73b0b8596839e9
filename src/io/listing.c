/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "io/listing.h"
#include "base/alloc.h"
#include "base/utf.h"
#include "io/file_fd.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum status
io_error(struct diag *d)
{
	return diag_set(d, ST_IO, DIAG_NOWHERE, NULL,
	    "cannot list the folder: %s", strerror(errno));
}

/* Upper case and name, each with its NUL. */
static void
add_name(struct listing *l, const char *name)
{
	char *folded = utf_fold_dup(name);

	buf_append(&l->text, folded, strlen(folded) + 1);
	buf_append(&l->text, name, strlen(name) + 1);
	l->count++;
	free(folded);
}

static enum status
read_names(DIR *dir, struct listing *l, struct diag *d)
{
	const struct dirent *e;

	/* readdir() tells an error from the end by errno alone. */
	while (errno = 0, (e = readdir(dir)) != NULL) {
		if (strcmp(e->d_name, ".") == 0 ||
		    strcmp(e->d_name, "..") == 0)
			continue;
		if (l->count == TREE_MAX_NAMES)
			return diag_set(d, ST_LIMIT, DIAG_NOWHERE,
			    "limit: TREE_MAX_NAMES",
			    "more than %d names in the folder",
			    TREE_MAX_NAMES);
		add_name(l, e->d_name);
	}
	if (errno != 0)
		return io_error(d);
	if (l->text.full)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE,
		    "limit: TREE_CACHE_BYTES", "too many names in the folder");
	return ST_OK;
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
listing_read(int fd, struct listing *out, struct diag *d)
{
	struct listing l = { 0 };
	DIR *dir = NULL;
	enum status st;
	int own = file_openat(fd, ".", O_DIRECTORY);

	if (own < 0)
		return io_error(d);
	dir = fdopendir(own);
	if (dir == NULL) {
		st = io_error(d);
		close(own);
		return st;
	}
	buf_init(&l.text, TREE_CACHE_BYTES);
	st = read_names(dir, &l, d);
	closedir(dir);
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
listing_find(const struct listing *l, const char *name)
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
listing_cached(struct listing_cache *c, int fd, const char *path,
    const struct listing **out, struct diag *d)
{
	struct listing l;
	enum status st;
	size_t i;

	for (i = 0; i < c->count; i++)
		if (strcmp(c->slots[i].path, path) == 0)
			break;
	if (i == c->count) {
		st = listing_read(fd, &l, d);
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

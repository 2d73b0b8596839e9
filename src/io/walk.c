/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "io/walk.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "io/folder.h"
#include "io/listing.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A folder that the walk is in. */
struct level {
	char		*path;		/* owned */
	struct folder	 folder;
	struct listing	 list;
	size_t		 at;		/* the next name */
};

struct walk {
	const char *const *paths;
	size_t		 count, at;
	struct level	 levels[TREE_MAX_DEPTH];
	size_t		 depth;
};

struct walk *
walk_new(const char *const *paths, size_t count)
{
	struct walk *w = xcalloc(1, sizeof(*w));

	w->paths = paths;
	w->count = count;
	return w;
}

static void
leave(struct walk *w)
{
	struct level *l = &w->levels[--w->depth];

	listing_fini(&l->list);
	free(l->path);
	folder_close(l->folder);
}

void
walk_free(struct walk *w)
{
	if (w == NULL)
		return;
	while (w->depth > 0)
		leave(w);
	free(w);
}

/* Go into FOLDER, which is taken, called PATH. */
static enum status
enter(struct walk *w, struct folder folder, const char *path,
    struct diag *d)
{
	struct level l = { .folder = folder };
	enum status st;

	if (w->depth == TREE_MAX_DEPTH)
		st = diag_set(d, ST_LIMIT, DIAG_NOWHERE,
		    "limit: TREE_MAX_DEPTH", "more than %d folders inside "
		    "one another", TREE_MAX_DEPTH);
	else
		st = listing_read(folder, &l.list, d);
	if (st != ST_OK) {
		folder_close(folder);
		return st;
	}
	l.path = xstrdup(path);
	w->levels[w->depth++] = l;
	return ST_OK;
}

static enum status
cannot_open(struct diag *d)
{
	diag_wrap(d, "cannot open the folder");
	return ST_IO;
}

static bool
at_end(const struct walk *w)
{
	const struct level *l = &w->levels[w->depth - 1];

	return l->at == l->list.count;
}

/* The next given path: a file, or a folder that is entered. */
static enum status
start(struct walk *w, char **out, bool *is_file, struct diag *d)
{
	const char *path = w->paths[w->at++];
	struct folder f;
	struct entry e;
	enum status st;

	*out = xstrdup(path);
	st = entry_of_path(path, &e, d);
	if (st != ST_OK)
		return st;
	if (e.kind == ENTRY_FOLDER) {
		/* The one place where a link to a folder is followed. */
		if (folder_open(path, &f, NULL, d) != ST_OK)
			return cannot_open(d);
		return enter(w, f, path, d);
	}
	if (e.kind != ENTRY_FILE)
		return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "neither a file nor a folder");
	*is_file = true;
	return ST_OK;
}

/* The next name in the innermost folder: a file, a folder that is entered, or
 * neither. */
static enum status
look(struct walk *w, char **out, bool *is_file, struct diag *d)
{
	struct level *l = &w->levels[w->depth - 1];
	const char *name = l->list.names[l->at++].name;
	struct folder f;
	struct entry e;
	enum status st;

	*out = path_join(l->path, name);
	st = folder_entry(l->folder, name, &e, d);
	if (st == ST_OK && e.kind == ENTRY_FOLDER) {
		if (folder_step(l->folder, name, &f, d) != ST_OK)
			return cannot_open(d);
		return enter(w, f, *out, d);
	}
	if (st == ST_OK && e.kind == ENTRY_LINK &&
	    entry_behind(l->folder, name, &e, NULL) != ST_OK)
		return ST_OK;
	/* Gone since it was listed: nothing to look at. */
	if (st == ST_ABSENT)
		return ST_OK;
	*is_file = st == ST_OK && e.kind == ENTRY_FILE;
	return st;
}

enum status
walk_next(struct walk *w, char **path, struct diag *d)
{
	bool is_file = false;
	enum status st;

	for (;;) {
		*path = NULL;
		while (w->depth > 0 && at_end(w))
			leave(w);
		if (w->depth == 0 && w->at == w->count)
			return ST_OK;
		st = w->depth > 0 ? look(w, path, &is_file, d) :
		    start(w, path, &is_file, d);
		if (st != ST_OK || is_file)
			return st;
		free(*path);
	}
}

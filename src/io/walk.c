/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "io/walk.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "io/beneath.h"
#include "io/file_fd.h"
#include "io/listing.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder that the walk is in. */
struct level {
	char		*path;		/* owned */
	int		 fd;		/* for openat() */
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
	close(l->fd);
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

static enum status
system_says(struct diag *d)
{
	return diag_set(d, errno == ENOENT || errno == ENOTDIR ? ST_ABSENT :
	    ST_IO, DIAG_NOWHERE, NULL, "%s", strerror(errno));
}

/* Go into the folder FD, which is taken, called PATH. */
static enum status
enter(struct walk *w, int fd, const char *path, struct diag *d)
{
	struct level l = { .fd = fd };
	enum status st;

	if (fd < 0)
		return diag_set(d, ST_IO, DIAG_NOWHERE, NULL,
		    "cannot open the folder: %s", strerror(errno));
	if (w->depth == TREE_MAX_DEPTH)
		st = diag_set(d, ST_LIMIT, DIAG_NOWHERE,
		    "limit: TREE_MAX_DEPTH", "more than %d folders inside "
		    "one another", TREE_MAX_DEPTH);
	else
		st = listing_read(fd, &l.list, d);
	if (st != ST_OK) {
		close(fd);
		return st;
	}
	l.path = xstrdup(path);
	w->levels[w->depth++] = l;
	return ST_OK;
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
	struct stat st;

	*out = xstrdup(path);
	if (stat(path, &st) != 0)
		return system_says(d);
	if (S_ISDIR(st.st_mode))
		/* The one place where a link to a folder is followed. */
		return enter(w, file_openat(AT_FDCWD, path, O_DIRECTORY), path,
		    d);
	if (!S_ISREG(st.st_mode))
		return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "neither a file nor a folder");
	*is_file = true;
	return ST_OK;
}

static char *
join(const char *folder, const char *name)
{
	size_t n = strlen(folder);

	return xasprintf("%s%s%s", folder,
	    n > 0 && folder[n - 1] == '/' ? "" : "/", name);
}

/* The next name in the innermost folder: a file, a folder that is entered, or
 * neither. */
static enum status
look(struct walk *w, char **out, bool *is_file, struct diag *d)
{
	struct level *l = &w->levels[w->depth - 1];
	const char *name = l->list.names[l->at++].name;
	struct stat st;

	*out = join(l->path, name);
	if (fstatat(l->fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		/* Gone since it was listed: nothing to look at. */
		return errno == ENOENT || errno == ENOTDIR ? ST_OK :
		    system_says(d);
	if (S_ISDIR(st.st_mode))
		return enter(w, beneath_step(l->fd, name), *out, d);
	if (S_ISLNK(st.st_mode) && fstatat(l->fd, name, &st, 0) != 0)
		return ST_OK;
	*is_file = S_ISREG(st.st_mode);
	return ST_OK;
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

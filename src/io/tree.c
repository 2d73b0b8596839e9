/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "io/tree.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "io/beneath.h"
#include "io/file_fd.h"
#include "io/link.h"
#include "io/listing.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct tree {
	int		 root;		/* folder descriptor */
	char		*mount;		/* absolute path of the root */
	char		 letter;	/* of the drive, or '\0' */
	bool		 stepwise;	/* no openat2() */
	struct listing_cache cache;
	/*
	 * The folder entered last: a scan asks for one file after the other
	 * of the same folder.
	 */
	struct place {
		int	 fd;		/* -1 is none */
		char	*asked;		/* its path as it was asked for */
		char	*real;		/* as it is: letter case, no links */
	}		 last;
};

/*
 * One walk down the tree, a part at a time and never through a link: links
 * are read here and their targets walked like any other path.
 */
struct walk {
	struct tree	*t;
	int		 fd;		/* the folder stood in, owned */
	char		 real[TREE_MAX_PATH];	/* its path */
	char		 name[TREE_MAX_PATH];	/* in it; "" is the folder */
	struct stat	 st;		/* of NAME */
	char		 rest[TREE_MAX_PATH];	/* parts still to walk */
	size_t		 at;		/* in REST */
	size_t		 own;		/* bytes at the end of REST that were
					   asked for; links gave the others */
	unsigned	 links;
};

enum status
tree_open(const char *root, struct tree **out, struct diag *d)
{
	struct tree *t;
	struct stat st;
	char *mount;
	int fd;

	if (stat(root, &st) != 0)
		return file_errno(errno, root, d);
	if (!S_ISDIR(st.st_mode))
		return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "%s: not a folder", root);
	mount = realpath(root, NULL);
	if (mount == NULL)
		return file_errno(errno, root, d);
	fd = file_openat(AT_FDCWD, mount, O_DIRECTORY);
	if (fd < 0) {
		free(mount);
		return file_errno(errno, root, d);
	}
	t = xcalloc(1, sizeof(*t));
	t->root = fd;
	t->mount = mount;
	t->last.fd = -1;
	*out = t;
	return ST_OK;
}

static void
place_fini(struct place *p)
{
	if (p->fd >= 0)
		close(p->fd);
	free(p->asked);
	free(p->real);
	*p = (struct place){ .fd = -1 };
}

void
tree_close(struct tree *t)
{
	if (t == NULL)
		return;
	place_fini(&t->last);
	listing_cache_fini(&t->cache);
	close(t->root);
	free(t->mount);
	free(t);
}

void
tree_set_letter(struct tree *t, char letter)
{
	t->letter = letter;
}

void
tree_step_only(struct tree *t)
{
	t->stepwise = true;
}

/* ------------------------------------------------------------- paths */

static enum status
too_long(struct diag *d)
{
	return diag_set(d, ST_LIMIT, DIAG_NOWHERE, "limit: TREE_MAX_PATH",
	    "path of more than %d bytes", TREE_MAX_PATH - 1);
}

/* Add PART to PATH of TREE_MAX_PATH bytes; false when it does not fit. */
static bool
path_push(char *path, const char *part, size_t len)
{
	size_t n = strlen(path), sep = n != 0;

	if (len >= TREE_MAX_PATH - n - sep)
		return false;
	if (sep)
		path[n] = '/';
	memcpy(path + n + sep, part, len);
	path[n + sep + len] = '\0';
	return true;
}

static void
path_pop(char *path)
{
	char *slash = strrchr(path, '/');

	*(slash != NULL ? slash : path) = '\0';
}

/* The part at *S, which moves behind it and its separators. */
static size_t
path_part(const char **s, const char **part)
{
	size_t n;

	*part = *s;
	n = strcspn(*s, "\\/");
	*s += n;
	*s += strspn(*s, "\\/");
	return n;
}

static bool
part_is(const char *part, size_t len, const char *text)
{
	return len == strlen(text) && memcmp(part, text, len) == 0;
}

/* PATH with '/' and without ".", ".." and empty parts, into OUT. */
static enum status
path_normal(const char *path, char *out, struct diag *d)
{
	out[0] = '\0';
	while (*path != '\0') {
		const char *part;
		size_t n = path_part(&path, &part);

		if (part_is(part, n, ".."))
			path_pop(out);
		else if (n != 0 && !part_is(part, n, ".") &&
		    !path_push(out, part, n))
			return too_long(d);
	}
	return ST_OK;
}

static size_t
path_depth(const char *path)
{
	size_t n = *path != '\0';

	for (; *path != '\0'; path++)
		n += *path == '/';
	return n;
}

/*
 * Could NAME be the short name (8.3) that Windows made for a longer one?
 * Drivers for Linux do not look those up.
 */
static bool
is_short_name(const char *name)
{
	size_t base = strcspn(name, "."), tilde = strcspn(name, "~");
	size_t digits = strspn(name + tilde + (name[tilde] != '\0'),
	    "0123456789");

	return base <= 8 && strlen(name) <= 12 && tilde > 0 && tilde < base &&
	    digits != 0 && tilde + 1 + digits == base;
}

/* ------------------------------------------------------------ walking */

/* Start in the folder FD, whose path is REAL, with REST to go. */
static enum status
walk_begin(struct walk *w, struct tree *t, int fd, const char *real,
    const char *rest, struct diag *d)
{
	w->t = t;
	w->name[0] = '\0';
	w->at = 0;
	w->own = strlen(rest);
	w->links = 0;
	w->fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	if (w->fd < 0)
		return file_errno(errno, rest, d);
	memcpy(w->real, real, strlen(real) + 1);
	memcpy(w->rest, rest, w->own + 1);
	return ST_OK;
}

static void
walk_end(struct walk *w)
{
	if (w->fd >= 0)
		close(w->fd);
	w->fd = -1;
}

/* Stand in the folder FD (-1: it could not be opened) from now on. */
static enum status
walk_stand(struct walk *w, int fd, struct diag *d)
{
	if (fd < 0)
		return diag_set(d, ST_IO, DIAG_NOWHERE, NULL,
		    "cannot enter the folder %s: %s", w->real,
		    strerror(errno));
	close(w->fd);
	w->fd = fd;
	w->name[0] = '\0';
	return ST_OK;
}

/* Stand in the folder of the path w->real. */
static enum status
walk_reopen(struct walk *w, struct diag *d)
{
	return walk_stand(w,
	    beneath_folder(w->t->root, w->real, &w->t->stepwise), d);
}

/* Enter NAME, which has to be a folder if there is one. */
static enum status
walk_enter(struct walk *w, struct diag *d)
{
	if (w->name[0] == '\0')
		return ST_OK;
	if (!S_ISDIR(w->st.st_mode))
		return diag_set(d, ST_ABSENT, DIAG_NOWHERE, NULL,
		    "%s is not a folder", w->name);
	if (!path_push(w->real, w->name, strlen(w->name)))
		return too_long(d);
	if (path_depth(w->real) > TREE_MAX_DEPTH)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE,
		    "limit: TREE_MAX_DEPTH", "more than %d folders deep",
		    TREE_MAX_DEPTH);
	return walk_stand(w, beneath_step(w->fd, w->name), d);
}

/* ".." of a link's target: never above the root. */
static enum status
walk_up(struct walk *w, struct diag *d)
{
	if (w->name[0] != '\0') {
		w->name[0] = '\0';
		return ST_OK;
	}
	path_pop(w->real);
	return walk_reopen(w, d);
}

/* Find w->name in the folder, exactly or else in another letter case. */
static enum status
walk_find(struct walk *w, struct diag *d)
{
	const struct listing *list;
	const char *found;
	enum status st;

	if (fstatat(w->fd, w->name, &w->st, AT_SYMLINK_NOFOLLOW) == 0)
		return ST_OK;
	if (errno != ENOENT)
		return diag_set(d, ST_IO, DIAG_NOWHERE, NULL, "%s: %s",
		    w->name, strerror(errno));
	st = listing_cached(&w->t->cache, w->fd, w->real, &list, d);
	if (st != ST_OK)
		return st;
	found = listing_find(list, w->name);
	if (found == NULL && is_short_name(w->name))
		return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "short name %s cannot be looked up", w->name);
	if (found == NULL)
		return diag_set(d, ST_ABSENT, DIAG_NOWHERE, NULL,
		    "no such file or folder");
	snprintf(w->name, sizeof(w->name), "%s", found);
	if (fstatat(w->fd, w->name, &w->st, AT_SYMLINK_NOFOLLOW) != 0)
		return diag_set(d, ST_IO, DIAG_NOWHERE, NULL, "%s: %s",
		    w->name, strerror(errno));
	return ST_OK;
}

static enum status
outside(const char *target, struct diag *d)
{
	return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
	    "the link leads to %s, which is not in the volume", target);
}

/* Put the target of the link w->name before what is left to walk. */
static enum status
walk_link(struct walk *w, struct diag *d)
{
	char target[TREE_MAX_PATH], rest[TREE_MAX_PATH];
	const char *left = w->rest + w->at, *to = NULL;
	enum link_base base;
	ssize_t n = readlinkat(w->fd, w->name, target, sizeof(target));
	int len;

	if (n < 0)
		return diag_set(d, ST_IO, DIAG_NOWHERE, NULL,
		    "cannot read the link: %s", strerror(errno));
	if ((size_t)n == sizeof(target))
		return too_long(d);
	target[n] = '\0';
	if (++w->links > TREE_MAX_LINKS)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE,
		    "limit: TREE_MAX_LINKS", "more than %d links on the way",
		    TREE_MAX_LINKS);
	base = link_parse(target, w->t->mount, w->t->letter, &to);
	if (base == LINK_OUTSIDE)
		return outside(target, d);
	if (w->own > strlen(left))
		w->own = strlen(left);
	len = snprintf(rest, sizeof(rest), *left != '\0' ? "%s/%s" : "%s%s",
	    to, left);
	if (len < 0 || (size_t)len >= sizeof(rest))
		return too_long(d);
	memcpy(w->rest, rest, (size_t)len + 1);
	w->at = 0;
	w->name[0] = '\0';
	if (base == LINK_FOLDER)
		return ST_OK;
	w->real[0] = '\0';
	return walk_reopen(w, d);
}

static enum status
walk_part(struct walk *w, const char *part, size_t n, struct diag *d)
{
	enum status st;

	if (n == 0 || part_is(part, n, "."))
		return ST_OK;
	if (part_is(part, n, ".."))
		return walk_up(w, d);
	st = walk_enter(w, d);
	if (st != ST_OK)
		return st;
	memcpy(w->name, part, n);
	w->name[n] = '\0';
	st = walk_find(w, d);
	if (st == ST_OK && S_ISLNK(w->st.st_mode)) {
		st = walk_link(w, d);
		if (st != ST_OK)
			diag_wrap(d, "%.*s", (int)n, part);
	}
	return st;
}

/*
 * Walk to the end: w->name in w->fd, or the folder itself, is what was asked
 * for, and no link. What a link leads to and is not there is not "absent":
 * Windows may well find it, on another volume.
 */
static enum status
walk_run(struct walk *w, struct diag *d)
{
	while (w->rest[w->at] != '\0') {
		bool from_link = strlen(w->rest + w->at) > w->own;
		const char *s = w->rest + w->at, *part;
		size_t n = path_part(&s, &part);
		enum status st;

		w->at = (size_t)(s - w->rest);
		st = walk_part(w, part, n, d);
		if (st == ST_ABSENT && from_link)
			return outside(w->rest, d);
		if (st != ST_OK)
			return st;
	}
	if (w->name[0] == '\0' && fstat(w->fd, &w->st) != 0)
		return diag_set(d, ST_IO, DIAG_NOWHERE, NULL, "%s",
		    strerror(errno));
	return ST_OK;
}

/* Make FOLDER, as path_normal() writes, t->last. */
static enum status
tree_enter(struct tree *t, const char *folder, struct diag *d)
{
	struct walk w = { .fd = -1 };
	enum status st = ST_OK;
	int fd;

	if (t->last.fd >= 0 && strcmp(t->last.asked, folder) == 0)
		return ST_OK;
	/* Spelt exactly and without links, it takes one system call. */
	fd = beneath_folder(t->root, folder, &t->stepwise);
	if (fd >= 0 && path_depth(folder) <= TREE_MAX_DEPTH) {
		place_fini(&t->last);
		t->last = (struct place){ fd, xstrdup(folder),
		    xstrdup(folder) };
		return ST_OK;
	}
	if (fd >= 0)
		close(fd);
	st = walk_begin(&w, t, t->root, "", folder, d);
	if (st == ST_OK)
		st = walk_run(&w, d);
	if (st == ST_OK)
		st = walk_enter(&w, d);
	if (st == ST_OK) {
		place_fini(&t->last);
		t->last = (struct place){ w.fd, xstrdup(folder),
		    xstrdup(w.real) };
		w.fd = -1;
	}
	walk_end(&w);
	return st;
}

/* Walk to PATH. *W needs walk_end() in any case. */
static enum status
tree_walk(struct tree *t, const char *path, struct walk *w, struct diag *d)
{
	char asked[TREE_MAX_PATH], *slash;
	const char *leaf = asked;
	enum status st;

	w->fd = -1;
	st = path_normal(path, asked, d);
	if (st != ST_OK)
		return st;
	slash = strrchr(asked, '/');
	if (slash != NULL) {
		*slash = '\0';
		leaf = slash + 1;
	}
	st = tree_enter(t, slash != NULL ? asked : "", d);
	if (st == ST_OK)
		st = walk_begin(w, t, t->last.fd, t->last.real, leaf, d);
	if (st == ST_OK)
		st = walk_run(w, d);
	return st;
}

/* ---------------------------------------------------------- questions */

enum status
tree_file_open(struct tree *t, const char *path, struct file **out,
    struct diag *d)
{
	struct walk w;
	enum status st;
	int fd;

	st = tree_walk(t, path, &w, d);
	if (st != ST_OK)
		goto out;
	if (!S_ISREG(w.st.st_mode)) {
		st = diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "not a regular file");
		goto out;
	}
	fd = file_openat(w.fd, w.name, O_NOFOLLOW);
	if (fd < 0)
		st = diag_set(d, ST_IO, DIAG_NOWHERE, NULL, "%s",
		    strerror(errno));
	else
		st = file_of_fd(fd, w.name, out, d);
out:
	walk_end(&w);
	return st;
}

enum status
tree_stat(struct tree *t, const char *path, struct tree_stat *out,
    struct diag *d)
{
	struct walk w;
	enum status st = tree_walk(t, path, &w, d);

	if (st == ST_OK) {
		*out = (struct tree_stat){ .kind = TREE_OTHER };
		if (S_ISDIR(w.st.st_mode))
			out->kind = TREE_FOLDER;
		else if (S_ISREG(w.st.st_mode)) {
			out->kind = TREE_FILE;
			out->size = (uint64_t)w.st.st_size;
		}
	}
	walk_end(&w);
	return st;
}

static char **
names_dup(const struct listing *list)
{
	char **names = xcalloc(list->count, sizeof(*names));
	size_t i;

	for (i = 0; i < list->count; i++)
		names[i] = xstrdup(list->names[i].name);
	return names;
}

enum status
tree_list(struct tree *t, const char *path, char ***names, size_t *count,
    struct diag *d)
{
	const struct listing *list;
	struct walk w;
	enum status st;

	st = tree_walk(t, path, &w, d);
	if (st != ST_OK)
		goto out;
	if (!S_ISDIR(w.st.st_mode)) {
		st = diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "not a folder");
		goto out;
	}
	st = walk_enter(&w, d);
	if (st == ST_OK)
		st = listing_cached(&t->cache, w.fd, w.real, &list, d);
	if (st != ST_OK)
		goto out;
	*names = names_dup(list);
	*count = list->count;
out:
	walk_end(&w);
	return st;
}

void
tree_names_free(char **names, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		free(names[i]);
	free(names);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "io/tree.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "io/folder.h"
#include "io/link.h"
#include "io/listing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tree {
	struct folder	 root;
	char		*mount;		/* absolute path of the root */
	char		 letter;	/* of the drive, or '\0' */
	bool		 stepwise;	/* see folder_beneath() */
	struct listing_cache cache;
	/*
	 * The folder entered last: a scan asks for one file after the other
	 * of the same folder.
	 */
	struct place {
		struct folder folder;	/* perhaps none */
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
	struct folder	 folder;	/* the folder stood in, owned */
	char		 real[TREE_MAX_PATH];	/* its path */
	char		 name[TREE_MAX_PATH];	/* in it; "" is the folder */
	struct entry	 entry;		/* what NAME is */
	char		 rest[TREE_MAX_PATH];	/* parts still to walk */
	size_t		 at;		/* in REST */
	size_t		 own;		/* bytes at the end of REST that were
					   asked for; links gave the others */
	unsigned	 links;
};

enum status
tree_open(const char *root, struct tree **out, struct diag *d)
{
	struct folder folder;
	struct tree *t;
	char *mount;
	enum status st = folder_open(root, &folder, &mount, d);

	if (st != ST_OK) {
		diag_wrap(d, "%s", root);
		return st;
	}
	t = xcalloc(1, sizeof(*t));
	t->root = folder;
	t->mount = mount;
	t->last.folder = FOLDER_NONE;
	*out = t;
	return ST_OK;
}

static void
place_fini(struct place *p)
{
	folder_close(p->folder);
	free(p->asked);
	free(p->real);
	*p = (struct place){ .folder = FOLDER_NONE };
}

void
tree_close(struct tree *t)
{
	if (t == NULL)
		return;
	place_fini(&t->last);
	listing_cache_fini(&t->cache);
	folder_close(t->root);
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

/* Start in FOLDER, whose path is REAL, with REST to go. */
static enum status
walk_begin(struct walk *w, struct tree *t, struct folder folder,
    const char *real, const char *rest, struct diag *d)
{
	enum status st;

	w->t = t;
	w->name[0] = '\0';
	w->at = 0;
	w->own = strlen(rest);
	w->links = 0;
	st = folder_again(folder, &w->folder, d);
	if (st != ST_OK) {
		diag_wrap(d, "%s", rest);
		return st;
	}
	memcpy(w->real, real, strlen(real) + 1);
	memcpy(w->rest, rest, w->own + 1);
	return ST_OK;
}

static void
walk_end(struct walk *w)
{
	folder_close(w->folder);
	w->folder = FOLDER_NONE;
}

/* Stand in FOLDER from now on, if opening it went well. */
static enum status
walk_stand(struct walk *w, enum status st, struct folder folder,
    struct diag *d)
{
	if (st != ST_OK) {
		diag_wrap(d, "cannot enter the folder %s", w->real);
		return ST_IO;
	}
	folder_close(w->folder);
	w->folder = folder;
	w->name[0] = '\0';
	return ST_OK;
}

/* Stand in the folder of the path w->real. */
static enum status
walk_reopen(struct walk *w, struct diag *d)
{
	struct folder f = FOLDER_NONE;
	enum status st = folder_beneath(w->t->root, w->real, &w->t->stepwise,
	    &f, d);

	return walk_stand(w, st, f, d);
}

/* Enter NAME, which has to be a folder if there is one. */
static enum status
walk_enter(struct walk *w, struct diag *d)
{
	struct folder f = FOLDER_NONE;
	enum status st;

	if (w->name[0] == '\0')
		return ST_OK;
	if (w->entry.kind != ENTRY_FOLDER)
		return diag_set(d, ST_ABSENT, DIAG_NOWHERE, NULL,
		    "%s is not a folder", w->name);
	if (!path_push(w->real, w->name, strlen(w->name)))
		return too_long(d);
	if (path_depth(w->real) > TREE_MAX_DEPTH)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE,
		    "limit: TREE_MAX_DEPTH", "more than %d folders deep",
		    TREE_MAX_DEPTH);
	st = folder_step(w->folder, w->name, &f, d);
	return walk_stand(w, st, f, d);
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

/*
 * Find w->name in the folder, in whatever letter case. Of several that differ
 * in nothing else, which another system can make, it is not known which one
 * Windows would open.
 */
static enum status
walk_find(struct walk *w, struct diag *d)
{
	const struct listing *list;
	const char *found, *twin;
	enum status exact, st;

	exact = folder_entry(w->folder, w->name, &w->entry, d);
	if (exact != ST_OK && exact != ST_ABSENT) {
		diag_wrap(d, "%s", w->name);
		return ST_IO;
	}
	st = listing_cached(&w->t->cache, w->folder, w->real, &list,
	    exact == ST_OK ? NULL : d);
	if (st != ST_OK)
		return exact == ST_OK ? ST_OK : st;
	found = listing_find(list, w->name, &twin);
	if (twin != NULL)
		return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "%s and %s differ only in letter case", found, twin);
	if (exact == ST_OK)
		return ST_OK;
	if (found == NULL && is_short_name(w->name))
		return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "short name %s cannot be looked up", w->name);
	if (found == NULL)
		return diag_set(d, ST_ABSENT, DIAG_NOWHERE, NULL,
		    "no such file or folder");
	snprintf(w->name, sizeof(w->name), "%s", found);
	if (folder_entry(w->folder, w->name, &w->entry, d) != ST_OK) {
		diag_wrap(d, "%s", w->name);
		return ST_IO;
	}
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
	enum status st = folder_link(w->folder, w->name, target,
	    sizeof(target), d);
	int len;

	if (st == ST_LIMIT)
		return too_long(d);
	if (st != ST_OK) {
		diag_wrap(d, "cannot read the link");
		return st == ST_ABSENT ? ST_IO : st;
	}
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
	if (st == ST_OK && w->entry.kind == ENTRY_LINK) {
		st = walk_link(w, d);
		if (st != ST_OK)
			diag_wrap(d, "%.*s", (int)n, part);
	}
	return st;
}

/*
 * Walk to the end: w->name in w->folder, or the folder itself, is what was
 * asked for, and no link. What a link leads to and is not there is not
 * "absent": Windows may well find it, on another volume.
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
	if (w->name[0] == '\0')
		w->entry = (struct entry){ .kind = ENTRY_FOLDER };
	return ST_OK;
}

/* Make FOLDER, as path_normal() writes, t->last. */
static enum status
tree_enter(struct tree *t, const char *folder, struct diag *d)
{
	struct walk w = { .folder = FOLDER_NONE };
	enum status st;

	if (t->last.asked != NULL && strcmp(t->last.asked, folder) == 0)
		return ST_OK;
	st = walk_begin(&w, t, t->root, "", folder, d);
	if (st == ST_OK)
		st = walk_run(&w, d);
	if (st == ST_OK)
		st = walk_enter(&w, d);
	if (st == ST_OK) {
		place_fini(&t->last);
		t->last = (struct place){ w.folder, xstrdup(folder),
		    xstrdup(w.real) };
		w.folder = FOLDER_NONE;
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

	w->folder = FOLDER_NONE;
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
		st = walk_begin(w, t, t->last.folder, t->last.real, leaf,
		    d);
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
	enum status st = tree_walk(t, path, &w, d);

	if (st == ST_OK && w.entry.kind != ENTRY_FILE)
		st = diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "not a regular file");
	else if (st == ST_OK) {
		st = folder_file(w.folder, w.name, out, d);
		/* It was there when it was looked at. */
		if (st == ST_ABSENT)
			st = ST_IO;
	}
	walk_end(&w);
	return st;
}

enum status
tree_stat(struct tree *t, const char *path, struct tree_stat *out,
    struct diag *d)
{
	struct walk w;
	enum status st = tree_walk(t, path, &w, d);

	if (st == ST_OK && w.name[0] == '\0')
		st = folder_self(w.folder, &w.entry, d);
	if (st == ST_OK) {
		/* Folders on the way were entered before this walk. */
		*out = (struct tree_stat){ .kind = TREE_OTHER,
		    .is_link = w.links != 0, .id = w.entry.id };
		if (w.entry.kind == ENTRY_FOLDER)
			out->kind = TREE_FOLDER;
		else if (w.entry.kind == ENTRY_FILE) {
			out->kind = TREE_FILE;
			out->size = w.entry.size;
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
	if (w.entry.kind != ENTRY_FOLDER) {
		st = diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "not a folder");
		goto out;
	}
	st = walk_enter(&w, d);
	if (st == ST_OK)
		st = listing_cached(&t->cache, w.folder, w.real, &list,
		    d);
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

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "io/target_posix.h"
#include "base/alloc.h"
#include "io/folder.h"
#include "io/target.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEMP_TRIES	100	/* names of temporary files, if taken */
#define TEMP_END	".tmp"

struct target {
	FILE		*f;
	char		*path;		/* the name in the end */
	char		*temp;		/* NULL: written to directly */
};

/* The temporary file of the one that is being written, or NULL. */
static const char *volatile unfinished;

static enum status
refused(struct diag *d)
{
	return diag_set(d, ST_IO, DIAG_NOWHERE, NULL, "%s", strerror(errno));
}

/* A new file beside t->path, with the rights it would have had directly. */
static int
temp_create(struct target *t)
{
	int i, fd = -1;

	for (i = 0; i < TEMP_TRIES; i++) {
		t->temp = xasprintf("%s.%ld-%d" TEMP_END, t->path,
		    (long)getpid(), i);
		fd = open(t->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
		    0666);
		if (fd >= 0) {
			unfinished = t->temp;
			return fd;
		}
		free(t->temp);
		t->temp = NULL;
		if (errno != EEXIST)
			break;
	}
	return -1;
}

/* Open t->path's stand-in, or what is there when it cannot be replaced. */
static int
stand_in(struct target *t)
{
	struct stat st;
	char *real;
	int fd;

	if (stat(t->path, &st) != 0)
		return temp_create(t);
	if (!S_ISREG(st.st_mode))
		return open(t->path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
	/* A link stays a link: the file that it leads to is replaced. */
	real = realpath(t->path, NULL);
	if (real == NULL)
		return -1;
	free(t->path);
	t->path = real;
	fd = temp_create(t);
	/* Keeping the rights is a courtesy that some file systems refuse. */
	if (fd >= 0)
		(void)fchmod(fd, st.st_mode & 0777);
	return fd;
}

enum status
target_open(const char *path, struct target **out, FILE **stream,
    struct diag *d)
{
	struct target *t = xcalloc(1, sizeof(*t));
	enum status st;
	int fd;

	t->path = xstrdup(path);
	fd = stand_in(t);
	t->f = fd < 0 ? NULL : fdopen(fd, "wb");
	if (t->f == NULL) {
		st = refused(d);
		if (fd >= 0)
			close(fd);
		target_drop(t);
		return st;
	}
	*out = t;
	*stream = t->f;
	return ST_OK;
}

enum status
target_keep(struct target *t, struct diag *d)
{
	enum status st = ST_OK;
	FILE *f = t->f;

	if (t->temp != NULL && fsync(fileno(f)) != 0)
		st = refused(d);
	t->f = NULL;
	if (fclose(f) != 0 && st == ST_OK)
		st = refused(d);
	if (st == ST_OK && t->temp != NULL) {
		if (rename(t->temp, t->path) != 0)
			st = refused(d);
		else {
			unfinished = NULL;
			free(t->temp);
			t->temp = NULL;
		}
	}
	target_drop(t);
	return st;
}

void
target_drop(struct target *t)
{
	if (t->f != NULL)
		fclose(t->f);
	if (t->temp != NULL)
		unlink(t->temp);
	unfinished = NULL;
	free(t->temp);
	free(t->path);
	free(t);
}

void
target_interrupted(void)
{
	const char *temp = unfinished;

	if (temp != NULL)
		(void)unlink(temp);
}

struct sweep {
	const char	*dir, *name;
};

/* Is NAME what temp_create() calls a stand-in of s->name? */
static bool
sweep_one(void *ctx, const char *name)
{
	const struct sweep *s = ctx;
	size_t len = strlen(name), head = strlen(s->name);
	char *path;

	if (len <= head || strncmp(name, s->name, head) != 0 ||
	    name[head] != '.' || strcmp(name + len - strlen(TEMP_END),
	    TEMP_END) != 0)
		return true;
	path = xasprintf("%s/%s", s->dir, name);
	(void)unlink(path);
	free(path);
	return true;
}

void
target_sweep(const char *dir, const char *name)
{
	struct sweep s = { dir, name };
	struct folder f = FOLDER_NONE;
	enum status st = folder_open(dir, &f, NULL, NULL);

	/* What stays does no harm. */
	if (st == ST_OK)
		st = folder_names(f, sweep_one, &s, NULL);
	(void)st;
	folder_close(f);
}

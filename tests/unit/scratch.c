/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#define _XOPEN_SOURCE 700	/* nftw */
#include "config.h"

#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATHS	4	/* results of scratch_path() that live at a time */

static char dir[PATH_MAX];

static void
need(int ok, const char *what)
{
	if (ok)
		return;
	printf("Bail out! %s: %s\n", what, strerror(errno));
	exit(1);
}

void
scratch_begin(void)
{
	const char *tmp = getenv("TMPDIR");
	char name[PATH_MAX - 1];

	snprintf(name, sizeof(name), "%s/rollcall-test-XXXXXX",
	    tmp != NULL && *tmp != '\0' ? tmp : "/tmp");
	need(mkdtemp(name) != NULL, name);
	need(realpath(name, dir) != NULL, name);
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *f)
{
	(void)st;
	(void)type;
	(void)f;
	return remove(path);
}

void
scratch_end(void)
{
	need(nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0, dir);
}

const char *
scratch_path(const char *rel)
{
	static char paths[PATHS][2 * PATH_MAX];
	static unsigned next;
	char *p = paths[next++ % PATHS];

	snprintf(p, sizeof(paths[0]), "%s%s%s", dir, *rel != '\0' ? "/" : "",
	    rel);
	return p;
}

/* The folders above the last part of PATH. */
static void
make_above(char *path)
{
	char *p;

	for (p = path + strlen(dir) + 1; (p = strchr(p, '/')) != NULL; p++) {
		*p = '\0';
		need(mkdir(path, 0777) == 0 || errno == EEXIST, path);
		*p = '/';
	}
}

static char *
new_path(const char *rel)
{
	char *path = strdup(scratch_path(rel));

	need(path != NULL, "memory");
	make_above(path);
	return path;
}

void
scratch_mkdir(const char *rel)
{
	char *path = new_path(rel);

	need(mkdir(path, 0777) == 0 || errno == EEXIST, path);
	free(path);
}

void
scratch_write(const char *rel, const void *p, size_t len)
{
	char *path = new_path(rel);
	FILE *f = fopen(path, "wb");

	need(f != NULL, path);
	need(fwrite(p, 1, len, f) == len && fclose(f) == 0, path);
	free(path);
}

void
scratch_text(const char *rel, const char *text)
{
	scratch_write(rel, text, strlen(text));
}

void
scratch_link(const char *rel, const char *target)
{
	char *path = new_path(rel);

	need(symlink(target, path) == 0, path);
	free(path);
}

char *
scratch_read(const char *rel)
{
	FILE *f = fopen(scratch_path(rel), "rb");
	char *text = calloc(1, 65536);

	need(text != NULL, "memory");
	if (f != NULL) {
		need(fread(text, 1, 65535, f) < 65535, rel);
		fclose(f);
	}
	return text;
}

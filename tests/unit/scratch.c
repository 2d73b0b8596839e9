/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "scratch.h"
#include "scratch_system.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATHS	4	/* results of scratch_path() that live at a time */

static char dir[SCRATCH_PATH];

static void
need(int ok, const char *what)
{
	if (ok)
		return;
	printf("Bail out! %s: %s\n", what, scratch_reason());
	exit(1);
}

void
scratch_begin(void)
{
	need(scratch_make_temp(dir), "a temporary folder");
}

void
scratch_end(void)
{
	need(scratch_remove_tree(dir), dir);
}

const char *
scratch_path(const char *rel)
{
	static char paths[PATHS][2 * SCRATCH_PATH];
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
		need(scratch_make_folder(path), path);
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

	need(scratch_make_folder(path), path);
	free(path);
}

void
scratch_write(const char *rel, const void *p, size_t len)
{
	char *path = new_path(rel);
	FILE *f = scratch_fopen(path, "wb");

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
scratch_cut(const char *rel, size_t len)
{
	need(scratch_cut_file(scratch_path(rel), len), rel);
}

bool
scratch_forbid(const char *rel)
{
	return scratch_set_rights(scratch_path(rel), false);
}

void
scratch_permit(const char *rel)
{
	need(scratch_set_rights(scratch_path(rel), true), rel);
}

bool
scratch_has_links(void)
{
	return scratch_can_link();
}

void
scratch_link(const char *rel, const char *target)
{
	char *path = new_path(rel);

	need(scratch_make_link(target, path), path);
	free(path);
}

char *
scratch_read(const char *rel)
{
	FILE *f = scratch_fopen(scratch_path(rel), "rb");
	char *text = calloc(1, 65536);

	need(text != NULL, "memory");
	if (f != NULL) {
		need(fread(text, 1, 65535, f) < 65535, rel);
		fclose(f);
	}
	return text;
}

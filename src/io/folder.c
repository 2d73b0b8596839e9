/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "io/folder.h"
#include "base/alloc.h"
#include "base/limits.h"

#include <string.h>

/* The part of PATH up to its next '/', into NAME of TREE_MAX_PATH bytes; PATH
 * moves behind it. False when it does not fit. */
static bool
next_part(const char **path, char *name)
{
	size_t n = strcspn(*path, "/");

	if (n >= TREE_MAX_PATH)
		return false;
	memcpy(name, *path, n);
	name[n] = '\0';
	*path += (*path)[n] == '/' ? n + 1 : n;
	return true;
}

enum status
folder_stepwise(struct folder root, const char *path, struct folder *out,
    struct diag *d)
{
	char name[TREE_MAX_PATH];
	struct folder f = FOLDER_NONE, next;
	enum status st = folder_again(root, &f, d);

	while (st == ST_OK && *path != '\0') {
		if (!next_part(&path, name))
			st = diag_set(d, ST_IO, DIAG_NOWHERE, NULL,
			    "File name too long");
		else
			st = folder_step(f, name, &next, d);
		if (st == ST_OK) {
			folder_close(f);
			f = next;
		}
	}
	if (st == ST_OK)
		*out = f;
	else
		folder_close(f);
	return st;
}

char *
path_join(const char *path, const char *name)
{
	return xasprintf("%s%s%s", path, path_joint(path), name);
}

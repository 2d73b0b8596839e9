/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#define _XOPEN_SOURCE 700	/* nftw */
#include "config.h"

#include "scratch_system.h"

#include <errno.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool
scratch_make_temp(char *path)
{
	const char *tmp = getenv("TMPDIR");
	char name[SCRATCH_PATH], *real;

	snprintf(name, sizeof(name), "%s/rollcall-test-XXXXXX",
	    tmp != NULL && *tmp != '\0' ? tmp : "/tmp");
	if (mkdtemp(name) == NULL || (real = realpath(name, NULL)) == NULL)
		return false;
	snprintf(path, SCRATCH_PATH, "%s", real);
	free(real);
	return true;
}

bool
scratch_make_folder(const char *path)
{
	return mkdir(path, 0777) == 0 || errno == EEXIST;
}

bool
scratch_cut_file(const char *path, size_t len)
{
	return truncate(path, (off_t)len) == 0;
}

bool
scratch_set_rights(const char *path, bool any)
{
	/* Root may read everything. */
	return geteuid() != 0 && chmod(path, any ? 0777 : 0) == 0;
}

bool
scratch_can_link(void)
{
	return true;
}

bool
scratch_make_link(const char *target, const char *path)
{
	return symlink(target, path) == 0;
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *f)
{
	(void)st;
	(void)type;
	(void)f;
	return remove(path);
}

bool
scratch_remove_tree(const char *path)
{
	return nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0;
}

FILE *
scratch_fopen(const char *path, const char *mode)
{
	return fopen(path, mode);
}

const char *
scratch_reason(void)
{
	return strerror(errno);
}

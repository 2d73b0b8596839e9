/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#define _GNU_SOURCE		/* O_PATH, syscall */
#include "config.h"

#include "io/beneath.h"
#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#ifdef __has_include
#if __has_include(<linux/openat2.h>)
#include <linux/openat2.h>
#include <sys/syscall.h>
#endif
#endif

/* A folder that may be entered need not be one that may be listed. */
#ifndef O_PATH
#define O_PATH		O_RDONLY
#endif
#define FOLDER_FLAGS	(O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

int
beneath_step(int fd, const char *name)
{
	return openat(fd, name, FOLDER_FLAGS);
}

static int
folder_stepwise(int root, const char *path)
{
	char name[TREE_MAX_PATH];
	int fd = beneath_step(root, "."), next;

	while (fd >= 0 && *path != '\0') {
		size_t n = strcspn(path, "/");

		if (n >= sizeof(name)) {
			close(fd);
			errno = ENAMETOOLONG;
			return -1;
		}
		memcpy(name, path, n);
		name[n] = '\0';
		path += path[n] == '/' ? n + 1 : n;
		next = beneath_step(fd, name);
		close(fd);
		fd = next;
	}
	return fd;
}

#ifdef SYS_openat2
static int
folder_at_once(int root, const char *path)
{
	struct open_how how = {
		.flags = FOLDER_FLAGS,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS,
	};

	return (int)syscall(SYS_openat2, root, *path != '\0' ? path : ".",
	    &how, sizeof(how));
}
#else
static int
folder_at_once(int root, const char *path)
{
	(void)root;
	(void)path;
	errno = ENOSYS;
	return -1;
}
#endif

int
beneath_folder(int root, const char *path, bool *stepwise)
{
	int fd;

	if (!*stepwise) {
		fd = folder_at_once(root, path);
		/* Sandboxes that do not know the call answer EPERM. */
		if (fd >= 0 || (errno != ENOSYS && errno != EPERM))
			return fd;
		*stepwise = true;
	}
	return folder_stepwise(root, path);
}

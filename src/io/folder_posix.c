/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#define _GNU_SOURCE		/* O_PATH, syscall */
#include "config.h"

#include "io/folder.h"
#include "io/file_posix.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

static int
fd_of(struct folder f)
{
	return (int)f.handle;
}

static enum status
taken(int fd, struct folder *out, struct diag *d)
{
	if (fd < 0)
		return posix_says(errno, d);
	*out = (struct folder){ fd };
	return ST_OK;
}

/* ------------------------------------------------------------ entries */

static struct entry
entry_of(const struct stat *st)
{
	struct entry e = { .kind = ENTRY_OTHER,
	    .id = { (uint64_t)st->st_dev, (uint64_t)st->st_ino } };

	if (S_ISDIR(st->st_mode))
		e.kind = ENTRY_FOLDER;
	else if (S_ISLNK(st->st_mode))
		e.kind = ENTRY_LINK;
	else if (S_ISREG(st->st_mode)) {
		e.kind = ENTRY_FILE;
		e.size = (uint64_t)st->st_size;
	}
	return e;
}

enum status
entry_of_path(const char *path, struct entry *out, struct diag *d)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return posix_says(errno, d);
	*out = entry_of(&st);
	return ST_OK;
}

enum status
folder_entry(struct folder f, const char *name, struct entry *out,
    struct diag *d)
{
	struct stat st;

	if (fstatat(fd_of(f), name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return posix_says(errno, d);
	*out = entry_of(&st);
	return ST_OK;
}

enum status
folder_self(struct folder f, struct entry *out, struct diag *d)
{
	struct stat st;

	if (fstat(fd_of(f), &st) != 0)
		return posix_says(errno, d);
	*out = entry_of(&st);
	return ST_OK;
}

enum status
entry_behind(struct folder f, const char *name, struct entry *out,
    struct diag *d)
{
	struct stat st;

	if (fstatat(fd_of(f), name, &st, 0) != 0)
		return posix_says(errno, d);
	*out = entry_of(&st);
	return ST_OK;
}

enum status
folder_link(struct folder f, const char *name, char *target, size_t size,
    struct diag *d)
{
	ssize_t n = readlinkat(fd_of(f), name, target, size);

	if (n < 0)
		return posix_says(errno, d);
	if ((size_t)n == size)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL,
		    "more than %zu bytes", size - 1);
	target[n] = '\0';
	return ST_OK;
}

enum status
folder_file(struct folder f, const char *name, struct file **out,
    struct diag *d)
{
	int fd = file_openat(fd_of(f), name, O_NOFOLLOW);

	return fd < 0 ? posix_says(errno, d) : file_of_fd(fd, out, d);
}

/* ------------------------------------------------------------ folders */

enum status
folder_open(const char *path, struct folder *out, char **real,
    struct diag *d)
{
	struct folder f = FOLDER_NONE;
	struct entry e;
	enum status st = entry_of_path(path, &e, d);

	if (st != ST_OK)
		return st;
	if (e.kind != ENTRY_FOLDER)
		return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "not a folder");
	st = taken(file_openat(AT_FDCWD, path, O_DIRECTORY), &f, d);
	if (st != ST_OK)
		return st;
	if (real != NULL && (*real = realpath(path, NULL)) == NULL) {
		st = posix_says(errno, d);
		folder_close(f);
		return st;
	}
	*out = f;
	return ST_OK;
}

void
folder_close(struct folder f)
{
	if (f.handle >= 0)
		close(fd_of(f));
}

enum status
folder_again(struct folder f, struct folder *out, struct diag *d)
{
	return taken(fcntl(fd_of(f), F_DUPFD_CLOEXEC, 0), out, d);
}

enum status
folder_step(struct folder f, const char *name, struct folder *out,
    struct diag *d)
{
	return taken(openat(fd_of(f), name, FOLDER_FLAGS), out, d);
}

#ifdef SYS_openat2
static int
beneath_at_once(int root, const char *path)
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
beneath_at_once(int root, const char *path)
{
	(void)root;
	(void)path;
	errno = ENOSYS;
	return -1;
}
#endif

enum status
folder_beneath(struct folder root, const char *path, bool *stepwise,
    struct folder *out, struct diag *d)
{
	int fd;

	if (!*stepwise) {
		fd = beneath_at_once(fd_of(root), path);
		/* Sandboxes that do not know the call answer EPERM. */
		if (fd >= 0 || (errno != ENOSYS && errno != EPERM))
			return taken(fd, out, d);
		*stepwise = true;
	}
	return folder_stepwise(root, path, out, d);
}

static enum status
read_names(DIR *dir, folder_name_fn *take, void *ctx, struct diag *d)
{
	const struct dirent *e;

	/* readdir() tells an error from the end by errno alone. */
	while (errno = 0, (e = readdir(dir)) != NULL) {
		if (strcmp(e->d_name, ".") == 0 ||
		    strcmp(e->d_name, "..") == 0)
			continue;
		if (!take(ctx, e->d_name))
			return ST_OK;
	}
	/* Whatever it is, the folder itself was there. */
	return errno == 0 ? ST_OK : diag_set(d, ST_IO, DIAG_NOWHERE, NULL,
	    "%s", strerror(errno));
}

enum status
folder_names(struct folder f, folder_name_fn *take, void *ctx,
    struct diag *d)
{
	int fd = file_openat(fd_of(f), ".", O_DIRECTORY);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	enum status st;

	if (dir == NULL) {
		st = diag_set(d, ST_IO, DIAG_NOWHERE, NULL, "%s",
		    strerror(errno));
		if (fd >= 0)
			close(fd);
		return st;
	}
	st = read_names(dir, take, ctx, d);
	closedir(dir);
	return st;
}

const char *
path_joint(const char *path)
{
	size_t n = strlen(path);

	return n > 0 && path[n - 1] == '/' ? "" : "/";
}

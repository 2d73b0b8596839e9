/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#define _GNU_SOURCE		/* O_NOATIME */
#include "config.h"

#include "io/file_posix.h"
#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef O_NOATIME
#define O_NOATIME	0
#endif

struct file {
	int		 fd;
	uint64_t	 size;		/* bytes, when it was opened */
};

enum status
posix_says(int errnum, struct diag *d)
{
	enum status st = ST_IO;

	if (errnum == ENOENT || errnum == ENOTDIR)
		st = ST_ABSENT;
	return diag_set(d, st, DIAG_NOWHERE, NULL, "%s", strerror(errnum));
}

int
file_openat(int dirfd, const char *name, int flags)
{
	int fd;

	flags |= O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
	fd = openat(dirfd, name, flags | O_NOATIME);
	/* Only the owner and root may ask for that. */
	if (fd < 0 && errno == EPERM)
		fd = openat(dirfd, name, flags);
	return fd;
}

static enum status
not_regular(struct diag *d)
{
	return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
	    "not a regular file");
}

enum status
file_of_fd(int fd, struct file **out, struct diag *d)
{
	enum status rc = ST_OK;
	struct stat st;

	if (fstat(fd, &st) != 0)
		rc = posix_says(errno, d);
	else if (!S_ISREG(st.st_mode))
		rc = not_regular(d);
	if (rc != ST_OK) {
		close(fd);
		return rc;
	}
	*out = xcalloc(1, sizeof(**out));
	(*out)->fd = fd;
	(*out)->size = (uint64_t)st.st_size;
	return ST_OK;
}

enum status
file_open_unnamed(const char *path, struct file **out, struct diag *d)
{
	struct stat st;
	int fd;

	/* Looking first, since opening a device may already do something. */
	if (stat(path, &st) != 0)
		return posix_says(errno, d);
	if (!S_ISREG(st.st_mode))
		return not_regular(d);
	fd = file_openat(AT_FDCWD, path, 0);
	return fd < 0 ? posix_says(errno, d) : file_of_fd(fd, out, d);
}

void
file_close(struct file *f)
{
	if (f == NULL)
		return;
	close(f->fd);
	free(f);
}

static enum status
file_read_at(void *ctx, uint64_t off, void *p, size_t len, struct diag *d)
{
	const struct file *f = ctx;
	size_t done = 0;

	while (done < len) {
		ssize_t n = pread(f->fd, (char *)p + done, len - done,
		    (off_t)(off + done));

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return diag_set(d, ST_IO, off + done, NULL,
			    "cannot read: %s", strerror(errno));
		if (n == 0)
			return diag_set(d, ST_IO, off + done, NULL,
			    "the file became shorter while it was read");
		done += (size_t)n;
	}
	return ST_OK;
}

struct source
file_source(struct file *f)
{
	return (struct source){ file_read_at, f, f->size };
}

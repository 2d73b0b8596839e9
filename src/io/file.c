/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#define _GNU_SOURCE		/* O_NOATIME */
#include "config.h"

#include "io/file.h"
#include "base/alloc.h"
#include "io/file_fd.h"

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
file_errno(int errnum, const char *name, struct diag *d)
{
	enum status st = ST_IO;

	if (errnum == ENOENT || errnum == ENOTDIR)
		st = ST_ABSENT;
	return diag_set(d, st, DIAG_NOWHERE, NULL, "%s: %s", name,
	    strerror(errnum));
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

enum status
file_of_fd(int fd, const char *name, struct file **out, struct diag *d)
{
	enum status rc = ST_OK;
	struct stat st;

	if (fstat(fd, &st) != 0)
		rc = file_errno(errno, name, d);
	else if (!S_ISREG(st.st_mode))
		rc = diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "%s: not a regular file", name);
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
file_open(const char *path, struct file **out, struct diag *d)
{
	struct stat st;
	int fd;

	/* Looking first, since opening a device may already do something. */
	if (stat(path, &st) != 0)
		return file_errno(errno, path, d);
	if (!S_ISREG(st.st_mode))
		return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "%s: not a regular file", path);
	fd = file_openat(AT_FDCWD, path, 0);
	if (fd < 0)
		return file_errno(errno, path, d);
	return file_of_fd(fd, path, out, d);
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

enum status
file_read_all(const char *path, struct buf *b, struct diag *d)
{
	size_t before = b->len;
	struct file *f = NULL;
	uint8_t *at;
	enum status st;

	st = file_open(path, &f, d);
	if (st != ST_OK)
		return st;
	if (f->size > b->max - b->len) {
		st = diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL,
		    "%s: more than %zu bytes", path, b->max - b->len);
		goto out;
	}
	at = buf_extend(b, (size_t)f->size);
	st = file_read_at(f, 0, at, (size_t)f->size, d);
	if (st != ST_OK) {
		diag_wrap(d, "%s", path);
		b->len = before;
		b->p[before] = 0;
	}
out:
	file_close(f);
	return st;
}

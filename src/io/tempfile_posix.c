/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#define _GNU_SOURCE		/* O_TMPFILE */
#include "config.h"

#include "io/tempfile.h"
#include "io/tempfile_system.h"

#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct tempfile_fd {
	int		 fd;
};

char *
tempfile_folder(void)
{
	const char *folder = getenv("TMPDIR");

	return xstrdup(folder != NULL && folder[0] != '\0' ? folder : "/tmp");
}

static enum status
refused(struct diag *d)
{
	return diag_set(d, ST_IO, DIAG_NOWHERE, NULL, "%s", strerror(errno));
}

/* Never with a name, where the file system can; else for a moment. */
static int
open_unnamed(const char *folder)
{
	int fd = -1;
	char *path;

#ifdef O_TMPFILE
	fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd >= 0)
		return fd;
#endif
	path = xasprintf("%s/rollcall.XXXXXX", folder);
	fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0 && unlink(path) != 0) {
		close(fd);
		fd = -1;
	}
	free(path);
	return fd;
}

enum status
tempfile_fd_new(const char *folder, struct tempfile_fd **out,
    struct diag *d)
{
	int fd = open_unnamed(folder);

	if (fd < 0)
		return refused(d);
	*out = xcalloc(1, sizeof(**out));
	(*out)->fd = fd;
	return ST_OK;
}

void
tempfile_fd_free(struct tempfile_fd *f)
{
	if (f == NULL)
		return;
	close(f->fd);
	free(f);
}

enum status
tempfile_fd_write(struct tempfile_fd *f, uint64_t off, const void *p,
    size_t n, struct diag *d)
{
	size_t done = 0;

	while (done < n) {
		ssize_t some = pwrite(f->fd, (const char *)p + done, n - done,
		    (off_t)(off + done));

		if (some < 0 && errno == EINTR)
			continue;
		if (some < 0)
			return refused(d);
		done += (size_t)some;
	}
	return ST_OK;
}

enum status
tempfile_fd_read(struct tempfile_fd *f, uint64_t off, void *p, size_t n,
    struct diag *d)
{
	size_t done = 0;

	while (done < n) {
		ssize_t some = pread(f->fd, (char *)p + done, n - done,
		    (off_t)(off + done));

		if (some < 0 && errno == EINTR)
			continue;
		if (some < 0)
			return refused(d);
		if (some == 0)
			return diag_set(d, ST_IO, off + done, NULL,
			    "it became shorter");
		done += (size_t)some;
	}
	return ST_OK;
}

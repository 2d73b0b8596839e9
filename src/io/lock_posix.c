/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "io/lock.h"
#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct lock {
	int	fd;		/* of the folder */
};

/* DIR and the folders above it, as "mkdir -p" makes them. */
static bool
make_folders(const char *dir)
{
	char *path = xstrdup(dir), *p = path;
	bool ok = true;

	while (ok && *p != '\0') {
		p += strspn(p, "/");
		p += strcspn(p, "/");
		if (*p == '/') {
			*p = '\0';
			ok = mkdir(path, 0755) == 0 || errno == EEXIST;
			*p = '/';
		} else
			ok = mkdir(path, 0755) == 0 || errno == EEXIST;
	}
	free(path);
	return ok;
}

enum status
lock_take(const char *dir, const char *busy, struct lock **out,
    struct diag *d)
{
	int fd = -1;

	if (make_folders(dir))
		fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return diag_set(d, ST_IO, DIAG_NOWHERE, NULL, "%s: %s", dir,
		    strerror(errno));
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		diag_set(d, ST_IO, DIAG_NOWHERE, NULL, "%s: %s", dir,
		    errno == EWOULDBLOCK ? busy :
		    strerror(errno));
		close(fd);
		return ST_IO;
	}
	*out = xcalloc(1, sizeof(**out));
	(*out)->fd = fd;
	return ST_OK;
}

void
lock_release(struct lock *l)
{
	if (l == NULL)
		return;
	(void)fsync(l->fd);
	close(l->fd);
	free(l);
}

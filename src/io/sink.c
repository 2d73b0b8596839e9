/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "io/sink.h"
#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEMP_TRIES	100	/* names of temporary files, if taken */

struct sink {
	FILE		*f;
	char		*path;		/* the name in the end; NULL: stdout */
	char		*temp;		/* NULL: written to directly */
	int		 errnum;	/* first failure, or 0 */
};

/* A new file beside s->path, with the rights it would have had directly. */
static int
temp_create(struct sink *s)
{
	int i, fd = -1;

	for (i = 0; i < TEMP_TRIES; i++) {
		s->temp = xasprintf("%s.%ld-%d.tmp", s->path, (long)getpid(),
		    i);
		fd = open(s->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
		    0666);
		if (fd >= 0)
			return fd;
		free(s->temp);
		s->temp = NULL;
		if (errno != EEXIST)
			break;
	}
	return -1;
}

/* Open s->path's stand-in, or what is there when it cannot be replaced. */
static int
target_open(struct sink *s)
{
	struct stat st;
	char *real;
	int fd;

	if (stat(s->path, &st) != 0)
		return temp_create(s);
	if (!S_ISREG(st.st_mode))
		return open(s->path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
	/* A link stays a link: the file that it leads to is replaced. */
	real = realpath(s->path, NULL);
	if (real == NULL)
		return -1;
	free(s->path);
	s->path = real;
	fd = temp_create(s);
	/* Keeping the rights is a courtesy that some file systems refuse. */
	if (fd >= 0)
		(void)fchmod(fd, st.st_mode & 0777);
	return fd;
}

enum status
sink_open(const char *path, struct sink **out, struct diag *d)
{
	struct sink *s = xcalloc(1, sizeof(*s));
	int fd;

	s->path = xstrdup(path);
	if (path == NULL) {
		/* Standard output buffers by line on a terminal only. */
		s->f = stdout;
		*out = s;
		return ST_OK;
	}
	fd = target_open(s);
	s->f = fd < 0 ? NULL : fdopen(fd, "wb");
	if (s->f == NULL) {
		diag_set(d, ST_IO, DIAG_NOWHERE, NULL, "%s: %s", path,
		    strerror(errno));
		if (fd >= 0)
			close(fd);
		sink_abort(s);
		return ST_IO;
	}
	*out = s;
	return ST_OK;
}

static void
check(struct sink *s, bool ok)
{
	if (!ok && s->errnum == 0)
		s->errnum = errno != 0 ? errno : EIO;
}

void
sink_write(struct sink *s, const void *p, size_t len)
{
	if (s->errnum == 0 && len != 0)
		check(s, fwrite(p, 1, len, s->f) == len);
}

void
sink_puts(struct sink *s, const char *text)
{
	sink_write(s, text, strlen(text));
}

void
sink_printf(struct sink *s, const char *fmt, ...)
{
	va_list ap;

	if (s->errnum != 0)
		return;
	va_start(ap, fmt);
	check(s, vfprintf(s->f, fmt, ap) >= 0);
	va_end(ap);
}

enum status
sink_commit(struct sink *s, struct diag *d)
{
	enum status st = ST_OK;

	check(s, fflush(s->f) == 0);
	check(s, !ferror(s->f));
	if (s->temp != NULL)
		check(s, fsync(fileno(s->f)) == 0);
	if (s->f != stdout) {
		check(s, fclose(s->f) == 0);
		s->f = NULL;
	}
	if (s->temp != NULL && s->errnum == 0) {
		check(s, rename(s->temp, s->path) == 0);
		if (s->errnum == 0) {
			free(s->temp);
			s->temp = NULL;
		}
	}
	if (s->errnum != 0)
		st = diag_set(d, ST_IO, DIAG_NOWHERE, NULL, "%s: %s",
		    s->path != NULL ? s->path : "standard output",
		    strerror(s->errnum));
	sink_abort(s);
	return st;
}

void
sink_abort(struct sink *s)
{
	if (s == NULL)
		return;
	if (s->f != NULL && s->f != stdout)
		fclose(s->f);
	if (s->temp != NULL)
		unlink(s->temp);
	free(s->temp);
	free(s->path);
	free(s);
}

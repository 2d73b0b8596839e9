/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "io/tempfile.h"
#include "io/tempfile_system.h"

#include "base/alloc.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define BUFFER		(64 * 1024)	/* of what is about to be written */

struct tempfile {
	struct tempfile_fd *f;
	uint64_t	 size, max;	/* bytes */
	size_t		 waiting;	/* of SIZE, in BUFFER */
	uint8_t		 buffer[BUFFER];
};

enum status
tempfile_new(uint64_t max, struct tempfile **out, struct diag *d)
{
	char *folder = tempfile_folder();
	struct tempfile_fd *f = NULL;
	enum status st = tempfile_fd_new(folder, &f, d);

	if (st != ST_OK) {
		diag_wrap(d, "%s: no temporary file", folder);
	} else {
		*out = xcalloc(1, sizeof(**out));
		(*out)->f = f;
		(*out)->max = max;
	}
	free(folder);
	return st;
}

void
tempfile_free(struct tempfile *s)
{
	if (s == NULL)
		return;
	tempfile_fd_free(s->f);
	free(s);
}

static enum status
flush(struct tempfile *s, struct diag *d)
{
	enum status st = tempfile_fd_write(s->f, s->size - s->waiting,
	    s->buffer, s->waiting, d);

	if (st == ST_OK)
		s->waiting = 0;
	else
		diag_wrap(d, "temporary file");
	return st;
}

enum status
tempfile_append(struct tempfile *s, const void *p, size_t n, struct diag *d)
{
	const uint8_t *from = p;
	enum status st = ST_OK;

	if (n > s->max - s->size)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL,
		    "more than %" PRIu64 " bytes", s->max);
	while (st == ST_OK && n > 0) {
		size_t some = BUFFER - s->waiting;

		if (some > n)
			some = n;
		memcpy(s->buffer + s->waiting, from, some);
		s->waiting += some;
		s->size += some;
		from += some;
		n -= some;
		if (s->waiting == BUFFER)
			st = flush(s, d);
	}
	return st;
}

static enum status
tempfile_read_at(void *ctx, uint64_t off, void *p, size_t len,
    struct diag *d)
{
	struct tempfile *s = ctx;
	enum status st = s->waiting != 0 ? flush(s, d) : ST_OK;

	if (st == ST_OK)
		st = tempfile_fd_read(s->f, off, p, len, d);
	if (st != ST_OK)
		diag_wrap(d, "temporary file");
	return st;
}

struct source
tempfile_source(struct tempfile *s)
{
	return (struct source){ tempfile_read_at, s, s->size };
}

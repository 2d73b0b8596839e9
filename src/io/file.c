/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "io/file.h"

enum status
file_open(const char *path, struct file **out, struct diag *d)
{
	enum status st = file_open_unnamed(path, out, d);

	if (st != ST_OK)
		diag_wrap(d, "%s", path);
	return st;
}

enum status
file_read_all(const char *path, struct buf *b, struct diag *d)
{
	size_t before = b->len;
	struct file *f = NULL;
	struct source src;
	uint8_t *at;
	enum status st;

	st = file_open(path, &f, d);
	if (st != ST_OK)
		return st;
	src = file_source(f);
	if (src.size > b->max - b->len) {
		st = diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL,
		    "%s: more than %zu bytes", path, b->max - b->len);
		goto out;
	}
	at = buf_extend(b, (size_t)src.size);
	st = src.read_at(src.ctx, 0, at, (size_t)src.size, d);
	if (st != ST_OK) {
		diag_wrap(d, "%s", path);
		b->len = before;
		b->p[before] = 0;
	}
out:
	file_close(f);
	return st;
}

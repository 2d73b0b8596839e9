/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "io/sink.h"
#include "base/alloc.h"
#include "io/target.h"
#include "io/term.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sink {
	FILE		*f;
	struct target	*target;	/* NULL: standard output */
	char		*path;		/* as it was given */
	bool		 terminal;
	int		 errnum;	/* first failure, or 0 */
};

enum status
sink_open(const char *path, struct sink **out, struct diag *d)
{
	struct sink *s = xcalloc(1, sizeof(*s));
	enum status st = ST_OK;

	s->path = xstrdup(path);
	if (path == NULL) {
		/* Standard output buffers by line on a terminal only. */
		s->f = stdout;
		s->terminal = term_is(stdout);
	} else
		st = target_open(path, &s->target, &s->f, d);
	if (st == ST_OK) {
		*out = s;
		return ST_OK;
	}
	diag_wrap(d, "%s", path);
	sink_abort(s);
	return st;
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
	if (s->errnum != 0 || len == 0)
		return;
	if (s->terminal)
		check(s, term_write(s->f, p, len));
	else
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
	char *text = NULL;
	va_list ap;

	if (s->errnum != 0)
		return;
	va_start(ap, fmt);
	if (s->terminal)
		text = xvasprintf(fmt, ap);
	else
		check(s, vfprintf(s->f, fmt, ap) >= 0);
	va_end(ap);
	if (text != NULL)
		sink_puts(s, text);
	free(text);
}

enum status
sink_commit(struct sink *s, struct diag *d)
{
	struct target *t = s->target;
	enum status st = ST_OK;

	check(s, fflush(s->f) == 0);
	check(s, !ferror(s->f));
	if (s->errnum != 0)
		st = diag_set(d, ST_IO, DIAG_NOWHERE, NULL, "%s",
		    strerror(s->errnum));
	else if (t != NULL) {
		s->target = NULL;
		st = target_keep(t, d);
	}
	if (st != ST_OK)
		diag_wrap(d, "%s", s->path != NULL ? s->path :
		    "standard output");
	sink_abort(s);
	return st;
}

void
sink_abort(struct sink *s)
{
	if (s == NULL)
		return;
	if (s->target != NULL)
		target_drop(s->target);
	free(s->path);
	free(s);
}

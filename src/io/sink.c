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

/* Bytes that are written at once: the first ones, or of a line on a terminal;
 * and those of a long output, which as many calls would take longer than its
 * making. */
#define FIRST_BYTES	4096
#define HELD_BYTES	(16 * FIRST_BYTES)

struct sink {
	struct sink_held held;		/* no room on a terminal */
	size_t		 cap;		/* bytes of it */
	FILE		*f;
	struct target	*target;	/* NULL: standard output */
	char		*path;		/* as it was given */
	bool		 terminal;
	int		 errnum;	/* first failure, or 0 */
	const char	*why;		/* sink_fail(), or NULL */
};

/* Room for CAP bytes, none of which is taken. On a terminal a piece is looked
 * at before it is. */
static void
hold(struct sink *s, size_t cap)
{
	if (cap > s->cap)
		s->held.p = xrealloc_array(s->held.p, cap, 1);
	s->cap = cap;
	s->held.len = 0;
	s->held.room = s->terminal ? 0 : cap;
}

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
		hold(s, FIRST_BYTES);
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

/* Show the first N bytes of the line. */
static void
show(struct sink *s, size_t n)
{
	check(s, term_write(s->f, s->held.p, n));
	s->held.len -= n;
	memmove(s->held.p, s->held.p + n, s->held.len);
}

/* All of the line but its last character, which may not be whole yet
 * (RFC 3629: its bytes but the first are 10xxxxxx). */
static size_t
whole_characters(const struct sink *s)
{
	size_t n = s->held.len - 1;

	while (n > 0 && (s->held.p[n] & 0xc0) == 0x80)
		n--;
	return n > 0 ? n : s->held.len;
}

/* A line at a time: a console is asked for each piece, and takes no part of a
 * character. */
static void
write_terminal(struct sink *s, const char *p, size_t len)
{
	while (len > 0 && s->errnum == 0) {
		size_t room = s->cap - s->held.len;
		size_t n = len < room ? len : room;
		const char *end = memchr(p, '\n', n);

		if (end != NULL)
			n = (size_t)(end - p) + 1;
		memcpy(s->held.p + s->held.len, p, n);
		s->held.len += n;
		p += n;
		len -= n;
		if (end != NULL)
			show(s, s->held.len);
		else if (s->held.len == s->cap)
			show(s, whole_characters(s));
	}
}

/* What is held goes to the file; not to a terminal. */
static void
pass_on(struct sink *s)
{
	size_t n = s->held.len;

	if (n > 0 && s->errnum == 0)
		check(s, fwrite(s->held.p, 1, n, s->f) == n);
	hold(s, s->cap);
}

static void
write_file(struct sink *s, const char *p, size_t len)
{
	while (len > 0 && s->errnum == 0) {
		size_t n;

		if (s->held.room == 0) {
			pass_on(s);
			hold(s, HELD_BYTES);
		}
		n = len < s->held.room ? len : s->held.room;
		memcpy(s->held.p + s->held.len, p, n);
		s->held.len += n;
		s->held.room -= n;
		p += n;
		len -= n;
	}
}

void
sink_write_slowly(struct sink *s, const void *p, size_t len)
{
	if (s->terminal)
		write_terminal(s, p, len);
	else
		write_file(s, p, len);
}

void
sink_printf(struct sink *s, const char *fmt, ...)
{
	char text[128], *longer;
	va_list ap;
	int len;

	if (s->errnum != 0)
		return;
	va_start(ap, fmt);
	len = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (len >= 0 && (size_t)len < sizeof(text)) {
		sink_write(s, text, (size_t)len);
		return;
	}
	va_start(ap, fmt);
	longer = xvasprintf(fmt, ap);
	va_end(ap);
	sink_puts(s, longer);
	free(longer);
}

void
sink_fail(struct sink *s, const char *why)
{
	if (s->why == NULL)
		s->why = why;
}

enum status
sink_commit(struct sink *s, struct diag *d)
{
	struct target *t = s->target;
	enum status st = ST_OK;

	if (s->terminal && s->held.len > 0)
		show(s, s->held.len);
	else
		pass_on(s);
	check(s, fflush(s->f) == 0);
	check(s, !ferror(s->f));
	if (s->errnum != 0 || s->why != NULL)
		st = diag_set(d, ST_IO, DIAG_NOWHERE, NULL, "%s",
		    s->errnum != 0 ? strerror(s->errnum) : s->why);
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
	else if (!s->terminal && s->f != NULL)
		pass_on(s);
	free(s->held.p);
	free(s->path);
	free(s);
}

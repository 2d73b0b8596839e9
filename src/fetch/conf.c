/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fetch/conf.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

static bool
is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static struct slice
trimmed(struct slice s)
{
	while (s.n != 0 && is_blank(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n != 0 && is_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

/* What is behind "NAME =" in LINE; false for another name. */
static bool
take(struct slice line, const char *name, char **out)
{
	size_t len = strlen(name);
	struct slice rest;

	if (!slice_from(line, len, &rest) || memcmp(line.p, name, len) != 0)
		return false;
	rest = trimmed(rest);
	if (rest.n == 0 || rest.p[0] != '=' || !slice_from(rest, 1, &rest))
		return false;
	rest = trimmed(rest);
	free(*out);
	*out = rest.n == 0 ? NULL : xstrndup((const char *)rest.p, rest.n);
	return true;
}

static bool
read_line(struct slice line, struct conf *c)
{
	return line.n == 0 || line.p[0] == '#' || take(line, "url", &c->url) ||
	    take(line, "key", &c->key);
}

enum status
conf_read(struct slice text, struct conf *out, struct diag *d)
{
	const struct slice mark = slice_of("\xef\xbb\xbf", 3, 0);
	struct conf c = { .url = NULL };
	unsigned number = 1;
	struct slice line;
	const uint8_t *end;

	/* Editors of Windows put one there. */
	if (text.n >= mark.n && memcmp(text.p, mark.p, mark.n) == 0)
		(void)slice_from(text, mark.n, &text);
	for (; text.n != 0; number++) {
		end = memchr(text.p, '\n', text.n);
		line = slice_of(text.p, end == NULL ? text.n :
		    (size_t)(end - text.p), 0);
		if (memchr(line.p, '\0', line.n) != NULL ||
		    !read_line(trimmed(line), &c)) {
			conf_fini(&c);
			return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, NULL,
			    "line %u is neither \"url = ...\" nor "
			    "\"key = ...\"", number);
		}
		if (!slice_from(text, line.n + (end != NULL), &text))
			break;
	}
	*out = c;
	return ST_OK;
}

void
conf_fini(struct conf *c)
{
	if (c == NULL)
		return;
	free(c->url);
	free(c->key);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "fetch/http.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

void
http_answer_fini(struct http_answer *a)
{
	buf_fini(&a->headers);
	buf_fini(&a->body);
	free(a->url);
	free(a->location);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Append the LEN bytes of a line without the white space around them. */
static void
put_line(struct buf *b, const char *line, size_t len)
{
	while (len > 0 && is_blank(*line)) {
		line++;
		len--;
	}
	while (len > 0 && is_blank(line[len - 1]))
		len--;
	buf_append(b, line, len);
}

static const char *
next_line(const char *line)
{
	line += strcspn(line, "\n");
	return line + (*line == '\n');
}

/* The value that begins at LINE, with all that is folded into it. */
static char *
value_at(const char *line)
{
	struct buf b;

	buf_init(&b, HTTP_MAX_HEADER_BYTES);
	put_line(&b, line, strcspn(line, "\n"));
	for (line = next_line(line); *line == ' ' || *line == '\t';
	    line = next_line(line)) {
		buf_putc(&b, ' ');
		put_line(&b, line, strcspn(line, "\n"));
	}
	return buf_take(&b);
}

char *
http_header(const struct http_answer *a, const char *name, size_t n)
{
	const char *line = buf_text(&a->headers);
	size_t len = strlen(name);

	for (; *line != '\0'; line = next_line(line))
		if (strncasecmp(line, name, len) == 0 && line[len] == ':' &&
		    n-- == 0)
			return value_at(line + len + 1);
	return NULL;
}

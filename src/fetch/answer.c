/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
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

/* The LEN bytes of one line, if it is the header NAME. */
static char *
value_of(const char *line, size_t len, const char *name)
{
	size_t n = strlen(name);

	if (len <= n || strncasecmp(line, name, n) != 0 || line[n] != ':')
		return NULL;
	line += n + 1;
	len -= n + 1;
	while (len > 0 && strchr(" \t", *line) != NULL) {
		line++;
		len--;
	}
	while (len > 0 && strchr(" \t\r", line[len - 1]) != NULL)
		len--;
	return xstrndup(line, len);
}

char *
http_header(const struct http_answer *a, const char *name)
{
	const char *line = buf_text(&a->headers);

	while (*line != '\0') {
		size_t len = strcspn(line, "\n");
		char *value = value_of(line, len, name);

		if (value != NULL)
			return value;
		line += len;
		line += *line == '\n';
	}
	return NULL;
}

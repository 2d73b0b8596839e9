/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/tell.h"
#include "base/alloc.h"
#include "io/term.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One line; on standard error, where it can do no more than try. */
static void
tell_line(struct teller *t, const char *text)
{
	char *line;

	if (t->in_line || t->plugin) {
		/* Behind a bar a plugin has its numbers. */
		line = xasprintf("%s%s%s", t->told != NULL ? t->told : "",
		    t->in_line ? TELL_BAR : TELL_PART, text);
		free(t->told);
		t->told = line;
	}
	if (t->in_line)
		return;
	line = xasprintf("rollcall: %s\n", text);
	(void)term_write(stderr, line, strlen(line));
	free(line);
}

void
tell(struct teller *t, const char *subject, const char *fmt, ...)
{
	char *text, *line;
	va_list ap;

	va_start(ap, fmt);
	text = xvasprintf(fmt, ap);
	va_end(ap);
	line = xasprintf("%s: %s", subject, text);
	tell_line(t, line);
	free(line);
	free(text);
}

void
tell_diag(struct teller *t, const char *subject, const struct diag *d)
{
	size_t len = strlen(subject);
	char line[640];

	diag_line(d, line, sizeof(line));
	/* What opens files names them itself. */
	if (strncmp(line, subject, len) == 0 && line[len] == ':')
		tell_line(t, line);
	else
		tell(t, subject, "%s", line);
}

enum exit_code
tell_output(struct teller *t, const char *path, const struct diag *d)
{
	tell_diag(t, path != NULL ? path : "standard output", d);
	return EXIT_OUTPUT;
}

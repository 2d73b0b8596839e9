/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "io/term.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool
term_is(FILE *f)
{
	return isatty(fileno(f)) == 1;
}

unsigned
term_columns(FILE *f)
{
	struct winsize w;

	if (!term_is(f) || ioctl(fileno(f), TIOCGWINSZ, &w) != 0)
		return 0;
	return w.ws_col;
}

bool
term_takes_sequences(FILE *f)
{
	const char *term = getenv("TERM");

	return term_is(f) && (term == NULL || strcmp(term, "dumb") != 0);
}

bool
term_write(FILE *f, const void *p, size_t len)
{
	return len == 0 || fwrite(p, 1, len, f) == len;
}

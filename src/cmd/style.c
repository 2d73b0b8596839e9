/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/style.h"
#include "cmd/system.h"
#include "io/term.h"

#include <stdio.h>
#include <stdlib.h>

#define WIDTH_DEFAULT	80
#define WIDTH_MIN	40
#define WIDTH_MAX	120	/* longer lines are hard to read */

static unsigned
terminal_width(void)
{
	unsigned n = term_columns(stdout);

	if (n == 0)
		n = WIDTH_DEFAULT;
	return n < WIDTH_MIN ? WIDTH_MIN : n > WIDTH_MAX ? WIDTH_MAX : n;
}

/* See https://no-color.org for the variable. */
static bool
wants_colour(void)
{
	char *no = system_environment("NO_COLOR");
	bool wants = no == NULL && term_takes_sequences(stdout);

	free(no);
	return wants;
}

struct report_style
style_for(const struct common *o)
{
	struct report_style s = { .quiet = o->quiet, .width = WIDTH_DEFAULT };

	if (o->output == NULL) {
		s.width = terminal_width();
		s.colour = wants_colour();
	}
	return s;
}

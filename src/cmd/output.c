/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/output.h"
#include "cmd/system.h"
#include "cmd/tell.h"
#include "io/term.h"
#include "report/report_format.h"

#include <stdio.h>
#include <stdlib.h>

#define WIDTH_DEFAULT	80
#define WIDTH_MIN	40
#define WIDTH_MAX	120	/* longer lines are hard to read */

/* Of what is wrapped, where the terminal has N columns, 0 being a file. */
static unsigned
terminal_width(unsigned n)
{
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

/* How the chosen output wants text: colour and columns. */
static struct report_style
style_for(const struct common *o)
{
	struct report_style s = { .quiet = o->quiet, .verbose = o->verbose,
	    .width = WIDTH_DEFAULT };

	if (o->output == NULL) {
		s.screen = term_columns(stdout);
		s.width = terminal_width(s.screen);
		s.colour = wants_colour();
	}
	return s;
}

enum exit_code
output_write(struct teller *t, const char *path,
    bool (*fill)(void *ctx, struct sink *out), void *ctx)
{
	struct diag d = { .text = "" };
	struct sink *out = NULL;
	enum status st = sink_open(path, &out, &d);
	bool filled;

	filled = st == ST_OK && fill(ctx, out);
	if (filled)
		st = sink_commit(out, &d);
	else if (st == ST_OK)
		sink_abort(out);
	t->written |= st == ST_OK && filled;
	return st == ST_OK ? EXIT_GO_ON : tell_output(t, path, &d);
}

struct filling {
	const struct report_format *format;
	const void		*result;
	struct report_style	 style;
};

static bool
fill_result(void *ctx, struct sink *out)
{
	const struct filling *f = ctx;

	return report_emit(f->format, f->result, &f->style, out);
}

enum exit_code
write_result(const struct common *o, const void *result)
{
	struct filling f = { o->format, result, style_for(o) };

	return output_write(o->teller, o->output, fill_result, &f);
}

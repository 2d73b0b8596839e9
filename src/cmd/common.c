/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"
#include "cmd/command.h"
#include "cmd/detect.h"
#include "cmd/refreshed.h"
#include "cmd/system.h"
#include "io/file.h"
#include "io/term.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define WIDTH_DEFAULT	80
#define WIDTH_MIN	40
#define WIDTH_MAX	120	/* longer lines are hard to read */

/* One line on standard error, where it can do no more than try. */
static void
tell_line(const char *text)
{
	char *line;

	if (detect_is_on()) {
		detect_tell(text);
		return;
	}
	line = xasprintf("rollcall: %s\n", text);
	(void)term_write(stderr, line, strlen(line));
	free(line);
}

void
tell(const char *subject, const char *fmt, ...)
{
	char *text, *line;
	va_list ap;

	va_start(ap, fmt);
	text = xvasprintf(fmt, ap);
	va_end(ap);
	line = xasprintf("%s: %s", subject, text);
	tell_line(line);
	free(line);
	free(text);
}

void
tell_diag(const char *subject, const struct diag *d)
{
	size_t len = strlen(subject);
	char line[640];

	diag_line(d, line, sizeof(line));
	/* What opens files names them itself. */
	if (strncmp(line, subject, len) == 0 && line[len] == ':')
		tell_line(line);
	else
		tell(subject, "%s", line);
}

enum exit_code
tell_output(const struct common *o, const struct diag *d)
{
	tell_diag(o->output != NULL ? o->output : "standard output", d);
	return EXIT_OUTPUT;
}

static enum status
lay_overlay(struct catalogue *cat, const char *file, struct diag *d)
{
	enum status st;
	struct buf xml;

	buf_init(&xml, XML_MAX_BYTES);
	st = file_read_all(file, &xml, d);
	if (st == ST_OK)
		st = catalogue_overlay(cat, buf_slice(&xml), file, d);
	buf_fini(&xml);
	return st;
}

/* In the order in which they are named. */
static enum exit_code
lay_overlays(const struct common *o, struct catalogue *cat)
{
	struct diag d = { .text = "" };
	enum status st;
	size_t i;

	for (i = 0; i < o->overlays.count; i++) {
		st = lay_overlay(cat, o->overlays.items[i], &d);
		if (st == ST_OK)
			continue;
		tell_diag(o->overlays.items[i], &d);
		return exit_of_status(st);
	}
	return EXIT_NOTHING_TO_DO;
}

static enum exit_code
load_catalogue(const struct common *o, struct catalogue **out)
{
	struct diag d = { .text = "" };
	const char *name = o->catalogue != NULL ? o->catalogue : "catalogue";
	enum status st;
	struct buf xml;

	if (o->catalogue == NULL)
		st = catalogue_builtin(out, &d);
	else {
		buf_init(&xml, XML_MAX_BYTES);
		st = file_read_all(o->catalogue, &xml, &d);
		if (st == ST_OK)
			st = catalogue_load(buf_slice(&xml), o->catalogue,
			    out, &d);
		buf_fini(&xml);
	}
	if (st == ST_OK && o->catalogue == NULL)
		refreshed_take(out, judged_at(o));
	if (st == ST_OK)
		return EXIT_NOTHING_TO_DO;
	tell_diag(name, &d);
	return o->catalogue == NULL ? EXIT_INTERNAL : exit_of_status(st);
}

enum exit_code
open_catalogue(const struct common *o, struct catalogue **out)
{
	struct catalogue *cat = NULL;
	enum exit_code code = load_catalogue(o, &cat);

	if (code == EXIT_NOTHING_TO_DO)
		code = lay_overlays(o, cat);
	if (code == EXIT_NOTHING_TO_DO)
		*out = cat;
	else
		catalogue_free(cat);
	return code;
}

static enum exit_code
add_anchors(const char *path, struct inspect_policy *p)
{
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	enum status st;
	struct buf pem;

	buf_init(&pem, ANCHOR_FILE_MAX);
	st = file_read_all(path, &pem, &d);
	if (st == ST_OK)
		st = inspect_policy_add_pem(p, buf_slice(&pem), &d);
	buf_fini(&pem);
	if (st == ST_OK)
		return EXIT_NOTHING_TO_DO;
	tell_diag(path, &d);
	return exit_of_status(st);
}

enum exit_code
open_policy(const struct catalogue *cat, instant at,
    const struct text_list *anchors, struct inspect_policy **out)
{
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	struct inspect_policy *p = NULL;
	enum exit_code code = EXIT_NOTHING_TO_DO;
	enum status st = inspect_policy_new(cat, at, false, &p, &d);
	size_t i;

	if (st != ST_OK) {
		tell_diag("catalogue", &d);
		return exit_of_status(st);
	}
	for (i = 0; code == EXIT_NOTHING_TO_DO && i < anchors->count; i++)
		code = add_anchors(anchors->items[i], p);
	if (code == EXIT_NOTHING_TO_DO)
		*out = p;
	else
		inspect_policy_free(p);
	return code;
}

bool
jobs_within(const char *cmd, const struct option_number *n, unsigned *out)
{
	unsigned cpus = system_processors();

	return number_within(cmd, "jobs", n, 1, CREW_MAX_THREADS,
	    cpus > CREW_MAX_THREADS ? CREW_MAX_THREADS : cpus, out);
}

instant
judged_at(const struct common *o)
{
	return o->at != INSTANT_NONE ? o->at : (instant)time(NULL);
}

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

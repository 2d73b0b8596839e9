/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/detect.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "io/sink.h"
#include "report/layout.h"

#include <stddef.h>
#include <stdlib.h>

/* Whoever tells something, anywhere in a command, tells it to the same
 * standard error: this is what takes its place. */
static struct {
	bool	 on;
	char	*answer;
	char	*told;
} detect;

void
detect_begin(void)
{
	detect.on = true;
}

bool
detect_is_on(void)
{
	return detect.on;
}

void
detect_answer(const char *text)
{
	free(detect.answer);
	detect.answer = xstrdup(text);
}

void
detect_tell(const char *text)
{
	char *all = xasprintf("%s | %s", detect.told != NULL ? detect.told :
	    "", text);

	free(detect.told);
	detect.told = all;
}

enum exit_code
detect_end(enum exit_code code)
{
	struct diag d = { .text = "" };
	struct sink *out = NULL;
	char *all, *line;
	enum status st;

	all = xasprintf("%s%s", detect.answer != NULL ? detect.answer :
	    "UNDETERMINED", detect.told != NULL ? detect.told : "");
	line = layout_cut(all, DETECT_MAX_LINE - 1);
	st = sink_open(NULL, &out, &d);
	if (st == ST_OK) {
		sink_printf(out, "%s\n", line);
		st = sink_commit(out, &d);
	}
	if (code == EXIT_NOTHING_TO_DO && detect.answer == NULL)
		code = EXIT_UNDETERMINED;
	free(line);
	free(all);
	free(detect.answer);
	free(detect.told);
	return st == ST_OK ? code : EXIT_OUTPUT;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/detect.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "io/sink.h"
#include "report/layout.h"
#include "report/nagios.h"

#include <stddef.h>
#include <stdlib.h>

void
detect_answer(struct teller *t, const char *text)
{
	free(t->answer);
	t->answer = xstrdup(text);
}

enum exit_code
detect_end(struct teller *t, enum exit_code code)
{
	struct diag d = { .text = "" };
	struct sink *out = NULL;
	char *all, *line;
	enum status st;

	all = xasprintf("%s%s", t->answer != NULL ? t->answer :
	    "UNDETERMINED", t->told != NULL ? t->told : "");
	line = layout_cut(all, DETECT_MAX_LINE - 1);
	st = sink_open(NULL, &out, &d);
	if (st == ST_OK) {
		sink_printf(out, "%s\n", line);
		st = sink_commit(out, &d);
	}
	if (code == EXIT_NOTHING_TO_DO && t->answer == NULL)
		code = EXIT_UNDETERMINED;
	free(line);
	free(all);
	free(t->answer);
	free(t->told);
	return st == ST_OK ? code : EXIT_OUTPUT;
}

enum exit_code
plugin_end(struct teller *t, enum exit_code code)
{
	struct diag d = { .text = "" };
	struct sink *out = NULL;
	enum status st = ST_OK;

	if (!t->written && (code > EXIT_UNDETERMINED || t->told != NULL)) {
		st = sink_open(NULL, &out, &d);
		if (st == ST_OK) {
			sink_puts(out, "UNKNOWN: ");
			nagios_text(out, t->told != NULL ? t->told +
			    sizeof(TELL_PART) - 1 : "no answer");
			sink_puts(out, "\n");
			st = sink_commit(out, &d);
		}
	}
	free(t->told);
	return st == ST_OK ? code : EXIT_OUTPUT;
}

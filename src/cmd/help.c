/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/help.h"
#include "base/alloc.h"
#include "cmd/command.h"
#include "io/sink.h"

#include <stdlib.h>

#define HELP_COLUMN	26

/* "text (default), json, csv" */
static void
put_formats(struct sink *out, enum report_kind kind)
{
	const struct report_format *f;
	size_t i;

	for (i = 0; (f = report_format_at(kind, i)) != NULL; i++)
		sink_printf(out, i == 0 ? " %s (default)" : ", %s", f->name);
}

static void
put_rows(struct sink *out, const struct command *cmd,
    const struct option_row *rows, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		const struct option_row *r = &rows[i];
		const char *gap = r->arg != NULL ? " " : "";
		const char *arg = r->arg != NULL ? r->arg : "";
		char *left = r->letter != 0 ?
		    xasprintf("  -%c, --%s%s%s", r->letter, r->name, gap,
		    arg) :
		    xasprintf("      --%s%s%s", r->name, gap, arg);

		sink_printf(out, "%-*s %s", HELP_COLUMN, left, r->help);
		if (r->type == OPTION_FORMAT)
			put_formats(out, cmd->result);
		sink_puts(out, "\n");
		free(left);
	}
}

static void
put_commands(struct sink *out, const struct command *const *list,
    size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		sink_printf(out, "  %-12s %s\n",
		    command_short_name(list[i]), list[i]->summary);
}

void
help_command(const struct command *cmd, struct sink *out)
{
	const struct option_row *common;
	size_t n = common_rows(&common);

	sink_printf(out, "usage: rollcall %s %s\n\n%s\n\n", cmd->name,
	    cmd->synopsis, cmd->text);
	if (cmd->subs != NULL) {
		sink_puts(out, "Commands\n");
		put_commands(out, cmd->subs, cmd->sub_count);
		sink_printf(out, "\n\"rollcall %s COMMAND --help\" tells its "
		    "options.\n", cmd->name);
		return;
	}
	if (cmd->option_count != 0) {
		sink_puts(out, "Options of this command\n");
		put_rows(out, cmd, cmd->options, cmd->option_count);
		sink_puts(out, "\n");
	}
	sink_puts(out, "Common options\n");
	put_rows(out, cmd, common, n);
}

void
help_program(struct sink *out)
{
	const struct command *const *all;
	const struct exit_row *exits;
	size_t i, n = commands(&all);

	sink_puts(out, "usage: rollcall COMMAND [OPTION...] [ARGUMENT...]\n"
	    "\nWhich update of Microsoft Exchange is installed, is it the "
	    "good one, and what\nmust be installed next?\n\nCommands\n");
	put_commands(out, all, n);
	sink_puts(out, "\n\"rollcall COMMAND --help\" tells its options; "
	    "\"rollcall --version\" the version.\n\nExit codes\n");
	n = exit_rows(&exits);
	for (i = 0; i < n; i++)
		sink_printf(out, "  %-3d %s\n", (int)exits[i].code,
		    exits[i].meaning);
}

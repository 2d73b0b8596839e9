/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/help.h"
#include "base/alloc.h"
#include "base/buf.h"
#include "cmd/command.h"
#include "io/sink.h"
#include "report/layout.h"

#include <stdlib.h>
#include <string.h>

/* Of any terminal, so that a help text is the same wherever it is read. */
#define HELP_WIDTH	80
#define HELP_COLUMN	27
#define HELP_MAX	4096	/* of an option, more than any */

/* "text (default), json, csv" */
static void
add_formats(struct buf *text, enum report_kind kind)
{
	const struct report_format *f;
	size_t i;

	for (i = 0; (f = report_format_at(kind, i)) != NULL; i++)
		buf_printf(text, i == 0 ? " %s (default)" : ", %s", f->name);
}

static void
put_row(struct sink *out, const struct command *cmd,
    const struct option_row *r)
{
	const char *gap = r->arg != NULL ? " " : "";
	const char *arg = r->arg != NULL ? r->arg : "";
	char *left = r->letter != 0 ?
	    xasprintf("  -%c, --%s%s%s", r->letter, r->name, gap, arg) :
	    xasprintf("      --%s%s%s", r->name, gap, arg);
	unsigned at = (unsigned)strlen(left);
	struct buf text;

	buf_init(&text, HELP_MAX);
	buf_puts(&text, r->help);
	if (r->type == OPTION_FORMAT)
		add_formats(&text, cmd->result);
	sink_puts(out, left);
	if (at >= HELP_COLUMN) {
		sink_puts(out, "\n");
		at = 0;
	}
	layout_wrap(out, buf_text(&text), HELP_COLUMN, at, HELP_WIDTH);
	buf_fini(&text);
	free(left);
}

static void
put_rows(struct sink *out, const struct command *cmd,
    const struct option_row *rows, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		put_row(out, cmd, &rows[i]);
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

	sink_printf(out, "usage: rollcall %s %s\n\n", cmd->name,
	    cmd->synopsis);
	layout_wrap(out, cmd->text, 0, 0, HELP_WIDTH);
	sink_puts(out, "\n");
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
	sink_puts(out, "\n\"rollcall help COMMAND\" tells its options, "
	    "\"rollcall version\" which one this is;\n\"rollcall completion "
	    "SHELL\" makes bash, zsh or powershell complete them.\n"
	    "\nExit codes\n");
	n = exit_rows(&exits);
	for (i = 0; i < n; i++)
		sink_printf(out, "  %-3d %s\n", (int)exits[i].code,
		    exits[i].meaning);
}

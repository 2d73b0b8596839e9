/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/command.h"

#include <stdio.h>
#include <string.h>

#define HELP_COLUMN	26

static void
put_rows(const struct option_row *rows, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		const struct option_row *r = &rows[i];
		char left[64];

		if (r->letter != 0)
			snprintf(left, sizeof(left), "  -%c, --%s%s%s",
			    r->letter, r->name, r->arg != NULL ? " " : "",
			    r->arg != NULL ? r->arg : "");
		else
			snprintf(left, sizeof(left), "      --%s%s%s",
			    r->name, r->arg != NULL ? " " : "",
			    r->arg != NULL ? r->arg : "");
		printf("%-*s %s\n", HELP_COLUMN, left, r->help);
	}
}

static void
put_commands(const struct command *const *list, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		printf("  %-12s %s\n", command_short_name(list[i]),
		    list[i]->summary);
}

void
help_command(const struct command *cmd)
{
	const struct option_row *common;
	size_t n = common_rows(&common);

	printf("usage: rollcall %s %s\n\n%s\n\n", cmd->name, cmd->synopsis,
	    cmd->text);
	if (cmd->subs != NULL) {
		puts("Commands");
		put_commands(cmd->subs, cmd->sub_count);
		printf("\n\"rollcall %s COMMAND --help\" tells its "
		    "options.\n", cmd->name);
		return;
	}
	if (cmd->option_count != 0) {
		puts("Options of this command");
		put_rows(cmd->options, cmd->option_count);
		puts("");
	}
	puts("Common options");
	put_rows(common, n);
}

void
help_program(void)
{
	const struct command *const *all;
	const struct exit_row *exits;
	size_t i, n = commands(&all);

	puts("usage: rollcall COMMAND [OPTION...] [ARGUMENT...]\n\n"
	    "Which update of Microsoft Exchange is installed, is it the good "
	    "one, and what\nmust be installed next?\n\nCommands");
	put_commands(all, n);
	puts("\n\"rollcall COMMAND --help\" tells its options; \"rollcall "
	    "--version\" the version.\n\nExit codes");
	n = exit_rows(&exits);
	for (i = 0; i < n; i++)
		printf("  %-3d %s\n", (int)exits[i].code, exits[i].meaning);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/main.h"
#include "base/alloc.h"
#include "cmd/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A style that is not one of them has been told of: errors stay as they are. */
static enum exit_style
style_of(const struct common *o)
{
	if (o->exit_style != NULL && strcmp(o->exit_style, "zero") == 0)
		return EXIT_STYLE_ZERO;
	if (o->exit_style != NULL && strcmp(o->exit_style, "nagios") == 0)
		return EXIT_STYLE_NAGIOS;
	return EXIT_STYLE_VERDICT;
}

/* Help and version go to standard output; make sure that they got there. */
static int
check_stdout(void)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return EXIT_NOTHING_TO_DO;
	tell("standard output", "could not be written");
	return EXIT_OUTPUT;
}

static int
run_command(const struct command *cmd, int argc, char **argv)
{
	void *options = xcalloc(1, cmd->options_size);
	const struct common *common = options;
	char **args;
	size_t count;
	int code;

	if (!options_parse(cmd, argc, argv, options, &args, &count))
		code = exit_styled(EXIT_USAGE, style_of(common));
	else if (common->help) {
		help_command(cmd);
		code = check_stdout();
	} else
		code = exit_styled(cmd->run(options, args, count),
		    style_of(common));
	options_fini(cmd, options);
	free(options);
	return code;
}

static bool
asks_for_help(const char *word)
{
	return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

/* "rollcall help [COMMAND [COMMAND]]" */
static int
run_help(char **words)
{
	const struct command *cmd = words[0] != NULL ?
	    command_find(words[0]) : NULL;
	const struct command *sub = cmd != NULL && cmd->subs != NULL &&
	    words[1] != NULL ? command_find_sub(cmd, words[1]) : NULL;

	if (cmd != NULL)
		help_command(sub != NULL ? sub : cmd);
	else
		help_program();
	return check_stdout();
}

/* ARGV[0] is the name of GROUP. */
static int
run_group(const struct command *group, int argc, char **argv)
{
	const struct command *cmd;

	if (argc < 2) {
		tell(group->name, "no command; see \"rollcall %s --help\"",
		    group->name);
		return EXIT_USAGE;
	}
	if (asks_for_help(argv[1])) {
		help_command(group);
		return check_stdout();
	}
	cmd = command_find_sub(group, argv[1]);
	if (cmd == NULL) {
		tell(group->name, "%s: no such command; see \"rollcall %s "
		    "--help\"", argv[1], group->name);
		return EXIT_USAGE;
	}
	return run_command(cmd, argc - 1, argv + 1);
}

int
rollcall_main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : NULL;
	const struct command *cmd;

	if (name == NULL) {
		tell("no command", "see \"rollcall --help\"");
		return EXIT_USAGE;
	}
	if (strcmp(name, "--version") == 0) {
		puts(PACKAGE_STRING);
		return check_stdout();
	}
	if (asks_for_help(name) || strcmp(name, "help") == 0)
		return run_help(argv + 2);
	cmd = command_find(name);
	if (cmd == NULL) {
		tell(name, "no such command; see \"rollcall --help\"");
		return EXIT_USAGE;
	}
	return cmd->subs != NULL ? run_group(cmd, argc - 1, argv + 1) :
	    run_command(cmd, argc - 1, argv + 1);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

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

int
main(int argc, char **argv)
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
	if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 ||
	    strcmp(name, "help") == 0) {
		cmd = argc > 2 ? command_find(argv[2]) : NULL;
		if (cmd != NULL)
			help_command(cmd);
		else
			help_program();
		return check_stdout();
	}
	cmd = command_find(name);
	if (cmd == NULL) {
		tell(name, "no such command; see \"rollcall --help\"");
		return EXIT_USAGE;
	}
	return run_command(cmd, argc - 1, argv + 1);
}

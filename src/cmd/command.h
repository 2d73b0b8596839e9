/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_COMMAND_H
#define ROLLCALL_CMD_COMMAND_H

#include "cmd/exit_codes.h"
#include "cmd/options.h"
#include "report/report_format.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * A group of commands ("catalogue") is a command that has others; it has no
 * options and does not run. Their names begin with the group's.
 */
struct command {
	const char	*name;		/* "scan", "catalogue check" */
	const char	*summary;	/* one line */
	const char	*synopsis;	/* "[OPTION...] ROOT" */
	const char	*text;		/* a paragraph for its --help */
	const struct command *const *subs; /* of a group, else NULL */
	size_t		 sub_count;
	enum report_kind result;	/* has the formats of --format */
	size_t		 min_args, max_args;
	const struct option_row *options;
	size_t		 option_count;
	size_t		 options_size;	/* of its structure */
	bool		 detects;	/* answers in one line: see detect.h */
	bool		 network;	/* asks servers: see confine.h */
	char		*(*folder)(void); /* that it keeps things in, or has
					   temporary files in, to be freed;
					   or NULL */
	enum exit_code	(*run)(void *options, char **args, size_t count);
};

/* The commands; a new one adds a line in commands.c. Static. */
size_t		commands(const struct command *const **out);
const struct command *command_find(const char *name);
const struct command *command_find_sub(const struct command *group,
		    const char *name);

/*
 * Words that stand in a command's place and are none: they have no options of
 * the table, and --help of the program does not list them.
 */
struct plain_command {
	const char	*name;
	const char	*summary;
	/* What may follow, with spaces between; NULL for names of commands. */
	const char	*words;
};

size_t		plain_commands(const struct plain_command **out);

/* "check" of "catalogue check". */
const char	*command_short_name(const struct command *cmd);

extern const struct command cmd_catalogue, cmd_inspect, cmd_judge, cmd_probe,
		    cmd_registry, cmd_scan, cmd_which;
extern const struct command cmd_catalogue_check, cmd_catalogue_diff,
		    cmd_catalogue_import, cmd_catalogue_learn,
		    cmd_catalogue_list, cmd_catalogue_show,
		    cmd_catalogue_status, cmd_catalogue_update;

#endif

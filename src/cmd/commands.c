/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/command.h"

#include <string.h>

static const struct command *const all[] = {
	&cmd_scan,
	&cmd_judge,
	&cmd_which,
	&cmd_inspect,
	&cmd_registry,
	&cmd_probe,
	&cmd_catalogue,
};

size_t
commands(const struct command *const **out)
{
	*out = all;
	return sizeof(all) / sizeof(all[0]);
}

size_t
plain_commands(const struct plain_command **out)
{
	static const struct plain_command rows[] = {
		{ "help", "how a command is used", NULL },
		{ "version", "which rollcall this is", "--verbose" },
		{ "completion", "what completes commands in a shell",
		    "bash zsh powershell" },
	};

	*out = rows;
	return sizeof(rows) / sizeof(rows[0]);
}

const char *
command_short_name(const struct command *cmd)
{
	const char *space = strrchr(cmd->name, ' ');

	return space != NULL ? space + 1 : cmd->name;
}

static const struct command *
find(const struct command *const *list, size_t count, const char *name)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (strcmp(command_short_name(list[i]), name) == 0)
			return list[i];
	return NULL;
}

const struct command *
command_find(const char *name)
{
	return find(all, sizeof(all) / sizeof(all[0]), name);
}

const struct command *
command_find_sub(const struct command *group, const char *name)
{
	return find(group->subs, group->sub_count, name);
}

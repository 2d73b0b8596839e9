/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/command.h"

#include <string.h>

static const struct command *const all[] = {
	&cmd_scan,
	&cmd_registry,
};

size_t
commands(const struct command *const **out)
{
	*out = all;
	return sizeof(all) / sizeof(all[0]);
}

const struct command *
command_find(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(all[i]->name, name) == 0)
			return all[i];
	return NULL;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/command.h"

/* A new command of the group adds its line here. */
static const struct command *const subs[] = {
	&cmd_catalogue_list,
	&cmd_catalogue_show,
	&cmd_catalogue_check,
	&cmd_catalogue_update,
	&cmd_catalogue_learn,
	&cmd_catalogue_import,
	&cmd_catalogue_status,
	&cmd_catalogue_diff,
};

const struct command cmd_catalogue = {
	.name = "catalogue",
	.summary = "what is known about releases, and how to keep it so",
	.synopsis = "COMMAND [OPTION...] [ARGUMENT...]",
	.text = "Look into the catalogue of releases, check one, fetch a "
	    "newer one, or add to it.",
	.subs = subs,
	.sub_count = sizeof(subs) / sizeof(subs[0]),
};

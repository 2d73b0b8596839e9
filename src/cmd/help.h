/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_HELP_H
#define ROLLCALL_CMD_HELP_H

#include "cmd/command.h"
#include "io/sink.h"

/* --help of the program and of one command. */
void		help_program(struct sink *out);
void		help_command(const struct command *cmd, struct sink *out);

#endif

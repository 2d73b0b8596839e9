/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_COMPLETION_H
#define ROLLCALL_CMD_COMPLETION_H

#include "io/sink.h"

#include <stdbool.h>

/*
 * Completion for SHELL, a text: "bash", "zsh" or "powershell". It is written
 * from the tables that the parser reads: a new command, option or format is
 * completed without a line here.
 *
 * Returns: false, and nothing written, for another shell.
 */
bool		completion_put(void *shell, struct sink *out);

#endif

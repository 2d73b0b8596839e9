/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_VERSION_H
#define ROLLCALL_CMD_VERSION_H

#include "cmd/exit_codes.h"
#include "cmd/tell.h"

/*
 * "rollcall --version": one line, for scripts. With --verbose behind it, which
 * program this is: the digest of the file that runs, taken now, and what it
 * was built from.
 *
 * In:      WORDS are those behind, NULL at their end.
 * Returns: EXIT_NOTHING_TO_DO; EXIT_USAGE; EXIT_OUTPUT; what exit_of_status()
 *          says of a program that cannot be read.
 */
enum exit_code	version_run(struct teller *t, char **words);

#endif

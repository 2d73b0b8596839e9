/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_OUTPUT_H
#define ROLLCALL_CMD_OUTPUT_H

#include "cmd/exit_codes.h"
#include "cmd/options.h"
#include "cmd/tell.h"
#include "io/sink.h"

#include <stdbool.h>

/*
 * Write what FILL puts there to the file PATH, or to standard output for
 * NULL. FILL returns false when it is worth nothing, and is not to be kept.
 *
 * Returns: EXIT_GO_ON; EXIT_OUTPUT, told.
 */
enum exit_code	output_write(struct teller *t, const char *path,
		    bool (*fill)(void *ctx, struct sink *out), void *ctx);

/*
 * Write RESULT, which is of the kind that the command says, as the options
 * want it.
 *
 * Returns: EXIT_GO_ON, also when the result came to no end: who makes
 *          it knows; EXIT_OUTPUT, told.
 */
enum exit_code	write_result(const struct common *o, const void *result);

#endif

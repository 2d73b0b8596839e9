/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_DETECT_H
#define ROLLCALL_CMD_DETECT_H

#include "cmd/exit_codes.h"
#include "cmd/tell.h"

/*
 * --exit-style detect: one line on standard output for a program that looks
 * at no more than that, the answer first and then what was told; nothing on
 * standard error. For a teller that keeps it all in line.
 */

/* TEXT, which is copied, is the answer. */
void		detect_answer(struct teller *t, const char *text);

/*
 * Write the line, and free what T has kept.
 *
 * In:      CODE is what the program would end with.
 * Limits:  DETECT_MAX_LINE.
 * Returns: CODE; EXIT_UNDETERMINED in place of 0 when there was no answer;
 *          EXIT_OUTPUT.
 */
enum exit_code	detect_end(struct teller *t, enum exit_code code);

/*
 * The end of --format nagios: where nothing was written, the line that a
 * plugin has to write all the same, of what was told.
 *
 * Returns: CODE; EXIT_OUTPUT.
 */
enum exit_code	plugin_end(struct teller *t, enum exit_code code);

#endif

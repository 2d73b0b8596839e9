/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_DETECT_H
#define ROLLCALL_CMD_DETECT_H

#include "cmd/exit_codes.h"

#include <stdbool.h>

/*
 * --exit-style detect: one line on standard output for a program that looks
 * at no more than that, the answer first and then what was told; nothing on
 * standard error. Until it is begun, detect_is_on() is false and the others
 * are not for use.
 */
void		detect_begin(void);
bool		detect_is_on(void);

/* TEXT, which is copied, is the answer; or what the user is told besides. */
void		detect_answer(const char *text);
void		detect_tell(const char *text);

/*
 * Write the line.
 *
 * In:      CODE is what the program would end with.
 * Limits:  DETECT_MAX_LINE.
 * Returns: CODE; EXIT_UNDETERMINED in place of 0 when there was no answer;
 *          EXIT_OUTPUT.
 */
enum exit_code	detect_end(enum exit_code code);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_IO_TERM_H
#define ROLLCALL_IO_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/*
 * Standard output and standard error, either of which may be a terminal:
 * term_posix.c and term_win32.c. F is stdout or stderr.
 */

bool		term_is(FILE *f);

/* Columns of F's terminal; 0 when it is none, or does not say. */
unsigned	term_columns(FILE *f);

/* Does F's terminal obey escape sequences (ECMA-48), for colour and to erase
 * a line? Makes it obey where it has to be told. */
bool		term_takes_sequences(FILE *f);

/*
 * Write LEN bytes of UTF-8. Redirected, they arrive as they are; a terminal
 * shows the characters, whatever its own encoding.
 *
 * In:      whole characters; half of one is shown as U+FFFD.
 * Returns: false and errno.
 */
bool		term_write(FILE *f, const void *p, size_t len);

#endif

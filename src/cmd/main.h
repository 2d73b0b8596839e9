/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_MAIN_H
#define ROLLCALL_CMD_MAIN_H

/*
 * What the program does on every system, once main_posix.c or main_win32.c
 * has set it up.
 *
 * In:      ARGV is UTF-8. ODD, unless NULL, is told of the command line
 *          before anything else.
 * Returns: the exit code.
 */
int	rollcall_main(int argc, char **argv, const char *odd);

#endif

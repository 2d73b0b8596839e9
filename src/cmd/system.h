/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_SYSTEM_H
#define ROLLCALL_CMD_SYSTEM_H

#include "base/status.h"

#include <stdbool.h>

/*
 * What commands want of the system that runs them, apart from files:
 * system_posix.c and system_win32.c.
 */

/* A variable of the environment, for the caller to free; NULL when it is not
 * set, or empty. */
char		*system_environment(const char *name);

/* A file that has the bytes of the program that runs, for the caller to free;
 * NULL when the system does not say. */
char		*system_program(void);

/* Processors that can work at once; at least 1. */
unsigned	 system_processors(void);

/* A peer that closes a connection is an error to be told, no reason to be
 * killed. */
void		 system_outlive_pipes(void);

/* Do we act for the whole machine: as root, as an elevated administrator? */
bool		 system_is_privileged(void);

/* Where what is fetched for the machine, or for this user, is kept. The
 * caller's to free; NULL when there is no such place. */
char		*system_machine_dir(void);
char		*system_user_dir(void);

/*
 * May PATH, the machine's folder or what lies in it, be believed? Whoever can
 * write there could have put anything into it.
 *
 * Returns: ST_OK; ST_ABSENT when it is not there, and somebody may be about
 *          to make it; ST_UNTRUSTED, ST_IO.
 */
MUST_CHECK
enum status	 system_check_machine_dir(const char *path, struct diag *d);

/*
 * May PATH, a folder or file that a catalogue or its key is kept in, be
 * believed? On POSIX it belongs to root or to who runs us, nobody else can
 * write there, and it is no link; Windows asks for the machine's own place
 * only, above.
 *
 * Returns: ST_OK; ST_ABSENT; ST_UNTRUSTED; ST_IO.
 */
MUST_CHECK
enum status	 system_check_kept(const char *path, struct diag *d);

/* Where the site says which catalogue to take, and whose: a file. The
 * caller's; NULL when there is no such place. */
char		*system_site_file(void);

/* Make DIR a place that administrators alone can change, if it is not there.
 * Returns: ST_OK; ST_IO. */
MUST_CHECK
enum status	 system_make_machine_dir(const char *dir, struct diag *d);

#endif

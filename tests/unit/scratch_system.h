/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TESTS_SCRATCH_SYSTEM_H
#define ROLLCALL_TESTS_SCRATCH_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* What scratch.c wants of the system: scratch_posix.c, scratch_win32.c. Paths
 * are UTF-8 with '/' between the parts; false is a failure. */

#define SCRATCH_PATH	4096

bool		 scratch_make_temp(char *path);		/* SCRATCH_PATH */
bool		 scratch_make_folder(const char *path);	/* or it is there */
bool		 scratch_cut_file(const char *path, size_t len);
bool		 scratch_set_rights(const char *path, bool any);
bool		 scratch_can_link(void);
bool		 scratch_make_link(const char *target, const char *path);
bool		 scratch_remove_tree(const char *path);
FILE		*scratch_fopen(const char *path, const char *mode);
const char	*scratch_reason(void);

#endif

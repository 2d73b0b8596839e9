/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_HOST_WINPATH_H
#define ROLLCALL_HOST_WINPATH_H

#include "base/status.h"

/*
 * Take a complete Windows path apart: "C:\Windows", "c:/windows/",
 * "\"C:\Program Files\"", "\\?\C:\x", "\??\C:\x".
 *
 * Out:     *LETTER in upper case; *REST is what follows the drive, without
 *          closing quote; the caller frees it.
 * Returns: ST_OK; ST_UNSUPPORTED for a path on a server or a relative one.
 */
MUST_CHECK
enum status	winpath_split(const char *path, char *letter, char **rest,
		    struct diag *d);

/* 'A'..'Z' for a drive letter in any case; else '\0'. */
char		winpath_letter(char c);

#endif

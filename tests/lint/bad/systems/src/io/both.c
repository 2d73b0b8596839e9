/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#ifdef _WIN32
#define SEPARATOR	'\\'
#elif defined(__linux__)
#define SEPARATOR	'/'
#endif
/* #ifdef _WIN32 is nothing in a comment. */
#ifdef ROLLCALL_IO_FILE_WIN32_H
#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_IO_TARGET_POSIX_H
#define ROLLCALL_IO_TARGET_POSIX_H

/* For a program that a signal ends, in its handler: the file that is being
 * written, if one is, leaves no trace. (Windows sees to that by itself.) */
void	target_interrupted(void);

#endif

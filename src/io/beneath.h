/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_IO_BENEATH_H
#define ROLLCALL_IO_BENEATH_H

#include <stdbool.h>

/*
 * Open the folder PATH below the folder ROOT, following no link at all, so
 * that nothing outside ROOT can be reached, whatever changes meanwhile.
 *
 * In:      PATH has '/' between its parts, none of which is "." or "..";
 *          "" is ROOT itself. *STEPWISE asks for one system call a part;
 *          otherwise openat2() does all in one.
 * Out:     *STEPWISE becomes true when the kernel has no openat2(). The
 *          descriptor is for openat() and its like, not for reading.
 * Returns: a descriptor; -1 and errno.
 */
int	beneath_folder(int root, const char *path, bool *stepwise);

/* The folder NAME in the folder FD, no link. Returns: likewise. */
int	beneath_step(int fd, const char *name);

#endif

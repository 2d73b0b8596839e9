/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_IO_FILE_POSIX_H
#define ROLLCALL_IO_FILE_POSIX_H

#include "io/file.h"

/*
 * Open NAME in the folder DIRFD (or AT_FDCWD) for reading, the way every
 * file and folder is opened: a FIFO never blocks, a terminal never becomes
 * ours, and where the system lets us, not even the time of access is
 * written. What was opened so still has to pass file_of_fd().
 *
 * In:      FLAGS are further flags, such as O_NOFOLLOW.
 * Returns: a descriptor; -1 and errno.
 */
int		file_openat(int dirfd, const char *name, int flags);

/*
 * A file over FD, which is taken, also on failure.
 *
 * Out:     *OUT is the caller's, for file_close().
 * Returns: ST_OK; ST_UNSUPPORTED when it is no regular file; ST_IO.
 */
MUST_CHECK
enum status	file_of_fd(int fd, struct file **out, struct diag *d);

/* Returns: ST_ABSENT or ST_IO, as ERRNUM says, in the system's words. */
enum status	posix_says(int errnum, struct diag *d);

#endif

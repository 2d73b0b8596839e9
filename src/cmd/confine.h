/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_CONFINE_H
#define ROLLCALL_CMD_CONFINE_H

#include "io/sink.h"

#include <stdbool.h>

/*
 * Rights that are given away before the first byte of input is read: whoever
 * takes over a reader by a damaged file starts no program, reaches no network
 * and writes nowhere but where the output goes. On Linux only, and as far as
 * its kernel can; nowhere in a build of sanitizers, coverage or fuzzing.
 *
 * The output is made in the end, beside the file that it takes the place of,
 * and renamed. Whoever opened it before would need the same right to its
 * folder for that, and would find it among the files that are looked at where
 * that folder is one of them. What is no regular file is written to as it is,
 * and that right is to it alone.
 */
struct confine_what {
	const char	*output;	/* file, or NULL for standard output */
	const char	*folder;	/* written to as well, or about to be
					   made; or NULL */
	bool		 network;	/* sockets are wanted */
};

/* For good, for this thread and those that it starts. What the kernel does
 * not know is left out: a scan is not refused for it. */
void		 confine(const struct confine_what *what);

/* Do so, try each thing that is refused then, and write a line of TAP about
 * each. false when one of them was not refused. */
bool		 confine_try(struct sink *out);

#endif

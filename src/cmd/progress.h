/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_PROGRESS_H
#define ROLLCALL_CMD_PROGRESS_H

#include "base/crew.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * One line on standard error that tells how far long work is; nothing when
 * that is no terminal. It is gone when the work is done.
 */
struct progress;

/*
 * In:      QUIET: never; ON_STDOUT: the result goes to standard output, and
 *          where that is a terminal, is progress itself.
 * Out:     NULL when there is nothing to show; the other functions take it.
 */
struct progress	*progress_new(bool quiet, bool on_stdout);
void		 progress_step(struct progress *p, const char *what);
void		 progress_free(struct progress *p);

/* So much of all is done; how long the rest takes is told, too. */
void		 progress_amount(struct progress *p, size_t files,
		    size_t all_files, uint64_t bytes, uint64_t all_bytes);

/* crew_run() that is shown, unless QUIET: *PROGRESS, for finish() to step, is
 * there while it runs. */
void		 progress_crew(const struct crew *crew, void *ctx,
		    unsigned threads, struct progress **progress, bool quiet,
		    bool on_stdout);

/* Show TEXT, which is plain, as that line; NULL takes it away. For who knows
 * that standard error takes sequences. */
void		 progress_line(const char *text);

/* Is there such a line, which PROGRESS_ERASE on standard error takes away?
 * May be asked in the handler of a signal. */
#define PROGRESS_ERASE	"\r\033[K"
bool		 progress_is_shown(void);

#endif

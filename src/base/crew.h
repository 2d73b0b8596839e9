/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_BASE_CREW_H
#define ROLLCALL_BASE_CREW_H

/*
 * Jobs done by several threads at once, and handed over in the order in which
 * they were taken, so that nobody can tell how many threads there were.
 *
 * next:    the next job, or NULL when there are no more.
 * work:    do JOB; the only step that runs beside others.
 * finish:  take JOB back, in the order of next().
 *
 * Between them, next() and finish() are never called twice at once. No more
 * jobs than CREW_AHEAD a thread are ever between next() and finish().
 */
struct crew {
	void	*(*next)(void *ctx);
	void	 (*work)(void *ctx, void *job);
	void	 (*finish)(void *ctx, void *job);
};

/*
 * In:      THREADS from 1 to CREW_MAX_THREADS, the caller's own included;
 *          fewer run when the system refuses more.
 * Limits:  CREW_MAX_THREADS, CREW_AHEAD.
 */
void	crew_run(const struct crew *crew, void *ctx, unsigned threads);

#endif

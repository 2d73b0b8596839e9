/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/progress.h"

#include "base/alloc.h"
#include "io/term.h"

#include <inttypes.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SHOWN_COLUMNS	50	/* of what is worked on, its end */
#define INTERVAL_NS	100000000	/* a tenth of a second */

static volatile sig_atomic_t shown;

struct progress {
	size_t		 count;
	struct timespec	 last;		/* when it was shown */
	struct timespec	 start;		/* of progress_amount() */
	bool		 started;
};

struct progress *
progress_new(bool quiet, bool on_stdout)
{
	if (quiet || (on_stdout && term_is(stdout)) ||
	    !term_takes_sequences(stderr))
		return NULL;
	return xcalloc(1, sizeof(struct progress));
}

/* Is it time to show it again? */
static bool
is_due(struct progress *p)
{
	struct timespec now;
	long long passed;

	if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
		return false;
	passed = (long long)(now.tv_sec - p->last.tv_sec) * 1000000000 +
	    (now.tv_nsec - p->last.tv_nsec);
	if (passed < INTERVAL_NS)
		return false;
	p->last = now;
	return true;
}

void
progress_line(const char *text)
{
	char *line = xasprintf(PROGRESS_ERASE "%s", text != NULL ? text : "");

	shown = text != NULL;
	/* Nothing hangs on whether it is seen. */
	(void)term_write(stderr, line, strlen(line));
	(void)fflush(stderr);
	free(line);
}

bool
progress_is_shown(void)
{
	return shown != 0;
}

/* A name cannot drive the terminal: bytes that might are shown as '?'. */
static void
make_plain(char *text)
{
	for (; *text != '\0'; text++)
		if (*text < 0x20 || *text >= 0x7f)
			*text = '?';
}

/* Seconds from A to B. */
static double
seconds(const struct timespec *a, const struct timespec *b)
{
	return (double)(b->tv_sec - a->tv_sec) +
	    (double)(b->tv_nsec - a->tv_nsec) / 1e9;
}

/* What is left, if it goes on as it did; with its blanks, or "". */
static void
put_left(const struct progress *p, uint64_t bytes, uint64_t all, char *text,
    size_t size)
{
	double left = 0;

	text[0] = '\0';
	if (bytes == 0 || all < bytes || seconds(&p->start, &p->last) < 1)
		return;
	left = seconds(&p->start, &p->last) / (double)bytes *
	    (double)(all - bytes);
	if (left < 60)
		snprintf(text, size, "  %.0f s left", left);
	else
		snprintf(text, size, "  %.0f min left", left / 60);
}

void
progress_amount(struct progress *p, size_t files, size_t all_files,
    uint64_t bytes, uint64_t all_bytes)
{
	char left[64], *text;

	if (p == NULL || !is_due(p))
		return;
	if (!p->started)
		p->start = p->last;
	p->started = true;
	put_left(p, bytes, all_bytes, left, sizeof(left));
	text = xasprintf("%zu of %zu files  %" PRIu64 " of %" PRIu64 " MB%s",
	    files, all_files, bytes / 1000000, all_bytes / 1000000, left);
	progress_line(text);
	free(text);
}

void
progress_step(struct progress *p, const char *what)
{
	size_t len;
	char *text;

	if (p == NULL)
		return;
	p->count++;
	if (!is_due(p))
		return;
	len = strlen(what);
	text = xasprintf("%zu  %s", p->count,
	    len > SHOWN_COLUMNS ? what + len - SHOWN_COLUMNS : what);
	make_plain(text);
	progress_line(text);
	free(text);
}

void
progress_free(struct progress *p)
{
	if (p == NULL)
		return;
	progress_line(NULL);
	free(p);
}

void
progress_crew(const struct crew *crew, void *ctx, unsigned threads,
    struct progress **progress, bool quiet, bool on_stdout)
{
	*progress = progress_new(quiet, on_stdout);
	crew_run(crew, ctx, threads);
	progress_free(*progress);
	*progress = NULL;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "scratch.h"
#include "tap.h"

#include "base/alloc.h"
#include "base/crew.h"
#include "base/limits.h"
#include "io/walk.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --------------------------------------------------------------- crews */

struct count {
	size_t	jobs, taken, finished;
	bool	ordered, bounded;
	size_t	threads;
};

static void *
count_next(void *ctx)
{
	struct count *c = ctx;
	size_t *job;

	if (c->taken == c->jobs)
		return NULL;
	if (c->taken - c->finished >= c->threads * CREW_AHEAD)
		c->bounded = false;
	job = xcalloc(2, sizeof(*job));
	job[0] = c->taken++;
	return job;
}

/* The first job of every dozen is slow, so that others overtake it. */
static void
count_work(void *ctx, void *job)
{
	size_t *n = job;

	(void)ctx;
	if (n[0] % 12 == 0)
		usleep(1000);
	n[1] = n[0] * n[0];
}

static void
count_finish(void *ctx, void *job)
{
	struct count *c = ctx;
	size_t *n = job;

	if (n[0] != c->finished || n[1] != n[0] * n[0])
		c->ordered = false;
	c->finished++;
	free(job);
}

static void
crew_keeps_order(void)
{
	static const struct crew crew = { count_next, count_work,
	    count_finish };
	static const unsigned threads[] = { 1, 2, 7, CREW_MAX_THREADS };
	size_t i, jobs;

	for (i = 0; i < sizeof(threads) / sizeof(threads[0]); i++)
		for (jobs = 0; jobs <= 1000; jobs += 500) {
			struct count c = { .jobs = jobs, .ordered = true,
			    .bounded = true, .threads = threads[i] };

			crew_run(&crew, &c, threads[i]);
			CHECK_INT(c.finished, jobs);
			CHECK(c.ordered);
			CHECK(c.bounded);
		}
}

/* ---------------------------------------------------------------- walks */

/* All paths below the scratch folder, without it, parted by spaces. */
static char *
walked(const char *const *paths, size_t count, enum status *last)
{
	size_t skip = strlen(scratch_path("")) + 1, n = 0;
	struct walk *w = walk_new(paths, count);
	char *text = xcalloc(1, 4096), *path;
	enum status st;

	*last = ST_OK;
	while (st = walk_next(w, &path, NULL), path != NULL) {
		if (st != ST_OK)
			*last = st;
		n += (size_t)snprintf(text + n, 4096 - n, "%s%s",
		    n > 0 ? " " : "", path + skip);
		free(path);
	}
	walk_free(w);
	return text;
}

static void
walk_order(void)
{
	const char *root;
	enum status last;
	char *text;

	scratch_begin();
	scratch_text("t/b.dll", "");
	scratch_text("t/A.dll", "");
	scratch_text("t/c/d/e", "");
	root = scratch_path("t");
	text = walked(&root, 1, &last);
	CHECK_STR(text, "t/A.dll t/b.dll t/c/d/e");
	CHECK_INT(last, ST_OK);
	free(text);
	scratch_end();
}

static void
walk_links(void)
{
	const char *root;
	enum status last;
	char *text;

	if (!scratch_has_links()) {
		tap_skip("no links can be made here");
		return;
	}
	scratch_begin();
	scratch_text("t/b.dll", "");
	scratch_text("t/c/d/e", "");
	scratch_link("t/c/loop", "..");
	scratch_link("t/file", "b.dll");
	scratch_link("t/gone", "nowhere");
	root = scratch_path("t");
	text = walked(&root, 1, &last);
	CHECK_STR(text, "t/b.dll t/c/d/e t/file");
	CHECK_INT(last, ST_OK);
	free(text);
	scratch_end();
}

static void
walk_of_given_paths(void)
{
	char *file = NULL, *none = NULL, *folder = NULL, *text;
	const char *paths[3];
	enum status last;

	scratch_begin();
	scratch_text("t/a", "");
	/* A given link is followed. */
	if (scratch_has_links())
		scratch_link("l", "t");
	else
		scratch_text("l/a", "");
	paths[0] = file = xstrdup(scratch_path("t/a"));
	paths[1] = none = xstrdup(scratch_path("none"));
	paths[2] = folder = xstrdup(scratch_path("l"));
	text = walked(paths, 3, &last);
	/* What is not there is told. */
	CHECK_STR(text, "t/a none l/a");
	CHECK_INT(last, ST_ABSENT);
	free(text);
	text = walked(paths, 0, &last);
	CHECK_STR(text, "");
	free(text);
	free(file);
	free(none);
	free(folder);
	scratch_end();
}

static void
walk_goes_no_deeper(void)
{
	char deep[2 * TREE_MAX_DEPTH + 16] = "t";
	const char *root;
	enum status last;
	size_t i;
	char *text;

	scratch_begin();
	for (i = 0; i < TREE_MAX_DEPTH; i++)
		memcpy(deep + 1 + 2 * i, "/d", 3);
	scratch_mkdir(deep);
	scratch_text("t/e", "");
	root = scratch_path("t");
	text = walked(&root, 1, &last);
	CHECK_INT(last, ST_LIMIT);
	/* And the walk goes on behind it. */
	CHECK(strlen(text) > 4 && strcmp(text + strlen(text) - 4,
	    " t/e") == 0);
	free(text);
	scratch_end();
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "a crew keeps the order", crew_keeps_order },
		{ "the order of a walk", walk_order },
		{ "a walk and links", walk_links },
		{ "a walk of given paths", walk_of_given_paths },
		{ "a walk goes no deeper", walk_goes_no_deeper },
		{ NULL, NULL }
	};

	return tap_run(cases);
}

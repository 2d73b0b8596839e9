/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "base/crew.h"
#include "base/limits.h"
#include "cmd/command.h"
#include "cmd/numbers.h"
#include "cmd/open_catalogue.h"
#include "cmd/open_policy.h"
#include "cmd/output.h"
#include "cmd/progress.h"
#include "cmd/tell.h"
#include "io/file.h"
#include "io/walk.h"
#include "report/inspection.h"

#include <stdlib.h>

struct inspect_options {
	struct common	 common;
	struct text_list anchors;
	struct option_number jobs;
};

static const struct option_row rows[] = {
	{ "anchor", 0, "FILE", OPTION_LIST,
	    offsetof(struct inspect_options, anchors),
	    "trust the certificates of FILE (PEM) too" },
	{ "jobs", 'j', "N", OPTION_NUMBER,
	    offsetof(struct inspect_options, jobs),
	    "inspect N files at once (default: processors)" },
};

/* One run. What the crew's steps share is touched by next() and finish()
 * only, never by two threads at once. */
struct run {
	const struct inspect_options *o;
	unsigned	 jobs;
	const struct inspect_policy *policy;
	struct inspection_writer *w;
	struct walk	*walk;
	struct progress	*progress;
	size_t		 count;		/* of files so far */
	enum exit_code	 worst;		/* of all files so far */
	bool		 absent;	/* a given path was not there */
};

/* One file on its way. */
struct job {
	char		*path;
	struct diag	 diag;		/* why the walk could not enter it */
	enum status	 st;		/* of the walk */
	struct file_facts facts;
	struct inspected result;	/* of them */
};

static void *
job_next(void *ctx)
{
	struct run *r = ctx;
	struct job *j = xcalloc(1, sizeof(*j));

	j->diag.fileoff = DIAG_NOWHERE;
	while ((j->st = walk_next(r->walk, &j->path, &j->diag)) ==
	    ST_ABSENT) {
		tell_diag(r->o->common.teller, j->path, &j->diag);
		r->absent = true;
		free(j->path);
	}
	if (j->path != NULL)
		return j;
	free(j);
	return NULL;
}

static void
job_work(void *ctx, void *job)
{
	const struct run *r = ctx;
	struct file *f = NULL;
	struct job *j = job;

	if (j->st == ST_OK)
		j->st = file_open(j->path, &f, &j->diag);
	if (j->st == ST_OK)
		file_facts_read(file_source(f), inspect_anchors(r->policy),
		    &j->facts);
	else
		file_facts_unreadable(&j->diag, &j->facts);
	inspect_judge(&j->facts, j->st == ST_OK ? j->path : NULL, r->policy,
	    &j->result);
	file_close(f);
}

static enum exit_code
exit_of_signature(enum sig_verdict v)
{
	switch (v) {
	case SIG_VALID:
		return EXIT_NOTHING_TO_DO;
	case SIG_EXPIRES:
	case SIG_UNSIGNED:
	case SIG_UNTRUSTED:
		return EXIT_ADVISED;
	case SIG_EXPIRED:
	case SIG_INVALID:
		return EXIT_REQUIRED;
	case SIG_UNREADABLE:
	case SIG_UNCHECKED:
		break;
	}
	return EXIT_UNDETERMINED;
}

static void
job_finish(void *ctx, void *job)
{
	struct run *r = ctx;
	struct job *j = job;
	enum exit_code code = exit_of_signature(j->result.verdict);

	progress_step(r->progress, j->path);
	inspection_put(r->w, j->path, &j->result);
	r->count++;
	if (code > r->worst)
		r->worst = code;
	inspected_fini(&j->result);
	file_facts_fini(&j->facts);
	free(j->path);
	free(j);
}

static const struct crew crew = { job_next, job_work, job_finish };

static void
inspect_all(void *ctx, struct inspection_writer *w)
{
	struct run *r = ctx;

	r->w = w;
	progress_crew(&crew, r, r->jobs, &r->progress, r->o->common.quiet,
	    r->o->common.output == NULL);
}

/* Inspect all and write it; the exit code of the command. */
static enum exit_code
inspect_and_write(struct run *r, const struct catalogue *cat)
{
	struct inspection result = { .version = PACKAGE_VERSION,
	    .at = r->o->common.at, .catalogue = cat, .run = inspect_all,
	    .ctx = r };
	enum exit_code code = write_result(&r->o->common, &result);

	if (code != EXIT_GO_ON)
		return code;
	/* An empty folder proves nothing, and is no good answer. */
	if (r->count == 0 && !r->absent)
		tell(r->o->common.teller, "inspect", "no files there");
	return r->absent || r->count == 0 ? EXIT_NO_INPUT : r->worst;
}

static enum exit_code
inspect_run(void *options, char **args, size_t count)
{
	const struct inspect_options *o = options;
	struct run r = { .o = o, .worst = EXIT_GO_ON };
	struct inspect_policy *policy = NULL;
	struct catalogue *cat = NULL;
	enum exit_code code;

	if (!jobs_within(&o->common, "inspect", &o->jobs, &r.jobs))
		return EXIT_USAGE;
	code = open_catalogue(&o->common, &cat);
	if (code != EXIT_GO_ON)
		return code;
	code = open_policy(&o->common, cat, &o->anchors, &policy);
	if (code == EXIT_GO_ON) {
		r.policy = policy;
		r.walk = walk_new((const char *const *)args, count);
		code = inspect_and_write(&r, cat);
		walk_free(r.walk);
	}
	inspect_policy_free(policy);
	catalogue_free(cat);
	return code;
}

const struct command cmd_inspect = {
	.name = "inspect",
	.summary = "what a package or program is, and what its signature is "
	    "worth",
	.synopsis = "[OPTION...] PATH...",
	.text = "Inspect files, and all files below folders: executables, "
	    "packages and patches of Windows Installer, cabinets (.msu too), "
	    "catalogues, bare signatures. What a file is, its content says, "
	    "not its name.",
	.result = REPORT_INSPECT,
	.min_args = 1,
	.max_args = SIZE_MAX,
	.options = rows,
	.option_count = sizeof(rows) / sizeof(rows[0]),
	.options_size = sizeof(struct inspect_options),
	.run = inspect_run,
};

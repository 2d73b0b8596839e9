/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "base/crew.h"
#include "base/limits.h"
#include "base/utf.h"
#include "cmd/command.h"
#include "cmd/fleet_lists.h"
#include "cmd/judging.h"
#include "cmd/numbers.h"
#include "cmd/output.h"
#include "cmd/progress.h"
#include "cmd/tell.h"
#include "inventory/inventory_json.h"
#include "io/file.h"
#include "io/walk.h"
#include "json/jsondocs.h"
#include "report/fleet_report.h"
#include "report/json_result.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_DAYS	3650	/* of --max-age */
#define REFUSED_TOLD	5	/* documents of one file */
#define ALONE_BYTES	(1024 * 1024)	/* of a document that is large */

struct judge_options {
	struct common	 common;
	struct judging_options by;
	struct option_number max_age, jobs;
	const char	*servers, *accept, *group_by;
};

static const struct option_row rows[] = {
	{ "servers", 0, "FILE", OPTION_TEXT,
	    offsetof(struct judge_options, servers),
	    "who has to have a result: names, or a CSV with groups" },
	{ "group-by", 0, "WHAT", OPTION_TEXT,
	    offsetof(struct judge_options, group_by),
	    "groups by product, release or verdict" },
	{ "accept", 0, "FILE", OPTION_TEXT,
	    offsetof(struct judge_options, accept),
	    "accepted risks: host, what, last day, why" },
	{ "max-age", 0, "DAYS", OPTION_NUMBER,
	    offsetof(struct judge_options, max_age),
	    "an older result leaves its host undetermined" },
	{ "jobs", 'j', "N", OPTION_NUMBER,
	    offsetof(struct judge_options, jobs),
	    "judge N results at once (default: processors)" },
	JUDGING_ROWS(judge_options, by),
};

/* Where documents come from: a file, or the standard input. */
struct stream {
	struct source	 src;		/* unless STDIN */
	uint64_t	 off;
	bool		 is_stdin;
};

/* One run. What the crew's steps share is touched by next() and finish()
 * only, never by two threads at once. */
struct run {
	const struct judge_options *o;
	unsigned	 jobs;
	struct judging	 by;
	struct fleet	 fleet;
	struct fleet_writer *w;
	struct progress	*progress;
	bool		 whole;		/* the format shows whole hosts */

	/* What is read next. */
	char		**args;
	size_t		 count, at;
	struct walk	*walk;		/* of an argument, or NULL */
	struct stream	 stream;
	struct file	*file;
	struct jsondocs	*docs;		/* of the stream, or NULL */
	char		*name;		/* of the stream */
	size_t		 found;		/* documents of it so far */
	size_t		 taken;		/* jobs so far */

	struct job	*first;		/* lives on */
	enum exit_code	 refused;	/* of the last document or file that
					   could not be judged */
	char		*refused_name;	/* of that file, or NULL */
	size_t		 refused_count;	/* documents of it, up to now */
	bool		 absent;	/* a given path was not there */
};

/* A host of a document. */
struct judged {
	struct fleet_row *row;
	struct inventory *inv;		/* NULL: let go */
	struct inventory *package;	/* that its target was; or NULL */
	struct report_host host;
};

/* One document on its way, or a file that has none. */
struct job {
	char		*subject;	/* the file, for who is told of it */
	char		*where;		/* with the line, where it matters */
	uint8_t		*doc;		/* NULL: there is none */
	size_t		 len;
	uint64_t	 line;
	bool		 keep;		/* hosts, and not their rows alone */
	bool		 done;
	struct judged	*hosts;
	size_t		 count;
	enum status	 st;
	struct diag	 diag;		/* unless ST_OK */
};

static enum status
stream_read(void *ctx, void *p, size_t cap, size_t *len, struct diag *d)
{
	struct stream *s = ctx;
	uint64_t left = s->src.size - s->off;
	enum status st;

	if (s->is_stdin) {
		*len = fread(p, 1, cap, stdin);
		return *len == 0 && ferror(stdin) ? diag_set(d, ST_IO,
		    DIAG_NOWHERE, NULL, "cannot be read") : ST_OK;
	}
	*len = left < cap ? (size_t)left : cap;
	st = *len != 0 ? source_read(&s->src, s->off, p, *len, d) : ST_OK;
	s->off += *len;
	return st;
}

/* Is AT a result that can be judged again? What was made of many results does
 * not have those that were broken or missing. */
static void
check_result(struct jsonin_at at)
{
	const char *schema = jsonin_text(at, "schema", TEXT_MAX);

	if (strcmp(schema, JSON_RESULT_SCHEMA) != 0)
		jsonin_fail(at, "schema", ST_UNSUPPORTED, "\"%.40s\": only "
		    JSON_RESULT_SCHEMA " has an inventory; scan the server "
		    "again", schema);
	if (jsonin_kind(at, "fleet") != JSONTAPE_NONE)
		jsonin_fail(at, "fleet", ST_UNSUPPORTED, "it was made of many "
		    "results: judge those");
}

/* Is the target called as the package whose facts INV has? */
static bool
is_target(const struct run *r, const struct inventory *inv)
{
	return inv->file_count == 1 && inv->files[0].facts != NULL &&
	    strcmp(inv->files[0].path, r->o->by.target) == 0;
}

/* The facts of the package that was the target, unless its file is here;
 * NULL for none. */
static enum status
read_package(const struct run *r, struct jsonin_at host,
    struct inventory **out, struct diag *d)
{
	struct jsonin_at target = jsonin_object_or_none(host, "target");
	enum status st;

	*out = NULL;
	if (r->o->by.target == NULL || r->by.has_facts ||
	    !jsonin_is_there(target) ||
	    jsonin_kind(target, "package") == JSONTAPE_NONE)
		return ST_OK;
	st = inventory_read_package(jsonin_object(target, "package"), out, d);
	if (st == ST_OK && !is_target(r, *out)) {
		inventory_free(*out);
		*out = NULL;
	}
	return st;
}

/* The row stays. */
static void
let_go(struct judged *j)
{
	if (j->inv == NULL)
		return;
	judging_drop(&j->host);
	inventory_free(j->inv);
	inventory_free(j->package);
	j->inv = j->package = NULL;
}

/* A host of a result: its row, and itself where that is wanted. */
static enum status
judge_host(const struct run *r, struct job *job, struct jsonin_at host,
    struct diag *d)
{
	struct inventory *inv, *package;
	struct judged *j;
	enum status st;

	if (jsonin_kind(host, "inventory") == JSONTAPE_NONE)
		jsonin_fail(host, "inventory", ST_UNSUPPORTED,
		    "none there: the result was made with --quiet");
	st = inventory_read(jsonin_object(host, "inventory"), &inv, d);
	if (st != ST_OK)
		return st;
	st = read_package(r, host, &package, d);
	if (st == ST_OK && package == NULL && r->by.only_kept)
		st = diag_set(d, ST_ABSENT, DIAG_NOWHERE, NULL, "--target: "
		    "\"%s\" is no file, no build, KB or release of the "
		    "catalogue, and no package that this result was made for",
		    r->o->by.target);
	if (st != ST_OK) {
		inventory_free(inv);
		return st;
	}
	job->hosts = xpush(job->hosts, job->count, sizeof(*job->hosts));
	j = &job->hosts[job->count++];
	j->inv = inv;
	j->package = package;
	judging_host(&r->by, inv, package != NULL ?
	    package->files[0].facts : NULL, &j->host);
	j->row = fleet_row_of(&r->fleet, &j->host, job->where);
	if (!job->keep)
		let_go(j);
	return ST_OK;
}

/* Who was to be looked at, and could not be, is not known. */
static void
check_refused(struct jsonin_at root)
{
	struct jsonin_items it = jsonin_items(jsonin_array(root, "refused",
	    JUDGE_MAX_HOSTS));
	struct jsonin_at one;

	if (jsonin_each(&it, &one))
		jsonin_fail(one, "root", ST_IO, "%.300s was not looked at: "
		    "%.300s", jsonin_text(one, "root", TEXT_MAX),
		    jsonin_text(one, "why", TEXT_MAX));
}

static enum status
judge_document(const struct run *r, struct job *job, struct diag *d)
{
	struct jsonin *in = NULL;
	struct jsonin_at root, host;
	struct jsonin_items it;
	enum status st = jsonin_open(slice_of(job->doc, job->len, 0),
	    job->line, &in, d);

	if (st != ST_OK)
		return st;
	root = jsonin_object(jsonin_root(in), NULL);
	check_result(root);
	jsonin_require(root, "hosts");
	it = jsonin_items(jsonin_array(root, "hosts", JUDGE_MAX_HOSTS));
	st = jsonin_finish(in, d);
	while (st == ST_OK && jsonin_each(&it, &host))
		st = judge_host(r, job, host, d);
	if (st == ST_OK && jsonin_kind(root, "refused") != JSONTAPE_NONE)
		check_refused(root);
	else if (st == ST_OK && job->count == 0)
		jsonin_fail(root, "hosts", ST_MALFORMED, "no host in it");
	if (st == ST_OK)
		st = jsonin_finish(in, d);
	jsonin_close(in);
	return st;
}

/* ------------------------------------------------------ what is read next */

static struct job *
job_new(struct run *r, const char *subject)
{
	struct job *job = xcalloc(1, sizeof(*job));

	job->subject = xstrdup(subject);
	job->where = xstrdup(subject);
	job->diag.fileoff = DIAG_NOWHERE;
	job->keep = r->whole || r->taken == 0;
	r->taken++;
	return job;
}

static void
close_stream(struct run *r)
{
	jsondocs_free(r->docs);
	file_close(r->file);
	free(r->name);
	r->docs = NULL;
	r->file = NULL;
	r->name = NULL;
}

static void
open_stream(struct run *r, const char *name)
{
	r->name = xstrdup(name);
	r->docs = jsondocs_new(stream_read, &r->stream);
	r->found = 0;
}

/* The next document of the stream, also one that is none; NULL at its end. */
static struct job *
next_document(struct run *r)
{
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	struct slice doc;
	uint64_t line;
	enum status st = jsondocs_next(r->docs, &doc, &line, &d);
	struct job *job;

	if (st == ST_ABSENT && r->found != 0) {
		close_stream(r);
		return NULL;
	}
	if (st == ST_ABSENT)
		(void)diag_set(&d, ST_MALFORMED, DIAG_NOWHERE, NULL,
		    "nothing in it");
	job = job_new(r, r->name);
	job->st = st == ST_ABSENT ? ST_MALFORMED : st;
	job->diag = d;
	r->found++;
	if (st == ST_OK) {
		job->doc = xmemdup(doc.p, doc.n);
		job->len = doc.n;
		job->line = line;
	}
	if (st != ST_ABSENT && st != ST_IO && line > 1) {
		free(job->where);
		job->where = xasprintf("%s:%llu", r->name,
		    (unsigned long long)line);
	}
	if (st == ST_ABSENT || st == ST_IO)
		close_stream(r);
	return job;
}

static bool
is_json(const char *path)
{
	size_t n = strlen(path);

	return (n > 5 && utf_casecmp(path + n - 5, ".json") == 0) ||
	    (n > 6 && utf_casecmp(path + n - 6, ".jsonl") == 0);
}

/* PATH was given itself, or lies in a folder that was. */
static bool
is_given(const char *path, char **args, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (strcmp(args[i], path) == 0)
			return true;
	return false;
}

/* What the walk could not enter, and a file that cannot be opened. */
static struct job *
job_of_failure(struct run *r, const char *path, enum status st,
    const struct diag *d)
{
	struct job *job = job_new(r, path);

	job->st = st;
	job->diag = *d;
	return job;
}

static struct job *
open_file(struct run *r, const char *path)
{
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	enum status st = file_open_unnamed(path, &r->file, &d);

	if (st != ST_OK)
		return job_of_failure(r, path, st, &d);
	r->stream = (struct stream){ .src = file_source(r->file) };
	open_stream(r, path);
	return NULL;
}

/* Open the next file of the walk; a job where that went wrong. */
static struct job *
next_of_walk(struct run *r)
{
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	struct job *job = NULL;
	char *path;
	enum status st = walk_next(r->walk, &path, &d);

	if (st == ST_OK && path == NULL) {
		walk_free(r->walk);
		r->walk = NULL;
	} else if (st != ST_OK) {
		r->absent |= st == ST_ABSENT;
		job = job_of_failure(r, path, st, &d);
	} else if (is_json(path) || is_given(path, r->args, r->count))
		job = open_file(r, path);
	free(path);
	return job;
}

static void
next_argument(struct run *r)
{
	char **arg = &r->args[r->at++];

	if (strcmp(*arg, "-") == 0) {
		r->stream = (struct stream){ .is_stdin = true };
		open_stream(r, "standard input");
	} else
		r->walk = walk_new((const char *const *)arg, 1);
}

static void	job_work(void *ctx, void *job);

static void *
job_next(void *ctx)
{
	struct run *r = ctx;
	struct job *job = NULL;

	while (job == NULL) {
		if (r->docs != NULL)
			job = next_document(r);
		else if (r->walk != NULL)
			job = next_of_walk(r);
		else if (r->at < r->count)
			next_argument(r);
		else
			return NULL;
	}
	/* No more than one that is large is held. */
	if (job->len > ALONE_BYTES)
		job_work(r, job);
	return job;
}

static void
job_work(void *ctx, void *p)
{
	const struct run *r = ctx;
	struct job *job = p;

	if (job->doc != NULL && !job->done)
		job->st = judge_document(r, job, &job->diag);
	job->done = true;
	free(job->doc);
	job->doc = NULL;
}

static void
job_free(struct job *job)
{
	size_t i;

	for (i = 0; job != NULL && i < job->count; i++)
		let_go(&job->hosts[i]);
	if (job == NULL)
		return;
	free(job->hosts);
	free(job->subject);
	free(job->where);
	free(job);
}

/* What else is no result in the file that was told of last. */
static void
tell_more_refused(struct run *r)
{
	if (r->refused_count > REFUSED_TOLD)
		tell(r->o->common.teller, r->refused_name, "%zu more that "
		    "cannot be judged", r->refused_count - REFUSED_TOLD);
	free(r->refused_name);
	r->refused_name = NULL;
	r->refused_count = 0;
}

/* A file that is something else may have thousands of lines, and each is no
 * result. */
static void
tell_refused(struct run *r, const struct job *job)
{
	if (r->refused_name == NULL ||
	    strcmp(r->refused_name, job->subject) != 0) {
		tell_more_refused(r);
		r->refused_name = xstrdup(job->subject);
	}
	if (r->refused_count++ < REFUSED_TOLD)
		tell_diag(r->o->common.teller, job->subject, &job->diag);
}

static void
put_refused(struct run *r, const struct job *job)
{
	char line[640];

	diag_line(&job->diag, line, sizeof(line));
	tell_refused(r, job);
	fleet_put_broken(r->w, fleet_row_broken(job->where, line));
	r->refused = exit_of_status(job->st);
}

static void
job_finish(void *ctx, void *p)
{
	struct run *r = ctx;
	struct job *job = p;
	size_t i;

	progress_step(r->progress, job->where);
	for (i = 0; i < job->count; i++)
		fleet_put_host(r->w, job->hosts[i].row, job->keep ?
		    &job->hosts[i].host : NULL);
	if (job->st != ST_OK)
		put_refused(r, job);
	if (r->first == NULL)
		r->first = job;
	else
		job_free(job);
}

static const struct crew crew = { job_next, job_work, job_finish };

static void
judge_all(void *ctx, struct fleet_writer *w)
{
	struct run *r = ctx;

	r->w = w;
	progress_crew(&crew, r, r->jobs, &r->progress, r->o->common.quiet,
	    r->o->common.output == NULL);
	tell_more_refused(r);
}

/* --------------------------------------------------------- all of it */

static bool
parse_grouping(const struct judge_options *o, enum fleet_grouping *out)
{
	static const char *const names[] = {
		[FLEET_BY_PRODUCT] = "product", [FLEET_BY_RELEASE] = "release",
		[FLEET_BY_VERDICT] = "verdict",
	};
	size_t i;

	*out = FLEET_BY_LIST;
	for (i = FLEET_BY_PRODUCT; o->group_by != NULL &&
	    i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(o->group_by, names[i]) == 0)
			*out = (enum fleet_grouping)i;
	if (o->group_by == NULL || *out != FLEET_BY_LIST)
		return true;
	tell(o->common.teller, "judge", "--group-by: \"%s\" is none of "
	    "product, release, verdict", o->group_by);
	return false;
}

/* What the options say of many hosts. */
static enum exit_code
fleet_open(struct run *r)
{
	const struct judge_options *o = r->o;
	struct fleet *f = &r->fleet;
	enum exit_code code = EXIT_GO_ON;
	unsigned days;

	if (!jobs_within(&o->common, "judge", &o->jobs, &r->jobs) ||
	    !number_within(&o->common, "judge", "max-age", &o->max_age, 0,
	    MAX_DAYS, 0, &days) || !parse_grouping(o, &f->grouping))
		return EXIT_USAGE;
	f->has_max_age = o->max_age.given;
	f->max_age = (instant)days * SECONDS_A_DAY;
	f->now = o->common.taken;
	if (o->servers != NULL)
		code = fleet_read_servers(o->common.teller, o->servers, f);
	if (code == EXIT_GO_ON && o->accept != NULL)
		code = fleet_read_accepts(o->common.teller, o->accept, f);
	return code;
}

/* Is there a host to tell of? */
static bool
has_hosts(const struct fleet *f)
{
	size_t i;

	for (i = 0; i < f->count; i++)
		if (f->rows[i]->state != FLEET_BROKEN)
			return true;
	return false;
}

/* The worst host decides; what could not be judged is not known. */
static enum exit_code
conclude(const struct run *r)
{
	if (has_hosts(&r->fleet))
		return exit_of_verdict(r->fleet.worst);
	tell(r->o->common.teller, "judge", "no result there");
	return r->absent ? EXIT_NO_INPUT :
	    r->refused != EXIT_GO_ON ? r->refused : EXIT_NO_INPUT;
}

static enum exit_code
judge_and_write(struct run *r)
{
	struct fleet_result result = { &r->fleet, judge_all, r };
	enum exit_code code;

	judging_fleet(&r->by, &r->fleet);
	r->whole = r->o->common.format->by.judge->host != NULL;
	code = write_result(&r->o->common, &result);
	return code == EXIT_GO_ON ? conclude(r) : code;
}

static enum exit_code
judge_run(void *options, char **args, size_t count)
{
	struct run r = { .o = options, .args = args, .count = count,
	    .refused = EXIT_GO_ON };
	enum exit_code code = fleet_open(&r);

	if (code == EXIT_GO_ON) {
		code = judging_open(&r.o->common, &r.o->by, "judge", &r.by);
		if (code == EXIT_GO_ON)
			code = judge_and_write(&r);
		job_free(r.first);
		fleet_fini(&r.fleet);
		judging_close(&r.by);
	}
	fleet_lists_fini(&r.fleet);
	return code;
}

const struct command cmd_judge = {
	.name = "judge",
	.summary = "judge results of scan again: later, or by another "
	    "catalogue",
	.synopsis = "[OPTION...] RESULT...",
	.text = "Judge what \"scan --format json\" wrote again, without the "
	    "server: at another instant, or by another catalogue. RESULT is a "
	    "file, a folder (every .json or .jsonl below it) or - (the "
	    "standard input); a file may hold many results, one behind the "
	    "other. Of many hosts a summary is shown, and a line of each, the "
	    "worst first.",
	.result = REPORT_JUDGE,
	.min_args = 1,
	.max_args = SIZE_MAX,
	.options = rows,
	.option_count = sizeof(rows) / sizeof(rows[0]),
	.options_size = sizeof(struct judge_options),
	.run = judge_run,
};

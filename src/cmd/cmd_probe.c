/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "base/crew.h"
#include "base/limits.h"
#include "cmd/command.h"
#include "cmd/numbers.h"
#include "cmd/open_catalogue.h"
#include "cmd/output.h"
#include "cmd/system.h"
#include "cmd/tell.h"
#include "fetch/owa_probe.h"
#include "report/probe.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define JOBS		4	/* unless --jobs says so */

struct probe_options {
	struct common	 common;
	const char	*cacert;
	bool		 insecure, allow_http;
	struct option_number timeout, jobs;
};

static const struct option_row rows[] = {
	{ "cacert", 0, "FILE", OPTION_TEXT,
	    offsetof(struct probe_options, cacert),
	    "verify servers with the CAs in FILE (PEM) only" },
	{ "insecure", 'k', NULL, OPTION_FLAG,
	    offsetof(struct probe_options, insecure),
	    "do not verify servers; the answer says so" },
	{ "allow-http", 0, NULL, OPTION_FLAG,
	    offsetof(struct probe_options, allow_http),
	    "take http:// URLs too; the answer says so" },
	{ "timeout", 0, "SECONDS", OPTION_NUMBER,
	    offsetof(struct probe_options, timeout),
	    "for one request (10, which is the most)" },
	{ "jobs", 'j', "N", OPTION_NUMBER,
	    offsetof(struct probe_options, jobs),
	    "hosts at the same time (4)" },
};

/* One host, and what came of it. */
struct target {
	const char	*name;
	enum status	 st;
	struct diag	 d;		/* unless ST_OK */
	struct owa_probe_result result;	/* if ST_OK */
	struct probe_line *lines;
};

/* One run; NEXT is next()'s alone. */
struct work {
	struct http_options http;
	struct target	*targets;
	size_t		 count;
	size_t		 next;
};

static void *
target_next(void *ctx)
{
	struct work *w = ctx;

	return w->next < w->count ? &w->targets[w->next++] : NULL;
}

/* A client is for one thread, and so for one host. */
static void
target_work(void *ctx, void *job)
{
	const struct work *w = ctx;
	struct target *t = job;
	struct http *http = NULL;

	t->st = http_open(&w->http, &http, &t->d);
	if (t->st == ST_OK)
		t->st = owa_probe_host(http, t->name, &t->result, &t->d);
	http_close(http);
}

/* They stay where they are, and are reported together. */
static void
target_finish(void *ctx, void *job)
{
	(void)ctx;
	(void)job;
}

static const struct crew crew = { target_next, target_work, target_finish };

static const char *
tls_of(const struct probe_options *o, const struct owa_probe_result *r)
{
	if (!r->encrypted)
		return "none";
	return o->insecure ? "not verified" : "verified";
}

static void
match_best(const struct catalogue *cat, const struct owa_probe_result *r,
    struct probe_answer *a)
{
	const struct owa_probe_fact *best = owa_probe_best(r);

	if (best == NULL)
		return;
	a->build = best->build;
	a->folder = owa_probe_is_folder(best);
	a->conflict = !owa_probe_agrees(r);
	if (a->folder)
		cat_match_prefix(cat, best->build, 2, &a->match);
	else
		cat_match_build(cat, best->build, &a->match);
}

static void
answer_of(const struct probe_options *o, const struct catalogue *cat,
    struct target *t, struct probe_answer *a)
{
	const struct owa_probe_result *r = &t->result;
	size_t i;

	a->query = t->name;
	a->tls = "none";
	if (t->st != ST_OK) {
		a->error = t->d.text;
		return;
	}
	t->lines = xcalloc(r->fact_count, sizeof(*t->lines));
	for (i = 0; i < r->fact_count; i++)
		t->lines[i] = (struct probe_line){
		    owa_probe_source_name(r->facts[i].source), r->facts[i].url,
		    r->facts[i].value };
	a->origin = r->origin;
	a->tls = tls_of(o, r);
	a->lines = t->lines;
	a->line_count = r->fact_count;
	a->remarks = r->remarks;
	a->remark_count = r->remark_count;
	match_best(cat, r, a);
}

static enum exit_code
code_of(const struct target *t, const struct probe_answer *a)
{
	if (t->st == ST_MALFORMED || t->st == ST_UNSUPPORTED)
		return EXIT_USAGE;
	if (t->st != ST_OK)
		return EXIT_UNAVAILABLE;
	if (a->conflict)
		return EXIT_UNDETERMINED;
	return a->match.kind == CAT_MATCH_NONE ? EXIT_ADVISED :
	    EXIT_NOTHING_TO_DO;
}

/* The worst of all hosts; an error is worse than any answer. */
static enum exit_code
report(const struct probe_options *o, const struct catalogue *cat,
    struct work *w)
{
	struct probe_answer *answers = xcalloc(w->count, sizeof(*answers));
	struct probe_report r = { PACKAGE_VERSION, o->common.at,
	    catalogue_info(cat), answers, w->count };
	enum exit_code worst = EXIT_GO_ON, code;
	size_t i;

	for (i = 0; i < w->count; i++) {
		answer_of(o, cat, &w->targets[i], &answers[i]);
		code = code_of(&w->targets[i], &answers[i]);
		if (code > worst)
			worst = code;
	}
	code = write_result(&o->common, &r);
	for (i = 0; i < w->count; i++)
		cat_match_fini(&answers[i].match);
	free(answers);
	return exit_or(code, worst);
}

static void
targets_free(struct target *targets, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (targets[i].st == ST_OK)
			owa_probe_fini(&targets[i].result);
		free(targets[i].lines);
	}
	free(targets);
}

/* Said once, and not for each host. */
static enum exit_code
check_client(const struct probe_options *o, const struct work *w)
{
	struct diag d = { .text = "" };
	struct http *http = NULL;

	if (http_open(&w->http, &http, &d) != ST_OK) {
		tell_diag(o->common.teller, "probe", &d);
		return EXIT_UNAVAILABLE;
	}
	http_close(http);
	return EXIT_GO_ON;
}

static enum exit_code
probe_run(void *options, char **args, size_t count)
{
	const struct probe_options *o = options;
	struct work w = { .count = count };
	struct catalogue *cat = NULL;
	enum exit_code code;
	unsigned jobs;
	size_t i;

	w.http = (struct http_options){ .cacert = o->cacert,
	    .insecure = o->insecure, .allow_http = o->allow_http };
	if (!number_within(&o->common, "probe", "timeout", &o->timeout, 1,
	    PROBE_MAX_SECONDS, PROBE_MAX_SECONDS, &w.http.seconds) ||
	    !number_within(&o->common, "probe",
	    "jobs", &o->jobs, 1, PROBE_MAX_JOBS,
	    JOBS, &jobs))
		return EXIT_USAGE;
	system_outlive_pipes();
	code = check_client(o, &w);
	if (code == EXIT_GO_ON)
		code = open_catalogue(&o->common, &cat);
	if (code != EXIT_GO_ON)
		return code;
	w.targets = xcalloc(count, sizeof(*w.targets));
	for (i = 0; i < count; i++)
		w.targets[i].name = args[i];
	crew_run(&crew, &w, jobs < count ? jobs : (unsigned)count);
	code = report(o, cat, &w);
	targets_free(w.targets, count);
	catalogue_free(cat);
	return code;
}

const struct command cmd_probe = {
	.name = "probe",
	.summary = "the build of one's own servers, from their web answers",
	.synopsis = "[OPTION...] HOST|URL...",
	.text = "Ask servers of one's own for their build, as a browser "
	    "could: the header\nX-OWA-Version, the path in the page of "
	    "Outlook on the web, the manifest of the\nexport tool. At most "
	    "four requests to each host.",
	.result = REPORT_PROBE,
	.min_args = 1,
	.max_args = SIZE_MAX,
	.options = rows,
	.option_count = sizeof(rows) / sizeof(rows[0]),
	.options_size = sizeof(struct probe_options),
	.run = probe_run,
};

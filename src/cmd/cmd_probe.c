/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/assessment.h"
#include "assessment/currency.h"
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

#define MAX_DAYS	3650	/* of --grace and --max-catalogue-age */
#define JOBS		4	/* unless --jobs says so */

struct probe_options {
	struct common	 common;
	const char	*cacert;
	bool		 insecure, allow_http;
	struct option_number timeout, jobs;
	struct option_number grace, max_age;
	bool		 esu;
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
	{ "grace", 0, "DAYS", OPTION_NUMBER,
	    offsetof(struct probe_options, grace),
	    "a security update may be missing so long (30)" },
	{ "esu", 0, NULL, OPTION_FLAG, offsetof(struct probe_options, esu),
	    "extended security updates can be had" },
	{ "max-catalogue-age", 0, "DAYS", OPTION_NUMBER,
	    offsetof(struct probe_options, max_age),
	    "older, it calls nothing current" },
};

/* One host, and what came of it. */
struct target {
	const char	*name;
	enum status	 st;
	struct diag	 d;		/* unless ST_OK */
	struct owa_probe_result result;	/* if ST_OK */
	struct probe_line *lines;
	struct query_answer *found;	/* NULL: no build was told */
	struct standing	*standings;	/* of its releases */
};

/* One run; NEXT is next()'s alone. */
struct work {
	struct http_options http;
	struct target	*targets;
	size_t		 count;
	size_t		 next;
	const struct catalogue *cat;
	struct query_asker *asker;
	struct standing_options how;
	unsigned	 grace;		/* days */
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

/*
 * What the releases ask for that the build can be of, of those that were out.
 * Where they do not ask for the same, nobody can tell.
 */
static enum severity
verdict_of(const struct work *w, const struct target *t)
{
	const struct query_answer *f = t->found;
	enum severity all = SEV_UNKNOWN, one;
	size_t i;

	if (f->service != NULL)
		return SEV_NOTE;
	for (i = 0; i < f->release_count; i++) {
		if (f->releases[i]->released != INSTANT_NONE &&
		    f->releases[i]->released > w->how.at)
			continue;
		one = currency_severity(&t->standings[i], w->grace);
		if (all != SEV_UNKNOWN && one != all)
			return SEV_UNDETERMINED;
		all = one;
	}
	return all != SEV_UNKNOWN ? all : SEV_UNDETERMINED;
}

static void
match_best(const struct work *w, struct target *t, struct probe_answer *a)
{
	const struct owa_probe_fact *best = owa_probe_best(&t->result);
	size_t i;

	if (best == NULL)
		return;
	a->folder = owa_probe_is_folder(best);
	a->conflict = !owa_probe_agrees(&t->result);
	t->found = a->folder ? query_ask_pack(w->asker, best->build) :
	    query_ask_build(w->asker, best->build);
	t->standings = xcalloc(t->found->release_count + 1,
	    sizeof(*t->standings));
	for (i = 0; i < t->found->release_count; i++)
		standing_find(w->cat, t->found->releases[i], &w->how,
		    &t->standings[i]);
	a->found = t->found;
	a->standings = t->standings;
	a->verdict = a->conflict ? SEV_UNDETERMINED : verdict_of(w, t);
}

static void
answer_of(const struct probe_options *o, const struct work *w,
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
	match_best(w, t, a);
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
	if (a->found == NULL || a->found->match == QUERY_NONE)
		return EXIT_ADVISED;
	return exit_of_verdict(a->verdict);
}

/* Verdicts rise as those of "scan" do: what is required comes before what
 * cannot be told. An error is worse than any. */
static int
rank(enum exit_code code)
{
	switch (code) {
	case EXIT_UNDETERMINED:
		return EXIT_REQUIRED;
	case EXIT_REQUIRED:
		return EXIT_UNDETERMINED;
	default:
		return (int)code;
	}
}

/* The worst of all hosts. */
static enum exit_code
report(const struct probe_options *o, struct work *w)
{
	struct probe_answer *answers = xcalloc(w->count, sizeof(*answers));
	struct probe_report r = { PACKAGE_VERSION, o->common.at,
	    catalogue_info(w->cat), answers, w->count };
	enum exit_code worst = EXIT_GO_ON, code;
	size_t i;

	for (i = 0; i < w->count; i++) {
		answer_of(o, w, &w->targets[i], &answers[i]);
		code = code_of(&w->targets[i], &answers[i]);
		if (rank(code) > rank(worst))
			worst = code;
	}
	code = write_result(&o->common, &r);
	free(answers);
	return exit_or(code, worst);
}

static void
targets_free(struct target *targets, size_t count)
{
	size_t i, k;

	for (i = 0; i < count; i++) {
		if (targets[i].st == ST_OK)
			owa_probe_fini(&targets[i].result);
		for (k = 0; targets[i].found != NULL &&
		    k < targets[i].found->release_count; k++)
			standing_fini(&targets[i].standings[k]);
		free(targets[i].standings);
		query_answer_free(targets[i].found);
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

/* What the numbers of the options come to; told of where one is none. */
static bool
read_numbers(const struct probe_options *o, struct work *w, unsigned *jobs)
{
	const struct common *c = &o->common;
	unsigned days;

	if (!number_within(c, "probe", "timeout", &o->timeout, 1,
	    PROBE_MAX_SECONDS, PROBE_MAX_SECONDS, &w->http.seconds) ||
	    !number_within(c, "probe", "jobs", &o->jobs, 1, PROBE_MAX_JOBS,
	    JOBS, jobs) ||
	    !number_within(c, "probe", "grace", &o->grace, 0, MAX_DAYS,
	    ASSESS_GRACE, &w->grace) ||
	    !number_within(c, "probe", "max-catalogue-age", &o->max_age, 0,
	    MAX_DAYS, 0, &days))
		return false;
	w->how = (struct standing_options){ c->at, o->esu,
	    o->max_age.given ? (int)days : -1 };
	return true;
}

static enum exit_code
probe_run(void *options, char **args, size_t count)
{
	const struct probe_options *o = options;
	struct work w = { .count = count };
	struct catalogue *cat = NULL;
	enum exit_code code;
	unsigned jobs;
	char **names;
	size_t i;

	w.http = (struct http_options){ .cacert = o->cacert,
	    .insecure = o->insecure, .allow_http = o->allow_http };
	if (!read_numbers(o, &w, &jobs))
		return EXIT_USAGE;
	system_outlive_pipes();
	code = check_client(o, &w);
	if (code == EXIT_GO_ON)
		code = open_catalogue(&o->common, &cat);
	if (code != EXIT_GO_ON)
		return code;
	w.cat = cat;
	w.asker = query_asker_new(cat);
	w.targets = xcalloc(count, sizeof(*w.targets));
	names = xcalloc(count, sizeof(*names));
	for (i = 0; i < count; i++)
		w.targets[i].name = names[i] = http_shown(args[i]);
	crew_run(&crew, &w, jobs < count ? jobs : (unsigned)count);
	code = report(o, &w);
	targets_free(w.targets, count);
	for (i = 0; i < count; i++)
		free(names[i]);
	free(names);
	query_asker_free(w.asker);
	catalogue_free(cat);
	return code;
}

const struct command cmd_probe = {
	.name = "probe",
	.summary = "the build of one's own servers, from their web answers",
	.synopsis = "[OPTION...] HOST|URL...",
	.text = "Ask servers of one's own for their build, as a browser "
	    "could: the header X-OWA-Version, the path in the page of Outlook "
	    "on the web, the manifest of the export tool. At most four "
	    "requests to each host.",
	.result = REPORT_PROBE,
	.min_args = 1,
	.max_args = SIZE_MAX,
	.options = rows,
	.option_count = sizeof(rows) / sizeof(rows[0]),
	.options_size = sizeof(struct probe_options),
	.network = true,
	.run = probe_run,
};

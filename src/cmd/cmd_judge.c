/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "base/utf.h"
#include "cmd/command.h"
#include "cmd/judging.h"
#include "cmd/tell.h"
#include "inventory/inventory_json.h"
#include "io/file.h"
#include "io/walk.h"
#include "json/jsondocs.h"
#include "report/json_result.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct judge_options {
	struct common	 common;
	struct judging_options by;
};

static const struct option_row rows[] = {
	JUDGING_ROWS(judge_options, by),
};

/* One run: the hosts of all results so far. */
struct run {
	const struct judge_options *o;
	struct judging	 by;
	struct inventory **inventories;	/* one for each of the hosts */
	struct inventory **packages;	/* that its target was; or NULL */
	struct report_host *hosts;
	size_t		 count;
	enum exit_code	 refused;	/* of the last document or file that
					   could not be judged */
	bool		 absent;	/* a given path was not there */
};

/* Where documents come from: a file, or the standard input. */
struct stream {
	struct source	 src;		/* unless STDIN */
	uint64_t	 off;
	bool		 is_stdin;
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

/* Is AT a result that can be judged again? */
static void
check_result(struct jsonin_at at)
{
	const char *schema = jsonin_text(at, "schema", TEXT_MAX);

	if (strcmp(schema, JSON_RESULT_SCHEMA) != 0)
		jsonin_fail(at, "schema", ST_UNSUPPORTED, "\"%.40s\": only "
		    JSON_RESULT_SCHEMA " has an inventory; scan the server "
		    "again", schema);
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

/* A host of a result. */
static enum status
judge_host(struct run *r, struct jsonin_at host, struct diag *d)
{
	struct inventory *inv, *package;
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
	r->inventories = xpush(r->inventories, r->count,
	    sizeof(struct inventory *));
	r->packages = xpush(r->packages, r->count,
	    sizeof(struct inventory *));
	r->hosts = xpush(r->hosts, r->count, sizeof(*r->hosts));
	r->inventories[r->count] = inv;
	r->packages[r->count] = package;
	judging_host(&r->by, inv, package != NULL ?
	    package->files[0].facts : NULL, &r->hosts[r->count]);
	r->count++;
	return ST_OK;
}

static enum status
judge_document(struct run *r, struct slice doc, uint64_t line,
    struct diag *d)
{
	struct jsonin *in = NULL;
	struct jsonin_at root, host;
	struct jsonin_items it;
	enum status st = jsonin_open(doc, line, &in, d);

	if (st != ST_OK)
		return st;
	root = jsonin_object(jsonin_root(in), NULL);
	check_result(root);
	jsonin_require(root, "hosts");
	it = jsonin_items(jsonin_array(root, "hosts", JUDGE_MAX_HOSTS));
	st = jsonin_finish(in, d);
	while (st == ST_OK && jsonin_each(&it, &host))
		st = judge_host(r, host, d);
	if (st == ST_OK)
		st = jsonin_finish(in, d);
	jsonin_close(in);
	return st;
}

/* All documents of S, which is called NAME; the next follows a bad one. */
static void
judge_stream(struct run *r, struct stream *s, const char *name)
{
	struct jsondocs *docs = jsondocs_new(stream_read, s);
	enum status next, st;
	struct slice doc;
	size_t found;
	uint64_t line;

	for (found = 0;; found++) {
		struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };

		st = next = jsondocs_next(docs, &doc, &line, &d);
		if (next == ST_ABSENT && found != 0)
			break;
		if (next == ST_ABSENT)
			st = diag_set(&d, ST_MALFORMED, DIAG_NOWHERE, NULL,
			    "nothing in it");
		if (next == ST_OK)
			st = judge_document(r, doc, line, &d);
		if (st != ST_OK) {
			tell_diag(r->o->common.teller, name, &d);
			r->refused = exit_of_status(st);
		}
		if (next == ST_ABSENT || next == ST_IO)
			break;
	}
	jsondocs_free(docs);
}

static bool
is_json(const char *path)
{
	size_t n = strlen(path);

	return n > 5 && utf_casecmp(path + n - 5, ".json") == 0;
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

static void
judge_file(struct run *r, const char *path)
{
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	struct stream s = { .is_stdin = false };
	struct file *f = NULL;
	enum status st = file_open_unnamed(path, &f, &d);

	if (st != ST_OK) {
		tell_diag(r->o->common.teller, path, &d);
		r->refused = exit_of_status(st);
		return;
	}
	s.src = file_source(f);
	judge_stream(r, &s, path);
	file_close(f);
}

/* The files of ARG, which may be a folder. */
static void
judge_paths(struct run *r, char **args, size_t count)
{
	struct walk *w = walk_new((const char *const *)args, count);
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	enum status st;
	char *path;

	while ((st = walk_next(w, &path, &d)) != ST_OK || path != NULL) {
		if (st != ST_OK) {
			tell_diag(r->o->common.teller, path, &d);
			r->refused = exit_of_status(st);
			r->absent |= st == ST_ABSENT;
		} else if (is_json(path) || is_given(path, args, count))
			judge_file(r, path);
		free(path);
		d = (struct diag){ .text = "", .fileoff = DIAG_NOWHERE };
	}
	walk_free(w);
}

static void
judge_all(struct run *r, char **args, size_t count)
{
	struct stream s = { .is_stdin = true };
	size_t i;

	for (i = 0; i < count; i++)
		if (strcmp(args[i], "-") == 0)
			judge_stream(r, &s, "standard input");
		else
			judge_paths(r, &args[i], 1);
}

/* The worst host decides; what could not be judged is not known. */
static enum exit_code
conclude(const struct run *r)
{
	enum severity worst = SEV_NOTE;
	enum exit_code code;
	size_t i;

	if (r->count == 0) {
		tell(r->o->common.teller, "judge", "no result there");
		return r->absent ? EXIT_NO_INPUT :
		    r->refused != EXIT_GO_ON ? r->refused : EXIT_NO_INPUT;
	}
	for (i = 0; i < r->count; i++)
		worst = severity_worse(worst, r->hosts[i].a->verdict);
	if (r->refused != EXIT_GO_ON)
		worst = severity_worse(worst, SEV_UNDETERMINED);
	code = judging_write(&r->by, r->hosts, r->count);
	return code == EXIT_GO_ON ? exit_of_verdict(worst) : code;
}

static enum exit_code
judge_run(void *options, char **args, size_t count)
{
	struct run r = { .o = options, .refused = EXIT_GO_ON };
	enum exit_code code = judging_open(&r.o->common, &r.o->by, "judge",
	    &r.by);
	size_t i;

	if (code == EXIT_GO_ON) {
		judge_all(&r, args, count);
		code = conclude(&r);
	}
	for (i = 0; i < r.count; i++) {
		judging_drop(&r.hosts[i]);
		inventory_free(r.inventories[i]);
		inventory_free(r.packages[i]);
	}
	free(r.hosts);
	free(r.inventories);
	free(r.packages);
	judging_close(&r.by);
	return code;
}

const struct command cmd_judge = {
	.name = "judge",
	.summary = "judge results of scan again: later, or by another "
	    "catalogue",
	.synopsis = "[OPTION...] RESULT...",
	.text = "Judge what \"scan --format json\" wrote again, without the "
	    "server: at another\ninstant, or by another catalogue. RESULT is "
	    "a file, a folder (every .json below\nit) or - (the standard "
	    "input); a file may hold many results, one behind the\nother.",
	.result = REPORT_JUDGE,
	.min_args = 1,
	.max_args = SIZE_MAX,
	.options = rows,
	.option_count = sizeof(rows) / sizeof(rows[0]),
	.options_size = sizeof(struct judge_options),
	.run = judge_run,
};

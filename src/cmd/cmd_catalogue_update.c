/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "cmd/command.h"
#include "cmd/numbers.h"
#include "cmd/open_catalogue.h"
#include "cmd/output.h"
#include "cmd/progress.h"
#include "cmd/refreshed.h"
#include "cmd/system.h"
#include "cmd/tell.h"
#include "fetch/refresh.h"
#include "io/term.h"
#include "report/renewal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define RETRIES		2	/* unless --retries says so */

struct update_options {
	struct common	 common;
	const char	*from;
	const char	*key;
	const char	*cacert;
	bool		 allow_http;
	struct option_number timeout, retries;
};

static const struct option_row rows[] = {
	{ "from", 0, "URL|PATH", OPTION_TEXT,
	    offsetof(struct update_options, from),
	    "the catalogue; its signature is beside it, \".minisig\"" },
	{ "key", 0, "FILE|KEY", OPTION_TEXT,
	    offsetof(struct update_options, key),
	    "minisign public key that it must be signed with" },
	{ "cacert", 0, "FILE", OPTION_TEXT,
	    offsetof(struct update_options, cacert),
	    "verify the server with the CAs in FILE (PEM) only" },
	{ "allow-http", 0, NULL, OPTION_FLAG,
	    offsetof(struct update_options, allow_http),
	    "take http:// URLs too; the signature still counts" },
	{ "timeout", 0, "SECONDS", OPTION_NUMBER,
	    offsetof(struct update_options, timeout),
	    "for one request (60)" },
	{ "retries", 0, "N", OPTION_NUMBER,
	    offsetof(struct update_options, retries),
	    "after a failure that may pass (2)" },
};

static void
draw_progress(void *ctx, uint64_t got, uint64_t all)
{
	char *text = all != 0 ?
	    xasprintf("catalogue: %" PRIu64 " KiB of %" PRIu64 " KiB",
	    got / 1024, all / 1024) :
	    xasprintf("catalogue: %" PRIu64 " KiB", got / 1024);

	(void)ctx;
	progress_line(text);
	free(text);
}

static void
erase_progress(const struct refresh_request *rq)
{
	if (rq->http.progress != NULL)
		progress_line(NULL);
}

/* --OPTION, else the environment, else catalogue.conf, for the caller to
 * free; else nothing that we could do, which is told of. */
static char *
choose(const struct update_options *o, const char *option,
    const char *given, const char *variable, const char *setting)
{
	struct diag d = { .text = "" };
	char *text = given != NULL ? xstrdup(given) :
	    system_environment(variable);

	if (text == NULL && refreshed_site(setting, &text, &d) != ST_OK)
		tell_diag(o->common.teller, "catalogue update", &d);
	if (text != NULL && text[0] != '\0')
		return text;
	tell(o->common.teller, "catalogue update",
	    "neither --%s nor %s is given", option,
	    variable);
	free(text);
	return NULL;
}

static enum exit_code
choose_key(const struct update_options *o, struct minisign_key *out)
{
	struct diag d = { .text = "" };
	char *text = choose(o, "key", o->key, REFRESHED_KEY,
	    "key");
	enum status st;

	if (text == NULL)
		return EXIT_USAGE;
	st = refreshed_key(text, out, &d);
	free(text);
	if (st == ST_OK)
		return EXIT_GO_ON;
	tell_diag(o->common.teller, "key", &d);
	return exit_of_status(st);
}

/* The serial that is compiled in. */
static enum exit_code
builtin_serial(const struct update_options *o, uint64_t *out)
{
	struct catalogue *cat = NULL;
	struct diag d = { .text = "" };

	if (catalogue_builtin(&cat, &d) != ST_OK) {
		tell_diag(o->common.teller, "catalogue", &d);
		return EXIT_INTERNAL;
	}
	*out = catalogue_info(cat)->serial;
	catalogue_free(cat);
	return EXIT_GO_ON;
}

/* Out: *FROM, which RQ borrows, is the caller's to free. */
static enum exit_code
make_request(const struct update_options *o, struct refresh_request *rq,
    char **from)
{
	rq->at = o->common.at;
	rq->http.cacert = o->cacert;
	rq->http.allow_http = o->allow_http;
	if (!o->common.quiet && term_takes_sequences(stderr))
		rq->http.progress = draw_progress;
	if (o->common.catalogue != NULL) {
		tell(o->common.teller, "catalogue update",
		    "--catalogue has no meaning here; "
		    "see --from");
		return EXIT_USAGE;
	}
	*from = choose(o, "from", o->from, "ROLLCALL_CATALOGUE_URL",
	    "url");
	rq->from = *from;
	if (*from == NULL ||
	    !number_within(&o->common, "catalogue update",
	    "timeout", &o->timeout, 1,
	    HTTP_MAX_SECONDS, HTTP_SECONDS, &rq->http.seconds) ||
	    !number_within(&o->common, "catalogue update",
	    "retries", &o->retries, 0,
	    HTTP_MAX_RETRIES, RETRIES, &rq->http.retries))
		return EXIT_USAGE;
	return choose_key(o, &rq->key);
}

static enum exit_code
tell_refusal(const struct update_options *o,
    const struct refresh_request *rq, enum refresh_stage stage,
    enum status st, const struct diag *d)
{
	char *from = strstr(rq->from, "://") != NULL ? http_shown(rq->from) :
	    xstrdup(rq->from);

	tell_diag(o->common.teller, from, d);
	free(from);
	tell(o->common.teller, "catalogue update",
	    "the catalogue in use stays as it is");
	switch (stage) {
	case REFRESH_READ:
		return exit_of_status(st);
	case REFRESH_FETCH:
		return EXIT_UNAVAILABLE;
	case REFRESH_CHECK:
		return EXIT_BAD_DATA;
	case REFRESH_STORE:
		break;
	}
	return EXIT_OUTPUT;
}

static enum exit_code
write_outcome(const struct update_options *o, struct renewal *r)
{
	struct catalogue *cat = NULL;
	enum exit_code code = open_catalogue(&o->common, &cat);

	if (code != EXIT_GO_ON)
		return code;
	r->catalogue = catalogue_info(cat);
	code = exit_or(write_result(&o->common, r), EXIT_NOTHING_TO_DO);
	catalogue_free(cat);
	return code;
}

static enum exit_code
update(const struct update_options *o, const struct refresh_request *rq)
{
	struct renewal r = { .version = PACKAGE_VERSION,
	    .at = rq->at, .from = rq->from, .dir = rq->dir };
	struct refresh_result result;
	enum refresh_stage stage = REFRESH_FETCH;
	struct diag d = { .text = "" };
	enum status st = refresh_run(rq, &result, &stage, &d);

	erase_progress(rq);
	if (st != ST_OK)
		return tell_refusal(o, rq, stage, st, &d);
	r.new = result.outcome == REFRESH_STORED;
	r.serial = result.serial;
	r.issued = result.issued;
	r.expires = result.expires;
	return write_outcome(o, &r);
}

static enum exit_code
prepare_and_update(const struct update_options *o, struct refresh_request *rq)
{
	char *dir = refreshed_dir();
	struct diag d = { .text = "" };
	enum exit_code code = EXIT_OUTPUT;

	rq->dir = dir;
	if (dir == NULL)
		tell(o->common.teller, "catalogue update",
		    "no place to keep it: HOME is not "
		    "set");
	else if (refreshed_prepare(dir, &d) != ST_OK)
		tell_diag(o->common.teller, dir, &d);
	else
		code = update(o, rq);
	free(dir);
	return code;
}

static enum exit_code
update_command(void *options, char **args, size_t count)
{
	const struct update_options *o = options;
	struct refresh_request rq = { .from = NULL };
	char *from = NULL;
	enum exit_code code = make_request(o, &rq, &from);

	(void)args;
	(void)count;
	/* A server that hangs up is an error of one request. */
	system_outlive_pipes();
	if (code == EXIT_GO_ON)
		code = builtin_serial(o, &rq.builtin_serial);
	if (code == EXIT_GO_ON)
		code = prepare_and_update(o, &rq);
	free(from);
	return code;
}

const struct command cmd_catalogue_update = {
	.name = "catalogue update",
	.summary = "fetch a newer catalogue, and keep it if it is signed",
	.synopsis = "[OPTION...]",
	.text = "Fetch a catalogue and its signature by minisign. It is kept, "
	    "and used where it is newer than the one compiled in, when it "
	    "passes all checks: signature, grammar, linter, serial, expiry. "
	    "ROLLCALL_CATALOGUE_URL and ROLLCALL_CATALOGUE_KEY stand in for "
	    "--from and --key, and where they are not set url and key of "
	    "catalogue.conf, so that no option is needed any more. Commands "
	    "use what was kept while one of these two names the key.",
	.result = REPORT_UPDATE,
	.min_args = 0,
	.max_args = 0,
	.options = rows,
	.option_count = sizeof(rows) / sizeof(rows[0]),
	.options_size = sizeof(struct update_options),
	.network = true,
	.folder = refreshed_dir,
	.run = update_command,
};

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/buf.h"
#include "base/limits.h"
#include "catalogue/check.h"
#include "catalogue/import_merge.h"
#include "catalogue/import_write.h"
#include "cmd/command.h"
#include "cmd/import_sources.h"
#include "cmd/numbers.h"
#include "cmd/open_catalogue.h"
#include "cmd/output.h"
#include "cmd/system.h"
#include "cmd/tell.h"
#include "io/file.h"
#include "io/tempfile.h"
#include "report/imported.h"
#include "report/learned.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME	"imported"	/* of the overlay, unless --name says so */
#define RETRIES	2		/* of what fails for a reason that may pass */

struct import_options {
	struct common	 common;
	const char	*name;
	const char	*cacert;
	struct text_list anchors;
	bool		 merge, may_be_unsigned;
	struct option_number timeout;
};

static const struct option_row rows[] = {
	{ "merge", 0, NULL, OPTION_FLAG,
	    offsetof(struct import_options, merge),
	    "write a whole catalogue: that of --catalogue, with what is "
	    "taken in its places" },
	{ "name", 0, "NAME", OPTION_TEXT,
	    offsetof(struct import_options, name),
	    "name of the overlay (default: imported)" },
	{ "anchor", 0, "FILE", OPTION_LIST,
	    offsetof(struct import_options, anchors),
	    "trust the certificates of FILE (PEM) too" },
	{ "unsigned", 0, NULL, OPTION_FLAG,
	    offsetof(struct import_options, may_be_unsigned),
	    "read a cabinet that has no signature" },
	{ "cacert", 0, "FILE", OPTION_TEXT,
	    offsetof(struct import_options, cacert),
	    "verify the server with the CAs in FILE (PEM) only" },
	{ "timeout", 0, "SECONDS", OPTION_NUMBER,
	    offsetof(struct import_options, timeout),
	    "for one request (60)" },
};

/* One run of the command. */
struct job {
	const struct import_options *o;
	struct catalogue *cat;		/* that all is held against */
	struct buf	 base;		/* its XML, for --merge */
	struct import	 im;
	struct import_merged *merged;
	struct buf	 xml;		/* what is written */
};

/* ---------------------------------------------------------- the catalogue */

/* --merge writes between the lines of a file, which has to be the one that
 * was read. */
static enum exit_code
read_base(struct job *job)
{
	const struct common *o = &job->o->common;
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	struct slice inside = catalogue_builtin_xml();
	enum status st = ST_OK;

	if (o->catalogue == NULL)
		buf_append(&job->base, inside.p, inside.n);
	else
		st = file_read_all(o->catalogue, &job->base, &d);
	if (st == ST_OK)
		st = o->catalogue == NULL ? catalogue_builtin(&job->cat,
		    &d) : catalogue_load(buf_slice(&job->base), o->catalogue,
		    &job->cat, &d);
	if (st == ST_OK)
		return EXIT_GO_ON;
	tell_diag(o->teller, o->catalogue != NULL ? o->catalogue :
	    "catalogue", &d);
	return exit_of_status(st);
}

static enum exit_code
open_it(struct job *job)
{
	if (!job->o->merge)
		return open_catalogue(&job->o->common, &job->cat);
	if (job->o->common.overlays.count == 0)
		return read_base(job);
	tell(job->o->common.teller, "catalogue import",
	    "--merge and --overlay: what an overlay says has no place in a "
	    "catalogue");
	return EXIT_USAGE;
}

/* ------------------------------------------------------------- the linter */

/* The same catalogue again, without a word: it was told of before. */
static enum exit_code
open_again(const struct job *job, struct catalogue **out)
{
	struct teller mute = { .in_line = true };
	struct common o = job->o->common;
	struct diag d = { .text = "" };
	enum exit_code code = EXIT_GO_ON;

	o.teller = &mute;
	if (!job->o->merge)
		code = open_catalogue(&o, out);
	else if (catalogue_reload(buf_slice(&job->base), "catalogue", out,
	    &d) != ST_OK)
		code = EXIT_INTERNAL;
	free(mute.told);
	return code;
}

/* Lay the overlay over it, and see what is wrong then. */
static enum exit_code
try_overlay(struct job *job, size_t *dropped)
{
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	struct catalogue *trial = NULL;
	const struct cat_info *info;
	struct check_result found;
	enum exit_code code = open_again(job, &trial);
	enum status st;

	if (code != EXIT_GO_ON)
		return code;
	st = catalogue_overlay(trial, buf_slice(&job->xml), NAME, &d);
	if (st == ST_OK) {
		info = catalogue_info(trial);
		check_catalogue(trial, INSTANT_UNLIMITED, &found);
		st = import_drop(job->merged, &found,
		    info->overlays[info->overlay_count - 1], dropped, &d);
		check_fini(&found);
	}
	catalogue_free(trial);
	if (st == ST_OK)
		return EXIT_GO_ON;
	tell_diag(job->o->common.teller, "what is imported cannot be used",
	    &d);
	return EXIT_BAD_DATA;
}

static void
write_overlay(struct job *job)
{
	buf_clear(&job->xml);
	import_write_overlay(job->merged, job->o->name != NULL ?
	    job->o->name : NAME, job->o->common.at, &job->xml);
}

/* Until the linter finds nothing; then known-until may move, and once more. */
static enum exit_code
settle(struct job *job)
{
	bool covered = false;
	enum exit_code code;
	size_t dropped;

	for (;;) {
		write_overlay(job);
		dropped = 0;
		code = try_overlay(job, &dropped);
		if (code != EXIT_GO_ON)
			return code;
		if (dropped != 0)
			continue;
		if (covered)
			return EXIT_GO_ON;
		import_cover(job->merged, job->o->common.at);
		covered = true;
	}
}

/* ----------------------------------------------------------- what is told */

static void
tell_difference(struct teller *t, const struct import_difference *x)
{
	const struct import_row *row = x->row;
	char line[32] = "";

	if (row->line != 0)
		snprintf(line, sizeof(line), "line %u: ", row->line);
	if (x->fact == IMPORT_FACT_RELEASE)
		tell(t, row->source->name, "%snot taken: %s%s%s: %s", line,
		    x->theirs, x->ours[0] != '\0' ? ", while the catalogue "
		    "has " : "", x->ours, x->why);
	else
		tell(t, row->source->name, "%s%s of %s: %s%s%s: %s%s",
		    line, import_fact_name(x->fact), x->id, x->theirs,
		    x->ours[0] != '\0' ? ", not " : " is not taken", x->ours,
		    x->known ? "a known dispute: " : "", x->why);
}

/* Those that are known come first: what is new stands at the end. */
static void
tell_differences(const struct job *job)
{
	const struct import_merged *m = job->merged;
	const struct common *o = &job->o->common;
	size_t i, taken = 0, known = 0, new = 0;

	for (i = 0; i < m->difference_count; i++) {
		const struct import_difference *x = &m->differences[i];

		taken += x->taken;
		known += !x->taken && x->known;
		new += !x->taken && !x->known;
		if (!o->quiet && !x->taken && x->known)
			tell_difference(o->teller, x);
	}
	for (i = 0; i < m->difference_count; i++)
		if (!m->differences[i].taken && !m->differences[i].known)
			tell_difference(o->teller, &m->differences[i]);
	if (m->cut)
		tell(o->teller, "catalogue import", "more than %d "
		    "differences; the others are not told",
		    IMPORT_MAX_DIFFERENCES);
	if (!o->quiet)
		tell(o->teller, "catalogue import", "%zu taken, %zu told, of "
		    "which %zu are known disputes", taken, known + new,
		    known);
}

/* -------------------------------------------------------------- the whole */

/* It has to be as sound as what it was made of. */
static enum exit_code
check_whole(const struct job *job)
{
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	struct catalogue *cat = NULL;
	struct check_result found;
	enum status st = catalogue_load(buf_slice(&job->xml), "the whole",
	    &cat, &d);
	size_t i;

	if (st != ST_OK) {
		tell_diag(job->o->common.teller, "the whole", &d);
		return EXIT_BAD_DATA;
	}
	check_catalogue(cat, INSTANT_UNLIMITED, &found);
	for (i = 0; i < found.count; i++)
		if (found.complaints[i].except == NULL)
			tell(job->o->common.teller, "the whole",
			    "line %u: %s: %s", found.complaints[i].line,
			    found.complaints[i].rule,
			    found.complaints[i].text);
	i = found.standing;
	check_fini(&found);
	catalogue_free(cat);
	return i != 0 ? EXIT_BAD_DATA : EXIT_GO_ON;
}

static enum exit_code
make_whole(struct job *job)
{
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	enum status st;

	buf_clear(&job->xml);
	st = import_write_whole(job->merged, buf_slice(&job->base),
	    job->o->common.at, &job->xml, &d);
	if (st == ST_OK)
		return check_whole(job);
	tell_diag(job->o->common.teller, "catalogue import --merge", &d);
	return exit_of_status(st);
}

static enum exit_code
run_job(struct job *job, char **args, size_t count)
{
	const struct import_options *o = job->o;
	struct import_reading reading = { .o = &o->common, .im = &job->im,
	    .http = { .cacert = o->cacert, .retries = RETRIES } };
	struct imported result = { .version = PACKAGE_VERSION,
	    .at = o->common.at };
	enum exit_code code;

	if (!number_within(&o->common, "catalogue import", "timeout",
	    &o->timeout, 1, HTTP_MAX_SECONDS, HTTP_SECONDS,
	    &reading.http.seconds))
		return EXIT_USAGE;
	code = open_it(job);
	reading.cat = job->cat;
	reading.anchors = &o->anchors;
	reading.may_be_unsigned = o->may_be_unsigned;
	if (code == EXIT_GO_ON)
		code = import_sources(&reading, args, count);
	if (code != EXIT_GO_ON)
		return code;
	job->merged = import_merge(&job->im, job->cat, o->common.at);
	code = settle(job);
	if (code == EXIT_GO_ON && o->merge)
		code = make_whole(job);
	if (code != EXIT_GO_ON)
		return code;
	tell_differences(job);
	result.catalogue = catalogue_info(job->cat);
	result.merged = job->merged;
	result.xml = buf_slice(&job->xml);
	return exit_or(write_result(&o->common, &result),
	    EXIT_NOTHING_TO_DO);
}

static enum exit_code
import_run(void *options, char **args, size_t count)
{
	const struct import_options *o = options;
	struct job job = { .o = o };
	enum exit_code code = EXIT_USAGE;

	if (o->name != NULL && !learned_is_name(o->name)) {
		tell(o->common.teller, "catalogue import",
		    "--name: \"%s\" is not made of "
		    "letters and digits, with single - and . between them",
		    o->name);
		return code;
	}
	buf_init(&job.base, XML_MAX_BYTES);
	buf_init(&job.xml, XML_MAX_BYTES);
	/* A server that hangs up is an error of one request. */
	system_outlive_pipes();
	code = run_job(&job, args, count);
	import_merged_free(job.merged);
	import_fini(&job.im);
	catalogue_free(job.cat);
	buf_fini(&job.xml);
	buf_fini(&job.base);
	return code;
}

const struct command cmd_catalogue_import = {
	.name = "catalogue import",
	.summary = "make an overlay of lists that Microsoft publishes",
	.synopsis = "[OPTION...] SOURCE...",
	.text = "Hold what each SOURCE (a file, a folder of them, an https "
	    "address) says of releases against the catalogue, and write what "
	    "the catalogue lacks as an overlay. Read are Microsoft's list of "
	    "builds (CSV), its page of build numbers (Markdown), a list in "
	    "JSON, security advisories of Microsoft (CSAF), and wsusscn2.cab. "
	    "What contradicts the catalogue is told on standard error with "
	    "both sides, and not taken; the program ends with 0 all the same.",
	.result = REPORT_IMPORT,
	.min_args = 1,
	.max_args = SIZE_MAX,
	.options = rows,
	.option_count = sizeof(rows) / sizeof(rows[0]),
	.options_size = sizeof(struct import_options),
	.network = true,
	.folder = tempfile_folder,
	.run = import_run,
};

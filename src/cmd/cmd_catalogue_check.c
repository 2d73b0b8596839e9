/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"
#include "catalogue/check.h"
#include "cmd/command.h"
#include "cmd/open_catalogue.h"
#include "cmd/output.h"
#include "cmd/tell.h"
#include "io/file.h"
#include "report/complaints.h"

#include <stdlib.h>

struct check_options {
	struct common	 common;
	bool		 rules;
};

static const struct option_row rows[] = {
	{ "rules", 0, NULL, OPTION_FLAG,
	    offsetof(struct check_options, rules),
	    "list the rules" },
};

/* The name that the catalogue inside has in the source. */
#define BUILT_IN_NAME	"exchange.xml"

/* One run. */
struct run {
	const struct check_options *o;
	char		**files;
	size_t		 count;
	struct text_list overlays;	/* among them */
	enum exit_code	 worst;		/* of all files so far */
	complaints_put_fn *put;
	void		*to;
};

static enum exit_code
check_loaded(const struct run *r, const char *file,
    const struct catalogue *cat)
{
	struct check_result found;
	enum exit_code code;

	check_catalogue(cat, r->o->common.at, &found);
	r->put(r->to, file, &found);
	if (found.cut)
		tell(r->o->common.teller, file,
		    "more than %d complaints, the rest is left out",
		    CHECK_MAX_COMPLAINTS);
	code = found.standing != 0 || found.cut ? EXIT_BAD_DATA :
	    EXIT_NOTHING_TO_DO;
	check_fini(&found);
	return code;
}

/* Grammar first, then meaning. */
static enum exit_code
check_xml(const struct run *r, const char *file, struct slice xml)
{
	struct diag d = { .text = "" };
	struct catalogue *cat = NULL;
	enum exit_code code;
	enum status st = catalogue_load_draft(xml, file, &cat, &d);

	if (st != ST_OK) {
		tell_diag(r->o->common.teller, file, &d);
		return exit_of_status(st);
	}
	code = check_loaded(r, file, cat);
	catalogue_free(cat);
	return code;
}

static enum exit_code
read_file(const struct run *r, const char *file, struct buf *xml)
{
	struct diag d = { .text = "" };
	enum status st = file_read_all(file, xml, &d);

	if (st == ST_OK)
		return EXIT_GO_ON;
	tell_diag(r->o->common.teller, file, &d);
	return exit_of_status(st);
}

/* FILE is no overlay; one is put down for later. */
static enum exit_code
check_file(struct run *r, const char *file)
{
	enum exit_code code;
	struct buf xml;

	buf_init(&xml, XML_MAX_BYTES);
	code = read_file(r, file, &xml);
	if (code == EXIT_GO_ON && catalogue_is_overlay(buf_slice(&xml))) {
		r->overlays.items = xpush(r->overlays.items,
		    r->overlays.count, sizeof(*r->overlays.items));
		r->overlays.items[r->overlays.count++] = file;
		code = EXIT_NOTHING_TO_DO;
	} else if (code == EXIT_GO_ON)
		code = check_xml(r, file, buf_slice(&xml));
	buf_fini(&xml);
	return code;
}

static void
note_worst(struct run *r, enum exit_code code)
{
	if (code > r->worst)
		r->worst = code;
}

/* Overlays are worth what they make of the catalogue that they are laid on:
 * all of them together, those of --overlay first. */
static enum exit_code
check_overlays(const struct run *r)
{
	const struct common *o = &r->o->common;
	struct catalogue *cat = NULL;
	enum exit_code code = open_base(o, &cat);

	if (code == EXIT_GO_ON)
		code = lay_overlays(o->teller, &o->overlays, cat);
	if (code == EXIT_GO_ON)
		code = lay_overlays(o->teller, &r->overlays, cat);
	if (code == EXIT_GO_ON)
		code = check_loaded(r, o->catalogue != NULL ? o->catalogue :
		    BUILT_IN_NAME, cat);
	catalogue_free(cat);
	return code;
}

/* Without a file: the one of --catalogue, else the one inside. */
static enum exit_code
check_default(struct run *r)
{
	const char *named = r->o->common.catalogue;

	return named != NULL ? check_file(r, named) :
	    check_xml(r, BUILT_IN_NAME, catalogue_builtin_xml());
}

static void
check_all(void *ctx, complaints_put_fn *put, void *to)
{
	struct run *r = ctx;
	size_t i;

	r->put = put;
	r->to = to;
	if (r->count == 0 && r->o->common.overlays.count == 0)
		note_worst(r, check_default(r));
	for (i = 0; i < r->count; i++)
		note_worst(r, check_file(r, r->files[i]));
	if (r->overlays.count != 0 || r->o->common.overlays.count != 0)
		note_worst(r, check_overlays(r));
}

static enum exit_code
check_run(void *options, char **args, size_t count)
{
	const struct check_options *o = options;
	struct run r = { .o = o, .files = args, .count = count,
	    .worst = EXIT_GO_ON };
	struct complaints found = { .rules = o->rules,
	    .excepted = o->common.verbose, .run = check_all, .ctx = &r };
	enum exit_code code = write_result(&o->common, &found);

	free(r.overlays.items);
	if (o->rules)
		r.worst = EXIT_NOTHING_TO_DO;
	return exit_or(code, r.worst);
}

const struct command cmd_catalogue_check = {
	.name = "catalogue check",
	.summary = "find what is wrong in a catalogue",
	.synopsis = "[OPTION...] [FILE...]",
	.text = "Check each FILE (without any, the built-in catalogue): its "
	    "grammar, and then what no grammar can say. One line for each "
	    "complaint: FILE:LINE: rule: text. Overlays are checked together "
	    "with the catalogue that they are laid on: the built-in one, or "
	    "that of --catalogue. The program ends with 0 when there is no "
	    "complaint, else with 65.",
	.result = REPORT_CHECK,
	.min_args = 0,
	.max_args = SIZE_MAX,
	.options = rows,
	.option_count = sizeof(rows) / sizeof(rows[0]),
	.options_size = sizeof(struct check_options),
	.run = check_run,
};

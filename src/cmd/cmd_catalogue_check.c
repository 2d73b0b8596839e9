/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/buf.h"
#include "base/limits.h"
#include "catalogue/check.h"
#include "cmd/command.h"
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

/* One run. */
struct run {
	const struct check_options *o;
	char		**files;
	size_t		 count;
	enum exit_code	 worst;		/* of all files so far */
	complaints_put_fn *put;
	void		*to;
};

/* Grammar first, then meaning. */
static enum exit_code
check_xml(const struct run *r, const char *file, struct slice xml)
{
	struct diag d = { .text = "" };
	struct catalogue *cat = NULL;
	struct check_result found;
	enum exit_code code;
	enum status st = catalogue_load_draft(xml, file, &cat, &d);

	if (st != ST_OK) {
		tell_diag(r->o->common.teller, file, &d);
		return exit_of_status(st);
	}
	check_catalogue(cat, r->o->common.at, &found);
	r->put(r->to, file, &found);
	if (found.cut)
		tell(r->o->common.teller, file,
		    "more than %d complaints, the rest is left out",
		    CHECK_MAX_COMPLAINTS);
	code = found.standing != 0 || found.cut ? EXIT_BAD_DATA :
	    EXIT_NOTHING_TO_DO;
	check_fini(&found);
	catalogue_free(cat);
	return code;
}

static enum exit_code
check_file(const struct run *r, const char *file)
{
	struct diag d = { .text = "" };
	enum exit_code code;
	struct buf xml;
	enum status st;

	buf_init(&xml, XML_MAX_BYTES);
	st = file_read_all(file, &xml, &d);
	if (st == ST_OK)
		code = check_xml(r, file, buf_slice(&xml));
	else {
		tell_diag(r->o->common.teller, file, &d);
		code = exit_of_status(st);
	}
	buf_fini(&xml);
	return code;
}

/* Without a file: the one of --catalogue, else the one inside, under the
 * name that it has in the source. */
static void
check_all(void *ctx, complaints_put_fn *put, void *to)
{
	struct run *r = ctx;
	const char *named = r->o->common.catalogue;
	enum exit_code code;
	size_t i;

	r->put = put;
	r->to = to;
	if (r->count == 0)
		r->worst = named != NULL ? check_file(r, named) :
		    check_xml(r, "exchange.xml", catalogue_builtin_xml());
	for (i = 0; i < r->count; i++) {
		code = check_file(r, r->files[i]);
		if (code > r->worst)
			r->worst = code;
	}
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

	if (o->rules)
		r.worst = EXIT_NOTHING_TO_DO;
	return exit_or(code, r.worst);
}

const struct command cmd_catalogue_check = {
	.name = "catalogue check",
	.summary = "find what is wrong in a catalogue",
	.synopsis = "[OPTION...] [FILE...]",
	.text = "Check each FILE (without any, the built-in catalogue): its "
	    "grammar, and then\nwhat no grammar can say. One line for each "
	    "complaint: FILE:LINE: rule: text.\nThe program ends with 0 when "
	    "there is none, else with 65.",
	.result = REPORT_CHECK,
	.min_args = 0,
	.max_args = SIZE_MAX,
	.options = rows,
	.option_count = sizeof(rows) / sizeof(rows[0]),
	.options_size = sizeof(struct check_options),
	.run = check_run,
};

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/buf.h"
#include "base/limits.h"
#include "catalogue/check.h"
#include "cmd/command.h"
#include "cmd/instants.h"
#include "cmd/tell.h"
#include "io/file.h"
#include "io/sink.h"
#include "report/layout.h"

#include <stdlib.h>

struct check_options {
	struct common	 common;
	bool		 verbose;
	bool		 rules;
};

static const struct option_row rows[] = {
	{ "verbose", 'v', NULL, OPTION_FLAG,
	    offsetof(struct check_options, verbose),
	    "also what the catalogue excepts from a rule, and why" },
	{ "rules", 0, NULL, OPTION_FLAG,
	    offsetof(struct check_options, rules),
	    "list the rules" },
};

static const char *const formats[] = { "text", NULL };

/* "FILE:LINE: rule: text", as compilers do. */
static void
put_complaint(struct sink *out, const char *file,
    const struct check_complaint *c)
{
	layout_text(out, file);
	sink_printf(out, ":%u: %s: ", c->line, c->rule);
	layout_text(out, c->text);
	if (c->except != NULL) {
		sink_puts(out, " (excepted: ");
		layout_text(out, c->except->text);
		sink_puts(out, ")");
	}
	sink_puts(out, "\n");
}

static void
put_result(const struct check_options *o, struct sink *out, const char *file,
    const struct check_result *found)
{
	size_t i;

	for (i = 0; i < found->count; i++)
		if (found->complaints[i].except == NULL || o->verbose)
			put_complaint(out, file, &found->complaints[i]);
	if (found->cut)
		tell(file, "more than %d complaints, the rest is left out",
		    CHECK_MAX_COMPLAINTS);
}

/* Grammar first, then meaning. */
static enum exit_code
check_xml(const struct check_options *o, struct sink *out, const char *file,
    struct slice xml)
{
	struct diag d = { .text = "" };
	struct catalogue *cat = NULL;
	struct check_result found;
	enum exit_code code;
	enum status st = catalogue_load_draft(xml, file, &cat, &d);

	if (st != ST_OK) {
		tell_diag(file, &d);
		return exit_of_status(st);
	}
	check_catalogue(cat, judged_at(&o->common), &found);
	put_result(o, out, file, &found);
	code = found.standing != 0 || found.cut ? EXIT_BAD_DATA :
	    EXIT_NOTHING_TO_DO;
	check_fini(&found);
	catalogue_free(cat);
	return code;
}

static enum exit_code
check_file(const struct check_options *o, struct sink *out, const char *file)
{
	struct diag d = { .text = "" };
	enum exit_code code;
	struct buf xml;
	enum status st;

	buf_init(&xml, XML_MAX_BYTES);
	st = file_read_all(file, &xml, &d);
	if (st == ST_OK)
		code = check_xml(o, out, file, buf_slice(&xml));
	else {
		tell_diag(file, &d);
		code = exit_of_status(st);
	}
	buf_fini(&xml);
	return code;
}

/* Without a file: the one of --catalogue, else the one inside, under the
 * name that it has in the source. */
static enum exit_code
check_all(const struct check_options *o, struct sink *out, char **files,
    size_t count)
{
	enum exit_code worst = EXIT_NOTHING_TO_DO, code;
	size_t i;

	if (count == 0)
		return o->common.catalogue != NULL ?
		    check_file(o, out, o->common.catalogue) :
		    check_xml(o, out, "exchange.xml",
		    catalogue_builtin_xml());
	for (i = 0; i < count; i++) {
		code = check_file(o, out, files[i]);
		if (code > worst)
			worst = code;
	}
	return worst;
}

static enum exit_code
list_rules(struct sink *out)
{
	const struct check_rule *rule;
	size_t i;

	for (i = 0; (rule = check_rule_at(i)) != NULL; i++) {
		sink_printf(out, "%-17s", rule->id);
		layout_wrap(out, rule->what, 17, 17, 80);
	}
	return EXIT_NOTHING_TO_DO;
}

static enum exit_code
check_run(void *options, char **args, size_t count)
{
	const struct check_options *o = options;
	struct diag d = { .text = "" };
	enum exit_code code = EXIT_OUTPUT;
	struct sink *out = NULL;
	enum status st = sink_open(o->common.output, &out, &d);

	if (st == ST_OK) {
		code = o->rules ? list_rules(out) :
		    check_all(o, out, args, count);
		st = sink_commit(out, &d);
	}
	return st == ST_OK ? code : tell_output(o->common.output, &d);
}

const struct command cmd_catalogue_check = {
	.name = "catalogue check",
	.summary = "find what is wrong in a catalogue",
	.synopsis = "[OPTION...] [FILE...]",
	.text = "Check each FILE (without any, the built-in catalogue): its "
	    "grammar, and then\nwhat no grammar can say. One line for each "
	    "complaint: FILE:LINE: rule: text.\nThe program ends with 0 when "
	    "there is none, else with 65.",
	.formats = formats,
	.min_args = 0,
	.max_args = SIZE_MAX,
	.options = rows,
	.option_count = sizeof(rows) / sizeof(rows[0]),
	.options_size = sizeof(struct check_options),
	.run = check_run,
};

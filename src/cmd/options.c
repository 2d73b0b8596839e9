/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "cmd/command.h"
#include "cmd/meant.h"
#include "cmd/tell.h"
#include "io/folder.h"
#include "report/report_format.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* getopt_long() returns these for rows without a letter. */
#define FIRST_LONG	0x100

#define NUMBER_DIGITS	9	/* fit 32 bits */

static const struct option_row rows[] = {
	{ "format", 'f', "NAME", OPTION_FORMAT,
	    offsetof(struct common, format_name),
	    "the form of the result:" },
	{ "output", 'o', "FILE", OPTION_TEXT,
	    offsetof(struct common, output),
	    "write to FILE, whole or not at all; - is stdout" },
	{ "at", 0, "INSTANT", OPTION_INSTANT, offsetof(struct common, at),
	    "judge as of INSTANT: 2013-01-10T20:32:25Z" },
	{ "catalogue", 0, "FILE", OPTION_TEXT,
	    offsetof(struct common, catalogue),
	    "use FILE, not the built-in catalogue" },
	{ "overlay", 0, "FILE", OPTION_LIST,
	    offsetof(struct common, overlays),
	    "lay FILE over the catalogue; may be repeated" },
	{ "exit-style", 0, "STYLE", OPTION_TEXT,
	    offsetof(struct common, exit_style),
	    "end with: verdict (default), zero, nagios, detect" },
	{ "verbose", 'v', NULL, OPTION_FLAG, offsetof(struct common, verbose),
	    "reasons and evidence too" },
	{ "quiet", 'q', NULL, OPTION_FLAG, offsetof(struct common, quiet),
	    "only the answer: no findings, no evidence" },
	{ "help", 'h', NULL, OPTION_FLAG, offsetof(struct common, help),
	    "this help" },
};

size_t
common_rows(const struct option_row **out)
{
	*out = rows;
	return sizeof(rows) / sizeof(rows[0]);
}

/* Row N of a command: the common ones first, then its own. */
static const struct option_row *
row_at(const struct command *cmd, size_t n)
{
	const struct option_row *common;
	size_t count = common_rows(&common);

	if (n < count)
		return &common[n];
	n -= count;
	return n < cmd->option_count ? &cmd->options[n] : NULL;
}

/* Decimal digits, and not too many of them. */
static bool
parse_number(const char *text, struct option_number *out)
{
	unsigned n = 0;
	size_t i;

	for (i = 0; text[i] != '\0' && i < NUMBER_DIGITS; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		n = 10 * n + (unsigned)(text[i] - '0');
	}
	if (i == 0 || text[i] != '\0')
		return false;
	*out = (struct option_number){ n, true };
	return true;
}

static bool
store(const struct command *cmd, const struct option_row *row, void *options,
    const char *value)
{
	void *at = (char *)options + row->offset;
	const struct common *o = options;
	struct text_list *list;

	switch (row->type) {
	case OPTION_FLAG:
		*(bool *)at = true;
		return true;
	case OPTION_TEXT:
	case OPTION_FORMAT:
		*(const char **)at = value;
		return true;
	case OPTION_LIST:
		list = at;
		list->items = xpush(list->items, list->count,
		    sizeof(*list->items));
		list->items[list->count++] = value;
		return true;
	case OPTION_INSTANT:
		if (instant_parse(value, at))
			return true;
		tell(o->teller, cmd->name,
		    "--%s: \"%s\" is no instant; write 2013-01-10 "
		    "or 2013-01-10T20:32:25Z", row->name, value);
		return false;
	case OPTION_NUMBER:
		if (parse_number(value, at))
			return true;
		tell(o->teller, cmd->name,
		    "--%s: \"%s\" is no number", row->name,
		    value);
		return false;
	}
	return false;
}

/* The rows in the form that getopt_long() wants. */
struct table {
	struct option	*longs;
	char		 shorts[128];
};

static void
table_init(const struct command *cmd, struct table *t)
{
	const struct option_row *row;
	size_t n, at = 0;

	for (n = 0; row_at(cmd, n) != NULL; n++)
		;
	t->longs = xcalloc(n + 1, sizeof(*t->longs));
	/* A leading ':' tells a missing argument from an unknown option. */
	t->shorts[at++] = ':';
	for (n = 0; (row = row_at(cmd, n)) != NULL; n++) {
		t->longs[n].name = row->name;
		t->longs[n].has_arg = row->arg != NULL ? required_argument :
		    no_argument;
		t->longs[n].val = FIRST_LONG + (int)n;
		if (row->letter != 0) {
			t->shorts[at++] = row->letter;
			if (row->arg != NULL)
				t->shorts[at++] = ':';
		}
	}
	t->shorts[at] = '\0';
}

static const struct option_row *
row_of(const struct command *cmd, int c)
{
	const struct option_row *row;
	size_t n;

	if (c >= FIRST_LONG)
		return row_at(cmd, (size_t)(c - FIRST_LONG));
	for (n = 0; c != 0 && (row = row_at(cmd, n)) != NULL; n++)
		if (row->letter == c)
			return row;
	return NULL;
}

/* WORD is no option. "--formatt=json" may have been meant for one. */
static void
tell_no_option(const struct command *cmd, const struct common *o,
    const char *word)
{
	struct meant m = { word + 2, 0, NULL, 0 };
	const struct option_row *row;
	char *hint;
	size_t n;

	if (word[0] == '-' && word[1] == '-')
		m.len = strcspn(m.word, "=");
	for (n = 0; (row = row_at(cmd, n)) != NULL; n++)
		meant_offer(&m, row->name);
	hint = m.name == NULL ? xstrdup("see") :
	    xasprintf("did you mean --%s? See", m.name);
	tell(o->teller, cmd->name, "unknown option %s; %s \"rollcall %s "
	    "--help\"", word, hint, cmd->name);
	free(hint);
}

/*
 * WORD is the last one that was looked at. What getopt_long() returns for a
 * flag with an argument ("--quiet=x"), and whether it is done with the word
 * in the midst of single letters, is not the same everywhere; optopt is: the
 * row's value, a letter (a byte) that is no option's, or 0.
 */
static void
tell_wrong_option(const struct command *cmd, const struct common *o,
    const char *word)
{
	const struct option_row *row = row_of(cmd, optopt);
	char letter[] = { '-', (char)optopt, '\0' }, byte[8];

	if (optopt > ' ' && optopt < 0x7f)
		word = letter;
	else if (optopt != 0 && row == NULL) {
		snprintf(byte, sizeof(byte), "-\\x%02x", optopt & 0xff);
		word = byte;
	}
	if (row == NULL)
		tell_no_option(cmd, o, word);
	else
		tell(o->teller, cmd->name,
		    "option %s %s; see \"rollcall %s --help\"",
		    word, row->arg == NULL ? "takes no argument" :
		    "needs an argument", cmd->name);
}

static bool
check_counts(const struct command *cmd, const struct common *o,
    size_t count)
{
	if (count < cmd->min_args)
		tell(o->teller, cmd->name, "too few arguments: rollcall %s %s",
		    cmd->name, cmd->synopsis);
	else if (count > cmd->max_args)
		tell(o->teller, cmd->name, "too many arguments: rollcall %s %s",
		    cmd->name, cmd->synopsis);
	else
		return true;
	return false;
}

/* What --format names, or the first of the command's formats. */
static bool
find_format(const struct command *cmd, struct common *o)
{
	char *names;

	o->format = o->format_name == NULL ?
	    report_format_at(cmd->result, 0) :
	    report_format_find(cmd->result, o->format_name);
	if (o->format != NULL)
		return true;
	names = report_format_names(cmd->result);
	tell(o->teller, cmd->name, "--format: \"%s\" is none of: %s",
	    o->format_name, names);
	free(names);
	return false;
}

static bool
check_common(const struct command *cmd, struct common *o)
{
	enum exit_style style = EXIT_STYLE_VERDICT;

	if (!find_format(cmd, o))
		return false;
	if (o->output != NULL && o->output[0] == '\0') {
		tell(o->teller, cmd->name, "--output: the name is empty");
		return false;
	}
	if (o->output != NULL && strcmp(o->output, "-") == 0)
		o->output = NULL;
	if (o->exit_style != NULL && !exit_style_named(o->exit_style,
	    &style)) {
		tell(o->teller, cmd->name,
		    "--exit-style: \"%s\" is none of verdict, "
		    "zero, nagios, detect", o->exit_style);
		return false;
	}
	if (style == EXIT_STYLE_DETECT && !cmd->detects) {
		tell(o->teller, cmd->name, "--exit-style: detect is for scan");
		return false;
	}
	return true;
}

/* An instant that is not given is none, not 1970. */
static void
preset_instants(const struct command *cmd, void *options)
{
	const struct option_row *row;
	size_t n;

	for (n = 0; (row = row_at(cmd, n)) != NULL; n++)
		if (row->type == OPTION_INSTANT)
			*(instant *)(void *)((char *)options + row->offset) =
			    INSTANT_NONE;
}

static bool
is_file(const char *word)
{
	struct entry e;

	return entry_of_path(word, &e, NULL) == ST_OK;
}

/* Is there another "--" in WORDS? */
static bool
has_end(char **words)
{
	while (*words != NULL && strcmp(*words, "--") != 0)
		words++;
	return *words != NULL;
}

/*
 * "*.msp" becomes the names that there are, and one of them may be
 * "--overlay=x.msp", which somebody else has put there: nobody means an
 * option that is also a file here. Nor is a file "--" passed over as the end
 * of options; with two of them, the second is the file.
 */
static bool
is_file_too(const struct command *cmd, const struct common *o, char **argv)
{
	char **word;

	for (word = argv + 1; *word != NULL && strcmp(*word, "--") != 0;
	    word++) {
		if ((*word)[0] != '-' || (*word)[1] == '\0' ||
		    !is_file(*word))
			continue;
		tell(o->teller, cmd->name, "%s: is it an option? There is a "
		    "file of this name: write \"--\" before files", *word);
		return true;
	}
	if (*word == NULL || has_end(word + 1) || !is_file(*word))
		return false;
	tell(o->teller, cmd->name, "--: does it end the options? There is a "
	    "file of this name: write \"./\" before files");
	return true;
}

bool
options_parse(const struct command *cmd, int argc, char **argv,
    void *options, char ***args, size_t *count)
{
	struct common *common = options;
	struct table t;
	bool ok = true;
	int c;

	preset_instants(cmd, options);
	if (is_file_too(cmd, common, argv))
		return false;
	table_init(cmd, &t);
	opterr = 0;
	optind = 1;
	while (ok && (c = getopt_long(argc, argv, t.shorts, t.longs,
	    NULL)) != -1) {
		const struct option_row *row = row_of(cmd, c);

		if (c == '?' || c == ':' || row == NULL) {
			tell_wrong_option(cmd, common, argv[optind - 1]);
			ok = false;
		} else
			ok = store(cmd, row, options, optarg);
	}
	free(t.longs);
	if (!ok || common->help)
		return ok;
	*args = argv + optind;
	*count = (size_t)(argc - optind);
	return check_counts(cmd, common, *count) && check_common(cmd, common);
}

void
options_fini(const struct command *cmd, void *options)
{
	const struct option_row *row;
	size_t n;

	for (n = 0; (row = row_at(cmd, n)) != NULL; n++)
		if (row->type == OPTION_LIST)
			free(((struct text_list *)(void *)((char *)options +
			    row->offset))->items);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_OPTIONS_H
#define ROLLCALL_CMD_OPTIONS_H

#include "base/instant.h"

#include <stdbool.h>
#include <stddef.h>

struct command;
struct report_format;
struct teller;

/*
 * Options are rows: the parser, --help and the tests of the manual read the
 * same table. OFFSET is where the value goes in the command's own structure,
 * which begins with struct common.
 */
enum option_type {
	OPTION_FLAG,		/* bool */
	OPTION_TEXT,		/* const char *, borrowed from argv */
	OPTION_LIST,		/* struct text_list: may be repeated */
	OPTION_INSTANT,		/* instant */
	OPTION_NUMBER,		/* struct option_number */
	OPTION_FORMAT,		/* const char *, one of the command's */
};

struct option_number {
	unsigned	 value;
	bool		 given;
};

struct text_list {
	const char	**items;	/* owned; the texts are argv's */
	size_t		 count;
};

struct option_row {
	const char	*name;		/* "format" */
	char		 letter;	/* 0 for none */
	const char	*arg;		/* "FILE"; NULL for a flag */
	enum option_type type;
	size_t		 offset;
	const char	*help;
};

/* What every command takes. */
struct common {
	struct teller	*teller;	/* set before they are parsed */
	const char	*format_name;	/* NULL: the first of the command */
	const struct report_format *format; /* what it names */
	const char	*output;
	const char	*catalogue;
	struct text_list overlays;
	const char	*exit_style;
	instant		 at;		/* as of which is judged */
	instant		 taken;		/* when evidence is looked at */
	bool		 quiet;
	bool		 verbose;
	bool		 help;
};

/* The rows that every command has, before its own. */
size_t		common_rows(const struct option_row **out);

/*
 * Parse ARGV[1..] by the rows of CMD into OPTIONS, its structure, which has
 * its teller already and is empty otherwise.
 *
 * Out:     *ARGS, *COUNT: what is left, within ARGV.
 * Returns: false when it has told of wrong usage.
 */
bool		options_parse(const struct command *cmd, int argc,
		    char **argv, void *options, char ***args, size_t *count);
void		options_fini(const struct command *cmd, void *options);

#endif

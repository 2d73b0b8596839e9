/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_COMMAND_H
#define ROLLCALL_CMD_COMMAND_H

#include "base/instant.h"
#include "base/status.h"
#include "catalogue/catalogue.h"
#include "cmd/exit_codes.h"
#include "inventory/inspect.h"
#include "io/sink.h"
#include "report/report.h"

#include <stdbool.h>
#include <stddef.h>

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
	const char	*format;
	const char	*output;
	const char	*catalogue;
	struct text_list overlays;
	const char	*exit_style;
	instant		 at;
	bool		 quiet;
	bool		 help;
};

/*
 * A group of commands ("catalogue") is a command that has others; it has no
 * options and does not run. Their names begin with the group's.
 */
struct command {
	const char	*name;		/* "scan", "catalogue check" */
	const char	*summary;	/* one line */
	const char	*synopsis;	/* "[OPTION...] ROOT" */
	const char	*text;		/* a paragraph for its --help */
	const struct command *const *subs; /* of a group, else NULL */
	size_t		 sub_count;
	const char	*const *formats; /* of --format, ended by NULL; NULL:
					    those of a report */
	size_t		 min_args, max_args;
	const struct option_row *options;
	size_t		 option_count;
	size_t		 options_size;	/* of its structure */
	bool		 detects;	/* answers in one line: see detect.h */
	enum exit_code	(*run)(void *options, char **args, size_t count);
};

/* The commands; a new one adds a line in commands.c. Static. */
size_t		commands(const struct command *const **out);
const struct command *command_find(const char *name);
const struct command *command_find_sub(const struct command *group,
		    const char *name);

/* "check" of "catalogue check". */
const char	*command_short_name(const struct command *cmd);

extern const struct command cmd_catalogue, cmd_inspect, cmd_probe,
		    cmd_registry, cmd_scan, cmd_which;
extern const struct command cmd_catalogue_check, cmd_catalogue_learn,
		    cmd_catalogue_list, cmd_catalogue_show,
		    cmd_catalogue_update;

/* The rows that every command has, before its own. */
size_t		common_rows(const struct option_row **out);

/*
 * Parse ARGV[1..] by the rows of CMD into OPTIONS, its structure.
 *
 * Out:     *ARGS, *COUNT: what is left, within ARGV.
 * Returns: false when it has told of wrong usage.
 */
bool		options_parse(const struct command *cmd, int argc,
		    char **argv, void *options, char ***args, size_t *count);
void		options_fini(const struct command *cmd, void *options);

/* --help of the program and of one command. */
void		help_program(struct sink *out);
void		help_command(const struct command *cmd, struct sink *out);

/* "rollcall: SUBJECT: text", on standard error. */
void		tell(const char *subject, const char *fmt, ...)
		    PRINTF_LIKE(2, 3);
void		tell_diag(const char *subject, const struct diag *d);

/* Tell why the output could not be written. Returns: EXIT_OUTPUT. */
enum exit_code	tell_output(const struct common *o, const struct diag *d);

/* Load the catalogue that the options ask for, overlays and all, or tell
 * why not. */
enum exit_code	open_catalogue(const struct common *o,
		    struct catalogue **out);

/* The value of a numeric option, or what holds without it; told of, and
 * false, when it is not from LOW to HIGH. */
bool		number_within(const char *cmd, const char *option,
		    const struct option_number *n, unsigned low,
		    unsigned high, unsigned without, unsigned *out);

/* What files are judged by, as of AT: CAT and the PEM files of --anchor. The
 * caller's, for inspect_policy_free(); or tell why not. */
enum exit_code	open_policy(const struct catalogue *cat, instant at,
		    const struct text_list *anchors,
		    struct inspect_policy **out);

/* Threads for work on many files: --jobs, else one for each processor; as
 * number_within(). */
bool		jobs_within(const char *cmd, const struct option_number *n,
		    unsigned *out);

/* How the chosen output wants text: colour and columns. */
struct report_style style_for(const struct common *o);

/* The time of the judgement: --at, else the clock. */
instant		judged_at(const struct common *o);

#endif

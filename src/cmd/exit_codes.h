/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_EXIT_CODES_H
#define ROLLCALL_CMD_EXIT_CODES_H

#include "assessment/rules.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>

/* The verdicts are 0 to 3; the errors are those of sysexits.h. */
enum exit_code {
	/* Nothing has ended the command so far: what a step returns when the
	 * next one may follow. Never what a command ends with, so that one
	 * that forgets its verdict does not end well. */
	EXIT_GO_ON = -1,

	EXIT_NOTHING_TO_DO = 0,
	EXIT_ADVISED = 1,
	EXIT_REQUIRED = 2,
	EXIT_UNDETERMINED = 3,
	EXIT_USAGE = 64,
	EXIT_BAD_DATA = 65,
	EXIT_NO_INPUT = 66,
	EXIT_UNAVAILABLE = 69,
	EXIT_INTERNAL = 70,
	EXIT_OUTPUT = 74,
};

struct exit_row {
	enum exit_code	 code;
	const char	*meaning;
};

/* The one list; --help prints it and a test holds the manual against it. */
size_t		exit_rows(const struct exit_row **out);

enum exit_style {
	EXIT_STYLE_VERDICT,
	EXIT_STYLE_ZERO,
	EXIT_STYLE_NAGIOS,
	EXIT_STYLE_DETECT,
};

/* Returns: false, and *OUT untouched, when no style has this name. */
bool		exit_style_named(const char *name, enum exit_style *out);

/* CODE, or THEN when CODE is EXIT_GO_ON. */
enum exit_code	exit_or(enum exit_code code, enum exit_code then);

/* What the program ends with, given what it would end with. */
int		exit_styled(enum exit_code code, enum exit_style style);

enum exit_code	exit_of_verdict(enum severity s);

/* For a file that could not be read. */
enum exit_code	exit_of_status(enum status st);

#endif

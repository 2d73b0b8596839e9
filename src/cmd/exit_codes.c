/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/exit_codes.h"

#include <string.h>

static const struct exit_row rows[] = {
	{ EXIT_NOTHING_TO_DO, "nothing to do; found" },
	{ EXIT_ADVISED, "action advised; not found" },
	{ EXIT_REQUIRED, "action required" },
	{ EXIT_UNDETERMINED, "undetermined" },
	{ EXIT_USAGE, "wrong usage" },
	{ EXIT_BAD_DATA, "input is not what it should be" },
	{ EXIT_NO_INPUT, "input is not there or cannot be opened" },
	{ EXIT_UNAVAILABLE, "a service is unavailable" },
	{ EXIT_INTERNAL, "internal error" },
	{ EXIT_OUTPUT, "output could not be written" },
};

size_t
exit_rows(const struct exit_row **out)
{
	*out = rows;
	return sizeof(rows) / sizeof(rows[0]);
}

bool
exit_style_named(const char *name, enum exit_style *out)
{
	static const char *const names[] = {
		[EXIT_STYLE_VERDICT] = "verdict",
		[EXIT_STYLE_ZERO] = "zero",
		[EXIT_STYLE_NAGIOS] = "nagios",
		[EXIT_STYLE_DETECT] = "detect",
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0) {
			*out = (enum exit_style)i;
			return true;
		}
	return false;
}

enum exit_code
exit_or(enum exit_code code, enum exit_code then)
{
	return code == EXIT_GO_ON ? then : code;
}

int
exit_styled(enum exit_code code, enum exit_style style)
{
	/* The command forgot its verdict: that is no good one. */
	code = exit_or(code, EXIT_INTERNAL);
	switch (style) {
	case EXIT_STYLE_ZERO:
		return code <= EXIT_UNDETERMINED ? 0 : (int)code;
	case EXIT_STYLE_NAGIOS:
		/* OK, WARNING, CRITICAL, UNKNOWN: the verdicts fit as they
		 * are, and every error is UNKNOWN. */
		return code <= EXIT_UNDETERMINED ? (int)code :
		    (int)EXIT_UNDETERMINED;
	case EXIT_STYLE_DETECT:
		/* Whatever is not known to be fine is to be acted on. */
		return code == EXIT_NOTHING_TO_DO ? 0 : 1;
	case EXIT_STYLE_VERDICT:
		break;
	}
	return (int)code;
}

enum exit_code
exit_of_verdict(enum severity s)
{
	switch (s) {
	case SEV_NOTE:
		return EXIT_NOTHING_TO_DO;
	case SEV_ADVISED:
		return EXIT_ADVISED;
	case SEV_REQUIRED:
		return EXIT_REQUIRED;
	case SEV_UNDETERMINED:
	case SEV_UNKNOWN:
		break;
	}
	return EXIT_UNDETERMINED;
}

enum exit_code
exit_of_status(enum status st)
{
	switch (st) {
	case ST_ABSENT:
	case ST_IO:
		return EXIT_NO_INPUT;
	case ST_UNSUPPORTED:
	case ST_MALFORMED:
	case ST_LIMIT:
	case ST_UNTRUSTED:
		return EXIT_BAD_DATA;
	case ST_OK:
		break;
	}
	return EXIT_INTERNAL;
}

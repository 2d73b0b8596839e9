/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "tap.h"

#include "cmd/exit_codes.h"

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

static const struct {
	enum exit_code	code;
	int		verdict, zero, nagios, detect;
} styled[] = {
	{ EXIT_NOTHING_TO_DO, 0, 0, 0, 0 },
	{ EXIT_ADVISED, 1, 0, 1, 1 },
	{ EXIT_REQUIRED, 2, 0, 2, 1 },
	{ EXIT_UNDETERMINED, 3, 0, 3, 1 },
	{ EXIT_USAGE, 64, 64, 3, 1 },
	{ EXIT_OUTPUT, 74, 74, 3, 1 },
	/* A command that forgot its verdict ends well in no style. */
	{ EXIT_GO_ON, 70, 70, 3, 1 },
};

static void
styles(void)
{
	size_t i;

	for (i = 0; i < COUNT(styled); i++) {
		enum exit_code c = styled[i].code;

		CHECK_INT(exit_styled(c, EXIT_STYLE_VERDICT),
		    styled[i].verdict);
		CHECK_INT(exit_styled(c, EXIT_STYLE_ZERO), styled[i].zero);
		CHECK_INT(exit_styled(c, EXIT_STYLE_NAGIOS),
		    styled[i].nagios);
		CHECK_INT(exit_styled(c, EXIT_STYLE_DETECT),
		    styled[i].detect);
	}
}

static void
verdict_of_the_rest(void)
{
	CHECK_INT(exit_or(EXIT_GO_ON, EXIT_ADVISED), EXIT_ADVISED);
	CHECK_INT(exit_or(EXIT_NOTHING_TO_DO, EXIT_ADVISED),
	    EXIT_NOTHING_TO_DO);
	CHECK_INT(exit_or(EXIT_OUTPUT, EXIT_NOTHING_TO_DO), EXIT_OUTPUT);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "what styles make of codes", styles },
		{ "a verdict only where nothing else ended",
		    verdict_of_the_rest },
		{ NULL, NULL }
	};

	return tap_run(cases);
}

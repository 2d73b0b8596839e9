/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_TELL_H
#define ROLLCALL_CMD_TELL_H

#include "base/status.h"
#include "cmd/exit_codes.h"

#include <stdbool.h>

#define TELL_BAR	" | "
#define TELL_PART	"; "

/*
 * Who tells the user, on standard error, what is no part of a result. One for
 * each run of the program; it is given to whoever may have something to tell.
 */
struct teller {
	bool	 in_line;	/* keep all for the line of detect.h */
	bool	 plugin;	/* of --format nagios: keep it for a line of
				   standard output too */
	bool	 written;	/* a result is where it was wanted */
	char	*answer;	/* that it begins with; owned, or NULL */
	char	*told;		/* TELL_BAR or, of a plugin, TELL_PART, this,
				   the same, that; owned, or NULL */
};

/* "rollcall: SUBJECT: text". */
void		tell(struct teller *t, const char *subject, const char *fmt,
		    ...) PRINTF_LIKE(3, 4);
void		tell_diag(struct teller *t, const char *subject,
		    const struct diag *d);

/* Tell why the output could not be written to PATH (NULL: standard output).
 * Returns: EXIT_OUTPUT. */
enum exit_code	tell_output(struct teller *t, const char *path,
		    const struct diag *d);

#endif

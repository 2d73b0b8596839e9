/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_TELL_H
#define ROLLCALL_CMD_TELL_H

#include "base/status.h"
#include "cmd/exit_codes.h"

/* "rollcall: SUBJECT: text", on standard error. */
void		tell(const char *subject, const char *fmt, ...)
		    PRINTF_LIKE(2, 3);
void		tell_diag(const char *subject, const struct diag *d);

/* Tell why the output could not be written to PATH (NULL: standard output).
 * Returns: EXIT_OUTPUT. */
enum exit_code	tell_output(const char *path, const struct diag *d);

#endif

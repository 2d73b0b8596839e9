/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_FLEET_ACCEPT_H
#define ROLLCALL_REPORT_FLEET_ACCEPT_H

#include "report/fleet.h"

/* Is NAME as PATTERN has it? '*' is any text, '?' any character. Both are
 * folded (utf_fold_dup()), so that letter case tells nothing. */
bool		fleet_matches(const char *pattern, const char *name);

/* Is it the name of a question, the code of a finding, or "missing"? */
bool		fleet_is_item(const char *item);

/* Take out of the verdict of ROW what is accepted. */
void		fleet_accept_row(const struct fleet *f, struct fleet_row *row);

/* The same of a server without a result, which is accepted as a whole or not
 * at all. */
void		fleet_accept_missing(const struct fleet *f,
		    struct fleet_row *row);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_NAGIOS_H
#define ROLLCALL_REPORT_NAGIOS_H

#include "assessment/severity.h"
#include "base/instant.h"
#include "catalogue/catalogue.h"
#include "io/sink.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What Nagios, Icinga and their kin take from a plugin: a state word and a
 * line, behind '|' numbers, and on further lines what else there is.
 *
 * Spec:    monitoring plugin guidelines, "Plugin output"
 */
#define NAGIOS_OK	0
#define NAGIOS_WARNING	1
#define NAGIOS_CRITICAL	2
#define NAGIOS_UNKNOWN	3

/* "CRITICAL". */
const char	*nagios_word(unsigned state);

/* The state that means a verdict. */
unsigned	nagios_state(enum severity s);

/* TEXT on one line, of NAGIOS_MAX_LINE bytes at most; a '|' of it, which
 * would begin the numbers, and control characters are escaped. */
void		nagios_text(struct sink *out, const char *text);

/* " behind=3;0;;0"; not known is U. THRESHOLDS is "" or begins with ';'. The
 * first one follows " |". */
void		nagios_number(struct sink *out, const char *label, bool known,
		    int64_t n, const char *thresholds);

/* The days of catalogue C at AT, and the last on which it is not stale;
 * MAX as in way_age(). */
void		nagios_catalogue_age(struct sink *out,
		    const struct cat_info *c, instant at, int max);

#endif

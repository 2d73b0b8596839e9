/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/nagios.h"

#include "base/limits.h"
#include "catalogue/way.h"
#include "report/fleet.h"
#include "report/layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STALE_MAX	100	/* days, after which any catalogue is */

const char *
nagios_word(unsigned state)
{
	switch (state) {
	case NAGIOS_OK:
		return "OK";
	case NAGIOS_WARNING:
		return "WARNING";
	case NAGIOS_CRITICAL:
		return "CRITICAL";
	default:
		return "UNKNOWN";
	}
}

unsigned
nagios_state(enum severity s)
{
	switch (s) {
	case SEV_NOTE:
		return NAGIOS_OK;
	case SEV_ADVISED:
		return NAGIOS_WARNING;
	case SEV_REQUIRED:
		return NAGIOS_CRITICAL;
	case SEV_UNDETERMINED:
	case SEV_UNKNOWN:
		break;
	}
	return NAGIOS_UNKNOWN;
}

void
nagios_text(struct sink *out, const char *text)
{
	char *line = layout_cut(text, NAGIOS_MAX_LINE);
	const char *p = line, *bar;

	while ((bar = strchr(p, '|')) != NULL) {
		sink_write(out, p, (size_t)(bar - p));
		sink_puts(out, "\\x7c");
		p = bar + 1;
	}
	sink_puts(out, p);
	free(line);
}

void
nagios_number(struct sink *out, const char *label, bool known, int64_t n,
    const char *thresholds)
{
	if (known)
		sink_printf(out, " %s=%lld%s", label, (long long)n,
		    thresholds);
	else
		sink_printf(out, " %s=U", label);
}

/* The last whole day on which a catalogue that knows up to T is not stale. */
static int
last_fresh_day(instant t, int max)
{
	int days = 0;

	while (days < STALE_MAX && way_age(t, t + (instant)(days + 1) *
	    SECONDS_A_DAY, max) != CAT_STALE)
		days++;
	return max > STALE_MAX ? max : days;
}

void
nagios_catalogue_age(struct sink *out, const struct cat_info *c, instant at,
    int max)
{
	char limit[32];

	snprintf(limit, sizeof(limit), ";%d",
	    last_fresh_day(c->known_until, max));
	nagios_number(out, "catalogue_age", true,
	    instant_days(c->known_until, at), limit);
}

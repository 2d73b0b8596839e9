/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/instants.h"
#include "cmd/system.h"
#include "cmd/tell.h"

#include <stdlib.h>
#include <time.h>

#define VARIABLE	"SOURCE_DATE_EPOCH"
#define YEAR_MAX	9999	/* that RFC 3339 can write */

/*
 * Seconds since 1970, in decimal digits alone.
 *
 * Spec:    reproducible-builds.org, "SOURCE_DATE_EPOCH specification" 1.1
 */
static bool
parse_seconds(const char *text, instant *out)
{
	instant end = instant_of_day(YEAR_MAX + 1, 1, 1), t = 0;
	const char *p;

	for (p = text; *p >= '0' && *p <= '9' && t < end; p++)
		t = 10 * t + (*p - '0');
	if (p == text || *p != '\0' || t >= end)
		return false;
	*out = t;
	return true;
}

bool
instants_set(struct common *o)
{
	char *chosen = system_environment(VARIABLE);
	instant now = (instant)time(NULL);
	bool ok = true;

	o->taken = now;
	if (chosen != NULL && !parse_seconds(chosen, &o->taken)) {
		tell(o->teller, VARIABLE, "\"%s\" is no number of seconds "
		    "since 1970", chosen);
		ok = false;
	}
	if (o->at == INSTANT_NONE)
		o->at = now;
	free(chosen);
	return ok;
}

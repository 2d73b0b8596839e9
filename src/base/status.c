/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/status.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum status
diag_set(struct diag *d, enum status st, uint64_t fileoff,
    const char *clause, const char *fmt, ...)
{
	va_list ap;

	if (d == NULL)
		return st;
	d->fileoff = fileoff;
	d->clause = clause;
	d->refused = false;
	d->drive = 0;
	va_start(ap, fmt);
	vsnprintf(d->text, sizeof(d->text), fmt, ap);
	va_end(ap);
	return st;
}

void
diag_refused(struct diag *d)
{
	if (d != NULL)
		d->refused = true;
}

void
diag_wrap(struct diag *d, const char *fmt, ...)
{
	struct diag old;
	size_t len;
	va_list ap;

	if (d == NULL)
		return;
	old = *d;
	va_start(ap, fmt);
	vsnprintf(d->text, sizeof(d->text), fmt, ap);
	va_end(ap);
	len = strlen(d->text);
	if (old.text[0] != '\0')
		snprintf(d->text + len, sizeof(d->text) - len, ": %s",
		    old.text);
}

void
diag_line(const struct diag *d, char *line, size_t len)
{
	char place[48] = "";

	if (d->fileoff != DIAG_NOWHERE)
		snprintf(place, sizeof(place), " at offset %" PRIu64,
		    d->fileoff);
	if (d->clause != NULL)
		snprintf(line, len, "%s%s (%s)", d->text, place, d->clause);
	else
		snprintf(line, len, "%s%s", d->text, place);
}

const char *
status_name(enum status st)
{
	switch (st) {
	case ST_OK:
		return "ok";
	case ST_ABSENT:
		return "absent";
	case ST_UNSUPPORTED:
		return "unsupported";
	case ST_MALFORMED:
		return "malformed";
	case ST_LIMIT:
		return "limit reached";
	case ST_IO:
		return "input/output error";
	case ST_UNTRUSTED:
		return "untrusted";
	}
	return "unknown";
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/csv.h"

#include <stdio.h>
#include <string.h>

void
csv_head(struct csv *c, struct sink *out, const char *names)
{
	*c = (struct csv){ .out = out };
	sink_puts(out, names);
	sink_puts(out, "\r\n");
}

static void
begin_cell(struct csv *c)
{
	if (c->any)
		sink_puts(c->out, ",");
	c->any = true;
}

void
csv_text(struct csv *c, const char *text)
{
	const char *p;
	bool quoted;

	begin_cell(c);
	if (text == NULL || text[0] == '\0')
		return;
	quoted = strpbrk(text, ",\"\r\n") != NULL;
	sink_puts(c->out, quoted ? "\"" : "");
	sink_puts(c->out, strchr("=+-@\t\r", text[0]) != NULL ? "'" : "");
	for (p = text; quoted && (p = strchr(text, '"')) != NULL;
	    text = p + 1) {
		sink_write(c->out, text, (size_t)(p - text));
		sink_puts(c->out, "\"\"");
	}
	sink_puts(c->out, text);
	sink_puts(c->out, quoted ? "\"" : "");
}

void
csv_number(struct csv *c, bool known, uint64_t n)
{
	begin_cell(c);
	if (known)
		sink_printf(c->out, "%llu", (unsigned long long)n);
}

void
csv_bool(struct csv *c, bool known, bool b)
{
	csv_text(c, !known ? NULL : b ? "true" : "false");
}

void
csv_version(struct csv *c, struct version v)
{
	char text[VERSION_TEXT];

	csv_text(c, version_known(v) ? version_format(v, text) : NULL);
}

void
csv_instant(struct csv *c, instant t)
{
	char text[INSTANT_TEXT];

	csv_text(c, t == INSTANT_NONE ? NULL : t == INSTANT_UNLIMITED ?
	    "unlimited" : instant_format(t, text));
}

void
csv_day(struct csv *c, instant t)
{
	char text[INSTANT_TEXT];

	csv_text(c, t == INSTANT_NONE ? NULL : instant_format_day(t, text));
}

void
csv_end(struct csv *c)
{
	sink_puts(c->out, "\r\n");
	c->any = false;
}

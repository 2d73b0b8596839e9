/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/inspect.h"

#include <string.h>

static const struct inspect_format *const formats[] = {
	&inspect_text,
	&inspect_json,
};

const struct inspect_format *
inspect_format_find(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (strcmp(formats[i]->name, name) == 0)
			return formats[i];
	return NULL;
}

void
inspect_write(const struct inspect_format *format, struct inspect_writer *w,
    const char *path, const struct inspected *i)
{
	format->file(w, path, i);
	w->count++;
	w->verdicts[i->verdict]++;
	w->advised += i->advisory != NULL;
}

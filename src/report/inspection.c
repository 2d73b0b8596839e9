/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/inspection.h"

#include <string.h>

static const struct inspection_format *const formats[] = {
	&inspection_text,
	&inspection_json,
};

const struct inspection_format *
inspection_format_find(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (strcmp(formats[i]->name, name) == 0)
			return formats[i];
	return NULL;
}

void
inspection_write(const struct inspection_format *format,
    struct inspection_writer *w, const char *path,
    const struct inspected *i)
{
	format->file(w, path, i);
	w->count++;
	w->verdicts[i->verdict]++;
	w->advised += i->advisory != NULL;
}

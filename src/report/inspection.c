/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/inspection.h"

void
inspection_put(struct inspection_writer *w, const char *path,
    const struct inspected *i)
{
	w->format->file(w, path, i);
	w->count++;
	w->verdicts[i->verdict]++;
	w->advised += i->advisory != NULL;
}

void
inspection_emit(const struct inspection_format *format,
    const struct inspection *r, const struct report_style *style,
    struct sink *out)
{
	struct inspection_writer w = { .out = out, .r = r, .format = format,
	    .style = *style };

	format->begin(&w);
	r->run(r->ctx, &w);
	format->end(&w);
}

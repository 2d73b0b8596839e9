/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/laid_over.h"

#include "base/limits.h"
#include "report/layout.h"

#include <stdlib.h>

char *
laid_over_line(const struct cat_info *info)
{
	const struct cat_overlay *o;
	struct buf b;
	size_t i;

	buf_init(&b, TEXT_MAX);
	if (!info->built_in)
		buf_printf(&b, "catalogue %s (SHA-256 %s)", info->origin,
		    info->sha256);
	for (i = 0; i < info->overlay_count; i++) {
		o = info->overlays[i];
		buf_printf(&b, "%soverlay %s of %s (SHA-256 %s)",
		    b.len != 0 ? "; " : "", o->name, o->origin, o->sha256);
	}
	return buf_take(&b);
}

void
laid_over_text(const struct cat_info *info, const struct report_style *style,
    struct sink *out)
{
	char *line = laid_over_line(info);
	struct buf b;

	if (line[0] != '\0' && !style->quiet) {
		buf_init(&b, TEXT_MAX);
		buf_printf(&b, "By %s.", line);
		sink_puts(out, "\n");
		layout_wrap(out, buf_text(&b), 0, 0, style->width);
		buf_fini(&b);
	}
	free(line);
}

void
put_overlay(struct buf *b, const struct cat_overlay *o)
{
	if (o != NULL)
		buf_printf(b, ", by overlay %s", o->name);
}

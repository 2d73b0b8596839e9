/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/laid_over.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "report/layout.h"
#include "report/nagios.h"
#include "report/page.h"

#include <stdlib.h>

static void
put_catalogue(struct buf *b, const struct cat_info *info)
{
	buf_printf(b, "catalogue %s (SHA-256 %s)", info->origin,
	    info->sha256);
}

static void
put_laid(struct buf *b, const struct cat_overlay *o)
{
	buf_printf(b, "overlay %s of %s (SHA-256 %s)", o->name, o->origin,
	    o->sha256);
}

char *
laid_over_line(const struct cat_info *info)
{
	struct buf b;
	size_t i;

	buf_init(&b, TEXT_MAX);
	if (!info->built_in)
		put_catalogue(&b, info);
	for (i = 0; i < info->overlay_count; i++) {
		buf_puts(&b, b.len != 0 ? "; " : "");
		put_laid(&b, info->overlays[i]);
	}
	return buf_take(&b);
}

/* A path is never broken, so that it can be copied; the digest has a line of
 * its own, which fits 80 columns. */
static void
put_lines(struct sink *out, const char *what, const char *origin,
    const char *sha256)
{
	sink_printf(out, "By %s", what);
	layout_text(out, origin);
	sink_printf(out, "\n  SHA-256 %s\n", sha256);
}

void
laid_over_lines(const struct cat_info *info, const struct report_style *style,
    struct sink *out)
{
	const struct cat_overlay *o;
	char *what;
	size_t i;

	if (style->quiet)
		return;
	if (!info->built_in)
		put_lines(out, "catalogue ", info->origin, info->sha256);
	for (i = 0; i < info->overlay_count; i++) {
		o = info->overlays[i];
		what = xasprintf("overlay %s of ", o->name);
		put_lines(out, what, o->origin, o->sha256);
		free(what);
	}
}

void
laid_over_text(const struct cat_info *info, const struct report_style *style,
    struct sink *out)
{
	if (!style->quiet && (!info->built_in || info->overlay_count != 0))
		sink_puts(out, "\n");
	laid_over_lines(info, style, out);
}

void
laid_over_html(const struct cat_info *info, struct sink *out)
{
	char *line = laid_over_line(info);

	if (line[0] != '\0') {
		sink_puts(out, "<p class=\"faint\">By ");
		page_text(out, line);
		sink_puts(out, ".</p>\n");
	}
	free(line);
}

static void
put_plugin_line(struct sink *out, struct buf *b)
{
	sink_puts(out, "by ");
	nagios_text(out, buf_text(b));
	sink_puts(out, "\n");
	buf_clear(b);
}

void
laid_over_nagios(const struct cat_info *info, struct sink *out)
{
	struct buf b;
	size_t i;

	buf_init(&b, TEXT_MAX);
	if (!info->built_in) {
		put_catalogue(&b, info);
		put_plugin_line(out, &b);
	}
	for (i = 0; i < info->overlay_count; i++) {
		put_laid(&b, info->overlays[i]);
		put_plugin_line(out, &b);
	}
	buf_fini(&b);
}

void
laid_over_cells(const struct cat_info *info, const struct rests *r,
    struct csv *c)
{
	char *line = laid_over_line(info);
	struct buf names;
	size_t i;

	buf_init(&names, TEXT_MAX);
	for (i = 0; i < r->count; i++)
		buf_printf(&names, "%s%s", i != 0 ? " " : "", r->by[i]);
	csv_text(c, buf_text(&names));
	csv_text(c, line);
	buf_fini(&names);
	free(line);
}

void
put_overlay(struct buf *b, const struct cat_overlay *o)
{
	if (o != NULL)
		buf_printf(b, ", by overlay %s", o->name);
}

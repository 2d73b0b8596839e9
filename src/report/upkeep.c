/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/upkeep.h"
#include "base/buf.h"
#include "base/limits.h"
#include "report/json_result.h"
#include "report/layout.h"

#include <inttypes.h>

#define LABEL_COLUMN	9	/* where what a label is of begins */

static const char *const ages[] = {
	[CAT_STALE] = "stale", [CAT_AS_OF] = "as-of", [CAT_FRESH] = "fresh",
};

/* "fresh", "as-of", "stale": never NULL. Static. */
static const char *
upkeep_age_name(enum cat_age a)
{
	return (size_t)a < sizeof(ages) / sizeof(ages[0]) ? ages[a] :
	    "stale";
}

static const char *
origin_of(const struct upkeep *r)
{
	return r->catalogue->built_in ? "built-in" : r->refreshed ?
	    "refreshed" : "file";
}

static void
put_age(const struct upkeep *r, unsigned screen, struct sink *out)
{
	char day[INSTANT_TEXT];
	long long days = instant_days(r->catalogue->known_until, r->at);
	struct buf b;

	buf_init(&b, TEXT_MAX);
	buf_printf(&b, "knows    updates up to %s, %lld days ago: ",
	    instant_format_day(r->catalogue->known_until, day), days);
	if (r->age == CAT_STALE)
		buf_printf(&b, "STALE since %s",
		    instant_format_day(r->stale_from, day));
	else
		buf_printf(&b, "%s; stale from %s on", r->age ==
		    CAT_AS_OF ? "one month's updates may be missing" :
		    "fresh", instant_format_day(r->stale_from, day));
	layout_line(out, buf_text(&b), LABEL_COLUMN, screen);
	buf_fini(&b);
}

/* What to do, and why. */
static void
put_next(const struct upkeep *r, unsigned screen, struct sink *out)
{
	struct buf b;

	buf_init(&b, TEXT_MAX);
	buf_printf(&b, "next     %s%s%s", r->next != NULL ? r->next : "",
	    r->next != NULL ? ": " : "", r->why);
	layout_line(out, buf_text(&b), LABEL_COLUMN, screen);
	buf_fini(&b);
}

void
upkeep_text(const struct upkeep *r, const struct report_style *style,
    struct sink *out)
{
	const struct cat_info *c = r->catalogue;
	char issued[INSTANT_TEXT], expires[INSTANT_TEXT];
	size_t i;

	sink_printf(out, "in use   catalogue %" PRIu64 ", issued %s: ",
	    c->serial, instant_format_day(c->issued, issued));
	layout_text(out, c->origin);
	sink_puts(out, "\n");
	for (i = 0; i < c->overlay_count; i++) {
		sink_puts(out, "overlay  ");
		layout_text(out, c->overlays[i]->name);
		sink_printf(out, ", issued %s: ", instant_format_day(
		    c->overlays[i]->issued, issued));
		layout_text(out, c->overlays[i]->origin);
		sink_puts(out, "\n");
	}
	put_age(r, style->screen, out);
	sink_printf(out, "expires  %s%s\n", instant_format_day(c->expires,
	    expires), r->expired ? ": EXPIRED" : "");
	sink_puts(out, "kept in  ");
	layout_text(out, r->dir != NULL ? r->dir : "no place: HOME is not "
	    "set");
	sink_puts(out, "\nsource   ");
	layout_text(out, r->url != NULL ? r->url : "none is configured");
	sink_printf(out, "\nkey      %s\n", r->has_key ? "known" :
	    "none is configured");
	put_next(r, style->screen, out);
}

void
upkeep_json(const struct upkeep *r, const struct report_style *style,
    struct sink *out)
{
	struct jsonout j;

	(void)style;
	jsonout_init(&j, out, true);
	jsonout_object(&j, NULL);
	json_result_begin(&j, r->version, r->at, r->catalogue);
	jsonout_object(&j, "status");
	jsonout_text(&j, "in_use", origin_of(r));
	jsonout_text(&j, "age", upkeep_age_name(r->age));
	json_result_day(&j, "stale_from", r->stale_from);
	json_result_day(&j, "expires", r->catalogue->expires);
	jsonout_bool(&j, "expired", r->expired);
	jsonout_text(&j, "directory", r->dir);
	jsonout_text(&j, "url", r->url);
	jsonout_bool(&j, "key", r->has_key);
	jsonout_text(&j, "next", r->next);
	jsonout_text(&j, "why", r->why);
	jsonout_end(&j);
	jsonout_end(&j);
	jsonout_fini(&j);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/json_result.h"

#include "assessment/assessment.h"

static void
put_overlay(struct jsonout *j, const struct cat_overlay *o)
{
	jsonout_object(j, NULL);
	jsonout_text(j, "name", o->name);
	jsonout_text(j, "origin", o->origin);
	jsonout_text(j, "sha256", o->sha256);
	jsonout_end(j);
}

void
json_result_rests(struct jsonout *j, const struct rests *r)
{
	size_t i;

	jsonout_array(j, "overlays");
	for (i = 0; i < r->count; i++)
		jsonout_text(j, NULL, r->by[i]);
	jsonout_end(j);
}

void
json_result_catalogue(struct jsonout *j, const char *name,
    const struct cat_info *cat)
{
	jsonout_object(j, name);
	jsonout_number(j, "serial", (int64_t)cat->serial);
	jsonout_instant(j, "issued", cat->issued);
	jsonout_instant(j, "known_until", cat->known_until);
	jsonout_text(j, "sha256", cat->sha256);
	jsonout_text(j, "origin", cat->origin);
	jsonout_end(j);
}

void
json_result_by(struct jsonout *j, const struct cat_info *cat)
{
	size_t i;

	json_result_catalogue(j, "catalogue", cat);
	jsonout_array(j, "overlays");
	for (i = 0; i < cat->overlay_count; i++)
		put_overlay(j, cat->overlays[i]);
	jsonout_end(j);
}

void
json_result_begin(struct jsonout *j, const char *version, instant at,
    const struct cat_info *cat)
{
	jsonout_text(j, "schema", JSON_RESULT_SCHEMA);
	jsonout_text(j, "version", version);
	jsonout_instant(j, "at", at);
	json_result_by(j, cat);
}

void
json_result_release(struct jsonout *j, const struct cat_release *r)
{
	jsonout_text(j, "id", r->id);
	jsonout_text(j, "label", r->label);
	jsonout_text(j, "name", r->name);
	jsonout_number(j, "revision", (int64_t)r->revision);
	jsonout_version(j, "build", r->build);
	jsonout_text_or_null(j, "kb", r->kb);
	jsonout_text_or_null(j, "date", r->date);
}

void
json_result_release_or_null(struct jsonout *j, const char *name,
    const struct cat_release *r)
{
	if (r == NULL) {
		jsonout_null(j, name);
		return;
	}
	jsonout_object(j, name);
	json_result_release(j, r);
	jsonout_end(j);
}

void
json_result_behind(struct jsonout *j, const struct way *w)
{
	size_t i;

	jsonout_object(j, "behind");
	jsonout_number(j, "updates", (int64_t)w->updates);
	jsonout_number(j, "security", (int64_t)w->security);
	jsonout_number(j, "bought", (int64_t)w->bought);
	json_result_day(j, "since", w->since);
	json_result_day(j, "security_since", w->security_since);
	jsonout_array(j, "cves");
	for (i = 0; i < w->cve_count; i++)
		jsonout_text(j, NULL, w->cves[i]);
	jsonout_end(j);
	jsonout_bool(j, "all_cves", w->all_cves);
	jsonout_end(j);
}

bool
json_result_next(struct jsonout *j, const struct way *w, bool is_x86)
{
	static const char *const hows[] = {
		[WAY_NONE] = NULL, [WAY_UPDATE] = "update",
		[WAY_BASE] = "in-place", [WAY_PRODUCT] = "in-place",
		[WAY_NEW_SERVER] = "new-server",
	};

	if (w->step == WAY_NONE) {
		jsonout_null(j, "next");
		return false;
	}
	jsonout_object(j, "next");
	jsonout_text(j, "release", w->to->id);
	jsonout_text_or_null(j, "kb", w->to->kb);
	jsonout_text(j, "package", package_for(w->to, is_x86));
	jsonout_text(j, "how", hows[w->step]);
	jsonout_text(j, "program", w->to->program != NULL ?
	    w->to->program->id : NULL);
	return true;
}

void
json_result_refs(struct jsonout *j, const char *name,
    const struct cat_refs *refs)
{
	size_t i;

	jsonout_array(j, name);
	for (i = 0; i < refs->count; i++)
		jsonout_text(j, NULL, refs->ids[i]);
	jsonout_end(j);
}

void
json_result_day(struct jsonout *j, const char *name, instant t)
{
	char day[INSTANT_TEXT];

	jsonout_text(j, name, t != INSTANT_NONE ? instant_format_day(t, day) :
	    NULL);
}

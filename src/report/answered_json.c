/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/answered.h"

#include "base/limits.h"
#include "catalogue/advice.h"
#include "report/json_result.h"

static const char *
force_name(enum cat_force f)
{
	return f == CAT_KEEP ? "keep" : cat_force_name(f);
}

static void
put_replace(struct jsonout *j, const struct standing *s)
{
	const struct cat_replace *p = &s->release->replace;
	enum cat_force force = catalogue_force_at(s->release, s->at);
	bool told = force != CAT_KEEP;

	jsonout_object(j, "replace");
	jsonout_text(j, "force", force_name(force));
	jsonout_text(j, "reason", told ? p->reason : NULL);
	jsonout_text(j, "text", told ? p->text : NULL);
	jsonout_text(j, "condition", told ? p->condition : NULL);
	jsonout_text(j, "by", told && p->by != NULL ? p->by->id : NULL);
	jsonout_end(j);
}

static void
put_currency(struct jsonout *j, const struct standing *s)
{
	bool behind = s->current == STANDING_BEHIND;
	struct buf b;

	buf_init(&b, TEXT_MAX);
	put_current(&b, s);
	jsonout_object(j, "current");
	jsonout_text(j, "answer", standing_current_name(s->current));
	jsonout_text(j, "text", buf_text(&b));
	jsonout_text(j, "newest", behind ? s->way.newest->id : NULL);
	if (behind)
		json_result_behind(j, &s->way);
	else
		jsonout_null(j, "behind");
	json_result_day(j, "known_until", s->known_until);
	jsonout_end(j);
	buf_fini(&b);
}

static void
put_support(struct jsonout *j, const struct standing *s)
{
	struct buf b;

	buf_init(&b, TEXT_MAX);
	put_supported(&b, s);
	jsonout_object(j, "supported");
	jsonout_text(j, "answer", standing_supported_name(s));
	jsonout_text(j, "text", buf_text(&b));
	json_result_day(j, "until", s->until);
	jsonout_text(j, "program", s->program != NULL ? s->program->id :
	    NULL);
	jsonout_end(j);
	buf_fini(&b);
}

/* The one step to take next. */
static void
put_next(struct jsonout *j, const struct standing *s)
{
	const struct way *w = &s->way;
	struct buf b;

	if (!json_result_next(j, w, false))
		return;
	buf_init(&b, TEXT_MAX);
	put_step(&b, w, s->release);
	jsonout_text(j, "then", w->then != NULL ? w->then->id : NULL);
	jsonout_text(j, "text", buf_text(&b));
	jsonout_end(j);
	buf_fini(&b);
}

/* What cures a revision that must be replaced; else the next step. */
static void
put_install(struct jsonout *j, const struct standing *s)
{
	const struct cat_release *cures[QUERY_MAX_RELEASES];
	const struct way *w = &s->way;
	size_t i, n = 0;

	if (catalogue_force_at(s->release, s->at) == CAT_REQUIRED)
		n = catalogue_cures(s->release, s->at, cures,
		    QUERY_MAX_RELEASES);
	else if (w->step != WAY_NONE) {
		cures[n++] = w->to;
		if (w->then != NULL)
			cures[n++] = w->then;
	}
	jsonout_array(j, "install");
	for (i = 0; i < n && i < QUERY_MAX_RELEASES; i++)
		jsonout_text(j, NULL, cures[i]->id);
	jsonout_end(j);
}

void
answered_json(struct jsonout *j, const struct standing *s)
{
	const struct cat_release *r = s->release;
	size_t i;

	jsonout_object(j, NULL);
	json_result_release(j, r);
	jsonout_text(j, "product", r->product->id);
	jsonout_text(j, "branch", r->branch->id);
	jsonout_text(j, "kind", cat_kind_name(r->kind));
	jsonout_array(j, "packages");
	for (i = 0; i < r->package_count; i++)
		jsonout_text(j, NULL, r->packages[i].name);
	jsonout_end(j);
	put_replace(j, s);
	put_currency(j, s);
	put_support(j, s);
	put_next(j, s);
	put_install(j, s);
	jsonout_text(j, "overlay", r->overlay != NULL ? r->overlay->name :
	    NULL);
	jsonout_end(j);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/answered.h"

#include "base/limits.h"
#include "catalogue/advice.h"
#include "catalogue/words.h"
#include "report/layout.h"

#include <string.h>

void
answered_row(struct sink *out, const struct report_style *style,
    const char *label, const char *text)
{
	sink_printf(out, "  %-*s", ANSWERED_COLUMN - 2, label);
	layout_wrap(out, text, ANSWERED_COLUMN, ANSWERED_COLUMN,
	    style->width);
}

static void
put_rerelease(struct buf *b, const struct cat_release *r, instant at)
{
	const struct cat_release *by = r->replace.by;

	switch (catalogue_force_at(r, at)) {
	case CAT_REQUIRED:
		buf_printf(b, "needed: %s", r->replace.text);
		put_by_overlay(b, r);
		return;
	case CAT_ADVISED:
		buf_printf(b, "advised: %s", r->replace.text);
		break;
	case CAT_CONDITIONAL:
		buf_printf(b, "depends: %s Condition: %s", r->replace.text,
		    r->replace.condition);
		break;
	case CAT_KEEP:
		if (r->revision < 2)
			buf_puts(b, "not needed: it was never re-released");
		else if (r->cures[0] != '\0')
			buf_printf(b, "not needed: it is itself a re-release, "
			    "made for advisory %s", r->cures);
		else
			buf_puts(b, "not needed: it is itself a re-release");
		put_by_overlay(b, r);
		return;
	}
	if (by != NULL) {
		buf_puts(b, " The newer revision: ");
		put_release(b, by);
		buf_puts(b, ".");
	}
}

/* What the step asks for; ALONE, the label in front of it says "install". */
static void
put_next(struct buf *b, const struct standing *s, bool alone)
{
	static const char install[] = "install ";
	const char *text;
	struct buf step;

	buf_init(&step, TEXT_MAX);
	put_step(&step, &s->way, s->release);
	text = buf_text(&step);
	if (alone && strncmp(text, install, sizeof(install) - 1) == 0)
		text += sizeof(install) - 1;
	buf_puts(b, text);
	buf_fini(&step);
}

/* What to install in its place, where there is a reason to; and the one step
 * to take next. */
static void
put_install(struct buf *b, const struct standing *s)
{
	const struct cat_release *r = s->release, *cures[3];
	size_t n;

	if (catalogue_force_at(r, s->at) == CAT_REQUIRED) {
		n = catalogue_cures(r, s->at, cures, 3);
		if (n == 0)
			buf_puts(b, "no update that cures it is known");
		put_cures(b, r, cures, n);
		if (s->way.step != WAY_NONE && (n == 0 ||
		    s->way.to != cures[0])) {
			buf_puts(b, "; to be current, ");
			put_next(b, s, false);
		}
	} else if (s->way.step != WAY_NONE)
		put_next(b, s, true);
	else
		buf_puts(b, s->way.newest != NULL ?
		    "nothing newer can be had" : "nothing newer is known");
}

void
answered_text(const struct standing *s, const struct report_style *style,
    struct sink *out)
{
	const struct cat_release *r = s->release;
	struct buf b;

	buf_init(&b, DETAIL_MAX);
	put_rerelease(&b, r, s->at);
	answered_row(out, style, "RE-RELEASE", buf_text(&b));
	buf_clear(&b);
	if (r->released != INSTANT_NONE && r->released > s->at)
		buf_printf(&b, "not yet: it came out on %s", r->date);
	else {
		buf_printf(&b, "%s: ", standing_current_name(s->current));
		put_current(&b, s);
	}
	answered_row(out, style, "CURRENT", buf_text(&b));
	buf_clear(&b);
	buf_printf(&b, "%s: ", standing_supported_name(s));
	put_supported(&b, s);
	answered_row(out, style, "SUPPORTED", buf_text(&b));
	buf_clear(&b);
	put_install(&b, s);
	answered_row(out, style, "INSTALL", buf_text(&b));
	buf_fini(&b);
}

void
answered_words(struct buf *b, const struct standing *s)
{
	const struct cat_release *r = s->release;
	enum cat_force force = catalogue_force_at(r, s->at);
	char day[INSTANT_TEXT];

	if (force == CAT_REQUIRED)
		buf_puts(b, "; must be replaced");
	else if (force != CAT_KEEP)
		buf_puts(b, force == CAT_ADVISED ?
		    "; a newer revision exists" :
		    "; a newer revision is needed under a condition");
	if (s->current == STANDING_BEHIND)
		buf_printf(b, "; %zu behind, %zu of them security",
		    s->way.updates, s->way.security);
	else if (s->current != STANDING_UNKNOWN)
		buf_printf(b, "; newest of %s", r->branch->id);
	if (support_ended(s->until, s->at))
		buf_printf(b, "; support ended on %s",
		    instant_format_day(s->until, day));
}

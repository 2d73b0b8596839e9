/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/standing.h"

#include "base/utf.h"
#include "catalogue/advice.h"
#include "catalogue/words.h"

#define MORE(n)		((n) == 1 ? "" : "s")

const char *
standing_current_name(enum standing_current s)
{
	switch (s) {
	case STANDING_YES:
		return "yes";
	case STANDING_FINAL:
		return "final";
	case STANDING_BEHIND:
		return "behind";
	case STANDING_UNKNOWN:
		break;
	}
	return "unknown";
}

const char *
standing_cve_name(enum standing_cve s)
{
	switch (s) {
	case STANDING_CVE_OPEN:
		return "open";
	case STANDING_CVE_CURED:
		return "cured";
	case STANDING_CVE_NEEDS:
		return "needs-more";
	case STANDING_CVE_UNKNOWN:
		break;
	}
	return "unknown";
}

const char *
standing_supported_name(const struct standing *s)
{
	if (s->until == INSTANT_NONE)
		return "unknown";
	if (support_ended(s->until, s->at))
		return "ended";
	return s->program != NULL ? "extended" : "yes";
}

/* -------------------------------------------------------------- standing */

instant
standing_support(const struct catalogue *c, const struct cat_branch *b,
    const struct cat_product *p, const struct standing_options *o,
    const struct cat_program **program)
{
	instant until = b != NULL ? way_support_end(c, b, o->at) :
	    p != NULL ? p->support_end : INSTANT_NONE;

	*program = NULL;
	if (!o->esu || b == NULL || !support_ended(until, o->at))
		return until;
	*program = way_program(b, o->at);
	return *program != NULL ? (*program)->until : until;
}

/* Has all that P could get come out by AT, and does C know it? What its last
 * program brings counts; the days between two programs close nothing. */
static bool
is_over(const struct catalogue *c, const struct cat_product *p, instant at)
{
	instant last = p->support_end;
	size_t i;

	for (i = 0; i < p->program_count; i++)
		if (last != INSTANT_NONE && p->programs[i].until > last)
			last = p->programs[i].until;
	return support_ended(last, at) &&
	    support_ended(last, catalogue_info(c)->known_until);
}

enum cat_age
standing_age(const struct catalogue *c, const struct cat_product *p,
    instant end, const struct standing_options *o)
{
	if (support_ended(end, o->at) && (p == NULL || is_over(c, p, o->at)))
		return CAT_FRESH;
	return way_age(catalogue_info(c)->known_until, o->at, o->max_age);
}

bool
standing_is_final(const struct catalogue *c, const struct cat_release *r,
    instant at)
{
	return catalogue_newest(c, r->product) == r &&
	    is_over(c, r->product, at);
}

bool
standing_is_early(const struct cat_release *r, instant at)
{
	return r->released != INSTANT_NONE && r->released > at;
}

/* Nothing newer may only be said by a catalogue that would know. What is
 * already behind stays behind. */
static enum standing_current
find_current(const struct catalogue *c, const struct standing *s)
{
	if (s->beneath)
		return STANDING_UNKNOWN;
	if (s->way.newest != NULL)
		return STANDING_BEHIND;
	if (s->age == CAT_STALE || s->early)
		return STANDING_UNKNOWN;
	return standing_is_final(c, s->release, s->at) ? STANDING_FINAL :
	    STANDING_YES;
}

void
standing_find(const struct catalogue *c, const struct cat_release *r,
    const struct standing_options *o, struct standing *s)
{
	*s = (struct standing){ .release = r, .at = o->at,
	    .known_until = catalogue_info(c)->known_until };
	s->until = standing_support(c, r->branch, r->product, o,
	    &s->program);
	s->age = standing_age(c, r->product, s->until, o);
	way_find(c, r, o->at, o->esu, &s->way);
	/* A service pack of before 2007 is proven by its Setup key; what is
	 * on top of it leaves no build. */
	s->beneath = s->way.newest != NULL && !r->product->has_exsetup;
	s->early = standing_is_early(r, o->at);
	s->current = find_current(c, s);
}

void
standing_fini(struct standing *s)
{
	way_fini(&s->way);
}

/* ------------------------------------------------------------------ CVEs */

static bool
names_cve(const char *const *cves, size_t count, const char *cve)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (utf_casecmp(cves[i], cve) == 0)
			return true;
	return false;
}

const struct cat_need *
standing_need(const struct catalogue *c, const char *cve)
{
	const struct cat_need *need;
	size_t i, n = catalogue_needs(c, &need);

	for (i = 0; i < n; i++)
		if (names_cve(need[i].cves, need[i].cve_count, cve))
			return &need[i];
	return NULL;
}

/* The first release of R's branch that cures CVE; *CURED: it is R, or stands
 * before it. What an overlay says that its release cures makes nobody safe. */
static const struct cat_release *
cure_of_branch(const struct cat_release *r, const char *cve, bool *cured)
{
	const struct cat_branch *b = r->branch;
	const struct cat_release *x;
	bool behind = false;
	size_t i;

	for (i = 0; i < b->release_count; i++) {
		x = b->releases[i];
		if (names_cve(x->cves, x->own_cves, cve)) {
			*cured = !behind;
			return x;
		}
		behind = behind || x == r;
	}
	*cured = false;
	return NULL;
}

enum standing_cve
standing_cve(const struct catalogue *c, const struct standing *s,
    const char *cve, const struct cat_release **by,
    const struct cat_need **need)
{
	const struct way *w = &s->way;
	bool cured, open;
	size_t i;

	*need = standing_need(c, cve);
	*by = cure_of_branch(s->release, cve, &cured);
	if (cured)
		return *need != NULL ? STANDING_CVE_NEEDS :
		    STANDING_CVE_CURED;
	for (i = 0; *by == NULL && i < w->cve_count; i++)
		if (utf_casecmp(w->cves[i], cve) == 0)
			*by = w->cures[i];
	open = *by != NULL;
	/* What was released again for a reason is not advised. */
	while (*by != NULL && (*by)->replace.by != NULL)
		*by = (*by)->replace.by;
	if (open && (*by)->released > s->at)
		*by = NULL;
	return open ? STANDING_CVE_OPEN : STANDING_CVE_UNKNOWN;
}

/* ------------------------------------------------------------- in words */

static void
put_cve_count(struct buf *b, const struct way *w)
{
	if (w->cve_count == 0)
		return;
	buf_printf(b, "; %zu CVE%s%s", w->cve_count, MORE(w->cve_count),
	    w->all_cves ? "" : ", at least");
}

void
put_behind(struct buf *b, const struct way *w)
{
	char day[INSTANT_TEXT];
	size_t i;

	buf_printf(b, "%zu update%s", w->updates, MORE(w->updates));
	if (w->security == 0)
		buf_puts(b, ", no security update");
	else if (w->security == w->updates)
		buf_puts(b, w->updates == 1 ? ", a security update" :
		    ", all of them security updates");
	else
		buf_printf(b, ", %zu of them %ssecurity update%s", w->security,
		    w->security == 1 ? "a " : "", MORE(w->security));
	if (w->bought != 0)
		buf_printf(b, ", %zu of which need%s ESU", w->bought,
		    w->bought == 1 ? "s" : "");
	if (w->since != INSTANT_NONE)
		buf_printf(b, ", since %s", instant_format_day(w->since, day));
	put_cve_count(b, w);
	for (i = 0; i < w->overlay_count; i++)
		buf_printf(b, "; some by overlay %s", w->overlays[i]->name);
}

void
put_beside(struct buf *b, const struct way *w)
{
	char v[VERSION_TEXT];

	if (w->beside != NULL)
		buf_printf(b, "; %s of %s is known as well, and no KB of it",
		    version_format(w->beside->build, v), w->beside->date);
}

void
put_advance(struct buf *b, const struct way *w, const struct cat_release *r)
{
	buf_printf(b, "%zu behind", w->updates);
	if (w->security == 0)
		buf_puts(b, ", none of them security");
	else if (w->security == w->updates)
		buf_puts(b, w->updates == 1 ? ", a security update" :
		    ", all of them security");
	else
		buf_printf(b, ", %zu of them security", w->security);
	if (w->step != WAY_NONE) {
		buf_puts(b, ": ");
		put_step(b, w, r);
	}
}

void
put_as_of(struct buf *b, instant known_until, enum cat_age age)
{
	char day[INSTANT_TEXT];

	if (age != CAT_FRESH)
		buf_printf(b, "; as of %s",
		    instant_format_day(known_until, day));
}

void
put_ends(struct buf *b, const struct cat_product *p,
    const struct cat_branch *br, instant until, instant at)
{
	char day[INSTANT_TEXT];
	bool ended = support_ended(until, at);

	if (br != NULL && br->support_end != INSTANT_NONE && p != NULL) {
		buf_printf(b, "%s %s %s on %s", p->name, br->id,
		    ended ? "ended" : "ends", instant_format_day(until, day));
		if (ended && p->support_end != until)
			buf_printf(b, ", %s %s on %s", p->name, support_ended(
			    p->support_end, at) ? "ended" : "ends",
			    instant_format_day(p->support_end, day));
		return;
	}
	buf_printf(b, "%s %s on %s", p != NULL ? p->name : "this product",
	    ended ? "ended" : "ends", instant_format_day(until, day));
}

void
put_early(struct buf *b, const struct cat_release *r)
{
	buf_printf(b, "%s came out on %s, after the day that is asked for",
	    r->label, r->date);
}

/* Who says up to when everything is known; R's own overlay is named anyway. */
static void
put_newest_by(struct buf *b, const struct way *w, const struct cat_release *r)
{
	size_t i;

	for (i = 0; i < w->overlay_count; i++)
		if (w->overlays[i] != r->overlay)
			buf_printf(b, "; by overlay %s", w->overlays[i]->name);
}

void
put_current(struct buf *b, const struct standing *s)
{
	const struct cat_release *r = s->release;
	char day[INSTANT_TEXT];

	switch (s->current) {
	case STANDING_BEHIND:
		put_behind(b, &s->way);
		put_beside(b, &s->way);
		break;
	case STANDING_FINAL:
		buf_printf(b, "%s is the last of %s", r->label,
		    r->product->name);
		break;
	case STANDING_YES:
		buf_printf(b, "%s is the newest of %s", r->label,
		    r->branch->id);
		break;
	case STANDING_UNKNOWN:
		if (s->beneath)
			buf_printf(b, "which updates are on top of %s cannot "
			    "be told", r->label);
		else if (s->early)
			put_early(b, r);
		else
			buf_printf(b, "this catalogue knows updates only up "
			    "to %s", instant_format_day(s->known_until, day));
		return;
	}
	put_as_of(b, s->known_until, s->age);
	if (s->current != STANDING_BEHIND)
		put_newest_by(b, &s->way, r);
	put_by_overlay(b, r);
}

void
put_supported(struct buf *b, const struct standing *s)
{
	char day[INSTANT_TEXT];

	if (s->until == INSTANT_NONE)
		buf_puts(b, "no end of support is known");
	else if (s->program != NULL && !support_ended(s->until, s->at))
		buf_printf(b, "%s, until %s", s->program->name,
		    instant_format_day(s->until, day));
	else
		put_ends(b, s->release->product, s->release->branch, s->until,
		    s->at);
}

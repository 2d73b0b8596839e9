/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/advice.h"
#include "catalogue/check_rules.h"

#include <string.h>

/* Rules about what "current" and "supported" are judged by. */

/* An overlay cannot know of what came out after it, nor of what nobody looked
 * for: it names what was looked through. */
static void
check_overlay(struct checker *k, const struct cat_overlay *o)
{
	char day[INSTANT_TEXT], known[INSTANT_TEXT];

	if (o->known_until == INSTANT_NONE)
		return;
	instant_format_day(o->known_until, known);
	if (o->known_until > o->issued)
		checker_complain_at(k, o, 1, "known-until",
		    "the overlay was issued on %s, and knows up to %s",
		    instant_format_day(o->issued, day), known);
	if (o->looked == INSTANT_NONE)
		checker_complain_at(k, o, 1, "known-until",
		    "the overlay knows up to %s, and none of its sources has a "
		    "day", known);
	else if (o->known_until > o->looked)
		checker_complain_at(k, o, 1, "known-until",
		    "the overlay knows up to %s, and its newest source is of "
		    "%s", known, instant_format_day(o->looked, day));
}

static void
check_overlays(struct checker *k)
{
	size_t i;

	for (i = 0; i < k->c->info.overlay_count; i++)
		check_overlay(k, k->c->info.overlays[i]);
}

void
check_known_until(struct checker *k)
{
	const struct cat_info *info = &k->c->info;
	char known[INSTANT_TEXT], day[INSTANT_TEXT], own[INSTANT_TEXT];
	size_t i;

	instant_format_day(info->known_until, known);
	check_overlays(k);
	if (info->own_until > info->issued)
		checker_complain(k, info->line, NULL, "known-until",
		    "the catalogue was issued on %s, and knows up to %s",
		    instant_format_day(info->issued, day),
		    instant_format_day(info->own_until, own));
	for (i = 0; i < k->c->source_count; i++)
		if (k->c->sources[i].day > info->known_until)
			checker_complain(k, info->line, NULL,
			    k->c->sources[i].id, "the catalogue knows up to "
			    "%s, and its source %s is of %s", known,
			    k->c->sources[i].id, instant_format_day(
			    k->c->sources[i].day, day));
}

void
check_support(struct checker *k)
{
	const struct cat_branch *b;
	size_t i;

	for (i = 0; i < k->c->branch_count; i++) {
		b = &k->c->branches[i];
		if (catalogue_support_end(b) == INSTANT_NONE &&
		    b->product->has_exsetup)
			checker_complain(k, b->line, NULL, b->id,
			    "support of %s %s has no end", b->product->name,
			    b->id);
	}
}

/*
 * Not ordinary are emergency updates, those of a program, and those that came
 * out after the end of the product itself. A month is not behind any of its
 * days.
 */
static bool
is_ordinary(const struct cat_release *r)
{
	instant end = r->product->support_end;

	return r->kind != CAT_IU && !r->emergency && r->program == NULL &&
	    r->released != INSTANT_NONE && strlen(r->date) > 7 &&
	    (end == INSTANT_NONE || r->released <= end);
}

static void
check_end_of(struct checker *k, const struct cat_branch *b)
{
	instant end = catalogue_support_end(b);
	const struct cat_release *r;
	char day[INSTANT_TEXT];
	size_t i;

	for (i = 0; end != INSTANT_NONE && i < b->release_count; i++) {
		r = b->releases[i];
		if (is_ordinary(r) && r->released > end)
			checker_complain(k, r->line, r, b->id,
			    "%s of %s came out after the end of support of %s "
			    "%s (line %u), %s", r->id, r->date,
			    b->product->name, b->id, b->line,
			    instant_format_day(end, day));
	}
}

void
check_support_end(struct checker *k)
{
	size_t i;

	for (i = 0; i < k->c->branch_count; i++)
		check_end_of(k, &k->c->branches[i]);
}

static bool
has_branch(const struct cat_program *p, const struct cat_branch *b)
{
	size_t i;

	for (i = 0; i < p->branch_count; i++)
		if (strcmp(p->branches[i], b->id) == 0)
			return true;
	return false;
}

static bool
is_within(const struct cat_program *p, const struct cat_release *r)
{
	return has_branch(p, r->branch) && r->released >= p->from &&
	    r->released <= p->until;
}

static void
check_program_of(struct checker *k, const struct cat_release *r)
{
	const struct cat_product *p = r->product;
	size_t i;

	if (r->program != NULL && !is_within(r->program, r))
		checker_complain(k, r->line, r, r->program->id,
		    "%s of %s needs %s, which has no updates for %s then",
		    r->id, r->date, r->program->id, r->branch->id);
	for (i = 0; r->program == NULL && i < p->program_count; i++)
		if (is_within(&p->programs[i], r))
			checker_complain(k, r->line, r, p->programs[i].id,
			    "%s of %s is of the time of %s, and does not need "
			    "it", r->id, r->date, p->programs[i].id);
}

void
check_program(struct checker *k)
{
	size_t i;

	for (i = 0; i < k->c->release_count; i++)
		check_program_of(k, k->c->releases[i]);
}

static bool
is_microsofts(const struct checker *k, const struct cat_refs *refs)
{
	const struct cat_source *s;
	size_t i;

	for (i = 0; i < refs->count; i++) {
		s = catalogue_source(k->c, refs->ids[i]);
		if (s != NULL && s->microsoft)
			return true;
	}
	return false;
}

/* Who has it with another number or day has it, too; and so has a page. */
static bool
is_official(const struct checker *k, const struct cat_release *r)
{
	size_t i;

	if (is_microsofts(k, &r->sources) || is_microsofts(k,
	    &r->kb_sources) || is_microsofts(k, &r->date_sources))
		return true;
	for (i = 0; i < r->dispute_count; i++)
		if (is_microsofts(k, &r->disputes[i].sources))
			return true;
	for (i = 0; i < r->page_count; i++)
		if (strstr(r->pages[i], "microsoft.com") != NULL)
			return true;
	return false;
}

void
check_unofficial(struct checker *k)
{
	const struct cat_release *r;
	bool official;
	size_t i;

	for (i = 0; i < k->c->release_count; i++) {
		r = k->c->releases[i];
		/* Whoever lays it over a catalogue is its source. */
		if (r->overlay != NULL)
			continue;
		official = is_official(k, r);
		if (official == r->unofficial)
			checker_complain(k, r->line, r, "unofficial",
			    official ? "%s is marked as unofficial, and a "
			    "source of Microsoft's has it" : "no source of "
			    "Microsoft's has %s, and it is not marked", r->id);
		if (!official && strcmp(r->confidence, "high") == 0)
			checker_complain(k, r->line, r, "high",
			    "%s is of high confidence, and no source of "
			    "Microsoft's has it", r->id);
	}
}

void
check_issues(struct checker *k)
{
	const struct cat_issue *x;
	const struct cat_range *b;
	char v[VERSION_TEXT];
	size_t i, j;

	for (i = 0; i < k->c->issue_count; i++)
		for (x = &k->c->issues[i], j = 0; j < x->range_count; j++) {
			b = &x->ranges[j];
			if (!version_known(b->cured))
				continue;
			if (version_cmp(b->from, b->cured) >= 0)
				checker_complain(k, x->line, NULL, x->id,
				    "%s is cured by %s, before it began", x->id,
				    version_format(b->cured, v));
			else if (catalogue_find_build(k->c, b->cured) == NULL)
				checker_complain(k, x->line, NULL, x->id,
				    "%s is cured by %s, which is no release",
				    x->id, version_format(b->cured, v));
		}
}

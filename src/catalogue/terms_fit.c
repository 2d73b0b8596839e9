/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/terms.h"

#include "base/utf.h"

#include <stdio.h>
#include <string.h>

static bool
is_branch(const struct cat_branch *b, const char *word, unsigned n)
{
	char id[16];

	snprintf(id, sizeof(id), "%s%u", word, n);
	return strcmp(b->id, id) == 0 || strcmp(b->also, id) == 0;
}

static bool
branch_fits(const struct terms *t, const struct cat_branch *b)
{
	if (t->sp != 0 && !is_branch(b, "SP", t->sp))
		return false;
	if (t->cu != 0 && !is_branch(b, "CU", t->cu))
		return false;
	/* People say "2013 RTM CU2" too. */
	return !t->rtm || t->sp != 0 || t->cu != 0 ||
	    strcmp(b->id, "RTM") == 0;
}

static bool
is_base(const struct cat_release *r)
{
	return r->kind == CAT_RTM || r->kind == CAT_SP || r->kind == CAT_CU;
}

/* The month and year that a label names, or else those of the day. */
static bool
month_fits(const struct terms *t, const struct terms *label,
    const struct cat_release *r)
{
	unsigned month = 0, year = 0;
	bool dated = sscanf(r->date, "%4u-%2u", &year, &month) == 2;

	/* A label may be of the month before the day. */
	if (t->by_year != 0 && dated && t->by_year < year)
		return false;
	if (label->month != 0) {
		month = label->month;
		year = label->year;
	} else if (!dated)
		return t->month == 0;
	return (t->month == 0 || t->month == month) &&
	    (t->year == 0 || t->year == year);
}

/* "2025H1": of this half of the year. */
static bool
half_fits(const struct terms *t, const struct cat_release *r)
{
	unsigned month, year;

	if (t->half == 0)
		return true;
	return sscanf(r->date, "%4u-%2u", &year, &month) == 2 &&
	    year == t->half_year && (month > 6) + 1 == t->half;
}

/*
 * Microsoft numbers security and hotfix updates of a branch together: "SU3"
 * of 2019 CU14 stands behind one security update and one hotfix. People
 * number those of one kind alone as well. A revision has the number of its
 * original.
 */
static bool
ordinal_fits(const struct terms *t, const struct cat_release *r)
{
	const struct cat_branch *b = r->branch;
	unsigned all = 0, alone = 0;
	size_t i;

	if (t->ordinal == 0)
		return true;
	for (i = 0; i < b->release_count; i++) {
		const struct cat_release *x = b->releases[i];

		if ((x->kind == CAT_SU || x->kind == CAT_HU) &&
		    x->revision < 2) {
			all++;
			alone += x->kind == r->kind;
		}
		if (x == r)
			break;
	}
	return t->ordinal == all || t->ordinal == alone;
}

static bool
rollup_fits(const struct terms *t, const struct terms *label,
    const struct cat_release *r, bool loose)
{
	if (t->ru == 0)
		return true;
	if (r->kind != CAT_RU)
		return loose && r->kind == CAT_IU;
	return t->ru == label->ru;
}

static bool
kind_fits(const struct terms *t, const struct cat_release *r, bool loose)
{
	if (t->kind == CAT_UNKNOWN_KIND)
		return loose || r->kind != CAT_IU;
	if (loose && (r->kind == CAT_IU || (t->kind == CAT_IU &&
	    r->kind == CAT_HU)))
		return true;
	return t->kind == r->kind;
}

/* What only a name must say, as long as no number says it. */
static bool
base_fits(const struct terms *t, const struct terms *label,
    const struct cat_release *r)
{
	bool wants_base = t->ru == 0 && t->month == 0 && t->year == 0 &&
	    t->kind == CAT_UNKNOWN_KIND && t->bulletin[0] == '\0' &&
	    (t->sp != 0 || t->cu != 0 || t->rtm || t->preview);

	return !wants_base || (is_base(r) && t->preview == label->preview);
}

/* What was not meant for everybody has to be asked for by name. */
static bool
stage_fits(const struct terms *t, const struct terms *label,
    const struct cat_release *r, bool loose)
{
	bool early = r->revision == 0 && r->kind != CAT_IU;

	if (t->preview && !label->preview)
		return false;
	return t->pre_release ? early || (!loose && r->kind == CAT_IU) :
	    loose || !early;
}

static bool
has_part(const char *name, const char *part)
{
	for (; *name != '\0'; name++)
		if (utf_case_prefix(name, part))
			return true;
	return false;
}

/* Servers are x64 from 2007 on, and were x86 before; 2007 has packages of its
 * tools for x86. */
static bool
architecture_fits(const struct terms *t, const struct cat_release *r)
{
	bool named = false;
	size_t i;

	for (i = 0; t->arch != 0 && i < r->package_count; i++) {
		const char *name = r->packages[i].name;
		bool x64 = has_part(name, "x64"), x86 = has_part(name, "x86");

		if ((t->arch == 64 && x64) || (t->arch == 86 && x86))
			return true;
		named = named || x64 || x86;
	}
	return t->arch == 0 || (!named &&
	    t->arch == (r->product->major < 8 ? 86 : 64));
}

const char *
terms_misfit(const struct terms *t, const struct terms *label,
    const struct cat_release *r, bool loose)
{
	if (t->product != NULL && t->product != r->product)
		return "the product";
	if (!branch_fits(t, r->branch))
		return "the service pack or cumulative update";
	if (!rollup_fits(t, label, r, loose))
		return "the rollup";
	if (t->revision != 0 && t->revision != r->revision)
		return "the revision";
	if (t->bulletin[0] != '\0' && strcmp(t->bulletin, r->bulletin) != 0)
		return "the bulletin";
	if (!month_fits(t, label, r))
		return "the month or year";
	if (!half_fits(t, r))
		return "the half of the year";
	if (!ordinal_fits(t, r))
		return "the number of the update";
	if (!kind_fits(t, r, loose) || (!loose && !base_fits(t, label, r)))
		return "the kind of update";
	if (!stage_fits(t, label, r, loose))
		return "the preview or pre-release";
	if (!architecture_fits(t, r))
		return "the architecture";
	return NULL;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/terms.h"

#include "catalogue/lexer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A plain number below 1000 that comes next, and is taken; else 0. */
static unsigned
take_number(struct lexer *l)
{
	unsigned n = 0;
	const char *p = l->token.text;

	if (l->token.kind != TOKEN_NUMBER || l->token.dots != 0 ||
	    strlen(p) > 3)
		return 0;
	for (; *p != '\0'; p++)
		n = n * 10 + (unsigned)(*p - '0');
	if (n != 0)
		lexer_next(l);
	return n;
}

enum term {
	TERM_NOISE,		/* says nothing that is looked at */
	TERM_SP, TERM_CU, TERM_RU, TERM_SU, TERM_HU, TERM_IU,
	TERM_RTM, TERM_PREVIEW, TERM_PRE_RELEASE,
	TERM_REVISION, TERM_ORIGINAL,
	TERM_SE, TERM_EXCHANGE, TERM_KB, TERM_BULLETIN, TERM_CVE, TERM_ADV,
	TERM_BUILD, TERM_DISPLAY, TERM_ONLINE,
	TERM_ARCHITECTURE, TERM_MONTH, TERM_WINDOWS,
	TERM_RELATION,		/* asks for others than the one it names */
	TERM_NO,		/* likewise, but in "KB no. 2756485" */
};

/* Longer phrases before those that they begin with. */
static const struct phrase {
	const char	*words;
	enum term	 term;
	unsigned	 value;
} phrases[] = {
	{ "service pack", TERM_SP, 0 }, { "sp", TERM_SP, 0 },
	{ "cumulative update", TERM_CU, 0 }, { "cu", TERM_CU, 0 },
	{ "cumulativ update", TERM_CU, 0 },
	{ "cummulative update", TERM_CU, 0 },
	{ "comulative update", TERM_CU, 0 },
	{ "commulative update", TERM_CU, 0 },
	{ "kumulatives update", TERM_CU, 0 },
	{ "update rollup", TERM_RU, 0 }, { "rollup", TERM_RU, 0 },
	{ "ru", TERM_RU, 0 }, { "ur", TERM_RU, 0 },
	{ "security update", TERM_SU, 0 }, { "su", TERM_SU, 0 },
	{ "hotfix update", TERM_HU, 0 }, { "hotfix", TERM_HU, 0 },
	{ "hu", TERM_HU, 0 },
	{ "interim update", TERM_IU, 0 }, { "interim", TERM_IU, 0 },
	{ "iu", TERM_IU, 0 },
	{ "rtm", TERM_RTM, 0 }, { "preview", TERM_PREVIEW, 0 },
	{ "pre release", TERM_PRE_RELEASE, 0 },
	{ "prerelease", TERM_PRE_RELEASE, 0 },
	{ "v", TERM_REVISION, 0 }, { "version", TERM_REVISION, 0 },
	{ "rev", TERM_REVISION, 0 }, { "revision", TERM_REVISION, 0 },
	{ "original", TERM_ORIGINAL, 0 },
	{ "subscription edition", TERM_SE, 0 }, { "se", TERM_SE, 0 },
	{ "exchange", TERM_EXCHANGE, 0 }, { "exch", TERM_EXCHANGE, 0 },
	{ "ex", TERM_EXCHANGE, 0 }, { "e", TERM_EXCHANGE, 0 },
	{ "exchangeserver", TERM_EXCHANGE, 0 },
	{ "msexchange", TERM_EXCHANGE, 0 },
	{ "exchangese", TERM_SE, 0 },
	{ "kb", TERM_KB, 0 }, { "ms", TERM_BULLETIN, 0 },
	{ "cve", TERM_CVE, 0 }, { "adv", TERM_ADV, 0 },
	{ "build", TERM_BUILD, 0 }, { "online", TERM_ONLINE, 0 },
	{ "admindisplayversion", TERM_DISPLAY, 0 },
	{ "serialnumber", TERM_DISPLAY, 0 },
	{ "x", TERM_ARCHITECTURE, 0 }, { "amd", TERM_ARCHITECTURE, 0 },
	{ "ia", TERM_ARCHITECTURE, 1 }, { "arm", TERM_ARCHITECTURE, 2 },
	{ "windows", TERM_WINDOWS, 0 },
	{ "january", TERM_MONTH, 1 }, { "jan", TERM_MONTH, 1 },
	{ "february", TERM_MONTH, 2 }, { "feb", TERM_MONTH, 2 },
	{ "march", TERM_MONTH, 3 }, { "mar", TERM_MONTH, 3 },
	{ "april", TERM_MONTH, 4 }, { "apr", TERM_MONTH, 4 },
	{ "may", TERM_MONTH, 5 },
	{ "june", TERM_MONTH, 6 }, { "jun", TERM_MONTH, 6 },
	{ "july", TERM_MONTH, 7 }, { "jul", TERM_MONTH, 7 },
	{ "august", TERM_MONTH, 8 }, { "aug", TERM_MONTH, 8 },
	{ "september", TERM_MONTH, 9 }, { "sept", TERM_MONTH, 9 },
	{ "sep", TERM_MONTH, 9 },
	{ "october", TERM_MONTH, 10 }, { "oct", TERM_MONTH, 10 },
	{ "november", TERM_MONTH, 11 }, { "nov", TERM_MONTH, 11 },
	{ "december", TERM_MONTH, 12 }, { "dec", TERM_MONTH, 12 },
	{ "at least", TERM_RELATION, 0 }, { "at most", TERM_RELATION, 0 },
	{ "up to", TERM_RELATION, 0 }, { "prior to", TERM_RELATION, 0 },
	{ "anything but", TERM_RELATION, 0 },
	{ "everything but", TERM_RELATION, 0 },
	{ "nothing but", TERM_RELATION, 0 },
	{ "all but", TERM_RELATION, 0 }, { "any but", TERM_RELATION, 0 },
	{ "none but", TERM_RELATION, 0 },
	{ "apart from", TERM_RELATION, 0 },
	{ "aside from", TERM_RELATION, 0 },
	{ "different from", TERM_RELATION, 0 },
	{ "upgrade from", TERM_RELATION, 0 },
	{ "upgraded from", TERM_RELATION, 0 },
	{ "upgrading from", TERM_RELATION, 0 },
	{ "updated from", TERM_RELATION, 0 },
	{ "updating from", TERM_RELATION, 0 },
	{ "migrate from", TERM_RELATION, 0 },
	{ "migrated from", TERM_RELATION, 0 },
	{ "migrating from", TERM_RELATION, 0 },
	{ "moved from", TERM_RELATION, 0 },
	{ "moving from", TERM_RELATION, 0 },
	{ "coming from", TERM_RELATION, 0 },
	{ "came from", TERM_RELATION, 0 },
	{ "back from", TERM_RELATION, 0 },
	{ "instead of", TERM_RELATION, 0 }, { "other than", TERM_RELATION, 0 },
	{ "older than", TERM_RELATION, 0 }, { "newer than", TERM_RELATION, 0 },
	{ "older", TERM_RELATION, 0 }, { "newer", TERM_RELATION, 0 },
	{ "later", TERM_RELATION, 0 }, { "earlier", TERM_RELATION, 0 },
	{ "lower", TERM_RELATION, 0 }, { "higher", TERM_RELATION, 0 },
	{ "less", TERM_RELATION, 0 }, { "greater", TERM_RELATION, 0 },
	{ "than", TERM_RELATION, 0 }, { "before", TERM_RELATION, 0 },
	{ "after", TERM_RELATION, 0 }, { "prior", TERM_RELATION, 0 },
	{ "previous", TERM_RELATION, 0 }, { "preceding", TERM_RELATION, 0 },
	{ "next", TERM_RELATION, 0 }, { "following", TERM_RELATION, 0 },
	{ "since", TERM_RELATION, 0 }, { "until", TERM_RELATION, 0 },
	{ "till", TERM_RELATION, 0 }, { "upto", TERM_RELATION, 0 },
	{ "below", TERM_RELATION, 0 }, { "under", TERM_RELATION, 0 },
	{ "above", TERM_RELATION, 0 }, { "beyond", TERM_RELATION, 0 },
	{ "between", TERM_RELATION, 0 }, { "through", TERM_RELATION, 0 },
	{ "without", TERM_RELATION, 0 }, { "except", TERM_RELATION, 0 },
	{ "excluding", TERM_RELATION, 0 }, { "minus", TERM_RELATION, 0 },
	{ "instead", TERM_RELATION, 0 }, { "not", TERM_RELATION, 0 },
	{ "non", TERM_RELATION, 0 }, { "never", TERM_RELATION, 0 },
	{ "neither", TERM_RELATION, 0 }, { "nor", TERM_RELATION, 0 },
	{ "isn", TERM_RELATION, 0 }, { "aren", TERM_RELATION, 0 },
	{ "wasn", TERM_RELATION, 0 }, { "weren", TERM_RELATION, 0 },
	{ "doesn", TERM_RELATION, 0 }, { "didn", TERM_RELATION, 0 },
	{ "hasn", TERM_RELATION, 0 }, { "haven", TERM_RELATION, 0 },
	{ "lacks", TERM_RELATION, 0 }, { "lacking", TERM_RELATION, 0 },
	{ "nicht", TERM_RELATION, 0 }, { "kein", TERM_RELATION, 0 },
	{ "keine", TERM_RELATION, 0 }, { "ohne", TERM_RELATION, 0 },
	{ "ausser", TERM_RELATION, 0 }, { "pas", TERM_RELATION, 0 },
	{ "sans", TERM_RELATION, 0 }, { "sauf", TERM_RELATION, 0 },
	{ "sin", TERM_RELATION, 0 }, { "salvo", TERM_RELATION, 0 },
	{ "senza", TERM_RELATION, 0 }, { "niet", TERM_RELATION, 0 },
	{ "geen", TERM_RELATION, 0 }, { "zonder", TERM_RELATION, 0 },
	{ "unlike", TERM_RELATION, 0 }, { "besides", TERM_RELATION, 0 },
	{ "excluded", TERM_RELATION, 0 }, { "excludes", TERM_RELATION, 0 },
	{ "unless", TERM_RELATION, 0 }, { "replaces", TERM_RELATION, 0 },
	{ "replaced", TERM_RELATION, 0 }, { "replacing", TERM_RELATION, 0 },
	{ "supersedes", TERM_RELATION, 0 },
	{ "superseded", TERM_RELATION, 0 },
	{ "superseding", TERM_RELATION, 0 },
	{ "successor", TERM_RELATION, 0 },
	{ "predecessor", TERM_RELATION, 0 }, { "no", TERM_NO, 0 },
	{ "microsoft", TERM_NOISE, 0 }, { "server", TERM_NOISE, 0 },
	{ "for", TERM_NOISE, 0 }, { "of", TERM_NOISE, 0 },
	{ "the", TERM_NOISE, 0 }, { "and", TERM_NOISE, 0 },
	{ "with", TERM_NOISE, 0 }, { "in", TERM_NOISE, 0 },
	{ "on", TERM_NOISE, 0 }, { "to", TERM_NOISE, 0 },
	{ "update", TERM_NOISE, 0 }, { "post", TERM_NOISE, 0 },
	{ "id", TERM_NOISE, 0 }, { "en", TERM_NOISE, 0 },
	{ "enu", TERM_NOISE, 0 }, { "msp", TERM_NOISE, 0 },
	{ "exe", TERM_NOISE, 0 }, { "iso", TERM_NOISE, 0 },
};

static void
note_unknown(struct terms *t, const char *word)
{
	if (t->unknown[0] == '\0')
		snprintf(t->unknown, sizeof(t->unknown), "%.31s", word);
}

/* A number that is said to be something and cannot be that. */
static void
note_odd(struct terms *t, const char *text)
{
	if (t->odd[0] == '\0')
		snprintf(t->odd, sizeof(t->odd), "%.39s%s", text,
		    strlen(text) > 39 ? "..." : "");
}

static void
note_relation(struct terms *t, const char *words)
{
	if (t->relation == NULL)
		t->relation = words;
}

/* A number that must not be there already with another value. L stands at
 * what was none where N is 0. */
static void
set_number(struct terms *t, const struct lexer *l, unsigned *at, unsigned n,
    const char *word)
{
	if (n == 0 && l->token.kind == TOKEN_NUMBER && l->token.dots == 0)
		note_odd(t, l->token.text);
	else if (n == 0)
		note_unknown(t, word);
	else if (*at != 0 && *at != n)
		t->two = true;
	else
		*at = n;
}

static void
set_kb(struct terms *t, const char *digits)
{
	size_t len = strlen(digits);

	if (len < 6 || len > 8 || strspn(digits, "0123456789") != len)
		note_odd(t, digits);
	else if (t->kb[0] != '\0' && strcmp(t->kb, digits) != 0)
		t->two = true;
	else
		memcpy(t->kb, digits, len + 1);
}

/* The number after "KB"; "KB article 2756485" has it further on. */
static void
take_kb(struct terms *t, struct lexer *l)
{
	if (l->token.kind != TOKEN_NUMBER) {
		note_unknown(t, "KB");
		return;
	}
	set_kb(t, l->token.text);
	lexer_next(l);
}

static void
set_build(struct terms *t, const char *text, size_t dots)
{
	/* Two numbers are no version of their own; ".0" fills them up. */
	struct version v;
	char full[128];

	snprintf(full, sizeof(full), "%s%s", text, dots == 1 ? ".0" : "");
	if (dots > 3 || !version_parse(full, &v))
		note_odd(t, text);
	else if (version_known(t->build) && !version_equal(t->build, v))
		t->two = true;
	else {
		t->build = v;
		t->build.parts = dots == 1 ? 2 : v.parts;
	}
}

/* "(Build 318.4)" after "14.2". */
static void
take_build(struct terms *t, struct lexer *l)
{
	char text[96];
	char major[VERSION_TEXT];
	size_t dots = l->token.dots;

	if (l->token.kind != TOKEN_NUMBER || dots > 1)
		return;
	/* "5.5" is the name of a product as well. */
	if (!version_known(t->build) && t->product != NULL &&
	    strchr(t->product->id, '.') != NULL)
		set_build(t, t->product->id, 1);
	if (t->build.parts != 2)
		return;
	snprintf(text, sizeof(text), "%s.%s",
	    version_format(t->build, major), l->token.text);
	lexer_next(l);
	t->build = (struct version){ { 0 }, 0 };
	set_build(t, text, dots + 2);
	t->display = true;
}

/* "2K7" after "E" or "Exchange": L stands at the 2. */
static bool
take_2k(const struct catalogue *c, struct terms *t, struct lexer *l)
{
	struct lexer ahead = *l;
	char id[24];

	if (ahead.token.kind != TOKEN_NUMBER ||
	    strcmp(ahead.token.text, "2") != 0)
		return false;
	lexer_next(&ahead);
	if (!lexer_take(&ahead, "k"))
		return false;
	snprintf(id, sizeof(id), "20%02u", take_number(&ahead));
	t->product = catalogue_product(c, id);
	if (t->product == NULL)
		note_unknown(t, id);
	*l = ahead;
	return true;
}

static bool
is_year(const struct lexer *l)
{
	const char *p = l->token.text;

	return strlen(p) == 4 && l->token.dots == 0 &&
	    (strncmp(p, "19", 2) == 0 || strncmp(p, "20", 2) == 0);
}

/* "Exchange 2017" or "20190", which there is not; L stands behind
 * "Exchange". */
static void
check_product(const struct catalogue *c, struct terms *t, struct lexer *l)
{
	(void)lexer_take(l, "server");
	if (l->token.kind != TOKEN_NUMBER || l->token.dots != 0 ||
	    (!is_year(l) && l->token.len != 5) ||
	    catalogue_product(c, l->token.text) != NULL)
		return;
	note_odd(t, l->token.text);
	lexer_next(l);
}

static void
set_year(struct terms *t, unsigned *at, unsigned year)
{
	if (*at != 0 && *at != year)
		t->two = true;
	*at = year;
}

/* "H1" after the year that L stands behind. */
static bool
take_half(struct terms *t, struct lexer *l, unsigned year)
{
	struct lexer ahead = *l;
	unsigned n;

	if (ahead.token.from != ahead.gap || !lexer_take(&ahead, "h"))
		return false;
	n = take_number(&ahead);
	if (n != 1 && n != 2)
		return false;
	*l = ahead;
	set_number(t, l, &t->half, n, "H");
	set_year(t, &t->half_year, year);
	return true;
}

/* "9, 2012" after a month: a whole day, by which it was there. */
static bool
take_day(struct terms *t, struct lexer *l)
{
	struct lexer ahead = *l;
	unsigned n = take_number(&ahead);

	if (n == 0 || n > 31 || ahead.token.kind != TOKEN_NUMBER ||
	    ahead.token.dots != 0 || !is_year(&ahead) ||
	    ahead.token.from == ahead.gap)
		return false;
	set_year(t, &t->by_year, (unsigned)strtoul(ahead.token.text, NULL,
	    10));
	lexer_next(&ahead);
	*l = ahead;
	return true;
}

/* "24" or "2024" after a month. */
static void
take_year(struct terms *t, struct lexer *l)
{
	size_t len = strlen(l->token.text);

	if (l->token.kind != TOKEN_NUMBER || l->token.dots != 0 ||
	    (len != 2 && len != 4))
		return;
	set_year(t, &t->year, (len == 2 ? 2000 : 0) +
	    (unsigned)strtoul(l->token.text, NULL, 10));
	lexer_next(l);
}

/* L stands at a number of digits only, MIN to MAX of them. */
static bool
at_digits(const struct lexer *l, size_t min, size_t max)
{
	size_t len = strlen(l->token.text);

	return l->token.kind == TOKEN_NUMBER && l->token.dots == 0 &&
	    len >= min && len <= max;
}

static void
add_cve(struct terms *t, const char *id)
{
	size_t i;

	for (i = 0; i < t->cve_count; i++)
		if (strcmp(t->cves[i], id) == 0)
			return;
	if (t->cve_count == QUERY_MAX_CVES)
		t->more_cves = true;
	else
		snprintf(t->cves[t->cve_count++], sizeof(t->cves[0]), "%s",
		    id);
}

/* "2024-49040" after "CVE": what joins them is part of the number. */
static void
take_cve(struct terms *t, struct lexer *l)
{
	char id[sizeof(t->cves[0])];
	char year[8];

	if (!at_digits(l, 4, 4)) {
		note_odd(t, "CVE");
		return;
	}
	snprintf(year, sizeof(year), "%.4s", l->token.text);
	lexer_next(l);
	if (!at_digits(l, 4, 7) || l->token.from - l->gap > 1 ||
	    lexer_runs_on(l)) {
		note_odd(t, "CVE");
		return;
	}
	snprintf(id, sizeof(id), "CVE-%s-%.7s", year, l->token.text);
	add_cve(t, id);
	lexer_next(l);
}

/* "ADV180010", Microsoft's number where there is none of MITRE's. */
static void
take_adv(struct terms *t, struct lexer *l)
{
	char id[sizeof(t->cves[0])];

	if (!at_digits(l, 6, 6)) {
		note_odd(t, "ADV");
		return;
	}
	snprintf(id, sizeof(id), "ADV%.6s", l->token.text);
	add_cve(t, id);
	lexer_next(l);
}

/* "12-058" after "MS", which is Microsoft too: "MS Exchange". */
static void
take_bulletin(struct terms *t, struct lexer *l)
{
	unsigned year, number;

	if (l->token.kind != TOKEN_NUMBER)
		return;
	year = take_number(l);
	number = take_number(l);
	if (year > 99 || number == 0)
		note_odd(t, "MS");
	else
		snprintf(t->bulletin, sizeof(t->bulletin), "MS%02u-%03u",
		    year, number);
}

static void
set_kind(struct terms *t, enum cat_kind kind)
{
	if (t->kind != CAT_UNKNOWN_KIND && t->kind != kind)
		t->two = true;
	t->kind = kind;
}

/* "SU14" of KIND, or "SU" alone: so many updates of the branch. */
static void
take_ordinal(struct terms *t, struct lexer *l, enum cat_kind kind)
{
	struct lexer ahead = *l;
	unsigned n = take_number(&ahead);

	set_kind(t, kind);
	/* "Security update 64-bit", "SU 24-01". */
	if (n == 0 || n > 99 || lexer_take(&ahead, "bit") ||
	    lexer_at_date(l))
		return;
	*l = ahead;
	set_number(t, l, &t->ordinal, n, "SU");
}

/* "Update Rollup 4", or "rollup" alone. */
static void
take_rollup(const struct catalogue *c, struct terms *t, struct lexer *l)
{
	unsigned n = take_number(l);

	set_kind(t, CAT_RU);
	if (n != 0 || (l->token.kind == TOKEN_NUMBER && l->token.dots == 0 &&
	    l->token.len < 6 && catalogue_product(c, l->token.text) == NULL))
		set_number(t, l, &t->ru, n, "rollup");
}

/* "x64", "amd64", "x86"; "ia64", of SORT, is none of Exchange's. */
static void
take_architecture(struct terms *t, struct lexer *l, unsigned sort)
{
	const char *text = l->token.text;
	unsigned n = strcmp(text, "64") == 0 ? 64 :
	    strcmp(text, "86") == 0 || strcmp(text, "32") == 0 ? 86 : 0;

	if (l->token.kind != TOKEN_NUMBER || n == 0)
		return;
	lexer_next(l);
	set_number(t, l, &t->arch, sort != 0 ? sort : n, "x");
}

/* "Windows Server 2008 R2 SP1": none of its numbers is Exchange's. */
static void
skip_windows(struct lexer *l)
{
	(void)lexer_take(l, "server");
	if (l->token.kind == TOKEN_NUMBER)
		lexer_next(l);
	if (lexer_take(l, "r"))
		(void)take_number(l);
	if (lexer_take(l, "sp") || lexer_take(l, "service pack"))
		(void)take_number(l);
}

static void
apply_number_term(const struct catalogue *c, struct terms *t,
    struct lexer *l, const struct phrase *p)
{
	switch (p->term) {
	case TERM_SP:
		set_number(t, l, &t->sp, take_number(l), "SP");
		break;
	case TERM_CU:
		set_number(t, l, &t->cu, take_number(l), "CU");
		break;
	case TERM_RU:
		take_rollup(c, t, l);
		break;
	case TERM_REVISION:
		/* "Version 14.2" begins a build, "version 2010" names a
		 * product. */
		if (l->token.kind != TOKEN_NUMBER || (l->token.dots == 0 &&
		    catalogue_product(c, l->token.text) == NULL))
			set_number(t, l, &t->revision, take_number(l), "v");
		break;
	case TERM_ARCHITECTURE:
		take_architecture(t, l, p->value);
		break;
	case TERM_WINDOWS:
		skip_windows(l);
		break;
	case TERM_RELATION:
		note_relation(t, p->words);
		break;
	case TERM_NO:
		if (l->token.kind != TOKEN_NUMBER || *l->gap != '.')
			note_relation(t, p->words);
		break;
	default:
		break;
	}
}

static void
apply(const struct catalogue *c, struct terms *t, struct lexer *l,
    const struct phrase *p)
{
	switch (p->term) {
	case TERM_SU:
		take_ordinal(t, l, CAT_SU);
		break;
	case TERM_HU:
		take_ordinal(t, l, CAT_HU);
		break;
	case TERM_DISPLAY:
		t->display = true;
		break;
	case TERM_ONLINE:
		t->online = true;
		break;
	case TERM_IU:
		set_kind(t, CAT_IU);
		break;
	case TERM_RTM:
		t->rtm = true;
		break;
	case TERM_PREVIEW:
		t->preview = true;
		break;
	case TERM_PRE_RELEASE:
		t->pre_release = true;
		break;
	case TERM_ORIGINAL:
		set_number(t, l, &t->revision, 1, p->words);
		break;
	case TERM_SE:
		t->product = catalogue_product(c, "SE");
		break;
	case TERM_EXCHANGE:
		if (lexer_take(l, "online"))
			t->online = t->service = true;
		else if (!take_2k(c, t, l))
			check_product(c, t, l);
		break;
	case TERM_KB:
		take_kb(t, l);
		break;
	case TERM_BULLETIN:
		take_bulletin(t, l);
		break;
	case TERM_CVE:
		take_cve(t, l);
		break;
	case TERM_ADV:
		take_adv(t, l);
		break;
	case TERM_BUILD:
		take_build(t, l);
		break;
	case TERM_MONTH:
		if (take_day(t, l))
			break;
		set_number(t, l, &t->month, p->value, p->words);
		take_year(t, l);
		break;
	default:
		apply_number_term(c, t, l, p);
		break;
	}
}

static bool
read_phrase(const struct catalogue *c, struct terms *t, struct lexer *l)
{
	size_t i;

	for (i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++)
		if (lexer_take(l, phrases[i].words)) {
			apply(c, t, l, &phrases[i]);
			return true;
		}
	return false;
}

/* Are there blanks around what lies from FROM up to where L has come? In
 * "EX2016" and "mail.example.se" there are none. */
static bool
stands_apart(const struct lexer *l, const char *from)
{
	char end = *l->gap;

	return (from == l->text || from[-1] == ' ') &&
	    (end == '\0' || strchr(" ,;:", end) != NULL);
}

static void
read_word(const struct catalogue *c, struct terms *t, struct lexer *l)
{
	const struct cat_product *before = t->product;
	const char *from = l->token.from;

	if (read_phrase(c, t, l)) {
		if (t->product != before)
			t->apart = stands_apart(l, from);
		return;
	}
	if (lexer_split_revision(l) && read_phrase(c, t, l))
		return;
	note_unknown(t, l->token.text);
	lexer_next(l);
}

/* "64-bit". */
static bool
read_bits(struct terms *t, struct lexer *l)
{
	struct lexer ahead = *l;
	unsigned n = take_number(&ahead);

	if ((n != 64 && n != 32) || !lexer_take(&ahead, "bit"))
		return false;
	*l = ahead;
	set_number(t, l, &t->arch, n == 64 ? 64 : 86, "bit");
	return true;
}

/* L stands behind a build of two or three parts. "15.2.1748,39" and "14.3 123"
 * have one that was not meant: what follows would be left out. */
static bool
is_cut_short(const struct catalogue *c, const struct lexer *l)
{
	const struct token *n = &l->token;

	return n->kind == TOKEN_NUMBER && n->dots == 0 && n->len <= 4 &&
	    !is_year(l) && catalogue_product(c, n->text) == NULL &&
	    (*l->gap == '.' || (n->from - l->gap == 1 &&
	    strchr(" ,", *l->gap) != NULL)) && (*l->at == '\0' ||
	    *l->at == ')');
}

/* A number without a word before it: a product, a build, a KB or a year. */
static void
read_number(const struct catalogue *c, struct terms *t, struct lexer *l)
{
	const struct cat_product *p = catalogue_product(c, l->token.text);
	const char *from = l->token.from;
	unsigned year = (unsigned)strtoul(l->token.text, NULL, 10);
	size_t len = strlen(l->token.text);

	if (read_bits(t, l))
		return;
	if (is_year(l)) {
		struct lexer ahead = *l;

		lexer_next(&ahead);
		if (take_half(t, &ahead, year)) {
			*l = ahead;
			return;
		}
	}
	if (is_year(l) && lexer_at_date(l))
		set_year(t, &t->by_year, year);
	else if (p != NULL) {
		if (t->product != NULL && t->product != p)
			t->two = true;
		t->product = p;
		lexer_next(l);
		t->apart = stands_apart(l, from);
		return;
	} else if (l->token.dots != 0) {
		bool whole = l->token.dots > 2;

		set_build(t, l->token.text, l->token.dots);
		lexer_next(l);
		if (!whole && is_cut_short(c, l))
			note_odd(t, l->token.text);
		return;
	} else if (len >= 6)
		set_kb(t, l->token.text);
	else if (is_year(l))
		set_year(t, &t->year, year);
	else
		note_unknown(t, l->token.text);
	lexer_next(l);
}

static void
read_code(struct terms *t, struct lexer *l)
{
	if (t->patch_code[0] != '\0')
		t->two = true;
	memcpy(t->patch_code, l->token.text, sizeof(l->token.text));
	lexer_next(l);
}

void
terms_read(const struct catalogue *c, const char *text, struct terms *out)
{
	struct terms t = { .product = NULL };
	struct lexer l;

	lexer_init(&l, text);
	while (l.token.kind != TOKEN_END) {
		if (l.token.kind == TOKEN_WORD)
			read_word(c, &t, &l);
		else if (l.token.kind == TOKEN_NUMBER)
			read_number(c, &t, &l);
		else if (l.token.kind == TOKEN_CODE)
			read_code(&t, &l);
		else {
			note_odd(&t, l.token.text);
			lexer_next(&l);
		}
	}
	if (l.relation != NULL)
		note_relation(&t, l.relation);
	*out = t;
}

bool
terms_any(const struct terms *t)
{
	return t->product != NULL || t->sp != 0 || t->cu != 0 || t->ru != 0 ||
	    t->revision != 0 || t->month != 0 ||
	    t->kind != CAT_UNKNOWN_KIND || t->rtm || t->preview ||
	    t->pre_release || t->cve_count != 0 || t->online ||
	    t->kb[0] != '\0' || t->bulletin[0] != '\0' ||
	    t->patch_code[0] != '\0' || version_known(t->build);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/terms.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/*
 * Text becomes tokens: runs of letters, and numbers with their dots. "RU4-v2"
 * and "Update Rollup 4 v2" thus differ only in words, and a table says what
 * words mean.
 */
enum token_kind { TOKEN_END, TOKEN_WORD, TOKEN_NUMBER, TOKEN_CODE };

struct token {
	enum token_kind	 kind;
	char		 text[40];	/* lower case; cut where it is longer */
	size_t		 dots;
};

struct lexer {
	const char	*at;
	struct token	 token;		/* the one to look at next */
};

#define GUID_LEN	38		/* with its braces */

static bool
is_letter(char c)
{
	return isalpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The patch code at S, if there is one. */
static bool
is_guid(const char *s)
{
	static const char shape[] = "{xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}";
	size_t i;

	for (i = 0; i < GUID_LEN; i++)
		if (shape[i] == 'x' ? !isxdigit((unsigned char)s[i]) :
		    s[i] != shape[i])
			return false;
	return true;
}

static void
token_put(struct token *t, const char *from, size_t len)
{
	size_t i;

	if (len >= sizeof(t->text))
		len = sizeof(t->text) - 1;
	for (i = 0; i < len; i++)
		t->text[i] = (char)tolower((unsigned char)from[i]);
	t->text[len] = '\0';
}

static void
lex_number(struct lexer *l)
{
	const char *from = l->at;

	l->token.kind = TOKEN_NUMBER;
	while (is_digit(*l->at) || (*l->at == '.' && is_digit(l->at[1]))) {
		l->token.dots += *l->at == '.';
		l->at++;
	}
	token_put(&l->token, from, (size_t)(l->at - from));
}

static void
lex(struct lexer *l)
{
	const char *from;

	l->token = (struct token){ TOKEN_END, "", 0 };
	while (*l->at != '\0' && !is_letter(*l->at) && !is_digit(*l->at) &&
	    !is_guid(l->at))
		l->at++;
	from = l->at;
	if (is_guid(from)) {
		l->token.kind = TOKEN_CODE;
		l->at += GUID_LEN;
	} else if (is_digit(*from)) {
		lex_number(l);
		return;
	} else if (is_letter(*from)) {
		l->token.kind = TOKEN_WORD;
		while (is_letter(*l->at))
			l->at++;
	}
	token_put(&l->token, from, (size_t)(l->at - from));
}

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
		lex(l);
	return n;
}

enum term {
	TERM_NOISE,		/* says nothing that is looked at */
	TERM_SP, TERM_CU, TERM_RU, TERM_SU, TERM_HU, TERM_IU,
	TERM_RTM, TERM_PREVIEW, TERM_PRE_RELEASE,
	TERM_REVISION, TERM_ORIGINAL,
	TERM_SE, TERM_EXCHANGE, TERM_KB, TERM_BULLETIN, TERM_BUILD,
	TERM_ARCHITECTURE, TERM_MONTH,
};

/* Longer phrases before those that they begin with. */
static const struct phrase {
	const char	*words;
	enum term	 term;
	unsigned	 value;
} phrases[] = {
	{ "service pack", TERM_SP, 0 }, { "sp", TERM_SP, 0 },
	{ "cumulative update", TERM_CU, 0 }, { "cu", TERM_CU, 0 },
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
	{ "kb", TERM_KB, 0 }, { "ms", TERM_BULLETIN, 0 },
	{ "build", TERM_BUILD, 0 },
	{ "x", TERM_ARCHITECTURE, 0 }, { "amd", TERM_ARCHITECTURE, 0 },
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

/* Take the words of PHRASE if they come next; L moves only then. */
static bool
take_phrase(struct lexer *l, const char *phrase)
{
	struct lexer ahead = *l;
	size_t len;

	for (; *phrase != '\0'; phrase += len + (phrase[len] == ' ')) {
		len = strcspn(phrase, " ");
		if (ahead.token.kind != TOKEN_WORD ||
		    strlen(ahead.token.text) != len ||
		    strncmp(ahead.token.text, phrase, len) != 0)
			return false;
		lex(&ahead);
	}
	*l = ahead;
	return true;
}

static void
note_unknown(struct terms *t, const char *word)
{
	if (t->unknown[0] == '\0')
		snprintf(t->unknown, sizeof(t->unknown), "%.31s", word);
}

/* A number that must not be there already with another value. */
static void
set_number(struct terms *t, unsigned *at, unsigned n, const char *word)
{
	if (n == 0)
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

	if (len < 6 || len > 7)
		note_unknown(t, digits);
	else if (t->kb[0] != '\0' && strcmp(t->kb, digits) != 0)
		t->two = true;
	else
		memcpy(t->kb, digits, len + 1);
}

static void
set_build(struct terms *t, const char *text, size_t dots)
{
	/* Two numbers are no version of their own; ".0" fills them up. */
	struct version v;
	char full[48];

	snprintf(full, sizeof(full), "%s%s", text, dots == 1 ? ".0" : "");
	if (!version_parse(full, &v))
		note_unknown(t, text);
	else if (version_known(t->build) && !version_equal(t->build, v))
		t->two = true;
	else {
		t->build = v;
		t->build.parts = (unsigned)dots + 1;
	}
}

/* "(Build 318.4)" after "14.2". */
static void
take_build(struct terms *t, struct lexer *l)
{
	char text[96];
	char major[VERSION_TEXT];

	if (l->token.kind != TOKEN_NUMBER || l->token.dots != 1 ||
	    t->build.parts != 2)
		return;
	snprintf(text, sizeof(text), "%s.%s",
	    version_format(t->build, major), l->token.text);
	lex(l);
	t->build = (struct version){ { 0 }, 0 };
	set_build(t, text, 3);
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
	lex(&ahead);
	if (!take_phrase(&ahead, "k"))
		return false;
	snprintf(id, sizeof(id), "20%02u", take_number(&ahead));
	t->product = catalogue_product(c, id);
	if (t->product == NULL)
		note_unknown(t, id);
	*l = ahead;
	return true;
}

/* "24" or "2024" after a month. */
static void
take_year(struct terms *t, struct lexer *l)
{
	const char *p = l->token.text;
	size_t len = strlen(p);

	if (l->token.kind != TOKEN_NUMBER || l->token.dots != 0 ||
	    (len != 2 && len != 4))
		return;
	p += len - 2;
	t->year = (unsigned)(p[0] - '0') * 10 + (unsigned)(p[1] - '0');
	lex(l);
}

/* "12-058" after "MS". */
static void
take_bulletin(struct terms *t, struct lexer *l)
{
	unsigned year = take_number(l), number = take_number(l);

	if (year > 99 || number == 0)
		note_unknown(t, "MS");
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

/* "Update Rollup 4", or "rollup" alone. */
static void
take_rollup(struct terms *t, struct lexer *l)
{
	unsigned n = take_number(l);

	set_kind(t, CAT_RU);
	if (n != 0)
		set_number(t, &t->ru, n, "rollup");
}

static void
apply_number_term(struct terms *t, struct lexer *l, enum term term)
{
	switch (term) {
	case TERM_SP:
		set_number(t, &t->sp, take_number(l), "SP");
		break;
	case TERM_CU:
		set_number(t, &t->cu, take_number(l), "CU");
		break;
	case TERM_RU:
		take_rollup(t, l);
		break;
	case TERM_REVISION:
		/* "Version 14.2" begins a build. */
		if (l->token.kind != TOKEN_NUMBER || l->token.dots == 0)
			set_number(t, &t->revision, take_number(l), "v");
		break;
	case TERM_ARCHITECTURE:
		(void)take_number(l);
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
		set_kind(t, CAT_SU);
		break;
	case TERM_HU:
		set_kind(t, CAT_HU);
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
		set_number(t, &t->revision, 1, p->words);
		break;
	case TERM_SE:
		t->product = catalogue_product(c, "SE");
		break;
	case TERM_EXCHANGE:
		(void)take_2k(c, t, l);
		break;
	case TERM_KB:
		set_kb(t, l->token.kind == TOKEN_NUMBER ? l->token.text : "KB");
		lex(l);
		break;
	case TERM_BULLETIN:
		take_bulletin(t, l);
		break;
	case TERM_BUILD:
		take_build(t, l);
		break;
	case TERM_MONTH:
		set_number(t, &t->month, p->value, p->words);
		take_year(t, l);
		break;
	default:
		apply_number_term(t, l, p->term);
		break;
	}
}

/* "SUv2" is two words, where "Nov24" is one: tried when the whole is none. */
static bool
split_revision(struct lexer *l)
{
	size_t len = strlen(l->token.text);

	if (len < 2 || l->token.text[len - 1] != 'v' || !is_digit(*l->at))
		return false;
	l->token.text[len - 1] = '\0';
	l->at--;
	return true;
}

static bool
read_phrase(const struct catalogue *c, struct terms *t, struct lexer *l)
{
	size_t i;

	for (i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++)
		if (take_phrase(l, phrases[i].words)) {
			apply(c, t, l, &phrases[i]);
			return true;
		}
	return false;
}

static void
read_word(const struct catalogue *c, struct terms *t, struct lexer *l)
{
	if (read_phrase(c, t, l) ||
	    (split_revision(l) && read_phrase(c, t, l)))
		return;
	note_unknown(t, l->token.text);
	lex(l);
}

/* A number without a word before it: a product, a build or a KB. */
static void
read_number(const struct catalogue *c, struct terms *t, struct lexer *l)
{
	const struct cat_product *p = catalogue_product(c, l->token.text);
	size_t len = strlen(l->token.text);

	if (p != NULL) {
		if (t->product != NULL && t->product != p)
			t->two = true;
		t->product = p;
	} else if (l->token.dots != 0)
		set_build(t, l->token.text, l->token.dots);
	else if (len >= 6)
		set_kb(t, l->token.text);
	else
		note_unknown(t, l->token.text);
	lex(l);
}

static void
read_code(struct terms *t, struct lexer *l)
{
	if (t->patch_code[0] != '\0')
		t->two = true;
	memcpy(t->patch_code, l->token.text, sizeof(l->token.text));
	lex(l);
}

void
terms_read(const struct catalogue *c, const char *text, struct terms *out)
{
	struct lexer l = { .at = text };
	struct terms t = { .product = NULL };

	lex(&l);
	while (l.token.kind != TOKEN_END) {
		if (l.token.kind == TOKEN_WORD)
			read_word(c, &t, &l);
		else if (l.token.kind == TOKEN_NUMBER)
			read_number(c, &t, &l);
		else
			read_code(&t, &l);
	}
	*out = t;
}

bool
terms_any(const struct terms *t)
{
	return t->product != NULL || t->sp != 0 || t->cu != 0 || t->ru != 0 ||
	    t->revision != 0 || t->month != 0 ||
	    t->kind != CAT_UNKNOWN_KIND || t->rtm || t->preview ||
	    t->pre_release || t->kb[0] != '\0' || t->bulletin[0] != '\0' ||
	    t->patch_code[0] != '\0' || version_known(t->build);
}

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

/* The month that a label names, or else that of the day. */
static bool
month_fits(const struct terms *t, const struct terms *label,
    const struct cat_release *r)
{
	unsigned month = label->month, year = label->year;

	if (t->month == 0)
		return true;
	if (month == 0 && sscanf(r->date, "20%2u-%2u", &year, &month) != 2)
		return false;
	return t->month == month && (t->year == 0 || t->year == year);
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

/* What only a name must say, as long as no number says it. */
static bool
name_fits(const struct terms *t, const struct terms *label,
    const struct cat_release *r)
{
	bool wants_base = t->ru == 0 && t->month == 0 &&
	    t->kind == CAT_UNKNOWN_KIND && t->bulletin[0] == '\0' &&
	    (t->sp != 0 || t->cu != 0 || t->rtm || t->preview);

	if (t->kind != CAT_UNKNOWN_KIND && t->kind != r->kind)
		return false;
	if (r->kind == CAT_IU && t->kind != CAT_IU)
		return false;
	if (r->kind != CAT_IU && (r->revision == 0) != t->pre_release)
		return false;
	return !wants_base || (is_base(r) && t->preview == label->preview);
}

bool
terms_fit(const struct terms *t, const struct catalogue *c,
    const struct cat_release *r, bool loose)
{
	struct terms label;

	if ((t->product != NULL && t->product != r->product) ||
	    (t->revision != 0 && t->revision != r->revision) ||
	    (t->bulletin[0] != '\0' &&
	    strcmp(t->bulletin, r->bulletin) != 0) ||
	    !branch_fits(t, r->branch))
		return false;
	terms_read(c, r->label, &label);
	return rollup_fits(t, &label, r, loose) &&
	    month_fits(t, &label, r) &&
	    (loose || name_fits(t, &label, r));
}

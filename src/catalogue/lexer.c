/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/lexer.h"

#include <ctype.h>
#include <string.h>

#define GUID_LEN	38		/* with its braces */
#define KB_DIGITS	6		/* a bare number of so many is a KB */

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
token_end(struct lexer *l)
{
	struct token *t = &l->token;
	size_t i, len = (size_t)(l->at - t->from);

	t->len = len;
	if (len >= sizeof(t->text))
		len = sizeof(t->text) - 1;
	for (i = 0; i < len; i++)
		t->text[i] = (char)tolower((unsigned char)t->from[i]);
	t->text[len] = '\0';
}

/* "14.2.318.4a" and "14.2.318.4-5" are no builds, "2756485a" is no KB; but
 * "4v2" and "KB2756485x64" are two things each. */
static bool
goes_on(const struct token *t, const char *at)
{
	if (t->dots < 2 && (t->dots != 0 || at - t->from < KB_DIGITS))
		return false;
	if (strchr("-+~", *at) != NULL && t->dots != 0)
		return is_digit(at[1]);
	if (strchr("vVxX", *at) != NULL && is_digit(at[1]))
		return false;
	return isalpha((unsigned char)*at);
}

/* The length of "15,2,1748,39" or "15, 2, 1748, 39" at P, as the source of a
 * program has its version; 0 for anything else. */
static size_t
with_commas(const struct lexer *l, const char *p)
{
	const char *from = p;
	size_t digits, commas = 0;

	if (p > l->text && strchr(".,", p[-1]) != NULL)
		return 0;
	for (;; p++) {
		digits = strspn(p, "0123456789");
		if (digits == 0 || digits > 5)
			return 0;
		p += digits;
		if (*p != ',')
			break;
		if (++commas > 3)
			return 0;
		p += p[1] == ' ';
	}
	return commas == 3 && (*p != '.' || !is_digit(p[1])) ?
	    (size_t)(p - from) : 0;
}

/* A build as any other: its commas are dots. */
static void
lex_commas(struct lexer *l, size_t len)
{
	struct token *t = &l->token;
	size_t i;

	t->kind = TOKEN_NUMBER;
	t->dots = 3;
	for (i = 0; i < len; i++)
		if (l->at[i] != ' ')
			t->text[t->len++] = l->at[i] == ',' ? '.' : l->at[i];
	t->text[t->len] = '\0';
	l->at += len;
}

static void
lex_number(struct lexer *l)
{
	struct token *t = &l->token;
	size_t commas = with_commas(l, l->at);

	if (commas != 0) {
		lex_commas(l, commas);
		return;
	}
	t->kind = TOKEN_NUMBER;
	while (is_digit(*l->at) || (*l->at == '.' && is_digit(l->at[1]))) {
		t->dots += *l->at == '.';
		l->at++;
	}
	if (*l->at != '\0' && goes_on(t, l->at)) {
		t->kind = TOKEN_ODD;
		l->at++;
	}
	token_end(l);
	if (t->len >= sizeof(t->text))
		t->kind = TOKEN_ODD;
}

/* Signs that stand for "not this one" before or behind a number. In "<...>",
 * "->" and "> " before a quotation they are something else. */
static const char *
relation_at(const struct lexer *l, const char *at)
{
	char before = at > l->text ? at[-1] : '\0';

	switch (*at) {
	case '<':
		return l->last_more == NULL || at > l->last_more ? "<" :
		    NULL;
	case '>':
		if (before == '\0' ? at[1] == ' ' :
		    strchr("-=\\>", before) != NULL)
			return NULL;
		return at < l->first_less ? ">" : NULL;
	case '!':
		return at[1] == '=' ? "!=" : NULL;
	case '+':
		return is_digit(before) && (at[1] == ' ' || at[1] == '\0') ?
		    "+" : NULL;
	case '~':
		return is_digit(at[1]) ? "~" : NULL;
	default:
		return NULL;
	}
}

void
lexer_next(struct lexer *l)
{
	l->token = (struct token){ .kind = TOKEN_END };
	l->gap = l->at;
	while (*l->at != '\0' && !is_letter(*l->at) && !is_digit(*l->at) &&
	    !is_guid(l->at)) {
		if (l->relation == NULL)
			l->relation = relation_at(l, l->at);
		l->at++;
	}
	l->token.from = l->at;
	if (is_guid(l->at)) {
		l->token.kind = TOKEN_CODE;
		l->at += GUID_LEN;
	} else if (is_digit(*l->at)) {
		lex_number(l);
		return;
	} else if (is_letter(*l->at)) {
		l->token.kind = TOKEN_WORD;
		while (is_letter(*l->at))
			l->at++;
	}
	token_end(l);
}

void
lexer_init(struct lexer *l, const char *text)
{
	*l = (struct lexer){ .text = text, .at = text };
	l->first_less = text + strcspn(text, "<");
	l->last_more = strrchr(text, '>');
	lexer_next(l);
}

bool
lexer_take(struct lexer *l, const char *phrase)
{
	struct lexer ahead = *l;
	size_t len;

	for (; *phrase != '\0'; phrase += len + (phrase[len] == ' ')) {
		len = strcspn(phrase, " ");
		if (ahead.token.kind != TOKEN_WORD ||
		    ahead.token.len != len ||
		    strncmp(ahead.token.text, phrase, len) != 0)
			return false;
		lexer_next(&ahead);
	}
	*l = ahead;
	return true;
}

bool
lexer_split_revision(struct lexer *l)
{
	struct token *t = &l->token;

	if (t->len < 2 || t->len >= sizeof(t->text) ||
	    t->text[t->len - 1] != 'v' || !is_digit(*l->at))
		return false;
	l->at = t->from + t->len - 1;
	token_end(l);
	return true;
}

bool
lexer_runs_on(const struct lexer *l)
{
	return is_letter(*l->at) || (strchr("-.", *l->at) != NULL &&
	    *l->at != '\0' && is_digit(l->at[1]));
}

static bool
is_date_sign(char c)
{
	return c == '-' || c == '/';
}

/* One or two digits; behind them, or NULL. */
static const char *
day_number(const char *p)
{
	if (!is_digit(*p))
		return NULL;
	p += 1 + is_digit(p[1]);
	return is_digit(*p) ? NULL : p;
}

/* The end of "10-09" or "9/10" at P; NULL when there is none. */
static const char *
day_and_month(const char *p)
{
	const char *second = day_number(p);

	return second != NULL && is_date_sign(*second) ?
	    day_number(second + 1) : NULL;
}

bool
lexer_at_date(const struct lexer *l)
{
	const char *from = l->token.from, *p = from;

	if (is_date_sign(*l->at) && day_and_month(l->at + 1) != NULL)
		return true;
	/* At most "09/10/" before it. */
	while (p > l->text && from - p < 6 && (is_digit(p[-1]) ||
	    is_date_sign(p[-1])))
		p--;
	return p < from && day_and_month(p) == from - 1;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/query_error.h"

#include "base/alloc.h"
#include "base/utf.h"
#include "catalogue/answer.h"

#include <stdlib.h>
#include <string.h>

/* "error 1642", "error code 0x80070643", or the words of an error. */

#define FACILITY	0x80070000u	/* HRESULT of an error of Windows */
#define FACILITY_MASK	0xffff0000u

/* Move *TEXT behind WORD, if it is there. */
static bool
skip(const char **text, const char *word)
{
	if (!utf_case_prefix(*text, word))
		return false;
	*text += strlen(word);
	*text += strspn(*text, " :");
	return true;
}

/* "0x80070643": of itself an error of Windows. */
static bool
is_result(const char *text)
{
	return utf_case_prefix(text, "0x8007") && strlen(text) == 10;
}

/* The words before the number; TEXT moves behind them. */
static bool
skip_words(const char **text)
{
	static const char *const words[] = { "error", "exit code",
	    "exitcode", "return code", "returncode",
	    "mainenginethread is returning", "installation success or error",
	    "fehlercode", "fehler", "erreur" };
	size_t i;

	(void)(skip(text, "windows installer ") || skip(text, "msi ") ||
	    skip(text, "setup ") || skip(text, "installer ") ||
	    skip(text, "msiexec "));
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (skip(text, words[i]))
			break;
	if (i == sizeof(words) / sizeof(words[0]))
		return is_result(*text);
	(void)(skip(text, "code") || skip(text, "status"));
	(void)skip(text, "is ");
	return true;
}

static bool
take_number(const char *text, uint32_t *out)
{
	bool hex = utf_case_prefix(text, "0x");
	size_t n = hex ? strspn(text + 2, "0123456789abcdefABCDEF") :
	    strspn(text, "0123456789");
	unsigned long v;

	if (n == 0 || n > (hex ? 8 : 5))
		return false;
	v = strtoul(hex ? text + 2 : text, NULL, hex ? 16 : 10);
	if ((v & FACILITY_MASK) == FACILITY)
		v &= ~(unsigned long)FACILITY_MASK;
	text += hex ? n + 2 : n;
	text += strspn(text, " .");
	*out = (uint32_t)v;
	return *text == '\0';
}

static void
explain(struct query_answer *a, const struct cat_error *e)
{
	a->kind = QUERY_ERROR;
	a->error = e;
	if (e == NULL) {
		answer_note(a, "The catalogue does not explain this error.");
		return;
	}
	a->match = QUERY_EXACT;
	answer_note(a, "%s", e->text);
	answer_note(a, "%s", e->cure);
}

bool
query_find_error(struct query_answer *a, const struct catalogue *c,
    const char *text)
{
	const struct cat_error *e = catalogue_error_text(c, text);
	uint32_t number = 0;

	if (e == NULL) {
		if (!skip_words(&text) || !take_number(text, &number))
			return false;
		e = catalogue_error_number(c, number);
	}
	explain(a, e);
	return true;
}

/* Where a sentence of a log ends, or a part of one; "error: 1603" is none. */
static const char *
next_part(const char *text)
{
	const char *p;

	for (p = text; (p = strpbrk(p, ".,;:-")) != NULL; p++)
		if (p[1] == ' ' && (*p != ':' || p[2] < '0' || p[2] > '9'))
			return p;
	return NULL;
}

/* Is there what may be a build or a KB? Then the line is about that. */
static bool
names_more(const char *text)
{
	const char *p;

	for (p = text; *p != '\0'; p++)
		if (utf_case_prefix(p, "kb") && strspn(p + 2, " 0") <
		    strspn(p + 2, " 0123456789"))
			return true;
	for (p = text; (p = strpbrk(p, "0123456789")) != NULL;
	    p += strspn(p, "0123456789")) {
		const char *q = p + strspn(p, "0123456789");

		if (*q == '.' && q[1] >= '0' && q[1] <= '9')
			return true;
	}
	return false;
}

bool
query_find_error_within(struct query_answer *a, const struct catalogue *c,
    const char *text)
{
	const struct cat_error *e = NULL;
	const char *part = text, *end;

	if (names_more(text))
		return false;
	for (; part != NULL && e == NULL; part = end) {
		const char *number;
		char *one;
		uint32_t n;

		part += strspn(part, " ");
		end = next_part(part);
		one = end != NULL ? xstrndup(part, (size_t)(end - part)) :
		    xstrdup(part);
		number = one;
		if (skip_words(&number) && take_number(number, &n))
			e = catalogue_error_number(c, n);
		free(one);
		end = end != NULL ? end + 2 : NULL;
	}
	if (e != NULL)
		explain(a, e);
	return e != NULL;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/query_error.h"

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

/* The words before the number; TEXT moves behind them. */
static bool
skip_words(const char **text)
{
	(void)(skip(text, "windows installer ") || skip(text, "msi ") ||
	    skip(text, "setup "));
	if (!skip(text, "error"))
		return false;
	(void)skip(text, "code");
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
	a->kind = QUERY_ERROR;
	a->error = e;
	if (e == NULL) {
		answer_note(a, "The catalogue does not explain this error.");
		return true;
	}
	a->match = QUERY_EXACT;
	answer_note(a, "%s", e->text);
	answer_note(a, "%s", e->cure);
	return true;
}

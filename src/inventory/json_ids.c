/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/json_parts.h"

#include "base/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Rows that others refer to are known by a letter and their place, from 1. */

#define ID_TEXT	24	/* a letter, a number, a NUL */

void
json_put_id(struct jsonout *j, const char *name, char letter, size_t number)
{
	char text[ID_TEXT];

	snprintf(text, sizeof(text), "%c%zu", letter, number);
	jsonout_text(j, name, text);
}

/* 0 for what is not spelled as json_put_id() does. */
static size_t
number_of(const char *text, char letter)
{
	char again[ID_TEXT];
	size_t n;

	if (text[0] != letter)
		return 0;
	n = (size_t)strtoul(text + 1, NULL, 10);
	snprintf(again, sizeof(again), "%c%zu", letter, n);
	return strcmp(again, text) == 0 ? n : 0;
}

void
json_take_id(struct jsonin_at at, const char *name, char letter,
    size_t number)
{
	if (number_of(jsonin_text(at, name, TEXT_MAX), letter) != number)
		jsonin_fail(at, name, ST_MALFORMED, "not %c%zu", letter,
		    number);
}

size_t
json_take_ref(struct jsonin_at at, const char *name, char letter,
    size_t count)
{
	const char *text = jsonin_text_or_null(at, name, TEXT_MAX);
	size_t n;

	if (text == NULL)
		return 0;
	n = number_of(text, letter);
	if (n >= 1 && n <= count)
		return n;
	jsonin_fail(at, name, ST_MALFORMED, "not one of %zu, from %c1 on",
	    count, letter);
	return 0;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/version.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define PART_MAX	65535u	/* VS_FIXEDFILEINFO has 16 bits a part */

struct version
version_of(uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
	return (struct version){ { a, b, c, d }, 4 };
}

static const char *
skip_space(const char *s)
{
	while (*s == ' ' || *s == '\t' || *s == '\r' || *s == '\n')
		s++;
	return s;
}

/* One decimal number of at most PART_MAX; *S moves only on success. */
static bool
take_part(const char **s, uint32_t *out)
{
	const char *p = *s;
	uint32_t v = 0;

	if (*p < '0' || *p > '9')
		return false;
	for (; *p >= '0' && *p <= '9'; p++) {
		v = v * 10 + (uint32_t)(*p - '0');
		if (v > PART_MAX)
			return false;
	}
	*s = p;
	*out = v;
	return true;
}

static bool
take_char(const char **s, char c)
{
	if (**s != c)
		return false;
	++*s;
	return true;
}

/* Skip WORD, letter case ignored; *S moves only on success. */
static bool
take_word(const char **s, const char *word)
{
	const char *p = *s;

	for (; *word != '\0'; word++, p++) {
		char c = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;

		if (c != *word)
			return false;
	}
	*s = p;
	return true;
}

/* "(Build 318.2)" after "14.2". */
static bool
take_build(const char **s, struct version *v)
{
	const char *p = skip_space(*s);

	if (!take_char(&p, '('))
		return false;
	if (!take_word(&p, "build"))
		return false;
	p = skip_space(p);
	if (!take_part(&p, &v->part[2]) || !take_char(&p, '.') ||
	    !take_part(&p, &v->part[3]) || !take_char(&p, ')'))
		return false;
	v->parts = 4;
	*s = p;
	return true;
}

/* ".318.4" or ".2507" after "14.2". */
static void
take_rest(const char **s, struct version *v)
{
	while (v->parts < 4) {
		const char *p = *s;

		if (!take_char(&p, '.') || !take_part(&p, &v->part[v->parts]))
			break;
		v->parts++;
		*s = p;
	}
}

bool
version_parse(const char *text, struct version *out)
{
	struct version v = { { 0 }, 2 };
	const char *s = skip_space(text);

	if (take_word(&s, "version"))
		s = skip_space(s);
	if (!take_part(&s, &v.part[0]) || !take_char(&s, '.') ||
	    !take_part(&s, &v.part[1]))
		return false;
	if (!take_build(&s, &v))
		take_rest(&s, &v);
	if (v.parts < 3 || *skip_space(s) != '\0')
		return false;
	*out = v;
	return true;
}

bool
version_parse_product(const char *text, struct version *out)
{
	struct version v = { { 0 }, 1 };
	const char *s = skip_space(text);

	if (!take_part(&s, &v.part[0]))
		return false;
	take_rest(&s, &v);
	if (*skip_space(s) != '\0')
		return false;
	if (v.parts == 1)
		v.parts = 2;
	*out = v;
	return true;
}

bool
version_parse_tail(const char *text, struct version *out)
{
	const char *space = strrchr(text, ' ');

	return version_parse(space != NULL ? space + 1 : text, out);
}

int
version_cmp(struct version a, struct version b)
{
	unsigned i;

	for (i = 0; i < 4; i++)
		if (a.part[i] != b.part[i])
			return a.part[i] < b.part[i] ? -1 : 1;
	return 0;
}

bool
version_equal(struct version a, struct version b)
{
	return version_cmp(a, b) == 0;
}

bool
version_known(struct version v)
{
	return v.parts != 0;
}

static char *
format_parts(struct version v, char *text, const int width[4])
{
	size_t len = 0;
	unsigned i;

	text[0] = '\0';
	for (i = 0; i < v.parts && i < 4; i++)
		len += (size_t)snprintf(text + len, VERSION_TEXT - len,
		    "%s%0*" PRIu32, i != 0 ? "." : "", width[i], v.part[i]);
	return text;
}

char *
version_format(struct version v, char *text)
{
	return format_parts(v, text, (const int[4]){ 1, 1, 1, 1 });
}

char *
version_format_long(struct version v, char *text)
{
	return format_parts(v, text, (const int[4]){ 2, 2, 4, 3 });
}

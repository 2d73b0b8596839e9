/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/pasted.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "base/utf.h"
#include "catalogue/pasted_mask.h"
#include "catalogue/query.h"
#include "catalogue/terms.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEAST_THIRD	100	/* of the third part of a build */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_word(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80 ||
	    c == '_';
}

static void
add(struct pasted *p, enum pasted_kind kind, struct version v,
    const char *from, size_t len)
{
	size_t i;

	for (i = 0; i < p->count; i++)
		if (kind == PASTED_WORDS ?
		    strlen(p->items[i].text) == len &&
		    strncmp(p->items[i].text, from, len) == 0 :
		    version_equal(p->items[i].build, v))
			return;
	if (p->count == PASTED_MAX_ITEMS)
		return;
	p->items = xpush(p->items, p->count, sizeof(*p->items));
	p->items[p->count++] = (struct pasted_item){ kind, v,
	    xstrndup(from, len) };
}

/* Numbers and dots from P on; may they be a build, by what is around? */
static size_t
dotted(const char *line, const char *p, size_t *dots)
{
	size_t n = 0;

	*dots = 0;
	if (!is_digit(*p) || (p > line && (is_word(p[-1]) ||
	    p[-1] == '.' || p[-1] == '-') && !((p[-1] == 'v' ||
	    p[-1] == 'V') && (p - line == 1 || !is_word(p[-2])))))
		return 0;
	while (is_digit(p[n]) || (p[n] == '.' && is_digit(p[n + 1]))) {
		*dots += p[n] == '.';
		n++;
	}
	return n;
}

/* Does what is behind a number belong to it? */
static bool
goes_on(const char *p)
{
	return is_word(*p) || ((*p == '-' || *p == '+' || *p == '~') &&
	    (is_digit(p[1]) || *p != '-'));
}

/* Is V one that can be Exchange's? Of products that never had it, and of what
 * has as many numbers, there is much in a log. NAMED: the line speaks of
 * Exchange. */
static bool
is_plausible(const struct catalogue *c, struct version v, bool named)
{
	if (v.part[0] == 15 && v.part[1] == 20 && v.part[2] >= 1)
		return true;
	if (catalogue_find_build(c, v) != NULL ||
	    catalogue_find_component(c, v, NULL, 0) != 0)
		return v.parts == 4 || named || v.part[2] >= LEAST_THIRD;
	if (v.part[0] < 8 || v.part[2] < LEAST_THIRD ||
	    (v.parts < 4 && !named))
		return false;
	if (catalogue_product_of(c, v) == NULL)
		return v.part[0] == 15 && named;
	return named || v.part[2] > 255;
}

/* Could V be the address of a host as well? */
static bool
is_address(struct version v)
{
	unsigned i;

	for (i = 0; i < v.parts; i++)
		if (v.part[i] > 255)
			return false;
	return v.parts == 4;
}

/* Are the N bytes at P a cell of a table, or all of their line? */
static bool
is_cell(const char *line, const char *p, size_t n)
{
	const char *before = p, *behind = p + n + strspn(p + n, " ");

	while (before > line && before[-1] == ' ')
		before--;
	return (before == line || p - before > 1 ||
	    strchr(",;|\"'", before[-1]) != NULL) &&
	    (*behind == '\0' || behind - (p + n) > 1 ||
	    strchr(",;|\"'", *behind) != NULL);
}

/* Does LINE say that its numbers are versions, or whose they are? */
static bool
names_versions(const char *line)
{
	return has_word(line, "version") || has_word(line, "exchange") ||
	    has_word(line, "displayversion") || has_word(line, "exsetup") ||
	    has_word(line, "productversion") || has_word(line, "build") ||
	    has_word(line, "fileversion");
}

/* "15.1 (Build 2507.6" at P: behind the number in it, or NULL. */
static const char *
display_form(const char *p, size_t len, struct version *v)
{
	static const char word[] = "build ";
	const char *q = p + len + strspn(p + len, " (");
	char text[80];
	size_t n = 0, dots = 0;

	if (!utf_case_prefix(q, word))
		return NULL;
	q += sizeof(word) - 1;
	while (is_digit(q[n]) || (q[n] == '.' && is_digit(q[n + 1]))) {
		dots += q[n] == '.';
		n++;
	}
	if (n == 0 || n > 30 || len > 30 || dots > 1 || is_word(q[n]))
		return NULL;
	snprintf(text, sizeof(text), "%.*s.%.*s", (int)len, p, (int)n, q);
	return version_parse(text, v) ? q + n : NULL;
}

static void
find_builds(const struct catalogue *c, const char *line, bool block,
    struct pasted *out)
{
	bool header = has_word(line, "microsoft smtp server") ||
	    has_word(line, "mapi id");
	bool kept = has_word(line, "admindisplayversion") ||
	    has_word(line, "serialnumber");
	bool named = has_word(line, "exchange") || has_word(line,
	    "exsetup") || has_word(line, "build");
	bool bare = block && !header && !kept && !names_versions(line);
	const char *p, *end;
	struct version v;
	char text[80];
	size_t n, dots;

	for (p = line; *p != '\0'; p += n != 0 ? n : 1) {
		n = dotted(line, p, &dots);
		if (n == 0 || n >= sizeof(text))
			continue;
		if (dots == 1 && (end = display_form(p, n, &v)) != NULL) {
			n = (size_t)(end + (*end == ')') - p);
			add(out, PASTED_DISPLAY, v, p, n);
			continue;
		}
		snprintf(text, sizeof(text), "%.*s", (int)n, p);
		if (dots < 2 || dots > 3 || goes_on(p + n) ||
		    !version_parse(text, &v) || !is_plausible(c, v, named) ||
		    (bare && is_address(v) && !is_cell(line, p, n)))
			continue;
		add(out, header ? PASTED_HEADER : kept ? PASTED_DISPLAY :
		    PASTED_BUILD, v, p, n);
	}
}

/* "KB2756485", "CVE-2024-49040": WORD and what follows it. */
static void
find_words(const char *line, const char *word, const char *more, size_t min,
    struct pasted *out)
{
	static const struct version none = { .parts = 0 };
	size_t len = strlen(word), n;
	const char *p;

	for (p = line; *p != '\0'; p++) {
		if (!utf_case_prefix(p, word) || (p > line &&
		    is_word(p[-1])))
			continue;
		n = strspn(p + len, more);
		if (n >= min && n <= 12 && !is_word(p[len + n]))
			add(out, PASTED_WORDS, none, p, len + n);
	}
}

/* Codes in braces, and names of packages, which have a KB in them. */
static void
find_names(const char *line, struct pasted *out)
{
	static const struct version none = { .parts = 0 };
	const char *p = line;
	size_t n;

	for (; *p != '\0'; p += n != 0 ? n : 1) {
		n = strcspn(p, " \"',;()[]<>|=");
		if (n == 38 && p[0] == '{' && p[37] == '}')
			add(out, PASTED_WORDS, none, p, n);
		else if (n > 10 && n < 200 && p[n - 4] == '.' &&
		    utf_case_prefix(p, "exchange"))
			add(out, PASTED_WORDS, none, p, n);
	}
}

void
pasted_read(const struct catalogue *c, const char *text, bool block,
    struct pasted *out)
{
	*out = (struct pasted){ .rest = xstrdup(text) };
	if (is_of_another(text))
		return;
	mask_paths(out->rest);
	mask_days(out->rest);
	find_builds(c, out->rest, block, out);
	mask_label(out->rest);
	if (out->count == 0)
		find_words(out->rest, "kb", "0123456789", 6, out);
	if (out->count == 0)
		find_words(out->rest, "cve-", "0123456789-", 9, out);
	if (out->count == 0)
		find_names(out->rest, out);
}

void
pasted_fini(struct pasted *p)
{
	size_t i;

	for (i = 0; i < p->count; i++)
		free(p->items[i].text);
	free(p->items);
	free(p->rest);
}

/* "-----  -----" below the heads of columns. */
static bool
is_rule(const char *p, size_t n)
{
	size_t i, marks = 0;

	for (i = 0; i < n; i++) {
		if (strchr(" \t\r-=+|", p[i]) == NULL)
			return false;
		marks += p[i] == '-' || p[i] == '=';
	}
	return marks > 2;
}

/* "Edition   : Standard", "Build Number: 15.2". */
static bool
is_labelled(const char *p, size_t n)
{
	size_t i = 0, letters = 0;

	while (i < n && (is_word(p[i]) || strchr(" \t()-.", p[i]) != NULL)) {
		letters += !is_digit(p[i]) && is_word(p[i]);
		i++;
	}
	return letters > 1 && i < n && p[i] == ':' && (i + 1 == n ||
	    strchr(" \t\r", p[i + 1]) != NULL);
}

/* A line of a list of properties, of a table or of a log. */
static bool
is_printed(const char *p, size_t n)
{
	return p[0] == '[' || p[0] == '{' || memchr(p, '\t', n) != NULL ||
	    (n > 5 && strncmp(p, "MSI (", 5) == 0) || is_labelled(p, n);
}

bool
query_seems_pasted(const char *lines)
{
	size_t n, i, printed = 0, all = 0;
	const char *p;

	for (p = lines; *p != '\0'; p += n + (p[n] != '\0')) {
		n = strcspn(p, "\n");
		i = strspn(p, " \t\r");
		if (i >= n)
			continue;
		if (is_rule(p + i, n - i))
			return true;
		all++;
		printed += is_printed(p + i, n - i);
	}
	return printed > 1 && printed >= all / 2;
}

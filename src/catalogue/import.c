/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/import.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/utf.h"
#include "trust/digest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ID_DIGITS	16	/* of the digest, in the id of a source */
#define DIGITS		"0123456789"

void
import_fini(struct import *im)
{
	size_t i;

	for (i = 0; i < im->row_count; i++) {
		free(im->rows[i]->cves.items);
		free(im->rows[i]->supersedes.items);
		free(im->rows[i]->patches.items);
		free(im->rows[i]->digests);
	}
	free(im->rows);
	free(im->sources);
	arena_fini(&im->arena);
	*im = (struct import){ .sources = NULL };
}

/* ------------------------------------------------------------------ text */

/* Controls, and what turns the direction of writing or is no character. */
static bool
is_odd(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xfffd ||
	    (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
	    (c >= 0x2066 && c <= 0x2069) || c == 0xfeff ||
	    (c & 0xfffe) == 0xfffe;
}

static bool
is_blank(uint32_t c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0xa0;
}

const char *
import_text(struct import *im, const char *text)
{
	char out[IMPORT_MAX_TEXT + 1];
	const char *from;
	bool blank = false;
	size_t n = 0, len;
	uint32_t c;

	for (from = text; (c = utf8_next(&text)) != 0; from = text) {
		if (is_blank(c)) {
			blank = n != 0;
			continue;
		}
		len = is_odd(c) ? 1 : (size_t)(text - from);
		if (n + len + 1 > IMPORT_MAX_TEXT)
			break;
		if (blank)
			out[n++] = ' ';
		blank = false;
		memcpy(out + n, is_odd(c) ? "?" : from, len);
		n += len;
	}
	return arena_text(&im->arena, out, n);
}

/* ------------------------------------------------------------------ rows */

static void
digest_doc(struct slice doc, char hex[2 * DIGEST_MAX + 1])
{
	struct digester *g = digester_new(DIGEST_BIT(DIGEST_SHA256));
	struct digest_set all;

	digester_update(g, doc.p, doc.n);
	digester_final(g, &all);
	digester_free(g);
	digest_hex(&all.of[DIGEST_SHA256], hex);
}

static struct import_source *
find_source(const struct import *im, const char *id)
{
	size_t i;

	for (i = 0; i < im->source_count; i++)
		if (strcmp(im->sources[i]->id, id) == 0)
			return im->sources[i];
	return NULL;
}

/* What is behind the last "/" or "\": where a file lay does not say what it
 * is, and would make another source of it. */
static const char *
where_of(const char *path)
{
	const char *name = path, *p;

	if (strstr(path, "://") != NULL)
		return path;
	for (p = path; *p != '\0'; p++)
		if ((*p == '/' || *p == '\\') && p[1] != '\0')
			name = p + 1;
	return name;
}

struct import_source *
import_add_source(struct import *im, const char *kind, const char *title,
    const char *name, struct slice doc, const char *sha256, bool *again)
{
	char hex[2 * DIGEST_MAX + 1], text[IMPORT_MAX_TEXT + 1];
	struct import_source *s;

	if (sha256 == NULL)
		digest_doc(doc, hex);
	else
		snprintf(hex, sizeof(hex), "%s", sha256);
	snprintf(text, sizeof(text), "%s.%.*s", kind, ID_DIGITS, hex);
	s = find_source(im, text);
	*again = s != NULL;
	if (s != NULL)
		return s;
	s = arena_alloc(&im->arena, 1, sizeof(*s));
	s->id = arena_text(&im->arena, text, strlen(text));
	s->title = import_text(im, title);
	s->name = import_text(im, name);
	snprintf(text, sizeof(text), "%.300s, SHA-256 %s",
	    import_text(im, where_of(name)), hex);
	s->where = import_text(im, text);
	s->confidence = "low";
	im->sources = xpush(im->sources, im->source_count,
	    sizeof(struct import_source *));
	im->sources[im->source_count++] = s;
	return s;
}

enum status
import_add_row(struct import *im, const struct import_source *source,
    unsigned line, struct import_row **out, struct diag *d)
{
	struct import_row *row;

	if (im->row_count == IMPORT_MAX_ROWS)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL,
		    "more than %d releases", IMPORT_MAX_ROWS);
	row = arena_alloc(&im->arena, 1, sizeof(*row));
	row->source = source;
	row->line = line;
	row->name = row->dated = row->date = row->odd_date = row->kb =
	    row->bulletin = "";
	im->rows = xpush(im->rows, im->row_count, sizeof(struct import_row *));
	im->rows[im->row_count++] = row;
	*out = row;
	return ST_OK;
}

enum status
import_add_text(struct import *im, struct import_texts *list,
    const char *text, struct diag *d)
{
	const char *clean = import_text(im, text);
	size_t i;

	for (i = 0; i < list->count; i++)
		if (strcmp(list->items[i], clean) == 0)
			return ST_OK;
	if (list->count == IMPORT_MAX_TEXTS)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL,
		    "more than %d of one release", IMPORT_MAX_TEXTS);
	list->items = xpush(list->items, list->count, sizeof(const char *));
	list->items[list->count++] = clean;
	return ST_OK;
}

enum status
import_add_digest(struct import *im, struct import_row *row,
    const struct import_digest *digest, struct diag *d)
{
	size_t i;

	for (i = 0; i < row->digest_count; i++)
		if (strcmp(row->digests[i].hex, digest->hex) == 0)
			return ST_OK;
	if (row->digest_count == IMPORT_MAX_TEXTS)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL,
		    "more than %d digests of one release", IMPORT_MAX_TEXTS);
	row->digests = xpush(row->digests, row->digest_count,
	    sizeof(*row->digests));
	row->digests[row->digest_count++] = (struct import_digest){
		.package = import_text(im, digest->package),
		.size = digest->size,
		.algorithm = digest->algorithm,
		.hex = import_text(im, digest->hex),
	};
	return ST_OK;
}

/* --------------------------------------------------------- days and KBs */

static const char *const months[] = {
	"january", "february", "march", "april", "may", "june", "july",
	"august", "september", "october", "november", "december",
};

/* The month that *P begins with, by three letters or more; *P moves behind
 * it and a dot. 0 for none. */
static unsigned
take_month(const char **p)
{
	char word[16];
	size_t n = 0, i;

	while (n < sizeof(word) - 1 && ((p[0][n] >= 'a' && p[0][n] <= 'z') ||
	    (p[0][n] >= 'A' && p[0][n] <= 'Z'))) {
		word[n] = (char)(p[0][n] | 0x20);
		n++;
	}
	word[n] = '\0';
	for (i = 0; n >= 3 && i < sizeof(months) / sizeof(months[0]); i++)
		if (strncmp(months[i], word, n) == 0 || (i == 8 &&
		    strcmp(word, "sept") == 0)) {
			*p += n + (p[0][n] == '.');
			return (unsigned)i + 1;
		}
	return 0;
}

/* MIN to MAX digits that no other follows; *P moves behind them. */
static bool
take_number(const char **p, size_t min, size_t max, unsigned *out)
{
	size_t n = strspn(*p, DIGITS);

	if (n < min || n > max)
		return false;
	*out = (unsigned)strtoul(*p, NULL, 10);
	*p += n;
	return true;
}

static void
skip_to_next(const char **p)
{
	*p += strspn(*p, " \t,");
}

/* "8/11/2026" and "2026-08-11", the latter of an instant too. */
static bool
read_numbers(const char *p, unsigned *y, unsigned *m, unsigned *day)
{
	const char *q = p;

	if (take_number(&q, 4, 4, y) && *q == '-') {
		q++;
		if (!take_number(&q, 2, 2, m))
			return false;
		if (*q == '\0')
			return true;
		q++;
		return q[-1] == '-' && take_number(&q, 2, 2, day) &&
		    *day != 0 && (*q == '\0' || *q == 'T' || *q == ' ');
	}
	q = p;
	if (!take_number(&q, 1, 2, m) || *q++ != '/' ||
	    !take_number(&q, 1, 2, day) || *q++ != '/' ||
	    !take_number(&q, 4, 4, y))
		return false;
	return *day != 0 && *q == '\0';
}

/* "August 11, 2026", "August, 2026", "May25, 2004". */
static bool
read_words(const char *p, unsigned *y, unsigned *m, unsigned *day)
{
	*m = take_month(&p);
	skip_to_next(&p);
	if (*m == 0)
		return false;
	if (!take_number(&p, 4, 4, y)) {
		if (!take_number(&p, 1, 2, day) || *day == 0)
			return false;
		skip_to_next(&p);
		if (!take_number(&p, 4, 4, y))
			return false;
	}
	return *p == '\0';
}

bool
import_date(const char *text, char out[11])
{
	unsigned y = 0, m = 0, day = 0;
	instant ignored;
	char made[48];

	text += strspn(text, " \t");
	if (!read_numbers(text, &y, &m, &day)) {
		day = 0;
		if (!read_words(text, &y, &m, &day))
			return false;
	}
	/* The calendar is asked for the first of a month without a day. */
	snprintf(made, sizeof(made), "%04u-%02u-%02u", y, m,
	    day != 0 ? day : 1);
	if (y < 1900 || y > 2099 || !instant_parse(made, &ignored))
		return false;
	memcpy(out, made, 10);
	out[day != 0 ? 10 : 7] = '\0';
	return true;
}

const char *
import_kb(struct import *im, const char *text)
{
	char kb[16] = "KB";
	const char *p = text, *help;
	size_t n;

	if ((help = strstr(text, "/help/")) != NULL)
		p = help + 6;
	else if ((help = strstr(text, "/kb/")) != NULL)
		p = help + 4;
	else if (strchr(text, '/') != NULL)
		return NULL;
	if (utf_case_prefix(p, "KB"))
		p += 2;
	n = strspn(p, DIGITS);
	if (n < 6 || n > 8 || p[0] == '0' || (p[n] != '\0' &&
	    strchr("/?#v ", p[n]) == NULL))
		return NULL;
	memcpy(kb + 2, p, n);
	return arena_text(&im->arena, kb, n + 2);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fetch/owa.h"
#include "xml/xml.h"

#include <string.h>
#include <strings.h>

#define MAX_DIGITS	5	/* of one part; a part fits 16 bits */
#define MIN_PARTS	3
#define MAX_PARTS	4

#define ASSEMBLY	"urn:schemas-microsoft-com:asm.v1"

static bool
take_word(struct cursor *c, const char *word)
{
	struct cursor copy = *c;
	size_t len = strlen(word);
	struct slice s = cursor_take(&copy, len);

	if (copy.bad || strncasecmp((const char *)s.p, word, len) != 0)
		return false;
	*c = copy;
	return true;
}

static bool
take_number(struct cursor *c, uint32_t *out)
{
	struct cursor copy = *c;
	uint32_t n = 0;
	unsigned digits;
	uint8_t ch;

	for (digits = 0; digits <= MAX_DIGITS; digits++) {
		ch = cursor_u8(&copy);
		if (copy.bad || ch < '0' || ch > '9')
			break;
		n = 10 * n + (uint32_t)(ch - '0');
		c->at++;
	}
	*out = n;
	return digits > 0 && digits <= MAX_DIGITS;
}

/* Does PAGE have, at OFF, one of the paths that name a version? */
static bool
path_at(struct slice page, size_t off, struct slice *path,
    struct version *out)
{
	struct cursor c = { .in = page, .at = off };
	struct version v = { .parts = 0 };

	if (!take_word(&c, "/owa/"))
		return false;
	(void)take_word(&c, "auth/");
	do {
		if (v.parts == MAX_PARTS || !take_number(&c,
		    &v.part[v.parts]))
			return false;
		v.parts++;
	} while (take_word(&c, "."));
	if (v.parts < MIN_PARTS || !take_word(&c, "/") ||
	    !slice_sub(page, off, c.at - off, path))
		return false;
	*out = v;
	return true;
}

/* Bytes before the path that may name its server, so that looking back at
 * each path of a page takes no longer for a longer page. */
#define MAX_AUTHORITY	(255 + 6 + 8)	/* a name, ":65535", "https://" */

static bool
is_url_byte(uint8_t b)
{
	return b > ' ' && b < 0x7f && strchr("\"'<>()=,;`{}|^", b) == NULL;
}

/* What stands before OFF in the same link. */
static struct slice
before_path(struct slice page, size_t off)
{
	struct slice s = { .n = 0 };
	size_t from = off;

	while (from > 0 && off - from < MAX_AUTHORITY &&
	    is_url_byte(page.p[from - 1]))
		from--;
	(void)slice_sub(page, from, off - from, &s);
	return s;
}

/* The "//" in S that a server's name follows: at its beginning, or behind a
 * scheme. */
static bool
find_authority(struct slice s, struct slice *authority)
{
	size_t i;

	for (i = 0; i + 1 < s.n; i++)
		if (s.p[i] == '/' && s.p[i + 1] == '/' && (i == 0 ||
		    s.p[i - 1] == ':'))
			return slice_from(s, i + 2, authority);
	return false;
}

/* A path, or a link to AUTHORITY. A browser takes "\" for "/". */
static bool
is_own(struct slice before, const char *authority)
{
	size_t len = strlen(authority);
	struct slice s;

	if (before.n >= MAX_AUTHORITY ||
	    (before.n != 0 && memchr(before.p, '\\', before.n) != NULL))
		return false;
	if (!find_authority(before, &s))
		return true;
	return s.n >= len &&
	    strncasecmp((const char *)s.p, authority, len) == 0 &&
	    (s.n == len || s.p[len] == '/');
}

bool
owa_next_path(struct slice page, const char *authority, size_t *at,
    struct slice *path, struct version *out)
{
	for (; *at < page.n; ++*at)
		if (page.p[*at] == '/' && path_at(page, *at, path, out) &&
		    is_own(before_path(page, *at), authority)) {
			*at += path->n - 1;
			return true;
		}
	return false;
}

enum status
owa_manifest(struct slice xml, struct version *out, struct diag *d)
{
	const struct xml_node *root, *n = NULL;
	const char *text = NULL;
	struct xml_doc *doc;
	struct version v;
	enum status st = xml_parse(xml, &doc, d);

	if (st != ST_OK)
		return st;
	root = xml_root(doc);
	if (strcmp(xml_name(root), "assembly") == 0 &&
	    strcmp(xml_namespace(root), ASSEMBLY) == 0)
		n = xml_child(root);
	while (n != NULL && strcmp(xml_name(n), "assemblyIdentity") != 0)
		n = xml_next(n);
	if (n != NULL)
		text = xml_attr(n, "version");
	if (text != NULL && version_parse(text, &v) && v.parts >= MIN_PARTS)
		*out = v;
	else
		st = diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
		    "ClickOnce: assemblyIdentity", "no version in it");
	xml_free(doc);
	return st;
}

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

bool
owa_find_path(struct slice page, struct slice *path, struct version *out)
{
	size_t off;

	for (off = 0; off < page.n; off++)
		if (page.p[off] == '/' && path_at(page, off, path, out))
			return true;
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

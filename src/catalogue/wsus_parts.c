/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/wsus_parts.h"

#include "base/buf.h"
#include "base/limits.h"
#include "xml/xml.h"

#include <stdlib.h>
#include <string.h>

#define CLAUSE		"wsusscn2: update"
#define ROOT		"update"
#define TEXT_BYTES	4096		/* of a title, a KB, a CVE */

unsigned
wsus_part_of(const char *name, uint32_t *id, struct slice *language)
{
	const char *slash;
	unsigned part = 0;

	if (name[0] == '\0' || name[1] != '/')
		return 0;
	if (name[0] == 'c')
		part = WSUS_CORE;
	else if (name[0] == 'x')
		part = WSUS_EXTENDED;
	else if (name[0] == 'l')
		part = WSUS_LOCALIZED;
	name += 2;
	*language = slice_of("en", 2, 0);
	if (part == WSUS_LOCALIZED) {
		slash = strchr(name, '/');
		if (slash == NULL)
			return 0;
		*language = slice_of(name, (size_t)(slash - name), 0);
		name = slash + 1;
	}
	return wsus_number(name, id) ? part : 0;
}

static bool
is(const struct xml_node *n, const char *name)
{
	return strcmp(xml_name(n), name) == 0;
}

static const struct xml_node *
child(const struct xml_node *n, const char *name)
{
	for (n = n != NULL ? xml_child(n) : NULL; n != NULL; n = xml_next(n))
		if (is(n, name))
			return n;
	return NULL;
}

/* The text of N without white space at its end; "" when it is too long. */
static const char *
text_of(struct wsus *w, const struct xml_node *n)
{
	const char *kept = "", *text;
	struct buf b;
	size_t len;

	buf_init(&b, TEXT_BYTES);
	if (xml_text(n, &b)) {
		text = buf_text(&b);
		len = strlen(text);
		while (len > 0 && strchr(" \t\r\n", text[len - 1]) != NULL)
			len--;
		kept = arena_text(&w->arena, text, len);
	}
	buf_fini(&b);
	return kept;
}

static enum status
broken(const struct wsus_revision *r, struct diag *d, const char *what)
{
	return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, CLAUSE,
	    "revision %u: %s", r->id, what);
}

/* ------------------------------------------------------------------ core */

static enum status
read_superseded(struct wsus *w, struct wsus_revision *r,
    const struct xml_node *list, struct diag *d)
{
	const struct xml_node *n = list != NULL ? xml_child(list) : NULL;
	enum status st = ST_OK;
	char guid[40];

	for (; st == ST_OK && n != NULL; n = xml_next(n)) {
		if (!is(n, "UpdateIdentity"))
			continue;
		if (!wsus_guid(xml_attr(n, "UpdateID"), false, guid))
			return broken(r, d, "it supersedes what has no id");
		st = wsus_add_text(w, &r->supersedes, guid, d);
	}
	return st;
}

static enum status
read_core(struct wsus *w, struct wsus_revision *r,
    const struct xml_node *root, struct diag *d)
{
	const struct xml_node *self = child(root, "UpdateIdentity");
	const char *number = self != NULL ?
	    xml_attr(self, "RevisionNumber") : NULL;
	char guid[40];

	if (self == NULL ||
	    !wsus_guid(xml_attr(self, "UpdateID"), false, guid) ||
	    strcmp(guid, r->update) != 0 || number == NULL ||
	    strcmp(number, r->number) != 0)
		return broken(r, d,
		    "its core file is of another update or revision");
	return read_superseded(w, r, child(child(root, "Relationships"),
	    "SupersededUpdates"), d);
}

/* -------------------------------------------------------------- extended */

static enum status
read_properties(struct wsus *w, struct wsus_revision *r,
    const struct xml_node *n, struct diag *d)
{
	enum status st = ST_OK;

	for (n = n != NULL ? xml_child(n) : NULL; st == ST_OK && n != NULL;
	    n = xml_next(n)) {
		if (is(n, "KBArticleID") && r->kb[0] == '\0')
			r->kb = text_of(w, n);
		else if (is(n, "SecurityBulletinID") &&
		    r->bulletin[0] == '\0')
			r->bulletin = text_of(w, n);
		else if (is(n, "CveID"))
			st = wsus_add_text(w, &r->cves, text_of(w, n), d);
	}
	return st;
}

static struct wsus_payload *
payload_of(struct wsus_revision *r, const uint8_t *sha1)
{
	size_t i;

	for (i = 0; i < r->payloads.count; i++)
		if (memcmp(r->payloads.items[i].sha1, sha1, WSUS_SHA1) == 0)
			return &r->payloads.items[i];
	return NULL;
}

static enum status
read_sha256(struct wsus *w, const struct wsus_revision *r,
    const struct xml_node *file, struct wsus_payload *p, struct diag *d)
{
	const struct xml_node *n = xml_child(file);
	const char *algorithm;

	for (; n != NULL; n = xml_next(n)) {
		algorithm = xml_attr(n, "Algorithm");
		if (!is(n, "AdditionalDigest") || algorithm == NULL ||
		    strcmp(algorithm, "SHA256") != 0)
			continue;
		if (!wsus_base64(text_of(w, n), p->sha256, WSUS_SHA256))
			return broken(r, d, "a digest is no SHA-256");
		p->has_sha256 = true;
	}
	return ST_OK;
}

/* A file of the update; one that package.xml does not list for offline use is
 * not taken. */
static enum status
read_file(struct wsus *w, struct wsus_revision *r, const struct xml_node *n,
    struct diag *d)
{
	const char *algorithm = xml_attr(n, "DigestAlgorithm");
	const char *name = xml_attr(n, "FileName");
	const char *size = xml_attr(n, "Size");
	uint8_t sha1[WSUS_SHA1];
	struct wsus_payload *p;

	if (algorithm != NULL && strcmp(algorithm, "SHA1") != 0)
		return ST_OK;
	if (!wsus_base64(xml_attr(n, "Digest"), sha1, sizeof(sha1)))
		return broken(r, d, "the digest of a file is no SHA-1");
	p = payload_of(r, sha1);
	if (p == NULL || name == NULL)
		return ST_OK;
	if (p->described)
		return broken(r, d, "a file is described twice");
	p->described = true;
	p->name = arena_text(&w->arena, name, strlen(name));
	if (size != NULL && strlen(size) <= 15 &&
	    size[strspn(size, "0123456789")] == '\0')
		p->size = strtoull(size, NULL, 10);
	return read_sha256(w, r, n, p, d);
}

static enum status
read_files(struct wsus *w, struct wsus_revision *r,
    const struct xml_node *list, struct diag *d)
{
	const struct xml_node *n = list != NULL ? xml_child(list) : NULL;
	enum status st = ST_OK;
	size_t i;

	for (; st == ST_OK && n != NULL; n = xml_next(n))
		if (is(n, "File"))
			st = read_file(w, r, n, d);
	for (i = 0; st == ST_OK && i < r->payloads.count; i++)
		if (!r->payloads.items[i].described)
			st = broken(r, d, "a digest of a file does not match: "
			    "its own files have none that package.xml names");
	return st;
}

/* What Windows Installer is told: the patch code is the one under which it
 * keeps the patch. */
static enum status
read_handler(struct wsus *w, struct wsus_revision *r,
    const struct xml_node *handler, struct diag *d)
{
	static const char *const names[] = { "FullFilePatchCode",
	    "PatchCode" };
	const struct xml_node *n = handler != NULL ? xml_child(handler) :
	    NULL;
	enum status st = ST_OK;
	char guid[40];
	size_t i;

	for (; st == ST_OK && n != NULL; n = xml_next(n)) {
		if (!is(n, "MspData"))
			continue;
		for (i = 0; st == ST_OK && i < 2; i++) {
			const char *code = xml_attr(n, names[i]);

			if (code == NULL)
				continue;
			if (!wsus_guid(code, true, guid))
				return broken(r, d,
				    "a patch code is no GUID");
			st = wsus_add_text(w, &r->patches, guid, d);
		}
	}
	return st;
}

static enum status
read_extended(struct wsus *w, struct wsus_revision *r,
    const struct xml_node *root, struct diag *d)
{
	const struct xml_node *n = child(root, "ExtendedProperties");
	enum status st;

	if (n == NULL)
		return broken(r, d, "it has no ExtendedProperties");
	st = read_properties(w, r, n, d);
	if (st == ST_OK)
		st = read_files(w, r, child(root, "Files"), d);
	for (n = xml_child(root); st == ST_OK && n != NULL; n = xml_next(n))
		if (is(n, "HandlerSpecificData"))
			st = read_handler(w, r, n, d);
	return st;
}

/* ------------------------------------------------------------- localized */

static enum status
read_localized(struct wsus *w, struct wsus_revision *r,
    const struct xml_node *root, struct diag *d)
{
	const struct xml_node *n = child(child(root, "LocalizedProperties"),
	    "Title");

	if (n == NULL)
		return broken(r, d, "it has no title");
	r->title = text_of(w, n);
	return ST_OK;
}

/* ------------------------------------------------------------------- all */

/* They have no root element, and may say of themselves what they are. */
static struct slice
behind_prolog(struct slice s)
{
	struct cursor c = cursor_of(s);
	size_t end;

	if (s.n >= 3 && s.p[0] == 0xef && s.p[1] == 0xbb && s.p[2] == 0xbf)
		cursor_skip(&c, 3);
	s = cursor_take(&c, cursor_left(&c));
	if (s.n < 6 || memcmp(s.p, "<?xml ", 6) != 0)
		return s;
	for (end = 6; end < s.n && s.p[end - 1] != '>'; end++)
		;
	(void)slice_from(s, end, &s);
	return s;
}

enum status
wsus_read_part(struct wsus *w, struct wsus_revision *r, unsigned part,
    struct slice bytes, struct diag *d)
{
	struct xml_doc *doc = NULL;
	enum status st = ST_LIMIT;
	struct buf b;

	bytes = behind_prolog(bytes);
	buf_init(&b, XML_MAX_BYTES);
	if (buf_puts(&b, "<" ROOT ">") &&
	    buf_append(&b, bytes.p, bytes.n) && buf_puts(&b, "</" ROOT ">"))
		st = xml_parse(buf_slice(&b), &doc, d);
	else
		diag_set(d, st, DIAG_NOWHERE, CLAUSE, "larger than %d bytes",
		    XML_MAX_BYTES);
	buf_fini(&b);
	if (st != ST_OK) {
		diag_wrap(d, "revision %u", r->id);
		return st;
	}
	if (part == WSUS_CORE)
		st = read_core(w, r, xml_root(doc), d);
	else if (part == WSUS_EXTENDED)
		st = read_extended(w, r, xml_root(doc), d);
	else
		st = read_localized(w, r, xml_root(doc), d);
	xml_free(doc);
	r->read |= part;
	return st;
}

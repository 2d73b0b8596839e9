/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/msi.h"
#include "formats/msi_pool.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "base/utf.h"

#include <stdlib.h>
#include <string.h>

/*
 * A coded name begins with NAME_TABLE when it is a table's. Units from
 * NAME_PAIR hold two characters of six bits, the first one low; units from
 * NAME_SINGLE hold one. All others stand for themselves.
 */
#define NAME_TABLE	0x4840
#define NAME_PAIR	0x3800
#define NAME_SINGLE	0x4800

struct msi {
	struct cfb	*cfb;
	enum msi_kind	 kind;
	struct msi_pool	*pool;		/* NULL until it is asked for */
};

/* {000C10xx-0000-0000-C000-000000000046}, as it is stored. */
enum msi_kind
msi_kind_of_clsid(const uint8_t clsid[CFB_CLSID_BYTES])
{
	static const uint8_t rest[] = { 0x10, 0x0c, 0x00, 0x00, 0x00, 0x00,
	    0x00, 0xc0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46 };

	if (memcmp(&clsid[1], rest, sizeof(rest)) != 0)
		return MSI_NONE;
	switch (clsid[0]) {
	case 0x82:
		return MSI_TRANSFORM;
	case 0x84:
		return MSI_DATABASE;
	case 0x86:
		return MSI_PATCH;
	default:
		return MSI_NONE;
	}
}

enum status
msi_open(struct source src, struct msi **out, struct diag *d)
{
	struct msi *m = xcalloc(1, sizeof(*m));
	enum status st = cfb_open(src, &m->cfb, d);

	if (st == ST_OK) {
		m->kind = msi_kind_of_clsid(cfb_root(m->cfb)->clsid);
		if (m->kind == MSI_NONE)
			st = diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
			    "no Windows Installer file");
	}
	if (st != ST_OK) {
		msi_close(m);
		return st;
	}
	*out = m;
	return ST_OK;
}

void
msi_close(struct msi *m)
{
	if (m == NULL)
		return;
	msi_pool_close(m->pool);
	cfb_close(m->cfb);
	free(m);
}

enum msi_kind
msi_kind(const struct msi *m)
{
	return m->kind;
}

struct cfb *
msi_cfb(struct msi *m)
{
	return m->cfb;
}

enum status
msi_pool(struct msi *m, struct msi_pool **out, struct diag *d)
{
	enum status st = ST_OK;

	if (m->pool == NULL)
		st = msi_pool_open(m, &m->pool, d);
	if (st == ST_OK)
		*out = m->pool;
	return st;
}

/* ---- names of streams ---- */

static bool
put_coded(struct buf *name, unsigned six_bits)
{
	static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz._";

	return buf_putc(name, alphabet[six_bits & 0x3f]);
}

bool
msi_name_decode(const struct cfb_entry *stream, struct buf *name,
    bool *is_table)
{
	struct slice raw = slice_of(stream->raw, stream->raw_len, 0), unit;
	uint16_t u = 0;
	size_t i = 0;
	bool ok = true;

	*is_table = slice_u16le(raw, 0, &u) && u == NAME_TABLE;
	for (i = *is_table ? 2 : 0; ok && slice_sub(raw, i, 2, &unit);
	    i += 2) {
		(void)slice_u16le(unit, 0, &u);
		if (u >= NAME_PAIR && u < NAME_SINGLE)
			ok = put_coded(name, u) &&
			    put_coded(name, (unsigned)(u - NAME_PAIR) >> 6);
		else if (u >= NAME_SINGLE && u < NAME_TABLE)
			ok = put_coded(name, u);
		else
			ok = utf_from_utf16le(unit, name);
	}
	return ok;
}

const struct cfb_entry *
msi_find(struct msi *m, const char *name, bool is_table)
{
	const struct cfb_entry *hit = NULL;
	const struct cfb_entry *const *children;
	struct buf text;
	size_t count, i;
	bool table;

	buf_init(&text, CFB_NAME_TEXT * 2);
	children = cfb_children(m->cfb, cfb_root(m->cfb), &count);
	for (i = 0; i < count && hit == NULL; i++) {
		buf_clear(&text);
		if (children[i]->kind == CFB_STREAM &&
		    msi_name_decode(children[i], &text, &table) &&
		    table == is_table && strcmp(buf_text(&text), name) == 0)
			hit = children[i];
	}
	buf_fini(&text);
	return hit;
}

/* ---- codes ---- */

/* One "{...}" at *S, which moves behind it; in upper case into OUT. */
static bool
take_guid(const char **s, char out[MSI_GUID_TEXT])
{
	static const char form[] = "{XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX}";
	const char *p = *s;
	size_t i;

	for (i = 0; form[i] != '\0'; i++) {
		char c = p[i];

		if (c >= 'a' && c <= 'f')
			c = (char)(c - 'a' + 'A');
		if (form[i] == 'X' ? strchr("0123456789ABCDEF", c) == NULL ||
		    c == '\0' : c != form[i])
			return false;
		out[i] = c;
	}
	out[i] = '\0';
	*s = p + i;
	return true;
}

struct codes {
	char	(*v)[MSI_GUID_TEXT];	/* owned */
	size_t	 n;
};

/* A list of codes, with SEPARATOR between them unless it is NUL. */
static enum status
take_codes(const char *text, char separator, struct codes *out,
    struct diag *d)
{
	const char *s = text;

	while (*s != '\0') {
		if (out->n >= MSI_MAX_CODES)
			return diag_set(d, ST_LIMIT, DIAG_NOWHERE,
			    "limit: MSI_MAX_CODES", "too many codes");
		out->v = xpush(out->v, out->n, sizeof(*out->v));
		if (!take_guid(&s, out->v[out->n]))
			return diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
			    "Windows Installer: summary", "\"%.80s\" is no "
			    "list of codes", text);
		out->n++;
		if (separator != '\0' && *s == separator)
			s++;
	}
	return ST_OK;
}

/*
 * Spec:    Windows Installer, "Revision Number Summary" and "Template
 *          Summary" of patch packages
 */
enum status
msi_patch_decode(const struct msi_summary *s, struct msi_patch *out,
    struct diag *d)
{
	struct codes obsoletes = { 0 }, targets = { 0 };
	struct msi_patch p;
	const char *at;
	enum status st = ST_OK;

	if (s->revision == NULL)
		return ST_ABSENT;
	at = s->revision;
	if (!take_guid(&at, p.code))
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
		    "Windows Installer: summary",
		    "\"%.80s\" begins with no patch code", s->revision);
	st = take_codes(at, '\0', &obsoletes, d);
	if (st == ST_OK && s->template != NULL)
		st = take_codes(s->template, ';', &targets, d);
	if (st != ST_OK) {
		free(obsoletes.v);
		free(targets.v);
		return st;
	}
	p.obsoletes = obsoletes.v;
	p.obsolete_count = obsoletes.n;
	p.targets = targets.v;
	p.target_count = targets.n;
	*out = p;
	return ST_OK;
}

void
msi_patch_fini(struct msi_patch *p)
{
	free(p->obsoletes);
	free(p->targets);
	*p = (struct msi_patch){ 0 };
}

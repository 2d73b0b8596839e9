/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/msi.h"
#include "formats/msi_name.h"
#include "formats/msi_pool.h"
#include "base/alloc.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

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
		st = msi_pool_open(m->cfb, &m->pool, d);
	if (st == ST_OK)
		*out = m->pool;
	return st;
}

const struct cfb_entry *
msi_find(struct msi *m, const char *name, bool is_table)
{
	return msi_name_find(m->cfb, name, is_table);
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

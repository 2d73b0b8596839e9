/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/collect.h"
#include "base/alloc.h"
#include "formats/pe.h"

#include <stdlib.h>

/* WHERE of a value: the key and the name, parted as "reg query" does not
 * but as people write it. */
static void
value_unreadable(struct collect *c, enum ev_kind kind, const char *key,
    const char *name, const struct diag *d)
{
	char *where = host_join(key, name);

	collect_unreadable(c, kind, where, d);
	free(where);
}

char *
collect_text(struct collect *c, enum ev_kind kind, const char *key,
    const char *name)
{
	struct diag d = { .text = "" };
	char *text = NULL;
	enum status st = host_text(c->host, key, name, &text, &d);

	if (st == ST_OK)
		return text;
	if (st != ST_ABSENT)
		value_unreadable(c, kind, key, name, &d);
	return NULL;
}

bool
collect_dword(struct collect *c, enum ev_kind kind, const char *key,
    const char *name, uint32_t *out)
{
	struct diag d = { .text = "" };
	enum status st = host_dword(c->host, key, name, out, &d);

	if (st != ST_OK && st != ST_ABSENT)
		value_unreadable(c, kind, key, name, &d);
	return st == ST_OK;
}

void
collect_keys(struct collect *c, enum ev_kind kind, const char *key,
    char ***names, size_t *count)
{
	struct diag d = { .text = "" };
	enum status st;

	*names = NULL;
	*count = 0;
	st = host_key_list(c->host, key, names, count, &d);
	if (st != ST_OK && st != ST_ABSENT)
		collect_unreadable(c, kind, key, &d);
}

/* The binary version of an open file. */
static enum status
read_version(struct host_file *f, struct version *out, struct diag *d)
{
	struct pe_version v;
	struct pe *pe = NULL;
	enum status st = pe_open(f->src, &pe, d);

	if (st == ST_OK)
		st = pe_version(pe, &v, d);
	if (st == ST_OK)
		*out = v.file;
	pe_close(pe);
	return st;
}

enum ev_state
collect_version(struct collect *c, const char *path, struct version *out)
{
	struct host_file f;
	enum status st = host_file_open(c->host, path, &f, NULL);

	if (st == ST_ABSENT)
		return EV_ABSENT;
	if (st != ST_OK)
		return EV_UNREADABLE;
	st = read_version(&f, out, NULL);
	host_file_close(&f);
	return st == ST_OK ? EV_PRESENT : EV_UNREADABLE;
}

void
collect_file(struct collect *c, const char *path, enum ev_state missing,
    struct inv_file *file)
{
	struct diag d = { .text = "" };
	char text[VERSION_TEXT];
	struct host_file f;
	enum status st;

	struct host_stat s;

	file->path = xstrdup(path);
	file->is_link = host_file_stat(c->host, path, &s, NULL) == ST_OK &&
	    s.is_link;
	st = host_file_open(c->host, path, &f, &d);
	if (st == ST_ABSENT) {
		file->state = missing;
		file->ev = collect_note(c, EV_FILE, missing, path, NULL);
		return;
	}
	if (st == ST_OK) {
		st = read_version(&f, &file->version, &d);
		host_file_close(&f);
		if (st == ST_ABSENT)
			(void)diag_set(&d, st, DIAG_NOWHERE, NULL,
			    "no version resource");
	}
	if (st != ST_OK) {
		file->state = EV_UNREADABLE;
		file->ev = collect_unreadable(c, EV_FILE, path, &d);
		return;
	}
	file->state = EV_PRESENT;
	file->ev = collect_note(c, EV_FILE, EV_PRESENT, path,
	    version_format(file->version, text));
}

void
inv_file_fini(struct inv_file *f)
{
	free(f->path);
	inv_seen_free(f->seen);
}


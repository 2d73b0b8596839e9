/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/collect.h"
#include "base/alloc.h"
#include "base/utf.h"
#include "formats/pe.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KB_DIGITS_MIN	6	/* KB890830 */
#define KB_DIGITS_MAX	7

ev_id
collect_note(struct collect *c, enum ev_kind kind, enum ev_state state,
    const char *where, const char *value)
{
	struct inventory *inv = c->inv;
	struct evidence *e;

	inv->evidence = xpush(inv->evidence, inv->evidence_count,
	    sizeof(*inv->evidence));
	e = &inv->evidence[inv->evidence_count++];
	*e = (struct evidence){ kind, state, xstrdup(where), xstrdup(value),
	    false };
	return inv->evidence_count;
}

void
collect_amend(struct collect *c, ev_id id, const char *value)
{
	struct evidence *e = &c->inv->evidence[id - 1];

	free(e->value);
	e->value = xstrdup(value);
}

/* Is WHERE a key of a hive that did not open? */
static bool
in_closed_hive(struct collect *c, const char *where)
{
	const struct host_hive *hives;
	size_t i, n = host_hives(c->host, &hives);

	for (i = 0; i < n; i++) {
		char *root = host_join("HKLM", hives[i].name);
		bool below = utf_case_prefix(where, root);

		free(root);
		if (below)
			return hives[i].st != ST_OK;
	}
	return false;
}

ev_id
collect_unreadable(struct collect *c, enum ev_kind kind, const char *where,
    const struct diag *d)
{
	char line[640];
	ev_id id;

	if (in_closed_hive(c, where))
		return 0;
	diag_line(d, line, sizeof(line));
	id = collect_note(c, kind, EV_UNREADABLE, where, line);
	c->inv->evidence[id - 1].refused = d->refused;
	return id;
}

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

void
collect_file(struct collect *c, const char *path, enum ev_state missing,
    struct inv_file *file)
{
	struct diag d = { .text = "" };
	char text[VERSION_TEXT];
	struct host_file f;
	enum status st;

	file->path = xstrdup(path);
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

char *
kb_in_text(const char *text)
{
	const char *p;

	for (p = text; *p != '\0'; p++) {
		size_t n;

		if (!utf_case_prefix(p, "kb"))
			continue;
		n = strspn(p + 2, "0123456789");
		if (n >= KB_DIGITS_MIN && n <= KB_DIGITS_MAX)
			return xasprintf("KB%.*s", (int)n, p + 2);
	}
	return NULL;
}

/* "clean", "dirty, replayed (...)", as far as is known. */
static void
hive_text(const struct host_hive *h, char *text, size_t len)
{
	char state[768];

	if (h->replay.state == REGF_REPLAY_UNKNOWN)
		snprintf(state, sizeof(state), "%s", h->dirty ?
		    "dirty, not replayed" : "clean");
	else
		regf_replay_text(&h->replay, state, sizeof(state));
	snprintf(text, len, "%s%s", state,
	    h->checksum_ok ? "" : "; header checksum wrong");
}

/* A copy of how the host found its hives, with a record for each. */
void
collect_hives(struct collect *c)
{
	const struct host_hive *hives;
	struct inventory *inv = c->inv;
	size_t i;

	inv->hive_count = host_hives(c->host, &hives);
	inv->hives = xcalloc(inv->hive_count, sizeof(*inv->hives));
	for (i = 0; i < inv->hive_count; i++) {
		const struct host_hive *h = &hives[i];
		char value[1024];

		inv->hives[i] = *h;
		inv->hives[i].name = xstrdup(h->name);
		inv->hives[i].where = xstrdup(h->where);
		if (h->st != ST_OK) {
			collect_unreadable(c, EV_HIVE, h->where, &h->diag);
			continue;
		}
		hive_text(h, value, sizeof(value));
		collect_note(c, EV_HIVE, EV_PRESENT, h->where, value);
		if (h->damaged != 0)
			collect_unreadable(c, EV_HIVE, h->where, &h->diag);
	}
}

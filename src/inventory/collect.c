/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/collect.h"
#include "base/alloc.h"

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

bool
collect_has_values(struct collect *c, enum ev_kind kind, const char *key)
{
	struct diag d = { .text = "" };
	char **names = NULL;
	size_t count = 0;
	enum status st = host_value_list(c->host, key, &names, &count, &d);

	if (st != ST_OK && st != ST_ABSENT)
		collect_unreadable(c, kind, key, &d);
	if (st == ST_OK)
		host_names_free(names, count);
	return st == ST_OK && count != 0;
}

void
inv_facts_free(struct file_facts *f)
{
	file_facts_fini(f);
	free(f);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "base/utf.h"
#include "inventory/collect.h"

#include <stdlib.h>
#include <string.h>

#define UPDATES	"HKLM\\SOFTWARE\\Microsoft\\Updates"

static bool
is_kb(const char *name)
{
	char *kb = kb_in_text(name);
	bool is = kb != NULL && utf_casecmp(kb, name) == 0;

	free(kb);
	return is;
}

static void
collect_marker(struct collect *c, struct inv_exchange *ex, const char *key,
    const char *name)
{
	struct inv_marker m = { 0 };
	char *value;

	m.kb = utf_fold_dup(name);
	m.package_name = collect_text(c, EV_MARKER, key, "PackageName");
	m.installed_date = collect_text(c, EV_MARKER, key, "InstalledDate");
	value = xasprintf("%s%s%s", m.package_name != NULL ?
	    m.package_name : "(no PackageName)",
	    m.installed_date != NULL ? ", installed " : "",
	    m.installed_date != NULL ? m.installed_date : "");
	m.ev = collect_note(c, EV_MARKER, EV_PRESENT, key, value);
	ex->markers = xpush(ex->markers, ex->marker_count, sizeof(m));
	ex->markers[ex->marker_count++] = m;
	free(value);
}

/*
 * Every KB below KEY, and one level deeper (SP1, SP2, ...). The number of
 * the service pack in the path is not the one that is installed, so the path
 * is walked and never built.
 */
static void
collect_below(struct collect *c, struct inv_exchange *ex, const char *key,
    unsigned depth)
{
	char **names;
	size_t i, count;

	collect_keys(c, EV_MARKER, key, &names, &count);
	for (i = 0; i < count; i++) {
		char *sub = host_join(key, names[i]);

		if (is_kb(names[i]))
			collect_marker(c, ex, sub, names[i]);
		else if (depth > 0)
			collect_below(c, ex, sub, depth - 1);
		free(sub);
	}
	host_names_free(names, count);
}

static bool
is_update_key_of(const struct cat_product *p, const char *name)
{
	size_t i;

	for (i = 0; i < p->update_key_count; i++)
		if (utf_casecmp(p->update_keys[i], name) == 0)
			return true;
	return false;
}

void
collect_markers(struct collect *c, struct inv_exchange *ex)
{
	char **names;
	size_t i, count;

	if (ex->product == NULL)
		return;
	collect_keys(c, EV_MARKER, UPDATES, &names, &count);
	for (i = 0; i < count; i++) {
		char *key = host_join(UPDATES, names[i]);

		if (is_update_key_of(ex->product, names[i]))
			collect_below(c, ex, key, 1);
		free(key);
	}
	host_names_free(names, count);
}

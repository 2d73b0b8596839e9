/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "base/utf.h"
#include "inventory/collect.h"

#include <stdlib.h>
#include <string.h>

#define UPDATES	"HKLM\\SOFTWARE\\Microsoft\\Updates"
#define WOW64	"HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Updates"

/* KB is taken over. */
static void
collect_marker(struct collect *c, const char *group, const char *key,
    char *kb)
{
	struct inventory *inv = c->inv;
	struct inv_marker m = { .group = xstrdup(group), .kb = kb };
	char *value;

	m.package_name = collect_text(c, EV_MARKER, key, "PackageName");
	m.installed_date = collect_text(c, EV_MARKER, key, "InstalledDate");
	value = xasprintf("%s%s%s", m.package_name != NULL ?
	    m.package_name : "(no PackageName)",
	    m.installed_date != NULL ? ", installed " : "",
	    m.installed_date != NULL ? m.installed_date : "");
	m.ev = collect_note(c, EV_MARKER, EV_PRESENT, key, value);
	inv->markers = xpush(inv->markers, inv->marker_count, sizeof(m));
	inv->markers[inv->marker_count++] = m;
	free(value);
}

/*
 * Every KB below KEY, and a few levels deeper (SP1, SP2, ...). The number of
 * the service pack in the path is not the one that is installed, so the path
 * is walked and never built. A name may have more in it than the KB.
 */
static void
collect_below(struct collect *c, const char *group, const char *key,
    unsigned depth)
{
	char **names;
	size_t i, count;

	collect_keys(c, EV_MARKER, key, &names, &count);
	for (i = 0; i < count; i++) {
		char *sub = host_join(key, names[i]);
		char *kb = kb_in_text(names[i]);

		if (kb != NULL)
			collect_marker(c, group, sub, kb);
		else if (depth > 0)
			collect_below(c, group, sub, depth - 1);
		free(sub);
	}
	host_names_free(names, count);
}

/* Is NAME where updates of some product are marked? */
static bool
is_update_key(const struct catalogue *cat, const char *name)
{
	const struct cat_product *p;
	size_t i, k, n = catalogue_products(cat, &p);

	for (i = 0; i < n; i++)
		for (k = 0; k < p[i].update_key_count; k++)
			if (utf_casecmp(p[i].update_keys[k], name) == 0)
				return true;
	return utf_case_prefix(name, "exchange");
}

static void
collect_view(struct collect *c, const char *updates)
{
	char **names;
	size_t i, count;

	collect_keys(c, EV_MARKER, updates, &names, &count);
	for (i = 0; i < count; i++) {
		char *key = host_join(updates, names[i]);

		if (is_update_key(c->cat, names[i]))
			collect_below(c, names[i], key, MARKER_DEPTH);
		free(key);
	}
	host_names_free(names, count);
}

/* On a host without a Setup key, they are traces. */
void
collect_markers(struct collect *c)
{
	if (c->inv->setup_count == 0)
		return;
	collect_view(c, UPDATES);
	collect_view(c, WOW64);
}

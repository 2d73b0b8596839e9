/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/match.h"
#include "base/alloc.h"

#include <stdlib.h>

static void
add(struct cat_match *m, enum cat_match_kind kind,
    const struct cat_release *r)
{
	m->kind = kind;
	m->releases = xpush(m->releases, m->count, sizeof(*m->releases));
	m->releases[m->count++] = r;
}

static bool
begins_with(struct version build, struct version v, unsigned parts)
{
	unsigned i;

	for (i = 0; i < parts; i++)
		if (build.part[i] != v.part[i])
			return false;
	return version_known(build);
}

static bool
has_component(const struct cat_release *r, struct version v)
{
	size_t i;

	for (i = 0; i < r->component_count; i++)
		if (version_equal(r->components[i].build, v))
			return true;
	return false;
}

static void
add_components(const struct catalogue *c, struct version v,
    struct cat_match *m)
{
	const struct cat_release *const *all;
	size_t i, n = catalogue_releases(c, &all);

	for (i = 0; i < n; i++)
		if (has_component(all[i], v))
			add(m, CAT_MATCH_COMPONENT, all[i]);
}

static void
add_prefix(const struct catalogue *c, struct version v, unsigned parts,
    struct cat_match *m)
{
	const struct cat_release *const *all;
	size_t i, n = catalogue_releases(c, &all);

	for (i = 0; i < n; i++)
		if (begins_with(all[i]->build, v, parts))
			add(m, CAT_MATCH_RANGE, all[i]);
}

static void
add_neighbours(const struct catalogue *c, struct version v,
    struct cat_match *m)
{
	if (m->kind == CAT_MATCH_NONE)
		catalogue_neighbours(c, v, &m->below, &m->above);
}

void
cat_match_build(const struct catalogue *c, struct version v,
    struct cat_match *out)
{
	const struct cat_release *r;

	*out = (struct cat_match){ .kind = CAT_MATCH_NONE };
	if (v.parts < 4)
		add_prefix(c, v, v.parts, out);
	else if ((r = catalogue_find_build(c, v)) != NULL)
		add(out, CAT_MATCH_EXACT, r);
	else
		add_components(c, v, out);
	add_neighbours(c, v, out);
}

void
cat_match_prefix(const struct catalogue *c, struct version v,
    unsigned parts, struct cat_match *out)
{
	*out = (struct cat_match){ .kind = CAT_MATCH_NONE };
	add_prefix(c, v, parts, out);
	add_neighbours(c, v, out);
}

void
cat_match_fini(struct cat_match *m)
{
	free(m->releases);
}

const char *
cat_match_name(enum cat_match_kind k)
{
	switch (k) {
	case CAT_MATCH_EXACT:
		return "exact";
	case CAT_MATCH_RANGE:
		return "range";
	case CAT_MATCH_COMPONENT:
		return "component";
	case CAT_MATCH_NONE:
		break;
	}
	return "none";
}

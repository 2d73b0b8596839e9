/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/releases.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

void
releases_add(struct releases *r, const struct cat_release *release)
{
	struct release_view v = { .release = release };

	v.replaced_by_count = catalogue_replaced_by(release, NULL, 0);
	v.replaced_by = xcalloc(v.replaced_by_count,
	    sizeof(*v.replaced_by));
	(void)catalogue_replaced_by(release, v.replaced_by,
	    v.replaced_by_count);
	r->views = xpush(r->views, r->count, sizeof(v));
	r->views[r->count++] = v;
}

static bool
refs_have(const struct cat_refs *refs, const char *id)
{
	size_t i;

	for (i = 0; i < refs->count; i++)
		if (strcmp(refs->ids[i], id) == 0)
			return true;
	return false;
}

static bool
packages_cite(const struct cat_release *r, const char *id)
{
	const struct cat_package *p;
	size_t i;

	for (p = r->packages; p < r->packages + r->package_count; p++) {
		if (strcmp(p->evidence, id) == 0)
			return true;
		for (i = 0; i < p->digest_count; i++)
			if (refs_have(&p->digests[i].sources, id))
				return true;
	}
	return false;
}

/* Does any of COUNT things at FIRST, SIZE bytes each, have ID among its
 * sources, which lie OFFSET bytes into it? */
static bool
any_cites(const void *first, size_t count, size_t size, size_t offset,
    const char *id)
{
	const char *p = first;
	size_t i;

	for (i = 0; i < count; i++)
		if (refs_have((const void *)(p + i * size + offset), id))
			return true;
	return false;
}

#define ANY(list, count, type)						\
	any_cites(list, count, sizeof(struct type),			\
	    offsetof(struct type, sources), id)

static bool
cites(const struct cat_release *r, const char *id)
{
	return refs_have(&r->sources, id) || refs_have(&r->kb_sources, id) ||
	    refs_have(&r->date_sources, id) ||
	    refs_have(&r->replace.sources, id) || packages_cite(r, id) ||
	    ANY(r->carried, r->carried_count, cat_carried) ||
	    ANY(r->patches, r->patch_count, cat_patch) ||
	    ANY(r->components, r->component_count, cat_component) ||
	    ANY(r->disputes, r->dispute_count, cat_dispute);
}

bool
releases_cite(const struct releases *r, const char *id)
{
	size_t i;

	for (i = 0; i < r->count; i++)
		if (cites(r->views[i].release, id))
			return true;
	return false;
}

void
releases_fini(struct releases *r)
{
	size_t i;

	for (i = 0; i < r->count; i++)
		free(r->views[i].replaced_by);
	free(r->views);
}

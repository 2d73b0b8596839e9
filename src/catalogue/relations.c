/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/catalogue.h"

#include <string.h>

bool
release_has_kb(const struct cat_release *r, const char *kb)
{
	size_t i;

	for (i = 0; i < r->kb_count; i++)
		if (strcmp(r->kbs[i], kb) == 0)
			return true;
	return false;
}

const struct cat_release *
catalogue_superseded(const struct cat_release *r,
    const struct cat_superseded *s)
{
	const struct cat_branch *b = r->branch;
	size_t i;

	if (s->release != NULL)
		return s->release;
	for (i = 0; i < b->release_count; i++)
		if (b->releases[i] != r &&
		    release_has_kb(b->releases[i], s->kb))
			return b->releases[i];
	return NULL;
}

static bool
supersedes(const struct cat_release *newer, const struct cat_release *r)
{
	size_t i;

	for (i = 0; i < newer->supersedes_count; i++)
		if (catalogue_superseded(newer, &newer->supersedes[i]) == r)
			return true;
	return false;
}

size_t
catalogue_replaced_by(const struct cat_release *r,
    const struct cat_release **out, size_t max)
{
	const struct cat_branch *b = r->branch;
	const struct cat_release *x;
	size_t i, n = 0;

	for (i = 0; i < b->release_count; i++) {
		x = b->releases[i];
		if (x != r->replace.by && !supersedes(x, r))
			continue;
		if (n < max)
			out[n] = x;
		n++;
	}
	return n;
}

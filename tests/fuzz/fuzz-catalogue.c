/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"

#include "catalogue/catalogue.h"
#include "catalogue/check.h"

#include <stdlib.h>

/* Ask everything of a release that follows pointers through the model. */
static void
walk(const struct catalogue *c)
{
	const struct cat_release *const *r;
	const struct cat_release *out[4], *below, *above;
	size_t i, n = catalogue_releases(c, &r);

	for (i = 0; i < n; i++) {
		catalogue_cures(r[i], INSTANT_UNLIMITED, out, 4);
		catalogue_neighbours(c, r[i]->build, &below, &above);
		if (catalogue_release(c, r[i]->id) != r[i])
			abort();
	}
}

/* The linter sees what nothing else may: circles, builds in any order. */
static void
check(struct slice xml)
{
	struct catalogue *c = NULL;
	struct check_result found;
	struct diag d;

	if (catalogue_load_draft(xml, "fuzz", &c, &d) != ST_OK)
		return;
	check_catalogue(c, INSTANT_UNLIMITED, &found);
	check_fini(&found);
	catalogue_free(c);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct catalogue *c = NULL;
	struct diag d;

	if (catalogue_load(slice_of(data, len, 0), "fuzz", &c, &d) == ST_OK)
		walk(c);
	catalogue_free(c);
	check(slice_of(data, len, 0));
	c = NULL;
	/* Most inputs are not of the grammar: without it they come further. */
	if (catalogue_reload(slice_of(data, len, 0), "fuzz", &c, &d) == ST_OK)
		walk(c);
	catalogue_free(c);
	return 0;
}

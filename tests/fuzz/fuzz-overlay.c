/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"

#include "catalogue/catalogue.h"
#include "catalogue/check.h"

#include <stdlib.h>

/* What overlays are laid over: small, for speed. */
static const char base[] =
    "<catalogue xmlns='urn:rollcall:catalogue:1' serial='2026010101'"
    " issued='2026-01-01' known-until='2026-01-01' expires='2027-01-01'>"
    "<source id='A' title='t' where='w'/>"
    "<advisory id='1' published='2026-01-01' title='t' sources='A'>"
    "<text>t</text></advisory>"
    "<product id='P' name='Exchange P' from='1.0.0.0' below='2.0.0.0'"
    " sources='A'><setup-key>SOFTWARE\\P</setup-key><branch id='RTM'>"
    "<release id='p' kind='RTM' label='RTM' revision='1' build='1.0.1.0'"
    " confidence='high' sources='A'/>"
    "<release id='p-1' kind='SU' label='One' revision='1' build='1.0.3.0'"
    " kb='KB1000001'"
    " confidence='high' sources='A'>"
    "<replace force='required' reason='recalled' by='p-2' sources='A'>t"
    "</replace></release>"
    "<release id='p-2' kind='SU' label='Two-v2' revision='2' build='1.0.5.0'"
    " confidence='high' sources='A'/>"
    "</branch></product></catalogue>";

/* Every release is found again, in its branch and by what it replaces. */
static void
walk(const struct catalogue *c)
{
	const struct cat_release *const *r;
	const struct cat_release *out[4];
	size_t i, k, n = catalogue_releases(c, &r);

	for (i = 0; i < n; i++) {
		for (k = 0; k < r[i]->branch->release_count; k++)
			if (r[i]->branch->releases[k] == r[i])
				break;
		if (k == r[i]->branch->release_count ||
		    catalogue_release(c, r[i]->id) != r[i])
			abort();
		catalogue_cures(r[i], INSTANT_UNLIMITED, out, 4);
	}
}

/* Nothing that "catalogue check" lets pass may turn the advice about. */
static void
keeps_advice(const struct catalogue *c)
{
	const struct cat_release *bad = catalogue_release(c, "p-1");
	const struct cat_release *good = catalogue_release(c, "p-2");
	const struct cat_release *out[4];
	size_t i, n;

	if (bad->replace.force != CAT_REQUIRED || bad->replace.by != good)
		abort();
	n = catalogue_cures(bad, INSTANT_UNLIMITED, out, 4);
	if (n == 0)
		abort();
	for (i = 0; i < n && i < 4; i++)
		if (version_cmp(out[i]->build, good->build) < 0)
			abort();
	n = catalogue_replaced_by(good, out, 4);
	for (i = 0; i < n && i < 4; i++)
		if (version_cmp(out[i]->build, good->build) < 0)
			abort();
	n = catalogue_find_kb(c, "KB1000001", out, 4);
	for (i = 0; i < n && i < 4; i++)
		if (out[i] != bad && out[i]->branch == bad->branch &&
		    out[i] != bad->replace.by)
			abort();
}

static void
check(const struct catalogue *c)
{
	struct check_result found;

	check_catalogue(c, INSTANT_UNLIMITED, &found);
	if (found.standing == 0)
		keeps_advice(c);
	check_fini(&found);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct catalogue *c = NULL;
	struct diag d;

	if (catalogue_reload(slice_of(base, sizeof(base) - 1, 0), "base", &c,
	    &d) != ST_OK)
		abort();
	if (catalogue_overlay(c, slice_of(data, len, 0), "fuzz", &d) == ST_OK) {
		walk(c);
		check(c);
	}
	catalogue_free(c);
	return 0;
}

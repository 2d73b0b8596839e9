/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "cmd/command.h"
#include "cmd/open_catalogue.h"
#include "cmd/output.h"
#include "cmd/tell.h"
#include "report/releases.h"

#include <stdlib.h>

/* Releases with the KB that WHAT may be. */
static void
add_by_kb(struct releases *found, const char *what)
{
	size_t i, n = catalogue_find_kb(found->cat, what, NULL, 0);
	const struct cat_release **list = xcalloc(n, sizeof(*list));

	(void)catalogue_find_kb(found->cat, what, list, n);
	for (i = 0; i < n; i++)
		releases_add(found, list[i]);
	free(list);
}

static void
find(struct releases *found, const char *what)
{
	const struct cat_release *r = catalogue_release(found->cat, what);
	struct version v;

	if (r == NULL && version_parse(what, &v))
		r = catalogue_find_build(found->cat, v);
	if (r != NULL)
		releases_add(found, r);
	else
		add_by_kb(found, what);
}

static enum exit_code
show_run(void *options, char **args, size_t count)
{
	const struct common *o = options;
	struct catalogue *cat = NULL;
	struct releases found = { .version = PACKAGE_VERSION,
	    .at = o->at };
	enum exit_code code = open_catalogue(o, &cat);

	(void)count;
	if (code != EXIT_GO_ON)
		return code;
	found.cat = cat;
	find(&found, args[0]);
	if (found.count == 0)
		tell(o->teller, args[0],
		    "no id, build or KB of a release that is known; \"rollcall "
		    "which\" takes names, and tells what is near");
	code = exit_or(write_result(o, &found), found.count == 0 ?
	    EXIT_ADVISED : EXIT_NOTHING_TO_DO);
	releases_fini(&found);
	catalogue_free(cat);
	return code;
}

const struct command cmd_catalogue_show = {
	.name = "catalogue show",
	.summary = "all that is known of a release, and from where",
	.synopsis = "[OPTION...] ID|BUILD|KB",
	.text = "Show what the catalogue has of the releases that the id, the "
	    "build (in any spelling) or the KB names: every fact with its "
	    "sources, what is disputed, what it replaces and what replaces "
	    "it. The program ends with 1 when there is none.",
	.result = REPORT_SHOW,
	.min_args = 1,
	.max_args = 1,
	.options_size = sizeof(struct common),
	.run = show_run,
};

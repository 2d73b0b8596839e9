/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "base/utf.h"
#include "cmd/command.h"
#include "cmd/open_catalogue.h"
#include "cmd/output.h"
#include "cmd/tell.h"
#include "report/releases.h"

#include <stdlib.h>

struct list_options {
	struct common	 common;
	const char	*product;
	const char	*branch;
	instant		 since;
	bool		 affected;
	bool		 rereleased;
};

static const struct option_row rows[] = {
	{ "product", 0, "NAME", OPTION_TEXT,
	    offsetof(struct list_options, product),
	    "only of this product: 2010, \"Exchange 2010\", SE" },
	{ "branch", 0, "NAME", OPTION_TEXT,
	    offsetof(struct list_options, branch),
	    "only of this service pack or cumulative update" },
	{ "since", 0, "DAY", OPTION_INSTANT,
	    offsetof(struct list_options, since),
	    "only released on DAY or after" },
	{ "affected", 0, NULL, OPTION_FLAG,
	    offsetof(struct list_options, affected),
	    "only what an advisory concerns, or perhaps does" },
	{ "rereleased", 0, NULL, OPTION_FLAG,
	    offsetof(struct list_options, rereleased),
	    "only updates that were released again, each revision" },
};

/* Wanted by no name, or by one of the two. */
static bool
is_named(const char *wanted, const char *a, const char *b)
{
	return wanted == NULL || utf_casecmp(wanted, a) == 0 ||
	    utf_casecmp(wanted, b) == 0;
}

static bool
is_wanted(const struct list_options *o, const struct cat_release *r)
{
	return is_named(o->product, r->product->id, r->product->name) &&
	    is_named(o->branch, r->branch->id, r->branch->also) &&
	    (o->since == INSTANT_NONE || r->released >= o->since) &&
	    (!o->affected || r->advisory[0] != '\0' ||
	    r->perhaps[0] != '\0') &&
	    (!o->rereleased || r->replace.by != NULL || r->revision > 1);
}

static bool
is_wanted_product(const struct list_options *o, const struct cat_product *p)
{
	return is_named(o->product, p->id, p->name);
}

/* A name that is nobody's is told, with those that there are. Returns: false
 * when it was. */
static bool
check_product(const struct list_options *o, const struct catalogue *cat)
{
	const struct cat_product *all;
	size_t i, n = catalogue_products(cat, &all);
	char *names = NULL, *more;

	for (i = 0; i < n; i++) {
		if (is_wanted_product(o, &all[i]))
			break;
		more = names == NULL ? xstrdup(all[i].id) :
		    xasprintf("%s, %s", names, all[i].id);
		free(names);
		names = more;
	}
	if (i == n)
		tell(o->common.teller, "catalogue list", "no product is named "
		    "\"%s\"; there are: %s", o->product, names);
	free(names);
	return i != n;
}

/* The same for branches, of the product that is wanted or of any: of all
 * products they would be too many to be told. */
static void
check_branch(const struct list_options *o, const struct catalogue *cat)
{
	const struct cat_branch *all;
	size_t i, n = catalogue_branches(cat, &all);
	char *names = xstrdup(""), *more;
	bool found = false;

	for (i = 0; i < n; i++) {
		if (!is_wanted_product(o, all[i].product))
			continue;
		found |= is_named(o->branch, all[i].id, all[i].also);
		more = xasprintf("%s%s%s", names, names[0] != '\0' ? ", " :
		    "; there are: ", all[i].id);
		free(names);
		names = more;
	}
	if (!found)
		tell(o->common.teller, "catalogue list", "no branch of %s is "
		    "named \"%s\"%s", o->product != NULL ? o->product :
		    "a product", o->branch, o->product != NULL ? names : "");
	free(names);
}

static enum exit_code
list_run(void *options, char **args, size_t count)
{
	const struct list_options *o = options;
	const struct cat_release *const *all;
	struct catalogue *cat = NULL;
	struct releases list = { .version = PACKAGE_VERSION,
	    .at = o->common.at };
	enum exit_code code = open_catalogue(&o->common, &cat);
	size_t i, n;

	(void)args;
	(void)count;
	if (code != EXIT_GO_ON)
		return code;
	if (check_product(o, cat))
		check_branch(o, cat);
	list.cat = cat;
	n = catalogue_releases(cat, &all);
	for (i = 0; i < n; i++)
		if (is_wanted(o, all[i]))
			releases_add(&list, all[i]);
	code = exit_or(write_result(&o->common, &list), list.count == 0 ?
	    EXIT_ADVISED : EXIT_NOTHING_TO_DO);
	releases_fini(&list);
	catalogue_free(cat);
	return code;
}

const struct command cmd_catalogue_list = {
	.name = "catalogue list",
	.summary = "the releases that are known",
	.synopsis = "[OPTION...]",
	.text = "List releases, in the order of products, branches and "
	    "builds. --format csv writes a table for spreadsheets. The "
	    "program ends with 1 when there is none.",
	.result = REPORT_LIST,
	.min_args = 0,
	.max_args = 0,
	.options = rows,
	.option_count = sizeof(rows) / sizeof(rows[0]),
	.options_size = sizeof(struct list_options),
	.run = list_run,
};

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/import_lists.h"

#include "base/alloc.h"
#include "base/utf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * CSAF 2.0, as MSRC writes it: one document a CVE. A tree of products with two
 * leaves each, what is older than the fixed build ("<15.02.1748.039") and that
 * build, which have ids; and for each vulnerability "remediations", of which a
 * "vendor_fix" names the build that is fixed ("15.02.1748.039:Security
 * Update:https://..."), the page of its KB and the ids of what it is for. Its
 * day is that of the document: of an update that cured more than was told at
 * first, it is a later one.
 */

/* A leaf of the tree. Texts die with the document. */
struct product {
	const char	*id;
	const char	*name;		/* of the product above it */
	const char	*version;	/* its own name: "15.02.1748.039" */
};

struct csaf {
	struct import	*im;
	const struct import_source *source;
	struct product	*products;
	size_t		 count;
	enum status	 st;
	struct diag	*d;
};

static int
by_id(const void *a, const void *b)
{
	const struct product *x = a, *y = b;

	return strcmp(x->id, y->id);
}

static const struct product *
find_product(const struct csaf *c, const char *id)
{
	const struct product key = { .id = id };

	return c->count == 0 ? NULL : bsearch(&key, c->products, c->count,
	    sizeof(*c->products), by_id);
}

static void
add_product(struct csaf *c, struct jsonin_at leaf, const char *name,
    const char *version)
{
	const char *own = jsonin_text(leaf, "name", TEXT_MAX);

	if (c->count == IMPORT_MAX_ROWS) {
		c->st = diag_set(c->d, ST_LIMIT, DIAG_NOWHERE, NULL,
		    "more than %d products", IMPORT_MAX_ROWS);
		return;
	}
	c->products = xpush(c->products, c->count, sizeof(*c->products));
	c->products[c->count++] = (struct product){
		.id = jsonin_text(leaf, "product_id", TEXT_MAX),
		.name = name != NULL ? name : own,
		.version = version,
	};
}

/* JSON_MAX_DEPTH bounds how deep it goes. */
static void
read_branches(struct csaf *c, struct jsonin_at at, const char *name)
{
	struct jsonin_items it = jsonin_items(jsonin_array(at, "branches",
	    IMPORT_MAX_ROWS));
	const char *category, *own;
	struct jsonin_at item;

	while (c->st == ST_OK && jsonin_each(&it, &item)) {
		category = jsonin_text(item, "category", TEXT_MAX);
		own = jsonin_text(item, "name", TEXT_MAX);
		if (jsonin_kind(item, "product") == JSONTAPE_OBJECT)
			add_product(c, jsonin_object(item, "product"), name,
			    own);
		read_branches(c, item, strcmp(category, "product_name") == 0 ?
		    own : name);
	}
}

/* The build before the first colon. */
static bool
build_in(const char *details, struct version *out)
{
	char text[VERSION_TEXT];
	size_t n = strcspn(details, ":");

	if (n >= sizeof(text))
		return false;
	memcpy(text, details, n);
	text[n] = '\0';
	return version_parse(text, out) && out->parts == 4;
}

/* The version of what is fixed of the same product, where the cure does not
 * say it itself. */
static bool
build_fixed(const struct csaf *c, struct jsonin_at vulnerability,
    const struct product *p, struct version *out)
{
	struct jsonin_items it = jsonin_items(jsonin_array(
	    jsonin_object_or_none(vulnerability, "product_status"), "fixed",
	    IMPORT_MAX_TEXTS));
	const struct product *fixed;
	struct jsonin_at at;

	while (jsonin_each(&it, &at)) {
		fixed = find_product(c, jsonin_text(at, NULL, TEXT_MAX));
		if (fixed != NULL && strcmp(fixed->name, p->name) == 0 &&
		    version_parse(fixed->version, out) && out->parts == 4)
			return true;
	}
	return false;
}

/* "Microsoft Exchange Server 2019 Cumulative Update 15" and the month of a
 * security update: "... Oct25SU", as everybody calls it. "" of another. */
static const char *
dated_name(struct import *im, const char *product, const char *date,
    const char *details)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	char name[IMPORT_MAX_TEXT];
	unsigned m = strlen(date) >= 7 ? (unsigned)strtoul(date + 5, NULL,
	    10) : 0;

	if (m < 1 || m > 12 || strstr(details, ":Security Update") == NULL)
		return "";
	snprintf(name, sizeof(name), "%.400s %.3s%.2sSU", product,
	    months + 3 * (m - 1), date + 2);
	return import_text(im, name);
}

static bool
is_exchange(const char *name)
{
	return strstr(name, "Exchange Server") != NULL;
}

static void
add_cure(struct csaf *c, struct jsonin_at vulnerability,
    struct jsonin_at cure, const struct product *p)
{
	const char *details = jsonin_text(cure, "details", TEXT_MAX);
	const char *date = jsonin_text_or_null(cure, "date", TEXT_MAX);
	const char *url = jsonin_text_or_null(cure, "url", TEXT_MAX);
	const char *cve = jsonin_text(vulnerability, "cve", TEXT_MAX);
	struct import_row *row = NULL;
	char day[11];
	const char *kb;

	c->st = import_add_row(c->im, c->source, 0, &row, c->d);
	if (c->st != ST_OK)
		return;
	if (!build_in(details, &row->build))
		(void)build_fixed(c, vulnerability, p, &row->build);
	if (date != NULL && import_date(date, day))
		row->date = import_text(c->im, day);
	row->name = import_text(c->im, p->name);
	row->dated = dated_name(c->im, p->name, row->date, details);
	kb = url != NULL ? import_kb(c->im, url) : NULL;
	if (kb != NULL)
		row->kb = kb;
	if (cve[0] != '\0')
		c->st = import_add_text(c->im, &row->cves, cve, c->d);
}

static void
read_cure(struct csaf *c, struct jsonin_at vulnerability,
    struct jsonin_at cure)
{
	struct jsonin_items it;
	const struct product *p;
	struct jsonin_at at;

	if (strcmp(jsonin_text(cure, "category", TEXT_MAX),
	    "vendor_fix") != 0)
		return;
	it = jsonin_items(jsonin_array(cure, "product_ids",
	    IMPORT_MAX_ROWS));
	while (c->st == ST_OK && jsonin_each(&it, &at)) {
		p = find_product(c, jsonin_text(at, NULL, TEXT_MAX));
		if (p != NULL && is_exchange(p->name))
			add_cure(c, vulnerability, cure, p);
	}
}

static void
read_vulnerabilities(struct csaf *c, struct jsonin_at root)
{
	struct jsonin_items it = jsonin_items(jsonin_array(root,
	    "vulnerabilities", IMPORT_MAX_ROWS)), cures;
	struct jsonin_at item, cure;

	while (c->st == ST_OK && jsonin_each(&it, &item)) {
		cures = jsonin_items(jsonin_array(item, "remediations",
		    IMPORT_MAX_ROWS));
		while (c->st == ST_OK && jsonin_each(&cures, &cure))
			read_cure(c, item, cure);
	}
}

enum status
import_csaf(struct import *im, const struct import_source *s,
    struct jsonin *in, struct diag *d)
{
	struct csaf c = { .im = im, .source = s, .d = d };
	struct jsonin_at root = jsonin_root(in);

	read_branches(&c, jsonin_object_or_none(root, "product_tree"), NULL);
	if (c.count != 0)
		qsort(c.products, c.count, sizeof(*c.products), by_id);
	if (c.st == ST_OK && !jsonin_failed(in))
		read_vulnerabilities(&c, root);
	free(c.products);
	return c.st == ST_OK ? jsonin_finish(in, d) : c.st;
}

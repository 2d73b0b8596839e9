/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/collect.h"

#include "base/alloc.h"
#include "base/utf.h"

#include <stdlib.h>

/* What the catalogue has looked for, each name once: another catalogue may
 * ask for more, and what nobody has looked for is not absent. */

static void
add_name(struct inv_names *n, const char *name)
{
	size_t i;

	for (i = 0; i < n->count; i++)
		if (utf_casecmp(n->list[i], name) == 0)
			return;
	n->list = xpush(n->list, n->count, sizeof(*n->list));
	n->list[n->count++] = xstrdup(name);
}

static void
add_product(struct inv_asked *a, const struct cat_product *p)
{
	size_t i;

	for (i = 0; i < p->setup_key_count; i++)
		add_name(&a->setup_keys, p->setup_keys[i]);
	for (i = 0; i < p->product_code_count; i++)
		add_name(&a->product_codes, p->product_codes[i]);
	for (i = 0; i < p->update_key_count; i++)
		add_name(&a->update_keys, p->update_keys[i]);
	for (i = 0; i < p->uninstall_key_count; i++)
		add_name(&a->uninstall_keys, p->uninstall_keys[i]);
}

/* What requirements look for by name. */
static void
add_requires(struct inv_asked *a, const struct catalogue *cat)
{
	const struct cat_require *x;
	size_t i, n = catalogue_requires(cat, &x);

	for (i = 0; i < n; i++)
		if (x[i].check == CAT_CHECK_PROGRAM)
			add_name(&a->programs, x[i].name);
		else if (x[i].check == CAT_CHECK_PACK)
			add_name(&a->packs, x[i].name);
}

static void
add_anchors(struct inv_asked *a, const struct anchors *anchors)
{
	size_t i, n = anchors_count(anchors);

	a->anchors = xcalloc(n, sizeof(*a->anchors));
	for (i = 0; i < n; i++) {
		a->anchors[i] = *anchors_get(anchors, i);
		a->anchors[i].name = xstrdup(a->anchors[i].name);
		a->anchors[i].subject = xstrdup(a->anchors[i].subject);
	}
	a->anchor_count = n;
}

void
collect_asked(struct collect *c)
{
	struct inv_asked *a = &c->inv->asked;
	const struct cat_mitigation *m;
	const struct cat_product *p;
	size_t i, k, n = catalogue_products(c->cat, &p);

	for (i = 0; i < n; i++)
		add_product(a, &p[i]);
	n = catalogue_mitigations(c->cat, &m);
	for (i = 0; i < n; i++)
		for (k = 0; k < m[i].carrier_count; k++)
			add_name(&a->kbs, m[i].carriers[k].kb);
	add_requires(a, c->cat);
	add_anchors(a, c->opt->anchors);
}

static void
names_fini(struct inv_names *n)
{
	size_t i;

	for (i = 0; i < n->count; i++)
		free(n->list[i]);
	free(n->list);
}

void
inv_asked_fini(struct inv_asked *a)
{
	size_t i;

	names_fini(&a->setup_keys);
	names_fini(&a->product_codes);
	names_fini(&a->update_keys);
	names_fini(&a->uninstall_keys);
	names_fini(&a->kbs);
	names_fini(&a->programs);
	names_fini(&a->packs);
	for (i = 0; i < a->anchor_count; i++) {
		free(a->anchors[i].name);
		free(a->anchors[i].subject);
	}
	free(a->anchors);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/collect.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"

#include <stdlib.h>

/* Witness 5: what is in the packages that Windows Installer keeps. */

static struct inspected *
inspect_path(struct collect *c, const char *path)
{
	struct inspected *seen = xcalloc(1, sizeof(*seen));
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	struct host_file f;

	if (host_file_open(c->host, path, &f, &d) == ST_OK) {
		/* Names in the cache are made up: they tell nothing. */
		inspect_source(f.src, NULL, c->opt->policy, seen);
		host_file_close(&f);
	} else
		inspect_unreadable(&d, seen);
	return seen;
}

/* Add to what the record of the file says. */
static void
note_seen(struct collect *c, ev_id ev, const struct inspected *seen)
{
	const struct evidence *e = inventory_evidence(c->inv, ev);
	char hex[2 * DIGEST_MAX + 1];
	struct buf b;

	if (e == NULL)
		return;
	buf_init(&b, DETAIL_MAX);
	buf_puts(&b, e->value != NULL ? e->value : "");
	if (seen->has_patch)
		buf_printf(&b, ", patch %s", seen->patch.code);
	if (seen->digested)
		buf_printf(&b, ", sha256 %s", digest_hex(
		    &seen->digests.of[DIGEST_SHA256], hex));
	collect_amend(c, ev, buf_text(&b));
	buf_fini(&b);
	if (seen->why.refused)
		c->inv->evidence[ev - 1].refused = true;
}

static void
see_package(struct collect *c, struct inv_package *p)
{
	if (p->state != EV_PRESENT)
		return;
	p->seen = inspect_path(c, p->path);
	note_seen(c, p->ev, p->seen);
}

void
collect_packages(struct collect *c)
{
	size_t i, k;

	for (i = 0; i < c->inv->product_count &&
	    !c->opt->skip_packages; i++) {
		struct inv_product *p = &c->inv->products[i];

		/* Packs are many, and large; nothing rests on theirs. */
		if (!inv_may_be_server(c->cat, p))
			continue;
		see_package(c, &p->msi);
		for (k = 0; k < p->update_count; k++)
			see_package(c, &p->updates[k].package);
	}
}

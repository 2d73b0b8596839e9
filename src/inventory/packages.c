/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/collect.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"

#include <stdlib.h>

/* Witness 5: what is in the packages that Windows Installer keeps. */

static struct file_facts *
look_at(struct collect *c, const char *path)
{
	struct file_facts *facts = xcalloc(1, sizeof(*facts));
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	struct host_file f;

	if (host_file_open(c->host, path, &f, &d) == ST_OK) {
		file_facts_read(f.src, c->opt->anchors, facts);
		host_file_close(&f);
	} else
		file_facts_unreadable(&d, facts);
	return facts;
}

/* Add to what the record of the file says. */
static void
note_facts(struct collect *c, ev_id ev, const struct file_facts *f)
{
	const struct evidence *e = inventory_evidence(c->inv, ev);
	char hex[2 * DIGEST_MAX + 1];
	struct buf b;

	if (e == NULL)
		return;
	buf_init(&b, DETAIL_MAX);
	buf_puts(&b, e->value != NULL ? e->value : "");
	if (f->has_patch)
		buf_printf(&b, ", patch %s", f->patch.code);
	if (f->digested)
		buf_printf(&b, ", sha256 %s", digest_hex(
		    &f->digests.of[DIGEST_SHA256], hex));
	collect_amend(c, ev, buf_text(&b));
	buf_fini(&b);
	if (f->why.refused)
		c->inv->evidence[ev - 1].refused = true;
}

static void
see_package(struct collect *c, struct inv_package *p)
{
	if (p->state != EV_PRESENT)
		return;
	p->facts = look_at(c, p->path);
	note_facts(c, p->ev, p->facts);
}

/* Of a pack only the code that it has itself, for setup of a cumulative
 * update asks for the package of that code. */
static void
see_code(struct collect *c, struct inv_package *p)
{
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	struct msi_summary sum = { 0 };
	struct msi *m = NULL;
	struct host_file f;
	enum status st;

	if (p->state != EV_PRESENT)
		return;
	st = host_file_open(c->host, p->path, &f, &d);
	if (st == ST_OK) {
		st = msi_open(f.src, &m, &d);
		if (st == ST_OK)
			st = msi_summary(m, &sum, &d);
		if (st == ST_OK) {
			p->inside = xstrdup(sum.revision);
			msi_summary_fini(&sum);
		}
		msi_close(m);
		host_file_close(&f);
	}
	if (st == ST_OK)
		return;
	p->state = EV_UNREADABLE;
	p->ev = collect_unreadable(c, EV_PACKAGE, p->path, &d);
}

void
collect_packages(struct collect *c)
{
	size_t i, k;

	for (i = 0; i < c->inv->product_count &&
	    !c->opt->skip_packages; i++) {
		struct inv_product *p = &c->inv->products[i];

		/* Packs are many, and large: theirs are not hashed. */
		if (!inv_may_be_server(c->cat, p)) {
			if (inv_is_asked_pack(c->inv, p->name))
				see_code(c, &p->msi);
			continue;
		}
		see_package(c, &p->msi);
		for (k = 0; k < p->update_count; k++)
			see_package(c, &p->updates[k].package);
	}
}

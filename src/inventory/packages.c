/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/collect.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"

#include <stdlib.h>

/* Witness 5: what is in the packages that Windows Installer keeps. */

/* *F is left open, for host_file_close(), if that is what is returned. */
static bool
look_at(struct collect *c, const char *path, struct file_facts *facts,
    struct host_file *f)
{
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };

	if (host_file_open(c->host, path, f, &d) != ST_OK) {
		file_facts_unreadable(&d, facts);
		return false;
	}
	file_facts_read(f->src, c->opt->anchors, facts);
	return true;
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

/* Returns: whether *F was left open. */
static bool
see_package(struct collect *c, struct inv_package *p, struct host_file *f)
{
	bool open;

	if (p->state != EV_PRESENT)
		return false;
	p->facts = xcalloc(1, sizeof(*p->facts));
	open = look_at(c, p->path, p->facts, f);
	note_facts(c, p->ev, p->facts);
	return open;
}

bool
collect_wants_lists(const struct inventory_options *opt)
{
	return (opt->update_files || opt->deep) && !opt->skip_packages;
}

/* The product's own package stays open, for its tables say where files lie. */
static void
see_packages(struct collect *c, struct inv_product *p)
{
	struct host_file msi, f;
	bool has_msi = see_package(c, &p->msi, &msi);
	size_t i;

	for (i = 0; i < p->update_count; i++) {
		struct inv_update *u = &p->updates[i];

		if (!see_package(c, &u->package, &f))
			continue;
		if (collect_wants_lists(c->opt) && u->state == PATCH_APPLIED &&
		    u->package.facts->readable)
			collect_update_list(c, p, u, f.src, has_msi ?
			    &msi.src : NULL);
		host_file_close(&f);
	}
	if (has_msi)
		host_file_close(&msi);
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
	size_t i;

	for (i = 0; i < c->inv->product_count &&
	    !c->opt->skip_packages; i++) {
		struct inv_product *p = &c->inv->products[i];

		/* Packs are many, and large: theirs are not hashed. */
		if (!inv_may_be_server(c->cat, p)) {
			if (inv_is_asked_pack(c->inv, p->name))
				see_code(c, &p->msi);
			continue;
		}
		see_packages(c, p);
	}
}

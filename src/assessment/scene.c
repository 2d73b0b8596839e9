/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/site.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------ the Windows */

/* Those of M that are in F, if every one was looked for. */
static void
count_marks(const struct inventory *inv, const struct cat_mitigation *m,
    const struct inv_file *f, struct site_fix_file *out)
{
	size_t i, k;

	for (i = 0; i < m->mark_count; i++) {
		for (k = 0; k < inv->mark_count; k++)
			if (memcmp(inv->marks[k].bytes, m->marks[i],
			    INV_MARK_BYTES) == 0)
				break;
		if (k == inv->mark_count)
			out->unasked = true;
		else
			out->marks += (f->marks >> k & 1) != 0;
	}
	out->searched = f->searched && !out->unasked;
}

/* One copy of the file: its version corroborates, its marks decide. */
static void
add_copy(const struct scene *s, struct site_fix *fix,
    const char *folder, bool expected)
{
	struct site_fix_file *out = &fix->files[fix->file_count++];
	const struct inventory *inv = s->facts;
	char *dir = host_join(inv->windows.system_root, folder);
	char *path = host_join(dir, fix->mitigation->file);
	const struct inv_file *f = inventory_file(inv, path);

	site_file_of(s, f, expected, &out->file);
	if (f != NULL)
		count_marks(inv, fix->mitigation, f, out);
	free(path);
	free(dir);
}

static bool
carries(const struct cat_mitigation *m, const char *kb)
{
	size_t i;

	for (i = 0; i < m->carrier_count; i++)
		if (strcmp(m->carriers[i].kb, kb) == 0)
			return true;
	return false;
}

/* Exchange since 2010 is of 64 bits, and so is the Windows that it runs on,
 * whatever else the registry says of that. */
static bool
runs_on_x64(const struct inventory *inv)
{
	size_t i;

	for (i = 0; i < inv->setup_count; i++)
		if (!inv->setups[i].is_wow64 &&
		    inv->setups[i].base.part[0] > 8)
			return true;
	return false;
}

static void
make_fix(const struct scene *s, const struct cat_mitigation *m,
    struct site_fix *fix)
{
	const struct inventory *inv = s->facts;
	size_t i;

	fix->mitigation = m;
	fix->files = xcalloc(2, sizeof(*fix->files));
	add_copy(s, fix, "System32", true);
	add_copy(s, fix, "SysWOW64", inv->windows.has_wow64 ||
	    runs_on_x64(inv));
	for (i = 0; i < inv->listing_count; i++) {
		const struct inv_listing *l = &inv->listings[i];

		if (!carries(m, l->kb))
			continue;
		fix->listings = xpush(fix->listings, fix->listing_count,
		    sizeof(*fix->listings));
		fix->listings[fix->listing_count++] =
		    (struct site_fix_listing){ l->kb,
		    inv_listing_installed(l), l->ev };
	}
}

static void
make_fixes(struct scene *s, const struct catalogue *cat)
{
	const struct cat_mitigation *m;
	size_t i;

	s->fix_count = catalogue_mitigations(cat, &m);
	s->fixes = xcalloc(s->fix_count, sizeof(*s->fixes));
	for (i = 0; i < s->fix_count; i++)
		make_fix(s, &m[i], &s->fixes[i]);
}

/* ----------------------------------------------------------- the products */

/* Does an installation with a Setup key own the product? */
static bool
is_claimed(const struct scene *s, const struct site_product *p)
{
	size_t i;

	for (i = 0; i < s->site_count; i++)
		if (s->sites[i].msi == p)
			return true;
	return false;
}

/*
 * A product that Windows Installer has as installed, and no Setup key: the
 * key was lost to damage, or Exchange was taken away by hand.
 */
static void
add_orphans(struct scene *s, const struct catalogue *cat)
{
	const struct inventory *inv = s->facts;
	size_t i;

	for (i = 0; i < inv->product_count; i++) {
		const struct site_product *p = &s->products[i];

		if (!inv_is_exchange_code(cat, p->code) || is_claimed(s, p))
			continue;
		s->orphans = xpush(s->orphans, s->orphan_count,
		    sizeof(const struct site_product *));
		s->orphans[s->orphan_count++] = p;
	}
}

/* ----------------------------------------------------------- the evidence */

/* "does not expire", "holds until 2013-01-10T20:32:25Z". */
static void
put_end(struct buf *b, instant t)
{
	char text[INSTANT_TEXT];

	if (t == INSTANT_UNLIMITED)
		buf_puts(b, "does not expire");
	else
		buf_printf(b, "holds until %s", instant_format(t, text));
}

/* "signature holds until 2013-01-10T20:32:25Z, with the Windows fix does not
 * expire". */
static void
put_signature(struct buf *b, const struct inspected *seen)
{
	const struct sig_until *u = &seen->until;

	if (seen->verdict == SIG_UNSIGNED) {
		buf_puts(b, "no signature");
		return;
	}
	buf_puts(b, "signature ");
	if (u->without_fix == INSTANT_NONE)
		buf_puts(b, sig_verdict_name(seen->verdict));
	else
		put_end(b, u->without_fix);
	if (u->with_fix != u->without_fix && u->with_fix != INSTANT_NONE) {
		buf_puts(b, ", with the Windows fix ");
		put_end(b, u->with_fix);
	}
}

/* Say more of what a record holds. */
static void
amend(struct scene *s, ev_id id, const char *text)
{
	struct evidence *e = id != 0 ? &s->evidence[id - 1] : NULL;
	char *value;

	if (e == NULL)
		return;
	value = xasprintf("%s, %s", e->value != NULL ? e->value : "", text);
	free(e->value);
	e->value = value;
}

static void
amend_seen(struct scene *s, ev_id id, const struct inspected *seen)
{
	struct buf b;

	if (seen == NULL)
		return;
	buf_init(&b, DETAIL_MAX);
	put_signature(&b, seen);
	amend(s, id, buf_text(&b));
	buf_fini(&b);
}

static void
amend_product(struct scene *s, const struct site_product *p)
{
	size_t i;

	amend_seen(s, p->msi.ev, p->msi.seen);
	for (i = 0; i < p->update_count; i++)
		amend_seen(s, p->updates[i].package.ev,
		    p->updates[i].package.seen);
}

/* A file that is not there and need not be. */
static void
settle(struct scene *s, const struct site_file *f)
{
	if (f->ev != 0 && f->state == EV_NOT_EXPECTED)
		s->evidence[f->ev - 1].state = f->state;
}

static void
amend_site(struct scene *s, const struct site *site)
{
	size_t i;

	settle(s, &site->exsetup);
	settle(s, &site->transcoding);
	for (i = 0; i < site->digest_count; i++) {
		const struct site_digest *g = &site->digests[i];

		if (g->state == EV_PRESENT)
			amend(s, g->ev, strcmp(g->sha256,
			    g->listed->digest.hex) == 0 ?
			    "as listed for this build" :
			    "not as listed for this build");
	}
}

static void
amend_fix(struct scene *s, const struct site_fix *fix)
{
	char text[80];
	size_t i;

	for (i = 0; i < fix->file_count; i++) {
		const struct site_fix_file *f = &fix->files[i];

		settle(s, &f->file);
		if (!f->searched)
			continue;
		snprintf(text, sizeof(text), "%zu of %zu byte marks of the "
		    "fix", f->marks, fix->mitigation->mark_count);
		amend(s, f->file.ev, text);
	}
}

/* Why a file of --deep is not as it was signed, or could not be read. */
static void
amend_defective(struct scene *s, const struct site_defective *d)
{
	struct evidence *e = d->ev != 0 ? &s->evidence[d->ev - 1] : NULL;

	if (e == NULL || e->state != EV_PRESENT)
		return;
	if (d->verdict == SIG_UNREADABLE)
		e->state = EV_UNREADABLE;
	free(e->value);
	e->value = xstrdup(d->why);
}

static void
make_evidence(struct scene *s)
{
	const struct inventory *inv = s->facts;
	size_t i;

	s->evidence_count = inv->evidence_count;
	s->evidence = xcalloc(s->evidence_count, sizeof(*s->evidence));
	for (i = 0; i < s->evidence_count; i++) {
		s->evidence[i] = inv->evidence[i];
		s->evidence[i].where = xstrdup(inv->evidence[i].where);
		s->evidence[i].value = xstrdup(inv->evidence[i].value);
	}
	for (i = 0; i < inv->file_count; i++)
		amend_seen(s, inv->files[i].ev, scene_seen(s,
		    inv->files[i].facts));
	for (i = 0; i < inv->product_count; i++)
		amend_product(s, &s->products[i]);
	for (i = 0; i < s->site_count; i++)
		amend_site(s, &s->sites[i]);
	for (i = 0; i < s->fix_count; i++)
		amend_fix(s, &s->fixes[i]);
	for (i = 0; i < s->defective_count; i++)
		amend_defective(s, &s->defective[i]);
}

/* ---------------------------------------------------------------- judged */

static void
see(struct scene *s, const struct file_facts *facts,
    const struct inspect_policy *policy)
{
	/* Names in the cache are made up: they tell nothing; those of
	 * installed files are asked of the catalogue by place. */
	if (facts != NULL)
		inspect_judge(facts, NULL, policy, &s->seen[s->seen_count++]);
}

static void
make_package(const struct scene *s, const struct inv_package *p,
    struct site_package *out)
{
	*out = (struct site_package){ p->path, p->original_name, p->state,
	    p->size, scene_seen(s, p->facts), p->ev };
}

static void
make_product(const struct scene *s, const struct inv_product *p,
    struct site_product *out)
{
	size_t i;

	*out = (struct site_product){ .code = p->code, .name = p->name,
	    .version = p->version, .install_location = p->install_location,
	    .package_code = p->package_code, .inside = p->msi.inside,
	    .installed_day = p->installed_day,
	    .listed = p->listed,
	    .listed_count = p->listed_count, .ev = p->ev };
	make_package(s, &p->msi, &out->msi);
	out->updates = xcalloc(p->update_count, sizeof(*out->updates));
	out->update_count = p->update_count;
	for (i = 0; i < p->update_count; i++) {
		const struct inv_update *u = &p->updates[i];

		out->updates[i] = (struct site_update){ u->patch_code,
		    u->display_name, u->kb, u->build, u->state, u->installed,
		    u->installed_day, { .path = NULL }, u->ev };
		make_package(s, &u->package, &out->updates[i].package);
	}
}

static int
by_facts(const void *pa, const void *pb)
{
	const struct inspected *a = pa, *b = pb;

	return (uintptr_t)a->facts < (uintptr_t)b->facts ? -1 :
	    (uintptr_t)a->facts > (uintptr_t)b->facts;
}

/* What is seen of files and packages, and the records that name these. */
static void
make_seen(struct scene *s, const struct inspect_policy *policy)
{
	const struct inventory *inv = s->facts;
	size_t i, k, count = inv->file_count + inv->product_count;

	for (i = 0; i < inv->product_count; i++)
		count += inv->products[i].update_count;
	s->seen = xcalloc(count, sizeof(*s->seen));
	for (i = 0; i < inv->file_count; i++)
		see(s, inv->files[i].facts, policy);
	for (i = 0; i < inv->product_count; i++) {
		const struct inv_product *p = &inv->products[i];

		see(s, p->msi.facts, policy);
		for (k = 0; k < p->update_count; k++)
			see(s, p->updates[k].package.facts, policy);
	}
	if (s->seen_count != 0)
		qsort(s->seen, s->seen_count, sizeof(*s->seen), by_facts);
	s->products = xcalloc(inv->product_count, sizeof(*s->products));
	for (i = 0; i < inv->product_count; i++)
		make_product(s, &inv->products[i], &s->products[i]);
}

/* -------------------------------------------------------------- all of it */

struct scene *
scene_new(const struct inventory *inv, const struct catalogue *cat,
    const struct inspect_policy *policy)
{
	struct scene *s = xcalloc(1, sizeof(*s));
	size_t i;

	s->facts = inv;
	make_seen(s, policy);
	s->site_count = inv->setup_count;
	s->sites = xcalloc(s->site_count, sizeof(*s->sites));
	for (i = 0; i < s->site_count; i++)
		site_make(s, cat, &inv->setups[i], &s->sites[i]);
	make_fixes(s, cat);
	add_orphans(s, cat);
	scene_ask(s, cat);
	scene_see_deep(s, policy);
	make_evidence(s);
	return s;
}

void
scene_free(struct scene *s)
{
	size_t i;

	if (s == NULL)
		return;
	for (i = 0; i < s->site_count; i++)
		site_fini(&s->sites[i]);
	for (i = 0; i < s->fix_count; i++) {
		free(s->fixes[i].files);
		free(s->fixes[i].listings);
	}
	for (i = 0; i < s->evidence_count; i++) {
		free(s->evidence[i].where);
		free(s->evidence[i].value);
	}
	for (i = 0; i < s->seen_count; i++)
		inspected_fini(&s->seen[i]);
	for (i = 0; i < s->facts->product_count; i++)
		free(s->products[i].updates);
	scene_free_deep(s);
	free(s->products);
	free(s->unasked);
	free(s->seen);
	free(s->sites);
	free(s->fixes);
	free(s->orphans);
	free(s->evidence);
	free(s);
}

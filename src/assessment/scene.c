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

/* Was every mark of M looked for? Those of F are counted. */
static bool
count_marks(const struct inventory *inv, const struct cat_mitigation *m,
    const struct inv_file *f, size_t *count)
{
	size_t i, k;

	*count = 0;
	for (i = 0; i < m->mark_count; i++) {
		for (k = 0; k < inv->mark_count; k++)
			if (memcmp(inv->marks[k].bytes, m->marks[i],
			    INV_MARK_BYTES) == 0)
				break;
		if (k == inv->mark_count)
			return false;
		*count += (f->marks >> k & 1) != 0;
	}
	return f->searched;
}

/* One copy of the file: its version corroborates, its marks decide. */
static void
add_copy(const struct inventory *inv, struct site_fix *fix,
    const char *folder, bool expected)
{
	struct site_fix_file *out = &fix->files[fix->file_count++];
	char *dir = host_join(inv->windows.system_root, folder);
	char *path = host_join(dir, fix->mitigation->file);
	const struct inv_file *f = inventory_file(inv, path);

	site_file_of(f, expected, &out->file);
	if (f != NULL)
		out->searched = count_marks(inv, fix->mitigation, f,
		    &out->marks);
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

static void
make_fix(const struct inventory *inv, const struct cat_mitigation *m,
    struct site_fix *fix)
{
	size_t i;

	fix->mitigation = m;
	fix->files = xcalloc(2, sizeof(*fix->files));
	add_copy(inv, fix, "System32", true);
	add_copy(inv, fix, "SysWOW64", inv->windows.has_wow64);
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
		make_fix(s->facts, &m[i], &s->fixes[i]);
}

/* ----------------------------------------------------------- the products */

/* Does an installation with a Setup key own the product? */
static bool
is_claimed(const struct scene *s, const struct inv_product *p)
{
	size_t i;

	for (i = 0; i < s->site_count; i++)
		if (s->sites[i].msi == p)
			return true;
	return false;
}

static bool
is_exchange(const struct catalogue *cat, const char *code)
{
	const struct cat_product *p;
	size_t i, k, n = catalogue_products(cat, &p);

	for (i = 0; i < n; i++)
		for (k = 0; k < p[i].product_code_count; k++)
			if (utf_casecmp(p[i].product_codes[k], code) == 0)
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
		const struct inv_product *p = &inv->products[i];

		if (!is_exchange(cat, p->code) || is_claimed(s, p))
			continue;
		s->orphans = xpush(s->orphans, s->orphan_count,
		    sizeof(const struct inv_product *));
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
amend_product(struct scene *s, const struct inv_product *p)
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
		amend_seen(s, inv->files[i].ev, inv->files[i].seen);
	for (i = 0; i < inv->product_count; i++)
		amend_product(s, &inv->products[i]);
	for (i = 0; i < s->site_count; i++)
		amend_site(s, &s->sites[i]);
	for (i = 0; i < s->fix_count; i++)
		amend_fix(s, &s->fixes[i]);
}

const struct evidence *
scene_evidence(const struct scene *s, ev_id id)
{
	return id == 0 || id > s->evidence_count ? NULL :
	    &s->evidence[id - 1];
}

/* -------------------------------------------------------------- all of it */

struct scene *
scene_new(const struct inventory *inv, const struct catalogue *cat)
{
	struct scene *s = xcalloc(1, sizeof(*s));
	size_t i;

	s->facts = inv;
	s->site_count = inv->setup_count;
	s->sites = xcalloc(s->site_count, sizeof(*s->sites));
	for (i = 0; i < s->site_count; i++)
		site_make(inv, cat, &inv->setups[i], &s->sites[i]);
	make_fixes(s, cat);
	add_orphans(s, cat);
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
	free(s->sites);
	free(s->fixes);
	free(s->orphans);
	free(s->evidence);
	free(s);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/checker.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "base/utf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_LEN	1024

static const struct cat_except *
find_except(const struct cat_release *r, const struct check_rule *rule,
    const char *about)
{
	size_t i;

	if (r != NULL && r->overlay != NULL && rule->firm)
		return NULL;
	for (i = 0; r != NULL && i < r->except_count; i++)
		if (strcmp(r->excepts[i].rule, rule->id) == 0 &&
		    strcmp(r->excepts[i].about, about) == 0)
			return &r->excepts[i];
	return NULL;
}

/* Whose LINE it is: that of the release, or of a package that it was given. */
static const struct cat_overlay *
overlay_of(const struct cat_release *r, unsigned line)
{
	size_t i;

	for (i = 0; r != NULL && line != r->line && i < r->package_count; i++)
		if (r->packages[i].line == line)
			return r->packages[i].overlay;
	return r != NULL ? r->overlay : NULL;
}

/* The order in which lines are read: overlays behind the catalogue. */
static uint64_t
checker_place(const struct catalogue *c, const struct cat_overlay *overlay,
    unsigned line)
{
	size_t i = c->info.overlay_count;

	while (i > 0 && c->info.overlays[i - 1] != overlay)
		i--;
	return (uint64_t)i << 32 | line;
}

static void PRINTF_LIKE(4, 0)
complain(struct checker *k, struct check_complaint c, const char *about,
    const char *fmt, va_list ap)
{
	struct check_result *out = k->out;
	char text[TEXT_LEN];

	if (out->count == CHECK_MAX_COMPLAINTS) {
		out->cut = true;
		return;
	}
	vsnprintf(text, sizeof(text), fmt, ap);
	c.rule = k->rule->id;
	c.place = checker_place(k->c, c.overlay, c.line);
	c.order = out->count;
	c.text = xstrdup(text);
	c.about = xstrdup(about);
	out->standing += c.except == NULL;
	out->complaints = xpush(out->complaints, out->count, sizeof(c));
	out->complaints[out->count++] = c;
}

void
checker_complain(struct checker *k, unsigned line, const struct cat_release *r,
    const char *about, const char *fmt, ...)
{
	struct check_complaint c = { .line = line,
	    .overlay = overlay_of(r, line),
	    .except = find_except(r, k->rule, about) };
	va_list ap;

	va_start(ap, fmt);
	complain(k, c, about, fmt, ap);
	va_end(ap);
}

void
checker_complain_at(struct checker *k, const struct cat_overlay *overlay,
    unsigned line, const char *about, const char *fmt, ...)
{
	struct check_complaint c = { .line = line, .overlay = overlay };
	va_list ap;

	va_start(ap, fmt);
	complain(k, c, about, fmt, ap);
	va_end(ap);
}

const struct cat_release *
checker_branch_base(const struct cat_branch *b)
{
	size_t i;

	for (i = 0; i < b->release_count; i++)
		if (version_known(b->releases[i]->build))
			return b->releases[i];
	return NULL;
}

/* ------------------------------------------------------------------ KBs */

static int
by_kb(const void *a, const void *b)
{
	const struct kb_use *x = a, *y = b;
	int order = strcmp(x->kb, y->kb);

	if (order != 0)
		return order;
	return x->place < y->place ? -1 : x->place > y->place;
}

const struct kb_use *
checker_find_kb(const struct kb_use *u, size_t count, const char *kb)
{
	const struct kb_use what = { kb, NULL, 0, 0 };
	size_t low = 0, high = count, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (by_kb(&u[mid], &what) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < count && strcmp(u[low].kb, kb) == 0 ? &u[low] : NULL;
}

const char *
checker_kb_in_name(struct checker *k, const char *name)
{
	char kb[CHECKER_KB_LEN] = "KB";
	size_t len;

	for (; *name != '\0'; name++) {
		if (!utf_case_prefix(name, "KB"))
			continue;
		len = strspn(name + 2, "0123456789");
		if (len == 0 || len + 2 >= sizeof(kb))
			continue;
		memcpy(kb + 2, name + 2, len);
		return arena_text(&k->arena, kb, len + 2);
	}
	return "";
}

/*
 * Where KBs of Exchange are mentioned, other than as that of a release:
 * counted first (OUT is NULL), then written.
 */
static void
mention(struct kb_use *out, size_t *n, const char *kb, unsigned line,
    uint64_t place)
{
	if (kb[0] == '\0')
		return;
	if (out != NULL)
		out[*n] = (struct kb_use){ kb, NULL, line, place };
	++*n;
}

static void
mention_release(struct checker *k, const struct cat_release *r,
    struct kb_use *out, size_t *n)
{
	const struct cat_superseded *old = r->supersedes;
	const struct cat_package *p = r->packages;
	size_t i;

	for (i = 0; i < r->supersedes_count; i++)
		mention(out, n, old[i].kb, old[i].line, checker_place(k->c,
		    r->overlay, old[i].line));
	for (i = 0; i < r->package_count; i++)
		mention(out, n, checker_kb_in_name(k, p[i].name), p[i].line,
		    checker_place(k->c, p[i].overlay, p[i].line));
}

static size_t
mention_all(struct checker *k, struct kb_use *out)
{
	const struct catalogue *c = k->c;
	const struct cat_advisory *a;
	size_t i, n = 0;

	for (i = 0; i < c->release_count; i++)
		mention_release(k, c->releases[i], out, &n);
	for (a = c->advisories; a < c->advisories + c->advisory_count; a++)
		for (i = 0; i < a->rereleased_count; i++) {
			const struct cat_rereleased *row = &a->rereleased[i];

			mention(out, &n, row->original, row->line, row->line);
			mention(out, &n, row->rerelease, row->line,
			    row->line);
		}
	return n;
}

static void
index_own(struct checker *k)
{
	const struct catalogue *c = k->c;
	const struct cat_release *r;
	size_t i, j, n = 0;

	for (i = 0; i < c->release_count; i++)
		n += c->releases[i]->kb_count;
	k->own = arena_alloc(&k->arena, n, sizeof(*k->own));
	for (i = 0; i < c->release_count; i++)
		for (r = c->releases[i], j = 0; j < r->kb_count; j++)
			k->own[k->own_count++] = (struct kb_use){ r->kbs[j],
			    r, r->line, checker_place(c, r->overlay,
			    r->line) };
	qsort(k->own, n, sizeof(*k->own), by_kb);
}

void
checker_index_kbs(struct checker *k)
{
	index_own(k);
	k->mention_count = mention_all(k, NULL);
	k->mentions = arena_alloc(&k->arena, k->mention_count,
	    sizeof(*k->mentions));
	(void)mention_all(k, k->mentions);
	qsort(k->mentions, k->mention_count, sizeof(*k->mentions), by_kb);
}

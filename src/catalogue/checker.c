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
find_except(const struct cat_release *r, const char *rule, const char *about)
{
	size_t i;

	for (i = 0; r != NULL && i < r->except_count; i++)
		if (strcmp(r->excepts[i].rule, rule) == 0 &&
		    strcmp(r->excepts[i].about, about) == 0)
			return &r->excepts[i];
	return NULL;
}

void
checker_complain(struct checker *k, unsigned line, const struct cat_release *r,
    const char *about, const char *fmt, ...)
{
	struct check_result *out = k->out;
	struct check_complaint c = { .rule = k->rule, .line = line,
	    .order = out->count };
	char text[TEXT_LEN];
	va_list ap;

	if (out->count == CHECK_MAX_COMPLAINTS) {
		out->cut = true;
		return;
	}
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	c.text = xstrdup(text);
	c.about = xstrdup(about);
	c.except = find_except(r, k->rule, about);
	out->standing += c.except == NULL;
	out->complaints = xpush(out->complaints, out->count, sizeof(c));
	out->complaints[out->count++] = c;
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
	return x->line < y->line ? -1 : x->line > y->line;
}

const struct kb_use *
checker_find_kb(const struct kb_use *u, size_t count, const char *kb,
    unsigned line)
{
	const struct kb_use what = { kb, NULL, line };
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
mention(struct kb_use *out, size_t *n, const char *kb, unsigned line)
{
	if (kb[0] == '\0')
		return;
	if (out != NULL)
		out[*n] = (struct kb_use){ kb, NULL, line };
	++*n;
}

static void
mention_release(struct checker *k, const struct cat_release *r,
    struct kb_use *out, size_t *n)
{
	size_t i;

	for (i = 0; i < r->supersedes_count; i++)
		mention(out, n, r->supersedes[i].kb, r->supersedes[i].line);
	for (i = 0; i < r->package_count; i++)
		mention(out, n, checker_kb_in_name(k, r->packages[i].name),
		    r->packages[i].line);
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
			mention(out, &n, a->rereleased[i].original,
			    a->rereleased[i].line);
			mention(out, &n, a->rereleased[i].rerelease,
			    a->rereleased[i].line);
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
			    r, r->line };
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

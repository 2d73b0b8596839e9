/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/wsus_model.h"

#include "base/alloc.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

#define GUID_LEN	36		/* without braces */

void
wsus_revision_fini(struct wsus_revision *r)
{
	free(r->bundled_by.items);
	free(r->superseded_by.items);
	free(r->payloads.items);
	free(r->cves.items);
	free(r->patches.items);
	free(r->supersedes.items);
}

void
wsus_fini(struct wsus *w)
{
	size_t i;

	for (i = 0; i < w->count; i++)
		wsus_revision_fini(&w->revisions[i]);
	free(w->revisions);
	free(w->ranges);
	free(w->all.items);
	arena_fini(&w->arena);
}

static int
by_id(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static int
by_revision(const void *key, const void *r)
{
	return by_id(key, &((const struct wsus_revision *)r)->id);
}

struct wsus_revision *
wsus_find(const struct wsus *w, uint32_t id)
{
	return w->count == 0 ? NULL : bsearch(&id, w->revisions, w->count,
	    sizeof(*w->revisions), by_revision);
}

void
wsus_sort(struct wsus_ids *ids)
{
	if (ids->count > 1)
		qsort(ids->items, ids->count, sizeof(uint32_t), by_id);
}

bool
wsus_has(const struct wsus_ids *ids, uint32_t id)
{
	return ids->count != 0 && bsearch(&id, ids->items, ids->count,
	    sizeof(id), by_id) != NULL;
}

static enum status
too_many(struct diag *d)
{
	return diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL,
	    "one update names more than %d of a kind", WSUS_MAX_NAMED);
}

enum status
wsus_add_id(struct wsus_ids *ids, uint32_t id, struct diag *d)
{
	if (ids->count == WSUS_MAX_NAMED)
		return too_many(d);
	ids->items = xpush(ids->items, ids->count, sizeof(id));
	ids->items[ids->count++] = id;
	return ST_OK;
}

enum status
wsus_add_text(struct wsus *w, struct wsus_texts *list, const char *text,
    struct diag *d)
{
	if (list->count == WSUS_MAX_NAMED || w->named == WSUS_MAX_ALL_NAMED)
		return too_many(d);
	w->named++;
	list->items = xpush(list->items, list->count, sizeof(const char *));
	list->items[list->count++] = arena_text(&w->arena, text,
	    strlen(text));
	return ST_OK;
}

bool
wsus_number(const char *text, uint32_t *out)
{
	size_t len = text != NULL ? strspn(text, "0123456789") : 0;
	uint64_t n = 0;
	size_t i;

	if (len == 0 || len > 10 || text[len] != '\0')
		return false;
	for (i = 0; i < len; i++)
		n = 10 * n + (uint64_t)(text[i] - '0');
	if (n > UINT32_MAX)
		return false;
	*out = (uint32_t)n;
	return true;
}

static uint32_t
sextet(char c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *p = c != '\0' ? strchr(digits, c) : NULL;

	return p != NULL ? (uint32_t)(p - digits) : 64;
}

/* Neither 20 nor 32 are a multiple of three: there is always a "=". */
bool
wsus_base64(const char *text, uint8_t *out, size_t len)
{
	size_t digits = (8 * len + 5) / 6, i, at = 0;
	size_t whole = (len + 2) / 3 * 4;
	uint32_t bits = 0, n = 0;

	if (text == NULL || strlen(text) != whole ||
	    strspn(text + digits, "=") != whole - digits)
		return false;
	for (i = 0; i < digits; i++) {
		uint32_t v = sextet(text[i]);

		if (v == 64)
			return false;
		bits = (bits << 6 | v) & 0xffffff;
		n += 6;
		if (n >= 8 && at < len) {
			n -= 8;
			out[at++] = (uint8_t)(bits >> n);
		}
	}
	return at == len && (bits & ((1U << n) - 1)) == 0;
}

bool
wsus_guid(const char *text, bool braces, char *out)
{
	size_t len = text != NULL ? strlen(text) : 0, i, at = 0;

	if (len == GUID_LEN + 2 && text[0] == '{' && text[len - 1] == '}')
		text++;
	else if (len != GUID_LEN)
		return false;
	if (braces)
		out[at++] = '{';
	for (i = 0; i < GUID_LEN; i++) {
		char c = text[i];

		if (i == 8 || i == 13 || i == 18 || i == 23) {
			if (c != '-')
				return false;
		} else if (braces && c >= 'a' && c <= 'f') {
			c = (char)(c - 'a' + 'A');
		} else if (!braces && c >= 'A' && c <= 'F') {
			c = (char)(c - 'A' + 'a');
		} else if (c == '\0' ||
		    strchr("0123456789abcdefABCDEF", c) == NULL) {
			return false;
		}
		out[at++] = c;
	}
	if (braces)
		out[at++] = '}';
	out[at] = '\0';
	return true;
}

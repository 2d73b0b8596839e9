/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/arena.h"

#include "base/alloc.h"
#include "base/slice.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK	((size_t)64 * 1024)	/* bytes, but for larger requests */
#define ALIGN	alignof(max_align_t)

struct arena_block {
	struct arena_block *before;
	size_t		 cap, used;	/* bytes of DATA */
	alignas(max_align_t) unsigned char data[];
};

static struct arena_block *
grow(struct arena *a, size_t len)
{
	size_t cap = len > BLOCK ? len : BLOCK;
	struct arena_block *b = xcalloc(1, sizeof(*b) + cap);

	b->cap = cap;
	b->before = a->last;
	a->last = b;
	return b;
}

void *
arena_alloc(struct arena *a, size_t count, size_t size)
{
	struct arena_block *b = a->last;
	size_t len;
	void *p;

	if (!size_mul_ok(count, size, &len) || len > SIZE_MAX / 2)
		return xrealloc_array(NULL, SIZE_MAX, SIZE_MAX);
	len = (len + ALIGN - 1) / ALIGN * ALIGN;
	if (b == NULL || len > b->cap - b->used)
		b = grow(a, len);
	p = b->data + b->used;
	b->used += len;
	return p;
}

char *
arena_text(struct arena *a, const char *s, size_t len)
{
	char *p = arena_alloc(a, len + 1, 1);

	memcpy(p, s, len);
	return p;
}

void
arena_fini(struct arena *a)
{
	struct arena_block *b, *before;

	for (b = a->last; b != NULL; b = before) {
		before = b->before;
		free(b);
	}
	a->last = NULL;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/buf.h"
#include "base/alloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEPT_BYTES	(64 * 1024)	/* of what is used again and again */

void
buf_init(struct buf *b, size_t max)
{
	*b = (struct buf){ .max = max };
}

void
buf_fini(struct buf *b)
{
	if (b == NULL)
		return;
	free(b->p);
	b->p = NULL;
	b->len = b->cap = 0;
}

void
buf_clear(struct buf *b)
{
	b->len = 0;
	b->full = false;
	if (b->p != NULL)
		b->p[0] = 0;
}

void
buf_reuse(struct buf *b)
{
	if (b->cap > KEPT_BYTES)
		buf_fini(b);
	buf_clear(b);
}

uint8_t *
buf_extend(struct buf *b, size_t len)
{
	uint8_t *at;
	size_t want;

	if (b->full || len > b->max - b->len) {
		b->full = true;
		return NULL;
	}
	want = b->len + len + 1;
	if (want > b->cap) {
		size_t cap = b->cap < 64 ? 64 : b->cap * 2;

		b->cap = cap < want ? want : cap;
		b->p = xrealloc_array(b->p, b->cap, 1);
	}
	at = b->p + b->len;
	b->len += len;
	b->p[b->len] = 0;
	return at;
}

bool
buf_append(struct buf *b, const void *p, size_t len)
{
	uint8_t *at = buf_extend(b, len);

	if (at == NULL)
		return false;
	if (len != 0)
		memcpy(at, p, len);
	return true;
}

bool
buf_puts(struct buf *b, const char *s)
{
	return buf_append(b, s, strlen(s));
}

bool
buf_putc(struct buf *b, char c)
{
	return buf_append(b, &c, 1);
}

bool
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	uint8_t *at;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (len < 0 || (at = buf_extend(b, (size_t)len)) == NULL)
		return false;
	va_start(ap, fmt);
	vsnprintf((char *)at, (size_t)len + 1, fmt, ap);
	va_end(ap);
	return true;
}

const char *
buf_text(const struct buf *b)
{
	return b->p == NULL ? "" : (const char *)b->p;
}

struct slice
buf_slice(const struct buf *b)
{
	return slice_of(b->p, b->len, 0);
}

char *
buf_take(struct buf *b)
{
	char *s = b->p == NULL ? xstrdup("") : (char *)b->p;

	b->p = NULL;
	b->len = b->cap = 0;
	return s;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/slice.h"

#include <string.h>

struct slice
slice_of(const void *p, size_t n, uint64_t fileoff)
{
	return (struct slice){ .p = p, .n = n, .fileoff = fileoff };
}

bool
slice_sub(struct slice s, size_t off, size_t len, struct slice *out)
{
	/* Never off + len, which may wrap. */
	if (off > s.n || len > s.n - off)
		return false;
	/* An empty slice may have no storage, and NULL + 0 is undefined. */
	out->p = s.p == NULL ? NULL : s.p + off;
	out->n = len;
	out->fileoff = s.fileoff + off;
	return true;
}

bool
slice_from(struct slice s, size_t off, struct slice *out)
{
	return off <= s.n && slice_sub(s, off, s.n - off, out);
}

bool
slice_equal(struct slice a, struct slice b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool
slice_is(struct slice s, const char *text)
{
	return slice_equal(s, slice_of(text, strlen(text), 0));
}

bool
slice_copy(struct slice s, void *p, size_t cap)
{
	if (s.n > cap)
		return false;
	if (s.n != 0)
		memcpy(p, s.p, s.n);
	return true;
}

/* N little-endian bytes, of which at most 8. */
static uint64_t
le_decode(const uint8_t *p, size_t n)
{
	uint64_t v = 0;

	while (n-- > 0)
		v = v << 8 | p[n];
	return v;
}

bool
slice_u16le(struct slice s, size_t off, uint16_t *out)
{
	struct slice f;

	if (!slice_sub(s, off, 2, &f))
		return false;
	*out = (uint16_t)le_decode(f.p, 2);
	return true;
}

bool
slice_u32le(struct slice s, size_t off, uint32_t *out)
{
	struct slice f;

	if (!slice_sub(s, off, 4, &f))
		return false;
	*out = (uint32_t)le_decode(f.p, 4);
	return true;
}

bool
slice_u64le(struct slice s, size_t off, uint64_t *out)
{
	struct slice f;

	if (!slice_sub(s, off, 8, &f))
		return false;
	*out = le_decode(f.p, 8);
	return true;
}

struct cursor
cursor_of(struct slice s)
{
	return (struct cursor){ .in = s };
}

struct slice
cursor_take(struct cursor *c, size_t len)
{
	struct slice s = { 0 };

	if (c->bad || !slice_sub(c->in, c->at, len, &s)) {
		c->bad = true;
		return (struct slice){ 0 };
	}
	c->at += len;
	return s;
}

static uint64_t
cursor_le(struct cursor *c, size_t n)
{
	struct slice s = cursor_take(c, n);

	return c->bad ? 0 : le_decode(s.p, n);
}

uint8_t
cursor_u8(struct cursor *c)
{
	return (uint8_t)cursor_le(c, 1);
}

uint16_t
cursor_u16le(struct cursor *c)
{
	return (uint16_t)cursor_le(c, 2);
}

uint32_t
cursor_u32le(struct cursor *c)
{
	return (uint32_t)cursor_le(c, 4);
}

uint64_t
cursor_u64le(struct cursor *c)
{
	return cursor_le(c, 8);
}

void
cursor_skip(struct cursor *c, size_t len)
{
	(void)cursor_take(c, len);
}

size_t
cursor_left(const struct cursor *c)
{
	return c->bad ? 0 : c->in.n - c->at;
}

uint64_t
cursor_fileoff(const struct cursor *c)
{
	return c->in.fileoff + c->at;
}

bool
size_mul_ok(size_t a, size_t b, size_t *out)
{
	if (b != 0 && a > SIZE_MAX / b)
		return false;
	*out = a * b;
	return true;
}

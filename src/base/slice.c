/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/slice.h"

#include <string.h>

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
slice_u16le(struct slice s, size_t off, uint16_t *out)
{
	struct slice f;

	if (!slice_sub(s, off, 2, &f))
		return false;
	*out = le16(f.p);
	return true;
}

bool
slice_u32le(struct slice s, size_t off, uint32_t *out)
{
	struct slice f;

	if (!slice_sub(s, off, 4, &f))
		return false;
	*out = le32(f.p);
	return true;
}

bool
slice_u64le(struct slice s, size_t off, uint64_t *out)
{
	struct slice f;

	if (!slice_sub(s, off, 8, &f))
		return false;
	*out = le64(f.p);
	return true;
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

bool
size_mul_ok(size_t a, size_t b, size_t *out)
{
	if (b != 0 && a > SIZE_MAX / b)
		return false;
	*out = a * b;
	return true;
}

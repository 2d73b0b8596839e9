/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_BASE_SLICE_H
#define ROLLCALL_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Borrowed bytes that know where in their file they lie. Offsets and lengths
 * that come from input become pointers here and nowhere else.
 */
struct slice {
	const uint8_t	*p;
	size_t		 n;		/* bytes */
	uint64_t	 fileoff;	/* of p[0], for diagnostics */
};

/*
 * A cursor fails once and stays failed: read all fields of a record, test
 * BAD once, use nothing before the test. A failed read gives 0.
 */
struct cursor {
	struct slice	in;
	size_t		at;		/* bytes from the start of IN */
	bool		bad;
};

/*
 * What is called for every field that is read stands here, for the compiler to
 * put in place: a walk through a hive reads some forty fields a value.
 */

/* A slice over N bytes at P, which lie FILEOFF bytes into their file. */
static inline struct slice
slice_of(const void *p, size_t n, uint64_t fileoff)
{
	return (struct slice){ .p = p, .n = n, .fileoff = fileoff };
}

/* The LEN bytes at OFF; false, and *OUT untouched, when they stick out. */
bool		slice_sub(struct slice s, size_t off, size_t len,
		    struct slice *out);

/* What is left from OFF on; false, and *OUT untouched, past the end. */
bool		slice_from(struct slice s, size_t off, struct slice *out);

/* Same length and same bytes as TEXT (its NUL not counted). */
bool		slice_is(struct slice s, const char *text);

/* Same length and same bytes. */
bool		slice_equal(struct slice a, struct slice b);

/* Copy all of it to P; false, and P untouched, when CAP is too small. */
bool		slice_copy(struct slice s, void *p, size_t cap);

/* Little-endian numbers, of 2, 4 or 8 bytes that are there. */
static inline uint16_t
le16(const uint8_t *p)
{
	return (uint16_t)(p[0] | p[1] << 8);
}

static inline uint32_t
le32(const uint8_t *p)
{
	return (uint32_t)le16(p) | (uint32_t)le16(p + 2) << 16;
}

static inline uint64_t
le64(const uint8_t *p)
{
	return (uint64_t)le32(p) | (uint64_t)le32(p + 4) << 32;
}

/* Those at OFF; false, and *OUT untouched, past the end. */
bool		slice_u16le(struct slice s, size_t off, uint16_t *out);
bool		slice_u32le(struct slice s, size_t off, uint32_t *out);
bool		slice_u64le(struct slice s, size_t off, uint64_t *out);

static inline struct cursor
cursor_of(struct slice s)
{
	return (struct cursor){ .in = s };
}

/* The next LEN bytes, borrowed; an empty slice when they are not there. */
static inline struct slice
cursor_take(struct cursor *c, size_t len)
{
	size_t at = c->at;

	/* Never AT + LEN, which may wrap. */
	if (c->bad || at > c->in.n || len > c->in.n - at) {
		c->bad = true;
		return (struct slice){ 0 };
	}
	c->at += len;
	/* An empty slice may have no storage, and NULL + 0 is undefined. */
	return slice_of(c->in.p == NULL ? NULL : c->in.p + at, len,
	    c->in.fileoff + at);
}

static inline uint8_t
cursor_u8(struct cursor *c)
{
	struct slice s = cursor_take(c, 1);

	return c->bad ? 0 : s.p[0];
}

static inline uint16_t
cursor_u16le(struct cursor *c)
{
	struct slice s = cursor_take(c, 2);

	return c->bad ? 0 : le16(s.p);
}

static inline uint32_t
cursor_u32le(struct cursor *c)
{
	struct slice s = cursor_take(c, 4);

	return c->bad ? 0 : le32(s.p);
}

static inline uint64_t
cursor_u64le(struct cursor *c)
{
	struct slice s = cursor_take(c, 8);

	return c->bad ? 0 : le64(s.p);
}

static inline void
cursor_skip(struct cursor *c, size_t len)
{
	(void)cursor_take(c, len);
}

/* Bytes not read yet; 0 for a failed cursor. */
static inline size_t
cursor_left(const struct cursor *c)
{
	return c->bad ? 0 : c->in.n - c->at;
}

/* Where the cursor stands in the file. */
static inline uint64_t
cursor_fileoff(const struct cursor *c)
{
	return c->in.fileoff + c->at;
}

/* *OUT = A * B; false, and *OUT untouched, on overflow. */
bool		size_mul_ok(size_t a, size_t b, size_t *out);

#endif

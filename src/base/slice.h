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

/* A slice over N bytes at P, which lie FILEOFF bytes into their file. */
struct slice	slice_of(const void *p, size_t n, uint64_t fileoff);

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

/* Little-endian numbers at OFF; false, and *OUT untouched, past the end. */
bool		slice_u16le(struct slice s, size_t off, uint16_t *out);
bool		slice_u32le(struct slice s, size_t off, uint32_t *out);
bool		slice_u64le(struct slice s, size_t off, uint64_t *out);

struct cursor	cursor_of(struct slice s);
uint8_t		cursor_u8(struct cursor *c);
uint16_t	cursor_u16le(struct cursor *c);
uint32_t	cursor_u32le(struct cursor *c);
uint64_t	cursor_u64le(struct cursor *c);
void		cursor_skip(struct cursor *c, size_t len);

/* The next LEN bytes, borrowed; an empty slice when they are not there. */
struct slice	cursor_take(struct cursor *c, size_t len);

/* Bytes not read yet; 0 for a failed cursor. */
size_t		cursor_left(const struct cursor *c);

/* Where the cursor stands in the file. */
uint64_t	cursor_fileoff(const struct cursor *c);

/* *OUT = A * B; false, and *OUT untouched, on overflow. */
bool		size_mul_ok(size_t a, size_t b, size_t *out);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_BASE_UTF_H
#define ROLLCALL_BASE_UTF_H

#include "base/buf.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Text inside rollcall is UTF-8. Windows' own comes as UTF-16LE or Latin-1.
 * A lone surrogate, which Windows allows and UTF-8 does not, becomes U+FFFD;
 * an odd last byte is dropped.
 */
bool		utf_from_utf16le(struct slice s, struct buf *out);
bool		utf_from_latin1(struct slice s, struct buf *out);

/* Like utf_from_utf16le(), and stop before the first NUL: REG_SZ data. */
bool		utf_from_utf16le_sz(struct slice s, struct buf *out);

/* UTF-16LE units of valid UTF-8, without a NUL; wrong bytes give U+FFFD. */
bool		utf_to_utf16le(const char *s, struct buf *out);

/* A copy in which everything that is not UTF-8 has become U+FFFD. */
bool		utf8_clean(const char *s, struct buf *out);

/* No overlong form, no surrogate, nothing above U+10FFFF. */
bool		utf8_valid(struct slice s);

/*
 * The next code point of the UTF-8 text *S, which moves behind it; U+FFFD,
 * moving one byte, where the text is not UTF-8. 0 at the end, not moving.
 */
uint32_t	utf8_next(const char **s);

/* Nothing but ASCII, and no NUL. */
bool		utf_is_ascii(struct slice s);

/*
 * How many of the LEN bytes at S, from the first one on, are printable ASCII;
 * or that and neither quote nor backslash. Nearly all text is, to its end.
 */
size_t		utf_printable(const char *s, size_t len);
size_t		utf_unquoted(const char *s, size_t len);

/*
 * Upper case as the kernel compares names of keys, values and files: one
 * UTF-16 unit to one unit, in no locale. Unicode's simple mapping inside the
 * BMP, less the two that would make a non-ASCII letter an ASCII one (U+0131
 * and U+017F), which Windows keeps apart.
 */
uint16_t	utf_upcase(uint16_t unit);

/* Compare two UTF-8 names the way Windows does: case ignored. <0, 0, >0. */
int		utf_casecmp(const char *a, const char *b);

/* The same question of a prefix: does S begin with PREFIX? */
bool		utf_case_prefix(const char *s, const char *prefix);

/* A copy in upper case, for keys of lookup tables; the caller frees it. */
char		*utf_fold_dup(const char *s);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_LAYOUT_H
#define ROLLCALL_REPORT_LAYOUT_H

#include "io/sink.h"

#include <stddef.h>

/*
 * Text for a terminal. Everything that comes from a scanned machine passes
 * here: control characters are written as \xNN, so that a name in a registry
 * cannot drive the terminal or forge a line.
 */

/* TEXT with control characters escaped, on one line. */
void	layout_text(struct sink *out, const char *text);

/* The same for LEN bytes of UTF-8, in which NULs may be. */
void	layout_bytes(struct sink *out, const char *text, size_t len);

/*
 * The same as a string of at most MAX bytes (4 and more), cut between
 * characters if need be, and then with "..." at its end. The caller's.
 */
char	*layout_cut(const char *text, size_t max);

/*
 * TEXT broken between words into lines of at most WIDTH columns, each
 * indented by INDENT; the first continues a line on which AT columns are
 * used. Ends with a newline.
 */
void	layout_wrap(struct sink *out, const char *text, unsigned indent,
	    unsigned at, unsigned width);

/*
 * TEXT on one line, blanks as they are, where SCREEN (0: any) has the columns
 * for it; else broken between words, and indented by INDENT from the second
 * line on: a terminal would break it inside a build number. Ends with a
 * newline.
 */
void	layout_line(struct sink *out, const char *text, unsigned indent,
	    unsigned screen);

#endif

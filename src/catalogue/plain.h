/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_PLAIN_H
#define ROLLCALL_CATALOGUE_PLAIN_H

#include "base/buf.h"

/*
 * What people paste from web pages, mails and documents, as the words and
 * numbers of ASCII that it looks like. Some characters only look like digits
 * or cannot be seen at all; one of those says that nobody knows what number
 * is meant.
 */

/* Stands where a character was that makes the whole not understood. */
#define PLAIN_ODD	'\x1a'

/*
 * TEXT with every kind of blank as a space, every kind of hyphen as "-",
 * quotes, bullets and symbols as spaces. Characters that cannot be seen are
 * left out, unless they part a number; letters of other scripts stay.
 *
 * In:      TEXT is UTF-8; what is none is odd.
 * Out:     appended to OUT, never more than three times as long as TEXT.
 */
void	plain_text(const char *text, struct buf *out);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_TEXTFILE_H
#define ROLLCALL_FORMATS_TEXTFILE_H

#include "base/buf.h"
#include "base/slice.h"

#include <stdbool.h>

/*
 * Text files as programs of Windows write them: UTF-8 or UTF-16 of either
 * order, with a byte order mark or without, as ">" of PowerShell makes them.
 * Without a mark, NULs in one half of the first two characters tell UTF-16.
 */
bool	textfile_is_utf16(struct slice s);

/*
 * S as UTF-8 without a mark; bytes of UTF-8 are left as they are. NULs stay.
 *
 * Returns: false when OUT is full. One and a half times the bytes of S are
 *          always enough.
 */
bool	textfile_utf8(struct slice s, struct buf *out);

/*
 * The next line at *AT of S, without its end; false when there is none. Lines
 * end with LF or CR LF, or with CR where S has no LF at all.
 *
 * In:      ENDS is textfile_ends(S).
 */
bool	textfile_line(struct slice s, char ends, size_t *at,
	    struct slice *line);
char	textfile_ends(struct slice s);

#endif

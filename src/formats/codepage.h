/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_CODEPAGE_H
#define ROLLCALL_FORMATS_CODEPAGE_H

#include "base/buf.h"
#include "base/slice.h"

#include <stdbool.h>

/*
 * Text in one of Windows' code pages, as UTF-8: 1252 and 65001 (UTF-8) are
 * known. Code page 0 is ASCII by rule. In any other, and where the bytes are
 * not what the code page says, each byte above ASCII becomes U+FFFD.
 *
 * Returns: false when OUT is full.
 */
bool		codepage_decode(unsigned codepage, struct slice s,
		    struct buf *out);

#endif

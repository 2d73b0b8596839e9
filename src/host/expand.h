/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_HOST_EXPAND_H
#define ROLLCALL_HOST_EXPAND_H

#include "base/buf.h"

#include <stddef.h>

/*
 * Replace %NAME% in text, as Windows does for REG_EXPAND_SZ: a name that has
 * no value stays as it stands, percent signs and all, and what comes in is
 * not looked at again.
 *
 * In:      VALUE answers the value of a name of LEN bytes, or NULL; the
 *          caller of VALUE frees it.
 * Out:     appended to OUT; out->full when its maximum was reached.
 */
typedef char	*expand_fn(void *ctx, const char *name, size_t len);

void		expand_text(const char *text, expand_fn *value, void *ctx,
		    struct buf *out);

#endif

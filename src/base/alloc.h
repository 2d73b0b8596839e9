/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_BASE_ALLOC_H
#define ROLLCALL_BASE_ALLOC_H

#include "base/status.h"

#include <stddef.h>

/*
 * Memory for small things of fixed size: running out of it ends the program
 * (exit 70). A size that comes from input is compared with a limit first.
 * The caller owns what is returned and gives it back with free().
 */
void	*xcalloc(size_t count, size_t size);
void	*xrealloc_array(void *p, size_t count, size_t size);
void	*xmemdup(const void *p, size_t len);
char	*xstrdup(const char *s);	/* NULL stays NULL */
char	*xstrndup(const char *s, size_t len);
char	*xasprintf(const char *fmt, ...) PRINTF_LIKE(1, 2);

/*
 * Room for one more element in an array of *CAP elements of which N are used.
 *
 * In:      P is the array (NULL when *CAP is 0), owned by the caller.
 * Out:     *CAP grows by doubling.
 * Returns: the array, perhaps moved; new elements are zero.
 */
void	*xgrow(void *p, size_t n, size_t *cap, size_t size);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_BASE_ALLOC_H
#define ROLLCALL_BASE_ALLOC_H

#include "base/status.h"

#include <stdarg.h>
#include <stddef.h>

/*
 * Memory for small things of fixed size: running out of it ends the program
 * (exit 70). A size that comes from input is compared with a limit first.
 * The caller owns what is returned and gives it back with free().
 */
void	*xcalloc(size_t count, size_t size);
void	*xcheck(void *p);	/* P, which another library has allocated */
void	*xrealloc_array(void *p, size_t count, size_t size);
void	*xmemdup(const void *p, size_t len);
char	*xstrdup(const char *s);	/* NULL stays NULL */
char	*xstrndup(const char *s, size_t len);
char	*xasprintf(const char *fmt, ...) PRINTF_LIKE(1, 2);
char	*xvasprintf(const char *fmt, va_list ap) PRINTF_LIKE(1, 0);

/*
 * Room for one more element in an array that is only ever grown by this
 * function: its capacity (8, 16, 32, ...) follows from COUNT.
 *
 * In:      P is the array (NULL while COUNT is 0), owned by the caller.
 * Returns: the array, perhaps moved; the element at COUNT is zero.
 */
void	*xpush(void *p, size_t count, size_t size);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "base/slice.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXIT_NO_MEMORY	70	/* the "internal" row of cmd/exit_codes.c */

/*
 * The one place below cmd that ends the program: there is nothing left to
 * report with, and no caller could do better.
 */
void *
xcheck(void *p)
{
	if (p == NULL) {
		fputs("rollcall: out of memory\n", stderr);
		exit(EXIT_NO_MEMORY);
	}
	return p;
}

void *
xcalloc(size_t count, size_t size)
{
	return xcheck(calloc(count != 0 ? count : 1, size));
}

void *
xrealloc_array(void *p, size_t count, size_t size)
{
	size_t len;

	if (!size_mul_ok(count, size, &len))
		return xcheck(NULL);
	return xcheck(realloc(p, len != 0 ? len : 1));
}

void *
xmemdup(const void *p, size_t len)
{
	void *q = xcalloc(1, len != 0 ? len : 1);

	if (len != 0)
		memcpy(q, p, len);
	return q;
}

char *
xstrndup(const char *s, size_t len)
{
	char *q = xrealloc_array(NULL, len + 1, 1);

	if (len != 0)
		memcpy(q, s, len);
	q[len] = '\0';
	return q;
}

char *
xstrdup(const char *s)
{
	return s == NULL ? NULL : xstrndup(s, strlen(s));
}

char *
xasprintf(const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = xvasprintf(fmt, ap);
	va_end(ap);
	return s;
}

char *
xvasprintf(const char *fmt, va_list ap)
{
	va_list again;
	char *s;
	int len;

	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, ap);
	s = xcalloc(1, len < 0 ? 1 : (size_t)len + 1);
	if (len > 0)
		vsnprintf(s, (size_t)len + 1, fmt, again);
	va_end(again);
	return s;
}

void *
xpush(void *p, size_t count, size_t size)
{
	if (count == 0)
		p = xrealloc_array(p, 8, size);
	else if (count >= 8 && (count & (count - 1)) == 0)
		p = xrealloc_array(p, count * 2, size);
	memset((char *)p + count * size, 0, size);
	return p;
}

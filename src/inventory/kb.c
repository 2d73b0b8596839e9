/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/inventory.h"

#include "base/alloc.h"
#include "base/utf.h"

#include <string.h>

#define KB_DIGITS_MIN	6	/* KB890830 */
#define KB_DIGITS_MAX	7

char *
kb_in_text(const char *text)
{
	const char *p;

	for (p = text; *p != '\0'; p++) {
		size_t n;

		if (!utf_case_prefix(p, "kb"))
			continue;
		n = strspn(p + 2, "0123456789");
		if (n >= KB_DIGITS_MIN && n <= KB_DIGITS_MAX)
			return xasprintf("KB%.*s", (int)n, p + 2);
	}
	return NULL;
}

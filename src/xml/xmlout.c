/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "xml/xmlout.h"

#include "base/slice.h"
#include "base/utf.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static bool
is_char(uint32_t c)
{
	return c >= 0x20 ? c != 0xfffe && c != 0xffff :
	    c == '\t' || c == '\n' || c == '\r';
}

bool
xmlout_can_hold(const char *text)
{
	struct slice all = { (const uint8_t *)text, strlen(text), 0 };
	uint32_t c;

	if (!utf8_valid(all))
		return false;
	while ((c = utf8_next(&text)) != 0)
		if (!is_char(c))
			return false;
	return true;
}

static const char *
reference(uint32_t c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	/* As they are, a reader would make spaces of them. */
	case '\t':
		return "&#9;";
	case '\n':
		return "&#10;";
	case '\r':
		return "&#13;";
	default:
		return NULL;
	}
}

void
xmlout_text(struct sink *out, const char *text)
{
	const char *from;
	uint32_t c;

	for (from = text; (c = utf8_next(&text)) != 0; from = text) {
		const char *as = reference(c);

		if (as != NULL)
			sink_puts(out, as);
		else if (!is_char(c))
			sink_printf(out, "\\u{%lX}", (unsigned long)c);
		else if (c == 0xfffd)	/* or one byte that is not UTF-8 */
			sink_puts(out, "\xef\xbf\xbd");
		else
			sink_write(out, from, (size_t)(text - from));
	}
}

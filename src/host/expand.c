/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "host/expand.h"

#include <stdlib.h>
#include <string.h>

void
expand_text(const char *text, expand_fn *value, void *ctx, struct buf *out)
{
	while (*text != '\0') {
		size_t plain = strcspn(text, "%"), len;
		char *v;

		buf_append(out, text, plain);
		text += plain;
		if (*text == '\0')
			return;
		len = strcspn(text + 1, "%");
		if (text[1 + len] == '\0') {
			buf_puts(out, text);
			return;
		}
		v = value(ctx, text + 1, len);
		if (v != NULL) {
			buf_puts(out, v);
			text += len + 2;
		} else {
			/* Its second sign may open the next name. */
			buf_append(out, text, len + 1);
			text += len + 1;
		}
		free(v);
	}
}

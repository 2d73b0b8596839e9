/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/judge.h"

void
put_release(struct buf *b, const struct cat_release *r)
{
	char text[VERSION_TEXT];

	buf_puts(b, r->label);
	if (r->kb[0] != '\0')
		buf_printf(b, " (%s)", r->kb);
	else if (version_known(r->build))
		buf_printf(b, " (%s)", version_format(r->build, text));
}

char *
release_title(const struct cat_release *r)
{
	struct buf b;

	buf_init(&b, DETAIL_MAX);
	buf_puts(&b, r->name);
	if (r->original[0] != '\0')
		buf_printf(&b, " (%s)", r->original);
	return buf_take(&b);
}

const char *
update_word(const struct cat_release *r)
{
	switch (r->kind) {
	case CAT_RU:
	case CAT_SP:
	case CAT_RTM:
		return "update rollup";
	default:
		return "update";
	}
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/words.h"

#include "base/limits.h"

#include <string.h>

void
put_by_overlay(struct buf *b, const struct cat_release *r)
{
	if (r->overlay != NULL)
		buf_printf(b, ", by overlay %s", r->overlay->name);
}

void
put_release(struct buf *b, const struct cat_release *r)
{
	char text[VERSION_TEXT];

	buf_puts(b, r->label);
	if (r->kb[0] != '\0')
		buf_printf(b, " (%s)", r->kb);
	else if (version_known(r->build))
		buf_printf(b, " (%s)", version_format(r->build, text));
	put_by_overlay(b, r);
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

void
put_cures(struct buf *b, const struct cat_release *r,
    const struct cat_release **cures, size_t n)
{
	char text[VERSION_TEXT];

	if (n == 0)
		return;
	put_release(b, cures[0]);
	/* Some re-releases kept the number of their original. */
	if (strcmp(cures[0]->kb, r->kb) == 0)
		buf_printf(b, " of build %s", version_format(cures[0]->build,
		    text));
	if (n == 1)
		buf_puts(b, ", or a later one");
	else {
		buf_puts(b, ", or ");
		put_release(b, cures[1]);
		if (n > 2)
			buf_puts(b, " and later");
	}
	buf_printf(b, " of %s", r->branch->id);
}

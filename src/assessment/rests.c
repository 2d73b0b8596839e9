/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/rests.h"

#include "base/alloc.h"
#include "base/utf.h"
#include "catalogue/standing.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

void
rests_on(struct rests *r, const char *overlay)
{
	size_t i;

	if (overlay == NULL)
		return;
	for (i = 0; i < r->count; i++)
		if (strcmp(r->by[i], overlay) == 0)
			return;
	r->by = xpush(r->by, r->count, sizeof(*r->by));
	r->by[r->count++] = xstrdup(overlay);
}

static void
rests_on_overlay(struct rests *r, const struct cat_overlay *o)
{
	rests_on(r, o != NULL ? o->name : NULL);
}

void
rests_on_release(struct rests *r, const struct cat_release *release)
{
	rests_on_overlay(r, release != NULL ? release->overlay : NULL);
}

void
rests_on_standing(struct rests *r, const struct standing *s)
{
	size_t i;

	rests_on_release(r, s->release);
	for (i = 0; i < s->way.overlay_count; i++)
		rests_on_overlay(r, s->way.overlays[i]);
}

void
rests_on_all(struct rests *r, const struct rests *more)
{
	size_t i;

	for (i = 0; i < more->count; i++)
		rests_on(r, more->by[i]);
}

void
rests_on_signature(struct rests *r, const struct inspected *seen)
{
	const struct sig_timestamp *t;
	const struct sig_level *l;

	if (seen == NULL || seen->signatures.count == 0)
		return;
	l = &seen->signatures.levels[0];
	t = sig_level_timestamp(l);
	rests_on(r, l->by);
	if (t == NULL)
		return;
	rests_on(r, t->by);
	rests_on(r, t->stamper_by);
}

const struct cat_overlay *
overlay_of_digest(const struct cat_release *r,
    const struct digest_set *digests)
{
	size_t i, n;

	for (i = 0; r != NULL && i < r->package_count; i++)
		for (n = 0; n < r->packages[i].digest_count; n++) {
			const struct cat_digest *d =
			    &r->packages[i].digests[n];

			if (inspect_digest_is(d, digests))
				return d->overlay;
		}
	return NULL;
}

static const struct cat_overlay *
overlay_of_patch(const struct cat_release *r, const char *code)
{
	size_t i;

	for (i = 0; i < r->patch_count; i++)
		if (utf_casecmp(r->patches[i].code, code) == 0)
			return r->patches[i].overlay;
	return NULL;
}

void
rests_on_identity(struct rests *r, const struct inspected *seen)
{
	rests_on_release(r, seen->release);
	if (seen->by == INSPECT_BY_DIGEST)
		rests_on_overlay(r, overlay_of_digest(seen->release,
		    &seen->facts->digests));
	else if (seen->by == INSPECT_BY_PATCH_CODE)
		rests_on_overlay(r, overlay_of_patch(seen->release,
		    seen->facts->patch.code));
}

/* Does a name end before P, which may have a full stop inside? */
static bool
name_ends(const char *p)
{
	p += *p == '.';
	return !isalnum((unsigned char)*p) && *p != '-';
}

/* Is "by overlay NAME" in TEXT? */
static bool
is_said(const char *text, const char *name)
{
	static const char words[] = "by overlay ";
	size_t n = strlen(name);

	while ((text = strstr(text, words)) != NULL) {
		text += sizeof(words) - 1;
		if (strncmp(text, name, n) == 0 && name_ends(text + n))
			return true;
	}
	return false;
}

void
put_rests(struct buf *b, const struct rests *r)
{
	size_t i;

	for (i = 0; i < r->count; i++)
		if (!is_said(buf_text(b), r->by[i]))
			buf_printf(b, "%sby overlay %s", b->len != 0 ? "; " :
			    "", r->by[i]);
}

void
rests_fini(struct rests *r)
{
	while (r->count > 0)
		free(r->by[--r->count]);
	free(r->by);
	*r = (struct rests){ .count = 0 };
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/paths.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "trust/anchor_check.h"
#include "trust/cert_facts.h"

/* One walk: depth first, bounded in depth and in signature checks. */
struct walk {
	struct sig_facts	*facts;
	const struct anchors	*anchors;
	const struct cert_pool	*pool;
	unsigned		*budget;
	struct sig_paths	*out;
	struct sig_step		 steps[CHAIN_MAX_DEPTH + 1];
	const struct cert	*certs[CHAIN_MAX_DEPTH + 1];
	size_t			 depth;
	bool			 cut;
};

/* Keep the path as it stands; ANCHOR is NULL unless it ends at one. */
static void
keep(struct walk *w, enum sig_end end, const struct sig_anchor *anchor)
{
	struct sig_paths *p = w->out;
	struct sig_path *new;

	if (w->cut)
		return;
	if (*w->budget == 0) {
		w->cut = true;
		end = SIG_END_CUT;
	} else
		--*w->budget;
	p->list = xpush(p->list, p->count, sizeof(*p->list));
	new = &p->list[p->count++];
	new->steps = xmemdup(w->steps, w->depth * sizeof(w->steps[0]));
	new->count = w->depth;
	new->end = end;
	if (end == SIG_END_ANCHOR) {
		new->anchor = *anchor;
		new->anchor.name = xstrdup(anchor->name);
		new->anchor.subject = xstrdup(anchor->subject);
	}
}

static void
push(struct walk *w, struct cert *c, enum sig_check link)
{
	w->certs[w->depth] = c;
	w->steps[w->depth++] = (struct sig_step){
		.cert = cert_facts(w->facts, c), .link = link,
		.at = c->whole.fileoff
	};
}

static bool
on_path(const struct walk *w, const struct cert *c)
{
	size_t i;

	for (i = 0; i < w->depth; i++)
		if (w->certs[i] == c)
			return true;
	return false;
}

/* Keep the path for each anchor that C is or that signed it. Returns: was
 * there any? */
static bool
keep_anchors(struct walk *w, struct cert *c)
{
	enum sig_check check;
	bool any = false;
	size_t i;

	for (i = 0; i < anchors_count(w->anchors) && !w->cut; i++) {
		check = anchor_check(w->anchors, i, c, w->budget);
		if (check == SIG_CHECK_NONE)
			keep(w, SIG_END_CUT, NULL);
		if (check != SIG_CHECK_GOOD)
			continue;
		keep(w, SIG_END_ANCHOR, anchors_get(w->anchors, i));
		any = true;
	}
	return any;
}

static void	climb(struct walk *w, struct cert *c, enum sig_check link);

/* Go on to UP, which may have issued C: its name is right. */
static void
climb_to(struct walk *w, struct cert *c, struct cert *up)
{
	bool good;

	if (*w->budget == 0) {
		keep(w, SIG_END_CUT, NULL);
		return;
	}
	--*w->budget;
	good = cert_signed_by(c, up->spki, cert_key(up));
	if (good && w->depth < CHAIN_MAX_DEPTH) {
		climb(w, up, SIG_CHECK_GOOD);
		return;
	}
	push(w, up, good ? SIG_CHECK_GOOD : SIG_CHECK_BAD);
	keep(w, good ? SIG_END_LONG : SIG_END_BAD_LINK, NULL);
	w->depth--;
}

/*
 * C, its anchors, and all that may have issued it. Where nothing has, the
 * path ends with C, unless it is told already that it ends at an anchor.
 */
static void
climb(struct walk *w, struct cert *c, enum sig_check link)
{
	bool anchored, climbed = false, circle = false;
	struct cert *up;
	size_t i;

	push(w, c, link);
	anchored = keep_anchors(w, c);
	for (i = 0; i < w->pool->count && !w->cut; i++) {
		up = &w->pool->certs[i];
		if (!slice_equal(up->subject, c->issuer) || up == c)
			continue;
		if (on_path(w, up)) {
			circle = true;
			continue;
		}
		climbed = true;
		climb_to(w, c, up);
	}
	if (!climbed && circle)
		keep(w, SIG_END_CIRCLE, NULL);
	else if (!climbed && !anchored)
		keep(w, slice_equal(c->subject, c->issuer) ? SIG_END_SELF :
		    SIG_END_NO_ISSUER, NULL);
	w->depth--;
}

void
paths_collect(struct sig_facts *f, const struct anchors *a,
    const struct cert_pool *pool, struct cert *leaf, unsigned *budget,
    struct sig_paths *out)
{
	struct walk w = { .facts = f, .anchors = a, .pool = pool,
	    .budget = budget, .out = out };

	*out = (struct sig_paths){ 0 };
	climb(&w, leaf, SIG_CHECK_NONE);
}

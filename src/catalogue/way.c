/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/way.h"

#include "base/alloc.h"
#include "catalogue/advice.h"
#include "catalogue/model.h"
#include "catalogue/words.h"

#include <stdlib.h>
#include <string.h>

/* Does R cure something? */
static bool
release_is_security(const struct cat_release *r)
{
	return r->kind == CAT_SU || r->cve_count != 0 ||
	    r->bulletin[0] != '\0';
}

bool
release_makes_branch(const struct cat_release *r)
{
	return r->kind == CAT_RTM || r->kind == CAT_SP || r->kind == CAT_CU;
}

bool
release_can_be_had(const struct cat_release *r)
{
	return r->kb[0] != '\0' || r->package_count != 0;
}

static bool
is_word_of(const char *word, const char **words, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (strcmp(words[i], word) == 0)
			return true;
	return false;
}

bool
release_cures(const struct cat_release *r, const char *cve)
{
	return is_word_of(cve, r->cves, r->cve_count);
}

/* -------------------------------------------------------------- support */

static bool
is_out(const struct cat_release *r, instant at)
{
	return r->released != INSTANT_NONE && r->released <= at;
}

static bool
has_begun(const struct cat_branch *b, instant at)
{
	return b->release_count != 0 && is_out(b->releases[0], at);
}

/* Has the product of B, at AT, a newer branch? */
static bool
is_older_branch(const struct catalogue *c, const struct cat_branch *b,
    instant at)
{
	size_t i;

	for (i = (size_t)(b - c->branches) + 1; i < c->branch_count &&
	    c->branches[i].product == b->product; i++)
		if (has_begun(&c->branches[i], at))
			return true;
	return false;
}

static bool
names_ends(const struct catalogue *c, const struct cat_product *p)
{
	size_t i;

	for (i = 0; i < c->branch_count; i++)
		if (c->branches[i].product == p &&
		    c->branches[i].support_end != INSTANT_NONE)
			return true;
	return false;
}

/* Products before 2003 name no ends of service packs at all, and end as a
 * whole. */
instant
way_support_end(const struct catalogue *c, const struct cat_branch *b,
    instant at)
{
	if (b->support_end != INSTANT_NONE)
		return b->support_end;
	if (b->product->has_exsetup && !names_ends(c, b->product) &&
	    is_older_branch(c, b, at))
		return INSTANT_NONE;
	return b->product->support_end;
}

const struct cat_program *
way_program(const struct cat_branch *b, instant at)
{
	const struct cat_program *p = b->product->programs;
	size_t i;

	for (i = 0; i < b->product->program_count; i++)
		if (at >= p[i].from && !support_ended(p[i].until, at) &&
		    is_word_of(b->id, p[i].branches, p[i].branch_count))
			return &p[i];
	return NULL;
}

/* ------------------------------------------------------------- counting */

/* What way_find() works with. */
struct walk {
	const struct catalogue *c;
	const struct cat_release *r;
	instant		 at;
	instant		 day;		/* of R, or of what stands before it */
	bool		 esu;
	bool		*reached;	/* by branch */
	const struct cat_release **found; /* those that count, oldest first */
	size_t		 count;
	struct way	*w;
};

static size_t
place_in_branch(const struct cat_release *r)
{
	size_t i;

	for (i = 0; i < r->branch->release_count; i++)
		if (r->branch->releases[i] == r)
			break;
	return i;
}

/* The day of R; where none is known, that of what stands before it. */
static instant
day_of(const struct cat_release *r)
{
	size_t i = place_in_branch(r) + 1;

	while (i-- > 0)
		if (r->branch->releases[i]->released != INSTANT_NONE)
			return r->branch->releases[i]->released;
	return INSTANT_NONE;
}

static const struct cat_upgrade *
upgrade_from(const struct catalogue *c, const struct cat_branch *b,
    enum cat_how how, bool to_itself)
{
	const struct cat_upgrade *u = c->upgrades;
	size_t i;

	for (i = 0; i < c->upgrade_count; i++)
		if (u[i].from == b->product && u[i].how == how &&
		    (u[i].to == b->product) == to_itself &&
		    (u[i].branch_count == 0 || is_word_of(b->id,
		    u[i].branches, u[i].branch_count)))
			return &u[i];
	return NULL;
}

/* Branches that B leads to, and those that they lead to. Newer ones stand
 * behind it in the catalogue. */
static void
reach_from(struct walk *k, size_t from)
{
	const struct catalogue *c = k->c;
	const struct cat_branch *b = &c->branches[from];
	const struct cat_upgrade *own, *other;
	size_t i;

	own = upgrade_from(c, b, CAT_IN_PLACE, true);
	other = upgrade_from(c, b, CAT_IN_PLACE, false);
	for (i = from + 1; i < c->branch_count; i++)
		if (has_begun(&c->branches[i], k->at) &&
		    ((own != NULL && c->branches[i].product == b->product) ||
		    (other != NULL && c->branches[i].product == other->to)))
			k->reached[i] = true;
}

static void
reach(struct walk *k)
{
	size_t i, own = (size_t)(k->r->branch - k->c->branches);

	k->reached[own] = true;
	for (i = own; i < k->c->branch_count; i++)
		if (k->reached[i])
			reach_from(k, i);
}

/* Was it replaced by a newer revision, or withdrawn? */
static bool
is_replaced(const struct cat_release *x, instant at)
{
	const struct cat_release *by = x->replace.by;

	return x->replace.force != CAT_KEEP && (by == NULL || is_out(by, at));
}

static bool
is_newer(const struct walk *k, const struct cat_release *x)
{
	if (x->branch == k->r->branch)
		return place_in_branch(x) > place_in_branch(k->r);
	return k->day == INSTANT_NONE || x->released > k->day;
}

static bool
counts(const struct walk *k, const struct cat_release *x)
{
	if (!is_out(x, k->at) || x->kind == CAT_IU || x->revision == 0 ||
	    is_replaced(x, k->at) || !is_newer(k, x) ||
	    !k->reached[x->branch - k->c->branches])
		return false;
	/* Beside a branch that is supported, only what one moves to. */
	return x->branch == k->r->branch || k->w->closed ||
	    (release_makes_branch(x) && x->product == k->r->product);
}

/* By day; of one day, in the order of the catalogue. */
static int
by_day(const void *a, const void *b)
{
	const struct cat_release *x = *(const struct cat_release *const *)a;
	const struct cat_release *y = *(const struct cat_release *const *)b;

	if (x->released != y->released)
		return x->released < y->released ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

static void
collect(struct walk *k)
{
	size_t i;

	k->found = xcalloc(k->c->release_count, sizeof(*k->found));
	for (i = 0; i < k->c->release_count; i++)
		if (counts(k, k->c->releases[i]))
			k->found[k->count++] = k->c->releases[i];
	if (k->count != 0)
		qsort(k->found, k->count, sizeof(*k->found), by_day);
}

/* Is X what some update had to be released again for, to cure more? */
static bool
cures_again(const struct cat_release *x)
{
	const struct cat_branch *b = x->branch;
	size_t i;

	for (i = 0; i < b->release_count; i++)
		if (b->releases[i]->replace.by == x &&
		    b->releases[i]->replace.force == CAT_REQUIRED &&
		    strcmp(b->releases[i]->replace.reason,
		    "security-fix") == 0)
			return true;
	return false;
}

/* Is X but another revision of R, made for another reason than to cure more?
 * Whether it is needed is for "rerelease" to say. */
static bool
is_same_update(const struct cat_release *r, const struct cat_release *x)
{
	for (; r != NULL && r != x; r = r->replace.by)
		if (strcmp(r->replace.reason, "security-fix") == 0)
			return false;
	return r == x;
}

/* Is CVE cured by what is installed? Updates are cumulative; an overlay's
 * word makes nobody safe. */
static bool
is_cured(const struct cat_release *r, const char *cve)
{
	const struct cat_branch *b = r->branch;
	size_t i;

	for (i = 0; i < b->release_count; i++) {
		if (is_word_of(cve, b->releases[i]->cves,
		    b->releases[i]->own_cves))
			return true;
		if (b->releases[i] == r)
			break;
	}
	return false;
}

static void
add_cves(struct walk *k, const struct cat_release *x)
{
	struct way *w = k->w;
	size_t i;

	for (i = 0; i < x->cve_count; i++) {
		if (is_word_of(x->cves[i], w->cves, w->cve_count) ||
		    is_cured(k->r, x->cves[i]))
			continue;
		w->cves = xpush(w->cves, w->cve_count, sizeof(*w->cves));
		w->cures = xpush(w->cures, w->cve_count, sizeof(*w->cures));
		w->cures[w->cve_count] = x;
		w->cves[w->cve_count++] = x->cves[i];
	}
	/* A bulletin names all that it is about. */
	if (x->cve_count == 0 || (!x->all_cves && x->bulletin[0] == '\0'))
		w->all_cves = false;
}

static void
add_overlay(struct way *w, const struct cat_overlay *o)
{
	size_t i;

	if (o == NULL)
		return;
	for (i = 0; i < w->overlay_count; i++)
		if (w->overlays[i] == o)
			return;
	w->overlays = xpush(w->overlays, w->overlay_count,
	    sizeof(*w->overlays));
	w->overlays[w->overlay_count++] = o;
}

/* Updates of one day for several branches are one. */
static bool
is_parallel(const struct walk *k, size_t i, size_t j)
{
	return !release_makes_branch(k->found[i]) &&
	    !release_makes_branch(k->found[j]) &&
	    k->found[i]->released == k->found[j]->released;
}

static void
count_all(struct walk *k)
{
	struct way *w = k->w;
	bool security = false, bought = false;
	size_t i;

	for (i = 0; i < k->count; i++) {
		const struct cat_release *x = k->found[i];

		add_overlay(w, x->overlay);
		if (x->cve_count > x->own_cves)
			add_overlay(w, x->cves_overlay);
		if (i == 0 || !is_parallel(k, i - 1, i)) {
			w->updates++;
			w->bought += bought;
			security = false;
			bought = true;
		}
		bought = bought && x->program != NULL;
		if (w->since == INSTANT_NONE)
			w->since = x->released;
		if (!release_is_security(x) || is_same_update(k->r, x))
			continue;
		w->security += !security;
		security = true;
		if (w->security_since == INSTANT_NONE)
			w->security_since = x->released;
		w->urgent = w->urgent || cures_again(x);
		add_cves(k, x);
	}
	w->bought += bought;
}

/* The newest of the branch that lies farthest on the way. */
static const struct cat_release *
newest_of(const struct walk *k)
{
	const struct cat_release *best = NULL, *x;
	size_t i;

	for (i = 0; i < k->count; i++) {
		x = k->found[i];
		if (best == NULL || x->branch >= best->branch)
			best = x;
	}
	/* In a branch that is supported, its own updates come first. */
	for (i = 0; !k->w->closed && i < k->count; i++)
		if (k->found[i]->branch == k->r->branch)
			best = k->found[i];
	return best;
}

/* ---------------------------------------------------------- the next step */

/* The newest update of B, newer than its base or than R, that can be had. */
static const struct cat_release *
newest_to_have(const struct walk *k, const struct cat_branch *b)
{
	const struct cat_release *x;
	size_t i = b->release_count;

	while (i-- > 0) {
		x = b->releases[i];
		if (b == k->r->branch && !is_newer(k, x))
			return NULL;
		if (release_makes_branch(x))
			continue;
		if (x->kind != CAT_IU && x->revision != 0 &&
		    is_out(x, k->at) && x->replace.force != CAT_REQUIRED &&
		    x->replace.then != CAT_REQUIRED &&
		    release_can_be_had(x) && (x->program == NULL || k->esu))
			return x;
	}
	return NULL;
}

/* The base of B in the revision that is to be kept. */
static const struct cat_release *
base_of(const struct walk *k, const struct cat_branch *b)
{
	const struct cat_release *base = NULL;
	size_t i;

	for (i = 0; i < b->release_count; i++)
		if (release_makes_branch(b->releases[i]) &&
		    is_out(b->releases[i], k->at) &&
		    !is_replaced(b->releases[i], k->at))
			base = b->releases[i];
	return base;
}

/* The newest branch of P, behind B, that has begun; NULL. */
static const struct cat_branch *
newest_branch(const struct walk *k, const struct cat_product *p,
    const struct cat_branch *b)
{
	const struct catalogue *c = k->c;
	size_t i = c->branch_count;

	while (i-- > 0 && &c->branches[i] != b)
		if (c->branches[i].product == p &&
		    base_of(k, &c->branches[i]) != NULL)
			return &c->branches[i];
	return NULL;
}

/* A step to the base of B, and what goes on top. */
static bool
step_to(struct walk *k, enum way_step step, const struct cat_branch *b,
    const struct cat_upgrade *u)
{
	const struct cat_release *base = b != NULL ? base_of(k, b) : NULL;

	if (base == NULL)
		return false;
	k->w->step = step;
	k->w->to = base;
	k->w->then = newest_to_have(k, b);
	k->w->upgrade = u;
	return true;
}

static bool
step_update(struct walk *k, const struct cat_release *x)
{
	if (x == NULL)
		return false;
	k->w->step = WAY_UPDATE;
	k->w->to = x;
	return true;
}

static bool
step_base(struct walk *k)
{
	const struct cat_branch *b = k->r->branch;
	const struct cat_upgrade *u = upgrade_from(k->c, b, CAT_IN_PLACE,
	    true);

	return u != NULL && step_to(k, WAY_BASE, newest_branch(k, b->product,
	    b), u);
}

static bool
step_product(struct walk *k, enum way_step step, enum cat_how how)
{
	const struct cat_branch *b = k->r->branch;
	const struct cat_upgrade *u = upgrade_from(k->c, b, how, false);

	return u != NULL && step_to(k, step, newest_branch(k, u->to, b), u);
}

/* What was published, and is only told of by a build. */
static const struct cat_release *
unnamed_of(const struct walk *k)
{
	const struct cat_release *x = k->w->newest;

	return x != NULL && !release_can_be_had(x) ? x : NULL;
}

/* What was to be replaced later is never advised, at no instant: what replaced
 * it is. */
static const struct cat_release *
successor_of(const struct walk *k)
{
	const struct cat_release *x = k->w->newest;

	while (x != NULL && x->replace.force != CAT_KEEP)
		x = x->replace.by;
	return x != k->w->newest ? x : NULL;
}

static void
find_step(struct walk *k)
{
	const struct cat_release *own = newest_to_have(k, k->r->branch);
	bool bought = own != NULL && own->program != NULL;

	k->w->beside = unnamed_of(k);
	if (!k->w->closed) {
		if (!step_update(k, own) && !step_base(k) &&
		    !step_update(k, successor_of(k)))
			(void)step_update(k, k->w->beside);
	} else if (bought)
		(void)step_update(k, own);
	else if (!step_product(k, WAY_PRODUCT, CAT_IN_PLACE) &&
	    !step_base(k) &&
	    !step_update(k, own))
		(void)step_product(k, WAY_NEW_SERVER, CAT_NEW_SERVER);
	if (k->w->beside == k->w->to)
		k->w->beside = NULL;
}

void
way_find(const struct catalogue *c, const struct cat_release *r, instant at,
    bool esu, struct way *w)
{
	struct walk k = { .c = c, .r = r, .at = at, .day = day_of(r),
	    .esu = esu, .w = w };

	*w = (struct way){ .since = INSTANT_NONE,
	    .security_since = INSTANT_NONE, .all_cves = true };
	w->closed = support_ended(way_support_end(c, r->branch, at), at);
	k.reached = xcalloc(c->branch_count, sizeof(*k.reached));
	reach(&k);
	collect(&k);
	add_overlay(w, catalogue_info(c)->known_by);
	count_all(&k);
	w->newest = newest_of(&k);
	find_step(&k);
	free(k.found);
	free(k.reached);
}

void
way_fini(struct way *w)
{
	free(w->cures);
	free(w->cves);
	free(w->overlays);
	*w = (struct way){ 0 };
}

/* ------------------------------------------------------------- in words */

/* What goes on top of a step. */
static void
put_then(struct buf *b, const struct way *w)
{
	if (w->then == NULL)
		return;
	buf_puts(b, ", then ");
	put_release(b, w->then);
}

/* From a branch that is named a new server of the next product will do; a
 * product that leads there from no branch has to go another way first. */
static void
put_new_server(struct buf *b, const struct way *w, const struct cat_release *r)
{
	const char *text = w->upgrade->text;
	size_t len = strlen(text);

	if (w->upgrade->branch_count != 0 || len == 0) {
		buf_printf(b, "move to %s on a new server, for no in-place "
		    "upgrade leads there from %s", w->to->product->name,
		    r->product->name);
		return;
	}
	buf_printf(b, "move to %s in steps (%.*s)", w->to->product->name,
	    (int)(len - (text[len - 1] == '.')), text);
}

void
put_step(struct buf *b, const struct way *w, const struct cat_release *r)
{
	switch (w->step) {
	case WAY_UPDATE:
		buf_puts(b, "install ");
		put_release(b, w->to);
		if (w->to->program != NULL)
			buf_puts(b, ", which needs ESU");
		if (!release_can_be_had(w->to))
			buf_printf(b, " of %s, whose KB is not known to this "
			    "catalogue", w->to->date);
		return;
	case WAY_BASE:
		buf_puts(b, "install ");
		put_release(b, w->to);
		put_then(b, w);
		return;
	case WAY_PRODUCT:
		buf_printf(b, "upgrade in place to %s ",
		    w->to->product->name);
		put_release(b, w->to);
		put_then(b, w);
		return;
	case WAY_NEW_SERVER:
		put_new_server(b, w, r);
		return;
	case WAY_NONE:
		break;
	}
}

/* ------------------------------------------------------------ staleness */

/* The second Tuesday of a month behind T. */
static instant
next_second_tuesday(instant t)
{
	char day[INSTANT_TEXT];
	int of_month;

	t -= t % SECONDS_A_DAY;
	for (;;) {
		t += SECONDS_A_DAY;
		instant_format_day(t, day);
		of_month = (day[8] - '0') * 10 + (day[9] - '0');
		/* 1970-01-01 was a Thursday. */
		if (t / SECONDS_A_DAY % 7 == 5 && of_month >= 8 &&
		    of_month <= 14)
			return t;
	}
}

instant
way_stale_from(instant known_until)
{
	return next_second_tuesday(next_second_tuesday(known_until)) +
	    2 * SECONDS_A_DAY;
}

enum cat_age
way_age(instant known_until, instant at, int days)
{
	instant first = next_second_tuesday(known_until);

	if (days >= 0 ? at > known_until + (instant)days * SECONDS_A_DAY :
	    at >= way_stale_from(known_until))
		return CAT_STALE;
	return at >= first + 2 * SECONDS_A_DAY ? CAT_AS_OF : CAT_FRESH;
}

/* --------------------------------------------------------- known issues */

static bool
is_in_range(const struct catalogue *c, const struct cat_range *x,
    const struct cat_release *r)
{
	const struct cat_release *first;

	if (!version_known(r->build) || version_cmp(r->build, x->from) < 0)
		return false;
	if (version_known(x->cured))
		return version_cmp(r->build, x->cured) < 0;
	first = catalogue_find_build(c, x->from);
	return first != NULL && first->branch == r->branch;
}

bool
issue_concerns(const struct catalogue *c, const struct cat_issue *x,
    const struct cat_release *r, instant at)
{
	size_t i;

	if (x->since != INSTANT_NONE && x->since > at)
		return false;
	for (i = 0; i < x->range_count; i++)
		if (is_in_range(c, &x->ranges[i], r))
			return true;
	return false;
}

const struct cat_release *
issue_cure(const struct catalogue *c, const struct cat_issue *x,
    const struct cat_release *r)
{
	size_t i;

	for (i = 0; i < x->range_count; i++)
		if (is_in_range(c, &x->ranges[i], r))
			return catalogue_find_build(c, x->ranges[i].cured);
	return NULL;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/ready.h"
#include "base/path.h"

#include <string.h>

/* Does a way lead from what is installed to the target, and is the target
 * itself the newest? */

static bool
is_open_to(const struct cat_upgrade *u, const struct cat_branch *b)
{
	size_t i;

	for (i = 0; i < u->branch_count; i++)
		if (strcmp(u->branches[i], b->id) == 0)
			return true;
	return u->branch_count == 0;
}

/* The one that B can take, or else any between the two products. */
const struct cat_upgrade *
ready_upgrade(const struct question_of_target *q)
{
	const struct cat_branch *b = q->x->branch;
	const struct cat_upgrade *u, *other = NULL;
	size_t i, n = catalogue_upgrades(q->j->cat, &u);

	for (i = 0; i < n; i++) {
		if (u[i].from != b->product || u[i].to != q->r->product)
			continue;
		if (is_open_to(&u[i], b))
			return &u[i];
		other = &u[i];
	}
	return other;
}

static void
put_branches(struct buf *b, const struct cat_upgrade *u)
{
	size_t i;

	for (i = 0; i < u->branch_count; i++)
		buf_printf(b, "%s%s", i == 0 ? "" : i + 1 ==
		    u->branch_count ? " or " : ", ", u->branches[i]);
}

void
ready_way(struct question_of_target *q)
{
	const struct cat_branch *have = q->x->branch;
	const struct cat_upgrade *u = ready_upgrade(q);
	struct buf b;

	q->upgrade = u;
	if (u == NULL) {
		ready_block(q, "no way is known from %s %s to %s",
		    have->product->name, have->id, q->r->name);
		return;
	}
	buf_init(&b, TEXT_MAX);
	put_branches(&b, u);
	if (u->how == CAT_NEW_SERVER)
		ready_block(q, "%s does not go over %s: %s", q->r->name,
		    have->product->name, u->text);
	else if (!is_open_to(u, have))
		ready_block(q, "%s goes over %s %s, and %s is installed: "
		    "install %s %s first", q->r->name, have->product->name,
		    buf_text(&b), have->id, have->product->name,
		    u->branches[u->branch_count - 1]);
	else
		ready_check(q, "%s goes over %s %s in place", q->r->name,
		    have->product->name, have->id);
	buf_fini(&b);
}

/* The newest update of the target's branch that can be had; NULL for none
 * that is newer. */
static const struct cat_release *
newest_update(const struct question_of_target *q)
{
	const struct assess_options *opt = q->j->opt;
	const struct cat_branch *b = q->r->branch;
	size_t i;

	for (i = b->release_count; i-- > 0 && b->releases[i] != q->r;) {
		const struct cat_release *r = b->releases[i];

		if (r->kind != CAT_IU && r->released != INSTANT_NONE &&
		    r->released <= opt->at && r->replace.by == NULL &&
		    (r->program == NULL || opt->esu) &&
		    release_can_be_had(r))
			return r;
	}
	return NULL;
}

/* What there is beyond the target, as if it were installed. */
void
ready_newer(struct question_of_target *q)
{
	const struct assess_options *opt = q->j->opt;
	const struct cat_release *newest;
	struct way w;
	struct buf b;

	if (q->r == NULL || q->r->branch == NULL)
		return;
	newest = newest_update(q);
	buf_init(&b, TEXT_MAX);
	if (newest != NULL) {
		put_release(&b, newest);
		q->out->newer = newest;
		ready_warn(q, "%s is not the newest: %s install %s",
		    q->r->name, release_is_base(q->r) ? "afterwards" :
		    "better", buf_text(&b));
	}
	buf_fini(&b);
	way_find(q->j->cat, q->r, opt->at, opt->esu, &w);
	buf_init(&b, TEXT_MAX);
	put_step(&b, &w, q->r);
	if (w.step == WAY_BASE && q->out->newer == NULL)
		q->out->newer = w.to;
	if (w.to != NULL && w.to != newest && w.step != WAY_UPDATE)
		ready_say(&q->out->notes, "beyond %s: %s", q->r->name,
		    buf_text(&b));
	buf_fini(&b);
	way_fini(&w);
}

/* ----------------------------------------------------------------- steps */

/* What the package is called: the file, or a patch that the catalogue has. */
static const char *
package_name(const struct question_of_target *q)
{
	if (q->t->package != NULL && !q->t->next)
		return path_base(q->t->name);
	return install_package(q->r, q->x->ex->is_x86);
}

void
ready_steps(struct question_of_target *q)
{
	const struct cat_install *x;
	struct buf b;
	size_t i;

	if (q->r == NULL || q->r->branch == NULL)
		return;
	x = catalogue_install(q->j->cat, q->r, release_is_base(q->r));
	for (i = 0; x != NULL && i < x->step_count; i++) {
		if (!site_has_role(q->x->ex, x->steps[i].roles,
		    x->steps[i].role_count))
			continue;
		buf_init(&b, DETAIL_MAX);
		put_install_step(&b, q->j, x->steps[i].text, package_name(q));
		ready_say(&q->out->steps, "%s", buf_text(&b));
		buf_fini(&b);
	}
	if (x != NULL)
		q->out->sources = x->sources;
}

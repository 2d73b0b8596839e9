/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/ask.h"
#include "assessment/ready.h"

#include "base/alloc.h"
#include "base/path.h"
#include "base/utf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * May this update be installed next? Every reason against it is told, not
 * only the first. A product code alone proves nothing: 2010 and 2013 share
 * one, and so do all service packs and cumulative updates of a product; what
 * the release is of decides.
 */

static const struct finding *
find_rule(const struct judge *j, enum rule_id rule)
{
	size_t i;

	for (i = 0; i < j->a->finding_count; i++)
		if (j->a->findings[i].rule == rule)
			return &j->a->findings[i];
	return NULL;
}

/* ------------------------------------------------ what would go where */

/* Does some target go to the installation as an upgrade of it? */
static bool
leads_from(const struct question_of_target *q,
    const struct assess_exchange *x)
{
	const struct cat_upgrade *u;
	size_t i, k, n = catalogue_upgrades(q->j->cat, &u);

	for (i = 0; i < n; i++)
		for (k = 0; k < q->t->release_count; k++)
			if (u[i].from == x->ex->product &&
			    u[i].to == q->t->releases[k]->product)
				return true;
	return false;
}

/* The installation of the product that the target is of, or else the one
 * that an upgrade leads from. */
static void
find_place(struct question_of_target *q)
{
	const struct assessment *a = q->j->a;
	size_t i, k;

	for (i = 0; i < a->exchange_count && q->x == NULL; i++)
		for (k = 0; k < q->t->release_count; k++)
			if (q->t->releases[k]->product ==
			    a->exchange[i].ex->product)
				q->x = &a->exchange[i];
	for (i = 0; i < a->exchange_count && q->x == NULL; i++)
		if (leads_from(q, &a->exchange[i]))
			q->x = &a->exchange[i];
	/* Of an unknown release, what its package says has to do. */
	if (q->t->release_count == 0 && a->exchange_count == 1)
		q->x = &a->exchange[0];
}

/* The first release of the target that is of the installed product, and else
 * the first of all. */
static const struct cat_release *
nearest_release(const struct question_of_target *q)
{
	const struct assess_target *t = q->t;
	size_t i;

	for (i = 0; i < t->release_count; i++)
		if (q->x != NULL &&
		    t->releases[i]->product == q->x->ex->product)
			return t->releases[i];
	return t->releases[0];
}

/* Of the releases that share a KB, the only one of the branch. */
static void
find_release(struct question_of_target *q)
{
	const struct assess_target *t = q->t;
	size_t i, n = 0;

	for (i = 0; i < t->release_count; i++)
		if (q->x != NULL && t->releases[i]->branch == q->x->branch) {
			q->r = t->releases[i];
			n++;
		}
	if (t->next)
		return;
	if (n > 1) {
		q->r = NULL;
		ready_doubt(q, "%s stands for %zu releases of the installed "
		    "branch: name the build or the package", t->name, n);
	} else if (n == 0 && t->release_count != 0)
		q->r = nearest_release(q);
	else if (t->release_count == 0)
		ready_doubt(q, "which release %s is cannot be told", t->name);
}

/* An installed product that the target is older than; NULL. */
static const struct cat_product *
newer_product(const struct question_of_target *q)
{
	const struct assessment *a = q->j->a;
	size_t i;

	for (i = 0; i < a->exchange_count; i++) {
		const struct cat_product *p = a->exchange[i].ex->product;

		if (p != NULL && version_cmp(p->from, q->r->product->from) > 0)
			return p;
	}
	return NULL;
}

static void
judge_absence(struct question_of_target *q)
{
	const struct assessment *a = q->j->a;

	if (a->answers[ASK_INSTALLED].value == INSTALLED_NONE)
		ready_block(q, "no Exchange is installed here");
	else if (a->exchange_count == 0)
		ready_doubt(q, "whether Exchange is installed could not be "
		    "read");
	else if (q->r != NULL && newer_product(q) != NULL)
		ready_block(q, "%s is of %s, which is not installed here, and "
		    "is older than the installed %s", q->r->name,
		    q->r->product->name, newer_product(q)->name);
	else if (q->r != NULL)
		ready_block(q, "%s is of %s, which is not installed here: no "
		    "setup goes there in place from what is, but on another "
		    "server", q->r->name, q->r->product->name);
	else
		ready_doubt(q, "which of the installed products it would go to "
		    "cannot be told");
}

/* --------------------------------------------------- the release itself */

/* What has to come first, for an update of another base. */
static void
put_base_first(struct buf *b, const struct question_of_target *q)
{
	const struct cat_branch *have = q->x->branch, *want = q->r->branch;
	const struct cat_upgrade *u = ready_upgrade(q);

	if (have->product != want->product && u != NULL &&
	    u->how == CAT_NEW_SERVER)
		buf_printf(b, ": %s", u->text);
	else if (have->product != want->product)
		buf_printf(b, ": upgrade to %s %s first",
		    want->product->name, want->id);
	else if (have < want)
		buf_printf(b, ": install %s first", want->id);
	else
		buf_printf(b, ": take the update of that name for %s",
		    have->id);
}

static void
judge_branch(struct question_of_target *q)
{
	const struct assess_exchange *x = q->x;
	struct buf b;

	if (x->branch == NULL) {
		ready_doubt(q, "which service pack or cumulative update is "
		    "installed is not known");
		return;
	}
	if (x->branch == q->r->branch) {
		if (!release_is_base(q->r))
			ready_check(q, "it is for the installed %s",
			    x->branch->id);
		return;
	}
	if (release_is_base(q->r)) {
		ready_way(q);
		return;
	}
	buf_init(&b, TEXT_MAX);
	put_base_first(&b, q);
	ready_block(q, "%s is for %s%s%s, and %s is installed%s", q->r->name,
	    x->branch->product != q->r->product ? q->r->product->name : "",
	    x->branch->product != q->r->product ? " " : "",
	    q->r->branch->id, x->branch->id, buf_text(&b));
	buf_fini(&b);
}

static void
judge_order(struct question_of_target *q)
{
	const struct cat_release *have = q->x->release;
	struct version is = have != NULL ? have->build : q->x->newer;
	char build[VERSION_TEXT];
	int cmp;

	/* One that is not known is told with the answer. */
	if (!version_known(q->r->build) || !version_known(is))
		return;
	cmp = version_cmp(q->r->build, is);
	if (cmp == 0)
		ready_block(q, "%s is installed already", q->r->name);
	else if (cmp < 0)
		ready_block(q, "%s is older than the installed %s", q->r->name,
		    have != NULL ? have->label : version_format(is, build));
}

static void
judge_revision(struct question_of_target *q)
{
	const struct cat_replace *rep = &q->r->replace;
	bool newer = rep->by != NULL && (rep->by->released == INSTANT_NONE ||
	    rep->by->released <= q->j->opt->at);
	struct buf b;

	if (rep->force != CAT_REQUIRED && !newer)
		return;
	buf_init(&b, DETAIL_MAX);
	if (rep->force == CAT_REQUIRED)
		buf_printf(&b, "%s must not be installed any more: %s",
		    q->r->name, rep->text);
	else
		buf_printf(&b, "a newer revision of %s is out", q->r->name);
	if (newer) {
		buf_puts(&b, rep->force == CAT_REQUIRED ? " Take " : ": ");
		put_release(&b, rep->by);
	}
	ready_block(q, "%s", buf_text(&b));
	buf_fini(&b);
}

/* Of the products that there are with 32 bits, which one is here? */
static bool
is_width_known(const struct question_of_target *q)
{
	const struct inv_windows *w = &q->j->inv->windows;

	return q->x->ex->is_x86 || w->is_x86 || w->is_x64 ||
	    q->x->ex->base.part[0] != 8;
}

/* 32-bit management tools of 2007 are real, and take no 64-bit package. Of a
 * package nothing but its name tells the width. */
static void
judge_width(struct question_of_target *q)
{
	bool here = q->x->ex->is_x86;
	const char *name = path_base(q->t->name);

	if (!is_width_known(q))
		ready_doubt(q, "whether this Windows is of 32 or of 64 bits "
		    "could not be read");
	else if (q->t->package == NULL) {
		if (here && q->r != NULL && package_for(q->r, true) == NULL)
			ready_block(q, "%s has no package for the 32-bit "
			    "Exchange that is installed", q->r->name);
	} else if (here && names_width(name, "-x64"))
		ready_block(q, "%s is for 64-bit Exchange, and 32-bit is "
		    "installed", name);
	else if (!here && names_width(name, "-x86"))
		ready_block(q, "%s is for 32-bit Exchange, and 64-bit is "
		    "installed", name);
}

/* Can it be had, and by whom? */
static void
judge_to_be_had(struct question_of_target *q)
{
	const struct cat_release *r = q->r;

	if (r->released != INSTANT_NONE && r->released > q->j->opt->at)
		ready_doubt(q, "%s came out on %s, later than the day that is "
		    "judged", r->name, r->date);
	if (r->program != NULL && !q->j->opt->esu)
		ready_warn(q, "%s is only for those who take part in %s "
		    "(--esu)", r->name, r->program->name);
}

static void
judge_as_release(struct question_of_target *q)
{
	judge_branch(q);
	judge_order(q);
	judge_revision(q);
	judge_to_be_had(q);
}

/* ---------------------------------------------------------- the package */

static void
judge_expired(struct question_of_target *q, const struct inspected *p)
{
	char day[INSTANT_TEXT];

	instant_words(assessment_has_fix(q->j->a) ? p->until.with_fix :
	    p->until.without_fix, day);
	if (p->until.with_fix != INSTANT_UNLIMITED)
		ready_block(q, "its signature held until %s", day);
	else if (q->j->a->answers[ASK_FIX].value == FIX_UNKNOWN)
		ready_doubt(q, "its signature held until %s; whether this "
		    "Windows has the fix with which it still holds is not "
		    "known", day);
	else
		ready_block(q, "its signature held until %s; since then only "
		    "with the Windows fix, which is not here", day);
}

static void
judge_genuine(struct question_of_target *q, const struct inspected *p)
{
	switch (judge_signature_of(q->j, p->verdict, &p->until)) {
	case SIG_INVALID:
		ready_block(q, "it is not what was signed: %s", p->why.text);
		break;
	case SIG_UNTRUSTED:
		ready_block(q, "it is signed by nobody who is known: %s",
		    p->why.text);
		break;
	case SIG_UNSIGNED:
		ready_block(q, "it has no signature");
		break;
	case SIG_UNREADABLE:
		ready_block(q, "it is damaged: %s", p->why.text);
		break;
	case SIG_EXPIRED:
		judge_expired(q, p);
		break;
	case SIG_UNCHECKED:
		ready_doubt(q, "its signature was not judged");
		break;
	case SIG_VALID:
	case SIG_EXPIRES:
		break;
	}
}

static void
judge_product_codes(struct question_of_target *q, const struct inspected *p)
{
	const struct site_product *msi = q->x->ex->msi;
	size_t i;

	if (msi == NULL) {
		ready_doubt(q, "Windows Installer's record of Exchange was not "
		    "found");
		return;
	}
	for (i = 0; i < p->facts->patch.target_count; i++)
		if (utf_casecmp(p->facts->patch.targets[i], msi->code) == 0)
			return;
	if (p->facts->patch.target_count != 0)
		ready_block(q, "it is for other products than the installed %s "
		    "%s", msi_words(msi), msi->code);
	else
		ready_doubt(q, "it does not say which products it is for");
}

/* A product's own package is what its setup installs. */
static bool
is_own_package(const struct question_of_target *q,
    const struct file_facts *f)
{
	return !f->has_patch && f->product_code != NULL &&
	    inv_is_exchange_code(q->j->cat, f->product_code);
}

/* What updates and media come in, and nobody opens here; NULL for others. An
 * image is known by its name alone. */
static const char *
container_of(const struct question_of_target *q, const struct inspected *p)
{
	static const char *const ends[][2] = { { ".iso", "an image of media" },
		{ ".img", "an image of media" }, { ".zip", "an archive" } };
	const char *end = strrchr(path_base(q->t->name), '.');
	size_t i;

	if (p->facts->kind == FILEKIND_CAB)
		return "a cabinet";
	for (i = 0; end != NULL && p->facts->kind == FILEKIND_OTHER &&
	    i < sizeof(ends) / sizeof(ends[0]); i++)
		if (utf_casecmp(end, ends[i][0]) == 0)
			return ends[i][1];
	return NULL;
}

static void
judge_container(struct question_of_target *q, const struct inspected *p)
{
	/* Some carry a signature, and none has to. */
	if (p->verdict != SIG_UNSIGNED)
		judge_genuine(q, p);
	rests_on_signature(&q->out->rests, p);
	ready_doubt(q, "%s is %s, and what is in it is not looked at: name the "
	    ".msp in it, the release, or the KB", path_base(q->t->name),
	    container_of(q, p));
}

static void
judge_as_package(struct question_of_target *q, const struct inspected *p)
{
	bool own = is_own_package(q, p->facts);

	if (container_of(q, p) != NULL) {
		judge_container(q, p);
		return;
	}
	if (p->verdict != SIG_UNREADABLE && !p->facts->has_patch && !own &&
	    p->facts->kind != FILEKIND_PE) {
		ready_block(q, "%s is no patch of Windows Installer",
		    q->t->name);
		return;
	}
	judge_genuine(q, p);
	/* Updates come as programs, too. */
	if (p->facts->kind == FILEKIND_PE)
		ready_doubt(q, "%s is a program, and what it installs is not "
		    "looked at: name the .msp in it, or the KB",
		    path_base(q->t->name));
	rests_on_signature(&q->out->rests, p);
	rests_on_identity(&q->out->rests, p);
	if (p->facts->has_patch && p->facts->digested && judge_listed(q->r,
	    &p->facts->digests) == INSPECT_LISTED_NOT)
		ready_block(q, "its digest is that of no known package of %s",
		    q->r->name);
	if (p->facts->has_patch)
		judge_product_codes(q, p);
	if (p->name == INSPECT_NAME_LIES && q->r != NULL)
		ready_warn(q, "it is %s, and is called %s as another package "
		    "is", q->r->name, path_base(q->t->name));
	if (own)
		ready_say(&q->out->notes, "%s is installed by the Setup.exe "
		    "beside it, never by itself", path_base(q->t->name));
}

/* ------------------------------------------------------- what is there */

/* All that is missing, in one reason. */
static void
reason_of(struct texts *to, const struct answer *a, const char *before)
{
	struct buf b;
	size_t i;

	buf_init(&b, DETAIL_MAX);
	buf_puts(&b, before);
	for (i = 0; i < a->lack_count; i++)
		buf_printf(&b, "%s%s", i == 0 ? ": " : "; ", a->lacks[i]);
	ready_say(to, "%s", buf_text(&b));
	buf_fini(&b);
}

/* Setup asks for the package of each patch that is listed. */
static void
judge_lost_codes(struct question_of_target *q)
{
	const struct site_product *msi = q->x->ex->msi;
	size_t i;

	for (i = 0; msi != NULL && i < msi->listed_count; i++)
		if (!msi->listed[i].has_key)
			ready_block(q, "the record of the patch %s is gone: "
			    "expect Windows Installer error 1635 or 1603",
			    msi->listed[i].code);
}

/* What another answer rests on, this one does. */
static void
prove_by(struct question_of_target *q, const struct answer *a)
{
	size_t i;

	for (i = 0; i < a->proof_count; i++)
		ready_prove(q, a->proof[i]);
}

/* Exchange of another product, of which nothing more is known: it may be what
 * is really here. */
static void
judge_orphans(struct question_of_target *q)
{
	const struct scene *s = q->j->scene;
	size_t i;

	for (i = 0; i < s->orphan_count; i++) {
		ready_prove(q, s->orphans[i]->ev);
		ready_doubt(q, "Windows Installer has %s, and there is no "
		    "Setup key to it", msi_words(s->orphans[i]));
	}
}

/* The other answers: what is bad or gone blocks, what is not known is a
 * doubt. That cached packages are gone was told one by one. */
static void
judge_answers(struct question_of_target *q)
{
	const struct answer *all = q->x->answers;
	const struct answer *in = &all[ASK_INSTALLED], *gen =
	    &all[ASK_GENUINE], *com = &all[ASK_COMPLETE];

	prove_by(q, in);
	prove_by(q, gen);
	prove_by(q, com);
	if (in->value != INSTALLED_PROVEN)
		reason_of(&q->doubts, in, in->value == INSTALLED_PROBABLE ?
		    "which update is installed is not proven" :
		    "which update is installed is not known");
	else if (q->x->release != NULL)
		ready_check(q, "%s is installed, proven",
		    q->x->release->name);
	judge_orphans(q);
	if (gen->value == GENUINE_NO)
		reason_of(&q->blocks, gen, "not genuine");
	else if (gen->value == GENUINE_INCOMPLETE)
		judge_lost_codes(q);
	else if (gen->value == GENUINE_UNKNOWN)
		reason_of(&q->doubts, gen, "not known to be genuine");
	else if (gen->value == GENUINE_NOT_ASKED)
		ready_doubt(q, "cached packages were not opened "
		    "(--no-packages)");
	if (com->value == COMPLETE_NO)
		reason_of(&q->blocks, com, "setup did not finish: run it again "
		    "to its end");
	else if (com->value == COMPLETE_UNKNOWN)
		reason_of(&q->doubts, com, "whether setup finished is not "
		    "known");
	else if (com->value == COMPLETE_DOUBTFUL)
		reason_of(&q->out->warnings, com, "something may be half in");
}

/* An interim update has to go before any other comes. */
static void
judge_interim_update(struct question_of_target *q)
{
	const struct finding *f = find_rule(q->j, RULE_INTERIM_INSTALLED);

	size_t i;

	if (f == NULL)
		return;
	ready_block(q, "%s", f->detail);
	for (i = 0; i < f->evidence_count; i++)
		ready_prove(q, f->evidence[i]);
}

static void
judge_place(struct question_of_target *q)
{
	if (q->r != NULL)
		judge_as_release(q);
	if (q->t->package != NULL)
		judge_as_package(q, q->t->package);
	judge_width(q);
	ready_needs(q);
	ready_caches(q);
	judge_answers(q);
	judge_interim_update(q);
	ready_newer(q);
	ready_steps(q);
}

/* ------------------------------------------------------- the next step */

/* Nothing to take is fine where nothing newer is known to be out. */
static void
judge_no_step(struct question_of_target *q)
{
	const struct answer *a = &q->x->answers[ASK_CURRENT];

	if (a->value == CURRENT_YES || a->value == CURRENT_FINAL)
		q->out->nothing = true;
	else
		reason_of(&q->doubts, a, "which step comes next is not "
		    "known");
	ready_caches(q);
	judge_answers(q);
	judge_interim_update(q);
}

/* Which of them is to be taken further nobody said: it rests on all that makes
 * them several. */
static void
judge_several(struct question_of_target *q)
{
	const struct assessment *a = q->j->a;
	size_t i;

	for (i = 0; i < a->exchange_count; i++) {
		ready_prove(q, a->exchange[i].ex->ev);
		prove_by(q, &a->exchange[i].answers[ASK_INSTALLED]);
		prove_by(q, &a->exchange[i].answers[ASK_COMPLETE]);
	}
	ready_doubt(q, "there are several installations of Exchange: name the "
	    "target");
}

static void
judge_next(struct question_of_target *q)
{
	const struct assessment *a = q->j->a;

	if (a->exchange_count == 1)
		q->x = &a->exchange[0];
	if (q->x == NULL) {
		if (a->exchange_count > 1)
			judge_several(q);
		else
			judge_absence(q);
		return;
	}
	q->r = q->x->way.to;
	if (q->r == NULL)
		judge_no_step(q);
	else
		judge_place(q);
}

/* Never a bare "ready": what was looked at stands with it. */
void
put_ready(struct buf *b, const struct target_result *t)
{
	size_t i;

	if (t->answer != READY_READY)
		buf_puts(b, t->reason_count != 0 ? t->reasons[0] :
		    "no target was named");
	else if (t->nothing)
		buf_puts(b, "nothing newer is to be installed");
	else
		buf_printf(b, "%s may be installed next", t->release->name);
	for (i = 0; t->answer == READY_READY && i < t->checked.count; i++)
		buf_printf(b, "%s%s", i != 0 ? ", " : "; checked: ",
		    t->checked.list[i]);
	put_rests(b, &t->rests);
}

/* The answer, as the result of the target has it. */
static void
answer_ready(struct judge *j)
{
	struct answer *a = &j->a->answers[ASK_READY];
	const struct target_result *t = &j->a->target;
	struct buf b;
	size_t i;

	a->question = ASK_READY;
	a->value = t->answer;
	a->severity = question_get(ASK_READY)->answers[t->answer].severity;
	rests_on_all(&a->rests, &t->rests);
	buf_init(&b, DETAIL_MAX);
	put_ready(&b, t);
	answer_text(a, "%s", buf_text(&b));
	buf_fini(&b);
	for (i = 0; i < t->reason_count; i++) {
		struct ask q = { j, NULL, NULL, a };

		lack(&q, "%s", t->reasons[i]);
	}
}

/* What was looked at days ago may wait for a restart by now, or be another
 * release. */
static void
judge_age(struct question_of_target *q)
{
	instant taken = q->j->inv->taken;
	char day[INSTANT_TEXT];

	if (q->x != NULL && taken != INSTANT_NONE &&
	    q->j->opt->at >= taken + SECONDS_A_DAY)
		ready_unseen(q, "what has changed since %s, when this server "
		    "was looked at: scan it again first",
		    instant_format_day(taken, day));
}

static void
judge_named(struct question_of_target *q)
{
	find_place(q);
	find_release(q);
	if (q->x == NULL)
		judge_absence(q);
	else
		judge_place(q);
}

void
judge_target(struct judge *j)
{
	struct target_result *out = &j->a->target;
	struct question_of_target q = { .j = j, .t = j->opt->target,
	    .out = out };

	if (q.t != NULL && q.t->next)
		judge_next(&q);
	else if (q.t != NULL)
		judge_named(&q);
	judge_age(&q);
	out->release = q.r;
	rests_on_release(&out->rests, q.r);
	if (q.blocks.count != 0) {
		out->answer = READY_BLOCKED;
		out->reasons = q.blocks.list;
		out->reason_count = q.blocks.count;
		out->doubts = q.doubts;
	} else {
		out->answer = q.t != NULL && q.doubts.count == 0 &&
		    (q.r != NULL || out->nothing) ? READY_READY :
		    READY_UNKNOWN;
		out->reasons = q.doubts.list;
		out->reason_count = q.doubts.count;
	}
	answer_ready(j);
}

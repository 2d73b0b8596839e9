/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/ask.h"

#include "base/alloc.h"
#include "base/utf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * May this update be installed next? Every reason against it is told, not
 * only the first. A product code alone proves nothing: 2010 and 2013 share
 * one, and so do all service packs and cumulative updates of a product; what
 * the release is of decides.
 */
struct question_of_target {
	struct judge	*j;
	const struct assess_target *t;
	const struct assess_exchange *x; /* that it would go to */
	const struct cat_release *r;	/* what it is; NULL not known */
	struct target_result blocks, doubts;
};

PRINTF_LIKE(2, 0)
static void
add_reason(struct target_result *to, const char *fmt, va_list ap)
{
	char text[DETAIL_MAX];

	vsnprintf(text, sizeof(text), fmt, ap);
	to->reasons = xpush(to->reasons, to->reason_count,
	    sizeof(*to->reasons));
	to->reasons[to->reason_count++] = xstrdup(text);
}

PRINTF_LIKE(2, 3)
static void
block(struct question_of_target *q, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_reason(&q->blocks, fmt, ap);
	va_end(ap);
}

PRINTF_LIKE(2, 3)
static void
doubt(struct question_of_target *q, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_reason(&q->doubts, fmt, ap);
	va_end(ap);
}

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

/* The installation of the product that the target is of. */
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
	/* Of an unknown release, what its package says has to do. */
	if (q->t->release_count == 0 && a->exchange_count == 1)
		q->x = &a->exchange[0];
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
	if (n > 1) {
		q->r = NULL;
		doubt(q, "%s stands for %zu releases of the installed "
		    "branch: name the build or the package", t->name, n);
	} else if (n == 0 && t->release_count != 0)
		q->r = t->releases[0];
	else if (t->release_count == 0)
		doubt(q, "which release %s is cannot be told", t->name);
}

static void
judge_absence(struct question_of_target *q)
{
	const struct assessment *a = q->j->a;

	if (a->answers[ASK_INSTALLED].value == INSTALLED_NONE)
		block(q, "no Exchange is installed here");
	else if (a->exchange_count == 0)
		doubt(q, "whether Exchange is installed could not be read");
	else if (q->r != NULL)
		block(q, "%s is of %s, which is not installed here",
		    q->r->name, q->r->product->name);
	else
		doubt(q, "which of the installed products it would go to "
		    "cannot be told");
}

/* --------------------------------------------------- the release itself */

static void
judge_branch(struct question_of_target *q)
{
	const struct assess_exchange *x = q->x;

	if (x->branch == NULL)
		doubt(q, "which service pack or cumulative update is "
		    "installed is not known");
	else if (x->branch != q->r->branch && !release_is_base(q->r))
		block(q, "%s is for %s, and %s is installed", q->r->name,
		    q->r->branch->id, x->branch->id);
}

static void
judge_order(struct question_of_target *q)
{
	const struct cat_release *have = q->x->release;
	int cmp;

	if (have == NULL)
		return;		/* told with the answer */
	if (!version_known(q->r->build) || !version_known(have->build))
		return;
	cmp = version_cmp(q->r->build, have->build);
	if (cmp == 0)
		block(q, "%s is installed already", have->name);
	else if (cmp < 0)
		block(q, "%s is older than the installed %s", q->r->name,
		    have->label);
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
	block(q, "%s", buf_text(&b));
	buf_fini(&b);
}

static const char *
file_name(const char *path)
{
	const char *name = path, *p;

	for (p = path; *p != '\0'; p++)
		if (*p == '/' || *p == '\\')
			name = p + 1;
	return name;
}

/* 32-bit management tools of 2007 are real, and take no 64-bit package. Of a
 * package nothing but its name tells the width. */
static void
judge_width(struct question_of_target *q)
{
	bool here = q->x->ex->is_x86;
	const char *name = file_name(q->t->name);

	if (q->t->package == NULL) {
		if (here && q->r != NULL && !has_x86_package(q->r))
			block(q, "%s has no package for the 32-bit Exchange "
			    "that is installed", q->r->name);
	} else if (here && names_width(name, "-x64"))
		block(q, "%s is for 64-bit Exchange, and 32-bit is "
		    "installed", name);
	else if (!here && names_width(name, "-x86"))
		block(q, "%s is for 32-bit Exchange, and 64-bit is "
		    "installed", name);
}

static void
judge_as_release(struct question_of_target *q)
{
	judge_branch(q);
	judge_order(q);
	judge_revision(q);
}

/* ---------------------------------------------------------- the package */

static void
judge_expired(struct question_of_target *q, const struct inspected *p)
{
	char day[INSTANT_TEXT];

	instant_words(assessment_has_fix(q->j->a) ? p->until.with_fix :
	    p->until.without_fix, day);
	if (p->until.with_fix != INSTANT_UNLIMITED)
		block(q, "its signature held until %s", day);
	else if (q->j->a->answers[ASK_FIX].value == FIX_UNKNOWN)
		doubt(q, "its signature held until %s; whether this Windows "
		    "has the fix with which it still holds is not known",
		    day);
	else
		block(q, "its signature held until %s; since then only with "
		    "the Windows fix, which is not here", day);
}

static void
judge_genuine(struct question_of_target *q, const struct inspected *p)
{
	switch (judge_signature_of(q->j, p->verdict, &p->until)) {
	case SIG_INVALID:
		block(q, "it is not what was signed: %s", p->why.text);
		break;
	case SIG_UNTRUSTED:
		block(q, "it is signed by nobody who is known: %s",
		    p->why.text);
		break;
	case SIG_UNSIGNED:
		block(q, "it has no signature");
		break;
	case SIG_UNREADABLE:
		block(q, "it is damaged: %s", p->why.text);
		break;
	case SIG_EXPIRED:
		judge_expired(q, p);
		break;
	case SIG_UNCHECKED:
		doubt(q, "its signature was not judged");
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
		doubt(q, "Windows Installer's record of Exchange was not "
		    "found");
		return;
	}
	for (i = 0; i < p->facts->patch.target_count; i++)
		if (utf_casecmp(p->facts->patch.targets[i], msi->code) == 0)
			return;
	if (p->facts->patch.target_count != 0)
		block(q, "it is for other products than the installed %s %s",
		    msi_words(msi), msi->code);
}

static void
judge_as_package(struct question_of_target *q, const struct inspected *p)
{
	if (p->verdict != SIG_UNREADABLE && !p->facts->has_patch) {
		block(q, "%s is no patch of Windows Installer", q->t->name);
		return;
	}
	judge_genuine(q, p);
	if (p->facts->digested && judge_listed(q->r, &p->facts->digests) ==
	    INSPECT_LISTED_NOT)
		block(q, "its digest is that of no known package of %s",
		    q->r->name);
	if (p->facts->has_patch)
		judge_product_codes(q, p);
}

/* ------------------------------------------------------- what is there */

static void
judge_cache(struct question_of_target *q, const struct site_package *p,
    const char *owner, const char *error)
{
	if (p->state == EV_ABSENT)
		block(q, "cached package %s of %s%s%s%s is missing: expect "
		    "Windows Installer error %s", p->path, owner,
		    p->original_name != NULL ? " (" : "",
		    p->original_name != NULL ? p->original_name : "",
		    p->original_name != NULL ? ")" : "", error);
	else if (p->state == EV_UNKNOWN && p->path == NULL)
		block(q, "no cached package of %s is registered: expect "
		    "Windows Installer error %s", owner, error);
	else if (p->seen != NULL && p->seen->verdict == SIG_INVALID)
		block(q, "cached package %s of %s is not what was signed: %s",
		    p->path, owner, p->seen->why.text);
	else if (p->state == EV_UNREADABLE || (p->seen != NULL &&
	    p->seen->verdict == SIG_UNREADABLE))
		doubt(q, "cached package %s of %s could not be read", p->path,
		    owner);
}

static void
judge_caches(struct question_of_target *q)
{
	const struct site_product *msi = q->x->ex->msi;
	size_t i;

	if (msi == NULL)
		return;
	judge_cache(q, &msi->msi, msi_words(msi), "1706 or 1603");
	for (i = 0; i < msi->update_count; i++)
		judge_cache(q, &msi->updates[i].package,
		    update_words(&msi->updates[i]), "1635 or 1603");
}

/* All that is missing, in one reason. */
static void
reason_of(struct question_of_target *q, const struct answer *a,
    const char *before, bool blocks)
{
	struct buf b;
	size_t i;

	buf_init(&b, DETAIL_MAX);
	buf_puts(&b, before);
	for (i = 0; i < a->lack_count; i++)
		buf_printf(&b, "%s%s", i == 0 ? ": " : "; ", a->lacks[i]);
	if (blocks)
		block(q, "%s", buf_text(&b));
	else
		doubt(q, "%s", buf_text(&b));
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
			block(q, "the record of the patch %s is gone: expect "
			    "Windows Installer error 1635 or 1603",
			    msi->listed[i].code);
}

/* The other answers: what is bad or gone blocks, what is not known is a
 * doubt. That cached packages are gone was told one by one. */
static void
judge_answers(struct question_of_target *q)
{
	const struct answer *all = q->x->answers;

	if (all[ASK_INSTALLED].value != INSTALLED_PROVEN)
		reason_of(q, &all[ASK_INSTALLED],
		    all[ASK_INSTALLED].value == INSTALLED_PROBABLE ?
		    "which update is installed is not proven" :
		    "which update is installed is not known", false);
	if (all[ASK_GENUINE].value == GENUINE_NO)
		reason_of(q, &all[ASK_GENUINE], "not genuine", true);
	else if (all[ASK_GENUINE].value == GENUINE_INCOMPLETE)
		judge_lost_codes(q);
	else if (all[ASK_GENUINE].value == GENUINE_UNKNOWN)
		reason_of(q, &all[ASK_GENUINE], "not known to be genuine",
		    false);
	else if (all[ASK_GENUINE].value == GENUINE_NOT_ASKED)
		doubt(q, "cached packages were not opened (--no-packages)");
	if (all[ASK_COMPLETE].value == COMPLETE_NO)
		reason_of(q, &all[ASK_COMPLETE], "setup did not finish", true);
	else if (all[ASK_COMPLETE].value == COMPLETE_UNKNOWN)
		reason_of(q, &all[ASK_COMPLETE],
		    "whether setup finished is not known", false);
}

/* An interim update has to go before any other comes. */
static void
judge_interim_update(struct question_of_target *q)
{
	const struct finding *f = find_rule(q->j, RULE_INTERIM_INSTALLED);

	if (f != NULL)
		block(q, "%s", f->detail);
}

static void
judge_place(struct question_of_target *q)
{
	if (q->r != NULL)
		judge_as_release(q);
	if (q->t->package != NULL)
		judge_as_package(q, q->t->package);
	judge_width(q);
	judge_caches(q);
	judge_answers(q);
	judge_interim_update(q);
}

static void
drop_reasons(struct target_result *r)
{
	size_t i;

	for (i = 0; i < r->reason_count; i++)
		free(r->reasons[i]);
	free(r->reasons);
	r->reasons = NULL;
	r->reason_count = 0;
}

/* The answer, as the result of the target has it. */
static void
answer_ready(struct judge *j)
{
	struct answer *a = &j->a->answers[ASK_READY];
	const struct target_result *t = &j->a->target;
	size_t i;

	a->question = ASK_READY;
	a->value = t->answer;
	a->severity = question_get(ASK_READY)->answers[t->answer].severity;
	if (t->answer == READY_READY)
		answer_text(a, "%s may be installed next", t->release->name);
	else
		answer_text(a, "%s", t->reason_count != 0 ? t->reasons[0] :
		    "no target was named");
	for (i = 0; i < t->reason_count; i++) {
		struct ask q = { j, NULL, NULL, a };

		lack(&q, "%s", t->reasons[i]);
	}
}

void
judge_target(struct judge *j)
{
	struct question_of_target q = { .j = j, .t = j->opt->target };
	struct target_result *out = &j->a->target;

	if (q.t != NULL) {
		find_place(&q);
		find_release(&q);
		if (q.x == NULL)
			judge_absence(&q);
		else
			judge_place(&q);
	}
	if (q.blocks.reason_count != 0) {
		*out = q.blocks;
		out->answer = READY_BLOCKED;
		drop_reasons(&q.doubts);
	} else {
		*out = q.doubts;
		out->answer = q.t == NULL || out->reason_count != 0 ||
		    q.r == NULL ? READY_UNKNOWN : READY_READY;
	}
	out->release = q.r;
	answer_ready(j);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/judge.h"

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
struct question {
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
block(struct question *q, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_reason(&q->blocks, fmt, ap);
	va_end(ap);
}

PRINTF_LIKE(2, 3)
static void
doubt(struct question *q, const char *fmt, ...)
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
find_place(struct question *q)
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
find_release(struct question *q)
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
judge_absence(struct question *q)
{
	const struct assessment *a = q->j->a;
	const struct finding *f = find_rule(q->j, RULE_EVIDENCE_UNREADABLE);

	if (a->exchange_count == 0 && f != NULL &&
	    f->severity == SEV_UNDETERMINED)
		doubt(q, "whether Exchange is installed could not be read");
	else if (a->exchange_count == 0)
		block(q, "no Exchange is installed here");
	else if (q->r != NULL)
		block(q, "%s is of %s, which is not installed here",
		    q->r->name, q->r->product->name);
	else
		doubt(q, "which of the installed products it would go to "
		    "cannot be told");
}

/* --------------------------------------------------- the release itself */

/* A service pack or cumulative update makes its own branch. */
static bool
is_base(const struct cat_release *r)
{
	return r->kind == CAT_RTM || r->kind == CAT_SP || r->kind == CAT_CU;
}

static void
judge_branch(struct question *q)
{
	const struct assess_exchange *x = q->x;

	if (x->branch == NULL)
		doubt(q, "which service pack or cumulative update is "
		    "installed is not known");
	else if (x->branch != q->r->branch && !is_base(q->r))
		block(q, "%s is for %s, and %s is installed", q->r->name,
		    q->r->branch->id, x->branch->id);
}

static void
judge_order(struct question *q)
{
	const struct cat_release *have = q->x->release;
	int cmp;

	if (have == NULL) {
		doubt(q, "which update is installed is not known: see the "
		    "findings");
		return;
	}
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
judge_revision(struct question *q)
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
judge_width(struct question *q)
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
judge_as_release(struct question *q)
{
	judge_branch(q);
	judge_order(q);
	judge_revision(q);
}

/* ---------------------------------------------------------- the package */

static void
judge_expired(struct question *q, const struct inspected *p)
{
	char day[INSTANT_TEXT];

	instant_words(q->j->a->fix == FIX_PRESENT ? p->until.with_fix :
	    p->until.without_fix, day);
	if (p->until.with_fix != INSTANT_UNLIMITED)
		block(q, "its signature held until %s", day);
	else if (q->j->a->fix == FIX_UNKNOWN)
		doubt(q, "its signature held until %s; whether this Windows "
		    "has the fix with which it still holds is not known",
		    day);
	else
		block(q, "its signature held until %s; since then only with "
		    "the Windows fix, which is not here", day);
}

static void
judge_genuine(struct question *q, const struct inspected *p)
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
judge_product_codes(struct question *q, const struct inspected *p)
{
	const struct inv_product *msi = q->x->ex->msi;
	size_t i;

	if (msi == NULL) {
		doubt(q, "Windows Installer's record of Exchange was not "
		    "found");
		return;
	}
	for (i = 0; i < p->patch.target_count; i++)
		if (utf_casecmp(p->patch.targets[i], msi->code) == 0)
			return;
	if (p->patch.target_count != 0)
		block(q, "it is for other products than the installed %s %s",
		    msi_words(msi), msi->code);
}

static void
judge_as_package(struct question *q, const struct inspected *p)
{
	if (p->verdict != SIG_UNREADABLE && !p->has_patch) {
		block(q, "%s is no patch of Windows Installer", q->t->name);
		return;
	}
	judge_genuine(q, p);
	if (p->digested && judge_listed(q->r, &p->digests) ==
	    INSPECT_LISTED_NOT)
		block(q, "its digest is that of no known package of %s",
		    q->r->name);
	if (p->has_patch)
		judge_product_codes(q, p);
}

/* ------------------------------------------------------- what is there */

static void
judge_cache(struct question *q, const struct inv_package *p,
    const char *owner, const char *error)
{
	if (p->state == EV_ABSENT)
		block(q, "cached package %s of %s%s%s%s is missing: expect "
		    "Windows Installer error %s", p->path, owner,
		    p->original_name != NULL ? " (" : "",
		    p->original_name != NULL ? p->original_name : "",
		    p->original_name != NULL ? ")" : "", error);
	else if (p->seen != NULL && p->seen->verdict == SIG_INVALID)
		block(q, "cached package %s of %s is not what was signed: %s",
		    p->path, owner, p->seen->why.text);
	else if (p->state == EV_UNREADABLE || (p->seen != NULL &&
	    p->seen->verdict == SIG_UNREADABLE))
		doubt(q, "cached package %s of %s could not be read", p->path,
		    owner);
}

static void
judge_caches(struct question *q)
{
	const struct inv_product *msi = q->x->ex->msi;
	size_t i;

	if (msi == NULL)
		return;
	judge_cache(q, &msi->msi, msi_words(msi), "1706 or 1603");
	for (i = 0; i < msi->update_count; i++)
		judge_cache(q, &msi->updates[i].package,
		    update_words(&msi->updates[i]), "1635 or 1603");
}

/* Findings that stand in the way of any update. */
static void
judge_state(struct question *q)
{
	static const enum rule_id rules[] = { RULE_PACKAGE_MISMATCH,
	    RULE_INSTALL_UNFINISHED, RULE_INTERIM_INSTALLED };
	const struct finding *f;
	size_t i, k;

	for (i = 0; i < q->j->a->finding_count; i++) {
		f = &q->j->a->findings[i];
		for (k = 0; k < sizeof(rules) / sizeof(rules[0]); k++)
			if (f->rule == rules[k])
				block(q, "%s", f->detail);
	}
	f = find_rule(q->j, RULE_EVIDENCE_DIRTY_HIVE);
	if (f != NULL && f->severity == SEV_UNDETERMINED)
		doubt(q, "the registry's last writes may be missing");
}

static void
judge_place(struct question *q)
{
	if (q->r != NULL)
		judge_as_release(q);
	if (q->t->package != NULL)
		judge_as_package(q, q->t->package);
	judge_width(q);
	judge_caches(q);
	judge_state(q);
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

void
judge_target(struct judge *j)
{
	struct question q = { .j = j, .t = j->opt->target };
	struct target_result *out = &j->a->target;

	find_place(&q);
	find_release(&q);
	if (q.x == NULL)
		judge_absence(&q);
	else
		judge_place(&q);
	if (q.blocks.reason_count != 0) {
		*out = q.blocks;
		out->answer = TARGET_BLOCKED;
		drop_reasons(&q.doubts);
	} else {
		*out = q.doubts;
		out->answer = out->reason_count != 0 ? TARGET_UNKNOWN :
		    TARGET_READY;
	}
	out->release = q.r;
}

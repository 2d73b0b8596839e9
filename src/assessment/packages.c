/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/judge.h"

#include "base/utf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A package that is registered, and what is known about it. */
struct cached {
	const struct site_package *p;
	const char		*owner;	/* in words */
	const char		*code;	/* patch or product code */
	bool			 is_patch;
	const struct cat_release *release; /* of a patch; NULL unknown */
	const char		*package_code; /* of a product, NULL unknown */
};

/* What is to be copied back: the name under which it came. */
static const char *
original_of(const struct cached *c)
{
	if (c->p->original_name != NULL)
		return c->p->original_name;
	return c->is_patch ? "the .msp" : "the .msi";
}

/*
 * Windows Installer needs every package that it registered, also those of
 * superseded updates, to install the next one.
 */
static void
add_missing(struct judge *j, const struct cached *c)
{
	const struct site_package *p = c->p;
	struct finding *f;

	f = judge_add(j, RULE_PACKAGE_MISSING, "The cached package %s of %s "
	    "(%s) is gone%s%s. Expect Windows Installer error %s at the next "
	    "update; put the file back from the original download.", p->path,
	    c->owner, c->code, p->original_name != NULL ?
	    "; it was installed from " : "",
	    p->original_name != NULL ? p->original_name : "",
	    c->is_patch ? "1635 (the patch package could not be opened) or "
	    "1603 (fatal error)" : "1706 (no valid source) or 1603 (fatal "
	    "error)");
	finding_action(f, "before the next update, copy %s of the original "
	    "download back as %s", original_of(c), p->path);
	finding_evidence(f, p->ev);
}

/* The code that the package itself has; NULL when it tells none. */
static const char *
own_code(const struct cached *c)
{
	const struct inspected *seen = c->p->seen;

	if (!c->is_patch)
		return seen->facts->product_code;
	return seen->facts->has_patch ? seen->facts->patch.code : NULL;
}

static bool
is_msp(const char *name)
{
	size_t len = strlen(name);

	return len > 4 && utf_casecmp(name + len - 4, ".msp") == 0;
}

enum inspect_listed
judge_listed(const struct cat_release *r, const struct digest_set *digests)
{
	enum inspect_listed all = INSPECT_LISTED_UNKNOWN, one;
	size_t i;

	for (i = 0; r != NULL && i < r->package_count; i++) {
		one = inspect_package_listed(&r->packages[i], digests);
		if (one == INSPECT_LISTED)
			return one;
		if (one == INSPECT_LISTED_NOT && is_msp(r->packages[i].name))
			all = one;
	}
	return all;
}

/* Who says what SEEN is, where an overlay does. */
static void
put_rests_of(struct buf *b, const struct inspected *seen)
{
	struct rests r = { .count = 0 };

	rests_on_identity(&r, seen);
	put_rests(b, &r);
	rests_fini(&r);
}

/* Why the package is not the one that is registered, into B. */
static bool
put_mismatch(struct buf *b, const struct cached *c)
{
	const struct inspected *seen = c->p->seen;
	const char *code = own_code(c);

	if (code != NULL && utf_casecmp(code, c->code) != 0)
		buf_printf(b, "is of %s %s", c->is_patch ? "patch" :
		    "product", code);
	else if (code == NULL && seen->verdict != SIG_UNREADABLE)
		buf_puts(b, c->is_patch ? "is no patch of Windows Installer" :
		    "is no package of Windows Installer");
	else if (seen->facts->package_code != NULL && c->package_code != NULL &&
	    utf_casecmp(seen->facts->package_code, c->package_code) != 0)
		buf_printf(b, "is the package %s", seen->facts->package_code);
	else if (c->is_patch && seen->by == INSPECT_BY_DIGEST &&
	    c->release != NULL && seen->release != c->release) {
		buf_printf(b, "has the digest of %s", seen->release->name);
		put_rests_of(b, seen);
	}
	return b->len != 0;
}

bool
package_mismatch(const struct judge *j, const struct assess_exchange *x,
    const struct site_update *u, struct buf *b)
{
	bool contradicts;

	return put_mismatch(b, &(struct cached){ &u->package, update_words(u),
	    u->patch_code, true, update_release(j, x, u, &contradicts),
	    NULL });
}

bool
product_mismatch(const struct site_product *msi)
{
	struct buf b;
	bool differs;

	buf_init(&b, DETAIL_MAX);
	differs = put_mismatch(&b, &(struct cached){ &msi->msi,
	    msi_words(msi), msi->code, false, NULL, msi->package_code });
	buf_fini(&b);
	return differs;
}

static bool
judge_mismatch(struct judge *j, const struct cached *c)
{
	struct finding *f;
	struct buf b;
	bool differs;

	buf_init(&b, DETAIL_MAX);
	differs = put_mismatch(&b, c);
	if (differs) {
		f = judge_add(j, RULE_PACKAGE_MISMATCH, "%s is registered as "
		    "the package of %s (%s), and %s. Put the right file back "
		    "from the original download.", c->p->path, c->owner,
		    c->code, buf_text(&b));
		finding_action(f, "copy %s of the original download back as "
		    "%s", original_of(c), c->p->path);
		finding_evidence(f, c->p->ev);
	}
	buf_fini(&b);
	return differs;
}

/* The code is right, and the signature is to be judged by itself: a digest
 * that none of the known ones is, is a note. */
static bool
judge_digest(struct judge *j, const struct cached *c)
{
	struct finding *f;

	if (!c->is_patch || !c->p->seen->facts->digested ||
	    judge_listed(c->release, &c->p->seen->facts->digests) !=
	    INSPECT_LISTED_NOT)
		return false;
	f = judge_add(j, RULE_PACKAGE_MISMATCH, "%s has the digest of no known "
	    "package of %s.", c->p->path, c->release->name);
	f->severity = SEV_NOTE;
	finding_evidence(f, c->p->ev);
	return true;
}

/* One note for all packages without a digest to compare. */
static void
judge_unlisted(struct judge *j, const struct cached *c)
{
	struct finding *f = NULL;
	size_t i;

	if (!c->is_patch || !c->p->seen->facts->digested ||
	    judge_listed(c->release, &c->p->seen->facts->digests) ==
	    INSPECT_LISTED)
		return;
	for (i = 0; i < j->a->finding_count; i++)
		if (j->a->findings[i].rule == RULE_PACKAGE_UNLISTED)
			f = &j->a->findings[i];
	if (f == NULL)
		f = judge_add(j, RULE_PACKAGE_UNLISTED, "No digest of these "
		    "cached packages is known. They were judged by patch "
		    "code, name and signature; \"rollcall catalogue learn\" "
		    "makes digests of the downloads that you hold.");
	finding_evidence(f, c->p->ev);
}

/* When it was signed, by whose clock; of a signature that is sound. */
static void
put_stamp(struct buf *b, const struct inspected *seen)
{
	const struct sig_file *f = &seen->signatures;
	const struct sig_timestamp *t = f->count != 0 ?
	    sig_level_timestamp(&f->levels[0]) : NULL;
	char text[INSTANT_TEXT];

	if (seen->verdict != SIG_VALID && seen->verdict != SIG_EXPIRES &&
	    seen->verdict != SIG_EXPIRED)
		return;
	if (t == NULL || t->time == INSTANT_NONE ||
	    t->certificate.sha1 == NULL)
		return;
	buf_printf(b, "; its signature was stamped at %s by certificate %s",
	    instant_words(t->time, text), t->certificate.sha1);
	if (t->advisory != NULL)
		buf_printf(b, ", which is one of advisory %s", t->advisory);
}

void
put_package_proof(struct buf *b, const struct site_update *u,
    const struct cat_release *r)
{
	const struct inspected *seen = u->package.seen;
	const struct cat_overlay *by;
	bool known;

	if (seen == NULL || !seen->facts->has_patch ||
	    utf_casecmp(seen->facts->patch.code, u->patch_code) != 0)
		return;
	known = seen->facts->digested && judge_listed(r,
	    &seen->facts->digests) == INSPECT_LISTED;
	by = known ? overlay_of_digest(r, &seen->facts->digests) : NULL;
	buf_printf(b, " Its cached package has the registered patch code%s"
	    "%s%s", known ? " and a known digest" : "", by != NULL ?
	    ", by overlay " : "", by != NULL ? by->name : "");
	put_stamp(b, seen);
	buf_puts(b, ".");
}

/* Unread is no better than gone. */
static void
add_unread(struct judge *j, const struct cached *c)
{
	struct finding *f;

	f = judge_add(j, RULE_EVIDENCE_UNREADABLE, "The cached package %s of "
	    "%s could not be looked at: %s.%s", c->p->path, c->owner,
	    why_unread(j, c->p->ev),
	    judge_hint(j, judge_was_refused(j, c->p->ev)));
	f->question = ASK_GENUINE;
	f->severity = SEV_UNDETERMINED;
	if (judge_was_refused(j, c->p->ev))
		finding_action(f, "%s cannot be read: run rollcall as "
		    "administrator", c->p->path);
	finding_evidence(f, c->p->ev);
}

/* No LocalPackage: Windows Installer does not know where its copy is. */
static void
add_unregistered(struct judge *j, const struct cached *c)
{
	struct finding *f;

	f = judge_add(j, RULE_PACKAGE_MISSING, "Windows Installer has no "
	    "cached package of %s (%s) registered. Expect error 1635, 1706 "
	    "or 1603 at the next update.", c->owner, c->code);
	finding_action(f, "before the next update, register the package of %s "
	    "again (run %s of the original download)", c->owner,
	    original_of(c));
	finding_evidence(f, c->p->ev);
}

static void
judge_cached(struct judge *j, const struct cached *c)
{
	switch (c->p->state) {
	case EV_ABSENT:
		add_missing(j, c);
		break;
	case EV_UNREADABLE:
		add_unread(j, c);
		break;
	case EV_PRESENT:
		if (c->p->seen != NULL && !judge_mismatch(j, c) &&
		    !judge_digest(j, c))
			judge_unlisted(j, c);
		break;
	case EV_UNKNOWN:
		if (c->p->path == NULL)
			add_unregistered(j, c);
		break;
	case EV_NOT_EXPECTED:
		break;
	}
}

static void
judge_interim(struct judge *j, const struct assess_exchange *x)
{
	const struct site_product *msi = x->ex->msi;
	struct finding *f = NULL;
	size_t i;

	for (i = 0; msi != NULL && i < msi->update_count; i++) {
		const struct site_update *u = &msi->updates[i];

		if (u->state != PATCH_APPLIED || !update_is_interim(j, x, u))
			continue;
		f = judge_add(j, RULE_INTERIM_INSTALLED, "\"%s\" is an "
		    "interim update: remove it before the next update. "
		    "Update rollups themselves need no uninstall.",
		    u->display_name != NULL ? u->display_name :
		    u->patch_code);
		finding_evidence(f, u->ev);
	}
	if (f == NULL && x->ex->interim != NULL) {
		f = judge_add(j, RULE_INTERIM_INSTALLED, "The Setup key names "
		    "an interim update (InterimUpdate = %s): remove it before "
		    "the next update.", x->ex->interim);
		finding_evidence(f, x->ex->ev);
	}
}

void
judge_packages(struct judge *j, struct assess_exchange *x)
{
	const struct site_product *msi = x->ex->msi;
	bool contradicts;
	size_t i;

	judge_interim(j, x);
	if (msi == NULL)
		return;
	judge_cached(j, &(struct cached){ &msi->msi, msi_words(msi),
	    msi->code, false, NULL, msi->package_code });
	for (i = 0; i < msi->update_count; i++) {
		const struct site_update *u = &msi->updates[i];

		judge_cached(j, &(struct cached){ &u->package,
		    update_words(u), u->patch_code, true,
		    update_release(j, x, u, &contradicts), NULL });
	}
}

/* All that is missing, in one text; the caller's. */
static char *
text_of_lacks(const struct answer *a)
{
	struct buf b;
	size_t i;

	buf_init(&b, DETAIL_MAX);
	for (i = 0; i < a->lack_count; i++)
		buf_printf(&b, "%s%s", i != 0 ? "; " : "", a->lacks[i]);
	return buf_take(&b);
}

/* Setup that did not finish, and what may be half in: the answer knows. */
void
judge_setup(struct judge *j, struct assess_exchange *x)
{
	const struct answer *a = &x->answers[ASK_COMPLETE];
	char *what = text_of_lacks(a);
	struct finding *f = NULL;
	size_t i;

	if (a->value == COMPLETE_NO && a->lack_count == 1 &&
	    judge_is_half_in(j, x)) {
		f = judge_add(j, RULE_INSTALL_UNFINISHED, "%s. Run the update "
		    "again, elevated (as administrator).", what);
		finding_action(f, "run the update again, elevated: %s", what);
	} else if (a->value == COMPLETE_NO) {
		f = judge_add(j, RULE_INSTALL_UNFINISHED, "%s. Run Exchange "
		    "setup again to its end before any update.", what);
		finding_action(f, "run Exchange setup again to its end: %s",
		    what);
	} else if (a->value == COMPLETE_DOUBTFUL && x->w->interim == NULL &&
	    x->ex->interim == NULL)
		f = judge_add(j, RULE_INSTALL_DOUBTFUL, "%s.", what);
	/* Roles were looked at first, and what is doubtful beside them. */
	for (i = 0; f != NULL && i < a->proof_count; i++)
		finding_evidence(f, a->proof[a->value == COMPLETE_NO ? i :
		    a->proof_count - 1 - i]);
	free(what);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/obligations.h"

#include "base/alloc.h"
#include "base/utf.h"

#include <stdlib.h>

/*
 * What "genuine: yes" takes: what was read verifies, and everything that has
 * a record is there. Unread is never better than gone, and gone never better
 * than bad.
 */

static bool
is_old(const struct ask *a)
{
	const struct cat_product *p = a->x->ex->product;

	return p != NULL && !p->has_exsetup;
}

/* Does the chain of what decided the verdict end in a root that is there and
 * not trusted? */
static bool
is_foreign(const struct inspected *seen)
{
	return seen->signatures.count != 0 &&
	    seen->signatures.levels[0].foreign_root;
}

static unsigned
untrusted_allows(struct ask *a, const char *what, const struct inspected *seen)
{
	if (!is_foreign(seen)) {
		lack(a, "who signed %s cannot be told", what);
		return GENUINE_UNKNOWN;
	}
	lack(a, inspected_is_distrusted(seen) ? "a certificate that signed %s "
	    "is distrusted" : "%s is signed by somebody else", what);
	return GENUINE_NO;
}

/* What the signature of WHAT allows. */
static unsigned
signature_allows(struct ask *a, const char *what,
    const struct inspected *seen)
{
	rests_on_signature(&a->answer->rests, seen);
	switch (judge_signature_of(a->j, seen->verdict, &seen->until)) {
	case SIG_VALID:
	case SIG_EXPIRES:
	case SIG_EXPIRED:	/* the bytes are still what was signed */
		return GENUINE_YES;
	case SIG_INVALID:
		lack(a, "%s is not what was signed", what);
		return GENUINE_NO;
	case SIG_UNTRUSTED:
		return untrusted_allows(a, what, seen);
	case SIG_UNSIGNED:
		lack(a, "%s has no signature", what);
		return GENUINE_UNKNOWN;
	case SIG_UNREADABLE:
		lack(a, "%s could not be read to its end", what);
		return GENUINE_UNKNOWN;
	case SIG_UNCHECKED:
		break;
	}
	lack(a, "the signature of %s was not judged", what);
	return GENUINE_UNKNOWN;
}

static unsigned
file_allows(struct ask *a, const struct site_file *f)
{
	unsigned allows;

	prove(a, f->ev);
	if (f->state == EV_UNREADABLE) {
		lack(a, "%s could not be read: %s", f->path,
		    why_unread(a->j, f->ev));
		return GENUINE_UNKNOWN;
	}
	if (f->state != EV_PRESENT || f->seen == NULL) {
		lack(a, f->state == EV_ABSENT ? "%s is not there" :
		    "%s could not be read",
		    f->path != NULL ? f->path : "ExSetup.exe");
		return GENUINE_UNKNOWN;
	}
	allows = signature_allows(a, f->path, f->seen);
	/* Whoever has a signed catalogue can give it this name. */
	if (allows == GENUINE_YES && f->seen->facts->kind != FILEKIND_PE) {
		lack(a, "%s is no program", f->path);
		return GENUINE_UNKNOWN;
	}
	return allows;
}

/* The files that the release was told by. */
unsigned
genuine_files(struct ask *a)
{
	const struct site *ex = a->x->ex;
	unsigned allows;

	/* Nothing of 2000 and 2003 is signed and kept. */
	if (is_old(a))
		return GENUINE_NONE;
	allows = file_allows(a, &ex->exsetup);
	if (ex->transcoding.state == EV_PRESENT ||
	    ex->transcoding.state == EV_UNREADABLE)
		allows = answer_worse(ASK_GENUINE, allows, file_allows(a,
		    &ex->transcoding));
	return allows;
}

static int
by_text(const void *a, const void *b)
{
	return utf_casecmp(*(const char *const *)a, *(const char *const *)b);
}

/* What is applied, or waits to be, is listed beside its record. A list that
 * lacks it is not whole, and may lack others whose records are gone. */
static const struct site_update *
unlisted(const struct site_product *msi)
{
	const char **codes = xcalloc(msi->listed_count, sizeof(*codes));
	const struct site_update *found = NULL;
	size_t i, n = msi->listed_count;

	for (i = 0; i < n; i++)
		codes[i] = msi->listed[i].code;
	if (n != 0)
		qsort(codes, n, sizeof(*codes), by_text);
	for (i = 0; i < msi->update_count && found == NULL; i++) {
		const struct site_update *u = &msi->updates[i];

		if ((u->state == PATCH_APPLIED ||
		    u->state == PATCH_REGISTERED) && (n == 0 || bsearch(
		    &u->patch_code, codes, n, sizeof(*codes), by_text) ==
		    NULL))
			found = u;
	}
	free(codes);
	return found;
}

/* Windows Installer's records: all read, and none lost. */
unsigned
genuine_records(struct ask *a)
{
	const struct site_product *msi = a->x->ex->msi;
	const struct site_update *u;
	size_t i;

	if (is_old(a))
		return ANSWER_STRUCK;
	if (msi == NULL) {
		lack(a, "Windows Installer's record of the product was not "
		    "found");
		return GENUINE_UNKNOWN;
	}
	if (is_unread(a, EV_PATCH, NULL) || is_unread(a, EV_PRODUCT,
	    scene_evidence(a->j->scene, msi->ev)->where)) {
		lack(a, "a record of Windows Installer could not be read");
		return GENUINE_UNKNOWN;
	}
	for (i = 0; i < msi->listed_count; i++)
		if (!msi->listed[i].has_key) {
			prove(a, msi->ev);
			lack(a, "the record of the patch %s is gone",
			    msi->listed[i].code);
			return GENUINE_INCOMPLETE;
		}
	u = unlisted(msi);
	if (u == NULL)
		return GENUINE_YES;
	prove(a, msi->ev);
	prove(a, u->ev);
	lack(a, "Windows Installer's list of patches lacks %s, which it has "
	    "a record of", update_words(u));
	return GENUINE_INCOMPLETE;
}

/* A package that is there was opened: is it the one, and sound? */
static unsigned
opened_allows(struct ask *a, const struct site_package *p, bool differs,
    bool stripped, bool has_code)
{
	prove(a, p->ev);
	if (differs) {
		lack(a, "%s is not the package that is registered", p->path);
		return GENUINE_NO;
	}
	if (!has_code && p->seen->verdict == SIG_UNREADABLE) {
		lack(a, "%s could not be read: %s", p->path, behind_place(
		    p->seen->why.text, scene_evidence(a->j->scene, p->ev)));
		return GENUINE_UNKNOWN;
	}
	if (!has_code) {
		lack(a, "%s tells no code", p->path);
		return GENUINE_UNKNOWN;
	}
	return stripped ? GENUINE_YES :
	    signature_allows(a, p->path, p->seen);
}

/* What is not there, or was not opened. */
static unsigned
unopened_allows(struct ask *a, const struct site_package *p,
    const char *owner)
{
	prove(a, p->ev);
	switch (p->state) {
	case EV_ABSENT:
		lack(a, "the cached package %s of %s is gone", p->path,
		    owner);
		return GENUINE_INCOMPLETE;
	case EV_UNKNOWN:
		if (!is_unread(a, EV_PACKAGE, NULL)) {
			lack(a, "no cached package of %s is registered",
			    owner);
			return GENUINE_INCOMPLETE;
		}
		break;
	case EV_PRESENT:
	case EV_NOT_EXPECTED:
	case EV_UNREADABLE:
		break;
	}
	lack(a, "the cached package %s of %s could not be read",
	    p->path != NULL ? p->path : "(path unknown)", owner);
	return GENUINE_UNKNOWN;
}

static unsigned
package_allows(struct ask *a, const struct site_update *u)
{
	const struct site_package *p = &u->package;
	struct buf b;
	bool differs;

	if (p->state != EV_PRESENT || p->seen == NULL)
		return unopened_allows(a, p, update_words(u));
	buf_init(&b, DETAIL_MAX);
	differs = package_mismatch(a->j, a->x, u, &b);
	buf_fini(&b);
	return opened_allows(a, p, differs, false, p->seen->facts->has_patch);
}

/* It is the record that asks for a package, so it is part of what is proven
 * where that is missing or bad. */
static unsigned
update_allows(struct ask *a, const struct site_update *u)
{
	unsigned allows = package_allows(a, u);

	if (allows != GENUINE_YES)
		prove(a, u->ev);
	return allows;
}

/* The package of every update that has a record, superseded ones too. */
unsigned
genuine_packages(struct ask *a)
{
	const struct site_product *msi = a->x->ex->msi;
	unsigned allows = GENUINE_YES;
	size_t i;

	if (is_old(a) || msi == NULL)
		return ANSWER_STRUCK;
	for (i = 0; i < msi->update_count; i++) {
		const struct site_update *u = &msi->updates[i];

		if (a->j->inv->packages_skipped &&
		    u->package.state == EV_PRESENT)
			allows = answer_worse(ASK_GENUINE, allows,
			    GENUINE_NOT_ASKED);
		else
			allows = answer_worse(ASK_GENUINE, allows,
			    update_allows(a, u));
	}
	return allows;
}

/* The product's own .msi. */
unsigned
genuine_msi(struct ask *a)
{
	const struct site_product *msi = a->x->ex->msi;
	const struct inspected *seen;

	if (is_old(a) || msi == NULL)
		return ANSWER_STRUCK;
	if (a->j->inv->packages_skipped && msi->msi.state == EV_PRESENT)
		return GENUINE_NOT_ASKED;
	seen = msi->msi.seen;
	if (msi->msi.state != EV_PRESENT || seen == NULL)
		return unopened_allows(a, &msi->msi, msi_words(msi));
	if (msi->package_code == NULL) {
		prove(a, msi->ev);
		lack(a, "the code of the product's package is not registered");
		return GENUINE_UNKNOWN;
	}
	return opened_allows(a, &msi->msi, product_mismatch(msi),
	    seen->verdict == SIG_UNSIGNED && is_stripped_msi(a->j, seen),
	    seen->facts->product_code != NULL &&
	    seen->facts->package_code != NULL);
}

/* Records that damage took cannot be asked for their packages. */
unsigned
genuine_registry(struct ask *a)
{
	if (!software_is_damaged(a->j))
		return ANSWER_STRUCK;
	lack(a, "parts of the SOFTWARE hive, which is damaged");
	return GENUINE_UNKNOWN;
}

/* Every signed file, where that was asked. */
unsigned
genuine_deep(struct ask *a)
{
	const struct inventory *inv = a->j->inv;
	const struct scene *scene = a->j->scene;
	unsigned allows = GENUINE_YES;
	size_t i;

	if (!inv->deep)
		return ANSWER_STRUCK;
	for (i = 0; i < scene->defective_count; i++) {
		const struct site_defective *d = &scene->defective[i];

		if (d->verdict == SIG_INVALID) {
			prove(a, d->ev);
			lack(a, "%s is not what was signed", d->path);
			allows = GENUINE_NO;
		} else if (d->verdict == SIG_UNREADABLE) {
			prove(a, d->ev);
			lack(a, "%s could not be read to its end", d->path);
			allows = answer_worse(ASK_GENUINE, allows,
			    GENUINE_UNKNOWN);
		}
	}
	if (inv->deep_cut || inv->deep_unread != 0) {
		lack(a, inv->deep_unread != 0 ? "files and folders that could "
		    "not be looked at" : "files beyond the limits of --deep");
		allows = answer_worse(ASK_GENUINE, allows, GENUINE_UNKNOWN);
	}
	return allows;
}

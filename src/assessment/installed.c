/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/obligations.h"
#include "base/utf.h"

#include <string.h>

/*
 * What "installed: proven" takes. Each function looks at one witness: what it
 * does not see, it does not allow.
 */

/* 2000 and 2003 have no file that tells their build. */
static bool
is_old(const struct ask *a)
{
	const struct cat_product *p = a->x->ex->product;

	return p != NULL && !p->has_exsetup;
}

/* Do the records of Windows Installer name a release by themselves? */
static bool
registry_names(const struct ask *a)
{
	return a->x->release != NULL && a->x->ex->msi != NULL &&
	    !a->w->unnamed && (a->w->newest != NULL || a->w->marked == NULL);
}

/* 2000 and 2003 are of 32 bits, and older than Vista: elsewhere the key is left
 * over, or was put there. */
static bool
is_out_of_place(const struct ask *a)
{
	const struct inv_windows *w = &a->j->inv->windows;

	return is_old(a) && (!w->is_x86 || !version_known(w->version) ||
	    version_cmp(w->version, version_of(6, 0, 0, 0)) >= 0);
}

/* Of which nobody knows that it is one of 32 bits, may be one. */
static bool
may_be_in_place(const struct ask *a)
{
	const struct inv_windows *w = &a->j->inv->windows;

	return !w->is_x64 && (!version_known(w->version) ||
	    version_cmp(w->version, version_of(6, 0, 0, 0)) < 0);
}

/* The Setup key: whole, and of a service pack or cumulative update. */
unsigned
installed_setup_key(struct ask *a)
{
	const struct site *ex = a->x->ex;
	char text[VERSION_TEXT];

	prove(a, ex->ev);
	if (!ex->is_whole) {
		lack(a, "the Setup key %s is not whole", ex->setup_key);
		return INSTALLED_UNKNOWN;
	}
	if (a->w->base == NULL) {
		lack(a, "the base %s of the Setup key is in no row of the "
		    "catalogue", version_format(ex->base, text));
		return INSTALLED_UNKNOWN;
	}
	if (!release_is_base(a->w->base)) {
		lack(a, "the Setup key names %s, which is no base",
		    a->w->base->name);
		return INSTALLED_UNKNOWN;
	}
	if (is_out_of_place(a)) {
		prove(a, a->j->inv->windows.ev);
		lack(a, may_be_in_place(a) ? "the Setup key %s is of %s, and "
		    "whether that runs on this Windows could not be read" :
		    "the Setup key %s is of %s, which does not run on this "
		    "Windows", ex->setup_key, ex->product->name);
		return INSTALLED_UNKNOWN;
	}
	if (!ex->has_path) {
		lack(a, "the Setup key has no path");
		return INSTALLED_PROBABLE;
	}
	return INSTALLED_PROVEN;
}

/* Without the file that runs. */
static unsigned
without_exsetup(struct ask *a, const char *why)
{
	const struct site_file *exe = &a->x->ex->exsetup;

	prove(a, exe->ev);
	lack(a, "%s %s", exe->path != NULL ? exe->path : "ExSetup.exe", why);
	return registry_names(a) ? INSTALLED_PROBABLE : INSTALLED_UNKNOWN;
}

static bool
is_sound(const struct judge *j, const struct inspected *seen)
{
	enum sig_verdict v;

	if (seen == NULL)
		return false;
	v = judge_signature_of(j, seen->verdict, &seen->until);
	return v == SIG_VALID || v == SIG_EXPIRES || v == SIG_EXPIRED;
}

/* The version that the file has: is there a release to it, and is it of the
 * base? */
static unsigned
exsetup_version(struct ask *a)
{
	const struct assess_exchange *x = a->x;
	const struct cat_release *r = a->w->running;
	char text[VERSION_TEXT];

	if (r == NULL && version_known(x->newer))
		return INSTALLED_PROVEN;
	if (r == NULL) {
		lack(a, "the build %s of ExSetup.exe is in no row of the "
		    "catalogue", version_format(x->ex->exsetup.version, text));
		return INSTALLED_UNKNOWN;
	}
	if (a->w->base != NULL && a->w->base->branch != r->branch)
		return INSTALLED_CONFLICT;
	if (x->ex->product != NULL && x->ex->product != r->product) {
		lack(a, "ExSetup.exe is of %s, the Setup key of %s",
		    r->product->name, x->ex->product->name);
		return INSTALLED_CONFLICT;
	}
	return INSTALLED_PROVEN;
}

/* Bin\ExSetup.exe: a program, read to its end, and not a bad one. */
unsigned
installed_exsetup(struct ask *a)
{
	const struct site_file *exe = &a->x->ex->exsetup;
	unsigned allows;

	if (is_old(a))
		return ANSWER_STRUCK;
	if (exe->state == EV_ABSENT)
		return without_exsetup(a, "is not there");
	if (exe->state != EV_PRESENT)
		return without_exsetup(a, "could not be read");
	allows = exsetup_version(a);
	if (allows != INSTALLED_PROVEN)
		return allows;
	prove(a, exe->ev);
	if (exe->is_link)
		return without_exsetup(a, "is a link to a file elsewhere");
	if (!is_sound(a->j, exe->seen))
		return without_exsetup(a, "has no signature that proves it");
	return INSTALLED_PROVEN;
}

/* Is V that of the base, or of what runs? Windows Installer may keep three
 * numbers of four. */
static bool
is_version_of(struct version v, struct version known)
{
	if (!version_known(known))
		return false;
	return v.part[0] == known.part[0] && v.part[1] == known.part[1] &&
	    v.part[2] == known.part[2] && (v.parts < 4 ||
	    v.part[3] == known.part[3]);
}

/* The product, for the machine, at the version of the base or of the update
 * that runs. */
unsigned
installed_product(struct ask *a)
{
	const struct site *ex = a->x->ex;
	const struct site_product *msi = ex->msi;
	char text[VERSION_TEXT];

	if (is_old(a))
		return ANSWER_STRUCK;
	if (msi == NULL) {
		lack(a, is_unread(a, EV_PRODUCT, NULL) ?
		    "Windows Installer's record of the product "
		    "could not be read" : "Windows Installer has no record of "
		    "the product");
		return INSTALLED_PROBABLE;
	}
	prove(a, msi->ev);
	if (is_unread(a, EV_PRODUCT,
	    scene_evidence(a->j->scene, msi->ev)->where)) {
		lack(a, "Windows Installer's record of the product could not "
		    "be read to its end");
		return INSTALLED_PROBABLE;
	}
	if (!version_known(msi->version)) {
		lack(a, "Windows Installer has no version of the product");
		return INSTALLED_PROBABLE;
	}
	if (is_version_of(msi->version, ex->base) ||
	    is_version_of(msi->version, ex->exsetup.version))
		return INSTALLED_PROVEN;
	lack(a, "Windows Installer has the product at %s, which is neither the "
	    "base nor what runs", version_format(msi->version, text));
	return INSTALLED_CONFLICT;
}

/* A code that is listed and has no key may be that of what runs, unless
 * another record explains it. */
static unsigned
lost_codes(struct ask *a)
{
	const struct site_product *msi = a->x->ex->msi;
	bool explained = a->w->match != NULL ||
	    version_equal(a->x->ex->base, a->x->ex->exsetup.version);
	size_t i;

	for (i = 0; i < msi->listed_count; i++) {
		if (msi->listed[i].has_key)
			continue;
		if (explained)
			return INSTALLED_PROVEN;
		prove(a, msi->ev);
		lack(a, "the patch %s is listed and its record is gone",
		    msi->listed[i].code);
		return INSTALLED_UNKNOWN;
	}
	return INSTALLED_PROVEN;
}

/* Could what is recorded for users, whose patches are none of the machine's,
 * not be looked at? */
static bool
users_unread(const struct ask *a)
{
	const struct scene *scene = a->j->scene;
	size_t i, n = strlen(INV_USER_DATA);

	for (i = 0; i < scene->evidence_count; i++) {
		const struct evidence *e = &scene->evidence[i];

		if (e->state == EV_UNREADABLE && e->kind == EV_PRODUCT &&
		    utf_case_prefix(e->where, INV_USER_DATA) &&
		    (e->where[n] == '\0' || (e->where[n] == '\\' &&
		    !utf_case_prefix(e->where + n + 1, INV_MACHINE_SID))))
			return true;
	}
	return false;
}

/* Every patch key was read, and its State is one that is known. */
unsigned
installed_patches(struct ask *a)
{
	const struct inventory *inv = a->j->inv;
	size_t i;

	if (is_old(a) || a->x->ex->msi == NULL)
		return ANSWER_STRUCK;	/* told by the product */
	if (is_unread(a, EV_PATCH, NULL)) {
		lack(a, "a record of a patch could not be read");
		return INSTALLED_PROBABLE;
	}
	if (users_unread(a)) {
		lack(a, "what Windows Installer has recorded for users could "
		    "not be read");
		return INSTALLED_PROBABLE;
	}
	if (a->w->odd_state != NULL) {
		prove(a, a->w->odd_state->ev);
		lack(a, "the patch %s has a State that is none of Windows "
		    "Installer's", a->w->odd_state->patch_code);
		return INSTALLED_PROBABLE;
	}
	if (a->w->undated != NULL) {
		prove(a, a->w->undated->ev);
		lack(a, "the patch %s was installed on \"%s\", which is no "
		    "day", a->w->undated->patch_code, a->w->undated->installed);
		return INSTALLED_PROBABLE;
	}
	for (i = 0; i < inv->user_record_count; i++) {
		prove(a, inv->user_records[i].ev);
		lack(a, "Windows Installer has %s recorded for the user %s, "
		    "not for the machine", inv->user_records[i].code,
		    inv->user_records[i].sid);
		return INSTALLED_PROBABLE;
	}
	return lost_codes(a);
}

/* The newest applied update is what runs; or there is none, and the base
 * runs. */
unsigned
installed_newest(struct ask *a)
{
	const struct site *ex = a->x->ex;
	const struct site_update *u = a->w->newest;
	char text[VERSION_TEXT];

	if (is_old(a) || ex->msi == NULL)
		return ANSWER_STRUCK;	/* told by the product */
	if (ex->exsetup.state != EV_PRESENT) {
		if (u != NULL)
			prove(a, u->ev);
		return INSTALLED_PROBABLE;
	}
	if (u == NULL && version_equal(ex->base, ex->exsetup.version))
		return INSTALLED_PROVEN;
	if (u == NULL) {
		lack(a, "no update record of Windows Installer explains the "
		    "build %s of ExSetup.exe",
		    version_format(ex->exsetup.version, text));
		return INSTALLED_PROBABLE;
	}
	prove(a, u->ev);
	if (version_equal(a->w->newest_build, ex->exsetup.version))
		return INSTALLED_PROVEN;
	if (a->w->unnamed && version_cmp(a->w->newest_build,
	    ex->exsetup.version) < 0) {
		lack(a, "an applied patch says neither its KB nor its build");
		return INSTALLED_PROBABLE;
	}
	return INSTALLED_CONFLICT;
}

/* All who may be the two that contradict. */
static void
prove_sides(struct ask *a)
{
	const struct witnesses *w = a->w;

	prove(a, a->x->ex->ev);
	prove(a, a->x->ex->exsetup.ev);
	prove(a, a->x->ex->transcoding.ev);
	prove(a, w->newest != NULL ? w->newest->ev : 0);
	prove(a, w->torn != NULL ? w->torn->ev : 0);
	prove(a, w->ahead != NULL ? w->ahead->ev : 0);
	prove(a, w->early != NULL ? w->early->ev : 0);
	prove(a, w->late != NULL ? w->late->ev : 0);
	prove(a, w->is_late ? a->x->ex->msi->ev : 0);
}

/* Two that speak of one thing do not agree: release.c found which. */
unsigned
installed_no_conflict(struct ask *a)
{
	if (a->x->conflict == NULL)
		return ANSWER_STRUCK;
	prove_sides(a);
	lack(a, "%s", a->x->conflict);
	return INSTALLED_CONFLICT;
}

/* It is the role that asks for the file: part of the proof that it is gone. */
static void
prove_client_access(struct ask *a)
{
	const struct inv_role *r = site_role(a->x->ex, ROLE_CLIENT_ACCESS);

	if (r != NULL)
		prove(a, r->ev);
}

/* Files beside ExSetup.exe: component.c compared them. */
unsigned
installed_components(struct ask *a)
{
	const struct site_file *f = &a->x->ex->transcoding;

	if (a->w->component == INSTALLED_UNKNOWN)
		return ANSWER_STRUCK;
	prove(a, f->ev);
	if (a->w->component != INSTALLED_PROVEN) {
		prove_client_access(a);
		lack(a, f->state == EV_PRESENT ? "%s is not that of what runs" :
		    f->state == EV_ABSENT ? "%s is not there" :
		    "%s could not be read", f->path);
	}
	return a->w->component;
}

/* The product's own package is of the base, or of the update that raised it. */
static bool
is_msi_of_another(const struct ask *a)
{
	const struct site *ex = a->x->ex;
	const struct inspected *seen = ex->msi != NULL ? ex->msi->msi.seen :
	    NULL;

	return seen != NULL && seen->facts->product_code != NULL &&
	    version_known(seen->facts->version) && ex->is_whole &&
	    !is_version_of(seen->facts->version, ex->base) &&
	    !is_version_of(seen->facts->version, ex->exsetup.version);
}

/* The package of the effective patch says itself which update it is. */
unsigned
installed_package(struct ask *a)
{
	const struct site_update *u = a->w->match;
	const struct inspected *seen = u != NULL ? u->package.seen : NULL;

	if (!is_old(a) && is_msi_of_another(a)) {
		prove(a, a->x->ex->msi->msi.ev);
		lack(a, "%s is the package of neither the base nor what runs",
		    a->x->ex->msi->msi.path);
		return INSTALLED_CONFLICT;
	}
	/* What tells no code contradicts nothing; "genuine" tells of it. */
	if (seen == NULL || !seen->facts->has_patch)
		return ANSWER_STRUCK;
	if (utf_casecmp(seen->facts->patch.code, u->patch_code) != 0) {
		lack(a, "%s is not the package of what runs",
		    u->package.path);
		return INSTALLED_PROBABLE;
	}
	prove(a, u->package.ev);
	return INSTALLED_PROVEN;
}

/* Markers never prove; what runs has one, or it was put there without. One
 * that cannot be read is a contradiction that was not looked at. */
unsigned
installed_markers(struct ask *a)
{
	if (is_unread(a, EV_MARKER, NULL)) {
		lack(a, "an update marker could not be read");
		return INSTALLED_PROBABLE;
	}
	if (a->w->marker != NULL && a->w->marked == a->w->running)
		prove(a, a->w->marker->ev);
	return ANSWER_STRUCK;
}

/* Is PATH where another installation is? */
static bool
is_of_another(const struct ask *a, const char *path)
{
	const struct scene *scene = a->j->scene;
	size_t i;

	for (i = 0; i < scene->site_count; i++) {
		const struct site *ex = &scene->sites[i];

		if (ex != a->x->ex && ex->install_path != NULL &&
		    inv_same_path(path, ex->install_path))
			return true;
	}
	return false;
}

/* All who say where Exchange lies say the same, as far as there is something
 * to be found. */
unsigned
installed_paths(struct ask *a)
{
	const struct site *ex = a->x->ex;
	size_t i;

	if (is_unread(a, EV_SETUP, NULL)) {
		lack(a, "a value of setup could not be read");
		return INSTALLED_PROBABLE;
	}
	for (i = 0; i < ex->path_count; i++) {
		const struct site_path *p = &ex->paths[i];

		/* One folder may have two names; and two programs of one
		 * build say the same. */
		if (p->state == EV_ABSENT || is_of_another(a, p->path) ||
		    (p->state == EV_PRESENT && version_equal(p->version,
		    ex->exsetup.version)))
			continue;
		lack(a, "%s puts Exchange at %s, and the Setup key at %s",
		    p->witness, p->path, ex->install_path);
		return p->state == EV_PRESENT ? INSTALLED_CONFLICT :
		    INSTALLED_PROBABLE;
	}
	return ANSWER_STRUCK;
}

/* A registry of which parts are missing, or the last writes, proves nothing
 * for sure. */
unsigned
installed_registry(struct ask *a)
{
	const struct inventory *inv = a->j->inv;
	size_t i;

	for (i = 0; i < inv->hive_count; i++) {
		const struct inv_hive *h = &inv->hives[i];

		if (utf_casecmp(h->name, "SOFTWARE") != 0)
			continue;
		if (h->dirty && h->replay != INV_REPLAY_DONE) {
			lack(a, "the last writes of the SOFTWARE hive");
			return INSTALLED_PROBABLE;
		}
		if (h->damaged != 0) {
			lack(a, "parts of the SOFTWARE hive, which is "
			    "damaged");
			return INSTALLED_PROBABLE;
		}
	}
	return ANSWER_STRUCK;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/obligations.h"

#include "base/utf.h"

#include <stdlib.h>

/* What "complete: yes" takes: setup came to its end, and nothing is half in. */

/* The version that setup writes into a role key. */
static bool
is_base_version(const struct ask *a, const char *text, bool *known)
{
	struct version v;

	*known = version_parse(text, &v);
	return *known && version_equal(v, a->x->ex->base);
}

/* A base that no row has, or that other witnesses contradict, accuses no
 * role. */
static bool
is_base_sure(const struct ask *a)
{
	unsigned installed = a->x->answers[ASK_INSTALLED].value;

	return a->w->base != NULL && installed != INSTALLED_CONFLICT;
}

/* The management tools of 2007 are never configured. */
static bool
is_never_configured(const struct ask *a, const struct inv_role *r)
{
	return a->x->ex->base.part[0] == 8 &&
	    utf_casecmp(r->name, "AdminTools") == 0;
}

/* One of the two versions of a role. */
static unsigned
version_allows(struct ask *a, const struct inv_role *r, const char *what,
    const char *text)
{
	char base[VERSION_TEXT];
	bool known;

	if (is_base_version(a, text, &known))
		return COMPLETE_YES;
	if (!known) {
		lack(a, "%s: the %s version \"%s\" is none", r->name, what,
		    text);
		return COMPLETE_UNKNOWN;
	}
	lack(a, "%s is %s at %s, the base is %s", r->name, what, text,
	    version_format(a->x->ex->base, base));
	return is_base_sure(a) ? COMPLETE_NO : COMPLETE_UNKNOWN;
}

/* Whether setup wrote it is not known where the value cannot be read. */
static bool
is_configured_unread(struct ask *a, const struct inv_role *r)
{
	const struct evidence *e = scene_evidence(a->j->scene, r->ev);
	char *value = host_join(e->where, "ConfiguredVersion");
	bool unread = is_unread(a, EV_ROLE, value);

	free(value);
	return unread;
}

static unsigned
role_allows(struct ask *a, const struct inv_role *r)
{
	unsigned allows = COMPLETE_YES;

	if (r->action != NULL || r->watermark != NULL) {
		lack(a, "%s stopped%s%s", r->name,
		    r->action != NULL ? " in " : "",
		    r->action != NULL ? r->action : "");
		return COMPLETE_NO;
	}
	if (r->unpacked == NULL && r->configured == NULL)
		return ANSWER_STRUCK;
	if (!a->x->ex->is_whole) {
		lack(a, "the base that %s is to have", r->name);
		return COMPLETE_UNKNOWN;
	}
	/* Without what it was unpacked at, it can be wrong, and never right. */
	if (r->unpacked == NULL) {
		allows = version_allows(a, r, "configured", r->configured);
		return allows == COMPLETE_YES ? ANSWER_STRUCK : allows;
	}
	allows = version_allows(a, r, "unpacked", r->unpacked);
	if (is_never_configured(a, r))
		return allows;
	if (r->configured == NULL && is_configured_unread(a, r))
		return COMPLETE_UNKNOWN;	/* told with all of them */
	if (r->configured == NULL) {
		lack(a, "%s is unpacked and not configured", r->name);
		return COMPLETE_NO;
	}
	return answer_worse(ASK_COMPLETE, allows, version_allows(a, r,
	    "configured", r->configured));
}

/* Every role that was unpacked is configured, at the base's version. */
unsigned
complete_roles(struct ask *a)
{
	const struct site *ex = a->x->ex;
	unsigned worst = ANSWER_STRUCK, allows;
	size_t i;

	/* 2000 and 2003 keep no such keys. */
	if (ex->product != NULL && !ex->product->has_exsetup)
		return COMPLETE_NONE;
	for (i = 0; i < ex->role_count; i++) {
		allows = role_allows(a, &ex->roles[i]);
		if (allows == COMPLETE_NO)
			prove(a, ex->roles[i].ev);
		if (allows != ANSWER_STRUCK)
			worst = worst == ANSWER_STRUCK ? allows :
			    answer_worse(ASK_COMPLETE, worst, allows);
	}
	/* Those that are well behind those that are not. */
	for (i = 0; i < ex->role_count; i++)
		prove(a, ex->roles[i].ev);
	if (worst == ANSWER_STRUCK) {
		lack(a, "no role has the version that it was unpacked at");
		worst = COMPLETE_UNKNOWN;
	}
	if (is_unread(a, EV_ROLE, NULL)) {
		lack(a, "a role key could not be read");
		worst = answer_worse(ASK_COMPLETE, worst, COMPLETE_UNKNOWN);
	}
	return worst;
}

/* What runs is there, and of what the records say: else something may have
 * been left half way, however well the roles look. */
unsigned
complete_base(struct ask *a)
{
	const struct site_file *exe = &a->x->ex->exsetup;

	if (a->x->ex->product != NULL && !a->x->ex->product->has_exsetup)
		return ANSWER_STRUCK;
	if (exe->state != EV_PRESENT) {
		prove(a, exe->ev);
		lack(a, "%s %s", exe->path != NULL ? exe->path :
		    "ExSetup.exe", exe->state == EV_ABSENT ? "is not there" :
		    "could not be read");
		return COMPLETE_UNKNOWN;
	}
	if (a->x->answers[ASK_INSTALLED].value != INSTALLED_CONFLICT)
		return ANSWER_STRUCK;
	lack(a, "what is installed, of which witnesses contradict each other");
	return COMPLETE_UNKNOWN;
}

/* No interim update, and none that waits to be applied. */
unsigned
complete_patches(struct ask *a)
{
	const struct site *ex = a->x->ex;
	const struct site_update *u = a->w->interim;

	if (u != NULL || ex->interim != NULL) {
		prove(a, u != NULL ? u->ev : ex->ev);
		lack(a, "an interim update is installed");
		return COMPLETE_DOUBTFUL;
	}
	if (a->w->waiting != NULL) {
		prove(a, a->w->waiting->ev);
		lack(a, "%s is registered and not yet applied",
		    update_words(a->w->waiting));
		return COMPLETE_DOUBTFUL;
	}
	if (a->w->widowed != NULL) {
		prove(a, a->w->widowed->ev);
		lack(a, "%s is superseded, and what runs is older than it: an "
		    "update was taken off, or broke off",
		    update_words(a->w->widowed));
		return COMPLETE_DOUBTFUL;
	}
	if (a->w->match != NULL && a->w->running == NULL &&
	    !version_known(a->x->newer)) {
		prove(a, a->w->match->ev);
		lack(a, "%s has a build that no release has: it may be an "
		    "interim update", update_words(a->w->match));
		return COMPLETE_DOUBTFUL;
	}
	if (a->w->unnamed) {
		lack(a, "an applied patch says neither its KB nor its build: "
		    "it may be an interim update");
		return COMPLETE_DOUBTFUL;
	}
	return ANSWER_STRUCK;
}

/* A marker of something newer, of this base alone. */
unsigned
complete_markers(struct ask *a)
{
	if (a->w->stray == NULL || a->w->stray_elsewhere)
		return ANSWER_STRUCK;
	prove(a, a->w->stray->ev);
	lack(a, "the marker %s is of a newer update than what runs: it was "
	    "taken off again, or broke off", a->w->stray->kb);
	return COMPLETE_DOUBTFUL;
}

unsigned
complete_transaction(struct ask *a)
{
	if (a->j->inv->in_progress == 0 &&
	    !is_unread(a, EV_PRODUCT, INV_IN_PROGRESS) &&
	    !is_unread(a, EV_PRODUCT, INV_ROLLBACK))
		return ANSWER_STRUCK;
	if (a->j->inv->in_progress == 0) {
		lack(a, "whether a transaction of Windows Installer has not "
		    "ended");
		return COMPLETE_UNKNOWN;
	}
	prove(a, a->j->inv->in_progress);
	lack(a, "a transaction of Windows Installer has not ended");
	return COMPLETE_DOUBTFUL;
}

unsigned
complete_registry(struct ask *a)
{
	if (!software_is_damaged(a->j))
		return ANSWER_STRUCK;
	lack(a, "parts of the SOFTWARE hive, which is damaged");
	return COMPLETE_UNKNOWN;
}

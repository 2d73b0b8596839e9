/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/judge.h"

#include <stdio.h>

/*
 * Windows Installer needs every package that it registered, also those of
 * superseded updates, to install the next one.
 */
static void
judge_package(struct judge *j, const struct inv_package *p,
    const char *owner, const char *code, bool is_patch)
{
	struct finding *f;

	if (p->state == EV_ABSENT) {
		f = judge_add(j, RULE_PACKAGE_MISSING, "The cached package "
		    "%s of %s (%s) is gone%s%s. Expect Windows Installer "
		    "error %s at the next update; put the file back from the "
		    "original download.", p->path, owner, code,
		    p->original_name != NULL ? "; it was installed from " : "",
		    p->original_name != NULL ? p->original_name : "",
		    is_patch ? "1635 or 1603" : "1706 or 1603");
		finding_action(f, "put the cached package %s back before the "
		    "next update", p->path);
		finding_evidence(f, p->ev);
	} else if (p->state == EV_UNREADABLE) {
		f = judge_add(j, RULE_EVIDENCE_UNREADABLE, "The cached "
		    "package %s of %s could not be looked at: %s.", p->path,
		    owner, inventory_evidence(j->inv, p->ev)->value);
		finding_evidence(f, p->ev);
	}
}

static void
judge_interim(struct judge *j, const struct assess_exchange *x)
{
	const struct inv_product *msi = x->ex->msi;
	struct finding *f = NULL;
	size_t i;

	for (i = 0; msi != NULL && i < msi->update_count; i++) {
		const struct inv_update *u = &msi->updates[i];

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
	const struct inv_product *msi = x->ex->msi;
	size_t i;

	judge_interim(j, x);
	if (msi == NULL)
		return;
	judge_package(j, &msi->msi, msi->name != NULL ? msi->name :
	    "the product itself", msi->code, false);
	for (i = 0; i < msi->update_count; i++) {
		const struct inv_update *u = &msi->updates[i];

		judge_package(j, &u->package, u->display_name != NULL ?
		    u->display_name : "an update", u->patch_code, true);
	}
}

/* Setup that did not finish leaves marks in the role keys. */
void
judge_setup(struct judge *j, struct assess_exchange *x)
{
	size_t i;

	for (i = 0; i < x->ex->role_count; i++) {
		const struct inv_role *r = &x->ex->roles[i];
		bool half = r->unpacked != NULL && r->configured == NULL;

		if (!half && r->action == NULL && r->watermark == NULL)
			continue;
		finding_evidence(judge_add(j, RULE_INSTALL_UNFINISHED,
		    "%s is unfinished: %s%s%s%s. Run Exchange setup again to "
		    "its end before any update.", r->name,
		    half ? "unpacked and not configured" : "setup left its "
		    "mark", r->action != NULL ? ", action " : "",
		    r->action != NULL ? r->action : "",
		    r->watermark != NULL ? ", watermark set" : ""), r->ev);
	}
}

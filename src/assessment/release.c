/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/judge.h"

#include <stdio.h>
#include <stdlib.h>

#define DAY		86400

/*
 * Which release is installed. The file that runs (ExSetup.exe) is held
 * against what Windows Installer and the update markers say; they must
 * agree, or the answer is that they do not.
 */
struct witnesses {
	const struct cat_release *base;	   /* of the Setup key */
	const struct cat_release *running; /* of ExSetup.exe */
	const struct inv_update	 *newest;  /* newest applied of the branch */
	struct version		  newest_build;
	const struct inv_update	 *match;   /* applied, with ExSetup's build */
	const struct inv_marker	 *marker;  /* newest of the branch */
	const struct cat_release *marked;  /* its release */
	bool			  unnamed; /* an applied one says nothing */
	const struct inv_update	 *torn;    /* its own parts contradict */
};

/* Does a build lie in the branch? Rollups share the second number with their
 * service pack, later updates the third with their cumulative update. */
static bool
build_in_branch(const struct assess_exchange *x, struct version v)
{
	struct version base = x->ex->base;

	return v.part[0] == base.part[0] && v.part[1] == base.part[1] &&
	    (base.part[0] < 15 || v.part[2] == base.part[2]);
}

static void
weigh_update(const struct judge *j, const struct assess_exchange *x,
    struct witnesses *w, const struct inv_update *u)
{
	const struct cat_release *r;
	struct version build;
	bool contradicts;

	if (u->state != PATCH_APPLIED || update_is_interim(j, x, u))
		return;
	r = update_release(j, x, u, &contradicts);
	build = r != NULL ? r->build : u->build;
	if (!version_known(build)) {
		w->unnamed = w->unnamed || r == NULL;
		return;
	}
	if (r != NULL ? r->branch != x->branch : !build_in_branch(x, build))
		return;			/* of an earlier base: history */
	if (contradicts)
		w->torn = u;
	if (w->newest == NULL || version_cmp(build, w->newest_build) > 0) {
		w->newest = u;
		w->newest_build = build;
	}
	if (version_equal(build, x->ex->exsetup.version))
		w->match = u;
}

/* One KB may stand for two revisions: the one that runs, else the newest. */
static const struct cat_release *
marked_release(const struct judge *j, const struct assess_exchange *x,
    const char *kb)
{
	const struct cat_release *all[JUDGE_SAME_KB], *best = NULL;
	size_t i, n = catalogue_find_kb(j->cat, kb, all, JUDGE_SAME_KB);

	for (i = 0; i < n && i < JUDGE_SAME_KB; i++) {
		if (all[i]->branch != x->branch || all[i]->kind == CAT_IU)
			continue;
		if (version_equal(all[i]->build, x->ex->exsetup.version))
			return all[i];
		if (best == NULL ||
		    version_cmp(all[i]->build, best->build) > 0)
			best = all[i];
	}
	return best;
}

static void
weigh_markers(const struct judge *j, const struct assess_exchange *x,
    struct witnesses *w)
{
	size_t i;

	for (i = 0; i < x->ex->marker_count; i++) {
		const struct inv_marker *m = &x->ex->markers[i];
		const struct cat_release *r = marked_release(j, x, m->kb);

		if (r == NULL || (w->marked != NULL &&
		    version_cmp(r->build, w->marked->build) <= 0))
			continue;
		w->marker = m;
		w->marked = r;
	}
}

static struct witnesses
hear(const struct judge *j, struct assess_exchange *x)
{
	const struct inv_exchange *ex = x->ex;
	struct witnesses w = { 0 };
	size_t i;

	w.base = catalogue_find_build(j->cat, ex->base);
	if (ex->exsetup.state == EV_PRESENT)
		w.running = catalogue_find_build(j->cat, ex->exsetup.version);
	if (w.base != NULL)
		x->branch = w.base->branch;
	else if (w.running != NULL)
		x->branch = w.running->branch;
	for (i = 0; ex->msi != NULL && i < ex->msi->update_count; i++)
		weigh_update(j, x, &w, &ex->msi->updates[i]);
	weigh_markers(j, x, &w);
	return w;
}

/* "ExSetup.exe is 14.2.318.2 (Update Rollup 4 (original) (KB2706690))". */
static void
put_build(struct buf *b, const char *who, struct version v,
    const struct cat_release *r)
{
	char text[VERSION_TEXT];

	buf_printf(b, "%s%s %s", b->len != 0 ? "; " : "", who,
	    version_format(v, text));
	if (r != NULL)
		buf_printf(b, " = %s%s%s%s%s", r->label,
		    r->original[0] != '\0' ? " (original)" : "",
		    r->kb[0] != '\0' ? " (" : "", r->kb,
		    r->kb[0] != '\0' ? ")" : "");
}

/* The facts side by side. */
static void
put_facts(struct buf *b, const struct judge *j,
    const struct assess_exchange *x, const struct witnesses *w)
{
	const struct inv_exchange *ex = x->ex;

	if (ex->exsetup.state == EV_PRESENT)
		put_build(b, "ExSetup.exe is", ex->exsetup.version,
		    w->running);
	put_build(b, "the Setup key says", ex->base, w->base);
	if (w->newest != NULL)
		put_build(b, "Windows Installer's newest applied update is",
		    w->newest_build,
		    catalogue_find_build(j->cat, w->newest_build));
	if (w->marked != NULL)
		put_build(b, "the newest update marker stands for",
		    w->marked->build, w->marked);
}

static struct finding *
add_conflict(struct judge *j, struct assess_exchange *x,
    const struct witnesses *w, const char *what)
{
	struct finding *f;
	struct buf b;

	buf_init(&b, DETAIL_MAX);
	put_facts(&b, j, x, w);
	f = judge_add(j, RULE_EVIDENCE_CONFLICT, "%s.\nThe facts: %s.\n"
	    "Install the newer of the two updates again, or look for a setup "
	    "that was cut short, and scan again.", what, buf_text(&b));
	buf_fini(&b);
	finding_action(f, "%s", what);
	finding_evidence(f, x->ex->exsetup.ev);
	finding_evidence(f, x->ex->ev);
	if (w->newest != NULL)
		finding_evidence(f, w->newest->ev);
	if (w->marker != NULL)
		finding_evidence(f, w->marker->ev);
	x->conflict = true;
	return f;
}

/* A re-release cannot have been installed before it existed; a day of slack
 * for time zones. */
static bool
installed_too_early(const struct inv_update *u, const struct cat_release *r)
{
	return u != NULL && r != NULL && r->revision >= 2 &&
	    r->released != INSTANT_NONE &&
	    u->installed_day != INSTANT_NONE &&
	    u->installed_day < r->released - DAY;
}

static void
add_too_early(struct judge *j, struct assess_exchange *x,
    const struct witnesses *w)
{
	char what[200];

	snprintf(what, sizeof(what), "Windows Installer has %s as installed "
	    "on %s, and it was published on %s", w->running->label,
	    w->match->installed, w->running->date);
	add_conflict(j, x, w, what);
}

static void
look_for_conflict(struct judge *j, struct assess_exchange *x,
    const struct witnesses *w)
{
	struct version runs = x->ex->exsetup.version;
	int cmp;

	if (w->torn != NULL)
		add_conflict(j, x, w, "One patch record of Windows Installer "
		    "names two different updates");
	if (installed_too_early(w->match, w->running))
		add_too_early(j, x, w);
	if (x->ex->exsetup.state != EV_PRESENT)
		return;
	if (w->base != NULL && w->running != NULL &&
	    w->base->branch != w->running->branch)
		add_conflict(j, x, w, "ExSetup.exe and the Setup key belong "
		    "to different service packs or cumulative updates");
	if (w->newest != NULL) {
		cmp = version_cmp(w->newest_build, runs);
		if (cmp > 0 || (cmp < 0 && w->running != NULL &&
		    w->running->kind != CAT_IU && !w->unnamed))
			add_conflict(j, x, w, "The newest update that Windows "
			    "Installer lists as applied is not the one whose "
			    "ExSetup.exe runs");
	} else if (w->marked != NULL && w->running != NULL &&
	    version_cmp(w->marked->build, runs) > 0)
		add_conflict(j, x, w, "An update marker in the registry is "
		    "newer than the ExSetup.exe that runs");
}

static void
add_unknown_build(struct judge *j, struct assess_exchange *x,
    struct version v, ev_id ev)
{
	const struct cat_release *below, *above, *newest = NULL;
	char text[VERSION_TEXT], day[INSTANT_TEXT];
	struct finding *f;
	struct buf b;

	catalogue_neighbours(j->cat, v, &below, &above);
	if (x->ex->product != NULL)
		newest = catalogue_newest(j->cat, x->ex->product);
	buf_init(&b, DETAIL_MAX);
	buf_printf(&b, "Build %s is in no row of the catalogue. ",
	    version_format(v, text));
	if (newest != NULL && version_cmp(v, newest->build) > 0)
		buf_printf(&b, "It is newer than this catalogue (issued %s): "
		    "refresh it. ", instant_format_day(
		    catalogue_info(j->cat)->issued, day));
	if (below != NULL)
		buf_printf(&b, "Next below: %s, %s. ", below->name,
		    version_format(below->build, text));
	if (above != NULL)
		buf_printf(&b, "Next above: %s, %s. ", above->name,
		    version_format(above->build, text));
	buf_puts(&b, "It may be an interim update; rollcall does not guess.");
	f = judge_add(j, RULE_RELEASE_UNKNOWN_BUILD, "%s", buf_text(&b));
	finding_action(f, "build %s is in no row of the catalogue",
	    version_format(v, text));
	finding_evidence(f, ev);
	buf_fini(&b);
}

/* Without the file that runs: what the registry supports best. */
static void
release_without_exsetup(struct judge *j, struct assess_exchange *x,
    const struct witnesses *w)
{
	const struct inv_file *exe = &x->ex->exsetup;
	bool contradicts, refused = judge_was_refused(j, exe->ev);
	struct finding *f;

	if (w->newest != NULL)
		x->release = update_release(j, x, w->newest, &contradicts);
	else if (w->marked != NULL)
		x->release = w->marked;
	else
		x->release = w->base;
	if (x->ex->product != NULL && !x->ex->product->has_exsetup) {
		/* The service pack is what can be proved; updates on top of
		 * it leave markers and no build. */
		x->release = w->base;
		x->agreed = true;
		if (x->release == NULL)
			add_unknown_build(j, x, x->ex->base, x->ex->ev);
		return;
	}
	f = judge_add(j, RULE_EVIDENCE_UNREADABLE, "%s %s, so the release "
	    "rests on the registry alone.%s",
	    exe->path != NULL ? exe->path : "ExSetup.exe",
	    exe->state == EV_ABSENT ? "is not there" : "could not be read",
	    judge_hint(j, refused));
	f->severity = SEV_UNDETERMINED;
	finding_action(f, "ExSetup.exe %s: %s", exe->state == EV_ABSENT ?
	    "is not there" : "could not be read", refused ?
	    "run rollcall as administrator" : "the registry alone proves no "
	    "release");
	finding_evidence(f, exe->ev);
	finding_evidence(f, x->ex->ev);
}

static void
add_identified(struct judge *j, struct assess_exchange *x,
    const struct witnesses *w)
{
	const struct cat_release *r = x->release;
	char text[VERSION_TEXT], *title = release_title(r);
	struct finding *f;
	struct buf b;

	buf_init(&b, DETAIL_MAX);
	buf_printf(&b, "%s, build %s%s%s%s%s.", title,
	    version_format(r->build, text), r->kb[0] != '\0' ? ", " : "",
	    r->kb, r->date[0] != '\0' ? ", released " : "", r->date);
	if (x->ex->exsetup.state == EV_PRESENT)
		buf_puts(&b, " ExSetup.exe has this build.");
	if (w->match != NULL)
		buf_printf(&b, " Windows Installer lists it as applied%s%s%s.",
		    w->match->installed != NULL ? " (installed " : "",
		    w->match->installed != NULL ? w->match->installed : "",
		    w->match->installed != NULL ? ")" : "");
	if (w->match != NULL)
		put_package_proof(&b, w->match, r);
	if (w->marked != NULL)
		buf_printf(&b, " The update marker %s is there.",
		    w->marker->kb);
	put_components(&b, x);
	if (!x->agreed)
		buf_puts(&b, " No second witness confirms it.");
	f = judge_add(j, RULE_RELEASE_IDENTIFIED, "%s", buf_text(&b));
	f->sources = r->sources;
	finding_evidence(f, x->ex->exsetup.ev);
	finding_evidence(f, x->ex->ev);
	if (w->match != NULL) {
		finding_evidence(f, w->match->ev);
		finding_evidence(f, w->match->package.ev);
	}
	if (w->marked != NULL)
		finding_evidence(f, w->marker->ev);
	buf_fini(&b);
	free(title);
}

void
judge_release(struct judge *j, struct assess_exchange *x)
{
	struct witnesses w = hear(j, x);

	look_for_conflict(j, x, &w);
	if (w.running != NULL)
		judge_components(j, x, w.running);
	if (x->ex->exsetup.state != EV_PRESENT)
		release_without_exsetup(j, x, &w);
	else if (w.running == NULL)
		add_unknown_build(j, x, x->ex->exsetup.version,
		    x->ex->exsetup.ev);
	else {
		x->release = w.running;
		/* The base build needs no patch; every other needs one. */
		x->agreed = w.match != NULL || w.marked == w.running ||
		    (w.running == w.base && w.newest == NULL);
	}
	if (x->conflict) {
		x->release = NULL;
		x->agreed = false;
	}
	if (x->release != NULL)
		add_identified(j, x, &w);
	x->affected = x->release != NULL && x->release->advisory[0] != '\0';
}

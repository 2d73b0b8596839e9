/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/ask.h"
#include "base/alloc.h"
#include "base/utf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Which release is installed. The file that runs (ExSetup.exe) is held
 * against what Windows Installer and the update markers say; they must
 * agree, or the answer is that they do not.
 */

/* Does a build lie in the branch? Rollups share the second number with their
 * service pack, later updates the third with their cumulative update. */
static bool
build_in_branch(const struct assess_exchange *x, struct version v)
{
	struct version base = x->ex->base;

	return v.part[0] == base.part[0] && v.part[1] == base.part[1] &&
	    (base.part[0] < 15 || v.part[2] == base.part[2]);
}

/* A day of the local calendar, after the scan? One day of slack for time
 * zones. */
static bool
is_late(const struct judge *j, instant day)
{
	return day != INSTANT_NONE && j->inv->taken != INSTANT_NONE &&
	    day > j->inv->taken + SECONDS_A_DAY;
}

/* Before the release was out, with two days of slack? */
static void
weigh_early(struct witnesses *w, const struct site_update *u,
    const struct cat_release *r)
{
	if (u->installed_day != INSTANT_NONE && r != NULL &&
	    r->released != INSTANT_NONE &&
	    u->installed_day < r->released - 2 * SECONDS_A_DAY) {
		w->early = u;
		w->early_release = r;
	}
}

/* An update that counts, of the branch: BUILD is known. */
static void
weigh_build(const struct assess_exchange *x, struct witnesses *w,
    const struct site_update *u, struct version build)
{
	if (w->newest == NULL || version_cmp(build, w->newest_build) > 0) {
		w->newest = u;
		w->newest_build = build;
	}
	if (version_equal(build, x->ex->exsetup.version))
		w->match = u;
}

/* An update of another base: of an earlier one it is history. None is applied
 * to a base that is not there yet. */
static void
weigh_ahead(const struct assess_exchange *x, struct witnesses *w,
    const struct site_update *u, struct version build)
{
	const struct version *runs = &x->ex->exsetup.version;

	if (x->ex->exsetup.state != EV_PRESENT || !x->ex->is_whole ||
	    version_cmp(build, *runs) <= 0 ||
	    version_cmp(build, x->ex->base) <= 0 ||
	    (w->ahead != NULL && version_cmp(build, w->ahead_build) <= 0))
		return;
	w->ahead = u;
	w->ahead_build = build;
}

/* Superseded, and by nothing: what runs is older than it. An update that took
 * its place was taken off, and it did not come back. */
static void
weigh_widowed(const struct assess_exchange *x, struct witnesses *w,
    const struct site_update *u, struct version build)
{
	if (x->ex->exsetup.state == EV_PRESENT &&
	    version_cmp(build, x->ex->exsetup.version) > 0)
		w->widowed = u;
}

static void
weigh_update(const struct judge *j, const struct assess_exchange *x,
    struct witnesses *w, const struct site_update *u)
{
	const struct cat_release *r;
	struct version build;
	bool contradicts;

	if (u->state == PATCH_UNKNOWN)
		w->odd_state = u;
	if (u->state == PATCH_REGISTERED)
		w->waiting = u;
	if (u->installed != NULL && u->installed[0] != '\0' &&
	    u->installed_day == INSTANT_NONE)
		w->undated = u;
	/* What is superseded was installed too. */
	if (is_late(j, u->installed_day))
		w->late = u;
	if (u->state == PATCH_REGISTERED || u->state == PATCH_UNKNOWN)
		return;
	if (u->state == PATCH_APPLIED && update_is_interim(j, x, u)) {
		w->interim = u;
		return;
	}
	r = update_release(j, x, u, &contradicts);
	build = r != NULL ? r->build : u->build;
	if (u->state != PATCH_APPLIED) {
		if (r != NULL && r->branch == x->branch && r->kind != CAT_IU)
			weigh_widowed(x, w, u, build);
		return;
	}
	if (!version_known(build)) {
		w->unnamed = w->unnamed || r == NULL;
		return;
	}
	if (r != NULL ? r->branch != x->branch : !build_in_branch(x, build)) {
		weigh_ahead(x, w, u, build);
		return;
	}
	if (contradicts)
		w->torn = u;
	weigh_early(w, u, r);
	weigh_build(x, w, u, build);
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

static bool
has_record(const struct assess_exchange *x, const char *kb)
{
	const struct site_product *msi = x->ex->msi;
	size_t i;

	for (i = 0; msi != NULL && i < msi->update_count; i++)
		if (msi->updates[i].kb != NULL &&
		    utf_casecmp(msi->updates[i].kb, kb) == 0)
			return true;
	return false;
}

/* Has another base of the product an update of this KB? */
static bool
is_kb_elsewhere(const struct judge *j, const struct assess_exchange *x,
    const char *kb)
{
	const struct cat_release *all[JUDGE_SAME_KB];
	size_t i, n = catalogue_find_kb(j->cat, kb, all, JUDGE_SAME_KB);

	for (i = 0; i < n && i < JUDGE_SAME_KB; i++)
		if (all[i]->product == x->ex->product &&
		    all[i]->branch != x->branch)
			return true;
	return false;
}

/* Was the base here before R was out? Then a marker of R is of this base: it
 * came later than the record of an update that is older than R. */
static bool
was_patched_before(const struct assess_exchange *x,
    const struct cat_release *r)
{
	const struct site_product *msi = x->ex->msi;
	size_t i;

	for (i = 0; msi != NULL && r->released != INSTANT_NONE &&
	    i < msi->update_count; i++)
		if (msi->updates[i].installed_day != INSTANT_NONE &&
		    msi->updates[i].installed_day < r->released - SECONDS_A_DAY)
			return true;
	return false;
}

/* A marker of something newer than what runs, without a record of Windows
 * Installer: it was taken off again, or broke off. One that can only be of
 * this base weighs more. */
static void
weigh_stray(const struct judge *j, const struct assess_exchange *x,
    struct witnesses *w, const struct inv_marker *m,
    const struct cat_release *r)
{
	bool elsewhere;

	if (x->ex->exsetup.state != EV_PRESENT || has_record(x, m->kb) ||
	    version_cmp(r->build, x->ex->exsetup.version) <= 0)
		return;
	elsewhere = is_kb_elsewhere(j, x, m->kb) && !was_patched_before(x, r);
	if (w->stray != NULL && elsewhere && !w->stray_elsewhere)
		return;
	w->stray = m;
	w->stray_release = r;
	w->stray_elsewhere = elsewhere;
}

static void
weigh_markers(const struct judge *j, const struct assess_exchange *x,
    struct witnesses *w)
{
	size_t i;

	for (i = 0; i < x->ex->marker_count; i++) {
		const struct inv_marker *m = x->ex->markers[i];
		const struct cat_release *r = marked_release(j, x, m->kb);

		if (r == NULL)
			continue;
		weigh_stray(j, x, w, m, r);
		if (w->marked != NULL &&
		    version_cmp(r->build, w->marked->build) <= 0)
			continue;
		w->marker = m;
		w->marked = r;
	}
}

static void
hear(const struct judge *j, struct assess_exchange *x)
{
	const struct site *ex = x->ex;
	struct witnesses *w = x->w;
	size_t i;

	if (ex->is_whole)
		w->base = catalogue_find_build(j->cat, ex->base);
	if (ex->exsetup.state == EV_PRESENT)
		w->running = catalogue_find_build(j->cat,
		    ex->exsetup.version);
	if (w->base != NULL)
		x->branch = w->base->branch;
	else if (w->running != NULL)
		x->branch = w->running->branch;
	w->is_late = ex->msi != NULL && is_late(j, ex->msi->installed_day);
	for (i = 0; ex->msi != NULL && i < ex->msi->update_count; i++)
		weigh_update(j, x, w, &ex->msi->updates[i]);
	weigh_markers(j, x, w);
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
	const struct site *ex = x->ex;

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

/* What to do, by what contradicts. */
#define CURE_UPDATES	"install the newer of the two updates again"
#define CURE_BASES	"run Exchange setup of the newer of the two to its end"
#define CURE_DAYS	"check the clock of the server, and from where the " \
			"record came"

static void
add_conflict(struct judge *j, struct assess_exchange *x, const char *what,
    const char *cure)
{
	const struct witnesses *w = x->w;
	struct finding *f;
	struct buf b;

	buf_init(&b, DETAIL_MAX);
	put_facts(&b, j, x, w);
	f = judge_add(j, RULE_EVIDENCE_CONFLICT, "%s.\nThe facts: %s.\n"
	    "To do: %s, or look for a setup that was cut short, and scan "
	    "again.", what, buf_text(&b), cure);
	buf_fini(&b);
	finding_evidence(f, x->ex->exsetup.ev);
	finding_evidence(f, x->ex->ev);
	if (w->newest != NULL)
		finding_evidence(f, w->newest->ev);
	if (w->marker != NULL)
		finding_evidence(f, w->marker->ev);
	judge_conflict(x, what, cure);
}

/* What came out after the day of the scan cannot have been found there; with
 * the slack of an update's day. */
static bool
is_not_out(const struct judge *j, const struct cat_release *r)
{
	return r != NULL && r->released != INSTANT_NONE &&
	    j->inv->taken != INSTANT_NONE &&
	    r->released - 2 * SECONDS_A_DAY > j->inv->taken;
}

static void
look_for_future(struct judge *j, struct assess_exchange *x)
{
	const struct witnesses *w = x->w;
	const struct cat_release *r = is_not_out(j, w->running) ? w->running :
	    is_not_out(j, w->base) ? w->base : NULL;
	char what[300], taken[INSTANT_TEXT];

	if (r == NULL)
		return;
	snprintf(what, sizeof(what), "%s has the build of %.100s, which was "
	    "published on %s, after the day of this scan (%s)",
	    r == w->running ? "ExSetup.exe" : "The Setup key", r->name,
	    r->date, instant_format_day(j->inv->taken, taken));
	add_conflict(j, x, what, CURE_DAYS);
}

static void
add_late_conflict(struct judge *j, struct assess_exchange *x,
    const char *what, instant on)
{
	char text[300], day[INSTANT_TEXT], taken[INSTANT_TEXT];

	snprintf(text, sizeof(text), "Windows Installer has %.100s as "
	    "installed on %s, after the day of this scan (%s)", what,
	    instant_format_day(on, day),
	    instant_format_day(j->inv->taken, taken));
	add_conflict(j, x, text, CURE_DAYS);
}

/* An update, or the product, on a day on which it cannot have been
 * installed. */
static void
look_at_dates(struct judge *j, struct assess_exchange *x)
{
	const struct witnesses *w = x->w;
	char what[300], day[INSTANT_TEXT];

	if (w->early != NULL) {
		snprintf(what, sizeof(what), "Windows Installer has %s as "
		    "installed on %s, and it was published on %s",
		    w->early_release->label, instant_format_day(
		    w->early->installed_day, day), w->early_release->date);
		add_conflict(j, x, what, CURE_DAYS);
	}
	if (w->late != NULL)
		add_late_conflict(j, x, update_words(w->late),
		    w->late->installed_day);
	if (w->is_late)
		add_late_conflict(j, x, msi_words(x->ex->msi),
		    x->ex->msi->installed_day);
}

/* "ExSetup.exe is 14.2.318.2, Windows Installer's newest applied update is
 * 14.2.318.4": which two contradict, with their values. */
static void
add_newest_conflict(struct judge *j, struct assess_exchange *x)
{
	char runs[VERSION_TEXT], applied[VERSION_TEXT], what[200];

	snprintf(what, sizeof(what), "ExSetup.exe is %s, and the newest update "
	    "that Windows Installer lists as applied is %s",
	    version_format(x->ex->exsetup.version, runs),
	    version_format(x->w->newest_build, applied));
	add_conflict(j, x, what, CURE_UPDATES);
}

static void
add_base_conflict(struct judge *j, struct assess_exchange *x)
{
	char runs[VERSION_TEXT], base[VERSION_TEXT], what[200];

	snprintf(what, sizeof(what), "ExSetup.exe is %s, and the Setup key "
	    "says %s: they belong to different service packs or cumulative "
	    "updates", version_format(x->ex->exsetup.version, runs),
	    version_format(x->ex->base, base));
	add_conflict(j, x, what, CURE_BASES);
}

/* One record, and what its name, its package and its patch code say. It stands
 * for what the code says, in "The facts" too. */
static void
add_torn_conflict(struct judge *j, struct assess_exchange *x)
{
	const struct site_update *u = x->w->torn;
	const char *package = u->package.original_name;
	const struct cat_release *r = update_by_code(j, u);
	struct buf b;

	buf_init(&b, DETAIL_MAX);
	buf_printf(&b, "One patch record of Windows Installer names two "
	    "updates: its name is \"%s\"", update_words(u));
	if (package != NULL)
		buf_printf(&b, ", and its package %s", package);
	if (r != NULL)
		buf_printf(&b, ", and its patch code is that of %s%s%s%s",
		    r->name, r->kb[0] != '\0' ? " (" : "", r->kb,
		    r->kb[0] != '\0' ? ")" : "");
	add_conflict(j, x, buf_text(&b), CURE_UPDATES);
	buf_fini(&b);
}

/* "ExSetup.exe is 15.2.1544.14, and an update to 15.2.1748.24, of another
 * base, is applied". */
static void
add_ahead_conflict(struct judge *j, struct assess_exchange *x)
{
	char runs[VERSION_TEXT], ahead[VERSION_TEXT], what[300];

	snprintf(what, sizeof(what), "ExSetup.exe is %s, and Windows Installer "
	    "has %.100s as applied, which is of the newer base to which %s "
	    "belongs", version_format(x->ex->exsetup.version, runs),
	    update_words(x->w->ahead), version_format(x->w->ahead_build,
	    ahead));
	add_conflict(j, x, what, CURE_BASES);
}

static void
look_for_conflict(struct judge *j, struct assess_exchange *x)
{
	const struct witnesses *w = x->w;
	struct version runs = x->ex->exsetup.version;
	int cmp;

	if (w->torn != NULL)
		add_torn_conflict(j, x);
	look_at_dates(j, x);
	look_for_future(j, x);
	if (x->ex->exsetup.state != EV_PRESENT)
		return;
	if (w->base != NULL && w->running != NULL &&
	    w->base->branch != w->running->branch)
		add_base_conflict(j, x);
	if (w->ahead != NULL)
		add_ahead_conflict(j, x);
	if (w->newest == NULL)
		return;
	cmp = version_cmp(w->newest_build, runs);
	if (cmp > 0 || (cmp < 0 && w->running != NULL &&
	    w->running->kind != CAT_IU && !w->unnamed))
		add_newest_conflict(j, x);
}

/* Whether the branch may have updates that the catalogue cannot know. */
static void
put_later(struct buf *b, const struct judge *j,
    const struct assess_exchange *x)
{
	char day[INSTANT_TEXT];

	if (x->branch == NULL)
		return;
	if (support_ended(way_support_end(j->cat, x->branch, j->opt->at),
	    catalogue_info(j->cat)->known_until))
		buf_printf(b, "%s %s gets no updates any more but what is "
		    "bought. ", x->branch->product->name, x->branch->id);
	else
		buf_printf(b, "%s %s may have updates newer than %s, up to "
		    "which this catalogue knows them. ",
		    x->branch->product->name, x->branch->id,
		    instant_format_day(catalogue_info(j->cat)->known_until,
		    day));
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
	put_later(&b, j, x);
	if (version_known(x->newer))
		buf_printf(&b, "Windows Installer names it %s.", x->newer_kb);
	else
		buf_puts(&b, "It may be an interim update; rollcall does not "
		    "guess.");
	f = judge_add(j, RULE_RELEASE_UNKNOWN_BUILD, "%s", buf_text(&b));
	if (version_known(x->newer))
		f->severity = SEV_ADVISED;
	finding_evidence(f, ev);
	buf_fini(&b);
}

/* What the registry supports best, without the file that runs. */
static const struct cat_release *
registry_release(const struct judge *j, const struct assess_exchange *x)
{
	const struct witnesses *w = x->w;
	bool contradicts;

	if (w->newest != NULL)
		return update_release(j, x, w->newest, &contradicts);
	return w->marked != NULL ? w->marked : w->base;
}

char *
exsetup_remedy(const struct judge *j, const struct site_file *exe)
{
	const struct evidence *e = scene_evidence(j->scene, exe->ev);

	if (e != NULL && e->drive != 0)
		return xasprintf("Exchange is on drive %c:, which is not "
		    "mapped: scan again with --drive %c=FOLDER", e->drive,
		    e->drive);
	if (judge_was_refused(j, exe->ev))
		return xasprintf("run rollcall as administrator: ExSetup.exe "
		    "could not be read");
	if (exe->state == EV_ABSENT)
		return xasprintf("find out where ExSetup.exe is, and scan "
		    "again: without it the registry alone proves no release");
	return xasprintf("find out why ExSetup.exe cannot be read, and scan "
	    "again: without it the registry alone proves no release");
}

static void
add_without_exsetup(struct judge *j, struct assess_exchange *x)
{
	const struct site_file *exe = &x->ex->exsetup;
	char *remedy = exsetup_remedy(j, exe);
	struct finding *f;

	f = judge_add(j, RULE_EVIDENCE_UNREADABLE, "%s %s, so the release "
	    "rests on the registry alone.%s",
	    exe->path != NULL ? exe->path : "ExSetup.exe",
	    exe->state == EV_ABSENT ? "is not there" : "could not be read",
	    judge_hint(j, judge_was_refused(j, exe->ev)));
	f->severity = SEV_UNDETERMINED;
	finding_action(f, "%s", remedy);
	free(remedy);
	finding_evidence(f, exe->ev);
	finding_evidence(f, x->ex->ev);
}

static void
add_identified(struct judge *j, struct assess_exchange *x)
{
	const struct witnesses *w = x->w;
	const struct cat_release *r = x->release;
	char text[VERSION_TEXT], day[INSTANT_TEXT], *title = release_title(r);
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
		    w->match->installed_day != INSTANT_NONE ?
		    " (installed " : "",
		    w->match->installed_day != INSTANT_NONE ?
		    instant_format_day(w->match->installed_day, day) : "",
		    w->match->installed_day != INSTANT_NONE ? ")" : "");
	if (w->match != NULL)
		put_package_proof(&b, w->match, r);
	if (w->marked != NULL)
		buf_printf(&b, " The update marker %s is there.",
		    w->marker->kb);
	put_components(&b, x);
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

/* Is V above every row of its branch, on which X stands? */
static bool
is_above_branch(const struct assess_exchange *x, struct version v)
{
	const struct cat_branch *b = x->branch;
	size_t i;

	if (b == NULL || !build_in_branch(x, v))
		return false;
	for (i = 0; i < b->release_count; i++)
		if (version_cmp(b->releases[i]->build, v) >= 0)
			return false;
	return true;
}

/* A build that is newer than the catalogue is known all the same where the
 * patch that is applied names its KB and exactly this build. */
static void
look_for_newer(struct assess_exchange *x)
{
	const struct site_update *u = x->w->match;
	struct version v = x->ex->exsetup.version;

	if (x->w->running != NULL || u == NULL || u->kb == NULL ||
	    u != x->w->newest || !version_equal(u->build, v) ||
	    !is_above_branch(x, v))
		return;
	x->newer = v;
	x->newer_kb = u->kb;
}

/* The release that X is taken for, before it is asked how sure that is. */
static void
name_release(struct judge *j, struct assess_exchange *x)
{
	const struct site *ex = x->ex;
	bool old = ex->product != NULL && !ex->product->has_exsetup;

	if (old) {
		/* The service pack is what can be proved; updates on top of
		 * it leave markers and no build. */
		x->release = x->w->base;
		if (x->release == NULL)
			add_unknown_build(j, x, ex->base, ex->ev);
	} else if (ex->exsetup.state != EV_PRESENT) {
		x->release = registry_release(j, x);
		add_without_exsetup(j, x);
	} else if (x->w->running == NULL) {
		look_for_newer(x);
		add_unknown_build(j, x, ex->exsetup.version, ex->exsetup.ev);
	} else
		x->release = x->w->running;
}

void
judge_release(struct judge *j, struct assess_exchange *x)
{
	struct answer *a = &x->answers[ASK_INSTALLED];

	hear(j, x);
	look_for_conflict(j, x);
	if (x->w->running != NULL)
		judge_components(j, x, x->w->running);
	name_release(j, x);
	ask(j, x, ASK_INSTALLED, a);
	if (a->value == INSTALLED_CONFLICT || a->value == INSTALLED_UNKNOWN)
		x->release = NULL;
	if (a->value != INSTALLED_PROVEN)
		x->newer = (struct version){ 0 };
	if (x->release != NULL)
		add_identified(j, x);
	x->affected = x->release != NULL && x->release->advisory[0] != '\0';
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/obligations.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/*
 * Must the installed revision be replaced, by what, and if not, why not?
 */

size_t
judge_cures(const struct judge *j, const struct assess_exchange *x,
    const struct cat_release *r, const struct cat_release **out, size_t max)
{
	const struct cat_release *all[JUDGE_MAX_CURES];
	size_t i, n, kept = 0;

	n = catalogue_cures(r, j->opt->at, all, JUDGE_MAX_CURES);
	if (n > JUDGE_MAX_CURES)
		n = JUDGE_MAX_CURES;
	for (i = 0; i < n; i++)
		if (kept < max && (!x->ex->is_x86 ||
		    package_for(all[i], true) != NULL))
			out[kept++] = all[i];
	return kept;
}

/* What the next revision brings along: RU4-v2 also carries KB2756987. */
static void
put_carried(struct buf *b, const struct cat_release *r)
{
	size_t i;

	for (i = 0; r != NULL && i < r->carried_count; i++)
		buf_printf(b, " %s also carries %s: %s", r->label,
		    r->carried[i].kb, r->carried[i].text);
}

/* The re-release cures its own product; other updates with the same defect
 * have their own. */
static void
put_other_updates(struct buf *b, const struct cat_advisory *adv)
{
	size_t i, n = 0;

	for (i = 0; i < adv->rereleased_count; i++) {
		const struct cat_rereleased *u = &adv->rereleased[i];

		if (u->must_replace)
			continue;
		buf_printf(b, "%s%s", n++ == 0 ? "\nThe re-release cures "
		    "Exchange for every program that checks signatures, on "
		    "every Windows. It does not cure other Microsoft files on "
		    "this server; these updates have re-releases of their "
		    "own: " : ", ", u->original);
	}
	if (n != 0)
		buf_puts(b, ".");
}

/* The advisory's own words, and what helps against it beside the cure. */
static void
put_advisory(struct buf *b, const struct judge *j,
    const struct cat_release *r)
{
	const struct cat_advisory *adv = catalogue_advisory(j->cat,
	    r->advisory);
	const struct cat_mitigation *m;
	size_t i, n = catalogue_mitigations(j->cat, &m);

	if (adv == NULL)
		return;
	buf_printf(b, "\n%s", adv->text);
	put_other_updates(b, adv);
	for (i = 0; i < n; i++)
		if (strcmp(m[i].advisory, adv->id) == 0)
			buf_printf(b, "\nThe Windows fix cures: %s It does "
			    "not cure: %s", m[i].cures, m[i].cures_not);
	if (r->bulletin[0] != '\0')
		buf_printf(b, "\nUntil then the installed %s still protects "
		    "against the vulnerabilities of %s.", update_word(r),
		    r->bulletin);
}

/*
 * Once signatures have begun to expire and Windows lacks the fix, the order
 * matters: it is inferred from how setup checks signatures, and says so.
 */
static void
put_order(struct buf *b, const struct judge *j,
    const struct assess_exchange *x, const char *cures)
{
	const char *fix = fix_package(j);
	const struct cat_advisory *adv = catalogue_advisory(j->cat,
	    x->release->advisory);
	char day[INSTANT_TEXT];
	instant end;

	if (adv == NULL || adv->expires_from == INSTANT_NONE ||
	    j->opt->at < adv->expires_from || assessment_has_fix(j->a))
		return;
	buf_printf(b, "\nSignatures of this kind have been expiring since "
	    "%s.", instant_format_day(adv->expires_from, day));
	end = judge_first_end(x, adv->id);
	if (end != INSTANT_NONE)
		buf_printf(b, " The first of this installation %s until %s; "
		    "%s only with the Windows fix.",
		    j->opt->at > end ? "held" : "holds",
		    instant_words(end, day),
		    j->opt->at > end ? "since then" : "after that");
	buf_printf(b, " Order (inferred, not stated by Microsoft): 1. the "
	    "Windows fix%s%s, and restart; 2. %s.", fix != NULL ? " " : "",
	    fix != NULL ? fix : "", cures);
}

/* The branch may be long out of support: say where its product ended. */
static void
put_last_resort(struct buf *b, const struct judge *j,
    const struct assess_exchange *x)
{
	const struct cat_release *last;

	if (x->branch == NULL || x->branch->support_end == INSTANT_NONE ||
	    j->opt->at <= x->branch->support_end)
		return;
	last = catalogue_newest(j->cat, x->ex->product);
	if (last == NULL)
		return;
	buf_printf(b, "\nIf these downloads are gone: the last release of the "
	    "product is %s (%s).", last->name,
	    last->kb[0] != '\0' ? last->kb : last->date);
}

/* Can it be had? Who cannot name a package cannot ask for one. */
static bool
can_be_had(const struct cat_release *r)
{
	return r->kb[0] != '\0' || r->package_count != 0;
}

/*
 * "Update Rollup 4-v2 (KB2756485), or the newest of SP2, Update Rollup 8
 * (KB2903903)": the release's own next revision, and the one that is marked.
 */
static void
put_marked(struct buf *b, const struct cat_release *r,
    const struct cat_release **cures, size_t n)
{
	while (n > 1 && !can_be_had(cures[n - 1]))
		n--;
	if (n == 0)
		return;
	put_release(b, cures[0]);
	if (n == 1)
		return;
	buf_printf(b, ", or the newest of %s, ", r->branch->id);
	put_release(b, cures[n - 1]);
}

static void
add_required(struct judge *j, struct assess_exchange *x)
{
	const struct cat_release *r = x->release, *cures[JUDGE_MAX_CURES];
	size_t i, n = judge_cures(j, x, r, cures, JUDGE_MAX_CURES);
	char *title = release_title(r);
	struct finding *f;
	struct buf b, act;

	buf_init(&b, DETAIL_MAX);
	buf_init(&act, DETAIL_MAX);
	put_marked(&act, r, cures, n);
	buf_printf(&b, "%s must be replaced. %s", title, r->replace.text);
	if (r->replace.force == CAT_CONDITIONAL)
		buf_printf(&b, " That is needed where %s, as it is here.",
		    r->replace.condition);
	if (n != 0) {
		buf_puts(&b, "\nCured by ");
		put_cures(&b, r, cures, n);
		buf_puts(&b, ".");
	}
	else
		buf_printf(&b, "\nNo %supdate that cures it is known%s.",
		    x->ex->is_x86 ? "32-bit " : "",
		    x->ex->is_x86 ? "; the 64-bit package does not fit here" :
		    "");
	put_carried(&b, r->replace.by);
	put_advisory(&b, j, r);
	put_order(&b, j, x, buf_text(&act));
	put_last_resort(&b, j, x);
	f = judge_add(j, RULE_RERELEASE_REQUIRED, "%s", buf_text(&b));
	f->sources = r->replace.sources;
	finding_evidence(f, x->ex->exsetup.ev);
	for (i = 0; i < n; i++)
		finding_install(f, cures[i]->kb);
	answer_text(&x->answers[ASK_RERELEASE], "%s",
	    n != 0 ? buf_text(&act) : "but no package that fits is known");
	if (n != 0)
		finding_action(f, "install %s", buf_text(&act));
	buf_fini(&act);
	buf_fini(&b);
	free(title);
}

static void
add_advised(struct judge *j, struct assess_exchange *x)
{
	const struct cat_release *r = x->release;
	const struct cat_release *by = r->replace.by;
	struct finding *f;
	struct buf b;

	buf_init(&b, DETAIL_MAX);
	put_release(&b, by != NULL ? by : r);
	f = judge_add(j, RULE_RERELEASE_ADVISED, "%s is a newer revision of "
	    "the installed %s. %s%s%s", buf_text(&b), update_word(r),
	    r->replace.text, r->replace.condition != NULL ?
	    " Condition: " : "", r->replace.condition != NULL ?
	    r->replace.condition : "");
	f->sources = r->replace.sources;
	finding_evidence(f, x->ex->exsetup.ev);
	if (by != NULL)
		finding_install(f, by->kb);
	answer_text(&x->answers[ASK_RERELEASE], "%s%s%s", buf_text(&b),
	    r->replace.condition != NULL ? ", if " : "",
	    r->replace.condition != NULL ? r->replace.condition : "");
	finding_action(f, "install %s%s%s", buf_text(&b),
	    r->replace.condition != NULL ? ", if " : "",
	    r->replace.condition != NULL ? r->replace.condition : "");
	buf_fini(&b);
}

/* In every case; or but for who had an interim update that cured it. */
static bool
must_replace(const struct cat_release *r)
{
	return r->replace.force == CAT_REQUIRED ||
	    (r->replace.when == CAT_NO_INTERIM &&
	    r->replace.then == CAT_REQUIRED);
}

/* The next revision of the branch, after R, of which it is known AT that it has
 * to be replaced. Of some the build is not known: a branch has its releases in
 * their order. */
static const struct cat_release *
next_bad(const struct cat_release *r, instant at)
{
	bool after = false;
	size_t i;

	for (i = 0; i < r->branch->release_count; i++) {
		const struct cat_release *b = r->branch->releases[i];

		if (after && must_replace(b) && (b->replace.by == NULL ||
		    b->replace.by->released == INSTANT_NONE ||
		    b->replace.by->released <= at))
			return b;
		after = after || b == r;
	}
	return NULL;
}

/* The last revision before R of the branch that had to be replaced. */
static const struct cat_release *
last_bad(const struct cat_release *r)
{
	const struct cat_release *found = NULL;
	size_t i;

	for (i = 0; i < r->branch->release_count; i++) {
		const struct cat_release *b = r->branch->releases[i];

		if (b == r)
			break;
		if (must_replace(b))
			found = b;
	}
	return found;
}

/* No update is in: say which to take and which never to. */
static void
put_plain_base(struct buf *b, const struct judge *j,
    const struct assess_exchange *x, const struct cat_release *bad)
{
	const struct cat_release *cures[2];
	size_t n = judge_cures(j, x, bad, cures, 2);

	buf_puts(b, "no update of this branch is installed; updates are "
	    "cumulative: ");
	if (n != 0) {
		buf_puts(b, "install ");
		put_release(b, cures[0]);
		buf_puts(b, " directly");
		if (n == 1)
			buf_puts(b, " or wait for the next one");
		else
			buf_puts(b, " or a later one");
		buf_puts(b, "; ");
	}
	buf_puts(b, "never the original ");
	put_release(b, bad);
}

/* Why the installed release need not be replaced, in a clause. */
static void
put_why_not(struct buf *b, const struct judge *j,
    const struct assess_exchange *x)
{
	const struct cat_release *r = x->release, *next;
	const struct cat_release *last = last_bad(r);

	next = next_bad(r, j->opt->at);
	if (r->replace.by != NULL && r->replace.by->released != INSTANT_NONE &&
	    r->replace.by->released > j->opt->at) {
		buf_printf(b, "%s had not been released again on the day that "
		    "is judged; it was on %s, as ", r->label,
		    r->replace.by->date);
		put_release(b, r->replace.by);
	} else if (catalogue_force_at(r, j->opt->at) == CAT_CONDITIONAL) {
		buf_printf(b, "%s came out again as ", r->label);
		put_release(b, r->replace.by);
		buf_printf(b, ", which is needed only where %s; that is not "
		    "so here", r->replace.condition);
	} else if (r->revision >= 2) {
		buf_printf(b, "%s is itself a re-release", r->label);
		if (r->cures[0] != '\0')
			buf_printf(b, " made for advisory %s", r->cures);
	} else if ((r->kind == CAT_SP || r->kind == CAT_RTM ||
	    r->kind == CAT_CU) && next != NULL)
		put_plain_base(b, j, x, next);
	else if (last != NULL && r->kind != CAT_IU) {
		buf_printf(b, "%s is later than ", r->label);
		put_release(b, last);
		buf_puts(b, ", which had to be replaced, and cures it");
	} else {
		buf_printf(b, "%s%s%s%s was never re-released; the day of its "
		    "download or installation does not matter", r->label,
		    r->date[0] != '\0' ? " (" : "", r->date,
		    r->date[0] != '\0' ? ")" : "");
		if (next != NULL) {
			buf_puts(b, ". Do not install the original ");
			put_release(b, next);
			buf_puts(b, " over it");
		}
	}
}

static void
add_not_affected(struct judge *j, struct assess_exchange *x)
{
	struct finding *f;
	struct buf b;

	buf_init(&b, DETAIL_MAX);
	put_why_not(&b, j, x);
	f = judge_add(j, RULE_RELEASE_NOT_AFFECTED, "Not affected: %s.",
	    buf_text(&b));
	f->sources = x->release->sources;
	finding_evidence(f, x->ex->exsetup.ev);
	/* Only a release that is proven need surely not be replaced. */
	answer_text(&x->answers[ASK_RERELEASE], "%s%s",
	    x->answers[ASK_RERELEASE].value == RERELEASE_NO ? "" :
	    x->ex->exsetup.state != EV_PRESENT ?
	    "probably not needed (registry only): " :
	    "probably not needed (the release is not proven): ",
	    buf_text(&b));
	buf_fini(&b);
}

/* One release of the past that had to be replaced, told once. */
static void
add_superseded(struct judge *j, struct assess_exchange *x,
    const struct cat_release *old, ev_id ev)
{
	struct finding *f;
	char *title;
	size_t i;

	if (old == NULL || !must_replace(old) || old == x->release ||
	    old->product != x->release->product ||
	    version_cmp(old->build, x->release->build) >= 0)
		return;
	for (i = 0; i < j->a->finding_count; i++) {
		f = &j->a->findings[i];
		if (f->rule == RULE_RERELEASE_SUPERSEDED &&
		    f->about == old) {
			finding_evidence(f, ev);
			return;
		}
	}
	title = release_title(old);
	f = judge_add(j, RULE_RERELEASE_SUPERSEDED, "%s was installed here "
	    "once and had to be replaced; %s has already done that. What is "
	    "left of it in the registry is history.", title,
	    x->release->label);
	f->about = old;
	f->sources = old->replace.sources;
	finding_evidence(f, ev);
	free(title);
}

static const struct cat_release *
only_release_of_kb(const struct judge *j, const struct assess_exchange *x,
    const char *kb)
{
	const struct cat_release *all[JUDGE_MAX_CURES], *one = NULL;
	size_t i, n = catalogue_find_kb(j->cat, kb, all, JUDGE_MAX_CURES);

	for (i = 0; i < n && i < JUDGE_MAX_CURES; i++) {
		if (all[i]->product != x->ex->product)
			continue;
		if (one != NULL)
			return NULL;
		one = all[i];
	}
	return one;
}

static void
look_at_history(struct judge *j, struct assess_exchange *x)
{
	const struct site_product *msi = x->ex->msi;
	bool contradicts;
	size_t i;

	for (i = 0; msi != NULL && i < msi->update_count; i++)
		add_superseded(j, x, update_release(j, x, &msi->updates[i],
		    &contradicts), msi->updates[i].ev);
	for (i = 0; i < x->ex->marker_count; i++)
		add_superseded(j, x, only_release_of_kb(j, x,
		    x->ex->markers[i]->kb), x->ex->markers[i]->ev);
}

/* The release has to be known. */
unsigned
rerelease_release(struct ask *a)
{
	const struct answer *installed = &a->x->answers[ASK_INSTALLED];
	size_t i;

	if (a->x->release != NULL) {
		for (i = 0; i < installed->proof_count; i++)
			prove(a, installed->proof[i]);
		return ANSWER_STRUCK;
	}
	if (version_known(a->x->newer))
		lack(a, "the catalogue is older than the installed build");
	else
		lack(a, "the installed release is not known");
	return RERELEASE_UNKNOWN;
}

static bool
is_applied(const struct assess_exchange *x, const char *kb)
{
	const struct site_product *msi = x->ex->msi;
	size_t i;

	for (i = 0; msi != NULL && i < msi->update_count; i++)
		if (msi->updates[i].state == PATCH_APPLIED &&
		    msi->updates[i].kb != NULL &&
		    strcmp(msi->updates[i].kb, kb) == 0)
			return true;
	return false;
}

#define PRIMARY_LANGUAGE	0x3ff	/* of a locale's number */
#define LANGUAGE_ENGLISH	0x009

enum tongue {
	TONGUE_UNKNOWN,
	TONGUE_ENGLISH,
	TONGUE_OTHER
};

/* "0409" is English of the United States: the low ten bits are the language,
 * the rest is the country. [MS-LCID] */
static enum tongue
windows_tongue(const struct inv_windows *w)
{
	unsigned long lcid;
	char *end;

	if (w->language == NULL || strlen(w->language) != 4 ||
	    strspn(w->language, "0123456789abcdefABCDEF") != 4)
		return TONGUE_UNKNOWN;
	lcid = strtoul(w->language, &end, 16);
	if (*end != '\0' || (lcid & PRIMARY_LANGUAGE) == 0)
		return TONGUE_UNKNOWN;
	return (lcid & PRIMARY_LANGUAGE) == LANGUAGE_ENGLISH ?
	    TONGUE_ENGLISH : TONGUE_OTHER;
}

/*
 * A condition is decided where evidence shows it; else it stays one, and is
 * told. Only an interim update that was seen helps.
 */
static enum cat_force
force_here(const struct judge *j, const struct assess_exchange *x)
{
	enum tongue tongue = windows_tongue(&j->inv->windows);
	const struct cat_replace *rep = &x->release->replace;
	enum cat_force force = catalogue_force_at(x->release, j->opt->at);

	if (force == CAT_CONDITIONAL && rep->when == CAT_NO_INTERIM)
		return is_applied(x, rep->interim) ? rep->otherwise :
		    rep->then;
	if (force == CAT_CONDITIONAL && rep->when == CAT_WINDOWS_NOT_ENGLISH &&
	    tongue != TONGUE_UNKNOWN)
		return tongue == TONGUE_ENGLISH ? rep->otherwise : rep->then;
	return force;
}

/* What the condition asks for is there, and is no witness. */
static bool
is_language_unread(struct ask *a)
{
	return a->x->release->replace.when == CAT_WINDOWS_NOT_ENGLISH &&
	    is_unread(a, EV_WINDOWS, INV_LANGUAGE);
}

/* How strongly it asks to be replaced; that it does not, counts only of a
 * release that is proven. */
unsigned
rerelease_revision(struct ask *a)
{
	if (a->x->release == NULL)
		return ANSWER_STRUCK;
	if (a->x->release->replace.when == CAT_WINDOWS_NOT_ENGLISH)
		prove(a, a->j->inv->windows.language_ev);
	switch (force_here(a->j, a->x)) {
	case CAT_REQUIRED:
		return RERELEASE_REQUIRED;
	case CAT_ADVISED:
		return RERELEASE_ADVISED;
	case CAT_CONDITIONAL:
		if (!is_language_unread(a))
			return RERELEASE_CONDITIONAL;
		lack(a, "the language of Windows, on which it depends, could "
		    "not be read");
		return RERELEASE_UNKNOWN;
	case CAT_KEEP:
		break;
	}
	if (a->x->answers[ASK_INSTALLED].value == INSTALLED_PROVEN)
		return RERELEASE_NO;
	lack(a, "the installed release is not proven");
	return RERELEASE_UNKNOWN;
}

/* Whether it must be replaced hangs on what could not be read. */
static void
answer_undecided(struct assess_exchange *x)
{
	struct answer *a = &x->answers[ASK_RERELEASE];
	const struct cat_replace *rep = &x->release->replace;
	struct buf b;

	buf_init(&b, TEXT_MAX);
	put_release(&b, rep->by);
	answer_text(a, "%s; %s is needed where %s", a->lacks[0], buf_text(&b),
	    rep->condition);
	answer_action(a, "install %s if %s: %s", buf_text(&b), rep->condition,
	    a->lacks[0]);
	buf_fini(&b);
}

void
judge_rerelease(struct judge *j, struct assess_exchange *x)
{
	struct answer *a = &x->answers[ASK_RERELEASE];

	ask(j, x, ASK_RERELEASE, a);
	if (x->release == NULL) {
		answer_text(a, "%s", x->conflict != NULL ? x->conflict :
		    a->lacks[0]);
		return;
	}
	switch (a->value) {
	case RERELEASE_REQUIRED:
		add_required(j, x);
		break;
	case RERELEASE_ADVISED:
	case RERELEASE_CONDITIONAL:
		add_advised(j, x);
		break;
	default:
		if (force_here(j, x) == CAT_CONDITIONAL)
			answer_undecided(x);
		else
			add_not_affected(j, x);
		break;
	}
	look_at_history(j, x);
}

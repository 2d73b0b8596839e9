/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/ask.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/*
 * What are the signatures of packages and programs worth on this Windows? The
 * inventory has both answers, without and with the WinVerifyTrust fix; the
 * state that was measured picks. A clean signature says nothing about the
 * rest of an update, so nothing here softens another finding.
 */

/* Windows Installer 5.0 came with it; older ones strip the .msi files that
 * they cache of their signatures. */
#define KEEPS_MAJOR	6
#define KEEPS_MINOR	1

/* The verdict without the fix was judged; the one with it follows. */
static enum sig_verdict
verdict_with_fix(enum sig_verdict judged, instant until, instant at)
{
	/* What was not judged, or is bad, no fix makes good. */
	if (judged != SIG_VALID && judged != SIG_EXPIRES &&
	    judged != SIG_EXPIRED && judged != SIG_UNTRUSTED)
		return judged;
	if (until == INSTANT_UNLIMITED)
		return SIG_VALID;
	if (until != INSTANT_NONE)
		return at <= until ? SIG_EXPIRES : SIG_EXPIRED;
	return SIG_UNTRUSTED;
}

enum sig_verdict
judge_signature_of(const struct judge *j, enum sig_verdict judged,
    const struct sig_until *until)
{
	if (!assessment_has_fix(j->a))
		return judged;
	return verdict_with_fix(judged, until->with_fix, j->opt->at);
}

/* Would the fix make a signature hold that ends without it? */
static bool
fix_helps(const struct sig_until *u)
{
	return u->with_fix == INSTANT_UNLIMITED &&
	    u->without_fix != INSTANT_UNLIMITED;
}

/* When it ends on this Windows. */
static instant
end_of(const struct judge *j, const struct sig_until *u)
{
	return assessment_has_fix(j->a) ? u->with_fix : u->without_fix;
}

/* Why, where the reader of signatures has a reason. */
static void
put_why(struct buf *b, const struct diag *why)
{
	if (why->text[0] != '\0')
		buf_printf(b, " (%s)", why->text);
}

static void
add_expires(struct judge *j, const char *what, const struct inspected *seen,
    ev_id ev)
{
	char day[INSTANT_TEXT];
	const char *after = fix_helps(&seen->until) ?
	    "; after that only with the Windows fix" : "";
	struct finding *f;
	struct buf b;

	instant_words(end_of(j, &seen->until), day);
	buf_init(&b, DETAIL_MAX);
	buf_printf(&b, "The signature of %s holds until %s%s", what, day,
	    after);
	put_why(&b, &seen->why);
	f = judge_add(j, RULE_SIGNATURE_EXPIRES, "%s.", buf_text(&b));
	finding_evidence(f, ev);
	buf_fini(&b);
}

/* It held, and what makes it hold again. */
static void
put_expired(struct buf *b, const struct judge *j, const char *what,
    const struct inspected *seen)
{
	const char *fix = fix_package(j);
	char day[INSTANT_TEXT];

	buf_printf(b, "The signature of %s held until %s", what,
	    instant_words(end_of(j, &seen->until), day));
	if (!fix_helps(&seen->until)) {
		put_why(b, &seen->why);
		buf_puts(b, ".");
		return;
	}
	buf_printf(b, "; since then only with the Windows fix%s%s, %s.",
	    fix != NULL ? " " : "", fix != NULL ? fix : "",
	    j->a->answers[ASK_FIX].value == FIX_UNKNOWN ? "and whether this "
	    "Windows has it is not known" : "which this Windows lacks");
	if (seen->why.text[0] != '\0')
		buf_printf(b, "\nWhy it ended: %s.", seen->why.text);
}

static void
add_expired(struct judge *j, const char *what, const struct inspected *seen,
    ev_id ev)
{
	bool helps = fix_helps(&seen->until);
	const char *fix = fix_package(j);
	char day[INSTANT_TEXT];
	struct finding *f;
	struct buf b;

	buf_init(&b, DETAIL_MAX);
	put_expired(&b, j, what, seen);
	f = judge_add(j, RULE_SIGNATURE_EXPIRED, "%s", buf_text(&b));
	/* What ended and no fix helps is history: the bytes are good. */
	if (!helps)
		f->severity = SEV_NOTE;
	if (helps && j->a->answers[ASK_FIX].value == FIX_UNKNOWN)
		f->severity = SEV_UNDETERMINED;
	if (helps && fix != NULL)
		finding_install(f, fix);
	if (helps && fix != NULL)
		finding_action(f, "install %s and restart: without it a "
		    "signature holds no longer since %s", fix,
		    instant_words(end_of(j, &seen->until), day));
	finding_evidence(f, ev);
	buf_fini(&b);
}

static void
add_invalid(struct judge *j, const char *what, const struct inspected *seen,
    ev_id ev)
{
	struct finding *f;

	f = judge_add(j, RULE_SIGNATURE_INVALID, "The signature of %s does "
	    "not fit: %s. Put the file back from the original download.",
	    what, seen->why.text);
	finding_action(f, "replace %s: it is not what was signed", what);
	finding_evidence(f, ev);
}

static void
add_untrusted(struct judge *j, const char *what,
    const struct inspected *seen, ev_id ev)
{
	const struct sig_level *l = seen->signatures.count != 0 ?
	    &seen->signatures.levels[0] : NULL;
	struct finding *f;

	f = judge_add(j, RULE_SIGNATURE_UNTRUSTED, "The signature of %s, by "
	    "%s, %s: %s.", what,
	    l != NULL && l->signer.subject != NULL ? l->signer.subject :
	    "an unknown signer", inspected_is_distrusted(seen) ?
	    "rests on a certificate that is distrusted" :
	    "leads to no root that is known", seen->why.text);
	if (l != NULL && l->foreign_root)
		f->severity = SEV_REQUIRED;
	finding_action(f, "find out who signed %s", what);
	finding_evidence(f, ev);
}

bool
is_stripped_msi(const struct judge *j, const struct inspected *seen)
{
	const struct version *v = &j->inv->windows.version;

	return seen->facts->kind == FILEKIND_MSI && version_known(*v) &&
	    (v->part[0] < KEEPS_MAJOR || (v->part[0] == KEEPS_MAJOR &&
	    v->part[1] < KEEPS_MINOR));
}

static void
add_unsigned(struct judge *j, const char *what, const struct inspected *seen,
    ev_id ev)
{
	struct finding *f;

	if (is_stripped_msi(j, seen)) {
		f = judge_add(j, RULE_SIGNATURE_UNSIGNED, "%s has no "
		    "signature, and none is expected: Windows Installer "
		    "before 5.0 takes it away from the .msi files that it "
		    "caches.", what);
		f->severity = SEV_NOTE;
	} else {
		f = judge_add(j, RULE_SIGNATURE_UNSIGNED, "%s has no "
		    "signature; Microsoft signs what it publishes.", what);
		finding_action(f, "compare %s with the original download: "
		    "it has no signature", what);
	}
	finding_evidence(f, ev);
}

static void
add_unreadable(struct judge *j, const char *what,
    const struct inspected *seen, ev_id ev)
{
	char line[640];
	struct finding *f;

	diag_line(&seen->why, line, sizeof(line));
	f = judge_add(j, RULE_EVIDENCE_UNREADABLE, "%s could not be read to "
	    "its end: %s.%s", what, behind_place(line,
	    scene_evidence(j->scene, ev)), judge_hint(j,
	    seen->why.refused));
	f->question = ASK_GENUINE;
	f->severity = SEV_UNDETERMINED;
	finding_evidence(f, ev);
}

static void
add_unchecked(struct judge *j, const char *what, ev_id ev)
{
	struct finding *f;

	f = judge_add(j, RULE_EVIDENCE_UNREADABLE, "The signature of %s was "
	    "not judged.", what);
	f->question = ASK_GENUINE;
	f->severity = SEV_UNDETERMINED;
	finding_evidence(f, ev);
}

/* A file cannot be stamped after it was looked at: a clock is wrong, of this
 * machine or of who stamped it. */
static void
add_later(struct judge *j, const char *what, const struct inspected *seen,
    ev_id ev)
{
	char stamped[INSTANT_TEXT], taken[INSTANT_TEXT];
	struct finding *f;

	f = judge_add(j, RULE_SIGNATURE_LATER, "A signature of %s has a "
	    "timestamp of %s, and the server was looked at on %s: a clock is "
	    "wrong, of this machine or of who made the timestamp.", what,
	    instant_words(inspected_last_stamp(seen), stamped),
	    instant_words(j->inv->taken, taken));
	finding_evidence(f, ev);
}

static void
judge_seen(struct judge *j, const char *what, const struct inspected *seen,
    ev_id ev)
{
	if (inspected_is_later(seen, j->inv->taken))
		add_later(j, what, seen, ev);
	switch (judge_signature_of(j, seen->verdict, &seen->until)) {
	case SIG_INVALID:
		add_invalid(j, what, seen, ev);
		break;
	case SIG_EXPIRED:
		add_expired(j, what, seen, ev);
		break;
	case SIG_EXPIRES:
		add_expires(j, what, seen, ev);
		break;
	case SIG_UNTRUSTED:
		add_untrusted(j, what, seen, ev);
		break;
	case SIG_UNSIGNED:
		/* That it is no package at all is told elsewhere. */
		if (seen->facts->kind != FILEKIND_OTHER)
			add_unsigned(j, what, seen, ev);
		break;
	case SIG_UNREADABLE:
		add_unreadable(j, what, seen, ev);
		break;
	case SIG_UNCHECKED:
		add_unchecked(j, what, ev);
		break;
	case SIG_VALID:
		break;
	}
}

static void
judge_package_seen(struct judge *j, const struct site_package *p,
    const char *owner)
{
	char *what;

	if (p->seen == NULL)
		return;
	what = xasprintf("%s of %s", p->path, owner);
	judge_seen(j, what, p->seen, p->ev);
	free(what);
}

void
judge_signatures(struct judge *j, struct assess_exchange *x)
{
	const struct site *ex = x->ex;
	size_t i;

	if (ex->exsetup.seen != NULL)
		judge_seen(j, ex->exsetup.path, ex->exsetup.seen,
		    ex->exsetup.ev);
	if (ex->transcoding.seen != NULL)
		judge_seen(j, ex->transcoding.path, ex->transcoding.seen,
		    ex->transcoding.ev);
	if (ex->msi == NULL)
		return;
	judge_package_seen(j, &ex->msi->msi, msi_words(ex->msi));
	for (i = 0; i < ex->msi->update_count; i++)
		judge_package_seen(j, &ex->msi->updates[i].package,
		    update_words(&ex->msi->updates[i]));
}

/* The first of the installation's own files to end for the defect of
 * ADVISORY. */
static const struct inspected *
first_to_end(const struct assess_exchange *x, const char *advisory)
{
	const struct site *ex = x->ex;
	const struct inspected *all[3], *first = NULL, *seen;
	size_t i, more = ex->msi != NULL ? ex->msi->update_count : 0;

	all[0] = ex->exsetup.seen;
	all[1] = ex->transcoding.seen;
	all[2] = ex->msi != NULL ? ex->msi->msi.seen : NULL;
	for (i = 0; i < 3 + more; i++) {
		seen = i < 3 ? all[i] : ex->msi->updates[i - 3].package.seen;
		if (seen == NULL || seen->advisory == NULL ||
		    strcmp(seen->advisory, advisory) != 0 ||
		    seen->until.without_fix == INSTANT_NONE)
			continue;
		if (first == NULL ||
		    seen->until.without_fix < first->until.without_fix)
			first = seen;
	}
	return first;
}

instant
judge_first_end(const struct assess_exchange *x, const char *advisory)
{
	const struct inspected *first = first_to_end(x, advisory);

	return first != NULL ? first->until.without_fix : INSTANT_NONE;
}

/* Does FILE hold no longer, and would with the fix? */
static bool
ended_for_the_fix(const struct judge *j, enum sig_verdict judged,
    const struct sig_until *until)
{
	return fix_helps(until) &&
	    judge_signature_of(j, judged, until) == SIG_EXPIRED;
}

/* Prove by the record EV of a file that needs the fix that it does. */
static bool
prove_need(const struct judge *j, const struct inspected *seen, ev_id ev,
    struct answer *a)
{
	if (seen == NULL || !ended_for_the_fix(j, seen->verdict, &seen->until))
		return false;
	answer_prove(a, ev);
	return true;
}

static bool
exchange_needs_fix(const struct judge *j, const struct site *ex,
    struct answer *a)
{
	const struct site_product *msi = ex->msi;
	bool needs = prove_need(j, ex->exsetup.seen, ex->exsetup.ev, a);
	size_t i;

	needs |= prove_need(j, ex->transcoding.seen, ex->transcoding.ev, a);
	if (msi == NULL)
		return needs;
	/* A package is looked at because a record names it. */
	if (prove_need(j, msi->msi.seen, msi->msi.ev, a)) {
		answer_prove(a, msi->ev);
		needs = true;
	}
	for (i = 0; i < msi->update_count; i++) {
		const struct site_update *u = &msi->updates[i];

		if (!prove_need(j, u->package.seen, u->package.ev, a))
			continue;
		answer_prove(a, msi->ev);
		answer_prove(a, u->ev);
		needs = true;
	}
	return needs;
}

bool
judge_needs_fix(const struct judge *j, struct answer *a)
{
	const struct scene *scene = j->scene;
	bool needs = false;
	size_t i;

	for (i = 0; i < j->scene->site_count; i++)
		needs |= exchange_needs_fix(j, &j->scene->sites[i], a);
	for (i = 0; i < scene->defective_count; i++) {
		const struct site_defective *d = &scene->defective[i];

		if (!ended_for_the_fix(j, d->verdict, &d->until))
			continue;
		answer_prove(a, d->ev);
		needs = true;
	}
	return needs;
}

/* ---------------------------------------------------------------- deep */

/* How many of the files that --deep lists are of the verdict; *FIRST is one
 * of them. */
static size_t
count_deep(const struct judge *j, enum sig_verdict v,
    const struct site_defective **first)
{
	const struct scene *scene = j->scene;
	size_t i, n = 0;

	for (i = 0; i < scene->defective_count; i++) {
		const struct site_defective *d = &scene->defective[i];

		if (judge_signature_of(j, d->verdict, &d->until) != v)
			continue;
		if (n++ == 0)
			*first = d;
	}
	return n;
}

static void
add_deep_tampered(struct judge *j)
{
	const struct site_defective *first = NULL;
	size_t n = count_deep(j, SIG_INVALID, &first);
	struct finding *f;

	if (n == 0)
		return;
	f = judge_add(j, RULE_SIGNATURE_INVALID, "%zu of %zu signed files are "
	    "not what was signed, the first of them %s; all are listed below. "
	    "Install the update that brings them again, or put them back from "
	    "a sound server.", n, j->scene->deep_count, first->path);
	finding_action(f, "replace %s%s: not what was signed", first->path,
	    n > 1 ? " and others" : "");
}

static void
add_deep_others(struct judge *j)
{
	const struct scene *scene = j->scene;

	if (scene->deep_unsigned + scene->deep_strangers == 0)
		return;
	judge_add(j, RULE_SIGNATURE_UNSIGNED, "Of the files of Exchange and "
	    "of the package cache, %zu have no signature, and %zu are signed "
	    "by other publishers than Microsoft.", scene->deep_unsigned,
	    scene->deep_strangers)->severity = SEV_NOTE;
}

/* The first file with a timestamp of an advisory, and how many there are. */
static size_t
count_advisory(const struct scene *scene,
    const struct site_defective **first)
{
	size_t i, n = 0;

	for (i = 0; i < scene->defective_count; i++)
		if (scene->defective[i].advisory != NULL && n++ == 0)
			*first = &scene->defective[i];
	return n;
}

static void
add_deep_ending(struct judge *j)
{
	const struct site_defective *first = NULL, *any;
	size_t n = count_advisory(j->scene, &first);
	size_t ended = count_deep(j, SIG_EXPIRED, &any);
	size_t ends = count_deep(j, SIG_EXPIRES, &any);
	char day[INSTANT_TEXT];
	struct finding *f;

	if (n == 0 || ended + ends == 0)
		return;
	instant_words(first->until.without_fix, day);
	f = judge_add(j, ended != 0 ? RULE_SIGNATURE_EXPIRED :
	    RULE_SIGNATURE_EXPIRES, "%zu of %zu signed files have a "
	    "timestamp of advisory %s: the signatures of %zu hold no longer, "
	    "those of %zu will end, the first of all on %s. The Windows fix "
	    "or newer files cure it; the files are listed below.",
	    n, j->scene->deep_count, first->advisory, ended, ends, day);
	if (ended != 0 && j->a->answers[ASK_FIX].value == FIX_UNKNOWN)
		f->severity = SEV_UNDETERMINED;
	if (fix_package(j) != NULL)
		finding_install(f, fix_package(j));
	if (fix_package(j) != NULL)
		finding_action(f, "install %s and restart: the signatures of "
		    "%zu files %s with it only", fix_package(j), ended + ends,
		    ended != 0 ? "hold" : "will hold");
}

static void
add_deep_later(struct judge *j)
{
	const struct scene *scene = j->scene;

	if (scene->deep_later != 0)
		judge_add(j, RULE_SIGNATURE_LATER, "%zu of %zu signed files "
		    "have a timestamp that is later than the scan, the first "
		    "of them %s: a clock is wrong, of this machine or of who "
		    "made it.", scene->deep_later, scene->deep_count,
		    scene->deep_later_first);
}

/* What --deep found, in one finding a kind: the files are listed apart. */
void
judge_deep(struct judge *j)
{
	add_deep_tampered(j);
	add_deep_ending(j);
	add_deep_later(j);
	if (j->inv->deep)
		add_deep_others(j);
}

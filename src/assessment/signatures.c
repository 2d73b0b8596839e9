/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/judge.h"

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

char *
instant_words(instant t, char *text)
{
	instant_format(t, text);
	text[strcspn(text, "T")] = ' ';
	return text;
}

/* The verdict without the fix was judged; the one with it follows. */
static enum sig_verdict
verdict_with_fix(enum sig_verdict judged, instant until, instant at)
{
	if (until == INSTANT_UNLIMITED)
		return SIG_VALID;
	if (until != INSTANT_NONE)
		return at <= until ? SIG_EXPIRES : SIG_EXPIRED;
	return judged == SIG_EXPIRES || judged == SIG_EXPIRED ||
	    judged == SIG_VALID ? SIG_UNTRUSTED : judged;
}

enum sig_verdict
judge_signature_of(const struct judge *j, enum sig_verdict judged,
    const struct sig_until *until)
{
	if (j->a->fix != FIX_PRESENT)
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
	return j->a->fix == FIX_PRESENT ? u->with_fix : u->without_fix;
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
	finding_action(f, "signature holds until %s%s", day, after);
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
	buf_printf(b, "; since then only with the Windows fix%s%s",
	    fix != NULL ? " " : "", fix != NULL ? fix : "");
	put_why(b, &seen->why);
	buf_puts(b, j->a->fix == FIX_UNKNOWN ? ", and whether this Windows "
	    "has it is not known." : ", which this Windows lacks.");
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
	if (helps && j->a->fix == FIX_UNKNOWN)
		f->severity = SEV_UNDETERMINED;
	if (helps && fix != NULL)
		finding_install(f, fix);
	finding_action(f, "signature held until %s%s",
	    instant_words(end_of(j, &seen->until), day),
	    helps ? "; since then only with the Windows fix" : "");
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
	const struct sig_certificate *c = &seen->signatures.levels[0].signer;
	struct finding *f;

	f = judge_add(j, RULE_SIGNATURE_UNTRUSTED, "The signature of %s, by "
	    "%s, leads to no root that is known: %s.", what,
	    c->subject != NULL ? c->subject : "an unknown signer",
	    seen->why.text);
	finding_action(f, "find out who signed %s", what);
	finding_evidence(f, ev);
}

/* An .msi in the cache of a Windows that keeps no signatures there. */
static bool
is_stripped(const struct judge *j, const struct inspected *seen)
{
	const struct version *v = &j->inv->windows.version;

	return seen->kind == FILEKIND_MSI && version_known(*v) &&
	    (v->part[0] < KEEPS_MAJOR || (v->part[0] == KEEPS_MAJOR &&
	    v->part[1] < KEEPS_MINOR));
}

static void
add_unsigned(struct judge *j, const char *what, const struct inspected *seen,
    ev_id ev)
{
	struct finding *f;

	if (is_stripped(j, seen)) {
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

	diag_line(&seen->why, line, sizeof(line));
	finding_evidence(judge_add(j, RULE_EVIDENCE_UNREADABLE, "%s could "
	    "not be read to its end: %s.%s", what, line,
	    judge_hint(j, seen->why.refused)), ev);
}

static void
judge_seen(struct judge *j, const char *what, const struct inspected *seen,
    ev_id ev)
{
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
		if (seen->kind != FILEKIND_OTHER)
			add_unsigned(j, what, seen, ev);
		break;
	case SIG_UNREADABLE:
		add_unreadable(j, what, seen, ev);
		break;
	case SIG_VALID:
	case SIG_UNCHECKED:
		break;
	}
}

static void
judge_package_seen(struct judge *j, const struct inv_package *p,
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
	const struct inv_exchange *ex = x->ex;
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
	const struct inv_exchange *ex = x->ex;
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

/* What --deep found, in one finding: the files are listed apart. */
void
judge_deep(struct judge *j)
{
	const struct inventory *inv = j->inv;
	size_t i, ended = 0, ends = 0;
	char day[INSTANT_TEXT];
	struct finding *f;

	for (i = 0; i < inv->defective_count; i++) {
		const struct inv_defective *d = &inv->defective[i];
		enum sig_verdict v = judge_signature_of(j, d->verdict,
		    &d->until);

		ended += v == SIG_EXPIRED;
		ends += v == SIG_EXPIRES;
	}
	if (ended + ends == 0)
		return;
	instant_words(inv->defective[0].until.without_fix, day);
	f = judge_add(j, ended != 0 ? RULE_SIGNATURE_EXPIRED :
	    RULE_SIGNATURE_EXPIRES, "%zu of %zu signed files have a "
	    "timestamp of advisory %s: the signatures of %zu hold no longer, "
	    "those of %zu will end, the first of all on %s. The Windows fix "
	    "or newer files cure it; the files are listed below.",
	    inv->defective_count, inv->deep_count,
	    inv->defective[0].advisory, ended, ends, day);
	if (ended != 0 && j->a->fix == FIX_UNKNOWN)
		f->severity = SEV_UNDETERMINED;
	if (fix_package(j) != NULL)
		finding_install(f, fix_package(j));
	finding_action(f, "signatures of %zu files %s with the Windows fix "
	    "only", ended + ends, ended != 0 ? "hold" : "will hold");
}

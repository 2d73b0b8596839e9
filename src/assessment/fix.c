/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/obligations.h"

#include <stdlib.h>
#include <string.h>

/*
 * Does Windows have the fix of its signature check? The byte marks in the
 * file decide; a KB that is listed proves nothing (it may be waiting for a
 * restart, or rolled back), and one that is not listed disproves nothing
 * (later updates carry the same file).
 */

static struct answer *
answer_of_fix(struct judge *j)
{
	return &j->a->answers[ASK_FIX];
}

static bool
is_builtin(const struct inventory *inv, const struct cat_mitigation *m)
{
	const struct version *v = &inv->windows.version;

	return version_known(*v) && (v->part[0] > m->builtin_major ||
	    (v->part[0] == m->builtin_major &&
	    v->part[1] >= m->builtin_minor));
}

/*
 * Is the file of the Windows that the registry names? Before Vista the file
 * counts 5.131 and then the build of Windows.
 */
static bool
is_of_windows(const struct inventory *inv, struct version v)
{
	const struct version *w = &inv->windows.version;

	if (w->part[0] < 6)
		return v.part[0] == w->part[0] && v.part[2] == w->part[2];
	return v.part[0] == w->part[0] && v.part[1] == w->part[1];
}

/* What one copy of the file allows to be said. */
static unsigned
copy_allows(struct ask *a, const struct site_fix *fix,
    const struct site_fix_file *f)
{
	char text[VERSION_TEXT];

	if (f->file.state == EV_ABSENT) {
		lack(a, "%s is not there", f->file.path);
		return FIX_UNKNOWN;
	}
	if (f->file.state != EV_PRESENT) {
		lack(a, "%s could not be read as a program: %s", f->file.path,
		    why_unread(a->j, f->file.ev));
		return FIX_UNKNOWN;
	}
	prove(a, f->file.ev);
	if (!is_of_windows(a->j->inv, f->file.version)) {
		lack(a, "%s is %s, which is of another Windows than the "
		    "registry names", f->file.path,
		    version_format(f->file.version, text));
		return FIX_UNKNOWN;
	}
	if (is_builtin(a->j->inv, fix->mitigation))
		return FIX_BUILT_IN;
	if (f->unasked) {
		lack(a, "a mark of the fix was not looked for in %s: scan the "
		    "server again", f->file.path);
		return FIX_UNKNOWN;
	}
	if (!f->searched) {
		lack(a, "%s could not be read to its end", f->file.path);
		return FIX_UNKNOWN;
	}
	return f->marks == fix->mitigation->mark_count ? FIX_PRESENT :
	    FIX_MISSING;
}

/* The catalogue has one mitigation; the result has room for one. */
static const struct site_fix *
only_fix(const struct judge *j)
{
	return j->scene->fix_count != 0 ? &j->scene->fixes[0] : NULL;
}

/* The registry names a version of Windows. */
unsigned
fix_windows(struct ask *a)
{
	if (!version_known(a->j->inv->windows.version)) {
		lack(a, "the version of Windows is not known");
		return FIX_UNKNOWN;
	}
	prove(a, a->j->inv->windows.ev);
	return ANSWER_STRUCK;
}

/* Every copy of the file, where one is to be. */
unsigned
fix_files(struct ask *a)
{
	const struct site_fix *fix = only_fix(a->j);
	unsigned worst = ANSWER_STRUCK, allows;
	size_t i;

	if (fix == NULL || !version_known(a->j->inv->windows.version))
		return FIX_UNKNOWN;
	for (i = 0; i < fix->file_count; i++) {
		if (fix->files[i].file.state == EV_NOT_EXPECTED)
			continue;
		allows = copy_allows(a, fix, &fix->files[i]);
		worst = worst == ANSWER_STRUCK ? allows :
		    answer_worse(ASK_FIX, worst, allows);
	}
	return worst;
}

/* Do the copies not agree? */
static bool
copies_differ(const struct site_fix *fix)
{
	size_t i, with = 0, without = 0;

	for (i = 0; i < fix->file_count; i++) {
		if (!fix->files[i].searched)
			continue;
		with += fix->files[i].marks == fix->mitigation->mark_count;
		without += fix->files[i].marks != fix->mitigation->mark_count;
	}
	return with != 0 && without != 0;
}

/* The update that carries the fix to this Windows, or NULL. */
static const struct cat_carrier *
carrier_of(const struct judge *j, const struct cat_mitigation *m)
{
	const struct version *v = &j->inv->windows.version;
	size_t i;

	for (i = 0; version_known(*v) && i < m->carrier_count; i++) {
		const struct cat_carrier *c = &m->carriers[i];
		uint32_t here = v->part[0] << 16 | v->part[1];

		if (here >= (c->from_major << 16 | c->from_minor) &&
		    here <= (c->to_major << 16 | c->to_minor))
			return c;
	}
	return NULL;
}

static const struct site_fix_listing *
listed(const struct site_fix *fix)
{
	size_t i;

	for (i = 0; i < fix->listing_count; i++)
		if (fix->listings[i].installed)
			return &fix->listings[i];
	return NULL;
}

static void
fix_evidence(struct judge *j, const struct site_fix *fix, struct finding *f)
{
	size_t i;

	for (i = 0; i < fix->file_count; i++)
		finding_evidence(f, fix->files[i].file.ev);
	for (i = 0; i < fix->listing_count; i++)
		finding_evidence(f, fix->listings[i].ev);
	finding_evidence(f, j->inv->windows.ev);
	f->sources = fix->mitigation->sources;
}

static void
add_present(struct judge *j, const struct site_fix *fix)
{
	const struct cat_mitigation *m = fix->mitigation;
	bool builtin = is_builtin(j->inv, m);
	struct finding *f;

	f = judge_add(j, RULE_WINVERIFYTRUST_PRESENT, "%s", builtin ?
	    "This version of Windows has the fix built in." :
	    "Every copy of the file has all byte marks of the fix.");
	fix_evidence(j, fix, f);
	if (builtin)
		answer_text(answer_of_fix(j), "part of this Windows");
	else
		answer_text(answer_of_fix(j), "%s has it", m->file);
}

/* Why it counts as missing, beyond "the marks are not there". */
static const char *
missing_reason(const struct site_fix *fix, bool differ)
{
	if (differ)
		return "has the fix in one of System32 and SysWOW64 only: the "
		    "two folders differ.";
	if (listed(fix) != NULL)
		return "does not have the fix although its update is listed "
		    "as installed: restart pending or rolled back.";
	return "has no mark of the fix.";
}

static void
add_missing(struct judge *j, const struct site_fix *fix, bool differ)
{
	const struct cat_mitigation *m = fix->mitigation;
	const struct cat_carrier *c = carrier_of(j, m);
	const char *kb = c != NULL ? c->kb : NULL;
	bool restart = listed(fix) != NULL;
	struct finding *f;

	f = judge_add(j, RULE_WINVERIFYTRUST_MISSING, "%s %s %s%s.\nThe "
	    "marks decide: a KB in a list would not change that.\nIt "
	    "cures: %s\nIt does not cure: %s",
	    m->file, missing_reason(fix, differ),
	    kb != NULL ? "It comes with " : "No package for this Windows is "
	    "known", kb != NULL ? kb : "", m->cures, m->cures_not);
	if (kb != NULL)
		finding_install(f, kb);
	j->a->fix_kb = kb;
	fix_evidence(j, fix, f);
	if (restart)
		answer_text(answer_of_fix(j), "%s is listed but not in "
		    "effect; restart, then scan again", listed(fix)->kb);
	else
		answer_text(answer_of_fix(j), "%s%s%s",
		    kb != NULL ? "install " : "no package for this Windows "
		    "is known", kb != NULL ? kb : "",
		    kb != NULL ? " and restart" : "");
	if (restart)
		finding_action(f, "restart to put the Windows fix into "
		    "effect, and scan again");
	else if (kb != NULL)
		finding_action(f, "install the Windows fix %s", kb);
}

static bool
was_refused(const struct judge *j, const struct site_fix *fix)
{
	size_t i;

	for (i = 0; i < fix->file_count; i++)
		if (judge_was_refused(j, fix->files[i].file.ev))
			return true;
	return false;
}

static void
add_unknown(struct judge *j, const struct site_fix *fix)
{
	const char *file = fix->mitigation->file;
	bool refused = was_refused(j, fix);
	struct finding *f;

	f = judge_add(j, RULE_WINVERIFYTRUST_UNKNOWN, "Whether the fix is in "
	    "is not known: %s.%s\nIt cures: %s\nIt does not cure: %s",
	    answer_of_fix(j)->lack_count != 0 ? answer_of_fix(j)->lacks[0] :
	    "nothing was read", judge_hint(j, refused),
	    fix->mitigation->cures, fix->mitigation->cures_not);
	if (refused)
		finding_action(f, "%s cannot be read: run rollcall as "
		    "administrator", file);
	fix_evidence(j, fix, f);
	answer_text(answer_of_fix(j), "%s%s", answer_of_fix(j)->lack_count !=
	    0 ? answer_of_fix(j)->lacks[0] : "the catalogue has none", refused
	    ? "; run rollcall as administrator" : "");
}

void
judge_fixes(struct judge *j)
{
	struct answer *answer = answer_of_fix(j);
	const struct site_fix *fix = only_fix(j);

	ask(j, NULL, ASK_FIX, answer);
	if (fix == NULL) {
		answer_text(answer, "the catalogue has none");
		return;
	}
	switch (answer->value) {
	case FIX_BUILT_IN:
	case FIX_PRESENT:
		add_present(j, fix);
		break;
	case FIX_MISSING:
		add_missing(j, fix, copies_differ(fix));
		break;
	default:
		add_unknown(j, fix);
		break;
	}
}

const char *
fix_package(const struct judge *j)
{
	return j->a->fix_kb;
}

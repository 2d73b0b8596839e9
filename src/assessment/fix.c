/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/judge.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/*
 * Does Windows have the fix of its signature check? The byte marks in the
 * file decide; a KB that is listed proves nothing (it may be waiting for a
 * restart, or rolled back), and one that is not listed disproves nothing
 * (later updates carry the same file).
 */

static bool
is_builtin(const struct inventory *inv, const struct cat_mitigation *m)
{
	const struct version *v = &inv->windows.version;

	return version_known(*v) && (v->part[0] > m->builtin_major ||
	    (v->part[0] == m->builtin_major &&
	    v->part[1] >= m->builtin_minor));
}

/* Is the copy of the file complete with marks, without, or not known? */
static enum fix_state
copy_state(const struct inv_fix *fix, const struct inv_fix_file *f)
{
	if (!f->searched)
		return FIX_UNKNOWN;
	return f->marks == fix->mitigation->mark_count ? FIX_PRESENT :
	    FIX_MISSING;
}

/* *DIFFER: the copies do not agree. */
static enum fix_state
measure(const struct judge *j, const struct inv_fix *fix, bool *differ)
{
	enum fix_state all = FIX_PRESENT;
	size_t i, missing = 0, present = 0;

	*differ = false;
	if (is_builtin(j->inv, fix->mitigation))
		return FIX_PRESENT;
	for (i = 0; i < fix->file_count; i++) {
		enum fix_state s;

		if (fix->files[i].file.state == EV_NOT_EXPECTED)
			continue;
		s = copy_state(fix, &fix->files[i]);
		missing += s == FIX_MISSING;
		present += s == FIX_PRESENT;
		if (s == FIX_UNKNOWN)
			all = FIX_UNKNOWN;
	}
	if (missing == 0)
		return present == 0 ? FIX_UNKNOWN : all;
	*differ = present != 0;
	/* Without a version, a Windows that never needs marks is possible. */
	return version_known(j->inv->windows.version) ? FIX_MISSING :
	    FIX_UNKNOWN;
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

static const struct inv_fix_listing *
listed(const struct inv_fix *fix)
{
	size_t i;

	for (i = 0; i < fix->listing_count; i++)
		if (fix->listings[i].installed)
			return &fix->listings[i];
	return NULL;
}

static void
fix_evidence(struct judge *j, const struct inv_fix *fix, struct finding *f)
{
	struct assessment *a = j->a;
	size_t i;

	for (i = 0; i < fix->file_count; i++)
		finding_evidence(f, fix->files[i].file.ev);
	for (i = 0; i < fix->listing_count; i++)
		finding_evidence(f, fix->listings[i].ev);
	finding_evidence(f, j->inv->windows.ev);
	a->fix_evidence_count = f->evidence_count;
	a->fix_evidence = xmemdup(f->evidence,
	    f->evidence_count * sizeof(*f->evidence));
	f->sources = fix->mitigation->sources;
}

static void
add_present(struct judge *j, const struct inv_fix *fix)
{
	const struct cat_mitigation *m = fix->mitigation;
	bool builtin = is_builtin(j->inv, m);
	struct finding *f;

	f = judge_add(j, RULE_WINVERIFYTRUST_PRESENT, "%s\nIt cures: %s\nIt "
	    "does not cure: %s",
	    builtin ? "This version of Windows has the fix built in." :
	    "Every copy of the file has all byte marks of the fix.",
	    m->cures, m->cures_not);
	fix_evidence(j, fix, f);
	j->a->fix_line = builtin ? xstrdup("present: built into this Windows") :
	    xasprintf("present: %s has it", m->file);
}

/* Why it counts as missing, beyond "the marks are not there". */
static const char *
missing_reason(const struct inv_fix *fix, bool differ)
{
	if (differ)
		return "has the fix in one of System32 and SysWOW64 only: the "
		    "two folders differ.";
	if (listed(fix) != NULL)
		return "does not have the fix although its update is listed "
		    "as installed: restart pending or rolled back.";
	return "has no mark of the fix; a KB in a list would not change that.";
}

static void
add_missing(struct judge *j, const struct inv_fix *fix, bool differ)
{
	const struct cat_mitigation *m = fix->mitigation;
	const struct cat_carrier *c = carrier_of(j, m);
	const char *kb = c != NULL ? c->kb : NULL;
	bool restart = listed(fix) != NULL;
	struct finding *f;

	f = judge_add(j, RULE_WINVERIFYTRUST_MISSING, "%s %s %s%s%s\nIt "
	    "cures: %s\nIt does not cure: %s",
	    m->file, missing_reason(fix, differ),
	    kb != NULL ? "It comes with " : "No package for this Windows is "
	    "known", kb != NULL ? kb : "", ".", m->cures, m->cures_not);
	if (kb != NULL)
		finding_install(f, kb);
	fix_evidence(j, fix, f);
	if (restart)
		j->a->fix_line = xasprintf("missing: %s is listed but not in "
		    "effect; restart, then scan again", listed(fix)->kb);
	else
		j->a->fix_line = xasprintf("missing: %s%s%s",
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
any_affected(const struct assessment *a)
{
	size_t i;

	for (i = 0; i < a->exchange_count; i++)
		if (a->exchange[i].affected)
			return true;
	return false;
}

static bool
was_refused(const struct judge *j, const struct inv_fix *fix)
{
	size_t i;

	for (i = 0; i < fix->file_count; i++)
		if (judge_was_refused(j, fix->files[i].file.ev))
			return true;
	return false;
}

static void
add_unknown(struct judge *j, const struct inv_fix *fix)
{
	const char *file = fix->mitigation->file;
	bool refused = was_refused(j, fix);
	struct finding *f;

	f = judge_add(j, RULE_WINVERIFYTRUST_UNKNOWN, "%s or the version of "
	    "Windows could not be read, so whether the fix is in is not "
	    "known.%s\nIt cures: %s\nIt does not cure: %s", file,
	    judge_hint(j, refused), fix->mitigation->cures,
	    fix->mitigation->cures_not);
	if (any_affected(j->a))
		f->severity = SEV_UNDETERMINED;
	if (refused)
		finding_action(f, "%s cannot be read: run rollcall as "
		    "administrator", file);
	fix_evidence(j, fix, f);
	j->a->fix_line = xasprintf("not known: %s or the version of Windows "
	    "could not be read%s", file, refused ? "; run rollcall as "
	    "administrator" : "");
}

void
judge_fixes(struct judge *j)
{
	const struct inv_fix *fix;
	bool differ;

	/* The catalogue has one mitigation; the result has room for one. */
	if (j->inv->fix_count == 0) {
		j->a->fix_line = xstrdup("not known: the catalogue has none");
		return;
	}
	fix = &j->inv->fixes[0];
	j->a->fix = measure(j, fix, &differ);
	switch (j->a->fix) {
	case FIX_PRESENT:
		add_present(j, fix);
		break;
	case FIX_MISSING:
		add_missing(j, fix, differ);
		break;
	case FIX_UNKNOWN:
		add_unknown(j, fix);
		break;
	}
}

const char *
fix_package(const struct judge *j)
{
	size_t i;

	for (i = 0; i < j->a->finding_count; i++) {
		const struct finding *f = &j->a->findings[i];

		if (f->rule == RULE_WINVERIFYTRUST_MISSING &&
		    f->install_count != 0)
			return f->install[0];
	}
	return NULL;
}

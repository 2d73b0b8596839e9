/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/judge.h"
#include "base/utf.h"

#include <inttypes.h>
#include <string.h>

/* What could not be read, and whether the verdict rests on it. */

static bool
is_software(const struct inv_hive *h)
{
	return utf_casecmp(h->name, "SOFTWARE") == 0;
}

bool
software_is_damaged(const struct judge *j)
{
	size_t i;

	for (i = 0; i < j->inv->hive_count; i++)
		if (is_software(&j->inv->hives[i]) &&
		    j->inv->hives[i].damaged != 0)
			return true;
	return false;
}

bool
system_is_damaged(const struct judge *j)
{
	size_t i;

	for (i = 0; i < j->inv->hive_count; i++)
		if (utf_casecmp(j->inv->hives[i].name, "SYSTEM") == 0 &&
		    j->inv->hives[i].damaged != 0)
			return true;
	return false;
}

bool
system_is_old(const struct judge *j)
{
	size_t i;

	for (i = 0; i < j->inv->hive_count; i++)
		if (utf_casecmp(j->inv->hives[i].name, "SYSTEM") == 0 &&
		    j->inv->hives[i].dirty &&
		    j->inv->hives[i].replay != INV_REPLAY_DONE)
			return true;
	return false;
}

static ev_id
hive_evidence(const struct judge *j, const struct inv_hive *h)
{
	size_t i;

	for (i = 0; i < j->scene->evidence_count; i++) {
		const struct evidence *e = &j->scene->evidence[i];

		if (e->kind == EV_HIVE && strcmp(e->where, h->where) == 0)
			return i + 1;
	}
	return 0;
}

/* Does the file that runs confirm what the registry says, everywhere? */
static bool
registry_confirmed(const struct assessment *a)
{
	size_t i;

	for (i = 0; i < a->exchange_count; i++)
		if (a->exchange[i].answers[ASK_INSTALLED].value !=
		    INSTALLED_PROVEN)
			return false;
	return a->exchange_count != 0;
}

/* A closed hive: the reason, and whether Exchange could be in it. */
static void
judge_unopened(struct judge *j, const struct inv_hive *h)
{
	struct finding *f;

	f = judge_add(j, RULE_EVIDENCE_UNREADABLE, "The hive %s could "
	    "not be opened: %s.", h->where, h->why);
	/* Where Exchange would be is in SOFTWARE. */
	f->severity = is_software(h) ? SEV_UNDETERMINED : SEV_NOTE;
	finding_evidence(f, hive_evidence(j, h));
}

/* Why the last writes may be missing; with the logs replayed they are not. */
static const char *
why_stale(const struct inv_hive *h)
{
	switch (h->replay) {
	case INV_REPLAY_MISSING:
		return "its transaction logs are not beside it";
	case INV_REPLAY_UNUSABLE:
		return "its transaction logs cannot be used";
	default:
		return "its transaction logs were not looked at";
	}
}

static void
judge_dirty(struct judge *j, const struct inv_hive *h)
{
	bool done = h->replay == INV_REPLAY_DONE;
	bool confirmed = !is_software(h) || registry_confirmed(j->a);
	const char *detail = h->log_why != NULL ? h->log_why : "";
	struct finding *f;

	if (done)
		f = judge_add(j, RULE_EVIDENCE_DIRTY_HIVE, "The hive %s was "
		    "not closed properly, or was copied while in use: it was "
		    "read with its transaction logs (%" PRIu32 " of their "
		    "entries, up to number %" PRIu32 "), as Windows would."
		    "%s%s", h->where, h->log_entries, h->log_sequence,
		    detail[0] != '\0' ? " What was left out: " : "", detail);
	else
		f = judge_add(j, RULE_EVIDENCE_DIRTY_HIVE, "The hive %s was "
		    "not closed properly, or was copied while in use, and %s"
		    "%s%s: its last writes may be missing.%s", h->where,
		    why_stale(h), detail[0] != '\0' ? "; " : "", detail,
		    confirmed ? " What it says agrees with the files." :
		    " What it says was taken as it lies.");
	if (done || confirmed)
		f->severity = SEV_NOTE;
	finding_evidence(f, hive_evidence(j, h));
}

static void
judge_hive(struct judge *j, const struct inv_hive *h)
{
	struct finding *f;

	if (!h->is_open) {
		judge_unopened(j, h);
		return;
	}
	if (h->dirty)
		judge_dirty(j, h);
	if (h->damaged != 0) {
		f = judge_add(j, RULE_EVIDENCE_UNREADABLE, "The hive %s is "
		    "damaged in %zu places that were looked at; the first: "
		    "%s.", h->where, h->damaged, h->why);
		if (is_software(h) && !registry_confirmed(j->a))
			f->severity = SEV_UNDETERMINED;
		finding_evidence(f, hive_evidence(j, h));
	}
}

/* Is the record one that another finding speaks of already? */
static bool
is_told(const struct judge *j, ev_id id)
{
	size_t i, k;

	for (i = 0; i < j->a->finding_count; i++) {
		const struct finding *f = &j->a->findings[i];

		if (f->rule != RULE_EVIDENCE_UNREADABLE &&
		    f->rule != RULE_WINVERIFYTRUST_UNKNOWN)
			continue;
		for (k = 0; k < f->evidence_count; k++)
			if (f->evidence[k] == id)
				return true;
	}
	return false;
}

/*
 * The rest: each unreadable key or file, told once. Below the keys that a
 * verdict on Exchange rests on, not to know is not to know the answer.
 */
static void
judge_record(struct judge *j, ev_id id)
{
	const struct evidence *e = scene_evidence(j->scene, id);
	struct finding *f;

	if (e->state != EV_UNREADABLE || e->kind == EV_HIVE || is_told(j, id))
		return;
	f = judge_add(j, RULE_EVIDENCE_UNREADABLE, "%s: %s.%s", e->where,
	    behind_place(e->value, e), judge_hint(j, e->refused));
	if (judge_was_refused(j, id))
		finding_action(f, "%s cannot be read: run rollcall as "
		    "administrator", e->where);
	if (e->kind == EV_SETUP || e->kind == EV_ROLE ||
	    ((e->kind == EV_PRODUCT || e->kind == EV_PATCH ||
	    e->kind == EV_MARKER) && !registry_confirmed(j->a)))
		f->severity = SEV_UNDETERMINED;
	if (e->kind == EV_LOG) {
		f->question = ASK_COMPLETE;
		f->severity = SEV_UNDETERMINED;
	}
	finding_evidence(f, id);
}

static bool
software_is_open(const struct inventory *inv)
{
	size_t i;

	for (i = 0; i < inv->hive_count; i++)
		if (is_software(&inv->hives[i]))
			return inv->hives[i].is_open;
	/* A live machine has no hive files: its registry always answers. */
	return inv->source == HOST_LIVE;
}

/*
 * A SOFTWARE hive that knows no Windows is another hive, or one emptied by
 * damage: that Exchange is not in it means nothing.
 */
static void
judge_windows(struct judge *j)
{
	const struct inv_windows *w = &j->inv->windows;
	struct finding *f;

	if (w->name != NULL || version_known(w->version) ||
	    j->scene->site_count != 0)
		return;
	f = judge_add(j, RULE_EVIDENCE_UNREADABLE, "The registry names no "
	    "Windows: %s, so that it shows no Exchange means nothing.",
	    j->inv->source == HOST_LIVE ? "it is damaged, or could not be "
	    "read" : "it is not that of a Windows system, or damaged");
	f->severity = SEV_UNDETERMINED;
	finding_evidence(f, w->ev);
}

static void
judge_orphans(struct judge *j)
{
	size_t i;

	for (i = 0; i < j->scene->orphan_count; i++) {
		const struct site_product *p = j->scene->orphans[i];
		const char *name = p->name != NULL ? p->name : "Exchange";
		char text[VERSION_TEXT];
		struct finding *f;

		f = judge_add(j, RULE_EVIDENCE_CONFLICT, "Windows Installer "
		    "has %s%s%s (%s) as installed, and no Setup key belongs "
		    "to it: the key was lost, or Exchange was removed by "
		    "hand.", name, version_known(p->version) ? " " : "",
		    version_format(p->version, text), p->code);
		finding_evidence(f, p->ev);
	}
}

void
judge_evidence(struct judge *j)
{
	size_t i;

	for (i = 0; i < j->inv->hive_count; i++)
		judge_hive(j, &j->inv->hives[i]);
	/* A hive that did not open made every question fail: told above. */
	if (!software_is_open(j->inv))
		return;
	judge_windows(j);
	judge_orphans(j);
	for (i = 1; i <= j->scene->evidence_count; i++)
		judge_record(j, i);
}

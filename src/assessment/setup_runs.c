/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/obligations.h"

#include "base/alloc.h"
#include "base/utf.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/*
 * What the logs of setup say. Nothing in them is signed, they may be of
 * another server or of long ago, and they are often gone: so a log makes
 * nothing fine, and accuses nobody whom registry and files do not accuse.
 */

static bool
is_of_server(const struct inv_setup_run *r)
{
	const struct setuplog_run run = { .mode = r->mode,
	    .operation = r->operation };

	return setuplog_is_of_server(&run);
}

/* The run that made the server what it is, if it did not come to its end:
 * the last one that changed files, unless a later one went on from there. */
static const struct inv_setup_run *
stopped_run(const struct inventory *inv)
{
	size_t i;

	for (i = 0; i < inv->setup_run_count; i++) {
		const struct inv_setup_run *r = &inv->setup_runs[i];

		if (r->log != INV_LOG_SETUP)
			continue;
		if (r->changed)
			return r->end == SETUPLOG_COMPLETED ? NULL : r;
		if (r->end == SETUPLOG_COMPLETED && is_of_server(r))
			return NULL;
	}
	return NULL;
}

/* Does the log name another computer? Without its domain. */
static bool
is_of_another(const struct inventory *inv, const struct inv_setup_run *r)
{
	size_t a, b;
	char *x, *y;
	bool same;

	if (r->server == NULL || inv->name == NULL || inv->name[0] == '\0')
		return false;
	a = strcspn(r->server, ".");
	b = strcspn(inv->name, ".");
	x = xstrndup(r->server, a);
	y = xstrndup(inv->name, b);
	same = utf_casecmp(x, y) == 0;
	free(x);
	free(y);
	return !same;
}

/* Of a base that a newer one has taken the place of: whoever installed that
 * has come to an end, and left no log of it here. */
static bool
is_history(const struct site *ex, const struct inv_setup_run *r)
{
	return version_known(r->to) && ex->is_whole &&
	    (version_cmp(r->to, ex->base) < 0 ||
	    r->to.part[0] != ex->base.part[0]);
}

/* A base of the catalogue, and not the one of the Setup key, that the run was
 * to install. */
static bool
is_its_base(const struct ask *a, const struct inv_setup_run *r,
    struct version v)
{
	const struct cat_release *to;

	if (!version_known(r->to) || !version_equal(r->to, v))
		return false;
	to = catalogue_find_build(a->j->cat, v);
	return to != NULL && release_is_base(to) && a->w->base != NULL &&
	    to != a->w->base;
}

/* Is a role key as setup leaves it when it stops? */
static bool
is_role_stopped(const struct ask *a)
{
	const struct site *ex = a->x->ex;
	size_t i;

	for (i = 0; i < ex->role_count; i++)
		if (ex->roles[i].action != NULL ||
		    ex->roles[i].watermark != NULL)
			return true;
	return false;
}

/* What registry or files have of the run that stopped; NULL: nothing. */
static const char *
what_agrees(const struct ask *a, const struct inv_setup_run *r)
{
	const struct site *ex = a->x->ex;

	if (is_role_stopped(a))
		return "a role stopped";
	if (ex->exsetup.state == EV_ABSENT)
		return "ExSetup.exe is gone";
	if (ex->exsetup.state == EV_PRESENT &&
	    is_its_base(a, r, ex->exsetup.version))
		return "ExSetup.exe is of that build already";
	if (ex->msi == NULL)
		return unreadable_record(a->j, EV_PRODUCT, NULL) == 0 ?
		    "Windows Installer has no record of Exchange" :
		    NULL;
	return is_its_base(a, r, ex->msi->version) ? "Windows Installer "
	    "has that build already" : NULL;
}

static const char *
end_words(const struct inv_setup_run *r)
{
	return r->end == SETUPLOG_FAILED ? "failed" : "broke off";
}

/* "Upgrade to 15.2.1544.4, begun 05/06/2024 10:00:01.0037 by its log, ". */
static void
put_run(struct buf *b, const struct inv_setup_run *r)
{
	char build[VERSION_TEXT];

	buf_puts(b, r->mode != NULL ? r->mode : r->operation != NULL ?
	    r->operation : "a run");
	if (version_known(r->from))
		buf_printf(b, " from %s", version_format(r->from, build));
	if (version_known(r->to))
		buf_printf(b, " to %s", version_format(r->to, build));
	if (r->begun != NULL)
		buf_printf(b, ", begun %s", r->begun);
}

/* A log that cannot be read may be one that tells of a run that stopped. */
static bool
is_log_unread(struct ask *a)
{
	const char *root = a->j->inv->windows.system_root;
	char *path = root != NULL ? inv_setup_log(root) : NULL;
	bool unread = path != NULL && is_unread(a, EV_LOG, path);

	if (unread)
		lack(a, "%s could not be read", path);
	free(path);
	return unread;
}

unsigned
complete_setup_run(struct ask *a)
{
	const struct inventory *inv = a->j->inv;
	const struct inv_setup_run *r = stopped_run(inv);
	const char *agrees;
	struct buf b;

	if ((inv->asked.groups & INV_GROUP_SETUP_RUNS) == 0) {
		lack(a, "the logs of setup were not looked for: scan the "
		    "server again");
		return COMPLETE_UNKNOWN;
	}
	if (is_log_unread(a))
		return COMPLETE_UNKNOWN;
	if (r == NULL || is_of_another(inv, r) || is_history(a->x->ex, r))
		return ANSWER_STRUCK;
	agrees = what_agrees(a, r);
	if (agrees == NULL)
		return ANSWER_STRUCK;
	prove(a, r->ev);
	buf_init(&b, DETAIL_MAX);
	put_run(&b, r);
	lack(a, "setup (%s) %s when it had begun to change files: its log "
	    "says so, and %s", buf_text(&b), end_words(r), agrees);
	buf_fini(&b);
	return COMPLETE_NO;
}

/* ---- notes ---- */

static void
put_errors(struct buf *b, const struct inv_setup_run *r, const char *what)
{
	size_t i;

	for (i = 0; i < r->error_count; i++)
		buf_printf(b, "%s\"%s\"", i == 0 ? what : "; ",
		    r->errors[i]);
	if (r->error_count != 0)
		buf_puts(b, ".");
}

/* By the words of an error, or by its number ("Error 1706."). */
static const struct cat_error *
explain(const struct catalogue *cat, const char *error)
{
	const struct cat_error *e = catalogue_error_text(cat, error);
	const char *p = strstr(error, "Error ");

	return e != NULL || p == NULL ? e : catalogue_error_number(cat,
	    (uint32_t)strtoul(p + strlen("Error "), NULL, 10));
}

/* What the catalogue knows of its errors, one after the other. */
static struct cat_refs
put_meanings(struct buf *b, const struct judge *j,
    const struct inv_setup_run *r)
{
	const struct cat_error *e = catalogue_error_number(j->cat, r->code);
	const struct cat_error *told = e;
	size_t i;

	if (e != NULL)
		buf_printf(b, " Error %" PRIu32 " of Windows Installer: %s %s",
		    e->number, e->text, e->cure);
	for (i = 0; i < r->error_count; i++) {
		e = explain(j->cat, r->errors[i]);
		if (e == NULL || e == told)
			continue;
		buf_printf(b, " %s %s", e->text, e->cure);
		told = e;
	}
	return told != NULL ? told->sources : (struct cat_refs){ 0 };
}

static void
note_stopped(struct judge *j, const struct inv_setup_run *r)
{
	struct cat_refs sources;
	struct finding *f;
	struct buf b;

	buf_init(&b, DETAIL_MAX);
	put_run(&b, r);
	if (r->server != NULL)
		buf_printf(&b, ", on %s", r->server);
	buf_printf(&b, "; it %s%s%s, when it had begun to change files.",
	    end_words(r), r->step != NULL ? " in " : "",
	    r->step != NULL ? r->step : "");
	put_errors(&b, r, " Its last errors: ");
	sources = put_meanings(&b, j, r);
	f = judge_add(j, RULE_SETUP_STOPPED, "%s tells of a run: %s", r->path,
	    buf_text(&b));
	finding_evidence(f, r->ev);
	f->sources = sources;
	buf_fini(&b);
}

static void
note_blocked(struct judge *j, const struct inv_setup_run *r)
{
	struct cat_refs sources;
	struct finding *f;
	struct buf b;

	buf_init(&b, DETAIL_MAX);
	put_run(&b, r);
	buf_puts(&b, ".");
	put_errors(&b, r, " What stopped it: ");
	sources = put_meanings(&b, j, r);
	f = judge_add(j, RULE_SETUP_BLOCKED, "%s tells of a run that changed "
	    "nothing: %s", r->path, buf_text(&b));
	finding_evidence(f, r->ev);
	f->sources = sources;
	buf_fini(&b);
}

static void
note_helper(struct judge *j, const struct inv_setup_run *r)
{
	struct cat_refs sources;
	struct finding *f;
	struct buf b;

	if (r->end == SETUPLOG_COMPLETED)
		return;
	buf_init(&b, DETAIL_MAX);
	put_errors(&b, r, " Its errors: ");
	sources = put_meanings(&b, j, r);
	if (r->log == INV_LOG_SERVICES)
		f = judge_add(j, RULE_SETUP_HELPER, "%s: the last run of "
		    "ServiceControl.ps1%s%s did not come to its end; services "
		    "may have been left disabled.%s", r->path,
		    r->begun != NULL ? ", begun " : "",
		    r->begun != NULL ? r->begun : "", buf_text(&b));
	else
		f = judge_add(j, RULE_SETUP_HELPER, "%s: Windows Installer "
		    "ended with error %" PRIu32 ".%s", r->path, r->code,
		    buf_text(&b));
	finding_evidence(f, r->ev);
	f->sources = sources;
	buf_fini(&b);
}

void
judge_setup_runs(struct judge *j)
{
	const struct inventory *inv = j->inv;
	const struct inv_setup_run *stopped = stopped_run(inv);
	bool first = true;
	size_t i;

	for (i = 0; i < inv->setup_run_count; i++) {
		const struct inv_setup_run *r = &inv->setup_runs[i];

		if (r->log != INV_LOG_SETUP)
			note_helper(j, r);
		else if (r == stopped)
			note_stopped(j, r);
		else if (first && r->blocked)
			note_blocked(j, r);
		if (r->log == INV_LOG_SETUP)
			first = false;
	}
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/ask.h"
#include "assessment/ready.h"

#include "base/alloc.h"
#include "base/utf.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * What the catalogue says that an installation takes: a function for each
 * kind of check. What could not be read is never met.
 */

/* What is required, and was looked for in vain. */
PRINTF_LIKE(3, 4)
static void
fails(struct question_of_target *q, const struct cat_require *x,
    const char *fmt, ...)
{
	char text[DETAIL_MAX];
	bool blocks = x->blocks == CAT_BLOCKS_SETUP ||
	    x->blocks == CAT_BLOCKS_INSTALLER;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (!blocks)
		ready_warn(q, "%s", text);
	else if (x->error[0] != '\0')
		ready_block(q, "%s (%s)", text, x->error);
	else
		ready_block(q, "%s", text);
}

static const char *
name_of(const struct question_of_target *q)
{
	return q->r != NULL ? q->r->name : q->t->name;
}

/* What could not be told. Of what would not stop it, it is worth a line. */
static void
unknown(struct question_of_target *q, const struct cat_require *x,
    const char *what)
{
	if (x->blocks == CAT_BLOCKS_SETUP ||
	    x->blocks == CAT_BLOCKS_INSTALLER)
		ready_doubt(q, "%s could not be read, or was not looked for",
		    what);
	else
		ready_unseen(q, "%s, which could not be read or was not "
		    "looked for", what);
}

/* --------------------------------------------------------------- values */

/* What a value of the registry says; NULL when that is not known, and *ABSENT
 * that it is not there. */
static const struct inv_value *
value_of(const struct question_of_target *q, const char *key,
    const char *name, bool *absent)
{
	const struct inv_value *v = inventory_value(q->j->inv, key, name);

	*absent = v != NULL && v->state == EV_ABSENT;
	return v != NULL && v->state == EV_PRESENT && v->text != NULL ? v :
	    NULL;
}

static bool
allows(const struct cat_require *x, const char *word)
{
	size_t i;

	for (i = 0; i < x->allowed_count; i++)
		if (strcmp(x->allowed[i], word) == 0)
			return true;
	return false;
}

static void
put_allowed(struct buf *b, const struct question_of_target *q,
    const struct cat_require *x)
{
	size_t i;

	for (i = 0; i < x->allowed_count; i++) {
		const struct cat_windows *w = catalogue_windows_called(
		    q->j->cat, x->allowed[i]);

		buf_printf(b, "%s%s", i == 0 ? "" : i + 1 ==
		    x->allowed_count ? " or " : ", ",
		    x->check == CAT_CHECK_WINDOWS && w != NULL ? w->name :
		    x->allowed[i]);
	}
}

/* The newest of those that are allowed, and the oldest. */
static const struct cat_dotnet *
dotnet_end(const struct question_of_target *q, const struct cat_require *x,
    bool newest)
{
	const struct cat_dotnet *best = NULL, *d;
	size_t i;

	for (i = 0; i < x->allowed_count; i++) {
		d = catalogue_dotnet_called(q->j->cat, x->allowed[i]);
		if (d != NULL && (best == NULL ||
		    (d->release > best->release) == newest))
			best = d;
	}
	return best;
}

static void
judge_dotnet_release(struct question_of_target *q,
    const struct cat_require *x, uint64_t have)
{
	const struct cat_dotnet *is = catalogue_dotnet(q->j->cat, have);
	const struct cat_dotnet *least = dotnet_end(q, x, false);
	const struct cat_dotnet *take = dotnet_end(q, x, true);
	struct buf b;

	if (x->best[0] != '\0')
		take = catalogue_dotnet_called(q->j->cat, x->best);
	if (least == NULL || take == NULL)
		return;
	if (have < least->release) {
		fails(q, x, "install .NET %s (release %" PRIu64 "; this "
		    "server has %" PRIu64 ")", take->version, take->release,
		    have);
		return;
	}
	if (is != NULL && allows(x, is->version)) {
		bool better = x->best[0] != '\0' && is != take;

		ready_check(q, ".NET %s (release %" PRIu64 "%s%s%s)",
		    is->version, have, better ? "; " : "", better ? x->best :
		    "", better ? " is recommended" : "");
		return;
	}
	buf_init(&b, TEXT_MAX);
	put_allowed(&b, q, x);
	ready_warn(q, "%s is not supported with .NET %s (release %" PRIu64
	    "), but with %s", name_of(q), is != NULL ? is->version : "?",
	    have, buf_text(&b));
	buf_fini(&b);
}

static void
judge_dotnet(struct question_of_target *q, const struct cat_require *x)
{
	const struct cat_dotnet *take = dotnet_end(q, x, true);
	bool absent;
	const struct inv_value *v = value_of(q, INV_DOTNET, "Release",
	    &absent);

	if (v != NULL)
		ready_prove(q, v->ev);
	if (v != NULL && v->text[0] != '\0' &&
	    v->text[strspn(v->text, "0123456789")] == '\0')
		judge_dotnet_release(q, x, strtoull(v->text, NULL, 10));
	else if (absent && take != NULL)
		fails(q, x, "install .NET %s (release %" PRIu64 "; this "
		    "server has no .NET 4)", take->version, take->release);
	else
		unknown(q, x, "the version of .NET");
}

static void
judge_value(struct question_of_target *q, const struct cat_require *x)
{
	const char *what = x->name[0] != '\0' ? x->name : x->value;
	char *key = host_join("HKLM", x->key);
	bool absent;
	const struct inv_value *v = value_of(q, key, x->value, &absent);
	struct version is = { .parts = 0 };

	free(key);
	if (v != NULL)
		ready_prove(q, v->ev);
	/* A blank one says nothing of what it is to be the version of. */
	if ((v == NULL && !absent) || (v != NULL && v->text[strspn(v->text,
	    " \t")] == '\0'))
		unknown(q, x, what);
	else if (v == NULL)
		fails(q, x, "install %s: %s", what, x->text);
	else if (x->word[0] != '\0' && strcmp(v->text, x->word) != 0)
		fails(q, x, "install %s: %s", what, x->text);
	else if (version_known(x->least) && !version_parse(v->text, &is))
		unknown(q, x, what);
	else if (version_known(x->least) && version_cmp(is, x->least) < 0)
		fails(q, x, "install %s: %s This server has %s", what,
		    x->text, v->text);
	else
		ready_check(q, "%s", what);
}

static void
judge_policy(struct question_of_target *q, const struct cat_require *x)
{
	char *key = host_join("HKLM", x->key);
	bool absent;
	const struct inv_value *v = value_of(q, key, x->value, &absent);

	free(key);
	if (v != NULL)
		ready_prove(q, v->ev);
	if (v != NULL)
		fails(q, x, "group policy sets %s (%s): %s", x->value,
		    v->text, x->text);
	else if (absent)
		ready_check(q, "no %s by group policy", x->value);
	else
		unknown(q, x, x->value);
}

/* One that is to be deleted cannot be asked to start any more. */
static void
judge_enabled(struct question_of_target *q, const struct cat_require *x)
{
	char *key = host_join(INV_SERVICES, x->name);
	char *what = xasprintf("how the service %s starts", x->name);
	bool absent;
	const struct inv_value *v = value_of(q, key, "Start", &absent);
	const struct inv_value *gone = inventory_value(q->j->inv, key,
	    INV_DELETE_FLAG);

	free(key);
	if (v != NULL)
		ready_prove(q, v->ev);
	if (gone != NULL)
		ready_prove(q, gone->ev);
	if (v == NULL || strlen(v->text) != 1 ||
	    strchr("01234", v->text[0]) == NULL || (gone != NULL &&
	    gone->state != EV_PRESENT))
		unknown(q, x, what);
	else if (v->text[0] == '4')
		fails(q, x, "let the service %s start again, which is "
		    "disabled: %s", x->name, x->text);
	else if (gone != NULL && strcmp(gone->text, "0") != 0)
		fails(q, x, "the service %s is gone when Windows starts next: "
		    "%s", x->name, x->text);
	else
		ready_check(q, "the service %s may start", x->name);
	free(what);
}

/* -------------------------------------------------------------- Windows */

static void
judge_windows(struct question_of_target *q, const struct cat_require *x)
{
	const struct inv_windows *w = &q->j->inv->windows;
	const struct cat_windows *is = catalogue_windows(q->j->cat,
	    w->version);
	const char *kind = w->kind != NULL ? w->kind : "";
	bool core = strcmp(kind, "Server Core") == 0;
	struct buf b;

	ready_prove(q, w->ev);
	if (!version_known(w->version) || w->version.part[2] == 0) {
		unknown(q, x, "the version of Windows");
		return;
	}
	buf_init(&b, TEXT_MAX);
	put_allowed(&b, q, x);
	if (strcmp(kind, "Client") == 0)
		fails(q, x, "%s goes on a server, on %s, and this Windows is "
		    "none", name_of(q), buf_text(&b));
	else if (is == NULL || !allows(x, is->id))
		fails(q, x, "%s does not go on %s, but on %s: it takes another "
		    "server", name_of(q), is != NULL ? is->name : w->name !=
		    NULL ? w->name : "this Windows", buf_text(&b));
	else if (core && !x->core)
		fails(q, x, "%s does not go on Server Core: it takes a Windows "
		    "with the desktop", name_of(q));
	/* A Windows that is no server may have the numbers of one. */
	else if (!core && strcmp(kind, "Server") != 0 &&
	    version_cmp(w->version, version_of(6, 1, 0, 0)) >= 0)
		unknown(q, x, x->core ? "whether Windows is a server" :
		    "whether Windows is Server Core");
	else
		ready_check(q, "%s", is->name);
	buf_fini(&b);
}

static void
judge_patched(struct question_of_target *q, const struct cat_require *x)
{
	const struct inv_windows *w = &q->j->inv->windows;
	struct version v = w->version;
	char is[VERSION_TEXT], least[VERSION_TEXT];

	ready_prove(q, w->ev);
	if (!version_known(v) || v.part[2] == 0 || w->ubr == 0) {
		unknown(q, x, "how far the updates of Windows are");
		return;
	}
	v = version_of(v.part[0], v.part[1], v.part[2], w->ubr);
	if (version_cmp(v, x->least) < 0)
		fails(q, x, "update Windows to %s or later first; it is at "
		    "%s: %s", version_format(x->least, least),
		    version_format(v, is), x->text);
	else
		ready_check(q, "Windows is at %s", version_format(v, is));
}

/* ------------------------------------------------------------- programs */

static bool
was_asked(const struct inv_names *n, const char *name)
{
	size_t i;

	for (i = 0; i < n->count; i++)
		if (utf_casecmp(n->list[i], name) == 0)
			return true;
	return false;
}

/* The newest that is called so; NULL for none. */
static const struct inv_program *
find_program(const struct inventory *inv, const struct cat_require *x,
    struct version *newest)
{
	const struct inv_program *found = NULL;
	struct version v;
	size_t i;

	*newest = (struct version){ .parts = 0 };
	for (i = 0; i < inv->program_count; i++) {
		const struct inv_program *p = &inv->programs[i];

		if (!utf_case_prefix(p->name, x->name) ||
		    (x->word[0] != '\0' && !names_width(p->name, x->word)))
			continue;
		v = (struct version){ .parts = 0 };
		if (p->version != NULL && !version_parse(p->version, &v))
			v = (struct version){ .parts = 0 };
		if (found == NULL || version_cmp(v, *newest) > 0) {
			found = p;
			*newest = v;
		}
	}
	return found;
}

static void
judge_program(struct question_of_target *q, const struct cat_require *x)
{
	const struct inventory *inv = q->j->inv;
	struct version have;
	const struct inv_program *p = find_program(inv, x, &have);

	if (p != NULL)
		ready_prove(q, p->ev);
	if ((inv->asked.groups & INV_GROUP_PROGRAMS) == 0 ||
	    !was_asked(&inv->asked.programs, x->name) || (p == NULL &&
	    unreadable_record(q->j, EV_SYSTEM, NULL) != 0))
		unknown(q, x, x->name);
	else if (p == NULL)
		fails(q, x, "install %s", x->text);
	else if (!version_known(x->least))
		ready_check(q, "%s", x->name);
	else if (!version_known(have))
		unknown(q, x, x->name);
	else if (version_cmp(have, x->least) < 0)
		fails(q, x, "install %s This server has %s", x->text,
		    p->version);
	else
		ready_check(q, "%s (%s)", x->name, p->version);
}

/* -------------------------------------------------------------- restart */

static void
judge_renames(struct question_of_target *q, const struct cat_require *x)
{
	const struct inv_pending *p = &q->j->inv->pending;
	struct buf b;
	size_t i;

	ready_prove(q, p->ev);
	/* One that is known to wait is enough, whatever else is said. */
	if (p->rename_count == 0 && p->rename_total == 0 &&
	    p->renames_state != EV_PRESENT) {
		if (p->renames_state == EV_ABSENT &&
		    !system_is_damaged(q->j) && !system_is_old(q->j))
			ready_check(q, "no file waits for a restart");
		else
			unknown(q, x, "whether files wait for a restart");
		return;
	}
	buf_init(&b, TEXT_MAX);
	for (i = 0; i < p->rename_count && i < 3; i++)
		buf_printf(&b, "%s%s", i != 0 ? ", " : "",
		    p->renames[i].from);
	fails(q, x, "restart first: %zu %s to be renamed or deleted when "
	    "Windows starts next: %s%s", p->rename_total, p->rename_total ==
	    1 ? "file waits" : "files wait", buf_text(&b),
	    p->rename_total > 3 ? ", ..." : "");
	buf_fini(&b);
}

static bool
is_volume(const struct question_of_target *q)
{
	return q->j->inv->source == HOST_VOLUME;
}

static void
judge_servicing(struct question_of_target *q, const struct cat_require *x)
{
	const struct inv_pending *p = &q->j->inv->pending;

	ready_prove(q, p->servicing_ev);
	if (p->package_count != 0)
		fails(q, x, "restart first: %zu %s of Windows wait%s for it, "
		    "the first is %s", p->package_count, p->package_count == 1
		    ? "package" : "packages", p->package_count == 1 ? "s" : "",
		    p->packages[0]);
	else if (p->servicing == EV_PRESENT)
		fails(q, x, "restart first: servicing of Windows waits for "
		    "it");
	else if (p->packages_state != EV_ABSENT ||
	    p->servicing != EV_ABSENT)
		unknown(q, x, "whether servicing of Windows waits for a "
		    "restart");
	else if (is_volume(q)) {
		ready_check(q, "no package of Windows is half in");
		ready_unseen(q, "whether servicing of Windows asks for a "
		    "restart (its flag lives as long as Windows runs, and "
		    "cannot be seen offline)");
	} else
		ready_check(q, "servicing of Windows does not wait for a "
		    "restart");
}

/* Windows Installer goes on with a transaction that has not ended, or undoes
 * it, before it begins another: what is here now is not what the update would
 * go to. That it was asked for, "complete" sees to. */
static void
judge_installer(struct question_of_target *q, const struct cat_require *x)
{
	ev_id ev = q->j->inv->in_progress;

	if (ev == 0) {
		ready_check(q, "no transaction of Windows Installer");
		return;
	}
	ready_prove(q, ev);
	fails(q, x, "a transaction of Windows Installer has not ended: let it "
	    "end or be undone, restart, and look again");
}

static void
judge_restart(struct question_of_target *q, const struct cat_require *x)
{
	const struct inv_pending *p = &q->j->inv->pending;

	ready_prove(q, p->restart_ev);
	if (p->update == EV_PRESENT || p->update_exe == EV_PRESENT)
		fails(q, x, "%s asks for a restart: restart first", p->update
		    == EV_PRESENT ? "Windows Update" : "UpdateExe");
	else if (p->update != EV_ABSENT || p->update_exe != EV_ABSENT)
		unknown(q, x, "whether Windows Update asks for a restart");
	else if (is_volume(q))
		ready_unseen(q, "whether Windows Update asks for a restart "
		    "(its flag lives as long as Windows runs, and cannot be "
		    "seen offline)");
	else
		ready_check(q, "Windows Update does not ask for a restart");
}

/* ---------------------------------------------------------------- space */

#define MEGABYTE	(1024 * 1024)

static void
judge_space(struct question_of_target *q, const struct cat_require *x)
{
	const struct inventory *inv = q->j->inv;
	bool windows = strcmp(x->place, "windows") == 0;
	const char *path = windows ? inv->windows.system_root :
	    q->x->ex->install_path;
	const struct inv_space *s = path != NULL ? inventory_space(inv,
	    path) : NULL;
	const char *what = windows ? "what is free on the drive of Windows" :
	    "what is free on the drive of Exchange";
	uint64_t have;

	if (is_volume(q)) {
		ready_unseen(q, "%s (only a Windows that runs tells)", what);
		return;
	}
	if (s == NULL || s->state != EV_PRESENT) {
		unknown(q, x, what);
		return;
	}
	ready_prove(q, s->ev);
	have = s->free / MEGABYTE;
	if (have < x->megabytes)
		fails(q, x, "only %" PRIu64 " MB are free where %s lies: %s",
		    have, s->path, x->text);
	else
		ready_check(q, "%" PRIu64 " MB are free where %s lies", have,
		    s->path);
}

/* ------------------------------------------------------- all of the rest */

/* What other answers and questions have judged already. */
static void
judge_other(struct question_of_target *q, const struct cat_require *x)
{
	unsigned complete = q->x->answers[ASK_COMPLETE].value;

	switch (x->check) {
	case CAT_CHECK_SETUP:
		if (complete == COMPLETE_YES)
			ready_check(q, "no setup broke off");
		break;
	case CAT_CHECK_SERVICES:
		if (complete == COMPLETE_YES && judge_services(q->j,
		    q->x) != 0)
			ready_check(q, "core services can start");
		break;
	case CAT_CHECK_INTERIM:
		if (q->x->w->interim == NULL && q->x->ex->interim == NULL)
			ready_check(q, "no interim update");
		break;
	case CAT_CHECK_UNSEEN:
		ready_unseen(q, "%s", x->text);
		break;
	case CAT_CHECK_TOLD:
		ready_say(&q->out->notes, "%s", x->text);
		break;
	default:
		break;
	}
}

static void
judge_need(struct question_of_target *q, const struct cat_require *x)
{
	static void (*const checks[CAT_CHECKS])(struct question_of_target *,
	    const struct cat_require *) = {
		[CAT_CHECK_DOTNET] = judge_dotnet,
		[CAT_CHECK_WINDOWS] = judge_windows,
		[CAT_CHECK_PATCHED] = judge_patched,
		[CAT_CHECK_PROGRAM] = judge_program,
		[CAT_CHECK_VALUE] = judge_value,
		[CAT_CHECK_POLICY] = judge_policy,
		[CAT_CHECK_ENABLED] = judge_enabled,
		[CAT_CHECK_RENAMES] = judge_renames,
		[CAT_CHECK_SERVICING] = judge_servicing,
		[CAT_CHECK_INSTALLER] = judge_installer,
		[CAT_CHECK_RESTART] = judge_restart,
		[CAT_CHECK_SPACE] = judge_space,
		[CAT_CHECK_PACK] = ready_packs,
	};

	if (checks[x->check] != NULL)
		checks[x->check](q, x);
	else
		judge_other(q, x);
}

/* How much was said. */
struct said {
	size_t		 blocks, doubts, warnings, checked, unseen, notes;
};

static struct said
said_of(const struct question_of_target *q)
{
	const struct target_result *out = q->out;

	return (struct said){ q->blocks.count, q->doubts.count,
	    out->warnings.count, out->checked.count, out->unseen.count,
	    out->notes.count };
}

static void
name_overlay(struct texts *t, size_t from, const char *overlay)
{
	char *text;

	for (; from < t->count; from++) {
		text = xasprintf("%s; by overlay %s", t->list[from], overlay);
		free(t->list[from]);
		t->list[from] = text;
	}
}

/* What a site asks for, Microsoft does not: it is told whose it is. */
static void
name_overlays(struct question_of_target *q, const struct said *before,
    const char *overlay)
{
	name_overlay(&q->blocks, before->blocks, overlay);
	name_overlay(&q->doubts, before->doubts, overlay);
	name_overlay(&q->out->warnings, before->warnings, overlay);
	name_overlay(&q->out->checked, before->checked, overlay);
	name_overlay(&q->out->unseen, before->unseen, overlay);
	name_overlay(&q->out->notes, before->notes, overlay);
}

/* The same, and keep what came of it: what was said tells. */
static void
keep_need(struct question_of_target *q, const struct cat_require *x)
{
	struct said before = said_of(q);
	struct target_result *out = q->out;
	size_t against = q->blocks.count + out->warnings.count;
	size_t unknown_before = q->doubts.count + out->unseen.count;
	size_t right = out->checked.count;
	enum need_met met;

	judge_need(q, x);
	if (x->overlay != NULL) {
		name_overlays(q, &before, x->overlay->name);
		rests_on(&out->rests, x->overlay->name);
	}
	if (q->blocks.count + out->warnings.count != against)
		met = NEED_FAILED;
	else if (q->doubts.count + out->unseen.count != unknown_before)
		met = NEED_UNKNOWN;
	else if (out->checked.count != right)
		met = NEED_MET;
	else
		return;
	out->needs = xpush(out->needs, out->need_count, sizeof(*out->needs));
	out->needs[out->need_count++] = (struct target_need){ x, met };
}

/* Where the catalogue says on which Windows it counts. */
static bool
counts_on(const struct question_of_target *q, const struct cat_require *x)
{
	const struct cat_windows *w = catalogue_windows(q->j->cat,
	    q->j->inv->windows.version);
	size_t i;

	for (i = 0; w != NULL && i < x->windows_count; i++)
		if (strcmp(x->windows[i], w->id) == 0)
			return true;
	return x->windows_count == 0;
}

static bool
is_needed(const struct question_of_target *q, const struct cat_require *x)
{
	const struct site *ex = q->x->ex;
	const struct cat_product *p = q->r != NULL ? q->r->product :
	    ex->product;
	const struct cat_branch *b = q->r != NULL ? q->r->branch :
	    q->x->branch;

	return (ready_is_base(q) ? x->for_bases : x->for_updates) &&
	    cat_scopes_have(x->scopes, x->scope_count, p, b) &&
	    counts_on(q, x) && (ex->role_count == 0 ||
	    site_has_role(ex, x->roles, x->role_count));
}

/* Of the oldest ones no source says where they go. */
static void
judge_gap(struct question_of_target *q, const struct cat_require *x, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (x[i].check == CAT_CHECK_WINDOWS && is_needed(q, &x[i]))
			return;
	if (ready_is_base(q))
		ready_unseen(q, "which Windows %s goes on (this catalogue does "
		    "not say)", name_of(q));
}

void
ready_needs(struct question_of_target *q)
{
	const struct cat_require *x;
	size_t i, n = catalogue_requires(q->j->cat, &x);
	enum cat_check k;

	/* What a restart cures comes first, as it does for who acts on it. */
	for (k = CAT_CHECK_RENAMES; k <= CAT_CHECK_RESTART; k++)
		for (i = 0; i < n; i++)
			if (x[i].check == k && is_needed(q, &x[i]))
				keep_need(q, &x[i]);
	for (i = 0; i < n; i++)
		if ((x[i].check < CAT_CHECK_RENAMES ||
		    x[i].check > CAT_CHECK_RESTART) && is_needed(q, &x[i]))
			keep_need(q, &x[i]);
	judge_gap(q, x, n);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/fleet.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "base/utf.h"
#include "report/fleet_accept.h"
#include "report/summary.h"

#include <stdlib.h>
#include <string.h>

#define FLEET_CLOCK	SECONDS_A_DAY	/* that clocks may differ */

/* What FILL puts, the caller's. */
static char *
words_of(void (*fill)(struct buf *b, const struct report_host *h),
    const struct report_host *h)
{
	struct buf b;
	char *text;

	buf_init(&b, 2 * TEXT_MAX);
	fill(&b, h);
	text = xstrdup(buf_text(&b));
	buf_fini(&b);
	return text;
}

/* Of what an answer rests on, the overlays of the catalogue. */
static void
keep_rests(struct rests *to, const struct fleet *f, const struct rests *from)
{
	const struct cat_info *info = f->catalogue;
	size_t i, k;

	for (i = 0; i < info->overlay_count; i++)
		for (k = 0; k < from->count; k++)
			if (strcmp(info->overlays[i]->name, from->by[k]) == 0)
				rests_on(to, info->overlays[i]->name);
}

static void
copy_answers(struct fleet_answer *out, struct rests *rests,
    const struct fleet *f, const struct assessment *a,
    const struct assess_exchange *x)
{
	size_t q;

	for (q = 0; q < QUESTION_COUNT; q++) {
		const struct answer *from = summary_answer_of(a, x,
		    (enum question)q);

		out[q] = (struct fleet_answer){ from->value, from->severity,
		    from->lack_count };
		keep_rests(rests, f, &from->rests);
	}
}

/* ----------------------------------------------- the end of a signature */

static void
sooner(instant *end, const struct inspected *seen, bool fix)
{
	instant t;

	if (seen == NULL)
		return;
	t = fix ? seen->until.with_fix : seen->until.without_fix;
	if (t != INSTANT_NONE && t != INSTANT_UNLIMITED &&
	    (*end == INSTANT_NONE || t < *end))
		*end = t;
}

static void
sooner_of_site(instant *end, const struct site *ex, bool fix)
{
	size_t i;

	sooner(end, ex->exsetup.seen, fix);
	sooner(end, ex->transcoding.seen, fix);
	if (ex->msi == NULL)
		return;
	sooner(end, ex->msi->msi.seen, fix);
	for (i = 0; i < ex->msi->update_count; i++)
		sooner(end, ex->msi->updates[i].package.seen, fix);
}

/* ------------------------------------------------------- installations */

static struct version
build_of(const struct assess_exchange *x)
{
	if (x->release != NULL)
		return x->release->build;
	if (version_known(x->newer))
		return x->newer;
	return x->ex->exsetup.state == EV_PRESENT ? x->ex->exsetup.version :
	    x->ex->base;
}

static void
set_way(struct fleet_install *in, const struct assess_exchange *x)
{
	const struct way *w = &x->way;
	enum current current = (enum current)x->answers[ASK_CURRENT].value;
	struct buf b;

	in->counted = current == CURRENT_YES || current == CURRENT_FINAL ||
	    current == CURRENT_BEHIND;
	if (current == CURRENT_BEHIND) {
		in->updates = w->updates;
		in->security = w->security;
		in->cves = w->cve_count;
		in->newest = w->newest;
	}
	in->all_cves = w->all_cves;
	if (x->release == NULL || w->step == WAY_NONE)
		return;
	in->next = w->to;
	buf_init(&b, TEXT_MAX);
	put_step(&b, w, x->release);
	in->step = xstrdup(buf_text(&b));
	buf_fini(&b);
}

static void
set_install(struct fleet_install *in, const struct fleet *f,
    const struct report_host *h, const struct assess_exchange *x)
{
	struct buf b;

	in->product = x->ex->product;
	in->branch = x->branch;
	in->release = x->release;
	in->build = build_of(x);
	in->kb = xstrdup(x->release != NULL ? x->release->kb :
	    x->newer_kb != NULL ? x->newer_kb : "");
	buf_init(&b, TEXT_MAX);
	summary_release(&b, x);
	in->title = xstrdup(buf_text(&b));
	buf_fini(&b);
	copy_answers(in->answers, &in->rests, f, h->a, x);
	in->supported_until = x->until;
	set_way(in, x);
}

/* ------------------------------------------------------------- the rows */

/* TEXT, of which every form can be made: files may be called anything. */
static char *
clean_dup(const char *text)
{
	struct buf b;
	char *clean;

	if (text == NULL)
		return NULL;
	/* A wrong byte becomes three. */
	buf_init(&b, strlen(text) * 3);
	(void)utf8_clean(text, &b);
	clean = xstrdup(buf_text(&b));
	buf_fini(&b);
	return clean;
}

static struct fleet_row *
row_new(enum fleet_state state, const char *file, const char *name)
{
	struct fleet_row *row = xcalloc(1, sizeof(*row));

	row->state = state;
	row->file = clean_dup(file);
	row->name = clean_dup(name);
	row->group = "";
	row->taken = row->signature_end = INSTANT_NONE;
	row->found = row->verdict = SEV_UNDETERMINED;
	row->words = xstrdup("UNDETERMINED");
	row->instruction = xstrdup("");
	return row;
}

static void
set_findings(struct fleet_row *row, const struct assessment *a)
{
	size_t i;

	for (i = 0; i < a->finding_count; i++) {
		const struct finding *f = &a->findings[i];

		if (f->severity <= SEV_NOTE)
			continue;
		row->findings = xpush(row->findings, row->finding_count,
		    sizeof(*row->findings));
		row->findings[row->finding_count++] = (struct fleet_finding){
		    f->rule, f->question, f->severity };
	}
}

/* Whose clock is ahead of ours would never grow old, and always be the
 * newest. */
static bool
is_old(const struct fleet *f, instant taken)
{
	if (taken == INSTANT_NONE)
		return f->has_max_age;
	return (taken > f->now && taken - f->now > FLEET_CLOCK) ||
	    (f->has_max_age && f->at - taken > f->max_age);
}

static bool
has_name(const struct inventory *inv)
{
	return inv->name != NULL && inv->name[0] != '\0';
}

struct fleet_row *
fleet_row_of(const struct fleet *f, const struct report_host *h,
    const char *file)
{
	const struct inventory *inv = h->inv;
	struct fleet_row *row = row_new(is_old(f, inv->taken) ? FLEET_OLD :
	    FLEET_JUDGED, file, has_name(inv) ? inv->name : file);
	bool fix = assessment_has_fix(h->a);
	size_t i;

	free(row->words);
	free(row->instruction);
	row->words = words_of(summary_first_words, h);
	row->instruction = words_of(summary_instruction, h);
	row->named = has_name(inv);
	row->domain = xstrdup(inv->domain);
	row->guid = xstrdup(inv->machine_guid);
	row->windows = xstrdup(inv->windows.name);
	row->taken = inv->taken;
	row->found = row->verdict = h->a->verdict;
	row->asked = h->a->asked;
	copy_answers(row->answers, &row->rests, f, h->a, NULL);
	row->install_count = h->a->exchange_count;
	row->installs = xcalloc(row->install_count, sizeof(*row->installs));
	for (i = 0; i < row->install_count; i++) {
		set_install(&row->installs[i], f, h, &h->a->exchange[i]);
		rests_on_all(&row->rests, &row->installs[i].rests);
		sooner_of_site(&row->signature_end, h->a->exchange[i].ex,
		    fix);
	}
	set_findings(row, h->a);
	fleet_accept_row(f, row);
	if (row->state == FLEET_OLD)
		row->verdict = severity_worse(row->verdict, SEV_UNDETERMINED);
	return row;
}

struct fleet_row *
fleet_row_broken(const char *file, const char *why)
{
	struct fleet_row *row = row_new(FLEET_BROKEN, file, file);

	row->why = xstrdup(why);
	return row;
}

struct fleet_row *
fleet_row_missing(const struct fleet *f, const struct fleet_server *s)
{
	struct fleet_row *row = row_new(FLEET_MISSING, NULL, s->name);

	row->group = s->group;
	row->why = xstrdup("no result of this server");
	fleet_accept_missing(f, row);
	return row;
}

static void
install_fini(struct fleet_install *in)
{
	free(in->kb);
	free(in->title);
	free(in->step);
	rests_fini(&in->rests);
}

void
fleet_row_free(struct fleet_row *row)
{
	size_t i;

	if (row == NULL)
		return;
	for (i = 0; i < row->install_count; i++)
		install_fini(&row->installs[i]);
	free(row->file);
	free(row->name);
	free(row->domain);
	free(row->guid);
	free(row->why);
	free(row->windows);
	free(row->words);
	free(row->instruction);
	free(row->installs);
	free(row->findings);
	free(row->accepted);
	free(row->newer);
	rests_fini(&row->rests);
	free(row);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/report.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "report/laid_over.h"
#include "report/layout.h"
#include "report/summary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LABEL_COLUMN	15	/* where the answers begin */
#define DETAIL_INDENT	6
#define SEVERITY_COLUMN	16	/* where a finding's sentences begin */
#define LISTED_COLUMN	15	/* and what is listed below it */

struct text {
	const struct report	*r;
	const struct report_style *style;
	struct sink		*out;
};

static const char *
severity_colour(enum severity s)
{
	switch (s) {
	case SEV_REQUIRED:
		return "\033[1;31m";
	case SEV_ADVISED:
		return "\033[1;33m";
	case SEV_NOTE:
		return "\033[1;32m";
	case SEV_UNDETERMINED:
	case SEV_UNKNOWN:
		break;
	}
	return "\033[1;35m";
}

static void
put_coloured(struct text *t, enum severity s, const char *word)
{
	if (t->style->colour)
		sink_printf(t->out, "%s%s\033[0m", severity_colour(s), word);
	else
		sink_puts(t->out, word);
}

/* The same for a line of its own. */
static void
put_coloured_line(struct text *t, enum severity s, const char *words)
{
	if (t->style->colour)
		sink_puts(t->out, severity_colour(s));
	layout_line(t->out, words, DETAIL_INDENT, t->style->screen);
	if (t->style->colour)
		sink_puts(t->out, "\033[0m");
}

/* X is NULL for a host without Exchange. */
static void
put_headline(struct text *t, const struct report_host *h,
    const struct assess_exchange *x)
{
	struct buf b;

	/* The name of the host, and as much again. */
	buf_init(&b, 2 * TEXT_MAX);
	summary_headline(&b, h, x);
	layout_line(t->out, buf_text(&b), DETAIL_INDENT, t->style->screen);
	buf_fini(&b);
}

/* Reasons against a target stand in a line each. */
static void
put_reasons_of_target(struct text *t, const struct target_result *r,
    unsigned indent)
{
	size_t i;

	for (i = 0; i < r->reason_count; i++)
		layout_wrap(t->out, r->reasons[i], indent,
		    i == 0 ? indent : 0, t->style->width);
}

/* "ACTION REQUIRED  install ...": what to do comes first. */
static void
put_verdict(struct text *t, const struct report_host *h)
{
	struct buf words, rest;
	unsigned indent;

	buf_init(&words, TEXT_MAX);
	buf_init(&rest, TEXT_MAX);
	summary_first_words(&words, h);
	summary_instruction(&rest, h);
	indent = (unsigned)words.len + 2;
	if (indent < t->style->width / 2) {
		put_coloured(t, h->a->verdict, buf_text(&words));
		sink_puts(t->out, "  ");
	} else {
		indent = DETAIL_INDENT;
		put_coloured_line(t, h->a->verdict, buf_text(&words));
		sink_printf(t->out, "%*s", DETAIL_INDENT, "");
	}
	if (h->targeted && h->a->target.reason_count != 0)
		put_reasons_of_target(t, &h->a->target, indent);
	else
		layout_wrap(t->out, buf_text(&rest), indent, indent,
		    t->style->width);
	buf_fini(&rest);
	buf_fini(&words);
}

static void
put_answer(struct text *t, const struct assessment *a,
    const struct assess_exchange *x, enum question q)
{
	struct buf b;

	buf_init(&b, TEXT_MAX);
	summary_answer(&b, summary_answer_of(a, x, q));
	sink_printf(t->out, "  %-*s", LABEL_COLUMN - 2,
	    question_get(q)->label);
	layout_wrap(t->out, buf_text(&b), LABEL_COLUMN, LABEL_COLUMN,
	    t->style->width);
	buf_fini(&b);
}

/* Every question has its line; with a target the last one too. Of several
 * installations each stands under its name, and Windows' own comes once. */
static void
put_answers(struct text *t, const struct report_host *h,
    const struct assess_exchange *x, bool with_fix)
{
	size_t q;

	for (q = 0; q < QUESTION_COUNT; q++)
		if (q != ASK_READY && (q != ASK_FIX || with_fix))
			put_answer(t, h->a, x, (enum question)q);
}

static void
put_installation(struct text *t, const struct assess_exchange *x)
{
	struct buf b;

	buf_init(&b, TEXT_MAX);
	summary_release(&b, x);
	sink_puts(t->out, "\n ");
	layout_text(t->out, buf_text(&b));
	sink_puts(t->out, "\n");
	buf_fini(&b);
}

static void
put_all_answers(struct text *t, const struct report_host *h)
{
	const struct assessment *a = h->a;
	size_t i;

	if (a->exchange_count <= 1) {
		sink_puts(t->out, "\n");
		put_answers(t, h, a->exchange_count != 0 ? &a->exchange[0] :
		    NULL, true);
		return;
	}
	for (i = 0; i < a->exchange_count; i++) {
		put_installation(t, &a->exchange[i]);
		put_answers(t, h, &a->exchange[i], false);
	}
	sink_puts(t->out, "\n");
	put_answer(t, a, NULL, ASK_FIX);
}

/* ----------------------------------------------------------- the target */

static void
put_texts(struct text *t, const char *word, const char *before,
    const struct texts *list)
{
	struct buf b;
	size_t i;

	for (i = 0; i < list->count; i++) {
		sink_printf(t->out, "  %-*s", SEVERITY_COLUMN - 2, word);
		buf_init(&b, 2 * TEXT_MAX);
		buf_printf(&b, "%s%s", before, list->list[i]);
		layout_wrap(t->out, buf_text(&b), SEVERITY_COLUMN,
		    SEVERITY_COLUMN, t->style->width);
		buf_fini(&b);
	}
}

/* How it is installed, where nothing stands against it. */
static void
put_steps(struct text *t, const struct target_result *r)
{
	char word[32];
	size_t i;

	if (r->answer == READY_BLOCKED)
		return;
	for (i = 0; i < r->steps.count; i++) {
		snprintf(word, sizeof(word), "step %zu", i + 1);
		sink_printf(t->out, "  %-*s", SEVERITY_COLUMN - 2, word);
		layout_wrap(t->out, r->steps.list[i], SEVERITY_COLUMN,
		    SEVERITY_COLUMN, t->style->width);
	}
}

/* What else there is to say of a target; what was checked stands in the
 * second line where it is ready. */
static void
put_target(struct text *t, const struct report_host *h)
{
	const struct target_result *r = &h->a->target;

	if (!h->targeted)
		return;
	sink_puts(t->out, "\n");
	put_texts(t, "not known", "", &r->doubts);
	put_texts(t, "warning", "", &r->warnings);
	if (r->answer != READY_READY)
		put_texts(t, "checked", "", &r->checked);
	put_texts(t, "unseen", "cannot be seen from here: ", &r->unseen);
	put_texts(t, "note", "", &r->notes);
	put_steps(t, r);
}

/* ------------------------------------------------------ findings, short */

/* Where something is wrong: the first place that a finding rests on. What
 * has only grown old is wrong at no place. */
static void
put_first_place(struct text *t, const struct scene *scene,
    const struct finding *f)
{
	const struct evidence *e = f->evidence_count != 0 ?
	    scene_evidence(scene, f->evidence[0]) : NULL;

	if (e == NULL || strstr(f->detail, e->where) != NULL ||
	    f->question == ASK_CURRENT || f->question == ASK_SUPPORTED)
		return;
	sink_printf(t->out, "%*s", SEVERITY_COLUMN, "");
	layout_text(t->out, e->where);
	sink_puts(t->out, "\n");
}

/* The first paragraph of a detail says it; the others are reasons. */
static void
put_short(struct text *t, const struct scene *scene,
    const struct finding *f)
{
	size_t len = strcspn(f->detail, "\n");
	const char *word = severity_name(f->severity);
	struct buf b;

	sink_puts(t->out, "  ");
	put_coloured(t, f->severity, word);
	sink_printf(t->out, "%*s", SEVERITY_COLUMN - 2 - (int)strlen(word),
	    "");
	buf_init(&b, len);
	(void)buf_append(&b, f->detail, len);
	layout_wrap(t->out, buf_text(&b), SEVERITY_COLUMN, SEVERITY_COLUMN,
	    t->style->width);
	buf_fini(&b);
	put_first_place(t, scene, f);
}

static void
put_short_findings(struct text *t, const struct report_host *h)
{
	size_t i, n = 0;

	for (i = 0; i < h->a->finding_count; i++) {
		const struct finding *f = &h->a->findings[i];

		if (f->severity <= SEV_NOTE)
			continue;
		if (n++ == 0)
			sink_puts(t->out, "\n");
		put_short(t, h->scene, f);
	}
}

/* ------------------------------------------------------- findings, whole */

static void
put_list(struct text *t, const char *label, char *const *items, size_t n)
{
	struct buf b;
	size_t i;

	if (n == 0)
		return;
	buf_init(&b, TEXT_MAX);
	buf_printf(&b, "%*s%s", DETAIL_INDENT, "", label);
	for (i = 0; i < n; i++)
		buf_printf(&b, " %s", items[i]);
	layout_line(t->out, buf_text(&b), LISTED_COLUMN, t->style->screen);
	buf_fini(&b);
}

/* A detail is sentences, its paragraphs parted by newlines. */
static void
put_paragraphs(struct text *t, const char *detail)
{
	struct buf b;
	size_t len;

	while (*detail != '\0') {
		len = strcspn(detail, "\n");
		buf_init(&b, len);
		(void)buf_append(&b, detail, len);
		sink_printf(t->out, "%*s- ", DETAIL_INDENT, "");
		layout_wrap(t->out, buf_text(&b), DETAIL_INDENT + 2,
		    DETAIL_INDENT + 2, t->style->width);
		buf_fini(&b);
		detail += len + (detail[len] == '\n');
	}
}

/* Sources by their names, a line each. */
static void
put_sources(struct text *t, const struct cat_refs *refs)
{
	struct buf b;
	size_t i;

	buf_init(&b, TEXT_MAX);
	for (i = 0; i < refs->count; i++) {
		const struct cat_source *s = t->r->cat != NULL ?
		    catalogue_source(t->r->cat, refs->ids[i]) : NULL;

		buf_clear(&b);
		buf_printf(&b, "%*s%s %s%s%s", DETAIL_INDENT, "",
		    i == 0 ? "sources:" : "        ", refs->ids[i],
		    s != NULL ? ", " : "", s != NULL ? s->title : "");
		layout_line(t->out, buf_text(&b), LISTED_COLUMN,
		    t->style->screen);
	}
	buf_fini(&b);
}

/* "  required  rerelease.required  The installed revision ...". */
static void
put_head(struct text *t, const struct finding *f)
{
	const char *word = severity_name(f->severity);
	char *head = xasprintf("%s  %s", rule_get(f->rule)->code,
	    rule_get(f->rule)->title);
	unsigned at = (unsigned)strlen(word) + 4;

	sink_puts(t->out, "  ");
	put_coloured(t, f->severity, word);
	sink_puts(t->out, "  ");
	if (t->style->screen == 0 || at + strlen(head) <= t->style->screen)
		sink_printf(t->out, "%s\n", head);
	else
		layout_wrap(t->out, head, at, at, t->style->screen);
	free(head);
}

static void
put_finding(struct text *t, const struct finding *f)
{
	size_t i;

	put_head(t, f);
	put_paragraphs(t, f->detail);
	put_list(t, "install:", f->install, f->install_count);
	if (f->evidence_count != 0) {
		sink_printf(t->out, "%*sevidence:", DETAIL_INDENT, "");
		for (i = 0; i < f->evidence_count; i++)
			sink_printf(t->out, " e%zu", f->evidence[i]);
		sink_puts(t->out, "\n");
	}
	put_sources(t, &f->sources);
}

static void
put_evidence(struct text *t, const struct scene *scene)
{
	size_t i;

	sink_puts(t->out, "\nEvidence\n");
	for (i = 0; i < scene->evidence_count; i++) {
		const struct evidence *e = &scene->evidence[i];
		char id[24];

		snprintf(id, sizeof(id), "e%zu", i + 1);
		sink_printf(t->out, "  %-4s %-12s %-10s ", id,
		    ev_state_name(e->state), ev_kind_name(e->kind));
		layout_text(t->out, e->where);
		sink_puts(t->out, "\n");
		if (e->value != NULL) {
			sink_printf(t->out, "  %-4s ", "");
			layout_wrap(t->out, e->value, 7, 7, t->style->width);
		}
	}
}

static bool
is_stamped(const struct site_defective *d)
{
	return d->advisory != NULL && d->verdict != SIG_INVALID &&
	    d->verdict != SIG_UNREADABLE;
}

/* What --deep found of one of the two kinds; the inventory has it in order. */
static size_t
count_defective(const struct scene *scene, bool stamped)
{
	size_t i, n = 0;

	for (i = 0; i < scene->defective_count; i++)
		n += is_stamped(&scene->defective[i]) == stamped;
	return n;
}

static void
put_defective_file(struct text *t, const struct site_defective *d)
{
	char day[INSTANT_TEXT];

	sink_printf(t->out, "  %-20s  ", d->verdict == SIG_INVALID ?
	    "not as signed" : d->verdict == SIG_UNREADABLE ?
	    "cannot be read" : d->until.without_fix == INSTANT_NONE ?
	    "does not hold" : instant_format(d->until.without_fix, day));
	layout_text(t->out, d->path);
	sink_puts(t->out, "\n");
}

static void
put_defective(struct text *t, const struct scene *scene)
{
	size_t i, other = count_defective(scene, false);

	if (!scene->facts->deep)
		return;
	if (other != 0)
		sink_printf(t->out, "\nFiles that are changed or cannot be "
		    "read: %zu\n", other);
	for (i = 0; i < scene->defective_count; i++)
		if (!is_stamped(&scene->defective[i]))
			put_defective_file(t, &scene->defective[i]);
	sink_printf(t->out, "\nFiles with a defective timestamp: %zu of %zu "
	    "signed\n", count_defective(scene, true), scene->deep_count);
	for (i = 0; i < scene->defective_count; i++)
		if (is_stamped(&scene->defective[i]))
			put_defective_file(t, &scene->defective[i]);
}

static void
put_windows(struct text *t, const struct inventory *inv)
{
	const struct inv_windows *w = &inv->windows;
	char v[VERSION_TEXT];
	struct buf b;

	buf_init(&b, 2 * TEXT_MAX);
	buf_printf(&b, "  %s, %s%s%s, version %s, %s",
	    inv->name != NULL ? inv->name : "(unnamed)",
	    w->name != NULL ? w->name : "unknown Windows",
	    w->service_pack != NULL ? " " : "",
	    w->service_pack != NULL ? w->service_pack : "",
	    version_known(w->version) ? version_format(w->version, v) :
	    "unknown", inv->source == HOST_LIVE ? "live" : "offline volume");
	sink_puts(t->out, "\nHost\n");
	layout_line(t->out, buf_text(&b), DETAIL_INDENT, t->style->screen);
	buf_fini(&b);
}

static void
put_reasons(struct text *t, const struct report_host *h)
{
	size_t i;

	sink_puts(t->out, "\nFindings\n");
	for (i = 0; i < h->a->finding_count; i++)
		put_finding(t, &h->a->findings[i]);
	put_defective(t, h->scene);
	put_windows(t, h->inv);
	put_evidence(t, h->scene);
}

/*
 * What was read on one day may be judged as of another one: of an earlier one,
 * nobody shall take it for the state that the server had; of a later one, for
 * the state that it has.
 */
static void
put_stood(struct text *t, const struct report_host *h)
{
	char day[INSTANT_TEXT], at[INSTANT_TEXT];
	instant taken = h->inv->taken;
	char *line;

	if (taken == INSTANT_NONE)
		return;
	instant_format_day(taken, day);
	instant_format_day(t->r->at, at);
	if (strcmp(day, at) == 0)
		return;
	line = xasprintf("  Judged as the server stood on %s, by what was "
	    "known on %s.", day, at);
	sink_puts(t->out, "\n");
	layout_line(t->out, line, 2, t->style->screen);
	free(line);
}

static void
put_host(struct text *t, const struct report_host *h)
{
	size_t i;

	for (i = 0; i < h->a->exchange_count; i++)
		put_headline(t, h, &h->a->exchange[i]);
	if (h->a->exchange_count == 0)
		put_headline(t, h, NULL);
	put_verdict(t, h);
	put_all_answers(t, h);
	if (t->style->quiet)
		return;
	put_stood(t, h);
	put_target(t, h);
	if (t->style->verbose) {
		put_reasons(t, h);
		return;
	}
	put_short_findings(t, h);
	put_defective(t, h->scene);
}

static void
put_footer(struct text *t)
{
	const struct report *r = t->r;
	char day[INSTANT_TEXT], at[INSTANT_TEXT], known[INSTANT_TEXT];
	char *line;

	if (t->style->quiet)
		return;
	if (t->style->verbose) {
		sink_printf(t->out, "\nJudged as of %s by rollcall %s.\n",
		    instant_format(r->at, at), r->version);
		line = xasprintf("Catalogue %llu of %s, which knows updates "
		    "up to %s.", (unsigned long long)r->catalogue->serial,
		    instant_format_day(r->catalogue->issued, day),
		    instant_format_day(r->catalogue->known_until, known));
		layout_wrap(t->out, line, 0, 0, t->style->width);
		free(line);
		return;
	}
	line = xasprintf("Judged as of %s; catalogue of %s, updates up to %s.",
	    instant_format_day(r->at, at),
	    instant_format_day(r->catalogue->issued, day),
	    instant_format_day(r->catalogue->known_until, known));
	sink_puts(t->out, "\n");
	layout_line(t->out, line, 0, t->style->screen);
	sink_puts(t->out, "Reasons and evidence: --verbose\n");
	free(line);
}

void
report_text(const struct report *r, const struct report_style *style,
    struct sink *out)
{
	struct text t = { r, style, out };
	size_t i;

	for (i = 0; i < r->host_count; i++) {
		if (i != 0)
			sink_puts(out, "\n");
		put_host(&t, &r->hosts[i]);
	}
	for (i = 0; i < r->refused_count; i++) {
		sink_puts(out, "\n");
		layout_text(out, r->refused[i].root);
		sink_puts(out, "  not looked at: ");
		layout_text(out, r->refused[i].why);
		sink_puts(out, "\n");
	}
	put_footer(&t);
	laid_over_lines(r->catalogue, style, out);
}

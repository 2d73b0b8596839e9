/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/report.h"
#include "base/limits.h"
#include "report/layout.h"
#include "report/summary.h"

#include <stdio.h>
#include <string.h>

#define LABEL_COLUMN	15	/* where the three answers begin */
#define DETAIL_INDENT	6

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
	case SEV_UNDETERMINED:
		return "\033[1;35m";
	case SEV_ADVISED:
		return "\033[1;33m";
	case SEV_NOTE:
		return "\033[1;32m";
	}
	return "";
}

static void
put_coloured(struct text *t, enum severity s, const char *word)
{
	if (t->style->colour)
		sink_printf(t->out, "%s%s\033[0m", severity_colour(s), word);
	else
		sink_puts(t->out, word);
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
	layout_text(t->out, buf_text(&b));
	sink_puts(t->out, "\n");
	buf_fini(&b);
}

static void
put_verdict(struct text *t, const struct assessment *a)
{
	const char *words = summary_verdict(a);

	put_coloured(t, a->verdict, words);
	sink_puts(t->out, "  ");
	layout_wrap(t->out, summary_reason(a), (unsigned)strlen(words) + 2,
	    (unsigned)strlen(words) + 2, t->style->width);
}

/* "BLOCKED  cached package ... is missing: ..."; a line for each reason. */
static void
put_target(struct text *t, const struct target_result *r)
{
	static const enum severity severities[] = {
		[TARGET_UNKNOWN] = SEV_UNDETERMINED,
		[TARGET_READY] = SEV_NOTE,
		[TARGET_BLOCKED] = SEV_REQUIRED,
	};
	const char *word = summary_target(r->answer);
	unsigned indent = (unsigned)strlen(word) + 2;
	size_t i;

	put_coloured(t, severities[r->answer], word);
	sink_puts(t->out, "  ");
	if (r->answer == TARGET_READY)
		sink_printf(t->out, "%s may be installed next\n",
		    r->release->name);
	for (i = 0; i < r->reason_count; i++)
		layout_wrap(t->out, r->reasons[i], indent,
		    i == 0 ? indent : 0, t->style->width);
}

static void
put_answer(struct text *t, const char *label, const char *answer)
{
	sink_printf(t->out, "  %-*s", LABEL_COLUMN - 2, label);
	layout_wrap(t->out, answer, LABEL_COLUMN, LABEL_COLUMN,
	    t->style->width);
}

static void
put_answers(struct text *t, const struct report_host *h)
{
	const struct assessment *a = h->a;
	const char *without = summary_without(a);
	size_t i;

	sink_puts(t->out, "\n");
	if (a->exchange_count == 0) {
		put_answer(t, "RE-RELEASE", without);
		put_answer(t, "WINDOWS FIX", a->fix_line);
		put_answer(t, "CURRENT", without);
	}
	for (i = 0; i < a->exchange_count; i++) {
		put_answer(t, "RE-RELEASE", a->exchange[i].rerelease);
		put_answer(t, "WINDOWS FIX", a->fix_line);
		put_answer(t, "CURRENT", a->exchange[i].current);
	}
}

static void
put_list(struct text *t, const char *label, char *const *items, size_t n)
{
	size_t i;

	if (n == 0)
		return;
	sink_printf(t->out, "%*s%s", DETAIL_INDENT, "", label);
	for (i = 0; i < n; i++)
		sink_printf(t->out, " %s", items[i]);
	sink_puts(t->out, "\n");
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

static void
put_finding(struct text *t, const struct finding *f)
{
	size_t i;

	sink_puts(t->out, "  ");
	put_coloured(t, f->severity, severity_name(f->severity));
	sink_printf(t->out, "  %s  %s\n", rule_get(f->rule)->code,
	    rule_get(f->rule)->title);
	put_paragraphs(t, f->detail);
	put_list(t, "install:", f->install, f->install_count);
	if (f->evidence_count != 0) {
		sink_printf(t->out, "%*sevidence:", DETAIL_INDENT, "");
		for (i = 0; i < f->evidence_count; i++)
			sink_printf(t->out, " e%zu", f->evidence[i]);
		sink_puts(t->out, "\n");
	}
	if (f->sources.count != 0) {
		sink_printf(t->out, "%*ssources:", DETAIL_INDENT, "");
		for (i = 0; i < f->sources.count; i++)
			sink_printf(t->out, " %s", f->sources.ids[i]);
		sink_puts(t->out, "\n");
	}
}

static void
put_evidence(struct text *t, const struct inventory *inv)
{
	size_t i;

	sink_puts(t->out, "\nEvidence\n");
	for (i = 0; i < inv->evidence_count; i++) {
		const struct evidence *e = &inv->evidence[i];
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

/* What --deep found; the inventory has it in order. */
static void
put_defective(struct text *t, const struct inventory *inv)
{
	char day[INSTANT_TEXT];
	size_t i;

	if (!inv->deep)
		return;
	sink_printf(t->out, "\nFiles with a defective timestamp: %zu of %zu "
	    "signed\n", inv->defective_count, inv->deep_count);
	for (i = 0; i < inv->defective_count; i++) {
		const struct inv_defective *d = &inv->defective[i];

		sink_printf(t->out, "  %-20s  ",
		    d->until.without_fix == INSTANT_NONE ? "does not hold" :
		    instant_format(d->until.without_fix, day));
		layout_text(t->out, d->path);
		sink_puts(t->out, "\n");
	}
}

static void
put_windows(struct text *t, const struct inventory *inv)
{
	const struct inv_windows *w = &inv->windows;
	char v[VERSION_TEXT];

	sink_puts(t->out, "\nHost\n  ");
	layout_text(t->out, inv->name != NULL ? inv->name : "(unnamed)");
	sink_puts(t->out, ", ");
	layout_text(t->out, w->name != NULL ? w->name : "unknown Windows");
	if (w->service_pack != NULL) {
		sink_puts(t->out, " ");
		layout_text(t->out, w->service_pack);
	}
	sink_printf(t->out, ", version %s, %s\n",
	    version_known(w->version) ? version_format(w->version, v) :
	    "unknown", inv->source == HOST_LIVE ? "live" : "offline volume");
}

static void
put_host(struct text *t, const struct report_host *h)
{
	size_t i;

	for (i = 0; i < h->a->exchange_count; i++)
		put_headline(t, h, &h->a->exchange[i]);
	if (h->a->exchange_count == 0)
		put_headline(t, h, NULL);
	if (h->targeted)
		put_target(t, &h->a->target);
	put_verdict(t, h->a);
	put_answers(t, h);
	if (t->style->quiet)
		return;
	sink_puts(t->out, "\nFindings\n");
	for (i = 0; i < h->a->finding_count; i++)
		put_finding(t, &h->a->findings[i]);
	put_defective(t, h->inv);
	put_windows(t, h->inv);
	put_evidence(t, h->inv);
}

void
report_text(const struct report *r, const struct report_style *style,
    struct sink *out)
{
	struct text t = { r, style, out };
	char day[INSTANT_TEXT], at[INSTANT_TEXT];
	size_t i;

	for (i = 0; i < r->host_count; i++) {
		if (i != 0)
			sink_puts(out, "\n");
		put_host(&t, &r->hosts[i]);
	}
	if (!style->quiet)
		sink_printf(out, "\nJudged as of %s by rollcall %s, catalogue "
		    "%llu of %s.\n", instant_format(r->at, at), r->version,
		    (unsigned long long)r->catalogue->serial,
		    instant_format_day(r->catalogue->issued, day));
}

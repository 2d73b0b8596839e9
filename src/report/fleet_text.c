/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/fleet_report.h"

#include "base/limits.h"
#include "report/fleet_words.h"
#include "report/laid_over.h"
#include "report/layout.h"

#define WORST_SHOWN	5	/* hosts that the summary names */
#define RELEASES_SHOWN	20

static void
put_count(struct sink *out, size_t n, const char *what)
{
	struct buf b;

	buf_init(&b, TEXT_MAX);
	fleet_put_count(&b, n, what);
	sink_puts(out, buf_text(&b));
	buf_fini(&b);
}

static void
put_state(struct sink *out, const struct fleet *f, enum fleet_state s,
    const char *what, const char *text)
{
	if (f->states[s] == 0)
		return;
	sink_puts(out, "  ");
	put_count(out, f->states[s], what);
	sink_printf(out, " %s\n", text);
}

/* Those that nothing worse is known of than of the first. */
static void
put_worst(struct sink *out, const struct fleet *f)
{
	size_t i;

	if (f->worst == SEV_NOTE || f->count == 0)
		return;
	sink_puts(out, "  worst: ");
	for (i = 0; i < f->count && i < WORST_SHOWN; i++) {
		if (!fleet_counts(f->rows[i]) ||
		    f->rows[i]->verdict != f->worst)
			break;
		sink_puts(out, i != 0 ? ", " : "");
		layout_text(out, f->rows[i]->name);
	}
	if (i < f->verdicts[f->worst])
		sink_printf(out, " and %zu more", f->verdicts[f->worst] - i);
	sink_puts(out, "\n");
}

static void
put_releases(struct sink *out, const struct fleet *f)
{
	size_t i;

	if (f->release_count != 0)
		sink_puts(out, "\nReleases\n");
	for (i = 0; i < f->release_count && i < RELEASES_SHOWN; i++) {
		sink_printf(out, "  %6zu  ", f->releases[i].count);
		layout_text(out, f->releases[i].what);
		sink_puts(out, "\n");
	}
	if (i < f->release_count)
		sink_printf(out, "  and %zu more\n", f->release_count - i);
}

/* Servers of one group have to have one build. */
static void
put_mixed(struct sink *out, const struct fleet_group *g)
{
	size_t i;

	sink_puts(out, "; mixed builds: ");
	for (i = 0; i < g->build_count && i < RELEASES_SHOWN; i++) {
		sink_printf(out, "%s%s (%zu)", i != 0 ? ", " : "",
		    g->builds[i].what, g->builds[i].count);
	}
	if (i < g->build_count)
		sink_printf(out, " and %zu more", g->build_count - i);
}

static void
put_groups(struct sink *out, const struct fleet *f)
{
	struct buf b;
	size_t i;

	buf_init(&b, TEXT_MAX);
	if (f->group_count != 0)
		sink_puts(out, "\nGroups\n");
	for (i = 0; i < f->group_count; i++) {
		const struct fleet_group *g = &f->groups[i];

		sink_puts(out, "  ");
		layout_text(out, g->name);
		sink_printf(out, "  %zu: ", g->hosts);
		buf_clear(&b);
		fleet_put_verdicts(&b, g->verdicts);
		sink_puts(out, buf_text(&b));
		if (f->grouping == FLEET_BY_LIST && g->build_count > 1)
			put_mixed(out, g);
		sink_puts(out, "\n");
	}
	buf_fini(&b);
}

static void
put_age(struct sink *out, const struct fleet *f, const struct fleet_row *row)
{
	char day[INSTANT_TEXT];

	if (row->taken == INSTANT_NONE)
		sink_puts(out, "  (of an unknown day)");
	else if (row->taken > f->now)
		sink_printf(out, "  (of %s, which is to come)",
		    instant_format_day(row->taken, day));
	else
		sink_printf(out, "  (of %s)",
		    instant_format_day(row->taken, day));
}

/* One line; what comes from a host is escaped. */
static void
put_row(struct sink *out, const struct fleet *f, const struct fleet_row *row)
{
	const char *group = fleet_group_of(f, row);
	const char *accepted = fleet_accepted_words(f, row);
	size_t i;

	sink_printf(out, "%-15s  ", fleet_verdict_words(row->verdict));
	layout_text(out, row->name);
	if (group[0] != '\0' && f->grouping == FLEET_BY_LIST) {
		sink_puts(out, "  [");
		layout_text(out, group);
		sink_puts(out, "]");
	}
	for (i = 0; i < row->install_count; i++) {
		sink_puts(out, i != 0 ? " + " : "  ");
		layout_text(out, row->installs[i].title);
	}
	if (row->why != NULL) {
		sink_printf(out, "  %s: ", fleet_state_name(row->state));
		layout_text(out, row->why);
	} else {
		sink_printf(out, "  %s  ", row->words);
		layout_text(out, row->instruction);
	}
	if (row->state == FLEET_OLD)
		put_age(out, f, row);
	if (accepted != NULL)
		sink_printf(out, "  (%s; found: %s)", accepted,
		    fleet_verdict_words(row->found));
	fleet_put_rests(out, row);
	sink_puts(out, "\n");
}

static void
put_superseded(struct sink *out, const struct fleet *f)
{
	size_t i;

	if (f->states[FLEET_SUPERSEDED] != 0)
		sink_puts(out, "\nOlder results, which do not count\n");
	for (i = 0; i < f->count; i++) {
		const struct fleet_row *row = f->rows[i];

		if (row->state != FLEET_SUPERSEDED)
			continue;
		sink_puts(out, "  ");
		layout_text(out, row->name);
		sink_puts(out, "  ");
		layout_text(out, row->file);
		put_age(out, f, row);
		sink_puts(out, "; newer: ");
		layout_text(out, row->newer);
		sink_puts(out, "\n");
	}
}

static void
put_accept(struct sink *out, const struct fleet *f,
    const struct fleet_accept *a)
{
	char day[INSTANT_TEXT];

	sink_puts(out, "  ");
	layout_text(out, a->host);
	sink_printf(out, "  %s  %s %s: ", a->item,
	    fleet_ran_out(a, f->at) ? "RAN OUT on" : "until",
	    instant_format_day(a->until - 1, day));
	put_count(out, a->used, "host");
	sink_puts(out, "  ");
	layout_text(out, a->why);
	sink_puts(out, "\n");
}

static void
put_footer(struct sink *out, const struct fleet *f)
{
	char day[INSTANT_TEXT], at[INSTANT_TEXT], known[INSTANT_TEXT];

	sink_printf(out, "\nJudged as of %s; catalogue of %s, updates up to "
	    "%s.\n", instant_format_day(f->at, at),
	    instant_format_day(f->catalogue->issued, day),
	    instant_format_day(f->catalogue->known_until, known));
}

static void
put_summary(struct sink *out, const struct fleet *f)
{
	struct buf b;

	buf_init(&b, TEXT_MAX);
	fleet_put_hosts(&b, f);
	sink_printf(out, "%s\n", buf_text(&b));
	buf_fini(&b);
	put_worst(out, f);
	put_state(out, f, FLEET_MISSING, "server", "without a result");
	put_state(out, f, FLEET_BROKEN, "result", "not to be judged");
	put_state(out, f, FLEET_OLD, "result", "too old");
	put_state(out, f, FLEET_SUPERSEDED, "older result", "set aside");
	put_releases(out, f);
	put_groups(out, f);
}

static void
text_end(struct fleet_writer *w)
{
	const struct fleet *f = w->fleet;
	struct report_host first;
	struct report r;
	size_t i;

	if (w->alone) {
		first = *w->first;
		r = fleet_report_of(w);
		r.hosts = &first;
		r.host_count = 1;
		report_text(&r, &w->style, w->out);
		return;
	}
	put_summary(w->out, f);
	if (w->style.quiet)
		return;
	sink_puts(w->out, "\nHosts\n");
	for (i = 0; i < f->count; i++)
		if (fleet_counts(f->rows[i]))
			put_row(w->out, f, f->rows[i]);
	put_superseded(w->out, f);
	if (f->accept_count != 0)
		sink_puts(w->out, "\nAccepted\n");
	for (i = 0; i < f->accept_count; i++)
		put_accept(w->out, f, &f->accepts[i]);
	put_footer(w->out, f);
	laid_over_lines(f->catalogue, &w->style, w->out);
}

const struct fleet_format fleet_text = { NULL, NULL, text_end };

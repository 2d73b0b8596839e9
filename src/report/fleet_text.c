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
#define INDENT		6	/* of what a screen has no room for */
#define WHAT_COLUMN	10	/* behind how many have a release */

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
put_worst(struct sink *out, const struct fleet *f, unsigned screen)
{
	struct buf b;
	size_t i;

	if (f->worst == SEV_NOTE || f->count == 0)
		return;
	buf_init(&b, 2 * WORST_SHOWN * TEXT_MAX);
	buf_puts(&b, "  worst: ");
	for (i = 0; i < f->count && i < WORST_SHOWN; i++) {
		if (!fleet_counts(f->rows[i]) ||
		    f->rows[i]->verdict != f->worst)
			break;
		buf_printf(&b, "%s%s", i != 0 ? ", " : "", f->rows[i]->name);
	}
	if (i < f->verdicts[f->worst])
		buf_printf(&b, " and %zu more", f->verdicts[f->worst] - i);
	layout_line(out, buf_text(&b), INDENT, screen);
	buf_fini(&b);
}

static void
put_releases(struct sink *out, const struct fleet *f, unsigned screen)
{
	struct buf b;
	size_t i;

	buf_init(&b, 2 * TEXT_MAX);
	if (f->release_count != 0)
		sink_puts(out, "\nReleases\n");
	for (i = 0; i < f->release_count && i < RELEASES_SHOWN; i++) {
		buf_clear(&b);
		buf_printf(&b, "  %6zu  %s", f->releases[i].count,
		    f->releases[i].what);
		layout_line(out, buf_text(&b), WHAT_COLUMN, screen);
	}
	if (i < f->release_count)
		sink_printf(out, "  and %zu more\n", f->release_count - i);
	buf_fini(&b);
}

/* Servers of one group have to have one build. */
static void
put_mixed(struct buf *b, const struct fleet_group *g)
{
	size_t i;

	buf_puts(b, "; mixed builds: ");
	for (i = 0; i < g->build_count && i < RELEASES_SHOWN; i++) {
		buf_printf(b, "%s%s (%zu)", i != 0 ? ", " : "",
		    g->builds[i].what, g->builds[i].count);
	}
	if (i < g->build_count)
		buf_printf(b, " and %zu more", g->build_count - i);
}

static void
put_groups(struct sink *out, const struct fleet *f, unsigned screen)
{
	struct buf b;
	size_t i;

	buf_init(&b, 2 * TEXT_MAX);
	if (f->group_count != 0)
		sink_puts(out, "\nGroups\n");
	for (i = 0; i < f->group_count; i++) {
		const struct fleet_group *g = &f->groups[i];

		buf_clear(&b);
		buf_printf(&b, "  %s  %zu: ", g->name, g->hosts);
		fleet_put_verdicts(&b, g->verdicts);
		if (f->grouping == FLEET_BY_LIST && g->build_count > 1)
			put_mixed(&b, g);
		layout_line(out, buf_text(&b), INDENT, screen);
	}
	buf_fini(&b);
}

static void
put_age(struct buf *b, const struct fleet *f, const struct fleet_row *row)
{
	char day[INSTANT_TEXT];

	if (row->taken == INSTANT_NONE)
		buf_puts(b, "  (of an unknown day)");
	else if (row->taken > f->now)
		buf_printf(b, "  (of %s, which is to come)",
		    instant_format_day(row->taken, day));
	else
		buf_printf(b, "  (of %s)",
		    instant_format_day(row->taken, day));
}

/* One line; what comes from a host is escaped. */
static void
put_row(struct sink *out, const struct fleet *f, const struct fleet_row *row,
    unsigned screen)
{
	const char *group = fleet_group_of(f, row);
	const char *accepted = fleet_accepted_words(f, row);
	struct buf b;
	size_t i;

	buf_init(&b, 2 * TEXT_MAX);
	buf_printf(&b, "%-15s  %s", fleet_verdict_words(row->verdict),
	    row->name);
	if (group[0] != '\0' && f->grouping == FLEET_BY_LIST)
		buf_printf(&b, "  [%s]", group);
	for (i = 0; i < row->install_count; i++)
		buf_printf(&b, "%s%s", i != 0 ? " + " : "  ",
		    row->installs[i].title);
	if (row->why != NULL)
		buf_printf(&b, "  %s: %s", fleet_state_name(row->state),
		    row->why);
	else
		buf_printf(&b, "  %s  %s", row->words, row->instruction);
	if (row->state == FLEET_OLD)
		put_age(&b, f, row);
	if (accepted != NULL)
		buf_printf(&b, "  (%s; found: %s)", accepted,
		    fleet_verdict_words(row->found));
	fleet_put_rests(&b, row);
	layout_line(out, buf_text(&b), INDENT, screen);
	buf_fini(&b);
}

static void
put_superseded(struct sink *out, const struct fleet *f)
{
	struct buf b;
	size_t i;

	buf_init(&b, TEXT_MAX);
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
		buf_clear(&b);
		put_age(&b, f, row);
		sink_printf(out, "%s; newer: ", buf_text(&b));
		layout_text(out, row->newer);
		sink_puts(out, "\n");
	}
	buf_fini(&b);
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
put_footer(struct sink *out, const struct fleet *f, unsigned screen)
{
	char day[INSTANT_TEXT], at[INSTANT_TEXT], known[INSTANT_TEXT];
	struct buf b;

	buf_init(&b, TEXT_MAX);
	buf_printf(&b, "Judged as of %s; catalogue of %s, updates up to %s.",
	    instant_format_day(f->at, at),
	    instant_format_day(f->catalogue->issued, day),
	    instant_format_day(f->catalogue->known_until, known));
	sink_puts(out, "\n");
	layout_line(out, buf_text(&b), 0, screen);
	buf_fini(&b);
}

static void
put_summary(struct sink *out, const struct fleet *f, unsigned screen)
{
	struct buf b;

	buf_init(&b, TEXT_MAX);
	fleet_put_hosts(&b, f);
	layout_line(out, buf_text(&b), INDENT, screen);
	buf_fini(&b);
	put_worst(out, f, screen);
	put_state(out, f, FLEET_MISSING, "server", "without a result");
	put_state(out, f, FLEET_BROKEN, "result", "not to be judged");
	put_state(out, f, FLEET_OLD, "result", "too old");
	put_state(out, f, FLEET_SUPERSEDED, "older result", "set aside");
	put_releases(out, f, screen);
	put_groups(out, f, screen);
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
	put_summary(w->out, f, w->style.screen);
	if (w->style.quiet)
		return;
	sink_puts(w->out, "\nHosts\n");
	for (i = 0; i < f->count; i++)
		if (fleet_counts(f->rows[i]))
			put_row(w->out, f, f->rows[i], w->style.screen);
	put_superseded(w->out, f);
	if (f->accept_count != 0)
		sink_puts(w->out, "\nAccepted\n");
	for (i = 0; i < f->accept_count; i++)
		put_accept(w->out, f, &f->accepts[i]);
	put_footer(w->out, f, w->style.screen);
	laid_over_lines(f->catalogue, &w->style, w->out);
}

const struct fleet_format fleet_text = { NULL, NULL, text_end };

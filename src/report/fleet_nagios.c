/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/fleet_report.h"

#include "base/limits.h"
#include "report/fleet_words.h"
#include "report/laid_over.h"
#include "report/nagios.h"

#define WORST_SHOWN	5	/* hosts of the first line */

/* Numbers of the worst host, as far as they are known. */
static void
put_numbers(struct sink *out, const struct fleet *f)
{
	struct fleet_behind b = { .known = false };
	instant end = INSTANT_NONE;
	size_t i;

	for (i = 0; i < f->count && fleet_counts(f->rows[i]); i++) {
		const struct fleet_row *row = f->rows[i];

		fleet_add_behind(&b, row);
		if (row->signature_end != INSTANT_NONE &&
		    (end == INSTANT_NONE || row->signature_end < end))
			end = row->signature_end;
	}
	nagios_number(out, "behind", b.known, (int64_t)b.updates, ";;;0");
	nagios_number(out, "security_behind", b.known, (int64_t)b.security,
	    ";0;;0");
	nagios_number(out, "cves", b.known, (int64_t)b.cves, ";0;;0");
	nagios_catalogue_age(out, f->catalogue, f->at, f->catalogue_max);
	if (end != INSTANT_NONE)
		nagios_number(out, "signature_days", true,
		    instant_days(f->at, end), ";0:");
}

static void
put_hosts_numbers(struct sink *out, const struct fleet *f)
{
	size_t i;

	nagios_number(out, "hosts", true, (int64_t)(f->count -
	    f->states[FLEET_SUPERSEDED]), ";;;0");
	for (i = 0; i < FLEET_VERDICTS; i++) {
		static const char *const labels[FLEET_VERDICTS] = {
			"required", "undetermined", "advised", "ok",
		};

		nagios_number(out, labels[i], true,
		    (int64_t)f->verdicts[fleet_verdict_at(i)], ";;;0");
	}
	nagios_number(out, "missing", true, (int64_t)f->states[FLEET_MISSING],
	    ";;;0");
	nagios_number(out, "broken", true, (int64_t)f->states[FLEET_BROKEN],
	    ";;;0");
	nagios_number(out, "too_old", true, (int64_t)f->states[FLEET_OLD],
	    ";;;0");
}

/* "EXCH01  UPDATES MISSING  install ...". */
static void
put_line(struct sink *out, const struct fleet *f,
    const struct fleet_row *row)
{
	const char *accepted = fleet_accepted_words(f, row);
	struct buf rests;

	nagios_text(out, row->name);
	sink_puts(out, "  ");
	if (row->why != NULL) {
		sink_printf(out, "%s: ", fleet_state_name(row->state));
		nagios_text(out, row->why);
	} else {
		nagios_text(out, row->words);
		sink_puts(out, "  ");
		nagios_text(out, row->instruction);
	}
	if (row->state == FLEET_OLD)
		sink_puts(out, "  (an old result)");
	if (accepted != NULL)
		sink_printf(out, "  (%s; found: %s)", accepted,
		    fleet_verdict_words(row->found));
	buf_init(&rests, TEXT_MAX);
	fleet_put_rests(&rests, row);
	sink_puts(out, buf_text(&rests));
	buf_fini(&rests);
}

static void
put_accepted(struct sink *out, const struct fleet *f,
    const struct fleet_row *row)
{
	char day[INSTANT_TEXT];
	size_t i;

	for (i = 0; i < row->accepted_count; i++) {
		const struct fleet_accept *a = row->accepted[i];

		sink_printf(out, "accepted %s %s: %s  ",
		    fleet_ran_out(a, f->at) ? "(ran out) until" : "until",
		    instant_format_day(a->until - 1, day), a->item);
		nagios_text(out, a->why);
		sink_puts(out, "\n");
	}
}

/* What stands below the line of one host. */
static void
put_host(struct sink *out, const struct fleet *f, const struct fleet_row *row)
{
	size_t i, q;

	for (i = 0; i < row->install_count; i++) {
		nagios_text(out, row->installs[i].title);
		sink_puts(out, "\n");
	}
	for (q = 0; q < QUESTION_COUNT && row->why == NULL; q++) {
		const struct answer a = { .question = (enum question)q,
		    .value = row->answers[q].value };

		if ((row->asked & QUESTION_BIT(q)) != 0)
			sink_printf(out, "%s: %s (%s)\n",
			    question_get((enum question)q)->name,
			    answer_word(&a), severity_answer_name(
			    row->answers[q].severity));
	}
	put_accepted(out, f, row);
}

static void
put_many(struct sink *out, const struct fleet *f)
{
	struct buf b;
	size_t i;

	buf_init(&b, TEXT_MAX);
	fleet_put_hosts(&b, f);
	sink_puts(out, buf_text(&b));
	buf_fini(&b);
	for (i = 0; i < f->count && i < WORST_SHOWN; i++) {
		if (!fleet_counts(f->rows[i]) || f->worst == SEV_NOTE ||
		    f->rows[i]->verdict != f->worst)
			break;
		sink_puts(out, i != 0 ? ", " : "; worst: ");
		nagios_text(out, f->rows[i]->name);
	}
}

/* Every host that something was found of, also where that is accepted. */
static void
put_many_lines(struct sink *out, const struct fleet *f)
{
	size_t i, n = 0;

	for (i = 0; i < f->count && fleet_counts(f->rows[i]); i++) {
		const struct fleet_row *row = f->rows[i];

		if (row->verdict == SEV_NOTE &&
		    fleet_accepted_words(f, row) == NULL)
			continue;
		if (n++ == NAGIOS_MAX_HOSTS) {
			sink_puts(out, "and more\n");
			return;
		}
		sink_printf(out, "%s: ",
		    nagios_word(nagios_state(row->verdict)));
		put_line(out, f, row);
		sink_puts(out, "\n");
	}
}

static void
nagios_end(struct fleet_writer *w)
{
	const struct fleet *f = w->fleet;
	bool one = f->count == 1;

	sink_printf(w->out, "%s: ", nagios_word(nagios_state(f->worst)));
	if (one)
		put_line(w->out, f, f->rows[0]);
	else
		put_many(w->out, f);
	sink_puts(w->out, " |");
	put_numbers(w->out, f);
	if (!one)
		put_hosts_numbers(w->out, f);
	sink_puts(w->out, "\n");
	if (w->style.quiet)
		return;
	if (one)
		put_host(w->out, f, f->rows[0]);
	else
		put_many_lines(w->out, f);
	laid_over_nagios(f->catalogue, w->out);
}

const struct fleet_format fleet_nagios = { NULL, NULL, nagios_end };

void
scan_nagios(const struct report *r, const struct report_style *style,
    struct sink *out)
{
	fleet_of_scan(&fleet_nagios, r, style, out);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/fleet_report.h"

#include "base/limits.h"
#include "report/fleet_words.h"
#include "report/laid_over.h"
#include "report/page.h"

/* ---------------------------------------------------------- the summary */

static void
put_counts(struct sink *out, const struct fleet *f)
{
	size_t i;

	sink_puts(out, "<ul class=\"counts\">\n");
	for (i = 0; i < FLEET_VERDICTS; i++) {
		enum severity s = fleet_verdict_at(i);

		sink_printf(out, "<li class=\"%s\"><b>%zu</b> %s</li>\n",
		    page_class(s), f->verdicts[s], fleet_verdict_words(s));
	}
	sink_puts(out, "</ul>\n");
}

static void
put_state(struct sink *out, const struct fleet *f, enum fleet_state s,
    const char *what, const char *text)
{
	struct buf b;

	if (f->states[s] == 0)
		return;
	buf_init(&b, TEXT_MAX);
	fleet_put_count(&b, f->states[s], what);
	sink_printf(out, "<p>%s %s</p>\n", buf_text(&b), text);
	buf_fini(&b);
}

static void
put_footer(struct sink *out, const struct fleet *f)
{
	char day[INSTANT_TEXT], at[INSTANT_TEXT], known[INSTANT_TEXT];

	sink_printf(out, "<p class=\"faint\">Judged as of %s; catalogue of "
	    "%s, knows updates up to %s.</p>\n",
	    instant_format_day(f->at, at),
	    instant_format_day(f->catalogue->issued, day),
	    instant_format_day(f->catalogue->known_until, known));
}

static void
put_groups(struct sink *out, const struct fleet *f)
{
	size_t i, k;

	if (f->group_count == 0)
		return;
	sink_puts(out, "<section aria-labelledby=\"groups\">\n<h2 "
	    "id=\"groups\">Groups</h2>\n<table class=\"sort\"><caption>"
	    "Hosts of each group</caption>\n<thead><tr><th scope=\"col\">Group"
	    "</th><th scope=\"col\" class=\"n\">Hosts</th>");
	for (k = 0; k < FLEET_VERDICTS; k++)
		sink_printf(out, "<th scope=\"col\" class=\"n\">%s</th>",
		    fleet_verdict_words(fleet_verdict_at(k)));
	sink_puts(out, "<th scope=\"col\">Builds</th></tr></thead>\n<tbody>\n");
	for (i = 0; i < f->group_count; i++) {
		const struct fleet_group *g = &f->groups[i];

		sink_puts(out, "<tr><th scope=\"row\">");
		page_text(out, g->name);
		sink_puts(out, "</th>");
		page_number(out, true, g->hosts);
		for (k = 0; k < FLEET_VERDICTS; k++)
			page_number(out, true,
			    g->verdicts[fleet_verdict_at(k)]);
		sink_printf(out, "<td>%s", f->grouping == FLEET_BY_LIST &&
		    g->build_count > 1 ? "mixed: " : "");
		for (k = 0; k < g->build_count && k < PAGE_MAX_BUILDS; k++)
			sink_printf(out, "%s%s (%zu)", k != 0 ? ", " : "",
			    g->builds[k].what, g->builds[k].count);
		sink_puts(out, k < g->build_count ? " and more</td></tr>\n" :
		    "</td></tr>\n");
	}
	sink_puts(out, "</tbody></table>\n</section>\n");
}

static void
put_releases(struct sink *out, const struct fleet *f)
{
	size_t i;

	if (f->release_count == 0)
		return;
	sink_puts(out, "<section aria-labelledby=\"releases\">\n<h2 "
	    "id=\"releases\">Releases</h2>\n<table class=\"narrow\"><caption>"
	    "Installations of each release</caption>\n<thead><tr>"
	    "<th scope=\"col\" class=\"n\">Installations</th>"
	    "<th scope=\"col\">Release</th></tr></thead>\n<tbody>\n");
	for (i = 0; i < f->release_count; i++) {
		sink_puts(out, "<tr>");
		page_number(out, true, f->releases[i].count);
		page_cell(out, NULL, f->releases[i].what);
		sink_puts(out, "</tr>\n");
	}
	sink_puts(out, "</tbody></table>\n</section>\n");
}

/* ------------------------------------------------------------- the hosts */

static void
put_answers(struct sink *out, const struct fleet_row *row)
{
	size_t q;

	for (q = 0; q < QUESTION_COUNT; q++) {
		const struct answer a = { .question = (enum question)q,
		    .value = row->answers[q].value };

		if (q == ASK_READY && (row->asked & QUESTION_BIT(q)) == 0)
			continue;
		sink_printf(out, "<li>%s: <span class=\"%s\">%s</span></li>",
		    question_get((enum question)q)->name,
		    page_class(row->answers[q].severity), answer_word(&a));
	}
}

static void
put_findings(struct sink *out, const struct fleet_row *row)
{
	size_t i;

	for (i = 0; i < row->finding_count; i++) {
		const struct rule *rule = rule_get(row->findings[i].rule);

		sink_printf(out, "<li><span class=\"%s\">%s</span>: ",
		    page_class(row->findings[i].severity),
		    severity_name(row->findings[i].severity));
		page_linked(out, rule->title);
		sink_puts(out, "</li>");
	}
}

static void
put_accepted(struct sink *out, const struct fleet *f,
    const struct fleet_row *row)
{
	char day[INSTANT_TEXT];
	size_t i;

	for (i = 0; i < row->accepted_count; i++) {
		const struct fleet_accept *a = row->accepted[i];

		sink_printf(out, "<p>%s %s until %s: ", fleet_ran_out(a,
		    f->at) ? "No longer accepted:" : "Accepted:", a->item,
		    instant_format_day(a->until - 1, day));
		page_linked(out, a->why);
		sink_puts(out, "</p>");
	}
}

/* What is folded away below what to do. */
static void
put_details(struct sink *out, const struct fleet *f,
    const struct fleet_row *row)
{
	size_t i;

	sink_puts(out, "<ul>");
	put_answers(out, row);
	put_findings(out, row);
	sink_puts(out, "</ul><dl>");
	for (i = 0; i < row->install_count; i++)
		page_pair(out, "step", row->installs[i].step);
	for (i = 0; i < row->rests.count; i++)
		page_pair(out, "by overlay", row->rests.by[i]);
	page_pair(out, "domain", row->domain);
	page_pair(out, "Windows", row->windows);
	page_pair_instant(out, "looked at", row->taken);
	page_pair_instant(out, "signature ends", row->signature_end);
	page_pair(out, "result", row->file);
	page_pair(out, "newer result", row->newer);
	sink_puts(out, "</dl>");
	put_accepted(out, f, row);
}

static void
put_installs(struct sink *out, const struct fleet_row *row)
{
	size_t i;

	sink_puts(out, "<td class=\"name\">");
	for (i = 0; i < row->install_count; i++) {
		sink_puts(out, i != 0 ? "<br>" : "");
		page_linked(out, row->installs[i].title);
	}
	sink_puts(out, "</td>");
}

/* Of the installation that lacks most. */
static void
put_numbers(struct sink *out, const struct fleet_row *row)
{
	struct fleet_behind b = { .known = false };

	fleet_add_behind(&b, row);
	page_number(out, b.known, b.updates);
	page_number(out, b.known, b.security);
	page_number(out, b.known, b.cves);
}

static void
put_action(struct sink *out, const struct fleet *f,
    const struct fleet_row *row)
{
	sink_puts(out, "<td class=\"wide\">");
	if (row->why != NULL) {
		sink_printf(out, "%s: ", fleet_state_name(row->state));
		page_linked(out, row->why);
		put_accepted(out, f, row);
		sink_puts(out, "</td>");
		return;
	}
	sink_puts(out, "<details><summary>");
	if (row->state == FLEET_OLD)
		sink_puts(out, "(an old result) ");
	if (row->state == FLEET_SUPERSEDED)
		sink_puts(out, "(there is a newer result) ");
	page_linked(out, row->words);
	sink_puts(out, ": ");
	page_linked(out, row->instruction);
	sink_puts(out, "</summary>");
	put_details(out, f, row);
	sink_puts(out, "</details></td>");
}

static void
put_row(struct sink *out, const struct fleet *f, const struct fleet_row *row)
{
	const char *words = fleet_counts(row) ?
	    fleet_verdict_words(row->verdict) : "does not count";
	const char *accepted = fleet_accepted_words(f, row);

	sink_printf(out, "<tr data-v=\"%s\"><td class=\"v %s\" data-k=\"%d\">"
	    "%s%s%s%s</td><th scope=\"row\">", words, fleet_counts(row) ?
	    page_class(row->verdict) : "faint", fleet_counts(row) ?
	    SEV_REQUIRED - (int)row->verdict : SEV_REQUIRED + 1, words,
	    accepted != NULL ? " (" : "", accepted != NULL ? accepted : "",
	    accepted != NULL ? ")" : "");
	page_text(out, row->name);
	sink_puts(out, "</th>");
	page_cell(out, NULL, fleet_group_of(f, row));
	put_installs(out, row);
	put_numbers(out, row);
	put_action(out, f, row);
	sink_puts(out, "</tr>\n");
}

static void
put_rows(struct sink *out, const struct fleet *f)
{
	size_t i;

	sink_puts(out, "<section aria-labelledby=\"hosts\">\n<h2 id=\"hosts\">"
	    "Hosts</h2>\n<table class=\"sort\"><caption>All hosts, the worst "
	    "first</caption>\n<thead><tr><th scope=\"col\">Verdict</th>"
	    "<th scope=\"col\">Host</th><th scope=\"col\">Group</th>"
	    "<th scope=\"col\">Release</th>"
	    "<th scope=\"col\" class=\"n\">Behind</th>"
	    "<th scope=\"col\" class=\"n\">Security</th>"
	    "<th scope=\"col\" class=\"n\">CVEs</th>"
	    "<th scope=\"col\">What to do</th></tr></thead>\n<tbody>\n");
	for (i = 0; i < f->count; i++)
		put_row(out, f, f->rows[i]);
	sink_puts(out, "</tbody></table>\n</section>\n");
}

static void
put_all_accepted(struct sink *out, const struct fleet *f)
{
	char day[INSTANT_TEXT];
	size_t i;

	if (f->accept_count == 0)
		return;
	sink_puts(out, "<section aria-labelledby=\"accepted\">\n<h2 "
	    "id=\"accepted\">Accepted risks</h2>\n<table><caption>All that "
	    "were given</caption>\n<thead><tr><th scope=\"col\">Host</th>"
	    "<th scope=\"col\">What</th><th scope=\"col\">Last day</th>"
	    "<th scope=\"col\" class=\"n\">Hosts</th>"
	    "<th scope=\"col\">Why</th></tr></thead>\n<tbody>\n");
	for (i = 0; i < f->accept_count; i++) {
		const struct fleet_accept *a = &f->accepts[i];

		sink_puts(out, "<tr>");
		page_cell(out, NULL, a->host);
		page_cell(out, NULL, a->item);
		sink_printf(out, "<td>%s%s</td>",
		    instant_format_day(a->until - 1, day),
		    fleet_ran_out(a, f->at) ? " (ran out)" : "");
		page_number(out, true, a->used);
		page_cell(out, NULL, a->why);
		sink_puts(out, "</tr>\n");
	}
	sink_puts(out, "</tbody></table>\n</section>\n");
}

static void
put_fleet(struct sink *out, const struct fleet *f)
{
	struct buf b;

	buf_init(&b, TEXT_MAX);
	fleet_put_hosts(&b, f);
	page_begin(out, buf_text(&b));
	sink_printf(out, "<header>\n<h1>%s</h1>\n", buf_text(&b));
	buf_fini(&b);
	put_footer(out, f);
	laid_over_html(f->catalogue, out);
	sink_puts(out, "</header>\n<main>\n");
	put_counts(out, f);
	put_state(out, f, FLEET_MISSING, "server", "without a result");
	put_state(out, f, FLEET_BROKEN, "result", "not to be judged");
	put_state(out, f, FLEET_OLD, "result", "too old");
	put_state(out, f, FLEET_SUPERSEDED, "older result", "set aside");
	put_rows(out, f);
	put_groups(out, f);
	put_releases(out, f);
	put_all_accepted(out, f);
	sink_puts(out, "</main>\n");
	page_end(out);
}

static void
html_end(struct fleet_writer *w)
{
	struct report_host first;
	struct report r;

	if (!w->alone) {
		put_fleet(w->out, w->fleet);
		return;
	}
	first = *w->first;
	r = fleet_report_of(w);
	r.hosts = &first;
	r.host_count = 1;
	report_html(&r, &w->style, w->out);
}

const struct fleet_format fleet_html = { NULL, NULL, html_end };

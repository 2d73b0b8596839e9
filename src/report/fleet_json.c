/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/fleet_report.h"

#include "report/fleet_words.h"
#include "report/json_result.h"

/*
 * rollcall-result(5) and data/rollcall-result.schema.json are the contract of
 * what is written here.
 */

#define WORST_NAMED	5

static const char *
word_of(enum question q, unsigned value)
{
	const struct answer a = { .question = q, .value = value };

	return answer_word(&a);
}

/* All but those of LESS. */
static void
put_answers(struct jsonout *j, const struct fleet_answer *answers,
    unsigned less)
{
	size_t q;

	jsonout_object(j, "answers");
	for (q = 0; q < QUESTION_COUNT; q++)
		if ((less & QUESTION_BIT(q)) == 0)
			jsonout_text(j, question_get((enum question)q)->name,
			    word_of((enum question)q, answers[q].value));
	jsonout_end(j);
}

static void
put_number(struct jsonout *j, const char *name, bool known, size_t n)
{
	if (known)
		jsonout_number(j, name, (int64_t)n);
	else
		jsonout_null(j, name);
}

static void
put_install(struct jsonout *j, const struct fleet_install *in)
{
	jsonout_object(j, NULL);
	jsonout_text(j, "product", in->product != NULL ? in->product->id :
	    NULL);
	jsonout_text(j, "branch", in->branch != NULL ? in->branch->id : NULL);
	jsonout_text(j, "release", in->release != NULL ? in->release->id :
	    NULL);
	jsonout_text(j, "name", in->release != NULL ? in->release->name :
	    NULL);
	jsonout_version(j, "build", in->build);
	jsonout_text_or_null(j, "kb", in->kb);
	put_answers(j, in->answers, QUESTION_BIT(ASK_FIX) |
	    QUESTION_BIT(ASK_READY));
	put_number(j, "updates_behind", in->counted, in->updates);
	put_number(j, "security_behind", in->counted, in->security);
	put_number(j, "cves", in->counted, in->cves);
	jsonout_text(j, "newest", in->newest != NULL ? in->newest->id : NULL);
	json_result_day(j, "supported_until", in->supported_until);
	jsonout_text(j, "next", in->next != NULL ? in->next->id : NULL);
	jsonout_text_or_null(j, "next_kb", in->next != NULL ? in->next->kb :
	    NULL);
	jsonout_text(j, "step", in->step);
	json_result_rests(j, &in->rests);
	jsonout_end(j);
}

static void
put_accepted(struct jsonout *j, const struct fleet *f,
    const struct fleet_accept *a)
{
	jsonout_object(j, NULL);
	jsonout_text(j, "host", a->host);
	jsonout_text(j, "item", a->item);
	json_result_day(j, "until", a->until - 1);
	jsonout_bool(j, "ran_out", fleet_ran_out(a, f->at));
	jsonout_text(j, "why", a->why);
	jsonout_end(j);
}

static void
put_findings(struct jsonout *j, const struct fleet_row *row)
{
	size_t i;

	jsonout_array(j, "findings");
	for (i = 0; i < row->finding_count; i++) {
		const struct fleet_finding *x = &row->findings[i];

		jsonout_object(j, NULL);
		jsonout_text(j, "code", rule_get(x->rule)->code);
		jsonout_text(j, "question", question_get(x->question)->name);
		jsonout_text(j, "severity", severity_name(x->severity));
		jsonout_end(j);
	}
	jsonout_end(j);
}

static void
put_members(struct jsonout *j, const struct fleet *f,
    const struct fleet_row *row)
{
	size_t i;

	jsonout_text(j, "name", row->name);
	jsonout_text_or_null(j, "domain", row->domain);
	jsonout_text(j, "machine_guid", row->guid);
	jsonout_text_or_null(j, "group", fleet_group_of(f, row));
	jsonout_text(j, "state", fleet_state_name(row->state));
	jsonout_text(j, "verdict", verdict_name(row->verdict));
	jsonout_text(j, "found", verdict_name(row->found));
	jsonout_text(j, "words", row->words);
	jsonout_text_or_null(j, "instruction", row->instruction);
	jsonout_text(j, "why", row->why);
	jsonout_text(j, "file", row->file);
	jsonout_text(j, "newer", row->newer);
	jsonout_instant(j, "taken", row->taken);
	jsonout_text(j, "windows", row->windows);
	jsonout_instant(j, "signature_end", row->signature_end);
	put_answers(j, row->answers, QUESTION_BIT(ASK_READY) & ~row->asked);
	jsonout_array(j, "exchange");
	for (i = 0; i < row->install_count; i++)
		put_install(j, &row->installs[i]);
	jsonout_end(j);
	put_findings(j, row);
	jsonout_array(j, "accepted");
	for (i = 0; i < row->accepted_count; i++)
		put_accepted(j, f, row->accepted[i]);
	jsonout_end(j);
}

/* ---------------------------------------------------------- the summary */

static void
put_verdicts(struct jsonout *j, const size_t *verdicts)
{
	size_t i;

	jsonout_object(j, "verdicts");
	for (i = 0; i < FLEET_VERDICTS; i++)
		jsonout_number(j, verdict_name(fleet_verdict_at(i)),
		    (int64_t)verdicts[fleet_verdict_at(i)]);
	jsonout_end(j);
}

static void
put_states(struct jsonout *j, const struct fleet *f)
{
	size_t s;

	jsonout_object(j, "states");
	for (s = FLEET_BROKEN; s < FLEET_STATES; s++)
		jsonout_number(j, fleet_state_name((enum fleet_state)s),
		    (int64_t)f->states[s]);
	jsonout_end(j);
}

static void
put_counts(struct jsonout *j, const char *name, const char *what,
    const struct fleet_count *counts, size_t count)
{
	size_t i;

	jsonout_array(j, name);
	for (i = 0; i < count; i++) {
		jsonout_object(j, NULL);
		jsonout_text(j, what, counts[i].what);
		jsonout_number(j, "hosts", (int64_t)counts[i].count);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static void
put_groups(struct jsonout *j, const struct fleet *f)
{
	size_t i;

	jsonout_array(j, "groups");
	for (i = 0; i < f->group_count; i++) {
		const struct fleet_group *g = &f->groups[i];

		jsonout_object(j, NULL);
		jsonout_text(j, "name", g->name);
		jsonout_number(j, "hosts", (int64_t)g->hosts);
		put_verdicts(j, g->verdicts);
		jsonout_bool(j, "mixed", g->build_count > 1);
		put_counts(j, "builds", "build", g->builds, g->build_count);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static void
put_summary(struct jsonout *j, const struct fleet *f)
{
	size_t i;

	jsonout_object(j, "summary");
	jsonout_number(j, "hosts", (int64_t)(f->count -
	    f->states[FLEET_SUPERSEDED]));
	jsonout_text(j, "verdict", verdict_name(f->worst));
	put_verdicts(j, f->verdicts);
	put_states(j, f);
	jsonout_array(j, "worst");
	for (i = 0; i < f->count && i < WORST_NAMED; i++)
		if (fleet_counts(f->rows[i]) &&
		    f->rows[i]->verdict == f->worst && f->worst != SEV_NOTE)
			jsonout_text(j, NULL, f->rows[i]->name);
	jsonout_end(j);
	put_counts(j, "releases", "release", f->releases, f->release_count);
	put_groups(j, f);
	jsonout_end(j);
}

static void
put_fleet(struct jsonout *j, const struct fleet *f)
{
	size_t i;

	jsonout_object(j, "fleet");
	put_summary(j, f);
	jsonout_array(j, "hosts");
	for (i = 0; i < f->count; i++) {
		jsonout_object(j, NULL);
		put_members(j, f, f->rows[i]);
		jsonout_end(j);
	}
	jsonout_end(j);
	jsonout_array(j, "accepted");
	for (i = 0; i < f->accept_count; i++)
		put_accepted(j, f, &f->accepts[i]);
	jsonout_end(j);
	jsonout_end(j);
}

/* ----------------------------------------------------------- the formats */

static void
json_begin(struct fleet_writer *w)
{
	const struct fleet *f = w->fleet;

	jsonout_init(&w->json, w->out, true);
	jsonout_object(&w->json, NULL);
	json_result_begin(&w->json, f->version, f->at, f->catalogue);
	jsonout_array(&w->json, "hosts");
}

static void
json_host(struct fleet_writer *w, const struct report_host *h)
{
	struct report r = fleet_report_of(w);

	report_json_host(&w->json, &r, h, w->style.quiet);
}

static void
json_end(struct fleet_writer *w)
{
	jsonout_end(&w->json);
	if (!w->alone)
		put_fleet(&w->json, w->fleet);
	jsonout_end(&w->json);
	jsonout_fini(&w->json);
}

const struct fleet_format fleet_json = { json_begin, json_host, json_end };

static void
jsonl_end(struct fleet_writer *w)
{
	struct jsonout j;
	size_t i;

	for (i = 0; i < w->fleet->count; i++) {
		jsonout_init(&j, w->out, false);
		jsonout_object(&j, NULL);
		jsonout_text(&j, "schema", "rollcall-host-2");
		put_members(&j, w->fleet, w->fleet->rows[i]);
		jsonout_instant(&j, "at", w->fleet->at);
		json_result_by(&j, w->fleet->catalogue);
		jsonout_end(&j);
		jsonout_fini(&j);
		sink_puts(w->out, "\n");
	}
}

const struct fleet_format fleet_jsonl = { NULL, NULL, jsonl_end };

/* Of a scan each line is a result, for judge to read. */
void
scan_jsonl(const struct report *r, const struct report_style *style,
    struct sink *out)
{
	struct jsonout j;
	size_t i;

	for (i = 0; i < r->host_count + r->refused_count; i++) {
		bool there = i < r->host_count;

		jsonout_init(&j, out, false);
		jsonout_object(&j, NULL);
		json_result_begin(&j, r->version, r->at, r->catalogue);
		jsonout_array(&j, "hosts");
		if (there)
			report_json_host(&j, r, &r->hosts[i], style->quiet);
		jsonout_end(&j);
		if (!there)
			report_json_refused(&j, &r->refused[i - r->host_count],
			    1);
		jsonout_end(&j);
		jsonout_fini(&j);
		sink_puts(out, "\n");
	}
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/fleet_report.h"

#include "base/buf.h"
#include "base/limits.h"
#include "report/csv.h"
#include "report/laid_over.h"

/* One row for each installation, and one for a host without any. */
#define COLUMNS "state,verdict,found,name,domain,machine_guid,group," \
	"product,branch,release,build,kb,installed,genuine,complete," \
	"rerelease,fix,current,supported,ready,updates_behind," \
	"security_behind,cves,newest,supported_until,next,next_kb," \
	"signature_end,taken,windows,words,instruction,findings,accepted," \
	"why,file,newer," LAID_OVER_COLUMNS

static void
put_answers(struct csv *c, const struct fleet_row *row,
    const struct fleet_install *in)
{
	size_t q;

	for (q = 0; q < QUESTION_COUNT; q++) {
		bool host = in == NULL || q == ASK_FIX || q == ASK_READY;
		const struct answer a = { .question = (enum question)q,
		    .value = host ? row->answers[q].value :
		    in->answers[q].value };

		/* Nothing was asked of what is broken or missing. */
		csv_text(c, row->why != NULL || (q == ASK_READY &&
		    (row->asked & QUESTION_BIT(q)) == 0) ? NULL :
		    answer_word(&a));
	}
}

static const char *
id_of(const struct cat_release *r)
{
	return r != NULL ? r->id : NULL;
}

static void
put_install(struct csv *c, const struct fleet_install *in)
{
	csv_text(c, in->product != NULL ? in->product->id : NULL);
	csv_text(c, in->branch != NULL ? in->branch->id : NULL);
	csv_text(c, id_of(in->release));
	csv_version(c, in->build);
	csv_text(c, in->kb);
}

static void
put_way(struct csv *c, const struct fleet_install *in)
{
	csv_number(c, in->counted, in->updates);
	csv_number(c, in->counted, in->security);
	csv_number(c, in->counted, in->cves);
	csv_text(c, id_of(in->newest));
	csv_day(c, in->supported_until);
	csv_text(c, id_of(in->next));
	csv_text(c, in->next != NULL ? in->next->kb : NULL);
}

/* Several in one cell stand apart by a space. */
static void
put_findings(struct csv *c, const struct fleet_row *row)
{
	struct buf b;
	size_t i;

	buf_init(&b, TEXT_MAX);
	for (i = 0; i < row->finding_count; i++)
		buf_printf(&b, "%s%s", i != 0 ? " " : "",
		    rule_get(row->findings[i].rule)->code);
	csv_text(c, buf_text(&b));
	buf_fini(&b);
}

static void
put_accepted(struct csv *c, const struct fleet *f,
    const struct fleet_row *row)
{
	char day[INSTANT_TEXT];
	struct buf b;
	size_t i;

	buf_init(&b, TEXT_MAX);
	for (i = 0; i < row->accepted_count; i++) {
		const struct fleet_accept *a = row->accepted[i];

		buf_printf(&b, "%s%s %s %s: %s", i != 0 ? "; " : "", a->item,
		    fleet_ran_out(a, f->at) ? "ran out on" : "until",
		    instant_format_day(a->until - 1, day), a->why);
	}
	csv_text(c, buf_text(&b));
	buf_fini(&b);
}

static void
put_row(struct csv *c, const struct fleet *f, const struct fleet_row *row,
    const struct fleet_install *in)
{
	static const struct fleet_install none = {
	    .supported_until = INSTANT_NONE };
	const struct fleet_install *some = in != NULL ? in : &none;

	csv_text(c, fleet_state_name(row->state));
	csv_text(c, verdict_name(row->verdict));
	csv_text(c, verdict_name(row->found));
	csv_text(c, row->name);
	csv_text(c, row->domain);
	csv_text(c, row->guid);
	csv_text(c, fleet_group_of(f, row));
	put_install(c, some);
	put_answers(c, row, in);
	put_way(c, some);
	csv_instant(c, row->signature_end);
	csv_instant(c, row->taken);
	csv_text(c, row->windows);
	csv_text(c, row->words);
	csv_text(c, row->instruction);
	put_findings(c, row);
	put_accepted(c, f, row);
	csv_text(c, row->why);
	csv_text(c, row->file);
	csv_text(c, row->newer);
	laid_over_cells(f->catalogue, in != NULL ? &in->rests : &row->rests,
	    c);
	csv_end(c);
}

static void
csv_write(struct fleet_writer *w)
{
	const struct fleet *f = w->fleet;
	struct csv c;
	size_t i, k;

	csv_head(&c, w->out, COLUMNS);
	for (i = 0; i < f->count; i++) {
		const struct fleet_row *row = f->rows[i];

		if (row->install_count == 0)
			put_row(&c, f, row, NULL);
		for (k = 0; k < row->install_count; k++)
			put_row(&c, f, row, &row->installs[k]);
	}
}

const struct fleet_format fleet_csv = { NULL, NULL, csv_write };

void
scan_csv(const struct report *r, const struct report_style *style,
    struct sink *out)
{
	fleet_of_scan(&fleet_csv, r, style, out);
}

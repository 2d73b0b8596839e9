/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/advice.h"
#include "report/csv.h"
#include "report/laid_over.h"
#include "report/which.h"

/* One row for each release that answers, and one for a question that none
 * does. RELATION is what a KB that is none of Exchange is to the question. */
#define COLUMNS "query,kind,match,release,name,revision,build,kb,date," \
	"product,branch,replace,replace_by,current,next,supported_until," \
	"package,relation,note,mail,hop," LAID_OVER_COLUMNS

static void
put_question(struct csv *c, const struct query_answer *a)
{
	csv_text(c, a != NULL ? a->query : NULL);
	csv_text(c, a != NULL ? query_kind_name(a->kind) : NULL);
	csv_text(c, query_match_name(a != NULL ? a->match : QUERY_NONE));
}

static void
put_rest(struct csv *c, const struct which_report *report,
    const struct which_question *q, const struct standing *s,
    const char *relation)
{
	const struct query_answer *a = q->answer;
	struct rests rests = { .count = 0 };

	csv_text(c, a != NULL ? a->package : NULL);
	csv_text(c, relation);
	csv_text(c, a != NULL ? a->note : NULL);
	csv_text(c, q->mail);
	csv_number(c, q->hop != NULL, q->number);
	if (s != NULL)
		rests_on_standing(&rests, s);
	laid_over_cells(report->catalogue, &rests, c);
	rests_fini(&rests);
	csv_end(c);
}

static void
put_release(struct csv *c, const struct which_report *report,
    const struct which_question *q, const struct standing *s)
{
	const struct cat_release *r = s->release;
	enum cat_force force = catalogue_force_at(r, s->at);

	put_question(c, q->answer);
	csv_text(c, r->id);
	csv_text(c, r->name);
	csv_number(c, true, r->revision);
	csv_version(c, r->build);
	csv_text(c, r->kb);
	csv_text(c, r->date);
	csv_text(c, r->product->id);
	csv_text(c, r->branch->id);
	csv_text(c, force == CAT_KEEP ? "keep" : cat_force_name(force));
	csv_text(c, force != CAT_KEEP && r->replace.by != NULL ?
	    r->replace.by->id : NULL);
	csv_text(c, standing_current_name(s->current));
	csv_text(c, s->way.step != WAY_NONE ? s->way.to->id : NULL);
	csv_day(c, s->until);
	put_rest(c, report, q, s, NULL);
}

/* What is no release: a KB by itself. */
static void
put_kb(struct csv *c, const struct which_report *report,
    const struct which_question *q, const char *name, const char *kb,
    const char *by, const char *relation)
{
	size_t i;

	put_question(c, q->answer);
	csv_text(c, NULL);
	csv_text(c, name);
	csv_text(c, NULL);
	csv_text(c, NULL);
	csv_text(c, kb);
	for (i = 0; i < 4; i++)
		csv_text(c, NULL);
	csv_text(c, by);
	for (i = 0; i < 3; i++)
		csv_text(c, NULL);
	put_rest(c, report, q, NULL, relation);
}

static void
put_answer(struct csv *c, const struct which_report *r,
    const struct which_question *q)
{
	const struct query_answer *a = q->answer;
	size_t i, n = 0;

	for (i = 0; a != NULL && i < a->release_count; i++, n++)
		put_release(c, r, q, r->standings[a->releases[i]->index]);
	for (i = 0; a != NULL && i < a->update_count; i++, n++)
		put_kb(c, r, q, a->updates[i]->product,
		    a->updates[i]->original, a->updates[i]->rerelease,
		    "re-released");
	for (i = 0; a != NULL && i < a->mitigation_count; i++, n++) {
		const struct query_mitigation *m = &a->mitigations[i];

		put_kb(c, r, q, m->mitigation->id, m->carrier != NULL ?
		    m->carrier->kb : m->related->kb, NULL, m->carrier != NULL ?
		    "carrier" : m->related->relation);
	}
	if (a != NULL && a->other != NULL) {
		put_kb(c, r, q, a->other->product, a->other->kb, NULL,
		    "other");
		n++;
	}
	if (n == 0)
		put_kb(c, r, q, NULL, NULL, NULL, NULL);
}

void
which_csv(const struct which_report *r, const struct report_style *style,
    struct sink *out)
{
	struct csv c;
	size_t i;

	(void)style;
	csv_head(&c, out, COLUMNS);
	for (i = 0; i < r->count; i++)
		put_answer(&c, r, &r->questions[i]);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/fleet_report.h"

struct report
fleet_report_of(const struct fleet_writer *w)
{
	const struct fleet *f = w->fleet;

	return (struct report){ .version = f->version, .at = f->at,
	    .catalogue = f->catalogue, .cat = f->cat };
}

static void
begin(struct fleet_writer *w)
{
	if (!w->begun && w->format->begin != NULL)
		w->format->begin(w);
	w->begun = true;
}

void
fleet_put_host(struct fleet_writer *w, struct fleet_row *row,
    const struct report_host *h)
{
	begin(w);
	if (w->fleet->count == 0)
		w->first = h;
	w->judged = true;
	if (w->format->host != NULL)
		w->format->host(w, h);
	fleet_add(w->fleet, row);
}

void
fleet_put_broken(struct fleet_writer *w, struct fleet_row *row)
{
	fleet_add(w->fleet, row);
}

/* Was nothing asked about one result that a scan does not say? That it is of
 * a day to come, none says. */
static bool
is_alone(const struct fleet *f)
{
	return f->count == 1 && f->server_count == 0 && f->accept_count == 0 &&
	    !f->has_max_age && f->grouping == FLEET_BY_LIST &&
	    f->rows[0]->state != FLEET_OLD;
}

bool
fleet_emit(const struct fleet_format *format, const struct fleet_result *r,
    const struct report_style *style, struct sink *out)
{
	struct fleet_writer w = { .out = out, .fleet = r->fleet,
	    .format = format, .style = *style };

	r->run(r->ctx, &w);
	if (!w.judged && r->fleet->server_count == 0)
		return false;
	begin(&w);
	w.alone = is_alone(r->fleet);
	fleet_conclude(r->fleet);
	format->end(&w);
	return true;
}

void
fleet_of_scan(const struct fleet_format *format, const struct report *r,
    const struct report_style *style, struct sink *out)
{
	struct fleet f = { .version = r->version, .at = r->at,
	    .now = INSTANT_UNLIMITED,	/* the clock of the scan is ours */
	    .catalogue = r->catalogue, .cat = r->cat,
	    .catalogue_max = r->catalogue_max };
	struct fleet_writer w = { .out = out, .fleet = &f, .format = format,
	    .style = *style };
	size_t i;

	for (i = 0; i < r->host_count; i++)
		fleet_put_host(&w, fleet_row_of(&f, &r->hosts[i],
		    r->hosts[i].root), &r->hosts[i]);
	for (i = 0; i < r->refused_count; i++)
		fleet_put_broken(&w, fleet_row_broken(r->refused[i].root,
		    r->refused[i].why));
	w.alone = is_alone(&f);
	fleet_conclude(&f);
	format->end(&w);
	fleet_fini(&f);
}

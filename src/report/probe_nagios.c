/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/limits.h"
#include "report/answered.h"
#include "report/laid_over.h"
#include "report/nagios.h"
#include "report/probe.h"

static unsigned
state_of(const struct probe_answer *a)
{
	if (a->error != NULL)
		return NAGIOS_UNKNOWN;
	/* A build that the catalogue does not have. */
	if (a->found != NULL && a->found->release_count == 0 &&
	    a->found->service == NULL && !a->conflict)
		return NAGIOS_WARNING;
	return nagios_state(a->verdict);
}

static void
put_found(struct sink *out, const struct query_answer *f,
    const struct standing *s)
{
	char v[VERSION_TEXT];
	struct buf b;

	sink_printf(out, "%s  ", version_format(f->build, v));
	if (f->service != NULL)
		sink_puts(out, f->service);
	else if (f->release_count == 0)
		sink_puts(out, "an unknown build");
	else {
		nagios_text(out, f->releases[0]->name);
		sink_puts(out, f->releases[0]->original[0] != '\0' ?
		    " (original)" : "");
	}
	if (f->service == NULL && f->release_count != 0 &&
	    f->releases[0]->overlay != NULL)
		sink_printf(out, ", by overlay %s",
		    f->releases[0]->overlay->name);
	if (f->release_count > 1)
		sink_puts(out, ", or another");
	if (f->release_count != 1)
		return;
	buf_init(&b, NAGIOS_MAX_LINE);
	answered_words(&b, s);
	nagios_text(out, buf_text(&b));
	buf_fini(&b);
}

static void
put_answer(struct sink *out, const struct probe_answer *a)
{
	nagios_text(out, a->query);
	sink_puts(out, "  ");
	if (a->error != NULL) {
		sink_puts(out, "no answer: ");
		nagios_text(out, a->error);
	} else if (a->conflict)
		sink_puts(out, "its numbers contradict each other");
	else if (a->found == NULL)
		sink_puts(out, "no build in its answers");
	else
		put_found(out, a->found, a->standings);
}

static void
raise_to(size_t *most, size_t n)
{
	if (n > *most)
		*most = n;
}

/* What the host that lacks most does, of those whose release is told. */
static void
put_numbers(struct sink *out, const struct probe_report *r)
{
	size_t i, updates = 0, security = 0, cves = 0;
	bool known = false;

	for (i = 0; i < r->count; i++) {
		const struct probe_answer *a = &r->answers[i];
		const struct way *w;

		if (a->error != NULL || a->conflict || a->found == NULL ||
		    a->found->match != QUERY_EXACT ||
		    a->found->release_count != 1 ||
		    a->standings[0].current == STANDING_UNKNOWN)
			continue;
		w = &a->standings[0].way;
		known = true;
		raise_to(&updates, w->updates);
		raise_to(&security, w->security);
		raise_to(&cves, w->cve_count);
	}
	nagios_number(out, "behind", known, (int64_t)updates, ";;;0");
	nagios_number(out, "security_behind", known, (int64_t)security,
	    ";0;;0");
	nagios_number(out, "cves", known, (int64_t)cves, ";0;;0");
}

void
probe_nagios(const struct probe_report *r, const struct report_style *style,
    struct sink *out)
{
	size_t i, answered = 0, worst = 0;

	/* UNKNOWN is the worst, as it is of the exit codes. */
	for (i = 0; i < r->count; i++) {
		answered += r->answers[i].error == NULL;
		if (state_of(&r->answers[i]) > state_of(&r->answers[worst]))
			worst = i;
	}
	sink_printf(out, "%s: ", nagios_word(state_of(&r->answers[worst])));
	put_answer(out, &r->answers[worst]);
	sink_puts(out, " |");
	put_numbers(out, r);
	nagios_number(out, "hosts", true, (int64_t)r->count, ";;;0");
	nagios_number(out, "answered", true, (int64_t)answered, ";;;0");
	nagios_catalogue_age(out, r->catalogue, r->at, -1);
	sink_puts(out, "\n");
	for (i = 0; i < r->count && r->count > 1 && !style->quiet; i++) {
		sink_printf(out, "%s: ",
		    nagios_word(state_of(&r->answers[i])));
		put_answer(out, &r->answers[i]);
		sink_puts(out, "\n");
	}
	if (!style->quiet)
		laid_over_nagios(r->catalogue, out);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/nagios.h"
#include "report/probe.h"

static unsigned
state_of(const struct probe_answer *a)
{
	if (a->error != NULL || a->conflict)
		return NAGIOS_UNKNOWN;
	return a->match.kind == CAT_MATCH_NONE ? NAGIOS_WARNING : NAGIOS_OK;
}

static void
put_answer(struct sink *out, const struct probe_answer *a)
{
	char v[VERSION_TEXT];

	nagios_text(out, a->query);
	sink_puts(out, "  ");
	if (a->error != NULL) {
		sink_puts(out, "no answer: ");
		nagios_text(out, a->error);
	} else if (a->conflict)
		sink_puts(out, "its numbers contradict each other");
	else if (!version_known(a->build))
		sink_puts(out, "no build in its answers");
	else {
		sink_printf(out, "%s  ", version_format(a->build, v));
		if (a->match.count == 0)
			sink_puts(out, "an unknown build");
		else
			nagios_text(out, a->match.releases[0]->name);
		if (a->match.count > 1)
			sink_puts(out, ", or another");
	}
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
}

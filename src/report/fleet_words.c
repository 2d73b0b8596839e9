/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/fleet_words.h"

enum severity
fleet_verdict_at(size_t n)
{
	static const enum severity order[FLEET_VERDICTS] = {
		SEV_REQUIRED, SEV_UNDETERMINED, SEV_ADVISED, SEV_NOTE,
	};

	return n < FLEET_VERDICTS ? order[n] : SEV_UNKNOWN;
}

const char *
fleet_verdict_words(enum severity s)
{
	switch (s) {
	case SEV_REQUIRED:
		return "action required";
	case SEV_ADVISED:
		return "action advised";
	case SEV_NOTE:
		return "nothing to do";
	case SEV_UNDETERMINED:
	case SEV_UNKNOWN:
		break;
	}
	return "undetermined";
}

void
fleet_put_verdicts(struct buf *b, const size_t *verdicts)
{
	const char *between = "";
	size_t i;

	for (i = 0; i < FLEET_VERDICTS; i++) {
		enum severity s = fleet_verdict_at(i);

		if (verdicts[s] == 0)
			continue;
		buf_printf(b, "%s%zu %s", between, verdicts[s],
		    fleet_verdict_words(s));
		between = ", ";
	}
}

void
fleet_put_count(struct buf *b, size_t n, const char *what)
{
	buf_printf(b, "%zu %s%s", n, what, n == 1 ? "" : "s");
}

void
fleet_put_hosts(struct buf *b, const struct fleet *f)
{
	fleet_put_count(b, f->count - f->states[FLEET_SUPERSEDED], "host");
	buf_puts(b, ": ");
	fleet_put_verdicts(b, f->verdicts);
}

/* Does an acceptance of ROW hold? */
static bool
has_accepted(const struct fleet *f, const struct fleet_row *row)
{
	size_t i;

	for (i = 0; i < row->accepted_count; i++)
		if (!fleet_ran_out(row->accepted[i], f->at))
			return true;
	return false;
}

const char *
fleet_accepted_words(const struct fleet *f, const struct fleet_row *row)
{
	if (!has_accepted(f, row))
		return NULL;
	return row->verdict == SEV_NOTE && row->found != SEV_NOTE ?
	    "accepted" : "in part accepted";
}

void
fleet_put_rests(struct buf *b, const struct fleet_row *row)
{
	size_t i;

	for (i = 0; i < row->rests.count; i++)
		buf_printf(b, "%sby overlay %s", i == 0 ? "  (" : ", ",
		    row->rests.by[i]);
	if (row->rests.count != 0)
		buf_puts(b, ")");
}

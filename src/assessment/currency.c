/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/judge.h"
#include "base/alloc.h"

#include <stdlib.h>

/* Is the installed release the newest of its branch, and still supported? */

static enum severity
currency_severity(const struct judge *j)
{
	return j->opt->require_current ? SEV_ADVISED : SEV_NOTE;
}

static void
add_available(struct judge *j, struct assess_exchange *x,
    const struct cat_release *latest)
{
	struct finding *f;
	struct buf b;

	buf_init(&b, DETAIL_MAX);
	put_release(&b, latest);
	f = judge_add(j, RULE_UPDATE_AVAILABLE, "The newest update of %s is "
	    "%s of %s.", x->branch->id, buf_text(&b), latest->date);
	f->severity = currency_severity(j);
	f->sources = latest->sources;
	finding_install(f, latest->kb);
	finding_action(f, "install %s", buf_text(&b));
	finding_evidence(f, x->ex->exsetup.ev);
	buf_fini(&b);
}

static instant
support_end(const struct assess_exchange *x)
{
	if (x->branch != NULL)
		return catalogue_support_end(x->branch);
	return x->ex->product != NULL ? x->ex->product->support_end :
	    INSTANT_NONE;
}

static void
add_support(struct judge *j, struct assess_exchange *x)
{
	instant end = support_end(x);
	char day[INSTANT_TEXT];
	struct finding *f;

	if (!support_ended(end, j->opt->at))
		return;
	f = judge_add(j, RULE_SUPPORT_ENDED, "Support for %s%s%s ended on %s.",
	    x->ex->product != NULL ? x->ex->product->name : "this product",
	    x->branch != NULL ? " " : "", x->branch != NULL ?
	    x->branch->id : "", instant_format_day(end, day));
	f->severity = currency_severity(j);
	finding_evidence(f, x->ex->ev);
}

void
judge_currency(struct judge *j, struct assess_exchange *x)
{
	const struct cat_release *newer = NULL;
	char day[INSTANT_TEXT];
	struct buf b;

	if (x->release != NULL)
		newer = catalogue_newer(x->release, j->opt->at);
	if (newer != NULL)
		add_available(j, x, newer);
	add_support(j, x);
	buf_init(&b, DETAIL_MAX);
	if (x->release != NULL)
		put_currency(&b, x->release, j->opt->at);
	else {
		buf_puts(&b, "cannot say: the installed release is not known");
		if (support_ended(support_end(x), j->opt->at))
			buf_printf(&b, "; support ended on %s",
			    instant_format_day(support_end(x), day));
	}
	x->current = buf_take(&b);
}

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

static const struct cat_release *
newer_of_branch(const struct judge *j, const struct assess_exchange *x)
{
	const struct cat_release *latest;

	if (x->release == NULL || x->branch == NULL)
		return NULL;
	latest = catalogue_latest(x->branch, j->opt->at);
	if (latest == NULL ||
	    version_cmp(latest->build, x->release->build) <= 0)
		return NULL;
	return latest;
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

/* When support ended, of the branch or of the whole product. */
static instant
support_end(const struct assess_exchange *x)
{
	if (x->branch != NULL && x->branch->support_end != INSTANT_NONE)
		return x->branch->support_end;
	if (x->ex->product != NULL)
		return x->ex->product->support_end;
	return INSTANT_NONE;
}

static bool
add_support(struct judge *j, struct assess_exchange *x)
{
	instant end = support_end(x);
	char day[INSTANT_TEXT];
	struct finding *f;

	/* The day itself is still supported. */
	if (end == INSTANT_NONE || j->opt->at < end + 86400)
		return false;
	f = judge_add(j, RULE_SUPPORT_ENDED, "Support for %s%s%s ended on %s.",
	    x->ex->product != NULL ? x->ex->product->name : "this product",
	    x->branch != NULL ? " " : "", x->branch != NULL ?
	    x->branch->id : "", instant_format_day(end, day));
	f->severity = currency_severity(j);
	finding_evidence(f, x->ex->ev);
	return true;
}

void
judge_currency(struct judge *j, struct assess_exchange *x)
{
	const struct cat_release *latest = newer_of_branch(j, x);
	char day[INSTANT_TEXT];
	bool ended;
	struct buf b;

	if (latest != NULL)
		add_available(j, x, latest);
	ended = add_support(j, x);
	buf_init(&b, DETAIL_MAX);
	if (x->release == NULL)
		buf_puts(&b, "cannot say: the installed release is not known");
	else if (latest != NULL) {
		buf_printf(&b, "no: the newest of %s is ", x->branch->id);
		put_release(&b, latest);
		buf_printf(&b, ", %s", latest->date);
	} else
		buf_printf(&b, "yes: the newest of %s in this catalogue",
		    x->branch != NULL ? x->branch->id : "its branch");
	if (ended)
		buf_printf(&b, "; support ended on %s",
		    instant_format_day(support_end(x), day));
	x->current = buf_take(&b);
}

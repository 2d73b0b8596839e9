/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/obligations.h"

/* Is the installed release the newest of its branch, and still supported? */

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
	finding_evidence(f, x->ex->ev);
}

/* The release has to be known, and its build in the catalogue. */
unsigned
current_release(struct ask *a)
{
	if (a->x->release != NULL)
		return ANSWER_STRUCK;
	lack(a, version_known(a->x->newer) ?
	    "the catalogue is older than the installed build" :
	    "the installed release is not known");
	return CURRENT_UNKNOWN;
}

/* Is it the last of its product, and the product at its end? */
static bool
is_final(const struct judge *j, const struct cat_release *r)
{
	return catalogue_newest(j->cat, r->product) == r &&
	    support_ended(r->product->support_end, j->opt->at);
}

unsigned
current_newer(struct ask *a)
{
	const struct cat_release *r = a->x->release;

	if (r == NULL)
		return ANSWER_STRUCK;
	if (catalogue_newer(r, a->j->opt->at) != NULL)
		return CURRENT_BEHIND;
	return is_final(a->j, r) ? CURRENT_FINAL : CURRENT_YES;
}

unsigned
supported_branch(struct ask *a)
{
	instant end = support_end(a->x);

	if (end == INSTANT_NONE) {
		lack(a, "no end of support is known");
		return SUPPORTED_UNKNOWN;
	}
	prove(a, a->x->ex->ev);
	return support_ended(end, a->j->opt->at) ? SUPPORTED_ENDED :
	    SUPPORTED_YES;
}

/* "the newest of SP2 is Update Rollup 8 (KB2903903), 2013-12-10". */
static void
word_current(struct judge *j, struct assess_exchange *x)
{
	struct answer *a = &x->answers[ASK_CURRENT];
	const struct cat_release *newer;
	struct buf b;

	if (x->release == NULL) {
		answer_text(a, "%s", a->lacks[0]);
		return;
	}
	newer = catalogue_newer(x->release, j->opt->at);
	if (newer == NULL) {
		answer_text(a, "%s is the newest of %s", x->release->label,
		    x->release->branch->id);
		return;
	}
	buf_init(&b, DETAIL_MAX);
	put_release(&b, newer);
	answer_text(a, "the newest of %s is %s, %s", x->release->branch->id,
	    buf_text(&b), newer->date);
	buf_fini(&b);
}

static void
word_supported(struct assess_exchange *x)
{
	struct answer *a = &x->answers[ASK_SUPPORTED];
	char day[INSTANT_TEXT];

	if (a->value == SUPPORTED_UNKNOWN)
		answer_text(a, "%s", a->lacks[0]);
	else
		answer_text(a, "%s%s %s on %s", x->ex->product != NULL ?
		    x->ex->product->name : "this product", x->branch != NULL &&
		    x->branch->support_end != INSTANT_NONE ? " branch" : "",
		    a->value == SUPPORTED_ENDED ? "ended" : "ends",
		    instant_format_day(support_end(x), day));
}

void
judge_currency(struct judge *j, struct assess_exchange *x)
{
	const struct cat_release *newer = NULL;

	ask(j, x, ASK_CURRENT, &x->answers[ASK_CURRENT]);
	ask(j, x, ASK_SUPPORTED, &x->answers[ASK_SUPPORTED]);
	if (x->release != NULL)
		newer = catalogue_newer(x->release, j->opt->at);
	if (newer != NULL)
		add_available(j, x, newer);
	add_support(j, x);
	word_current(j, x);
	word_supported(x);
}

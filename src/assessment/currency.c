/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/currency.h"
#include "assessment/obligations.h"
#include "catalogue/standing.h"

/*
 * Is anything newer to be had for the installed release, and is its branch
 * supported? What is counted is in struct way; lines are made of the same
 * fields as the result.
 */

/* ------------------------------------------------------------ obligations */

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

/* A service pack of before 2007 is proven by its Setup key; what is on top of
 * it leaves no build. */
unsigned
current_newer(struct ask *a)
{
	const struct cat_release *r = a->x->release;
	struct buf b;

	if (r == NULL)
		return ANSWER_STRUCK;
	if (a->x->way.newest != NULL && !r->product->has_exsetup) {
		lack(a, "which updates are on top of %s cannot be told",
		    r->label);
		return CURRENT_UNKNOWN;
	}
	if (a->x->way.newest != NULL)
		return CURRENT_BEHIND;
	if (standing_is_early(r, a->j->opt->at)) {
		buf_init(&b, DETAIL_MAX);
		put_early(&b, r);
		lack(a, "%s", buf_text(&b));
		buf_fini(&b);
		return CURRENT_UNKNOWN;
	}
	/* To be behind takes less. */
	if (a->x->answers[ASK_INSTALLED].value != INSTALLED_PROVEN) {
		lack(a, "which release is installed is not proven");
		return CURRENT_UNKNOWN;
	}
	return standing_is_final(a->j->cat, r, a->j->opt->at) ?
	    CURRENT_FINAL : CURRENT_YES;
}

/* Nothing newer may only be said by a catalogue that would know. What is
 * already behind stays behind. */
unsigned
current_catalogue(struct ask *a)
{
	char day[INSTANT_TEXT];

	if (a->x->release == NULL || a->x->way.newest != NULL)
		return ANSWER_STRUCK;
	if (a->x->age != CAT_STALE)
		return CURRENT_YES;
	lack(a, "this catalogue knows updates only up to %s",
	    instant_format_day(catalogue_info(a->j->cat)->known_until, day));
	return CURRENT_UNKNOWN;
}

/* The release is named; or what runs was read, of whatever build, and is of no
 * other base than the records. */
static bool
is_branch_sure(const struct assess_exchange *x)
{
	const struct witnesses *w = x->w;

	return x->release != NULL || (x->ex->exsetup.state == EV_PRESENT &&
	    w->ahead == NULL && (w->base == NULL || w->running == NULL ||
	    w->base->branch == w->running->branch));
}

unsigned
supported_branch(struct ask *a)
{
	const struct assess_exchange *x = a->x;

	if (x->until == INSTANT_NONE) {
		lack(a, "no end of support is known");
		return SUPPORTED_UNKNOWN;
	}
	prove(a, x->ex->ev);
	if (!support_ended(x->until, a->j->opt->at) && !is_branch_sure(x)) {
		lack(a, "which base is installed is not known");
		return SUPPORTED_UNKNOWN;
	}
	if (!support_ended(x->until, a->j->opt->at))
		return x->program != NULL ? SUPPORTED_EXTENDED :
		    SUPPORTED_YES;
	return SUPPORTED_ENDED;
}

/* --------------------------------------------------------------- findings */

static void
add_missing(struct judge *j, struct assess_exchange *x)
{
	const struct way *w = &x->way;
	struct finding *f;
	struct buf b;
	size_t i;

	if (w->newest == NULL || !x->release->product->has_exsetup)
		return;
	buf_init(&b, DETAIL_MAX);
	put_advance(&b, w, x->release);
	buf_puts(&b, ".\nBehind by ");
	put_behind(&b, w);
	put_beside(&b, w);
	buf_puts(&b, ".");
	for (i = 0; i < w->cve_count; i++)
		buf_printf(&b, "%s%s", i == 0 ? "\nCured on the way: " : ", ",
		    w->cves[i]);
	if (w->to != NULL && w->step != WAY_NEW_SERVER)
		put_install_run(&b, j, w->to, x->ex->is_x86);
	f = judge_add(j, w->security != 0 ? RULE_SECURITY_MISSING :
	    RULE_UPDATE_AVAILABLE, "%s", buf_text(&b));
	f->sources = w->newest->sources;
	if (w->to != NULL)
		finding_install(f, w->to->kb);
	if (w->then != NULL)
		finding_install(f, w->then->kb);
	finding_evidence(f, x->ex->exsetup.ev);
	buf_fini(&b);
}

/* What curing some of the CVEs takes beside the update: it alone is not
 * enough. */
static void
add_needs(struct judge *j, struct assess_exchange *x)
{
	const struct cat_need *need;
	size_t i, k, m, n = catalogue_needs(j->cat, &need), told;
	const struct cat_release *r;
	struct finding *f;
	struct buf b;

	for (i = 0; i < n; i++) {
		buf_init(&b, DETAIL_MAX);
		for (k = 0, told = 0; k < need[i].cve_count; k++)
			for (m = 0; m < x->branch->release_count; m++) {
				r = x->branch->releases[m];
				if (!release_cures(r, need[i].cves[k]))
					continue;
				buf_printf(&b, "%s%s", told++ != 0 ? ", " : "",
				    need[i].cves[k]);
				break;
			}
		if (told != 0) {
			f = judge_add(j, RULE_CVE_NEEDS, "%s: the update alone "
			    "does not cure %s. It also takes: %s",
			    x->branch->id, buf_text(&b), need[i].text);
			f->sources = need[i].sources;
		}
		buf_fini(&b);
	}
}

/* The revision of R that need not be replaced. */
static const struct cat_release *
kept(const struct cat_release *r)
{
	while (r != NULL && r->replace.force == CAT_REQUIRED)
		r = r->replace.by;
	return r;
}

static void
add_issue(struct judge *j, struct assess_exchange *x,
    const struct cat_issue *issue, const struct cat_release *r, bool is_next)
{
	const struct cat_release *cure = kept(issue_cure(j->cat, issue, r));
	struct finding *f;
	struct buf b;
	size_t i;

	buf_init(&b, DETAIL_MAX);
	buf_printf(&b, "%s has a known issue: %s", r->label, issue->text);
	for (i = 0; i < issue->kb_count; i++)
		buf_printf(&b, "%s%s", i == 0 ? " See " : ", ", issue->kbs[i]);
	if (i != 0)
		buf_puts(&b, ".");
	if (cure != NULL && cure->released <= j->opt->at) {
		buf_puts(&b, " Cured by ");
		put_release(&b, cure);
		buf_puts(&b, " and later.");
	} else
		buf_puts(&b, " No update that cures it is known.");
	f = judge_add(j, RULE_KNOWN_ISSUE, "%s%s", is_next ?
	    "What is to be installed next: " : "", buf_text(&b));
	f->sources = issue->sources;
	finding_evidence(f, x->ex->exsetup.ev);
	buf_fini(&b);
}

/* Known issues of what is installed, and of what it is to become. */
static void
add_issues(struct judge *j, struct assess_exchange *x)
{
	const struct cat_release *next = x->way.then != NULL ? x->way.then :
	    x->way.to;
	const struct cat_issue *issue;
	size_t i, n = catalogue_issues(j->cat, &issue);

	for (i = 0; i < n; i++)
		if (issue_concerns(j->cat, &issue[i], x->release,
		    j->opt->at))
			add_issue(j, x, &issue[i], x->release, false);
		else if (next != NULL && x->way.step != WAY_NEW_SERVER &&
		    issue_concerns(j->cat, &issue[i], next, j->opt->at))
			add_issue(j, x, &issue[i], next, true);
}

static void
add_stale(struct judge *j, struct assess_exchange *x)
{
	char day[INSTANT_TEXT];

	if (x->age != CAT_STALE || x->release == NULL)
		return;
	(void)judge_add(j, RULE_CATALOGUE_STALE, "This catalogue knows "
	    "updates only up to %s; since then the days for two months' "
	    "updates have passed. Refresh it "
	    "(\"rollcall catalogue update\"), and judge again.",
	    instant_format_day(catalogue_info(j->cat)->known_until, day));
}

static void
add_support(struct judge *j, struct assess_exchange *x)
{
	struct finding *f;
	struct buf b;

	if (x->answers[ASK_SUPPORTED].value != SUPPORTED_ENDED)
		return;
	buf_init(&b, DETAIL_MAX);
	put_ends(&b, x->ex->product, x->branch, x->until, j->opt->at);
	f = judge_add(j, RULE_SUPPORT_ENDED, "Support of %s.", buf_text(&b));
	if (x->branch != NULL)
		f->sources = x->branch->support_sources;
	finding_evidence(f, x->ex->ev);
	buf_fini(&b);
}

/* --------------------------------------------------------------- the lines */

static void
word_current(struct judge *j, struct assess_exchange *x)
{
	struct answer *a = &x->answers[ASK_CURRENT];
	struct buf b;

	if (a->value == CURRENT_UNKNOWN) {
		answer_text(a, "%s", a->lacks[0]);
		/* Of a newer build "rerelease" says so. */
		if (a->stale && !version_known(x->newer))
			answer_action(a, "refresh the catalogue with "
			    "\"rollcall catalogue update\": it knows updates "
			    "only up to a day that is too long ago");
		return;
	}
	buf_init(&b, DETAIL_MAX);
	if (a->value == CURRENT_BEHIND) {
		put_behind(&b, &x->way);
		put_beside(&b, &x->way);
	} else if (a->value == CURRENT_FINAL)
		buf_printf(&b, "%s is the last of %s", x->release->label,
		    x->release->product->name);
	else
		buf_printf(&b, "%s is the newest of %s", x->release->label,
		    x->release->branch->id);
	put_as_of(&b, catalogue_info(j->cat)->known_until, x->age);
	answer_text(a, "%s", buf_text(&b));
	buf_fini(&b);
}

/* "8 updates behind, 7 of them security: install ...". */
static void
act_on_current(struct assess_exchange *x)
{
	struct answer *a = &x->answers[ASK_CURRENT];
	struct buf b;

	if (a->value != CURRENT_BEHIND)
		return;
	buf_init(&b, DETAIL_MAX);
	put_advance(&b, &x->way, x->release);
	answer_action(a, "%s", buf_text(&b));
	buf_fini(&b);
}

/* Does the line of what is behind say which step is next? */
static bool
says_the_step(const struct judge *j, const struct assess_exchange *x)
{
	return x->answers[ASK_CURRENT].value == CURRENT_BEHIND &&
	    (j->a->asked & QUESTION_BIT(ASK_CURRENT)) != 0;
}

static void
word_supported(struct judge *j, struct assess_exchange *x)
{
	struct answer *a = &x->answers[ASK_SUPPORTED];
	char day[INSTANT_TEXT];
	struct buf b;

	if (a->value == SUPPORTED_UNKNOWN) {
		answer_text(a, "%s", a->lacks[0]);
		return;
	}
	buf_init(&b, DETAIL_MAX);
	if (a->value == SUPPORTED_EXTENDED)
		buf_printf(&b, "%s, until %s", x->program->name,
		    instant_format_day(x->until, day));
	else
		put_ends(&b, x->ex->product, x->branch, x->until,
		    j->opt->at);
	answer_text(a, "%s", buf_text(&b));
	if (a->value == SUPPORTED_ENDED && !says_the_step(j, x) &&
	    x->release != NULL && x->way.step != WAY_NONE) {
		buf_puts(&b, ": ");
		put_step(&b, &x->way, x->release);
	}
	if (a->value == SUPPORTED_ENDED)
		answer_action(a, "%s", buf_text(&b));
	buf_fini(&b);
}

/* ------------------------------------------------------------------ judging */

/* How long a security update that W lacks has been out at AT.
 * Units:   GRACE is days. */
static enum lateness
currency_lateness(const struct way *w, instant at, unsigned grace)
{
	if (w->security == 0)
		return LATE_NOT;
	return w->urgent || at >= w->security_since +
	    (instant)grace * 86400 ? LATE_BEYOND : LATE_WITHIN;
}

static enum severity
current_severity(const struct standing *s, unsigned grace)
{
	static const enum current answers[] = {
		[STANDING_UNKNOWN] = CURRENT_UNKNOWN,
		[STANDING_YES] = CURRENT_YES,
		[STANDING_FINAL] = CURRENT_FINAL,
		[STANDING_BEHIND] = CURRENT_BEHIND,
	};

	if (s->current == STANDING_BEHIND)
		return lateness_severity(currency_lateness(&s->way, s->at,
		    grace), s->age == CAT_STALE);
	return question_get(ASK_CURRENT)->answers[answers[
	    s->current]].severity;
}

static enum severity
supported_severity(const struct standing *s)
{
	enum supported answer = SUPPORTED_YES;

	if (s->until == INSTANT_NONE)
		answer = SUPPORTED_UNKNOWN;
	else if (support_ended(s->until, s->at))
		answer = SUPPORTED_ENDED;
	else if (s->program != NULL)
		answer = SUPPORTED_EXTENDED;
	return question_get(ASK_SUPPORTED)->answers[answer].severity;
}

static enum severity
rerelease_severity(const struct standing *s)
{
	static const enum rerelease answers[] = {
		[CAT_KEEP] = RERELEASE_NO,
		[CAT_ADVISED] = RERELEASE_ADVISED,
		[CAT_CONDITIONAL] = RERELEASE_CONDITIONAL,
		[CAT_REQUIRED] = RERELEASE_REQUIRED,
	};

	return question_get(ASK_RERELEASE)->answers[answers[
	    catalogue_force_at(s->release, s->at)]].severity;
}

enum severity
currency_severity(const struct standing *s, unsigned grace)
{
	return severity_worse(rerelease_severity(s), severity_worse(
	    current_severity(s, grace), supported_severity(s)));
}

/* The severity of being behind depends on by what, and for how long. */
static void
settle_current(const struct judge *j, struct assess_exchange *x)
{
	struct answer *a = &x->answers[ASK_CURRENT];

	a->stale = a->value == CURRENT_UNKNOWN && (version_known(x->newer) ||
	    (x->release != NULL && x->release->product->has_exsetup &&
	    (x->age == CAT_STALE ||
	    x->answers[ASK_INSTALLED].value == INSTALLED_PROVEN)));
	if (a->value != CURRENT_BEHIND)
		return;
	a->security = x->way.security != 0;
	a->stale = x->age == CAT_STALE;
	a->severity = lateness_severity(currency_lateness(&x->way,
	    j->opt->at, j->opt->grace), a->stale);
}

void
judge_currency(struct judge *j, struct assess_exchange *x)
{
	const struct standing_options o = { j->opt->at, j->opt->esu,
	    j->opt->has_max_age ? (int)j->opt->max_age : -1 };

	x->until = standing_support(j->cat, x->branch, x->ex->product, &o,
	    &x->program);
	x->age = standing_age(j->cat, x->branch != NULL ?
	    x->branch->product : x->ex->product, x->until, &o);
	if (x->release != NULL)
		way_find(j->cat, x->release, j->opt->at, j->opt->esu,
		    &x->way);
	ask(j, x, ASK_CURRENT, &x->answers[ASK_CURRENT]);
	ask(j, x, ASK_SUPPORTED, &x->answers[ASK_SUPPORTED]);
	settle_current(j, x);
	if (x->release != NULL) {
		add_missing(j, x);
		add_issues(j, x);
		add_needs(j, x);
	}
	add_stale(j, x);
	add_support(j, x);
	word_current(j, x);
	act_on_current(x);
	word_supported(j, x);
}

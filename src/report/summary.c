/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/summary.h"

#include <string.h>

static const char *
or_else(const char *text, const char *without)
{
	return text != NULL ? text : without;
}

void
summary_headline(struct buf *b, const struct report_host *h,
    const struct assess_exchange *x)
{
	const struct cat_release *r = x != NULL ? x->release : NULL;
	char v[VERSION_TEXT];

	buf_printf(b, "%s  ", or_else(h->inv->name, "(unnamed host)"));
	if (x == NULL) {
		buf_puts(b, or_else(h->inv->windows.name, "unknown Windows"));
		return;
	}
	if (r != NULL)
		buf_printf(b, "%s%s  %s%s%s", r->name,
		    r->original[0] != '\0' ? " (original)" : "",
		    version_format(r->build, v),
		    r->kb[0] != '\0' ? "  " : "", r->kb);
	else
		buf_printf(b, "%s, %s  %s",
		    x->ex->product != NULL ? x->ex->product->name :
		    "Exchange",
		    x->conflict ? "evidence in conflict" : "unknown build",
		    version_format(x->ex->exsetup.state == EV_PRESENT ?
		    x->ex->exsetup.version : x->ex->base, v));
	if (x->ex->is_x86)
		buf_puts(b, "  (32-bit)");
}

/* The text behind "not needed: ", for the line of a sound host. */
static const char *
after_colon(const char *line)
{
	const char *p = strstr(line, ": ");

	return p != NULL ? p + 2 : line;
}

const char *
summary_verdict(const struct assessment *a)
{
	switch (a->verdict) {
	case SEV_REQUIRED:
		return "ACTION REQUIRED";
	case SEV_UNDETERMINED:
		return "UNDETERMINED";
	case SEV_ADVISED:
		return "ACTION ADVISED";
	case SEV_NOTE:
		break;
	}
	return a->exchange_count != 0 ? "NOT AFFECTED" : "NO EXCHANGE";
}

const char *
summary_reason(const struct assessment *a)
{
	const struct finding *worst = &a->findings[0];

	if (a->verdict != SEV_NOTE)
		return or_else(worst->action, rule_get(worst->rule)->title);
	if (a->exchange_count != 0)
		return after_colon(a->exchange[0].rerelease);
	return "no Exchange product is installed on this Windows";
}

const char *
summary_target(enum target_answer answer)
{
	switch (answer) {
	case TARGET_READY:
		return "READY";
	case TARGET_BLOCKED:
		return "BLOCKED";
	case TARGET_UNKNOWN:
		break;
	}
	return "CANNOT TELL";
}

const char *
summary_without(const struct assessment *a)
{
	return a->verdict == SEV_UNDETERMINED ?
	    "cannot say: see the findings" :
	    "does not apply: no Exchange here";
}

/* ------------------------------------------------------------- one line */

static void
add_target(struct buf *b, const struct target_result *r)
{
	size_t i;

	buf_printf(b, "%s  ", summary_target(r->answer));
	if (r->answer == TARGET_READY)
		buf_printf(b, "%s may be installed next", r->release->name);
	for (i = 0; i < r->reason_count; i++)
		buf_printf(b, "%s%s", i != 0 ? "; " : "", r->reasons[i]);
	buf_puts(b, " | ");
}

static void
add_answers(struct buf *b, const char *rerelease, const char *fix,
    const char *current)
{
	buf_printf(b, " | RE-RELEASE %s | WINDOWS FIX %s | CURRENT %s",
	    rerelease, fix, current);
}

static void
add_host(struct buf *b, const struct report_host *h)
{
	const struct assessment *a = h->a;
	const char *without = summary_without(a);
	size_t i;

	if (h->targeted)
		add_target(b, &a->target);
	buf_printf(b, "%s  %s | ", summary_verdict(a), summary_reason(a));
	if (a->exchange_count == 0) {
		summary_headline(b, h, NULL);
		add_answers(b, without, a->fix_line, without);
	}
	for (i = 0; i < a->exchange_count; i++) {
		const struct assess_exchange *x = &a->exchange[i];

		if (i != 0)
			buf_puts(b, " | ");
		summary_headline(b, h, x);
		add_answers(b, x->rerelease, a->fix_line, x->current);
	}
}

void
summary_line(struct buf *b, const struct report *r)
{
	size_t i;

	for (i = 0; i < r->host_count; i++) {
		if (i != 0)
			buf_puts(b, " | ");
		add_host(b, &r->hosts[i]);
	}
}

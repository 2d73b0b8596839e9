/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/which.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"
#include "catalogue/words.h"
#include "report/answered.h"
#include "report/laid_over.h"
#include "report/layout.h"

#include <stdlib.h>
#include <string.h>

#define INDENT		6	/* of what a screen has no room for */
#define LIST_ROWS	20	/* of one question among others */

/* "Exchange 2010 SP2 Update Rollup 4 (original), 2012-08-13, KB2706690". */
static void
put_title(struct buf *b, const struct cat_release *r)
{
	size_t i;

	buf_printf(b, "%s%s", r->name, r->original[0] != '\0' ?
	    " (original)" : "");
	if (r->date[0] != '\0')
		buf_printf(b, ", %s", r->date);
	for (i = 0; i < r->kb_count; i++)
		buf_printf(b, ", %s", r->kbs[i]);
	put_overlay(b, r->overlay);
}

/* "Exchange 2010 SP2 Update Rollup 5 14.2.328.5". */
static void
put_neighbour(struct buf *b, const struct cat_release *r)
{
	char text[VERSION_TEXT];

	buf_printf(b, "%s%s %s", r->name, r->original[0] != '\0' ?
	    " (original)" : "", version_format(r->build, text));
	put_overlay(b, r->overlay);
}

static void
put_none(struct buf *b, const struct query_answer *a)
{
	if (a->kind == QUERY_PRODUCT_CODE) {
		buf_puts(b, a->note);
		return;
	}
	if (a->kind != QUERY_BUILD || !version_known(a->build)) {
		buf_puts(b, "not in the catalogue");
		return;
	}
	buf_puts(b, "no release has this build");
	if (a->below != NULL && a->above != NULL) {
		buf_puts(b, "; between ");
		put_neighbour(b, a->below);
		buf_puts(b, " and ");
		put_neighbour(b, a->above);
	} else if (a->below != NULL) {
		buf_puts(b, "; above ");
		put_neighbour(b, a->below);
	} else if (a->above != NULL) {
		buf_puts(b, "; below ");
		put_neighbour(b, a->above);
	}
}

static void
put_updates(struct buf *b, const struct query_answer *a)
{
	const struct cat_rereleased *u = a->updates[0];

	buf_printf(b, "an update of %s, re-released as %s on %s", u->product,
	    u->rerelease, u->date);
	if (a->update_count > 1)
		buf_printf(b, ", and %zu more", a->update_count - 1);
}

static void
put_mitigation(struct buf *b, const struct query_mitigation *m)
{
	if (m->carrier != NULL)
		buf_printf(b, "the Windows fix of %s against advisory %s, for "
		    "Windows %s", m->mitigation->file,
		    m->mitigation->advisory, m->carrier->windows);
	else
		buf_printf(b, "not the Windows fix of %s itself: %s",
		    m->mitigation->file, m->related->text);
}

static void
put_several(struct buf *b, const struct query_answer *a)
{
	size_t i, n = a->release_count;

	if (n > 3) {
		buf_printf(b, "%s%zu releases, ",
		    a->match == QUERY_RANGE ? "one of " : "", n);
		put_neighbour(b, a->releases[0]);
		buf_puts(b, " to ");
		put_neighbour(b, a->releases[n - 1]);
		return;
	}
	for (i = 0; i < n; i++) {
		buf_puts(b, i == 0 ? "" : a->match == QUERY_EXACT ?
		    " and " : " or ");
		put_neighbour(b, a->releases[i]);
	}
}

/* No more is proven than a release, and maybe something on top of it. */
static void
put_least(struct buf *b, const struct cat_release *r)
{
	if (!release_makes_branch(r))
		buf_puts(b, "at least ");
	buf_printf(b, "%s%s", r->name, r->original[0] != '\0' ?
	    " (original)" : "");
	put_overlay(b, r->overlay);
	if (release_makes_branch(r))
		buf_puts(b, "; which update is on top of it is not known");
}

/* What part of a release it is that was asked for. */
static void
put_part(struct buf *b, const struct query_answer *a)
{
	const char *file = a->component != NULL ? a->component->file :
	    a->file;

	if (a->match == QUERY_COMPONENT && file != NULL)
		buf_printf(b, "%s of ", file);
	else if (a->match == QUERY_COMPONENT)
		buf_puts(b, "carried by ");
}

static void
put_error(struct buf *b, const struct cat_error *e)
{
	if (e->number != 0)
		buf_printf(b, "error %u of Windows Installer%s%s%s",
		    (unsigned)e->number, e->name[0] != '\0' ? " (" : "",
		    e->name, e->name[0] != '\0' ? ")" : "");
	else
		buf_puts(b, "an error of Exchange setup");
}

/* "transport header of Exchange 2010 SP3, seen between Update Rollup 21 and
 * Update Rollup 22". */
static void
put_seen(struct buf *b, const struct query_answer *a)
{
	put_part(b, a);
	buf_printf(b, "%s %s, seen %s %s", a->below->product->name,
	    a->below->branch->id, a->above != NULL ? "between" : "after",
	    a->below->label);
	if (a->above != NULL)
		buf_printf(b, " and %s", a->above->label);
}

/* Does curing it take more than the update? */
static bool
needs_more(const struct which_report *r, const struct query_answer *a)
{
	return standing_need(r->cat, a->cves[0]) != NULL;
}

static void
put_answer(struct buf *b, const struct which_report *r,
    const struct query_answer *a)
{
	if (a->service != NULL)
		buf_printf(b, "%s: nothing to patch", a->service);
	else if (a->least != NULL)
		put_least(b, a->least);
	else if (a->match == QUERY_COMPONENT && a->below != NULL)
		put_seen(b, a);
	else if (a->release_count != 0) {
		if (a->kind == QUERY_CVE)
			buf_puts(b, needs_more(r, a) ? "needs more than an "
			    "update; the update is that of " : "cured by ");
		if (a->match == QUERY_RANGE && a->release_count == 1)
			buf_puts(b, "perhaps ");
		put_part(b, a);
		if (a->release_count == 1)
			put_title(b, a->releases[0]);
		else
			put_several(b, a);
	} else if (a->mitigation_count != 0)
		put_mitigation(b, &a->mitigations[0]);
	else if (a->update_count != 0)
		put_updates(b, a);
	else if (a->other != NULL)
		buf_printf(b, "no Exchange update: a package of %s, %s",
		    a->other->product, a->other->kb);
	else if (a->error != NULL)
		put_error(b, a->error);
	else if (a->file != NULL)
		buf_printf(b, "%s of no known release", a->file);
	else
		put_none(b, a);
}

static void
put_hop(struct buf *b, const struct which_question *q)
{
	buf_printf(b, "hop %zu of %zu, by %s: ", q->number, q->count,
	    q->hop->by[0] != '\0' ? q->hop->by : "(not named)");
	if (q->answer != NULL)
		buf_printf(b, "%s: ", q->answer->query);
	else
		buf_puts(b, "no Exchange build");
}

static const char *
state_words(enum standing_cve state)
{
	switch (state) {
	case STANDING_CVE_OPEN:
		return "open";
	case STANDING_CVE_CURED:
		return "cured";
	case STANDING_CVE_NEEDS:
		return "not cured by the update alone";
	case STANDING_CVE_UNKNOWN:
		break;
	}
	return "not known to be cured";
}

/* "; CVE-2024-49040 is open". */
static void
put_state(struct buf *b, const struct which_report *r,
    const struct query_answer *a)
{
	const struct cat_release *by;
	const struct cat_need *need;

	buf_printf(b, "; %s is %s", a->cves[0], state_words(standing_cve(
	    r->cat, r->standings[a->releases[0]->index], a->cves[0], &by,
	    &need)));
}

/* The line that comes first. */
static void
put_line(struct sink *out, const struct report_style *style,
    const struct which_report *r, const struct which_question *q, bool many)
{
	struct buf b;

	buf_init(&b, TEXT_MAX);
	if (q->hop != NULL)
		put_hop(&b, q);
	else if (many)
		buf_printf(&b, "%s: ", q->answer->query);
	if (q->answer != NULL)
		put_answer(&b, r, q->answer);
	if (q->answer != NULL && q->answer->kind != QUERY_CVE &&
	    q->answer->release_count == 1 && q->answer->cve_count == 1)
		put_state(&b, r, q->answer);
	layout_line(out, buf_text(&b), INDENT, style->screen);
	buf_fini(&b);
}

static void
put_build_row(struct sink *out, const struct report_style *style,
    const struct cat_release *r)
{
	char text[VERSION_TEXT];
	struct buf b;

	buf_init(&b, DETAIL_MAX);
	if (version_known(r->build))
		buf_printf(&b, "%s%s%s%s", version_format(r->build, text),
		    r->build_long[0] != '\0' ? " (" : "", r->build_long,
		    r->build_long[0] != '\0' ? ")" : "");
	else
		buf_puts(&b, "not known");
	answered_row(out, style, "BUILD", buf_text(&b));
	buf_fini(&b);
}

static void
put_packages(struct sink *out, const struct report_style *style,
    const struct cat_release *r)
{
	struct buf b;
	size_t i;

	for (i = 0; i < r->package_count; i++) {
		buf_init(&b, DETAIL_MAX);
		buf_printf(&b, "%s (%s)", r->packages[i].name,
		    strcmp(r->packages[i].evidence, "derived") == 0 ?
		    "derived from the pattern of names, not seen" :
		    r->packages[i].evidence);
		put_overlay(&b, r->packages[i].overlay);
		answered_row(out, style, i == 0 ? "PACKAGE" : "", buf_text(&b));
		buf_fini(&b);
	}
}

static void
put_release_rows(struct sink *out, const struct report_style *style,
    const struct standing *s)
{
	const struct cat_release *r = s->release;

	put_build_row(out, style, r);
	answered_text(s, style, out);
	put_packages(out, style, r);
}

/* One of many: the same answers in a few words. */
static void
put_list_row(struct sink *out, const struct report_style *style,
    const struct standing *s)
{
	const struct cat_release *r = s->release;
	char text[VERSION_TEXT];
	struct buf b;

	buf_init(&b, DETAIL_MAX);
	put_title(&b, r);
	answered_words(&b, s);
	answered_row(out, style, version_known(r->build) ?
	    version_format(r->build, text) : "(no build)", buf_text(&b));
	buf_fini(&b);
}

static void
put_update_rows(struct sink *out, const struct report_style *style,
    const struct query_answer *a)
{
	struct buf b;
	size_t i;

	for (i = 0; i < a->update_count; i++) {
		const struct cat_rereleased *u = a->updates[i];

		buf_init(&b, DETAIL_MAX);
		buf_printf(&b, "%s -> %s, %s, %s%s%s. Must an installed one "
		    "be replaced? %s.", u->original, u->rerelease, u->date,
		    u->product, u->bulletin[0] != '\0' ? ", " : "",
		    u->bulletin, u->replace_installed);
		answered_row(out, style, "RE-RELEASE", buf_text(&b));
		buf_fini(&b);
	}
}

static void
put_mitigation_rows(struct sink *out, const struct report_style *style,
    const struct query_answer *a)
{
	struct buf b;
	size_t i;

	for (i = 0; i < a->mitigation_count; i++) {
		const struct cat_mitigation *m = a->mitigations[i].mitigation;

		buf_init(&b, DETAIL_MAX);
		put_mitigation(&b, &a->mitigations[i]);
		answered_row(out, style, "WINDOWS FIX", buf_text(&b));
		buf_fini(&b);
		if (a->mitigations[i].carrier == NULL)
			continue;
		answered_row(out, style, "CURES", m->cures);
		answered_row(out, style, "CURES NOT", m->cures_not);
	}
}

/* What is on its way out. */
struct telling {
	struct sink	*out;
	const struct report_style *style;
	const struct which_report *r;
	bool		 many;		/* questions */
	const struct cat_release **told; /* in full */
	size_t		 told_count;
};

/* Is R in it already? It is from now on. */
static bool
was_told(struct telling *t, const struct cat_release *r)
{
	size_t i;

	for (i = 0; i < t->told_count; i++)
		if (t->told[i] == r)
			return true;
	t->told = xpush(t->told, t->told_count, sizeof(*t->told));
	t->told[t->told_count++] = r;
	return false;
}

/* Is CVE open with a release that was found? */
static void
put_cve_row(struct telling *t, const char *cve, const struct cat_release *r,
    bool several)
{
	const struct standing *s = t->r->standings[r->index];
	const struct cat_release *by;
	const struct cat_need *need;
	enum standing_cve state = standing_cve(t->r->cat, s, cve, &by, &need);
	char day[INSTANT_TEXT];
	struct buf b;

	buf_init(&b, DETAIL_MAX);
	buf_printf(&b, "%s: %s", cve, state_words(state));
	if (several)
		buf_printf(&b, " with %s", r->label);
	if (by != NULL && by != r) {
		buf_puts(&b, state == STANDING_CVE_OPEN ? "; to be cured by " :
		    "; the update came with ");
		put_release(&b, by);
	}
	if (need != NULL)
		buf_printf(&b, "; it also takes: %s", need->text);
	if (state == STANDING_CVE_UNKNOWN)
		buf_printf(&b, "; this catalogue, which knows updates up to "
		    "%s, names no update of it that cures it",
		    instant_format_day(s->known_until, day));
	answered_row(t->out, t->style, "CVE", buf_text(&b));
	buf_fini(&b);
}

static void
put_cve_rows(struct telling *t, const struct query_answer *a)
{
	size_t i, k;

	if (a->kind == QUERY_CVE || a->cve_count == 0)
		return;
	if (a->release_count > QUERY_MAX_STATES)
		answered_row(t->out, t->style, "CVE", "which of them is open "
		    "is told where the build is known: ask with all four "
		    "parts");
	else
		for (i = 0; i < a->cve_count; i++)
			for (k = 0; k < a->release_count; k++)
				put_cve_row(t, a->cves[i], a->releases[k],
				    a->release_count > 1);
}

static void
put_near(struct telling *t, const struct query_answer *a)
{
	struct buf b;
	size_t i;

	if (a->near_count == 0)
		return;
	buf_init(&b, DETAIL_MAX);
	for (i = 0; i < a->near_count; i++) {
		buf_puts(&b, i == 0 ? "" : i + 1 == a->near_count ? " or " :
		    ", ");
		put_title(&b, a->near[i]);
	}
	buf_puts(&b, "?");
	answered_row(t->out, t->style, "DID YOU MEAN", buf_text(&b));
	buf_fini(&b);
}

/* Each in a line; of many for many questions, the first ones. */
static void
put_list(struct telling *t, const struct query_answer *a)
{
	size_t i, n = a->release_count;
	char *more;

	if (t->many && n > LIST_ROWS)
		n = LIST_ROWS;
	for (i = 0; i < n; i++)
		put_list_row(t->out, t->style,
		    t->r->standings[a->releases[i]->index]);
	if (n == a->release_count)
		return;
	more = xasprintf("and %zu more: ask for them alone",
	    a->release_count - n);
	answered_row(t->out, t->style, "", more);
	free(more);
}

static void
put_details(struct telling *t, const struct query_answer *a)
{
	const struct report_style *style = t->style;
	struct sink *out = t->out;

	if (a->release_count > 1)
		put_list(t, a);
	else if (a->release_count == 1 && !was_told(t, a->releases[0]))
		put_release_rows(out, style,
		    t->r->standings[a->releases[0]->index]);
	else if (a->release_count == 1)
		answered_row(out, style, "RELEASE", "as above");
	put_cve_rows(t, a);
	put_near(t, a);
	put_update_rows(out, style, a);
	put_mitigation_rows(out, style, a);
	if (a->package != NULL && (a->release_count == 0 ||
	    a->kind == QUERY_DIGEST))
		answered_row(out, style, "PACKAGE", a->package);
	if (a->component != NULL && a->component->note[0] != '\0')
		answered_row(out, style, "COMPONENT", a->component->note);
	if (a->note[0] != '\0' && a->kind != QUERY_PRODUCT_CODE)
		answered_row(out, style, "NOTE", a->note);
}

static bool
has_details(const struct query_answer *a)
{
	return a != NULL && (a->release_count != 0 || a->update_count != 0 ||
	    a->mitigation_count != 0 || a->package != NULL ||
	    a->near_count != 0 ||
	    a->note[0] != '\0');
}

void
which_text(const struct which_report *r, const struct report_style *style,
    struct sink *out)
{
	struct telling t = { .out = out, .style = style, .r = r,
	    .many = r->count > 1 };
	bool mail = false;
	size_t i;

	for (i = 0; i < r->count; i++) {
		put_line(out, style, r, &r->questions[i], t.many);
		mail = mail || r->questions[i].hop != NULL;
	}
	if (mail)
		layout_wrap(out, "Received fields are hearsay: any server on "
		    "the way can write them, and nothing authenticates "
		    "them.", 0, 0, style->width);
	for (i = 0; !style->quiet && i < r->count; i++) {
		const struct query_answer *a = r->questions[i].answer;

		if (!has_details(a))
			continue;
		sink_puts(out, "\n");
		if (t.many) {
			layout_text(out, a->query);
			sink_puts(out, "\n");
		}
		put_details(&t, a);
	}
	free(t.told);
	laid_over_text(r->catalogue, style, out);
}

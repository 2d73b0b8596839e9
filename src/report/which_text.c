/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/which.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"
#include "catalogue/advice.h"
#include "catalogue/words.h"
#include "report/laid_over.h"
#include "report/layout.h"

#include <stdlib.h>
#include <string.h>

#define LABEL_COLUMN	15
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
}

static void
put_none(struct buf *b, const struct query_answer *a)
{
	if (a->kind != QUERY_BUILD || !version_known(a->build)) {
		buf_puts(b, "not in the catalogue");
		return;
	}
	buf_puts(b, "no such build");
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

static void
put_answer(struct buf *b, const struct query_answer *a)
{
	if (a->release_count != 0) {
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

/* The line that comes first. */
static void
put_line(struct sink *out, const struct which_question *q, bool many)
{
	struct buf b;

	buf_init(&b, TEXT_MAX);
	if (q->hop != NULL)
		put_hop(&b, q);
	else if (many)
		buf_printf(&b, "%s: ", q->answer->query);
	if (q->answer != NULL)
		put_answer(&b, q->answer);
	layout_text(out, buf_text(&b));
	sink_puts(out, "\n");
	buf_fini(&b);
}

static void
put_row(struct sink *out, const struct report_style *style,
    const char *label, const char *text)
{
	sink_printf(out, "  %-*s", LABEL_COLUMN - 2, label);
	layout_wrap(out, text, LABEL_COLUMN, LABEL_COLUMN, style->width);
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
	put_row(out, style, "BUILD", buf_text(&b));
	buf_fini(&b);
}

static void
put_rerelease(struct buf *b, const struct cat_release *r, instant at)
{
	const struct cat_release *by = r->replace.by;

	switch (catalogue_force_at(r, at)) {
	case CAT_REQUIRED:
		buf_printf(b, "needed: %s", r->replace.text);
		return;
	case CAT_ADVISED:
		buf_printf(b, "advised: %s", r->replace.text);
		break;
	case CAT_CONDITIONAL:
		buf_printf(b, "depends: %s Condition: %s", r->replace.text,
		    r->replace.condition);
		break;
	case CAT_KEEP:
		if (r->revision < 2)
			buf_puts(b, "not needed: it was never re-released");
		else if (r->cures[0] != '\0')
			buf_printf(b, "not needed: it is itself a re-release, "
			    "made for advisory %s", r->cures);
		else
			buf_puts(b, "not needed: it is itself a re-release");
		return;
	}
	if (by != NULL) {
		buf_puts(b, " The newer revision: ");
		put_release(b, by);
		buf_puts(b, ".");
	}
}

/* What to install in its place, where there is a reason to. */
static void
put_install(struct buf *b, const struct cat_release *r, instant at)
{
	const struct cat_release *cures[3], *newer = catalogue_newer(r, at);
	size_t n;

	if (catalogue_force_at(r, at) == CAT_REQUIRED) {
		n = catalogue_cures(r, at, cures, 3);
		if (n == 0)
			buf_puts(b, "no update that cures it is known");
		put_cures(b, r, cures, n);
	} else if (newer != NULL)
		put_release(b, newer);
	else
		buf_printf(b, "nothing newer of %s is known", r->branch->id);
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
		put_row(out, style, i == 0 ? "PACKAGE" : "", buf_text(&b));
		buf_fini(&b);
	}
}

static void
put_release_rows(struct sink *out, const struct report_style *style,
    const struct cat_release *r, instant at)
{
	struct buf b;

	put_build_row(out, style, r);
	buf_init(&b, DETAIL_MAX);
	put_rerelease(&b, r, at);
	put_row(out, style, "RE-RELEASE", buf_text(&b));
	buf_clear(&b);
	if (r->released != INSTANT_NONE && r->released > at)
		buf_printf(&b, "not yet: it came out on %s", r->date);
	else
		put_currency(&b, r, at);
	put_row(out, style, "CURRENT", buf_text(&b));
	buf_clear(&b);
	put_install(&b, r, at);
	put_row(out, style, "INSTALL", buf_text(&b));
	buf_fini(&b);
	put_packages(out, style, r);
}

/* One of many: the same answers in a few words. */
static void
put_list_row(struct sink *out, const struct report_style *style,
    const struct cat_release *r, instant at)
{
	enum cat_force force = catalogue_force_at(r, at);
	instant end = catalogue_support_end(r->branch);
	char text[VERSION_TEXT], day[INSTANT_TEXT];
	struct buf b;

	buf_init(&b, DETAIL_MAX);
	put_title(&b, r);
	if (force == CAT_REQUIRED)
		buf_puts(&b, "; must be replaced");
	else if (force != CAT_KEEP)
		buf_puts(&b, force == CAT_ADVISED ?
		    "; a newer revision exists" :
		    "; a newer revision is needed under a condition");
	if (catalogue_newer(r, at) == NULL)
		buf_printf(&b, "; newest of %s", r->branch->id);
	if (support_ended(end, at))
		buf_printf(&b, "; support ended on %s",
		    instant_format_day(end, day));
	put_row(out, style, version_known(r->build) ?
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
		put_row(out, style, "RE-RELEASE", buf_text(&b));
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
		put_row(out, style, "WINDOWS FIX", buf_text(&b));
		buf_fini(&b);
		if (a->mitigations[i].carrier == NULL)
			continue;
		put_row(out, style, "CURES", m->cures);
		put_row(out, style, "CURES NOT", m->cures_not);
	}
}

/* What is on its way out. */
struct telling {
	struct sink	*out;
	const struct report_style *style;
	instant		 at;
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

/* Each in a line; of many for many questions, the first ones. */
static void
put_list(struct telling *t, const struct query_answer *a)
{
	size_t i, n = a->release_count;
	char *more;

	if (t->many && n > LIST_ROWS)
		n = LIST_ROWS;
	for (i = 0; i < n; i++)
		put_list_row(t->out, t->style, a->releases[i], t->at);
	if (n == a->release_count)
		return;
	more = xasprintf("and %zu more: ask for them alone",
	    a->release_count - n);
	put_row(t->out, t->style, "", more);
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
		put_release_rows(out, style, a->releases[0], t->at);
	else if (a->release_count == 1)
		put_row(out, style, "RELEASE", "as above");
	put_update_rows(out, style, a);
	put_mitigation_rows(out, style, a);
	if (a->package != NULL && (a->release_count == 0 ||
	    a->kind == QUERY_DIGEST))
		put_row(out, style, "PACKAGE", a->package);
	if (a->component != NULL && a->component->note[0] != '\0')
		put_row(out, style, "COMPONENT", a->component->note);
	if (a->note[0] != '\0')
		put_row(out, style, "NOTE", a->note);
}

static bool
has_details(const struct query_answer *a)
{
	return a != NULL && (a->release_count != 0 || a->update_count != 0 ||
	    a->mitigation_count != 0 || a->package != NULL ||
	    a->note[0] != '\0');
}

void
which_text(const struct which_report *r, const struct report_style *style,
    struct sink *out)
{
	struct telling t = { .out = out, .style = style, .at = r->at,
	    .many = r->count > 1 };
	bool mail = false;
	size_t i;

	for (i = 0; i < r->count; i++) {
		put_line(out, &r->questions[i], t.many);
		mail = mail || r->questions[i].hop != NULL;
	}
	if (mail)
		sink_puts(out, "Received fields are hearsay: any server on "
		    "the way can write them, and nothing\nauthenticates "
		    "them.\n");
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

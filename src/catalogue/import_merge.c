/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/import_merge.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "catalogue/import_place.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SOME	64	/* releases of one KB that are looked at */

static const char *const facts[] = {
	[IMPORT_FACT_RELEASE] = "release", [IMPORT_FACT_NAME] = "name",
	[IMPORT_FACT_BUILD] = "build", [IMPORT_FACT_DATE] = "date",
	[IMPORT_FACT_KB] = "kb", [IMPORT_FACT_CVE] = "cve",
	[IMPORT_FACT_DIGEST] = "digest", [IMPORT_FACT_PATCH] = "patch",
};

const char *
import_fact_name(enum import_fact f)
{
	return (size_t)f < sizeof(facts) / sizeof(facts[0]) ? facts[f] : "?";
}

/* ----------------------------------------------------------- differences */

static const char *
text_of(struct import_merged *m, const char *text)
{
	return arena_text(&m->arena, text, strlen(text));
}

static const char * PRINTF_LIKE(2, 3)
text_f(struct import_merged *m, const char *fmt, ...)
{
	va_list ap;
	char *made;
	const char *kept;

	va_start(ap, fmt);
	made = xvasprintf(fmt, ap);
	va_end(ap);
	kept = text_of(m, made);
	free(made);
	return kept;
}

static struct import_difference *
add_difference(struct import_merged *m, const struct import_row *row,
    enum import_fact fact, const char *id, const char *theirs,
    const char *ours)
{
	struct import_difference *x;

	if (m->difference_count == IMPORT_MAX_DIFFERENCES) {
		m->cut = true;
		return &m->spare;
	}
	m->differences = xpush(m->differences, m->difference_count,
	    sizeof(*m->differences));
	x = &m->differences[m->difference_count++];
	*x = (struct import_difference){ .row = row, .fact = fact, .id = id,
	    .theirs = theirs, .ours = ours, .why = "" };
	return x;
}

static void
take(struct import_merged *m, const struct import_row *row,
    enum import_fact fact, const char *id, const char *theirs)
{
	add_difference(m, row, fact, id, theirs, "")->taken = true;
}

/* A value that contradicts R. */
static void
tell(struct import_merged *m, const struct import_row *row,
    enum import_fact fact, const struct cat_release *r, const char *theirs,
    const char *ours, const char *why)
{
	struct import_difference *x = add_difference(m, row, fact, r->id,
	    theirs, ours);
	const char *name = import_fact_name(fact);
	size_t i;

	x->why = why;
	for (i = 0; i < r->dispute_count; i++)
		if (strcmp(r->disputes[i].fact, name) == 0 &&
		    strcmp(r->disputes[i].value, theirs) == 0) {
			x->known = true;
			x->why = r->disputes[i].why;
		}
}

/* A row that is not taken at all. */
static void
tell_row(struct import_merged *m, const struct import_row *row,
    const char *why)
{
	char v[VERSION_TEXT];

	add_difference(m, row, IMPORT_FACT_RELEASE, "",
	    version_known(row->build) ? text_f(m, "%s (%s)", row->name,
	    version_format(row->build, v)) : row->name, "")->why = why;
}

/* A row that has another build of R. */
static void
tell_build(struct import_merged *m, const struct import_row *row,
    const struct cat_release *r, const char *why)
{
	char v[2][VERSION_TEXT];

	tell(m, row, IMPORT_FACT_BUILD, r, text_of(m, version_format(
	    row->build, v[0])), version_known(r->build) ? text_of(m,
	    version_format(r->build, v[1])) : "", why);
}

/* ------------------------------------------------------------- additions */

static void
add_ref(struct import_refs *refs, const struct import_source *s)
{
	size_t i;

	for (i = 0; i < refs->count; i++)
		if (refs->items[i] == s)
			return;
	refs->items = xpush(refs->items, refs->count,
	    sizeof(const struct import_source *));
	refs->items[refs->count++] = s;
}

static struct import_addition *
push_addition(struct import_merged *m, const struct import_row *row)
{
	struct import_addition *a = arena_alloc(&m->arena, 1, sizeof(*a));

	a->id = a->label = a->date = a->kb = a->bulletin = a->program = "";
	a->row = row;
	m->additions = xpush(m->additions, m->addition_count,
	    sizeof(struct import_addition *));
	m->additions[m->addition_count++] = a;
	return a;
}

/* The addition to R; a new one when there is none. */
static struct import_addition *
more_of(struct import_merged *m, const struct import_row *row,
    const struct cat_release *r)
{
	struct import_addition *a;
	size_t i;

	for (i = 0; i < m->addition_count; i++)
		if (m->additions[i]->release == r)
			return m->additions[i];
	a = push_addition(m, row);
	a->release = r;
	a->branch = r->branch;
	a->id = r->id;
	return a;
}

static bool
has_text(const struct import_texts *list, const char *text)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		if (strcmp(list->items[i], text) == 0)
			return true;
	return false;
}

/* false when it is there already. */
static bool
add_text(struct import_texts *list, const char *text)
{
	if (has_text(list, text))
		return false;
	list->items = xpush(list->items, list->count, sizeof(const char *));
	list->items[list->count++] = text;
	return true;
}

static bool
add_digest(struct import_addition *a, const struct import_digest *digest)
{
	size_t i;

	for (i = 0; i < a->digest_count; i++)
		if (strcmp(a->digests[i].hex, digest->hex) == 0)
			return false;
	a->digests = xpush(a->digests, a->digest_count, sizeof(*a->digests));
	a->digests[a->digest_count++] = *digest;
	return true;
}

/* ------------------------------------------------- rows of known releases */

/* A month agrees with its days. */
static bool
days_agree(const char *a, const char *b)
{
	size_t la = strlen(a), lb = strlen(b);

	return strncmp(a, b, la < lb ? la : lb) == 0;
}

/* Whose KB it is, where it is none of R. */
static const char *
owners_of(struct import_merged *m, const char *kb)
{
	const struct cat_release *found[SOME];
	size_t n = catalogue_find_kb(m->c, kb, found, SOME);

	if (n == 0)
		return "no release of the catalogue has it";
	return n == 1 ? text_f(m, "it is the KB of %s", found[0]->id) :
	    text_f(m, "it is the KB of %s and %zu more", found[0]->id, n - 1);
}

static void
compare_day(struct import_merged *m, const struct import_row *row,
    const struct cat_release *r)
{
	if (row->odd_date[0] != '\0')
		tell(m, row, IMPORT_FACT_DATE, r, row->odd_date, r->date,
		    "it is no day");
	else if (row->source->dates && row->date[0] != '\0' &&
	    !days_agree(row->date, r->date))
		tell(m, row, IMPORT_FACT_DATE, r, row->date, r->date,
		    r->date[0] == '\0' ? "the catalogue has none" :
		    "the catalogue has another day");
}

static void
compare_cves(struct import_merged *m, const struct import_row *row,
    const struct cat_release *r)
{
	struct import_addition *a;
	size_t i, j;

	for (i = 0; i < row->cves.count; i++) {
		const char *cve = row->cves.items[i];

		for (j = 0; j < r->cve_count; j++)
			if (strcmp(r->cves[j], cve) == 0)
				break;
		if (j < r->cve_count)
			continue;
		if (!import_is_cve(cve)) {
			tell(m, row, IMPORT_FACT_CVE, r, cve, "",
			    "it is no number of a vulnerability");
			continue;
		}
		a = more_of(m, row, r);
		add_ref(&a->sources, row->source);
		if (add_text(&a->cves, cve))
			take(m, row, IMPORT_FACT_CVE, r->id, cve);
	}
}

static void
compare_patches(struct import_merged *m, const struct import_row *row,
    const struct cat_release *r)
{
	const struct cat_release *found[SOME];
	struct import_addition *a;
	size_t i, n;

	for (i = 0; i < row->patches.count; i++) {
		const char *code = row->patches.items[i];

		n = catalogue_find_patch_code(m->c, code, found, SOME);
		if (n != 0 && found[0] != r)
			tell(m, row, IMPORT_FACT_PATCH, r, code, "",
			    text_f(m, "it is the patch code of %s",
			    found[0]->id));
		if (n != 0)
			continue;
		a = more_of(m, row, r);
		add_ref(&a->sources, row->source);
		if (add_text(&a->patches, code))
			take(m, row, IMPORT_FACT_PATCH, r->id, code);
	}
}

static void
compare_digests(struct import_merged *m, const struct import_row *row,
    const struct cat_release *r)
{
	const struct cat_release *found[SOME];
	struct import_addition *a;
	size_t i, n;

	for (i = 0; i < row->digest_count; i++) {
		const struct import_digest *x = &row->digests[i];

		n = catalogue_find_digest(m->c, x->hex, found, SOME);
		if (n != 0 && found[0] != r)
			tell(m, row, IMPORT_FACT_DIGEST, r, x->hex, "",
			    text_f(m, "it is that of a package of %s",
			    found[0]->id));
		if (n != 0)
			continue;
		a = more_of(m, row, r);
		add_ref(&a->sources, row->source);
		if (add_digest(a, x))
			take(m, row, IMPORT_FACT_DIGEST, r->id, x->hex);
	}
}

/* ROW speaks of R: what else does it say? */
static void
compare(struct import_merged *m, const struct import_row *row,
    const struct cat_release *r)
{
	const char *misfit = import_misfit(m->c, row->name, r);

	if (misfit != NULL)
		tell(m, row, IMPORT_FACT_NAME, r, row->name, r->name,
		    text_f(m, "%s is another", misfit));
	compare_day(m, row, r);
	if (row->kb[0] != '\0' && !release_has_kb(r, row->kb))
		tell(m, row, IMPORT_FACT_KB, r, row->kb, r->kb,
		    owners_of(m, row->kb));
	compare_cves(m, row, r);
	compare_patches(m, row, r);
	compare_digests(m, row, r);
}

/* ------------------------------------------------------ rows of new ones */

static struct import_addition *
find_new(const struct import_merged *m, struct version build)
{
	size_t i;

	for (i = 0; i < m->addition_count; i++)
		if (m->additions[i]->release == NULL &&
		    version_equal(m->additions[i]->build, build))
			return m->additions[i];
	return NULL;
}

static struct import_addition *
find_new_id(const struct import_merged *m, const char *id)
{
	size_t i;

	for (i = 0; i < m->addition_count; i++)
		if (m->additions[i]->release == NULL &&
		    strcmp(m->additions[i]->id, id) == 0)
			return m->additions[i];
	return NULL;
}

/* FACT of A, or all of it for IMPORT_FACT_RELEASE, was taken too early. */
static void
take_back(struct import_merged *m, const struct import_addition *a,
    enum import_fact fact, const char *why)
{
	struct import_difference *x;
	size_t i, kept = 0;

	for (i = 0; i < m->difference_count; i++) {
		x = &m->differences[i];
		/* Where a release goes, its facts go without a word. */
		if (fact == IMPORT_FACT_RELEASE && a->release == NULL &&
		    x->fact != fact && strcmp(x->id, a->id) == 0)
			continue;
		if (x->taken && strcmp(x->id, a->id) == 0 &&
		    (fact == IMPORT_FACT_RELEASE || x->fact == fact)) {
			x->taken = false;
			x->why = why;
		}
		m->differences[kept++] = *x;
	}
	m->difference_count = kept;
}

/* Two sources of a new release: where they disagree, neither is believed. */
static void
join_fact(struct import_merged *m, const struct import_row *row,
    enum import_fact fact, const struct import_addition *a,
    const char **ours, struct import_refs *refs, const char *theirs)
{
	struct import_difference *x;

	if (theirs[0] == '\0')
		return;
	if ((*ours)[0] == '\0' && refs->count == 0) {
		*ours = theirs;
		add_ref(refs, row->source);
		take(m, row, fact, a->id, theirs);
		return;
	}
	if (strcmp(*ours, theirs) == 0 || (fact == IMPORT_FACT_DATE &&
	    (*ours)[0] != '\0' && days_agree(*ours, theirs))) {
		add_ref(refs, row->source);
		if (strlen(theirs) > strlen(*ours))
			*ours = theirs;
		return;
	}
	x = add_difference(m, row, fact, a->id, theirs, *ours);
	x->why = "two sources of a new release disagree, and neither is taken";
	take_back(m, a, fact, x->why);
	*ours = "";
}

/* A KB that the catalogue has of other products, or of an update of another
 * kind, is one that was copied down a column. */
static const char *
foreign_kb(struct import_merged *m, const struct import_row *row,
    const struct cat_product *p)
{
	const struct cat_release *found[SOME];
	size_t n = catalogue_find_kb(m->c, row->kb, found, SOME), i;

	for (i = 0; i < n && i < SOME; i++)
		if (found[i]->product == p && days_agree(found[i]->date,
		    row->date))
			return NULL;
	return n == 0 ? NULL : owners_of(m, row->kb);
}

static void
add_facts(struct import_merged *m, const struct import_row *row,
    struct import_addition *a)
{
	const char *why = NULL;
	struct import_difference *x;
	size_t i;

	add_ref(&a->sources, row->source);
	a->unofficial = a->unofficial && !row->source->microsoft;
	if (row->source->dates || a->date[0] == '\0')
		join_fact(m, row, IMPORT_FACT_DATE, a, &a->date,
		    &a->date_sources, row->date);
	if (row->kb[0] != '\0')
		why = foreign_kb(m, row, a->branch->product);
	if (why != NULL) {
		x = add_difference(m, row, IMPORT_FACT_KB, a->id, row->kb, "");
		x->why = why;
	} else
		join_fact(m, row, IMPORT_FACT_KB, a, &a->kb, &a->kb_sources,
		    row->kb);
	for (i = 0; i < row->cves.count; i++)
		if (import_is_cve(row->cves.items[i]) &&
		    add_text(&a->cves, row->cves.items[i]))
			take(m, row, IMPORT_FACT_CVE, a->id,
			    row->cves.items[i]);
	for (i = 0; i < row->patches.count; i++)
		(void)add_text(&a->patches, row->patches.items[i]);
	for (i = 0; i < row->digest_count; i++)
		(void)add_digest(a, &row->digests[i]);
}

static void
add_release(struct import_merged *m, const struct import_row *row,
    const struct import_place *p)
{
	struct import_addition *a = push_addition(m, row);
	char v[VERSION_TEXT];

	a->branch = p->branch;
	a->begins = p->begins;
	a->id = text_of(m, p->id);
	a->label = text_of(m, p->label);
	a->kind = p->kind;
	a->revision = p->revision;
	a->build = row->build;
	a->unofficial = true;
	take(m, row, IMPORT_FACT_RELEASE, a->id, text_f(m, "%s (%s)",
	    row->name, version_format(row->build, v)));
	add_facts(m, row, a);
}

/* In the future nobody has seen anything. */
static bool
is_future(const char *date, instant at)
{
	char full[16];
	instant day;

	snprintf(full, sizeof(full), "%.10s%s", date, strlen(date) == 7 ?
	    "-01" : "");
	return instant_parse(full, &day) && day > at;
}

static void
place_new(struct import_merged *m, const struct import_row *row, instant at)
{
	struct import_addition *a = find_new(m, row->build);
	struct import_place p;

	if (is_future(row->date, at)) {
		tell_row(m, row, text_f(m, "%s has not come yet",
		    row->date));
		return;
	}
	/* What it would be called by its day, a list has said better. */
	if (a != NULL && row->dated[0] != '\0' &&
	    import_is_branch(m, row->name, a->branch)) {
		add_facts(m, row, a);
		return;
	}
	if (!import_place(m, row, &p)) {
		if (p.other != NULL)
			tell_build(m, row, p.other, p.why);
		else
			tell_row(m, row, p.why);
		return;
	}
	if (a != NULL && strcmp(a->id, p.id) != 0)
		tell_row(m, row, text_f(m, "another source has this "
		    "build as %s", a->id));
	else if (a != NULL)
		add_facts(m, row, a);
	else if (find_new_id(m, p.id) != NULL)
		tell_row(m, row, text_f(m, "another source has %s with "
		    "another build", p.id));
	else
		add_release(m, row, &p);
}

/* ------------------------------------------------------------- all of it */

/* The release with this KB that the name fits; NULL unless it is one. */
static const struct cat_release *
find_by_kb(const struct import_merged *m, const struct import_row *row)
{
	const struct cat_release *found[SOME], *only = NULL;
	size_t n = row->kb[0] == '\0' ? 0 : catalogue_find_kb(m->c, row->kb,
	    found, SOME), i;

	for (i = 0; i < n && i < SOME; i++)
		if (import_misfit(m->c, row->name, found[i]) == NULL) {
			if (only != NULL)
				return NULL;
			only = found[i];
		}
	return n > SOME ? NULL : only;
}

static void
merge_row(struct import_merged *m, const struct import_row *row, instant at)
{
	const struct cat_release *r = NULL;

	if (version_known(row->build)) {
		r = catalogue_find_build(m->c, row->build);
		if (r == NULL)
			place_new(m, row, at);
	} else {
		r = find_by_kb(m, row);
		if (r == NULL)
			tell_row(m, row, "it has no build, and its KB "
			    "and name are not of one known release");
	}
	if (r != NULL)
		compare(m, row, r);
}

/* What a list begins, one after the other; before all releases, which may be
 * of one. */
static void
begin_branches(struct import_merged *m, instant at)
{
	struct import_branch made;
	size_t i = 0;

	while (i < m->im->row_count &&
	    m->branch_count < IMPORT_MAX_BRANCHES) {
		const struct import_row *row = m->im->rows[i++];

		if (is_future(row->date, at) || !import_begins(m, row, &made))
			continue;
		m->branches[m->branch_count] = arena_alloc(&m->arena, 1,
		    sizeof(made));
		*m->branches[m->branch_count++] = made;
		i = 0;		/* the next may stand before it */
	}
}

bool
import_is_new_branch(const struct import_merged *m,
    const struct cat_branch *b)
{
	size_t i;

	for (i = 0; i < m->branch_count; i++)
		if (&m->branches[i]->branch == b)
			return true;
	return false;
}

/* What does not begin has nothing in it. */
static void
drop_branch(struct import_merged *m, const struct cat_branch *b,
    const char *why)
{
	struct import_addition *a;
	size_t i;

	for (i = 0; i < m->addition_count; i++) {
		a = m->additions[i];
		if (a->dropped || a->branch != b)
			continue;
		take_back(m, a, IMPORT_FACT_RELEASE, why);
		a->dropped = true;
	}
}

/* The build of one may be that of another row, and sources may disagree about
 * the day from which it counts. */
static void
drop_empty_branches(struct import_merged *m)
{
	const struct import_addition *base;
	const struct cat_branch *b;
	instant day;
	size_t i, k;

	for (i = 0; i < m->branch_count; i++) {
		b = &m->branches[i]->branch;
		base = NULL;
		for (k = 0; k < m->addition_count && base == NULL; k++)
			if (m->additions[k]->branch == b &&
			    m->additions[k]->begins)
				base = m->additions[k];
		if (base == NULL)
			drop_branch(m, b, "its branch does not begin");
		else if (!instant_parse(base->date, &day))
			drop_branch(m, b, "the day on which its branch begins "
			    "is not known");
	}
}

/* A second revision asks for the first to be replaced. */
static void
link_revisions(struct import_merged *m)
{
	struct import_addition *a, *first;
	const struct cat_release *known;
	char id[64];
	size_t i, n = m->addition_count;

	for (i = 0; i < n; i++) {
		a = m->additions[i];
		if (a->release != NULL || a->revision < 2 ||
		    !import_before(a->id, a->revision, id, sizeof(id)))
			continue;
		known = catalogue_release(m->c, id);
		first = known != NULL ? more_of(m, a->row, known) :
		    find_new_id(m, text_of(m, id));
		if (first == NULL || (known != NULL &&
		    known->replace.by != NULL))
			continue;
		first->by = a;
		add_ref(&first->sources, a->row->source);
		if (known != NULL && known->kb[0] != '\0')
			(void)add_text(&a->supersedes, known->kb);
		else if (known == NULL && first->kb[0] != '\0')
			(void)add_text(&a->supersedes, first->kb);
	}
}

struct import_merged *
import_merge(const struct import *im, const struct catalogue *c, instant at)
{
	struct import_merged *m = xcalloc(1, sizeof(*m));
	size_t i;

	m->im = im;
	m->c = c;
	m->known_until = INSTANT_NONE;
	begin_branches(m, at);
	/* First those that call a new release by its name and day. */
	for (i = 0; i < im->row_count; i++)
		if (im->rows[i]->source->dates)
			merge_row(m, im->rows[i], at);
	for (i = 0; i < im->row_count; i++)
		if (!im->rows[i]->source->dates)
			merge_row(m, im->rows[i], at);
	drop_empty_branches(m);
	for (i = 0; i < m->addition_count; i++)
		m->additions[i]->program = import_program(
		    m->additions[i]->branch, m->additions[i]->date);
	link_revisions(m);
	return m;
}

void
import_merged_free(struct import_merged *m)
{
	struct import_addition *a;
	size_t i;

	if (m == NULL)
		return;
	for (i = 0; i < m->addition_count; i++) {
		a = m->additions[i];
		free(a->date_sources.items);
		free(a->kb_sources.items);
		free(a->sources.items);
		free(a->cves.items);
		free(a->supersedes.items);
		free(a->patches.items);
		free(a->digests);
	}
	free(m->additions);
	free(m->differences);
	arena_fini(&m->arena);
	free(m);
}

bool
import_adds(const struct import_merged *m)
{
	size_t i;

	for (i = 0; i < m->addition_count; i++)
		if (!m->additions[i]->dropped)
			return true;
	return m->known_until != INSTANT_NONE;
}

/* ---------------------------------------------------------- the linter */

static struct import_addition *
at_line(const struct import_merged *m, unsigned line)
{
	size_t i;

	for (i = 0; i < m->addition_count; i++)
		if (!m->additions[i]->dropped &&
		    line >= m->additions[i]->first_line &&
		    line <= m->additions[i]->last_line)
			return m->additions[i];
	return NULL;
}

/* Whose doing is it? Its line is in ours, or it names one of ours. */
static struct import_addition *
blame(const struct import_merged *m, const struct check_complaint *k,
    const struct cat_overlay *ours)
{
	size_t i;

	if (k->overlay == ours)
		return at_line(m, k->line);
	for (i = 0; i < m->addition_count; i++)
		if (!m->additions[i]->dropped &&
		    (strcmp(m->additions[i]->id, k->about) == 0 ||
		    (m->additions[i]->begins && strcmp(
		    m->additions[i]->branch->id, k->about) == 0)))
			return m->additions[i];
	return NULL;
}

static bool
is_about_kbs(const char *rule)
{
	return strcmp(rule, "duplicate-kb") == 0 ||
	    strcmp(rule, "kb-digits") == 0;
}

enum status
import_drop(struct import_merged *m, const struct check_result *found,
    const struct cat_overlay *ours, size_t *dropped, struct diag *d)
{
	const struct check_complaint *k;
	struct import_addition *a;
	const char *why;
	size_t i;

	*dropped = 0;
	for (i = 0; i < found->count; i++) {
		k = &found->complaints[i];
		if (k->except != NULL)
			continue;
		a = blame(m, k, ours);
		if (a == NULL && *dropped != 0)
			continue;	/* perhaps of what goes anyway */
		if (a == NULL)
			return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, NULL,
			    "%s: %s", k->rule, k->text);
		why = text_f(m, "%s: %s", k->rule, k->text);
		if (is_about_kbs(k->rule) && a->release == NULL &&
		    a->kb[0] != '\0') {
			take_back(m, a, IMPORT_FACT_KB, why);
			a->kb = "";
		} else {
			take_back(m, a, IMPORT_FACT_RELEASE, why);
			a->dropped = true;
		}
		if (a->dropped && a->begins)
			drop_branch(m, a->branch, text_f(m, "its branch does "
			    "not begin: %s", why));
		++*dropped;
	}
	/* What was to be replaced by it is not, then. */
	for (i = 0; i < m->addition_count; i++) {
		a = m->additions[i];
		if (a->by != NULL && a->by->dropped)
			a->by = NULL;
		if (a->release != NULL && a->by == NULL &&
		    a->cves.count + a->patches.count + a->digest_count == 0)
			a->dropped = true;
	}
	return ST_OK;
}

/* -------------------------------------------------- up to when it knows */

#define COVER_DAYS	365	/* that a list is compared over */

static bool
has_build(const struct import *im, const struct import_source *s,
    struct version build)
{
	size_t i;

	for (i = 0; i < im->row_count; i++)
		if (im->rows[i]->source == s && version_equal(build,
		    im->rows[i]->build))
			return true;
	return false;
}

static instant
newest_of(const struct import *im, const struct import_source *s, instant at)
{
	instant newest = INSTANT_NONE, day;
	size_t i;

	for (i = 0; i < im->row_count; i++)
		if (im->rows[i]->source == s && instant_parse(
		    im->rows[i]->date, &day) && day > newest && day <= at)
			newest = day;
	return newest;
}

/* Was all that S has taken, or known, but for what is older than what the
 * catalogue knows anyway? */
static bool
all_taken(const struct import_merged *m, const struct import_source *s)
{
	instant known = catalogue_info(m->c)->known_until, day;
	const struct import_difference *x;
	size_t i;

	for (i = 0; i < m->difference_count; i++) {
		x = &m->differences[i];
		if (x->row->source == s && !x->taken &&
		    (x->fact == IMPORT_FACT_RELEASE ||
		    x->fact == IMPORT_FACT_BUILD) &&
		    (!instant_parse(x->row->date, &day) || day > known))
			return false;
	}
	return true;
}

/* Has S all of the last year that the catalogue knows? */
static bool
covers(const struct import_merged *m, const struct import_source *s,
    instant newest)
{
	const struct cat_release *const *all;
	size_t n = catalogue_releases(m->c, &all), i;
	instant from = newest - (instant)COVER_DAYS * SECONDS_A_DAY;

	for (i = 0; i < n; i++)
		if (all[i]->kind != CAT_IU && !all[i]->unofficial &&
		    version_known(all[i]->build) &&
		    all[i]->released != INSTANT_NONE &&
		    all[i]->released > from && all[i]->released <= newest &&
		    !has_build(m->im, s, all[i]->build))
			return false;
	return true;
}

void
import_cover(struct import_merged *m, instant at)
{
	const struct import_source *s;
	instant newest;
	size_t i;

	for (i = 0; i < m->im->source_count; i++) {
		s = m->im->sources[i];
		if (!s->whole || !s->microsoft)
			continue;
		newest = newest_of(m->im, s, at);
		if (newest > catalogue_info(m->c)->known_until &&
		    newest > m->known_until && all_taken(m, s) &&
		    covers(m, s, newest)) {
			m->known_until = newest;
			m->known_by = s;
		}
	}
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/import_place.h"

#include "base/buf.h"
#include "catalogue/plain.h"
#include "catalogue/terms.h"

#include <stdio.h>
#include <string.h>

#define DIGITS	"0123456789"

static void
read_name(const struct catalogue *c, const char *name, struct terms *out)
{
	struct buf plain;

	buf_init(&plain, 3 * IMPORT_MAX_TEXT + 1);
	plain_text(name, &plain);
	terms_read(c, buf_text(&plain), out);
	buf_fini(&plain);
}

const char *
import_misfit(const struct catalogue *c, const char *name,
    const struct cat_release *r)
{
	struct terms t, label;

	read_name(c, name, &t);
	terms_read(c, r->label, &label);
	return terms_misfit(&t, &label, r, true);
}

bool
import_is_cve(const char *text)
{
	size_t n;

	if (strncmp(text, "ADV", 3) == 0)
		return strlen(text) == 9 && strspn(text + 3, DIGITS) == 6;
	if (strncmp(text, "CVE-", 4) != 0 || strspn(text + 4, DIGITS) != 4 ||
	    text[8] != '-')
		return false;
	n = strspn(text + 9, DIGITS);
	return n >= 4 && n <= 7 && text[9 + n] == '\0';
}

bool
import_before(const char *id, unsigned revision, char *out, size_t size)
{
	size_t len = strlen(id);
	char tail[16];
	int n;

	snprintf(tail, sizeof(tail), "-v%u", revision);
	if (len <= strlen(tail) || len >= size ||
	    strcmp(id + len - strlen(tail), tail) != 0)
		return false;
	len -= strlen(tail);
	n = revision == 2 ? snprintf(out, size, "%.*s", (int)len, id) :
	    snprintf(out, size, "%.*s-v%u", (int)len, id, revision - 1);
	return n > 0 && (size_t)n < size;
}

const char *
import_program(const struct cat_branch *b, const char *date)
{
	const struct cat_product *p = b->product;
	instant day;
	size_t i, j;

	if (!instant_parse(date, &day))
		return "";
	for (i = 0; i < p->program_count; i++)
		for (j = 0; j < p->programs[i].branch_count; j++)
			if (strcmp(p->programs[i].branches[j], b->id) == 0 &&
			    day >= p->programs[i].from &&
			    day <= p->programs[i].until)
				return p->programs[i].id;
	return "";
}

static bool
refuse(struct import_place *out, const struct cat_release *other,
    const char *why)
{
	out->other = other;
	out->why = why;
	return false;
}

static const struct cat_release *
base_of(const struct cat_branch *b)
{
	size_t i;

	for (i = 0; i < b->release_count; i++)
		if (version_known(b->releases[i]->build))
			return b->releases[i];
	return NULL;
}

/* The last branch of P that does not begin behind BUILD; NULL for none. */
static const struct cat_branch *
branch_by_build(const struct import_merged *m, const struct cat_product *p,
    struct version build)
{
	const struct cat_branch *b, *found = NULL;
	size_t n = catalogue_branches(m->c, &b), i;
	const struct cat_release *base;

	for (i = 0; i < n; i++) {
		base = b[i].product == p ? base_of(&b[i]) : NULL;
		if (base != NULL && version_cmp(base->build, build) <= 0)
			found = &b[i];
	}
	for (i = 0; i < m->branch_count; i++)
		if (m->branches[i]->branch.product == p &&
		    version_cmp(m->branches[i]->build, build) <= 0)
			found = &m->branches[i]->branch;
	return found;
}

/* The branch of P that T names: what it began with where T names none. */
static const struct cat_branch *
branch_by_name(const struct import_merged *m, const struct cat_product *p,
    const struct terms *t)
{
	const struct cat_branch *b;
	size_t n = catalogue_branches(m->c, &b), i;
	char sp[16], cu[16];

	snprintf(sp, sizeof(sp), t->sp != 0 ? "SP%u" : "RTM", t->sp);
	snprintf(cu, sizeof(cu), "CU%u", t->cu);
	for (i = 0; i < n; i++) {
		if (b[i].product != p)
			continue;
		if (t->cu != 0 && (strcmp(b[i].id, cu) == 0 ||
		    strcmp(b[i].also, cu) == 0))
			return &b[i];
		if (t->cu == 0 && strcmp(b[i].id, sp) == 0)
			return &b[i];
	}
	for (i = 0; t->cu != 0 && i < m->branch_count; i++)
		if (m->branches[i]->branch.product == p &&
		    m->branches[i]->cu == t->cu)
			return &m->branches[i]->branch;
	return NULL;
}

bool
import_is_branch(const struct import_merged *m, const char *name,
    const struct cat_branch *b)
{
	struct terms t;

	read_name(m->c, name, &t);
	return t.product == b->product &&
	    branch_by_name(m, b->product, &t) == b;
}

static bool
names_base(const struct terms *t)
{
	return t->ru == 0 && t->month == 0 && t->kind == CAT_UNKNOWN_KIND &&
	    t->bulletin[0] == '\0' && t->kb[0] == '\0';
}

/* Label and id of what T names in OUT's branch. */
static bool
make_label(const struct terms *t, struct import_place *out)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	const char *kind = t->kind == CAT_HU ? "HU" : "SU";
	char tail[16] = "";

	out->revision = t->revision != 0 ? t->revision : 1;
	if (out->revision > 9)
		return false;
	if (t->ru != 0) {
		if (out->revision > 1)
			snprintf(tail, sizeof(tail), "-v%u", out->revision);
		out->kind = CAT_RU;
		snprintf(out->label, sizeof(out->label),
		    "Update Rollup %u%s", t->ru, tail);
		return true;
	}
	if (t->month < 1 || t->month > 12 || t->year == 0 ||
	    (t->kind != CAT_SU && t->kind != CAT_HU))
		return false;
	if (out->revision > 1)
		snprintf(tail, sizeof(tail), "v%u", out->revision);
	out->kind = t->kind;
	snprintf(out->label, sizeof(out->label), "%.16s %.3s%02u%s%s",
	    out->branch->id, months + 3 * (t->month - 1), t->year % 100,
	    kind, tail);
	return true;
}

static void
lower(char *p)
{
	for (; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p | 0x20);
}

/* "2016-cu23-nov24su-v2": what stands in the label, in small letters. */
static void
make_id(const struct terms *t, struct import_place *out)
{
	const char *label = strrchr(out->label, ' ');
	char tail[16] = "", what[16];

	if (out->revision > 1)
		snprintf(tail, sizeof(tail), "-v%u", out->revision);
	if (t->ru != 0)
		snprintf(what, sizeof(what), "ru%u", t->ru);
	else if (out->begins) {
		snprintf(out->id, sizeof(out->id), "%.16s-%.16s",
		    out->branch->product->id, out->branch->id);
		lower(out->id);
		return;
	} else
		snprintf(what, sizeof(what), "%.7s", label != NULL ?
		    label + 1 : "");
	snprintf(out->id, sizeof(out->id), "%.16s-%.16s-%s%s",
	    out->branch->product->id, out->branch->id, what, tail);
	lower(out->id);
}

/* Is there one of this label already, with another build? */
static const struct cat_release *
find_label(const struct catalogue *c, const struct import_place *p)
{
	const struct cat_branch *b = p->branch;
	size_t i;

	for (i = 0; i < b->release_count; i++)
		if (strcmp(b->releases[i]->label, p->label) == 0)
			return b->releases[i];
	return catalogue_release(c, p->id);
}

/* The release of B with the KB that T names, if it is the only one. */
static const struct cat_release *
find_kb(const struct cat_branch *b, const struct terms *t)
{
	const struct cat_release *found = NULL;
	size_t i;

	for (i = 0; t->kb[0] != '\0' && i < b->release_count; i++)
		if (strcmp(b->releases[i]->kb, "") != 0 &&
		    strcmp(b->releases[i]->kb + 2, t->kb) == 0) {
			if (found != NULL)
				return NULL;
			found = b->releases[i];
		}
	return found;
}

/* Of the branch NAMED, which need not be where the build belongs. */
static bool
place_named(const struct catalogue *c, const struct terms *t,
    const struct cat_branch *named, struct import_place *out)
{
	const struct cat_branch *by_build = out->branch;
	const struct cat_release *other = find_kb(named, t);

	if (other != NULL)
		return refuse(out, other, "the catalogue has another build of "
		    "it");
	out->branch = named;
	if (!make_label(t, out))
		return refuse(out, NULL, "its name does not say which update "
		    "it is");
	make_id(t, out);
	other = find_label(c, out);
	if (other != NULL)
		return refuse(out, other, "the catalogue has another build of "
		    "it");
	return by_build == named || refuse(out, NULL, "its build is one of "
	    "another branch");
}

static bool
is_clear(const struct terms *t)
{
	return !t->two && t->odd[0] == '\0' && t->relation == NULL &&
	    t->product != NULL;
}

/* ------------------------------------------------------ a new branch */

/* The number that the next cumulative update of P has; 0 where P does not end
 * with one, or with what it began with. */
static unsigned
next_cu(const struct import_merged *m, const struct cat_product *p)
{
	const struct cat_branch *b;
	size_t n = catalogue_branches(m->c, &b);
	unsigned last = 0;
	char id[16];

	if (m->branch_count != 0)
		return m->branches[m->branch_count - 1]->cu + 1;
	if (n == 0 || b[n - 1].product != p)
		return 0;
	if (strcmp(b[n - 1].id, "RTM") == 0)
		return 1;
	if (sscanf(b[n - 1].id, "CU%3u", &last) != 1)
		return 0;
	snprintf(id, sizeof(id), "CU%u", last);
	return strcmp(id, b[n - 1].id) == 0 ? last + 1 : 0;
}

/* Is BUILD newer than all of P? */
static bool
is_newest(const struct import_merged *m, const struct cat_product *p,
    struct version build)
{
	const struct cat_release *const *all;
	size_t n = catalogue_releases(m->c, &all), i;

	for (i = 0; i < n; i++)
		if (all[i]->product == p &&
		    version_cmp(all[i]->build, build) >= 0)
			return false;
	return m->branch_count == 0 || version_cmp(
	    m->branches[m->branch_count - 1]->build, build) < 0;
}

bool
import_begins(struct import_merged *m, const struct import_row *row,
    struct import_branch *out)
{
	const struct cat_product *p = catalogue_product_of(m->c, row->build);
	struct terms t;
	char id[16];
	instant day;

	if (p == NULL || row->build.parts != 4 || !row->source->microsoft ||
	    !row->source->dates || !instant_parse(row->date, &day))
		return false;
	read_name(m->c, row->name, &t);
	if (!is_clear(&t) || t.product != p || t.preview || t.pre_release ||
	    t.sp != 0 || t.rtm || t.cu == 0 || !names_base(&t) ||
	    t.cu != next_cu(m, p) || !is_newest(m, p, row->build))
		return false;
	snprintf(id, sizeof(id), "CU%u", t.cu);
	*out = (struct import_branch){ .cu = t.cu, .build = row->build,
	    .branch = { .product = p, .also = "", .id = arena_text(&m->arena,
	    id, strlen(id)) } };
	return true;
}

/* T names a base of the branch NAMED, with BUILD. */
static bool
place_base(const struct import_merged *m, const struct terms *t,
    const struct cat_branch *named, struct version build,
    struct import_place *out)
{
	size_t i;

	for (i = 0; i < m->branch_count; i++)
		if (&m->branches[i]->branch == named)
			break;
	if (i == m->branch_count)
		return refuse(out, base_of(named), "the catalogue has another "
		    "build of it");
	if (!version_equal(m->branches[i]->build, build))
		return refuse(out, NULL, "another source has another build "
		    "of it");
	out->branch = named;
	out->begins = true;
	out->kind = CAT_CU;
	out->revision = 1;
	snprintf(out->label, sizeof(out->label), "CU%u", t->cu);
	make_id(t, out);
	return true;
}

/* ------------------------------------------------------ a new release */

bool
import_place(const struct import_merged *m, const struct import_row *row,
    struct import_place *out)
{
	const struct catalogue *c = m->c;
	const struct cat_product *p = catalogue_product_of(c, row->build);
	const struct cat_branch *named;
	struct terms t;

	*out = (struct import_place){ .why = "" };
	read_name(c, row->dated[0] != '\0' ? row->dated : row->name, &t);
	if (p == NULL)
		return refuse(out, NULL, "no product has such builds");
	if (!is_clear(&t))
		return refuse(out, NULL, "its name is not understood");
	if (t.product != p)
		return refuse(out, NULL, "its build is one of another "
		    "product");
	if (t.preview || t.pre_release)
		return refuse(out, NULL, "it was not meant for everybody");
	out->branch = branch_by_build(m, p, row->build);
	named = branch_by_name(m, p, &t);
	if (named == NULL)
		return refuse(out, NULL, names_base(&t) ? "it begins a branch, "
		    "which has to be added by hand" : "the catalogue has no "
		    "such branch");
	if (names_base(&t))
		return place_base(m, &t, named, row->build, out);
	if (p->has_exsetup && row->build.parts != 4)
		return refuse(out, NULL, "a part of its build is missing");
	return place_named(c, &t, named, out);
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/query_find.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf.h"
#include "catalogue/answer.h"
#include "catalogue/standing.h"
#include "catalogue/way.h"

#include <stdlib.h>
#include <string.h>

#define TRANSPORT_HEADER	"transport header"

/* Does a range of two or three parts hold BUILD? */
static bool
in_range(struct version range, struct version build)
{
	unsigned i;

	for (i = 0; i < range.parts; i++)
		if (range.part[i] != build.part[i])
			return false;
	return version_known(build);
}

static void
find_range(struct query_answer *a, const struct catalogue *c,
    struct version v)
{
	const struct cat_release *const *r;
	size_t i, n = catalogue_releases(c, &r);

	for (i = 0; i < n; i++)
		if (in_range(v, r[i]->build))
			answer_add(a, r[i]);
	if (a->release_count == 0)
		return;
	a->match = QUERY_RANGE;
	answer_note(a, "%u parts of a build name no release: it may be any of "
	    "these.", v.parts);
}

/* Releases of which FILE (NULL: any file) has this version. */
static size_t
find_component(struct query_answer *a, const struct catalogue *c,
    struct version v, const char *file)
{
	const struct cat_release *const *r;
	size_t i, k, n = catalogue_releases(c, &r);
	size_t before = a->release_count;

	for (i = 0; i < n; i++)
		for (k = 0; k < r[i]->component_count; k++) {
			const struct cat_component *m = &r[i]->components[k];

			if (!version_equal(m->build, v) || (file != NULL &&
			    strcmp(m->file, file) != 0))
				continue;
			a->component = a->component == NULL ? m :
			    a->component;
			answer_add(a, r[i]);
			break;
		}
	return a->release_count - before;
}

/* The build is that of R: is it also that of a part of another? */
static void
note_components(struct query_answer *a, const struct catalogue *c,
    const struct cat_release *r)
{
	const struct cat_release *const *all;
	size_t i, k, n = catalogue_releases(c, &all);

	for (i = 0; i < n; i++)
		for (k = 0; all[i] != r && k < all[i]->component_count; k++)
			if (version_equal(all[i]->components[k].build,
			    r->build))
				answer_note(a, "It is also the version of the "
				    "%s of %s.", all[i]->components[k].file,
				    all[i]->name);
}

/* Builds that some source prints for a release and that are not its own. */
static void
note_disputes(struct query_answer *a, const struct catalogue *c,
    const char *fact, const char *value)
{
	const struct cat_release *const *r;
	size_t i, k, n = catalogue_releases(c, &r);
	char own[VERSION_TEXT];

	for (i = 0; i < n; i++)
		for (k = 0; k < r[i]->dispute_count; k++) {
			const struct cat_dispute *d = &r[i]->disputes[k];

			if (strcmp(d->fact, fact) != 0 ||
			    strcmp(d->value, value) != 0)
				continue;
			answer_note(a, "%s gives %s for %s, and the catalogue "
			    "has %s: %s", d->sources.count != 0 ?
			    d->sources.ids[0] : "A source", value, r[i]->name,
			    strcmp(fact, "kb") == 0 ? r[i]->kb :
			    version_format(r[i]->build, own), d->why);
		}
}

static void
note_file_set(struct query_answer *a, const struct catalogue *c,
    struct version v)
{
	const struct cat_file_set *set;
	size_t i, n = catalogue_file_sets(c, &set);

	for (i = 0; i < n; i++)
		if (version_equal(set[i].build, v))
			answer_note(a, "Digests of files of this build are "
			    "known, and no release that has it.");
}

static void
find_neighbours(struct query_answer *a, const struct catalogue *c,
    struct version v)
{
	const struct cat_product *p = catalogue_product_of(c, v);
	const struct cat_release *newest = p != NULL ?
	    catalogue_newest(c, p) : NULL;
	char text[VERSION_TEXT], day[INSTANT_TEXT];

	a->match = QUERY_NONE;
	catalogue_neighbours(c, v, &a->below, &a->above);
	if (p == NULL)
		answer_note(a, "No product of the catalogue has such builds.");
	else if (newest != NULL && version_cmp(v, newest->build) > 0)
		answer_note(a, "It is newer than this catalogue (issued %s): "
		    "refresh it.", instant_format_day(
		    catalogue_info(c)->issued, day));
	note_disputes(a, c, "build", version_format(v, text));
	note_file_set(a, c, v);
}

/* A part that was seen, and of which release it is nobody knows: between
 * which releases it stands is what is told. */
static void
find_around(struct query_answer *a)
{
	const struct cat_release *r = a->releases[0];
	size_t i;
	bool behind = false;

	if (a->release_count != 1 || version_known(r->build) ||
	    !r->unofficial)
		return;
	for (i = 0; i < r->branch->release_count; i++) {
		const struct cat_release *x = r->branch->releases[i];

		behind = behind || x == r;
		if (x->unofficial)
			continue;
		if (!behind)
			a->below = x;
		else if (a->above == NULL)
			a->above = x;
	}
	answer_note(a, "It was seen, and no release is known to have it.");
}

/* 15.20 is what Exchange Online calls itself. */
static bool
is_service(struct version v)
{
	return v.parts > 1 && v.part[0] == 15 && v.part[1] == 20;
}

/* The last two parts of a build only: "1497.2", and "6249.4" of 6.0.6249. */
static void
find_tail(struct query_answer *a, const struct catalogue *c,
    struct version v)
{
	const struct cat_release *const *r;
	size_t i, n = catalogue_releases(c, &r);

	for (i = 0; i < n; i++) {
		const struct version *b = &r[i]->build;

		if (b->part[2] == v.part[0] && ((b->parts == 4 &&
		    b->part[3] == v.part[1]) || b->parts == 3))
			answer_add(a, r[i]);
	}
	if (a->release_count == 0)
		return;
	a->match = QUERY_RANGE;
	answer_note(a, "The first two numbers are missing: it may be %s.",
	    a->release_count == 1 ? "this one, and would need them to be sure"
	    : "any of these");
}

void
query_find_build(struct query_answer *a, const struct catalogue *c,
    struct version v, bool in_header)
{
	const struct cat_release *r = catalogue_find_build(c, v);

	a->build = v;
	if (is_service(v)) {
		a->service = "Exchange Online";
		a->match = QUERY_EXACT;
		return;
	}
	if (in_header && find_component(a, c, v, TRANSPORT_HEADER) != 0) {
		a->match = a->release_count == 1 && a->releases[0] == r ?
		    QUERY_EXACT : QUERY_COMPONENT;
		find_around(a);
		return;
	}
	/* Builds of 2003 and before have three parts of their own. */
	if (r != NULL && (v.parts == 4 || r->build.parts == v.parts)) {
		a->match = QUERY_EXACT;
		answer_add(a, r);
		note_components(a, c, r);
	} else if (v.parts < 4) {
		find_range(a, c, v);
		if (v.parts == 2 && a->release_count == 0)
			find_tail(a, c, v);
	} else if (find_component(a, c, v, NULL) != 0) {
		a->match = QUERY_COMPONENT;
		find_around(a);
	}
	if (a->release_count == 0)
		find_neighbours(a, c, v);
}

/* The release that a display form names: builds of 2003 and before have a
 * last number there that they have nowhere else. */
static const struct cat_release *
displayed(const struct catalogue *c, struct version v)
{
	const struct cat_release *r = v.parts == 4 ?
	    catalogue_find_build(c, v) : NULL;

	if (r != NULL || v.parts != 4 || v.part[0] >= 8)
		return r;
	v.parts = 3;
	v.part[3] = 0;
	return catalogue_find_build(c, v);
}

void
query_find_display(struct query_answer *a, const struct catalogue *c,
    struct version v)
{
	const struct cat_release *r;
	bool found = false, adds = v.parts > 2 &&
	    v.part[2] >= DIRECTORY_ADDS;
	size_t i;

	if (adds)
		v.part[2] -= DIRECTORY_ADDS;
	a->build = v;
	r = displayed(c, v);
	if (adds)
		answer_note(a, "Active Directory writes builds with 30000 "
		    "added to the third number.");
	if (r == NULL) {
		query_find_build(a, c, v, false);
		return;
	}
	a->least = r;
	for (i = 0; i < r->branch->release_count; i++) {
		found = found || r->branch->releases[i] == r;
		if (found)
			answer_add(a, r->branch->releases[i]);
	}
	a->match = a->release_count == 1 ? QUERY_EXACT : QUERY_RANGE;
	if (release_makes_branch(r))
		answer_note(a, "A version in this form is kept in Active "
		    "Directory and names the service pack or cumulative "
		    "update only: updates on top of it do not show. The file "
		    "version of ExSetup.exe tells them.");
	else
		answer_note(a, "A version in this form is kept in Active "
		    "Directory, which updates seldom change: it is this "
		    "release, or a later one of %s. The file version of "
		    "ExSetup.exe tells which.", r->branch->id);
}

/* "KB2705219-v2" and "KB2661254, KB2661254-v2" have the number KB. */
static bool
names_kb(const char *text, const char *kb)
{
	const char *p = text;
	size_t len = strlen(kb);

	while ((p = strstr(p, kb)) != NULL) {
		if (p[len] < '0' || p[len] > '9')
			return true;
		p += len;
	}
	return false;
}

static void
find_updates(struct query_answer *a, const struct catalogue *c,
    const char *kb)
{
	const struct cat_advisory *adv;
	size_t i, k, n = catalogue_advisories(c, &adv);

	for (i = 0; i < n; i++)
		for (k = 0; k < adv[i].rereleased_count; k++) {
			const struct cat_rereleased *u =
			    &adv[i].rereleased[k];

			if (u->release != NULL ||
			    (!names_kb(u->original, kb) &&
			    !names_kb(u->rerelease, kb)))
				continue;
			a->updates = xpush(a->updates, a->update_count,
			    sizeof(*a->updates));
			a->updates[a->update_count++] = u;
		}
}

static void
add_mitigation(struct query_answer *a, const struct cat_mitigation *m,
    const struct cat_carrier *carrier, const struct cat_related *related)
{
	a->mitigations = xpush(a->mitigations, a->mitigation_count,
	    sizeof(*a->mitigations));
	a->mitigations[a->mitigation_count++] = (struct query_mitigation){
	    m, carrier, related };
}

static void
find_mitigations(struct query_answer *a, const struct catalogue *c,
    const char *kb)
{
	const struct cat_mitigation *m;
	size_t i, k, n = catalogue_mitigations(c, &m);

	for (i = 0; i < n; i++) {
		for (k = 0; k < m[i].carrier_count; k++)
			if (strcmp(m[i].carriers[k].kb, kb) == 0)
				add_mitigation(a, &m[i], &m[i].carriers[k],
				    NULL);
		for (k = 0; k < m[i].related_count; k++)
			if (strcmp(m[i].related[k].kb, kb) == 0)
				add_mitigation(a, &m[i], NULL,
				    &m[i].related[k]);
	}
}

static void
find_carried(struct query_answer *a, const struct catalogue *c,
    const char *kb)
{
	const struct cat_release *const *r;
	size_t i, k, n = catalogue_releases(c, &r);

	for (i = 0; i < n; i++)
		for (k = 0; k < r[i]->carried_count; k++)
			if (strcmp(r[i]->carried[k].kb, kb) == 0) {
				a->match = QUERY_COMPONENT;
				answer_add(a, r[i]);
				answer_note(a, "%s carries it: %s",
				    r[i]->label, r[i]->carried[k].text);
			}
}

static void
find_other(struct query_answer *a, const struct catalogue *c, const char *kb)
{
	const struct cat_other_package *o;
	size_t i, n = catalogue_other_packages(c, &o);

	for (i = 0; i < n; i++)
		if (strcmp(o[i].kb, kb) == 0)
			a->other = &o[i];
}

void
query_find_kb_elsewhere(struct query_answer *a, const struct catalogue *c,
    const char *kb)
{
	find_updates(a, c, kb);
	find_mitigations(a, c, kb);
	if (a->release_count != 0)
		return;
	find_other(a, c, kb);
	if (a->update_count != 0 || a->mitigation_count != 0 ||
	    a->other != NULL) {
		a->match = QUERY_EXACT;
		return;
	}
	find_carried(a, c, kb);
	if (a->match != QUERY_NONE)
		return;
	answer_note(a, "%s is no number of the catalogue.", kb);
	note_disputes(a, c, "kb", kb);
}

static const char *
package_name(const struct cat_release *r, const char *name)
{
	size_t i;

	for (i = 0; i < r->package_count; i++)
		if (utf_casecmp(r->packages[i].name, name) == 0)
			return r->packages[i].name;
	return NULL;
}

/*
 * Updates of several cumulative updates share one name, and the catalogue
 * need not have seen it for each: one of the same KB and product, of which
 * no name is known, may have it too.
 */
static bool
may_share(const struct cat_release *r, const struct cat_release *named)
{
	return r->package_count == 0 && r->product == named->product &&
	    r->branch != named->branch && r->kb[0] != '\0' &&
	    strcmp(r->kb, named->kb) == 0;
}

static void
find_packages(struct query_answer *a, const struct catalogue *c,
    const char *name)
{
	const struct cat_release *const *r;
	const struct cat_release *named = NULL;
	size_t i, n = catalogue_releases(c, &r);

	for (i = 0; i < n && named == NULL; i++)
		if (package_name(r[i], name) != NULL)
			named = r[i];
	if (named == NULL)
		return;
	a->package = package_name(named, name);
	for (i = 0; i < n; i++)
		if (package_name(r[i], name) != NULL ||
		    may_share(r[i], named))
			answer_add(a, r[i]);
}

static void
find_foreign_packages(struct query_answer *a, const struct catalogue *c,
    const char *name)
{
	const struct cat_mitigation *m;
	const struct cat_other_package *o;
	size_t i, j, k, n = catalogue_mitigations(c, &m);

	for (i = 0; i < n; i++)
		for (j = 0; j < m[i].carrier_count; j++) {
			const struct cat_carrier *w = &m[i].carriers[j];

			for (k = 0; k < w->package_count; k++)
				if (utf_casecmp(w->packages[k].name,
				    name) == 0) {
					a->package = w->packages[k].name;
					add_mitigation(a, &m[i], w, NULL);
				}
		}
	n = catalogue_other_packages(c, &o);
	for (i = 0; i < n; i++)
		if (utf_casecmp(o[i].package.name, name) == 0) {
			a->package = o[i].package.name;
			a->other = &o[i];
		}
}

/* The name with the other of the two suffixes that updates come with. */
static char *
other_suffix(const char *name)
{
	size_t len = strlen(name);

	return xasprintf("%.*s%s", (int)len - 4, name,
	    utf_casecmp(name + len - 4, ".msp") == 0 ? ".exe" : ".msp");
}

bool
query_find_package(struct query_answer *a, const struct catalogue *c,
    const char *name)
{
	char *other = other_suffix(name);

	find_packages(a, c, name);
	if (a->release_count == 0) {
		find_packages(a, c, other);
		if (a->release_count != 0)
			answer_note(a, "The catalogue has it as %s.",
			    a->package);
	}
	if (a->release_count == 0)
		find_foreign_packages(a, c, name);
	free(other);
	if (a->package == NULL)
		return false;
	a->kind = QUERY_PACKAGE;
	a->match = QUERY_EXACT;
	answer_note_shared_name(a);
	return true;
}

/* Products may share one: it names no version. */
static void
note_product_code(struct query_answer *a, const struct catalogue *c,
    const char *code)
{
	const struct cat_product *p, *found[8];
	size_t i, k, n = catalogue_products(c, &p), count = 0;
	struct buf b;

	for (i = 0; i < n; i++)
		for (k = 0; k < p[i].product_code_count; k++)
			if (utf_casecmp(p[i].product_codes[k], code) == 0 &&
			    count < sizeof(found) / sizeof(found[0]))
				found[count++] = &p[i];
	if (count == 0)
		return;
	a->kind = QUERY_PRODUCT_CODE;
	buf_init(&b, DETAIL_MAX);
	for (i = 0; i < count; i++)
		buf_printf(&b, "%s%s", i == 0 ? "" : i + 1 == count ?
		    " and " : ", ", found[i]->name);
	answer_note(a, "It is the product code of %s, and no update: it "
	    "proves no version.", buf_text(&b));
	buf_fini(&b);
}

/* A code that was seen and is of no known release, or that of a product. */
static void
note_code(struct query_answer *a, const struct catalogue *c,
    const char *code)
{
	const struct cat_branch *b;
	size_t i, k, n = catalogue_branches(c, &b);

	for (i = 0; i < n; i++)
		for (k = 0; k < b[i].patch_count; k++)
			if (utf_casecmp(b[i].patches[k].code, code) == 0)
				answer_note(a, "It was seen on %s %s, and of "
				    "which update it is is not known: %s.",
				    b[i].product->name, b[i].id,
				    b[i].patches[k].note);
	note_product_code(a, c, code);
}

void
query_find_patch_code(struct query_answer *a, const struct catalogue *c,
    const char *code)
{
	const struct cat_release *const *r;
	size_t i, k, n = catalogue_releases(c, &r);

	for (i = 0; i < n; i++)
		for (k = 0; k < r[i]->patch_count; k++)
			if (utf_casecmp(r[i]->patches[k].code, code) == 0)
				answer_add(a, r[i]);
	if (a->release_count != 0) {
		a->match = QUERY_EXACT;
		return;
	}
	note_code(a, c, code);
	if (a->note[0] == '\0')
		answer_note(a, "The catalogue has no such patch code; it "
		    "knows few of them.");
}

static bool
has_digest(const struct cat_package *p, const char *hex)
{
	size_t i;

	for (i = 0; i < p->digest_count; i++)
		if (utf_casecmp(p->digests[i].hex, hex) == 0)
			return true;
	return false;
}

static void
find_package_digest(struct query_answer *a, const struct catalogue *c,
    const char *hex)
{
	const struct cat_other_package *o;
	const struct cat_release *const *r;
	size_t i, k, n = catalogue_releases(c, &r);

	for (i = 0; i < n; i++)
		for (k = 0; k < r[i]->package_count; k++)
			if (has_digest(&r[i]->packages[k], hex)) {
				a->package = r[i]->packages[k].name;
				answer_add(a, r[i]);
				break;
			}
	n = catalogue_other_packages(c, &o);
	for (i = 0; i < n; i++)
		if (has_digest(&o[i].package, hex)) {
			a->package = o[i].package.name;
			a->other = &o[i];
		}
}

static void
find_file_digest(struct query_answer *a, const struct catalogue *c,
    const char *hex)
{
	const struct cat_file_set *set;
	size_t i, k, n = catalogue_file_sets(c, &set);
	const struct cat_release *r;
	char text[VERSION_TEXT];

	for (i = 0; i < n; i++)
		for (k = 0; k < set[i].file_count; k++) {
			if (utf_casecmp(set[i].files[k].digest.hex, hex) != 0)
				continue;
			a->file = set[i].files[k].path;
			r = catalogue_find_build(c, set[i].build);
			if (r != NULL)
				answer_add(a, r);
			else
				answer_note(a, "Build %s installs it, and no "
				    "release with that build is known.",
				    version_format(set[i].build, text));
		}
}

void
query_find_digest(struct query_answer *a, const struct catalogue *c,
    const char *hex)
{
	find_package_digest(a, c, hex);
	if (a->package != NULL) {
		a->match = QUERY_EXACT;
		return;
	}
	find_file_digest(a, c, hex);
	if (a->release_count != 0)
		a->match = QUERY_COMPONENT;
	else if (a->file == NULL)
		answer_note(a, "No package or file of the catalogue has this "
		    "digest; it knows few of them.");
}

/* What curing CVE takes besides the update, into the note. */
static void
query_note_need(struct query_answer *a, const struct catalogue *c,
    const char *cve)
{
	const struct cat_need *need = standing_need(c, cve);

	if (need != NULL)
		answer_note(a, "An update alone does not cure %s. It also "
		    "takes: %s", cve, need->text);
}

/* Releases of the catalogue that cure CVE; of an overlay's, it is told. */
static void
find_cures(struct query_answer *a, const struct catalogue *c, const char *cve)
{
	const struct cat_release *const *r;
	size_t i, n = catalogue_releases(c, &r);

	for (i = 0; i < n; i++)
		if (!release_cures(r[i], cve))
			continue;
		else if (r[i]->overlay == NULL)
			answer_add(a, r[i]);
		else
			answer_note(a, "The overlay %s says that its %s cures "
			    "it, which only a catalogue can.",
			    r[i]->overlay->name, r[i]->name);
}

void
query_find_cve(struct query_answer *a, const struct catalogue *c,
    const char *cve)
{
	char day[INSTANT_TEXT];

	find_cures(a, c, cve);
	if (a->release_count == 0) {
		answer_note(a, "%s is in no row of this catalogue, which knows "
		    "updates up to %s: that is no word on whether a server is "
		    "open.", cve, instant_format_day(
		    catalogue_info(c)->known_until, day));
		return;
	}
	a->match = QUERY_EXACT;
	answer_note(a, "Later updates of the same branch cure it too. Of what "
	    "came out after %s nothing is known.", instant_format_day(
	    catalogue_info(c)->known_until, day));
	query_note_need(a, c, cve);
}

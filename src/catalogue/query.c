/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/query.h"

#include "base/alloc.h"
#include "base/guid.h"
#include "base/path.h"
#include "base/utf.h"
#include "catalogue/answer.h"
#include "catalogue/plain.h"
#include "catalogue/query_error.h"
#include "catalogue/query_find.h"
#include "catalogue/query_parts.h"
#include "catalogue/terms.h"
#include "catalogue/way.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *
query_match_name(enum query_match m)
{
	switch (m) {
	case QUERY_EXACT:
		return "exact";
	case QUERY_RANGE:
		return "range";
	case QUERY_COMPONENT:
		return "component";
	case QUERY_NONE:
		break;
	}
	return "none";
}

const char *
query_kind_name(enum query_kind k)
{
	switch (k) {
	case QUERY_BUILD:
		return "build";
	case QUERY_KB:
		return "kb";
	case QUERY_PACKAGE:
		return "package";
	case QUERY_PATCH_CODE:
		return "patch-code";
	case QUERY_DIGEST:
		return "digest";
	case QUERY_ERROR:
		return "error";
	case QUERY_CVE:
		return "cve";
	case QUERY_PRODUCT_CODE:
		return "product-code";
	case QUERY_NAME:
		break;
	}
	return "name";
}

struct query_asker *
query_asker_new(const struct catalogue *c)
{
	struct query_asker *q = xcalloc(1, sizeof(*q));
	const struct cat_release *const *r;

	q->c = c;
	q->labels = xcalloc(catalogue_releases(c, &r) + 1,
	    sizeof(*q->labels));
	return q;
}

void
query_asker_free(struct query_asker *q)
{
	if (q == NULL)
		return;
	free(q->labels);
	free(q);
}

static const struct terms *
label_of(struct query_asker *q, const struct cat_release *r)
{
	struct label *l = &q->labels[r->index];

	if (!l->read)
		terms_read(q->c, r->label, &l->terms);
	l->read = true;
	return &l->terms;
}

/* What does not agree with a release that the question's number found? */
static const char *
rest_misfit(struct query_asker *q, const struct terms *t,
    const struct cat_release *r)
{
	unsigned i;

	for (i = 0; i < t->build.parts; i++)
		if (t->build.part[i] != r->build.part[i])
			return "the build";
	return terms_misfit(t, label_of(q, r), r, true);
}

/* "NUMBER is RELEASE". */
static char *
found_words(const char *number, const struct cat_release *first,
    size_t count)
{
	return xasprintf("%s is %s%s%s", number, first->name,
	    first->original[0] != '\0' ? " (original)" : "",
	    count > 1 ? " and others" : "");
}

void
query_drop(struct query_answer *a)
{
	a->release_count = 0;
	a->match = QUERY_NONE;
	a->component = NULL;
}

/* Leave what fits; say so where that is nothing. */
void
query_sift(struct query_asker *q, struct query_answer *a, const struct terms *t,
    const char *number)
{
	const struct cat_release *first = a->release_count != 0 ?
	    a->releases[0] : NULL;
	const char *misfit = NULL, *m;
	size_t i, count = a->release_count, kept = 0;
	char *found;

	for (i = 0; i < count; i++) {
		m = rest_misfit(q, t, a->releases[i]);
		if (m == NULL)
			a->releases[kept++] = a->releases[i];
		else if (misfit == NULL)
			misfit = m;
	}
	a->release_count = kept;
	if (first == NULL || (kept != 0 && t->relation == NULL))
		return;
	query_drop(a);
	found = found_words(number, first, count);
	if (kept == 0)
		answer_note(a, "It contradicts itself: %s; %s does not fit.",
		    found, misfit);
	else
		answer_note(a, "\"%s\" does not fit: %s, and what is asked "
		    "for is not that.", t->relation, found);
	free(found);
}

/* Is B as A with one digit changed, or two neighbours changed about? */
static bool
is_slip(const char *a, const char *b)
{
	size_t n = strlen(a), i = 0;

	if (strlen(b) != n)
		return false;
	while (i < n && a[i] == b[i])
		i++;
	if (i == n)
		return false;
	return strcmp(a + i + 1, b + i + 1) == 0 || (i + 1 < n &&
	    a[i] == b[i + 1] && a[i + 1] == b[i] &&
	    strcmp(a + i + 2, b + i + 2) == 0);
}

static void
suggest_kbs(struct query_asker *q, struct query_answer *a, const char *kb)
{
	const struct cat_release *const *r;
	size_t i, k, n = catalogue_releases(q->c, &r);

	for (i = 0; i < n; i++)
		for (k = 0; k < r[i]->kb_count; k++)
			if (a->near_count < QUERY_MAX_NEAR &&
			    is_slip(kb, r[i]->kbs[k]))
				a->near[a->near_count++] = r[i];
}

void
query_kb(struct query_asker *q, struct query_answer *a,
    const struct terms *t)
{
	const struct cat_release *const *r;
	size_t i, k, n = catalogue_releases(q->c, &r);
	char kb[16];
	bool own;

	a->kind = QUERY_KB;
	snprintf(kb, sizeof(kb), "KB%s", t->kb);
	for (i = 0; i < n; i++)
		for (k = 0; k < r[i]->kb_count; k++)
			if (strcmp(r[i]->kbs[k], kb) == 0)
				answer_add(a, r[i]);
	own = a->release_count != 0;
	query_find_kb_elsewhere(a, q->c, kb);
	if (!own) {
		if (a->match == QUERY_NONE)
			suggest_kbs(q, a, kb);
		return;
	}
	a->match = QUERY_EXACT;
	query_sift(q, a, t, kb);
	if (a->release_count > 1)
		answer_note(a, "%s stands for %zu packages, one for each of "
		    "these releases.", kb, a->release_count);
}

/* Words may have said more than "at least". */
void
query_keep_least(struct query_answer *a)
{
	if (a->least != NULL && (a->release_count == 0 ||
	    a->releases[0] != a->least))
		a->least = NULL;
	if (a->match == QUERY_RANGE && a->release_count == 1 &&
	    a->least == NULL && a->build.parts > 3)
		a->match = QUERY_EXACT;
}

static void
ask_build(struct query_asker *q, struct query_answer *a,
    const struct terms *t)
{
	struct terms words = *t;
	char text[VERSION_TEXT];

	a->kind = QUERY_BUILD;
	if (t->display || (t->build.parts > 2 &&
	    t->build.part[2] >= DIRECTORY_ADDS))
		query_find_display(a, q->c, t->build);
	else
		query_find_build(a, q->c, t->build, false);
	/* A component's build is not that of its release. */
	words.build.parts = 0;
	query_sift(q, a, &words, version_format(t->build, text));
	query_keep_least(a);
}

/* The CVEs that were asked for: of what was found besides, is it open? */
void
query_keep_cves(struct query_answer *a, const struct terms *t)
{
	size_t i;

	if (t->cve_count == 0 || a->cves != NULL)
		return;
	a->cves = xcalloc(t->cve_count, sizeof(*a->cves));
	for (i = 0; i < t->cve_count; i++)
		a->cves[a->cve_count++] = xstrdup(t->cves[i]);
	if (t->more_cves)
		answer_note(a, "Only the first %d CVEs are looked at.",
		    QUERY_MAX_CVES);
}

/* What cures a CVE, of the product or branch that is named with it. */
static void
ask_cve(struct query_asker *q, struct query_answer *a,
    const struct terms *t)
{
	struct terms words = *t;

	a->kind = QUERY_CVE;
	if (t->cve_count > 1) {
		answer_note(a, "Ask for one CVE at a time, or with the build "
		    "of a server.");
		return;
	}
	query_find_cve(a, q->c, t->cves[0]);
	query_sift(q, a, &words, t->cves[0]);
}

static void
ask_code(struct query_asker *q, struct query_answer *a,
    const struct terms *t)
{
	a->kind = QUERY_PATCH_CODE;
	query_find_patch_code(a, q->c, t->patch_code);
	query_sift(q, a, t, t->patch_code);
}

bool
query_names_server(const struct terms *t)
{
	return t->product != NULL || t->sp != 0 || t->cu != 0 || t->ru != 0 ||
	    t->rtm || t->kind != CAT_UNKNOWN_KIND || t->kb[0] != '\0' ||
	    (version_known(t->build) && (t->build.part[0] != 15 ||
	    t->build.part[1] != 20));
}

/* Exchange Online, whose builds are of no release. */
static void
ask_service(struct query_answer *a)
{
	a->service = "Exchange Online";
	a->match = QUERY_EXACT;
}

static bool
one_update(const struct query_answer *a)
{
	size_t i;

	for (i = 1; i < a->release_count; i++)
		if (a->releases[i]->branch != a->releases[0]->branch)
			return false;
	return true;
}

/* Examples of what T may mean: the newest of those that it names. */
static bool
suggest(struct query_asker *q, struct query_answer *a, const struct terms *t,
    bool bases)
{
	const struct cat_release *const *r;
	size_t n = catalogue_releases(q->c, &r);

	while (n-- > 0 && a->near_count < QUERY_MAX_NEAR)
		if ((!bases || release_makes_branch(r[n])) &&
		    terms_misfit(t, label_of(q, r[n]), r[n], false) == NULL)
			a->near[a->near_count++] = r[n];
	return a->near_count != 0;
}

/* A name that is none, with one part less, which may be what was wrong. */
static void
suggest_near(struct query_asker *q, struct query_answer *a,
    const struct terms *t)
{
	struct terms less[5];
	size_t i;

	for (i = 0; i < sizeof(less) / sizeof(less[0]); i++)
		less[i] = *t;
	less[0].revision = 0;
	less[1].month = less[1].year = less[1].half = less[1].ordinal = 0;
	less[2].ru = 0;
	less[3].kind = CAT_UNKNOWN_KIND;
	less[4].sp = less[4].cu = 0;
	/* Without a branch or product it may be anything. */
	for (i = 0; i < sizeof(less) / sizeof(less[0]); i++)
		if (less[i].product != NULL && suggest(q, a, &less[i],
		    i == 4))
			return;
}

/* What is said where nothing is understood. */
static void
note_examples(struct query_answer *a, const char *word)
{
	answer_note(a, "\"%s\" is not understood. Questions look like "
	    "15.2.1748.39, KB5066366, \"2019 CU15 Oct25SU\" or "
	    "CVE-2024-49040.", word);
}

static void
ask_name(struct query_asker *q, struct query_answer *a,
    const struct terms *t)
{
	const struct cat_release *const *r;
	size_t i, n = catalogue_releases(q->c, &r);

	if (t->unknown[0] != '\0' || t->online) {
		note_examples(a, t->unknown[0] != '\0' ? t->unknown :
		    "online");
		if (t->product != NULL && t->relation == NULL && (t->sp != 0 ||
		    t->cu != 0 || t->rtm))
			(void)suggest(q, a, t, false);
		return;
	}
	if (t->relation != NULL) {
		answer_note(a, "\"%s\" asks for others than the one that is "
		    "named: ask for one by itself.", t->relation);
		return;
	}
	for (i = 0; i < n && terms_any(t); i++)
		if (terms_misfit(t, label_of(q, r[i]), r[i], false) == NULL)
			answer_add(a, r[i]);
	if (t->ordinal != 0 && a->release_count != 0)
		answer_note(a, "It was counted: update %u of its branch, of "
		    "all of them or of its kind.", t->ordinal);
	if (a->release_count == 1)
		a->match = QUERY_EXACT;
	else if (a->release_count > 1) {
		a->match = QUERY_RANGE;
		answer_note(a, "The name stands for %zu %s; %s tells them "
		    "apart.", a->release_count, one_update(a) ?
		    "releases of the branch" : "releases",
		    t->product == NULL ? "the product, a KB or a build" :
		    "a KB or a build");
	} else {
		suggest_near(q, a, t);
		answer_note(a, terms_any(t) ? "No release of the catalogue is "
		    "called so." : "Nothing in it names a release.");
	}
}

/* A name of one release, and CVEs: is it open? Else what of the names cures
 * the CVE. */
static void
ask_with_cve(struct query_asker *q, struct query_answer *a,
    const struct terms *t)
{
	struct terms name = *t;
	struct query_answer *one;

	name.cve_count = 0;
	name.online = false;
	if (terms_any(&name) && t->unknown[0] == '\0') {
		one = answer_new("");
		ask_name(q, one, &name);
		if (one->match == QUERY_EXACT) {
			a->match = QUERY_EXACT;
			answer_add(a, one->releases[0]);
		}
		query_answer_free(one);
	}
	if (a->match == QUERY_NONE)
		ask_cve(q, a, t);
}

static void
ask_terms(struct query_asker *q, struct query_answer *a,
    const char *text)
{
	struct terms t;

	terms_read(q->c, text, &t);
	a->build = t.build;
	query_keep_cves(a, &t);
	if (t.odd[0] != '\0')
		answer_note(a, "\"%s\" is not understood.", t.odd);
	else if (t.two)
		answer_note(a, "It names two different things: ask for each "
		    "by itself.");
	else if (t.online && query_names_server(&t))
		answer_note(a, "It contradicts itself: Exchange Online has "
		    "neither releases nor updates that one installs.");
	else if (t.patch_code[0] != '\0')
		ask_code(q, a, &t);
	else if (t.kb[0] != '\0')
		query_kb(q, a, &t);
	else if (version_known(t.build))
		ask_build(q, a, &t);
	else if (t.service && t.relation == NULL && t.unknown[0] == '\0') {
		ask_service(a);
		if (t.cve_count != 0)
			answer_note(a, "%s is not looked for: what Exchange "
			    "Online runs, Microsoft updates.", t.cves[0]);
	} else if (t.cve_count != 0)
		ask_with_cve(q, a, &t);
	else
		ask_name(q, a, &t);
}

static bool
is_file_name(const char *name)
{
	static const char *const kinds[] = { ".msp", ".exe", ".msi", ".msu",
	    ".cab", ".iso", ".zip" };
	size_t i, len = strlen(name);

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (len > 4 && utf_casecmp(name + len - 4, kinds[i]) == 0)
			return true;
	return false;
}

/*
 * What a file name says in words: without its suffix, and without the digest
 * that Windows Update puts behind names ("..._0123...def.cab").
 */
static char *
name_words(const char *name)
{
	size_t len = strlen(name) - 4, hex = 0;

	while (hex < len && isxdigit((unsigned char)name[len - 1 - hex]))
		hex++;
	if (hex == 40 && len > 41 && name[len - 41] == '_')
		len -= 41;
	return xstrndup(name, len);
}

static void
ask_package(struct query_asker *q, struct query_answer *a,
    const char *name)
{
	char *words;

	if (query_find_package(a, q->c, name))
		return;
	words = name_words(name);
	ask_terms(q, a, words);
	a->kind = QUERY_PACKAGE;
	if (a->match != QUERY_NONE)
		answer_note(a, "No package of this name is in the catalogue; "
		    "what its name says is.");
	if (a->match == QUERY_EXACT)
		answer_note_shared_name(a);
	free(words);
}

static bool
is_bare_code(const char *text)
{
	return strlen(text) == 36 && text[8] == '-';
}

/* Nothing but numbers and dots; in words it may be what a directory keeps. */
static bool
is_bare_build(const char *text)
{
	return strspn(text, "0123456789.") == strlen(text);
}

/* TEXT is of plain_text(), without blanks around it. */
void
query_plain(struct query_asker *q, struct query_answer *a, const char *text)
{
	const struct cat_release *r = catalogue_release(q->c, text);
	char *braced, code[GUID_TEXT];
	struct version v;

	if (query_is_digest(text)) {
		a->kind = QUERY_DIGEST;
		query_find_digest(a, q->c, text);
	} else if (r != NULL) {
		a->match = QUERY_EXACT;
		answer_add(a, r);
	} else if (query_find_error(a, q->c, text))
		;			/* told there */
	else if (strchr(text, PLAIN_ODD) != NULL)
		answer_note(a, "A character in it is not understood: it "
		    "belongs to no word and no number.");
	else if (is_file_name(text))
		ask_package(q, a, path_base(text));
	else if (is_bare_build(text) && version_parse(text, &v) &&
	    v.part[2] < DIRECTORY_ADDS) {
		a->kind = QUERY_BUILD;
		query_find_build(a, q->c, v, false);
	} else if (is_bare_code(text)) {
		/* It lost its braces. */
		braced = xasprintf("{%s}", text);
		ask_terms(q, a, braced);
		free(braced);
	} else if (guid_unpack(text, code)) {
		/* As Windows Installer names its keys. */
		ask_terms(q, a, code);
	} else if (!query_find_error_within(a, q->c, text))
		ask_terms(q, a, text);
}

/* Before 15.20, Exchange Online had builds of 15.0 and 15.1. */
static bool
is_of_service(const char *host)
{
	static const char *const domains[] = { ".outlook.com",
	    ".office365.com", ".office365.us", ".exchangelabs.com" };
	size_t i, n = strlen(host), len;

	for (i = 0; i < sizeof(domains) / sizeof(domains[0]); i++) {
		len = strlen(domains[i]);
		if (n > len && utf_casecmp(host + n - len, domains[i]) == 0)
			return true;
	}
	return false;
}

struct query_answer *
query_ask_header(struct query_asker *q, struct version v, const char *by)
{
	char text[VERSION_TEXT];
	struct query_answer *a = answer_new(version_format(v, text));

	a->kind = QUERY_BUILD;
	query_find_build(a, q->c, v, true);
	if (a->match == QUERY_NONE && v.part[0] == 15 && v.part[1] <= 1 &&
	    is_of_service(by)) {
		ask_service(a);
		a->below = a->above = NULL;
		answer_note(a, "The server calls itself one of Exchange "
		    "Online, which anybody could write.");
	}
	return answer_done(a);
}

struct query_answer *
query_ask_build(struct query_asker *q, struct version v)
{
	char text[VERSION_TEXT];
	struct query_answer *a = answer_new(version_format(v, text));

	a->kind = QUERY_BUILD;
	query_find_build(a, q->c, v, false);
	return answer_done(a);
}

struct query_answer *
query_ask_pack(struct query_asker *q, struct version v)
{
	struct version pack = v;
	char text[VERSION_TEXT];
	struct query_answer *a = answer_new(version_format(v, text));

	a->kind = QUERY_BUILD;
	pack.parts = 2;
	query_find_build(a, q->c, pack, false);
	a->build = v;
	return answer_done(a);
}

struct query_answer *
query_ask_digest(struct query_asker *q, const char *hex)
{
	struct query_answer *a = answer_new(hex);

	a->kind = QUERY_DIGEST;
	query_find_digest(a, q->c, hex);
	return answer_done(a);
}

bool
query_is_digest(const char *text)
{
	size_t len = strlen(text), i;

	for (i = 0; i < len; i++)
		if (!isxdigit((unsigned char)text[i]))
			return false;
	return len == 64 || len == 40;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/query.h"

#include "base/alloc.h"
#include "base/utf.h"
#include "catalogue/answer.h"
#include "catalogue/query_find.h"
#include "catalogue/terms.h"

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
	case QUERY_NAME:
		break;
	}
	return "name";
}

/* Does the rest of the question agree with a release that its number found? */
static bool
rest_fits(const struct terms *t, const struct catalogue *c,
    const struct cat_release *r)
{
	unsigned i;

	for (i = 0; i < t->build.parts; i++)
		if (t->build.part[i] != r->build.part[i])
			return false;
	return terms_fit(t, c, r, true);
}

/* Leave what fits; say so where that is nothing. */
static void
sift(struct query_answer *a, const struct catalogue *c,
    const struct terms *t, const char *number)
{
	const struct cat_release *first = NULL;
	size_t i, kept = 0;

	for (i = 0; i < a->release_count; i++) {
		if (first == NULL)
			first = a->releases[i];
		if (rest_fits(t, c, a->releases[i]))
			a->releases[kept++] = a->releases[i];
	}
	a->release_count = kept;
	if (kept != 0 || first == NULL)
		return;
	a->match = QUERY_NONE;
	a->component = NULL;
	answer_note(a, "It contradicts itself: %s is %s%s%s.", number,
	    first->name, first->original[0] != '\0' ? " (original)" : "",
	    i > 1 ? " and others" : "");
}

static void
ask_kb(struct query_answer *a, const struct catalogue *c,
    const struct terms *t)
{
	const struct cat_release *const *r;
	size_t i, k, n = catalogue_releases(c, &r);
	char kb[16];
	bool own;

	a->kind = QUERY_KB;
	snprintf(kb, sizeof(kb), "KB%s", t->kb);
	for (i = 0; i < n; i++)
		for (k = 0; k < r[i]->kb_count; k++)
			if (strcmp(r[i]->kbs[k], kb) == 0)
				answer_add(a, r[i]);
	own = a->release_count != 0;
	query_find_kb_elsewhere(a, c, kb);
	if (!own)
		return;
	a->match = QUERY_EXACT;
	sift(a, c, t, kb);
	if (a->release_count > 1)
		answer_note(a, "%s stands for %zu packages, one for each of "
		    "these releases.", kb, a->release_count);
}

static void
ask_build(struct query_answer *a, const struct catalogue *c,
    const struct terms *t)
{
	struct terms words = *t;
	char text[VERSION_TEXT];

	a->kind = QUERY_BUILD;
	query_find_build(a, c, t->build, false);
	/* A component's build is not that of its release. */
	words.build.parts = 0;
	sift(a, c, &words, version_format(t->build, text));
}

static void
ask_code(struct query_answer *a, const struct catalogue *c,
    const struct terms *t)
{
	a->kind = QUERY_PATCH_CODE;
	query_find_patch_code(a, c, t->patch_code);
	sift(a, c, t, t->patch_code);
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

static void
ask_name(struct query_answer *a, const struct catalogue *c,
    const struct terms *t)
{
	const struct cat_release *const *r;
	size_t i, n = catalogue_releases(c, &r);

	if (t->unknown[0] != '\0') {
		answer_note(a, "\"%s\" is not understood.", t->unknown);
		return;
	}
	for (i = 0; i < n && terms_any(t); i++)
		if (terms_fit(t, c, r[i], false))
			answer_add(a, r[i]);
	if (a->release_count == 1)
		a->match = QUERY_EXACT;
	else if (a->release_count > 1) {
		a->match = QUERY_RANGE;
		answer_note(a, "The name stands for %zu %s; %s tells them "
		    "apart.", a->release_count, one_update(a) ?
		    "releases of the branch" : "releases",
		    t->product == NULL ? "the product, a KB or a build" :
		    "a KB or a build");
	} else
		answer_note(a, terms_any(t) ? "No release of the catalogue is "
		    "called so." : "Nothing in it names a release.");
}

static void
ask_terms(struct query_answer *a, const struct catalogue *c,
    const char *text)
{
	struct terms t;

	terms_read(c, text, &t);
	a->build = t.build;
	if (t.two)
		answer_note(a, "It names two different things: ask for each "
		    "by itself.");
	else if (t.patch_code[0] != '\0')
		ask_code(a, c, &t);
	else if (t.kb[0] != '\0')
		ask_kb(a, c, &t);
	else if (version_known(t.build))
		ask_build(a, c, &t);
	else
		ask_name(a, c, &t);
}

static const char *
base_name(const char *path)
{
	const char *p, *base = path;

	for (p = path; *p != '\0'; p++)
		if (*p == '/' || *p == '\\')
			base = p + 1;
	return base;
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
ask_package(struct query_answer *a, const struct catalogue *c,
    const char *name)
{
	char *words;

	if (query_find_package(a, c, name))
		return;
	words = name_words(name);
	ask_terms(a, c, words);
	a->kind = QUERY_PACKAGE;
	if (a->match != QUERY_NONE)
		answer_note(a, "No package of this name is in the catalogue; "
		    "what its name says is.");
	if (a->match == QUERY_EXACT)
		answer_note_shared_name(a);
	free(words);
}

struct query_answer *
query_ask(const struct catalogue *c, const char *text)
{
	struct query_answer *a = answer_new(text);
	const struct cat_release *r = catalogue_release(c, text);
	struct version v;
	char *braced;

	if (query_is_digest(text)) {
		a->kind = QUERY_DIGEST;
		query_find_digest(a, c, text);
	} else if (r != NULL) {
		a->match = QUERY_EXACT;
		answer_add(a, r);
	} else if (is_file_name(text))
		ask_package(a, c, base_name(text));
	else if (version_parse(text, &v)) {
		a->kind = QUERY_BUILD;
		query_find_build(a, c, v, false);
	} else if (strlen(text) == 36 && text[8] == '-') {
		/* A patch code that lost its braces. */
		braced = xasprintf("{%s}", text);
		ask_terms(a, c, braced);
		free(braced);
	} else
		ask_terms(a, c, text);
	return a;
}

struct query_answer *
query_ask_header(const struct catalogue *c, struct version v)
{
	char text[VERSION_TEXT];
	struct query_answer *a = answer_new(version_format(v, text));

	a->kind = QUERY_BUILD;
	query_find_build(a, c, v, true);
	return a;
}

struct query_answer *
query_ask_digest(const struct catalogue *c, const char *hex)
{
	struct query_answer *a = answer_new(hex);

	a->kind = QUERY_DIGEST;
	query_find_digest(a, c, hex);
	return a;
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

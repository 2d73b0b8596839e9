/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/query.h"

#include "base/alloc.h"
#include "base/utf.h"
#include "catalogue/answer.h"
#include "catalogue/plain.h"
#include "catalogue/query_error.h"
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
	case QUERY_ERROR:
		return "error";
	case QUERY_NAME:
		break;
	}
	return "name";
}

/* What the label of a release says, read when it is first needed. */
struct label {
	bool		 read;
	struct terms	 terms;
};

struct query_asker {
	const struct catalogue *c;
	struct label	*labels;	/* indexed like the releases */
};

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

static void
drop_releases(struct query_answer *a)
{
	a->release_count = 0;
	a->match = QUERY_NONE;
	a->component = NULL;
}

/* Leave what fits; say so where that is nothing. */
static void
sift(struct query_asker *q, struct query_answer *a, const struct terms *t,
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
	drop_releases(a);
	found = found_words(number, first, count);
	if (kept == 0)
		answer_note(a, "It contradicts itself: %s; %s does not fit.",
		    found, misfit);
	else
		answer_note(a, "\"%s\" does not fit: %s, and what is asked "
		    "for is not that.", t->relation, found);
	free(found);
}

static void
ask_kb(struct query_asker *q, struct query_answer *a,
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
	if (!own)
		return;
	a->match = QUERY_EXACT;
	sift(q, a, t, kb);
	if (a->release_count > 1)
		answer_note(a, "%s stands for %zu packages, one for each of "
		    "these releases.", kb, a->release_count);
}

static void
ask_build(struct query_asker *q, struct query_answer *a,
    const struct terms *t)
{
	struct terms words = *t;
	char text[VERSION_TEXT];

	a->kind = QUERY_BUILD;
	query_find_build(a, q->c, t->build, false);
	/* A component's build is not that of its release. */
	words.build.parts = 0;
	sift(q, a, &words, version_format(t->build, text));
}

static void
ask_code(struct query_asker *q, struct query_answer *a,
    const struct terms *t)
{
	a->kind = QUERY_PATCH_CODE;
	query_find_patch_code(a, q->c, t->patch_code);
	sift(q, a, t, t->patch_code);
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
ask_name(struct query_asker *q, struct query_answer *a,
    const struct terms *t)
{
	const struct cat_release *const *r;
	size_t i, n = catalogue_releases(q->c, &r);

	if (t->unknown[0] != '\0') {
		answer_note(a, "\"%s\" is not understood.", t->unknown);
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
ask_terms(struct query_asker *q, struct query_answer *a,
    const char *text)
{
	struct terms t;

	terms_read(q->c, text, &t);
	a->build = t.build;
	if (t.odd[0] != '\0')
		answer_note(a, "\"%s\" is not understood.", t.odd);
	else if (t.two)
		answer_note(a, "It names two different things: ask for each "
		    "by itself.");
	else if (t.patch_code[0] != '\0')
		ask_code(q, a, &t);
	else if (t.kb[0] != '\0')
		ask_kb(q, a, &t);
	else if (version_known(t.build))
		ask_build(q, a, &t);
	else
		ask_name(q, a, &t);
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

/* TEXT is of plain_text(), without blanks around it. */
static void
ask_plain(struct query_asker *q, struct query_answer *a, const char *text)
{
	const struct cat_release *r = catalogue_release(q->c, text);
	struct version v;
	char *braced;

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
		ask_package(q, a, base_name(text));
	else if (version_parse(text, &v)) {
		a->kind = QUERY_BUILD;
		query_find_build(a, q->c, v, false);
	} else if (is_bare_code(text)) {
		/* It lost its braces. */
		braced = xasprintf("{%s}", text);
		ask_terms(q, a, braced);
		free(braced);
	} else
		ask_terms(q, a, text);
}

static char *
trimmed(const char *text)
{
	size_t len;

	text += strspn(text, " ");
	len = strlen(text);
	while (len > 0 && text[len - 1] == ' ')
		len--;
	return xstrndup(text, len);
}

struct query_answer *
query_ask(struct query_asker *q, const char *text)
{
	struct query_answer *a = answer_new(text);
	struct buf b;
	char *plain;

	buf_init(&b, 3 * strlen(text) + 1);
	plain_text(text, &b);
	plain = trimmed(buf_text(&b));
	buf_fini(&b);
	ask_plain(q, a, plain);
	free(plain);
	return answer_done(a);
}

struct query_answer *
query_ask_header(struct query_asker *q, struct version v)
{
	char text[VERSION_TEXT];
	struct query_answer *a = answer_new(version_format(v, text));

	a->kind = QUERY_BUILD;
	query_find_build(a, q->c, v, true);
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

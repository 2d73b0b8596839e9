/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/answer.h"

#include "base/alloc.h"
#include "base/limits.h"

#include <stdarg.h>
#include <stdlib.h>

struct query_answer *
answer_new(const char *text)
{
	struct query_answer *a = xcalloc(1, sizeof(*a));

	a->query = xstrdup(text);
	a->note = xstrdup("");
	return a;
}

void
query_answer_free(struct query_answer *a)
{
	size_t i;

	if (a == NULL)
		return;
	for (i = 0; i < a->cve_count; i++)
		free(a->cves[i]);
	free(a->cves);
	free(a->mitigations);
	free(a->updates);
	free(a->releases);
	free(a->note);
	free(a->query);
	free(a);
}

void
answer_add(struct query_answer *a, const struct cat_release *r)
{
	a->releases = xpush(a->releases, a->release_count,
	    sizeof(*a->releases));
	a->releases[a->release_count++] = r;
}

void
answer_swap(struct query_answer *a, struct query_answer *b)
{
	struct query_answer was = *a;
	char *asked = a->query;

	*a = *b;
	a->query = asked;
	asked = b->query;
	*b = was;
	b->query = asked;
}

void
answer_note(struct query_answer *a, const char *fmt, ...)
{
	char *text, *old = a->note;
	va_list ap;

	va_start(ap, fmt);
	text = xvasprintf(fmt, ap);
	va_end(ap);
	a->note = xasprintf("%s%s%s", old, old[0] != '\0' ? " " : "", text);
	free(text);
	free(old);
}

/* A file is one package: with several of its name it may be any of them. */
void
answer_note_shared_name(struct query_answer *a)
{
	if (a->release_count < 2)
		return;
	a->match = QUERY_RANGE;
	answer_note(a, "Packages of %zu releases share this name, and the "
	    "name does not tell them apart.", a->release_count);
}

struct query_answer *
answer_done(struct query_answer *a)
{
	size_t n = a->release_count;

	a->release_total = n;
	if (n > QUERY_MAX_RELEASES) {
		a->release_count = n = QUERY_MAX_RELEASES;
		answer_note(a, "Only the first %zu of %zu are listed.", n,
		    a->release_total);
	}
	if (n != 0)
		a->releases = xrealloc_array(a->releases, n,
		    sizeof(*a->releases));
	return a;
}

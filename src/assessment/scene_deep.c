/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/site.h"

#include "base/alloc.h"
#include "formats/filekind.h"
#include "inventory/deep_class.h"

#include <stdlib.h>
#include <string.h>

/* What --deep saw, judged: the facts of a class with the times of each of its
 * files. */

/* Is there something to tell of a file, in its own line? */
static bool
is_defective(const struct inspected *seen)
{
	return seen->advisory != NULL || seen->verdict == SIG_INVALID ||
	    seen->verdict == SIG_UNREADABLE;
}

static void
add_defective(struct scene *s, const struct inv_deep_file *f,
    const struct inspected *seen)
{
	s->defective = xpush(s->defective, s->defective_count,
	    sizeof(*s->defective));
	s->defective[s->defective_count++] = (struct site_defective){
	    f->path, xstrdup(seen->advisory), seen->verdict, seen->until,
	    xstrdup(seen->why.text), f->ev };
}

static void
see_file(struct scene *s, const struct inv_deep_file *f,
    struct file_facts *facts, const struct inspect_policy *policy)
{
	struct inspected seen;

	deep_put_times(&facts->signatures, f->times, f->time_count);
	inspect_judge(facts, NULL, policy, &seen);
	/* However well it is signed: Windows does not run it. */
	if (!filekind_fits(f->path, facts->kind) &&
	    seen.verdict != SIG_INVALID && seen.verdict != SIG_UNREADABLE) {
		seen.verdict = SIG_UNREADABLE;
		(void)diag_set(&seen.why, ST_MALFORMED, DIAG_NOWHERE, NULL,
		    "is named as a program, and is none");
	}
	s->deep_count += seen.verdict != SIG_UNSIGNED;
	s->deep_unsigned += seen.verdict == SIG_UNSIGNED;
	s->deep_strangers += seen.verdict == SIG_UNTRUSTED;
	if (inspected_is_later(&seen, s->facts->taken)) {
		if (s->deep_later++ == 0 || strcmp(f->path,
		    s->deep_later_first) < 0)
			s->deep_later_first = f->path;
	}
	if (is_defective(&seen))
		add_defective(s, f, &seen);
	inspected_fini(&seen);
}

static void
see_class(struct scene *s, size_t class, const struct inspect_policy *policy)
{
	const struct inventory *inv = s->facts;
	struct file_facts one = inv->classes[class].facts;
	size_t i;

	sig_facts_copy(&inv->classes[class].facts.signatures,
	    &one.signatures);
	for (i = 0; i < inv->deep_file_count; i++)
		if (inv->deep_files[i].class == class)
			see_file(s, &inv->deep_files[i], &one, policy);
	sig_facts_fini(&one.signatures);
}

/* What is not what was signed comes before all that will end; then the first
 * to expire. */
static int
by_end(const void *pa, const void *pb)
{
	const struct site_defective *a = pa, *b = pb;

	if ((a->verdict == SIG_INVALID) != (b->verdict == SIG_INVALID))
		return a->verdict == SIG_INVALID ? -1 : 1;
	if (a->until.without_fix != b->until.without_fix)
		return a->until.without_fix < b->until.without_fix ? -1 : 1;
	return strcmp(a->path, b->path);
}

void
scene_see_deep(struct scene *s, const struct inspect_policy *policy)
{
	size_t i;

	for (i = 0; i < s->facts->class_count; i++)
		see_class(s, i, policy);
	if (s->defective_count != 0)
		qsort(s->defective, s->defective_count,
		    sizeof(*s->defective), by_end);
}

void
scene_free_deep(struct scene *s)
{
	size_t i;

	for (i = 0; i < s->defective_count; i++) {
		free(s->defective[i].advisory);
		free(s->defective[i].why);
	}
	free(s->defective);
}

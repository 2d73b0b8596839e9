/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/ask.h"

#include "base/alloc.h"
#include "base/utf.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

const char *
answer_word(const struct answer *a)
{
	return question_get(a->question)->answers[a->value].word;
}

bool
assessment_has_fix(const struct assessment *a)
{
	unsigned fix = a->answers[ASK_FIX].value;

	return fix == FIX_BUILT_IN || fix == FIX_PRESENT;
}

void
answer_prove(struct answer *a, ev_id id)
{
	size_t i;

	if (id == 0)
		return;
	for (i = 0; i < a->proof_count; i++)
		if (a->proof[i] == id)
			return;
	a->proof = xpush(a->proof, a->proof_count, sizeof(*a->proof));
	a->proof[a->proof_count++] = id;
}

void
prove(struct ask *a, ev_id id)
{
	answer_prove(a->answer, id);
}

void
lack(struct ask *a, const char *fmt, ...)
{
	struct answer *w = a->answer;
	char *text;
	va_list ap;
	size_t i;

	va_start(ap, fmt);
	text = xvasprintf(fmt, ap);
	va_end(ap);
	for (i = 0; i < w->lack_count; i++)
		if (strcmp(w->lacks[i], text) == 0) {
			free(text);
			return;
		}
	w->lacks = xpush(w->lacks, w->lack_count, sizeof(*w->lacks));
	w->lacks[w->lack_count++] = text;
}

void
answer_text(struct answer *a, const char *fmt, ...)
{
	va_list ap;

	free(a->text);
	va_start(ap, fmt);
	a->text = xvasprintf(fmt, ap);
	va_end(ap);
}

void
answer_say_rests(struct answer *a)
{
	struct buf b;

	if (a->rests.count == 0)
		return;
	buf_init(&b, DETAIL_MAX);
	buf_puts(&b, a->text != NULL ? a->text : "");
	put_rests(&b, &a->rests);
	answer_text(a, "%s", buf_text(&b));
	buf_fini(&b);
}

void
answer_action(struct answer *a, const char *fmt, ...)
{
	va_list ap;

	free(a->action);
	va_start(ap, fmt);
	a->action = xvasprintf(fmt, ap);
	va_end(ap);
}

void
answer_fini(struct answer *a)
{
	size_t i;

	for (i = 0; i < a->lack_count; i++)
		free(a->lacks[i]);
	free(a->lacks);
	free(a->proof);
	free(a->text);
	free(a->action);
	rests_fini(&a->rests);
	*a = (struct answer){ 0 };
}

/* Is PATH the key or file KEY, or below it? */
static bool
is_below(const char *path, const char *key)
{
	size_t n = strlen(key);

	return utf_case_prefix(path, key) && (path[n] == '\0' ||
	    path[n] == '\\');
}

ev_id
unreadable_record(const struct judge *j, enum ev_kind kind,
    const char *where)
{
	size_t i;

	for (i = 0; i < j->inv->evidence_count; i++) {
		const struct evidence *e = &j->inv->evidence[i];

		if (e->state == EV_UNREADABLE && e->kind == kind &&
		    (where == NULL || is_below(e->where, where)))
			return i + 1;
	}
	return 0;
}

bool
is_unread(struct ask *a, enum ev_kind kind, const char *where)
{
	ev_id id = unreadable_record(a->j, kind, where);

	prove(a, id);
	return id != 0;
}

void
ask(struct judge *j, struct assess_exchange *x, enum question q,
    struct answer *out)
{
	struct ask a = { j, x, x != NULL ? x->w : NULL, out };
	unsigned worst = ANSWER_STRUCK, allows;
	size_t i;

	out->question = q;
	for (i = 0; i < j->obligation_count; i++) {
		const struct obligation *o = &j->obligations[i];

		if (o->question != q)
			continue;
		allows = o->allows(&a);
		if (allows != ANSWER_STRUCK)
			worst = worst == ANSWER_STRUCK ? allows :
			    answer_worse(q, worst, allows);
	}
	/* Where nothing was looked at, nothing is known. */
	out->value = worst != ANSWER_STRUCK ? worst : 0;
	out->severity = question_get(q)->answers[out->value].severity;
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/ask.h"
#include "assessment/ready.h"

#include "base/alloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the parts of the question share: saying something, each once. */

void
ready_say(struct texts *to, const char *fmt, ...)
{
	char text[DETAIL_MAX];
	va_list ap;
	size_t i;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	for (i = 0; i < to->count; i++)
		if (strcmp(to->list[i], text) == 0)
			return;
	to->list = xpush(to->list, to->count, sizeof(*to->list));
	to->list[to->count++] = xstrdup(text);
}

void
ready_prove(struct question_of_target *q, ev_id ev)
{
	answer_prove(&q->j->a->answers[ASK_READY], ev);
}

void
texts_fini(struct texts *t)
{
	size_t i;

	for (i = 0; i < t->count; i++)
		free(t->list[i]);
	free(t->list);
	*t = (struct texts){ .count = 0 };
}

bool
ready_is_base(const struct question_of_target *q)
{
	return q->r != NULL && release_is_base(q->r);
}

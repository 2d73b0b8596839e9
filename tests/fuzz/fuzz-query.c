/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"

#include "base/alloc.h"
#include "catalogue/query.h"

#include <stdlib.h>
#include <string.h>

/* An answer has a question, and no more releases than it counts. */
static void
look(void *ctx, struct query_answer *a)
{
	size_t *items = ctx;

	if (a->query == NULL || a->note == NULL ||
	    a->release_count > a->release_total ||
	    a->release_count > QUERY_MAX_RELEASES ||
	    a->cve_count > QUERY_MAX_CVES || ++*items > PASTED_MAX_ITEMS)
		abort();
	query_answer_free(a);
}

/*
 * What somebody asks or pastes, line by line: as a question, and as a line of
 * many. The first byte says which: "?", "+" for one of a block of lines.
 */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static struct query_asker *q;	/* of one catalogue, each time */
	struct catalogue *c = NULL;
	char *text, *line, *end;
	size_t items;
	struct diag d;

	if (q == NULL) {
		if (catalogue_builtin(&c, &d) != ST_OK)
			abort();
		q = query_asker_new(c);
	}
	if (len == 0)
		return 0;
	text = xstrndup((const char *)data + 1, len - 1);
	(void)query_seems_pasted(text);
	for (line = text; line != NULL; line = end) {
		end = strchr(line, '\n');
		if (end != NULL)
			*end++ = '\0';
		items = 0;
		if (data[0] == '?')
			look(&items, query_ask(q, line));
		else
			query_ask_line(q, line, data[0] == '+', look, &items);
	}
	free(text);
	return 0;
}

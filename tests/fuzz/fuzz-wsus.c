/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"

#include "catalogue/wsus_package.h"
#include "catalogue/wsus_parts.h"

#include <stdlib.h>

/*
 * What is in a wsusscn2.cab, by the first byte: 'p' package.xml, 'i'
 * index.xml, 'c', 'x' and 'l' a file of one update, whose one download is
 * the one of the seeds. (The cabinets around them: fuzz-cab.)
 */
static void
read_part(struct wsus *w, uint8_t kind, struct slice s)
{
	static const unsigned parts[] = { WSUS_CORE, WSUS_EXTENDED,
	    WSUS_LOCALIZED };
	struct wsus_revision r = { .id = 1, .number = "201",
	    .update = "0a51549b-4e86-4a26-97d4-9e3567f24ea1",
	    .language = "en", .kb = "", .title = "", .bulletin = "" };
	struct diag d;

	r.payloads.items = calloc(1, sizeof(*r.payloads.items));
	if (r.payloads.items == NULL)
		abort();
	r.payloads.count = 1;
	if (!wsus_base64("fQTAfvF3nDnhdPA/eUmJ+CSM/3Q=",
	    r.payloads.items[0].sha1, WSUS_SHA1))
		abort();
	if (wsus_read_part(w, &r, parts[kind == 'c' ? 0 : kind == 'x' ? 1 :
	    2], s, &d) == ST_OK && kind == 'x' &&
	    !r.payloads.items[0].described)
		abort();
	wsus_revision_fini(&r);
}

/* Whatever was taken: no id leads nowhere, and all are in order. */
static void
check(const struct wsus *w)
{
	size_t i, k;

	for (i = 0; i < w->count; i++) {
		const struct wsus_revision *r = &w->revisions[i];

		if (wsus_find(w, r->id) != r)
			abort();
		for (k = 0; k < r->bundled_by.count; k++)
			if (!wsus_has(&w->all, r->bundled_by.items[k]))
				abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct wsus w = { .count = 0 };
	struct slice s = slice_of(data, len, 0);
	struct source src;
	struct diag d;

	if (!slice_from(s, 1, &s))
		return 0;
	src = source_of_slice(&s);
	if (data[0] == 'p') {
		if (wsus_read_package(&w, &src, &d) == ST_OK)
			check(&w);
	} else if (data[0] == 'i') {
		if (wsus_read_index(&w, s, &d) == ST_OK)
			(void)wsus_range_of(&w, 17);
	} else {
		read_part(&w, data[0], s);
	}
	wsus_fini(&w);
	return 0;
}

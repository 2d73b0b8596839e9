/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/anchor.h"
#include "catalogue/check_rules.h"

/* Hex of one wrong digit is hex to the grammar, and ends every scan: each
 * anchor is built as a scan builds it. */
void
check_anchors(struct checker *k)
{
	struct anchors *built = anchors_new();
	struct diag d = { .text = "" };
	size_t i;

	for (i = 0; i < k->c->anchor_count; i++) {
		const struct cat_anchor *a = &k->c->anchors[i];

		if (anchor_build(built, a, &d) != ST_OK)
			checker_complain_at(k, a->overlay, a->line, a->name,
			    "%s", d.text);
	}
	anchors_free(built);
}

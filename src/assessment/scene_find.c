/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/scene.h"

/* What is in a scene. */

const struct inspected *
scene_seen(const struct scene *s, const struct file_facts *facts)
{
	size_t lo = 0, hi = s->seen_count, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (s->seen[mid].facts == facts)
			return &s->seen[mid];
		if ((uintptr_t)s->seen[mid].facts < (uintptr_t)facts)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

const struct evidence *
scene_evidence(const struct scene *s, ev_id id)
{
	return id == 0 || id > s->evidence_count ? NULL :
	    &s->evidence[id - 1];
}

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/scene.h"

/* What is in a scene. */

const struct inspected *
scene_seen(const struct scene *s, const struct file_facts *facts)
{
	size_t i;

	for (i = 0; facts != NULL && i < s->seen_count; i++)
		if (s->seen[i].facts == facts)
			return &s->seen[i];
	return NULL;
}

const struct evidence *
scene_evidence(const struct scene *s, ev_id id)
{
	return id == 0 || id > s->evidence_count ? NULL :
	    &s->evidence[id - 1];
}

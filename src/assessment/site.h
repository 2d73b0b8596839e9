/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_ASSESSMENT_SITE_H
#define ROLLCALL_ASSESSMENT_SITE_H

#include "assessment/scene.h"

/* The parts of which a scene is made; private to it. */

/* Out: *S, whose lists are the caller's for site_fini(). */
void	site_make(const struct scene *scene, const struct catalogue *cat,
	    const struct inv_setup *setup, struct site *s);
void	site_fini(struct site *s);

/* F, which may be NULL: it was not asked for. EXPECTED: it has to be there. */
void	site_file_of(const struct scene *scene, const struct inv_file *f,
	    bool expected, struct site_file *out);

/* What CAT looks for, and the facts do not know, into S->unasked. */
void	scene_ask(struct scene *s, const struct catalogue *cat);

/* The files of --deep, of which S has none yet. */
void	scene_see_deep(struct scene *s, const struct inspect_policy *policy);
void	scene_free_deep(struct scene *s);

#endif

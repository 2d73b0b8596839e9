/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_WORDS_H
#define ROLLCALL_CATALOGUE_WORDS_H

#include "base/buf.h"
#include "catalogue/catalogue.h"

/*
 * What is said of releases wherever they are spoken of: in findings and in
 * answers to questions.
 */

/* ", by overlay NAME" behind a release that came with one. */
void		put_by_overlay(struct buf *b, const struct cat_release *r);

/* "Update Rollup 4-v2 (KB2756485)", and by which overlay. */
void		put_release(struct buf *b, const struct cat_release *r);

/* "Exchange 2010 SP2 Update Rollup 4 (original)", the caller's. */
char		*release_title(const struct cat_release *r);

/* "update rollup", "update": what updates of its branch are called. */
const char	*update_word(const struct cat_release *r);

/* "Update Rollup 4-v2 (KB2756485), or Update Rollup 5-v2 (KB2785908) and
 * later of SP2": N cures of R, oldest first. Nothing for none. */
void		put_cures(struct buf *b, const struct cat_release *r,
		    const struct cat_release **cures, size_t n);

#endif

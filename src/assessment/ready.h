/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_ASSESSMENT_READY_H
#define ROLLCALL_ASSESSMENT_READY_H

#include "assessment/judge.h"

/*
 * Inside of target*.c: may this update be installed next? Every reason
 * against it is told, not only the first; so is what was looked at and found
 * right, and what nobody can see from here.
 */
struct question_of_target {
	struct judge	*j;
	const struct assess_target *t;
	const struct assess_exchange *x; /* that it would go to */
	const struct cat_release *r;	/* what it is; NULL not known */
	const struct cat_upgrade *upgrade; /* that leads there; NULL */
	struct target_result *out;
	struct texts	 blocks, doubts;
};

void	ready_say(struct texts *to, const char *fmt, ...) PRINTF_LIKE(2, 3);
void	texts_fini(struct texts *t);
#define ready_block(q, ...)	ready_say(&(q)->blocks, __VA_ARGS__)
#define ready_doubt(q, ...)	ready_say(&(q)->doubts, __VA_ARGS__)
#define ready_warn(q, ...)	ready_say(&(q)->out->warnings, __VA_ARGS__)
#define ready_check(q, ...)	ready_say(&(q)->out->checked, __VA_ARGS__)
#define ready_unseen(q, ...)	ready_say(&(q)->out->unseen, __VA_ARGS__)

/* The record is part of the proof of the answer; 0 is none. */
void	ready_prove(struct question_of_target *q, ev_id ev);

/* Is it a service pack or cumulative update? What is not known comes as a
 * patch. */
bool	ready_is_base(const struct question_of_target *q);

/* What the catalogue says that the installation takes. */
void	ready_needs(struct question_of_target *q);

/* The cached packages that setup or Windows Installer will ask for. */
void	ready_caches(struct question_of_target *q);
/* Those of products called as X says. */
void	ready_packs(struct question_of_target *q,
	    const struct cat_require *x);

/* How it is installed. */
void	ready_steps(struct question_of_target *q);

/* Where the way leads, and what is newer than the target. */
void	ready_way(struct question_of_target *q);
/* The upgrade from what is installed to the product of the target; NULL. */
const struct cat_upgrade *ready_upgrade(const struct question_of_target *q);
void	ready_newer(struct question_of_target *q);

#endif

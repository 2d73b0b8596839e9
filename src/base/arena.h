/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_BASE_ARENA_H
#define ROLLCALL_BASE_ARENA_H

#include <stddef.h>

/*
 * Memory for many small things that live and die together. What it holds is
 * bounded by the limits of the document that fills it. All zero is an empty
 * arena.
 */
struct arena_block;
struct arena {
	struct arena_block *last;
};

/* COUNT zeroed things of SIZE bytes, aligned for anything. Never NULL. */
void	*arena_alloc(struct arena *a, size_t count, size_t size);

/* A copy of LEN bytes with a NUL behind them. */
char	*arena_text(struct arena *a, const char *s, size_t len);

void	 arena_fini(struct arena *a);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "tap.h"

#include "base/arena.h"

#include <stdalign.h>
#include <string.h>

/* Each piece is aligned, zero, and apart from the others. */
static void
test_pieces(void)
{
	struct arena a = { NULL };
	unsigned char *p[1000];
	size_t i, j;

	for (i = 0; i < 1000; i++) {
		p[i] = arena_alloc(&a, i, 1);
		CHECK((uintptr_t)p[i] % alignof(max_align_t) == 0);
		for (j = 0; j < i; j++)
			if (p[i][j] != 0)
				CHECK_INT(p[i][j], 0);
		memset(p[i], (int)i, i);
	}
	for (i = 0; i < 1000; i++)
		for (j = 0; j < i; j++)
			if (p[i][j] != (unsigned char)i)
				CHECK_INT(p[i][j], (unsigned char)i);
	arena_fini(&a);
	CHECK(a.last == NULL);
}

/* Larger than a block, and what comes before and after it. */
static void
test_large(void)
{
	struct arena a = { NULL };
	char *small = arena_text(&a, "before", 6);
	char *large = arena_alloc(&a, 1000, 1000);
	char *after = arena_text(&a, "after all", 5);

	memset(large, 'x', 1000 * 1000);
	CHECK_STR(small, "before");
	CHECK_STR(after, "after");
	arena_fini(&a);
	arena_fini(&a);
}

static void
test_text(void)
{
	struct arena a = { NULL };

	CHECK_STR(arena_text(&a, "", 0), "");
	CHECK_STR(arena_text(&a, "abc", 2), "ab");
	arena_fini(&a);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "pieces of all sizes", test_pieces },
		{ "a large piece", test_large },
		{ "text", test_text },
		{ NULL, NULL }
	};

	return tap_run(cases);
}

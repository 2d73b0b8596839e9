/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TESTS_LOOK_H
#define ROLLCALL_TESTS_LOOK_H

#include "io/tree.h"

#include <stddef.h>

/* What a path in a tree should hold: the text of a file, "/" for a folder, or
 * the name of a status. */
struct look {
	const char	*path, *want;
};

/* Look all paths up below the scratch folder's "root", which is drive C:, as
 * the kernel can and step by step. */
void	look_check(const struct look *rows, size_t n);

/* Does the file REL of the scratch folder hold WANT? "" is also no file. */
void	look_text(const char *rel, const char *want);

/* How many names the scratch folder has: no temporary file may stay. */
size_t	look_names(void);

#endif

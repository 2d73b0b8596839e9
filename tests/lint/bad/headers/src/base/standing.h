/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include <stddef.h>

size_t	standing_len(const char *s);

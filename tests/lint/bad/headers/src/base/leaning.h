/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include <stddef.h>

size_t	leaning_len(const char *s);
uint8_t	leaning_byte(const char *s);

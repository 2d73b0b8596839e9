/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#define MAKE(name, n)	int name(void) { return n; }

MAKE(e_less, f_least())

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include <stdio.h>

#include "config.h"

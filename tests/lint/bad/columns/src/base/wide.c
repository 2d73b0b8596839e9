/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

	/* with its tab, this line ends in column 80, the last one that is ok */
	/* with its tab, this line ends in column 81, which is one too far out */
static int spaces; 

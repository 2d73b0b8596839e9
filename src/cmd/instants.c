/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/instants.h"

#include <time.h>

instant
judged_at(const struct common *o)
{
	return o->at != INSTANT_NONE ? o->at : (instant)time(NULL);
}

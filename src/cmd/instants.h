/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_INSTANTS_H
#define ROLLCALL_CMD_INSTANTS_H

#include "base/instant.h"
#include "cmd/options.h"

/* The time of the judgement: --at, else the clock. */
instant		judged_at(const struct common *o);

#endif

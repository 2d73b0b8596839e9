/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_INSTANTS_H
#define ROLLCALL_CMD_INSTANTS_H

#include "cmd/options.h"

#include <stdbool.h>

/*
 * Set the instants of a run, whose options are parsed: the only place that
 * asks for the time, once.
 *
 * Out:     O->at: --at, else the clock; O->taken: $SOURCE_DATE_EPOCH, else
 *          the clock.
 * Returns: false when it has told of wrong usage.
 */
bool		instants_set(struct common *o);

#endif

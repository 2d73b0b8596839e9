/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_STYLE_H
#define ROLLCALL_CMD_STYLE_H

#include "cmd/options.h"
#include "report/report.h"

/* How the chosen output wants text: colour and columns. */
struct report_style style_for(const struct common *o);

#endif

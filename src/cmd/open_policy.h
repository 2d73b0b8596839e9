/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_OPEN_POLICY_H
#define ROLLCALL_CMD_OPEN_POLICY_H

#include "catalogue/catalogue.h"
#include "cmd/exit_codes.h"
#include "cmd/options.h"
#include "assessment/inspected.h"

/* What files are judged by, as of --at: CAT and the PEM files of --anchor.
 * The caller's, for inspect_policy_free(); or tell why not. */
enum exit_code	open_policy(const struct common *o,
		    const struct catalogue *cat,
		    const struct text_list *anchors,
		    struct inspect_policy **out);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_OPEN_CATALOGUE_H
#define ROLLCALL_CMD_OPEN_CATALOGUE_H

#include "catalogue/catalogue.h"
#include "cmd/exit_codes.h"
#include "cmd/options.h"

/* Load the catalogue that the options ask for, overlays and all, or tell
 * why not. */
enum exit_code	open_catalogue(const struct common *o,
		    struct catalogue **out);

#endif

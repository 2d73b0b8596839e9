/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_OPEN_CATALOGUE_H
#define ROLLCALL_CMD_OPEN_CATALOGUE_H

#include "catalogue/catalogue.h"
#include "cmd/exit_codes.h"
#include "cmd/options.h"

/* Load the catalogue that the options ask for, overlays and all, or tell
 * why not: what "catalogue check" refuses is refused here too, but for days
 * that are still to come. */
enum exit_code	open_catalogue(const struct common *o,
		    struct catalogue **out);

/* The parts of that: the catalogue itself, and the overlays in FILES laid
 * over it in the order in which they are named. Nothing is checked. */
enum exit_code	open_base(const struct common *o, struct catalogue **out);
enum exit_code	lay_overlays(struct teller *t, const struct text_list *files,
		    struct catalogue *cat);

#endif

/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_IMPORT_SOURCES_H
#define ROLLCALL_CMD_IMPORT_SOURCES_H

#include "catalogue/catalogue.h"
#include "catalogue/import.h"
#include "cmd/exit_codes.h"
#include "cmd/options.h"
#include "fetch/http.h"

/* How "catalogue import" reads. */
struct import_reading {
	const struct common *o;
	struct import	*im;
	struct http_options http;	/* for addresses */
	/* For cabinets: whose signatures count. */
	const struct catalogue *cat;
	const struct text_list *anchors;
	bool		 may_be_unsigned;
};

/*
 * Read files, all files of folders, and what is at https addresses. In a
 * folder, what is no source is passed over, and told of; anything else that
 * cannot be read ends it.
 *
 * Returns: EXIT_GO_ON; what the program is to end with, told.
 */
enum exit_code	import_sources(struct import_reading *r, char **sources,
		    size_t count);

#endif

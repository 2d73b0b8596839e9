/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/open_catalogue.h"
#include "base/buf.h"
#include "base/limits.h"
#include "cmd/refreshed.h"
#include "cmd/tell.h"
#include "io/file.h"

static enum status
lay_overlay(struct catalogue *cat, const char *file, struct diag *d)
{
	enum status st;
	struct buf xml;

	buf_init(&xml, XML_MAX_BYTES);
	st = file_read_all(file, &xml, d);
	if (st == ST_OK)
		st = catalogue_overlay(cat, buf_slice(&xml), file, d);
	buf_fini(&xml);
	return st;
}

/* In the order in which they are named. */
static enum exit_code
lay_overlays(const struct common *o, struct catalogue *cat)
{
	struct diag d = { .text = "" };
	enum status st;
	size_t i;

	for (i = 0; i < o->overlays.count; i++) {
		st = lay_overlay(cat, o->overlays.items[i], &d);
		if (st == ST_OK)
			continue;
		tell_diag(o->teller, o->overlays.items[i], &d);
		return exit_of_status(st);
	}
	return EXIT_GO_ON;
}

static enum exit_code
load_catalogue(const struct common *o, struct catalogue **out)
{
	struct diag d = { .text = "" };
	const char *name = o->catalogue != NULL ? o->catalogue : "catalogue";
	enum status st;
	struct buf xml;

	if (o->catalogue == NULL)
		st = catalogue_builtin(out, &d);
	else {
		buf_init(&xml, XML_MAX_BYTES);
		st = file_read_all(o->catalogue, &xml, &d);
		if (st == ST_OK)
			st = catalogue_load(buf_slice(&xml), o->catalogue,
			    out, &d);
		buf_fini(&xml);
	}
	if (st == ST_OK && o->catalogue == NULL)
		refreshed_take(o->teller, out, o->at);
	if (st == ST_OK)
		return EXIT_GO_ON;
	tell_diag(o->teller, name, &d);
	return o->catalogue == NULL ? EXIT_INTERNAL : exit_of_status(st);
}

enum exit_code
open_catalogue(const struct common *o, struct catalogue **out)
{
	struct catalogue *cat = NULL;
	enum exit_code code = load_catalogue(o, &cat);

	if (code == EXIT_GO_ON)
		code = lay_overlays(o, cat);
	if (code == EXIT_GO_ON)
		*out = cat;
	else
		catalogue_free(cat);
	return code;
}

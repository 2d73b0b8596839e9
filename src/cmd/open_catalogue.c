/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/open_catalogue.h"
#include "base/buf.h"
#include "base/limits.h"
#include "catalogue/check.h"
#include "cmd/refreshed.h"
#include "cmd/tell.h"
#include "io/file.h"

#define COMPLAINTS_TOLD	10	/* the others are counted */

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

enum exit_code
lay_overlays(struct teller *t, const struct text_list *files,
    struct catalogue *cat)
{
	struct diag d = { .text = "" };
	enum status st;
	size_t i;

	for (i = 0; i < files->count; i++) {
		st = lay_overlay(cat, files->items[i], &d);
		if (st == ST_OK)
			continue;
		tell_diag(t, files->items[i], &d);
		return exit_of_status(st);
	}
	return EXIT_GO_ON;
}

enum exit_code
open_base(const struct common *o, struct catalogue **out)
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

static void
tell_complaint(const struct common *o, const struct check_complaint *c)
{
	const char *file = c->overlay != NULL ? c->overlay->origin :
	    o->catalogue != NULL ? o->catalogue : "catalogue";

	tell(o->teller, file, "line %u: %s: %s", c->line, c->rule, c->text);
}

/* What came from outside is to be as free of complaints as the catalogue
 * inside is. */
static enum exit_code
check_opened(const struct common *o, const struct catalogue *cat)
{
	struct check_result found;
	size_t i, told = 0;

	check_catalogue(cat, INSTANT_UNLIMITED, &found);
	for (i = 0; i < found.count && told < COMPLAINTS_TOLD; i++)
		if (found.complaints[i].except == NULL) {
			tell_complaint(o, &found.complaints[i]);
			told++;
		}
	if (found.standing > told)
		tell(o->teller, "catalogue", "and %zu more: see \"rollcall "
		    "catalogue check --help\"", found.standing - told);
	check_fini(&found);
	return told != 0 ? EXIT_BAD_DATA : EXIT_GO_ON;
}

enum exit_code
open_catalogue(const struct common *o, struct catalogue **out)
{
	struct catalogue *cat = NULL;
	enum exit_code code = open_base(o, &cat);

	if (code == EXIT_GO_ON)
		code = lay_overlays(o->teller, &o->overlays, cat);
	if (code == EXIT_GO_ON && (o->catalogue != NULL ||
	    o->overlays.count != 0))
		code = check_opened(o, cat);
	if (code != EXIT_GO_ON) {
		catalogue_free(cat);
		return code;
	}
	catalogue_know_at(cat, o->at);
	*out = cat;
	return code;
}
